"""The mailbox where calendars answer: a folder on an IMAP server, or a Maildir. What is not for us stays as it is."""

import imaplib
import logging
import ssl
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.conf import settings

from .reading_replies import MOST_OCTETS

log = logging.getLogger(__name__)

SECONDS = 10
MOST_AT_ONCE = 200


def work_through_mailbox(url, take):
    """Hand each waiting message to `take`, and mark it as read when it says that it was for us. Returns how many were.

    A mailbox that cannot be reached now is looked at again when the next beat comes.
    """
    parts = urlsplit(url)
    try:
        return _maildir(Path(unquote(parts.path)), take) if parts.scheme == "maildir" else _imap(parts, take)
    except (OSError, imaplib.IMAP4.error) as fault:
        log.warning("The mailbox for replies cannot be read: %s", type(fault).__name__)
        return 0


def _maildir(folder, take):
    taken = 0
    for file in sorted((folder / "new").iterdir()):
        if file.stat().st_size <= MOST_OCTETS and take(file.read_bytes()):
            file.rename(folder / "cur" / f"{file.name}:2,S")
            taken += 1
    return taken


def _imap(parts, take):
    with _connected(parts) as box:
        if parts.scheme == "imap+tls":
            box.starttls(ssl.create_default_context())
        box.login(unquote(parts.username or ""), unquote(parts.password or ""))
        box.select(_quoted(unquote(parts.path.strip("/")) or "INBOX"))
        prefix = settings.CALENDAR_ADDRESS.partition("@")[0]
        wanted = ["UNSEEN", "SMALLER", str(MOST_OCTETS), "TO", _quoted(f"{prefix}+")]
        numbers = box.uid("SEARCH", *wanted)[1][0].split()[-MOST_AT_ONCE:]
        taken = 0
        for number in numbers:
            # PEEK, or else looking at a message that is not for us would mark it as read.
            answer = box.uid("FETCH", number.decode(), "(BODY.PEEK[])")[1]
            octets = next((part[1] for part in answer if isinstance(part, tuple)), b"")
            if take(octets):
                box.uid("STORE", number.decode(), "+FLAGS", r"(\Seen)")
                taken += 1
    return taken


def _connected(parts):
    if parts.scheme == "imap+ssl":
        secure = ssl.create_default_context()
        return imaplib.IMAP4_SSL(parts.hostname, parts.port or 993, ssl_context=secure, timeout=SECONDS)
    return imaplib.IMAP4(parts.hostname, parts.port or 143, timeout=SECONDS)


def _quoted(text):
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
