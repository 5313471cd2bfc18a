"""The mail backend of a site with a mail server: whoever sends a mail writes a row, and the worker takes it there.

So a request waits for no mail server, and what a transaction takes back was never sent.
"""

import hashlib

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.message import sanitize_address
from django.utils import timezone

from .models import WrittenMail


class EmailBackend(BaseEmailBackend):
    def send_messages(self, messages):
        """Returns how many were written; one that was written before is not written again."""
        return len(WrittenMail.objects.bulk_create([written(mail) for mail in messages], ignore_conflicts=True))


def written(mail):
    wire, readers, now = mail.message(), mail.recipients(), timezone.now()
    name = " ".join([wire["Message-ID"], *sorted(readers)])
    return WrittenMail(
        key=hashlib.sha256(name.encode()).hexdigest(),
        sender=sanitize_address(mail.from_email, "utf-8"),
        readers=readers,
        wire=wire.as_bytes(linesep="\r\n"),
        made_at=now,
        next_at=now,
    )


class Sealed(EmailMessage):
    """A mail that was written before, for a backend to send: its bytes go out as they are."""

    def __init__(self, row):
        super().__init__(from_email=row.sender, to=row.readers)
        self.wire = bytes(row.wire)

    def message(self):
        return self

    def as_bytes(self, **_):
        return self.wire
