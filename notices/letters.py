"""What a notice and a digest look like as a mail: text and HTML, with a Message-ID that a second copy would share."""

import hashlib
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import get_template
from django.utils.formats import date_format


def letter_of_notice(notice):
    return _letter(notice, "notice", notice.subject, {"notice": notice})


def letter_of_digest(digest, notices):
    number = f"{len(notices)} things" if len(notices) > 1 else "One thing"
    subject = f"{number} for you, {date_format(digest.day, 'D j F')}"
    return _letter(digest, "digest", subject, {"digest": digest, "notices": notices})


def _letter(row, template, subject, context):
    context |= {"subject": subject, "person": row.person, "site": settings.SITE_URL}
    mail = EmailMultiAlternatives(
        subject,
        get_template(f"mail/{template}.txt").render(context),
        to=[row.person.email],
        headers={"Message-ID": message_id(row.key), "Auto-Submitted": "auto-generated"},
    )
    mail.attach_alternative(get_template(f"mail/{template}.html").render(context), "text/html")
    return mail


def message_id(key):
    """The same for every copy of a notice, so that a mailbox shows a mail once that a crash has sent twice."""
    return f"<{hashlib.sha256(key.encode()).hexdigest()[:40]}@{urlsplit(settings.SITE_URL).hostname}>"
