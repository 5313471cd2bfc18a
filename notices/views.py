"""The inbox, what a person wants to be told, and the outbox of a site without a mail server."""

import base64
from functools import wraps

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST, require_safe

from people.access import visible_or_404

from . import services
from .forms import PreferencesForm
from .models import Notice, OutboxMail, Preference, QuietHours

PER_PAGE = 50
LISTS = {"all": "Everything", "unread": "Not read yet", "archived": "Put away"}


@require_safe
def inbox(request):
    show = request.GET.get("show") if request.GET.get("show") in LISTS else "all"
    rows = Notice.objects.visible_to(request.user).in_inbox(timezone.now()).listed(show)
    if before := _number(request.GET.get("before", "")):
        rows = rows.older_than(before)
    found = list(rows[: PER_PAGE + 1])
    page = {"notices": found[:PER_PAGE], "more": len(found) > PER_PAGE, "before": before}
    return render(request, "notices/inbox.html", {**page, "show": show, "lists": LISTS})


def _number(text):
    return int(text) if text.isdecimal() and len(text) < 18 else None


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
    form = PreferencesForm(request.POST or None, hows=hows, quiet=quiet)
    if request.method == "POST" and form.is_valid():
        services.choose(by=request.user, hows=form.hows, quiet=form.quiet)
        messages.success(request, "Saved. This counts for everything you are told from now on.")
        return redirect("notice_preferences")
    return render(request, "notices/preferences.html", {"form": form})


def only_without_mail_server(view):
    """The outbox stands in for mailboxes: the demo shows what helps to sign in to those who have not yet."""

    @login_not_required
    @require_safe
    @wraps(view)
    def guarded(request, *args, **kwargs):
        if settings.EMAIL_URL:
            raise Http404
        if not (request.user.is_authenticated or settings.DEMO):
            return redirect_to_login(request.get_full_path())
        return view(request, *args, **kwargs)

    return guarded


@only_without_mail_server
def outbox(request):
    mails = OutboxMail.objects.visible_to(request.user).defer("text", "html", "attachments")
    if before := _number(request.GET.get("before", "")):
        mails = mails.filter(pk__lt=before)
    found = list(mails[: PER_PAGE + 1])
    page = {"mails": found[:PER_PAGE], "more": len(found) > PER_PAGE, "before": before}
    return render(request, "notices/outbox.html", page)


@only_without_mail_server
def outbox_mail(request, pk):
    return render(request, "notices/outbox_mail.html", {"mail": visible_or_404(OutboxMail, request.user, pk=pk)})


@only_without_mail_server
def outbox_html(request, pk):
    mail = visible_or_404(OutboxMail, request.user, pk=pk)
    if not mail.html:
        raise Http404
    response = HttpResponse(mail.html)
    # A mail has its own inline styles, and gets nothing else: no script, picture, form or frame.
    response.headers["Content-Security-Policy"] = (
        "default-src 'none'; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'"
    )
    return response


@only_without_mail_server
def outbox_attachment(request, pk, number):
    mail = visible_or_404(OutboxMail, request.user, pk=pk)
    if number >= len(mail.attachments):
        raise Http404
    part = mail.attachments[number]
    response = HttpResponse(base64.b64decode(part["content"]), content_type="application/octet-stream")
    response.headers["Content-Disposition"] = content_disposition_header(True, part["name"])
    return response
