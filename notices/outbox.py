"""The mail backend of a site without a mail server: a mail becomes a row that the outbox page shows."""

import base64
import mimetypes
from email.header import decode_header, make_header
from email.utils import parseaddr

from django.core.mail.backends.base import BaseEmailBackend

from .models import OutboxMail

BODIES = {"text/plain", "text/html"}


class EmailBackend(BaseEmailBackend):
    def send_messages(self, messages):
        return sum(1 for mail in messages if keep(mail))


def keep(mail):
    """One row for each reader, whether named openly or in blind copy."""
    wire = mail.message()
    readers = dict.fromkeys(parseaddr(name)[1].lower() for name in mail.recipients())
    html = next((part.content for part in getattr(mail, "alternatives", []) if part.mimetype == "text/html"), "")
    text, html = ("", mail.body) if mail.content_subtype == "html" else (mail.body, html)
    facts = {
        "subject": mail.subject,
        "text": text,
        "html": html,
        "headers": {name: str(make_header(decode_header(value))) for name, value in wire.items()},
        "attachments": [attachment(part) for part in wire.walk() if is_attached(part)],
        "helps_sign_in": "/accounts/" in text,
    }
    return OutboxMail.objects.bulk_create([OutboxMail(to=reader, **facts) for reader in readers])


def is_attached(part):
    return part.get_filename() or (not part.is_multipart() and part.get_content_type() not in BODIES)


def attachment(part):
    kind = part.get_content_type()
    return {
        "name": part.get_filename() or f"attachment{mimetypes.guess_extension(kind) or '.bin'}",
        "type": kind,
        "content": base64.b64encode(part.get_payload(decode=True) or b"").decode("ascii"),
    }
