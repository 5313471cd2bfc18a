"""The inbox, and what a person wants to be told."""

import re

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from people.access import visible_or_404

from .. import services
from ..forms import PreferencesForm
from ..models import MailLimit, Notice, Preference, QuietHours
from ..registry import name_of_thread
from .paging import PER_PAGE, number

THREAD = re.compile(r"[a-z_]{1,30}:[0-9]{1,18}")
LISTS = {"all": "Everything", "unread": "Not read yet", "archived": "Put away"}


@require_safe
def inbox(request):
    show = request.GET.get("show") if request.GET.get("show") in LISTS else "all"
    about = request.GET.get("about") if THREAD.fullmatch(request.GET.get("about", "")) else ""
    rows = Notice.objects.visible_to(request.user).in_inbox(timezone.now()).listed(show)
    if about:
        rows = rows.filter(thread=about)
    if before := number(request.GET.get("before", "")):
        rows = rows.older_than(before)
    found = list(rows[: PER_PAGE + 1])
    page = {"notices": found[:PER_PAGE], "more": len(found) > PER_PAGE, "before": before}
    context = {**page, "show": show, "lists": LISTS, "about": about}
    context["work"] = name_of_thread(about, request.user) if about else ""
    return render(request, "notices/inbox.html", context)


@require_POST
def inbox_read(request):
    services.read_all(by=request.user)
    messages.success(request, "Everything in your inbox is marked as read.")
    return redirect("inbox")


@require_POST
def notice_open(request, pk):
    notice = visible_or_404(Notice, request.user, pk=pk)
    services.read(notice, by=request.user)
    return redirect(notice.path)


@require_POST
def notice_archive(request, pk):
    services.archive(visible_or_404(Notice, request.user, pk=pk), by=request.user)
    messages.success(request, "Put away. You find it under “Put away”.")
    return _back_to_list(request)


@require_POST
def notice_back(request, pk):
    services.bring_back(visible_or_404(Notice, request.user, pk=pk), by=request.user)
    messages.success(request, "Back in your inbox.")
    return _back_to_list(request)


def _back_to_list(request):
    show = request.POST.get("show")
    return redirect(f"{reverse('inbox')}?show={show}" if show in LISTS else "inbox")


def notice_preferences(request):
    hows = dict(Preference.objects.visible_to(request.user).values_list("kind", "how"))
    quiet = QuietHours.objects.visible_to(request.user).first()
    limit = MailLimit.objects.visible_to(request.user).first()
    form = PreferencesForm(request.POST or None, hows=hows, quiet=quiet, limit=limit)
    if request.method == "POST" and form.is_valid():
        services.choose(by=request.user, hows=form.hows, quiet=form.quiet, a_day=form.cleaned_data["a_day"])
        messages.success(request, "Saved. This counts for everything you are told from now on.")
        return redirect("notice_preferences")
    return render(request, "notices/preferences.html", {"form": form})
