"""The newsletter: its archive, one issue, and writing it."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from people.access import require, visible_or_404
from people.once import sent_once
from people.paging import page_of

from ..forms.newsletters import NewsletterForm, SendForm
from ..models import Newsletter
from ..policy import may_change_newsletter, writes_newsletters
from ..services.newsletters import change_newsletter, discard_newsletter, schedule_newsletter, write_newsletter
from ..sharing import picked_items

NOT_A_WRITER = "Facilitators write the newsletter. Send yours a line."


def newsletter_list(request):
    rows = Newsletter.objects.visible_to(request.user).select_related("school", "made_by")
    writes = writes_newsletters(request.user)
    context = {
        "page": page_of(rows.sent(), request),
        "drafts": rows.drafts().order_by("-changed_at")[:20] if writes else [],
        "writes": writes,
    }
    return render(request, "growth/newsletter_list.html", context)


def newsletter(request, pk):
    issue = visible_or_404(Newsletter.objects.select_related("school", "made_by"), request.user, pk=pk)
    may_change = may_change_newsletter(request.user, issue)
    sent = request.POST if request.method == "POST" else None
    form = SendForm(sent, initial={"send_at": issue.send_at})
    if sent is not None and form.is_valid():
        schedule_newsletter(issue, by=request.user, send_at=form.cleaned_data["send_at"])
        messages.success(request, "It goes out then. Until it does, you can change it.")
        return redirect(issue)
    context = {"issue": issue, "sections": picked_items(request.user, issue.picks), "may_change": may_change}
    return render(request, "growth/newsletter.html", {**context, "form": form})


@sent_once
def newsletter_new(request):
    require(writes_newsletters(request.user), NOT_A_WRITER)
    form = NewsletterForm(request.POST if request.method == "POST" else None, by=request.user)
    if form.is_valid() and "preview" not in request.POST:
        issue = write_newsletter(by=request.user, school=form.chosen_school, **form.words)
        messages.success(request, "It is kept. Nobody else has it yet: look at it, and choose when it goes out.")
        return redirect(issue)
    return render(request, "growth/newsletter_form.html", {"form": form, "preview": preview(form, request)})


def newsletter_edit(request, pk):
    issue = visible_or_404(Newsletter.objects.select_related("school"), request.user, pk=pk)
    require(may_change_newsletter(request.user, issue), "It has gone out, and stays as it was read.")
    form = NewsletterForm(request.POST if request.method == "POST" else None, by=request.user, newsletter=issue)
    if form.is_valid() and "preview" not in request.POST:
        change_newsletter(issue, by=request.user, **form.words)
        messages.success(request, "Your changes are kept.")
        return redirect(issue)
    context = {"form": form, "issue": issue, "preview": preview(form, request)}
    return render(request, "growth/newsletter_form.html", context)


def preview(form, request):
    """The issue as its readers would see it, from what is typed and not kept; None before somebody asks for it."""
    if not form.is_valid():
        return None
    return form.words | {"sections": picked_items(request.user, form.picks)}


@require_POST
def newsletter_hold(request, pk):
    issue = visible_or_404(Newsletter, request.user, pk=pk)
    schedule_newsletter(issue, by=request.user, send_at=None)
    messages.success(request, "It stays here until you choose another day.")
    return redirect(issue)


@require_POST
def newsletter_discard(request, pk):
    discard_newsletter(visible_or_404(Newsletter, request.user, pk=pk), by=request.user)
    messages.success(request, "It is thrown away.")
    return redirect("newsletter_list")
