"""Reading what a calendar answers by e-mail: an iTIP REPLY (RFC 5546, 3.2.3) in a mail (RFC 6047).

Whatever comes in was written by others, and much of it is broken. It is read by a library, and anything that the
library chokes on is no reply.
"""

import datetime as dt
import email
import hashlib
import uuid
from email.utils import getaddresses
from typing import NamedTuple

import icalendar

from .reply_keys import Asked, read_reply_address

MOST_OCTETS = 1_000_000
MOST_CHANGES = 2**31  # a SEQUENCE beyond it is none of ours, and no database would keep it
ADDRESSED_IN = ("To", "Delivered-To", "X-Original-To", "Envelope-To", "Cc")
CALENDARS = ("text/calendar", "application/ics")


class Reply(NamedTuple):
    """`sender` and `attendee` are addresses in lower case; `partstat` is ACCEPTED, DECLINED, TENTATIVE or another."""

    asked: Asked
    message: str  # a digest that is the same for every copy
    sender: str
    attendee: str
    uid: uuid.UUID
    partstat: str
    sequence: int
    stamped_at: dt.datetime


def read_reply(octets):
    """The answer in this mail; None when it is not addressed to one of our addresses, or is no answer."""
    mail = email.message_from_bytes(octets[:MOST_OCTETS])
    asked = next((one for one in map(read_reply_address, _addresses(mail, *ADDRESSED_IN)) if one), None)
    sender = next(iter(_addresses(mail, "From")), "")
    parts = [part for part in mail.walk() if part.get_content_type() in CALENDARS] if asked and sender else ()
    for part in parts:
        if said := _said(part.get_payload(decode=True) or b""):
            name = str(mail.get("Message-ID", "")).strip().encode(errors="replace") or octets
            digest = hashlib.sha256(b"%d %d " % asked + name).hexdigest()
            return Reply(asked, digest, sender, *said)
    return None


def _addresses(mail, *names):
    values = [str(value) for name in names for value in mail.get_all(name, [])]
    return [address.lower() for _, address in getaddresses(values) if "@" in address]


def _said(octets):
    """Attendee, UID, PARTSTAT, SEQUENCE and DTSTAMP of a reply, or None."""
    try:
        return _facts(octets)
    except Exception:  # icalendar raises AttributeError, IndexError and many more on bytes that are no calendar
        return None


def _facts(octets):
    calendar = icalendar.Calendar.from_ical(octets)
    if str(calendar["METHOD"]).upper() != "REPLY":
        return None
    event = calendar.walk("VEVENT")[0]
    attendees = event["ATTENDEE"]
    attendee = attendees[0] if isinstance(attendees, list) else attendees
    address = str(attendee).lower().removeprefix("mailto:")
    stamped = event.decoded("DTSTAMP")
    stamped = stamped if stamped.tzinfo else stamped.replace(tzinfo=dt.UTC)
    answer, sequence = str(attendee.params["PARTSTAT"]).upper(), int(event.get("SEQUENCE", 0))
    if not 0 <= sequence < MOST_CHANGES:
        return None
    return address, uuid.UUID(str(event["UID"])), answer, sequence, stamped.astimezone(dt.UTC)
