"""The one kind of notice that this room tells by itself."""

from .registry import NoticeKind

KINDS = [
    NoticeKind(
        "mail_test",
        "A test message that you asked for",
        "Test message from peerlearn, {when}",
        "{who} asked for this on the mail page, to see whether mail arrives. It does.",
        "Back to the mail page",
        can_be_off=False,
        at_once=True,
    ),
]
