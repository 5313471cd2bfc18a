"""Links that a mail carries and that open something without a sign-in: they are signed, and say who and what."""

import datetime as dt

from django.conf import settings
from django.core import signing
from django.urls import reverse

LASTS = dt.timedelta(days=14)
ANSWER, STOP = "notices.answer", "notices.stop"


def answer_url(notice, act):
    """Where the reader may do this act, for as long as the link lasts."""
    token = signing.dumps([notice.pk, act.key], salt=ANSWER)
    return settings.SITE_URL + reverse("mail_answer", args=[token])


def read_answer(token):
    """(the notice's id, the act's key), or None for a link that is not ours or is too old."""
    try:
        return tuple(signing.loads(token, salt=ANSWER, max_age=LASTS))
    except signing.BadSignature:
        return None


def stop_url(person, kind=""):
    """Where the reader stops the mails of a kind, or all that can be stopped. It lasts: old mails lie in mailboxes."""
    token = signing.Signer(salt=STOP).sign_object([person.pk, kind])
    return settings.SITE_URL + reverse("mail_stop", args=[token])


def read_stop(token):
    """(the person's id, the kind's key or ""), or None for a link that is not ours."""
    try:
        return tuple(signing.Signer(salt=STOP).unsign_object(token))
    except signing.BadSignature:
        return None
