"""The outbox of a site without a mail server."""

import base64
from functools import wraps

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from people.access import visible_or_404

from ..models import OutboxMail
from .paging import PER_PAGE, number


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
    if before := number(request.GET.get("before", "")):
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
