"""Making dates, and reading the invitations that were mailed."""

import datetime as dt
import email
import email.policy

import icalendar
from django.core import mail

from schedule import services

NOW = dt.datetime(2027, 3, 1, 15, tzinfo=dt.UTC)  # ten in the morning of a Monday in New York
TEN = dt.datetime(2027, 3, 11, 15, 5, tzinfo=dt.UTC)
HALF = dt.timedelta(minutes=45)
LATER = NOW + dt.timedelta(hours=1)


def make(by, people, *, starts_at=TEN, **fields):
    given = {"kind": "observation", "title": "Peer Partners: Observation", "at": NOW} | fields
    return services.create_event(by=by, people=people, starts_at=starts_at, ends_at=starts_at + HALF, **given)


def sent(at=LATER):
    """What the worker mails now, as (METHOD, the event, the mail)."""
    mail.outbox.clear()
    services.send_invitations(at=at)
    return [opened(message) for message in mail.outbox]


def opened(message):
    wire = email.message_from_bytes(message.message().as_bytes(linesep="\r\n"), policy=email.policy.default)
    (part,) = [part for part in wire.walk() if part.get_content_type() == "text/calendar"]
    calendar = icalendar.Calendar.from_ical(part.get_content())
    (entry,) = calendar.walk("VEVENT")
    assert calendar["METHOD"] == part.get_param("method")
    return str(calendar["METHOD"]), entry, wire
