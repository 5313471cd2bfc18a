"""The mail page of district admins: what waits, what left, what failed; a test, a pause, another try."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from notices import mailroom as mails
from people.access import require
from people.once import sent_once
from people.policy import may_run_district


@require_safe
def mailroom(request):
    require(may_run_district(request.user))
    queue, hours = mails.queue_and_sent()
    failed = mails.failures()
    page = {
        "queue": queue,
        "sent": mails.sent_in_words(hours),
        "failed": failed,
        "many": len(failed) == mails.SHOWN,
        "signs": mails.signs(),
        "test": mails.last_test(request.user),
    }
    return render(request, "notices/mailroom.html", page)


@require_POST
@sent_once
def mailroom_test(request):
    mails.send_test(by=request.user)
    messages.success(request, f"A test message to {request.user.email} waits to be sent. Load this page again soon.")
    return redirect("mailroom")


@require_POST
def mailroom_pause(request):
    mails.pause(by=request.user)
    messages.success(request, "Mail is paused. What people are told waits, and stays in their inboxes here.")
    return redirect("mailroom")


@require_POST
def mailroom_resume(request):
    mails.resume(by=request.user)
    messages.success(request, "Mail leaves again. What no longer matters is left out.")
    return redirect("mailroom")


@require_POST
def mailroom_again(request):
    label, _, pk = request.POST.get("mail", "").partition(" ")
    only = {"label": label, "pk": int(pk) if pk.isdecimal() and len(pk) < 18 else 0} if label else {}
    count = mails.try_again(by=request.user, **only)
    said = f"{count} mail{' is' if count == 1 else 's are'} tried again." if count else "Nothing was left to try again."
    messages.success(request, said)
    return redirect("mailroom")
