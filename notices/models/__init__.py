"""Tell: rows for what people are told, how they want to be told, and what waits to leave by e-mail."""

from .mailroom import Pause, WrittenMail
from .notice import Digest, Notice, NoticeQuerySet
from .outbox import Heartbeat, OutboxMail, OutboxQuerySet
from .outgoing import Outgoing, OutgoingQuerySet, OwnQuerySet
from .rhythm import How, MailLimit, Preference, QuietHours

__all__ = [
    "Digest",
    "Heartbeat",
    "How",
    "MailLimit",
    "Notice",
    "NoticeQuerySet",
    "OutboxMail",
    "OutboxQuerySet",
    "Outgoing",
    "OutgoingQuerySet",
    "OwnQuerySet",
    "Pause",
    "Preference",
    "QuietHours",
    "WrittenMail",
]
