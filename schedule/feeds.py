"""iCalendar (RFC 5545), written by hand: what a person's own calendar programme reads.

The icalendar library builds the same bytes at 3 to 74 times the cost for each event, and every phone asks for its
feed every hour. What we write is a dozen lines of fixed shape, so we write them, and the tests read them back with
that library. A feed carries time, place and a link, never what a date is about (TRUST 7), and no METHOD: it is
nobody's invitation.
"""

import datetime as dt
import hashlib
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Count, Max, Q, Sum

from .models import Attendance, Feed

SUMMARY = "Peer learning"
HISTORY = dt.timedelta(days=365)
CANCELLED_FOR = dt.timedelta(days=30)  # a client that was away so long has fetched everything anew
HEAD = (
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//peerlearn//calendar//EN\r\nCALSCALE:GREGORIAN\r\n"
    f"NAME:{SUMMARY}\r\nX-WR-CALNAME:{SUMMARY}\r\nREFRESH-INTERVAL;VALUE=DURATION:PT1H\r\nX-PUBLISHED-TTL:PT1H\r\n"
)
TAIL = "END:VCALENDAR\r\n"

# Line ends beyond \n split a line in some readers, and control characters are not allowed at all.
ESCAPES = dict.fromkeys([*range(32), 127]) | {0x85: " ", 0x2028: " ", 0x2029: " "}
ESCAPES |= {ord("\t"): " ", ord("\n"): "\\n", ord("\\"): "\\\\", ord(";"): "\\;", ord(","): "\\,"}

COLUMNS = (
    "event_id",
    "event__uid",
    "event__starts_at",
    "event__ends_at",
    "event__changed_at",
    "event__sequence",
    "event__cancelled_at",
    "event__place",
    "event__school__name",
    "event__video_link",
    "answer",
    "answered_at",
)


def escape(text):
    return text.translate(ESCAPES)


def fold(line):
    """The line in pieces of at most 75 octets, cut between characters."""
    if len(line) <= 75 and line.isascii():
        return line
    pieces, piece, size = [], "", 0
    for char in line:
        octets = len(char.encode())
        if size + octets > 75:
            pieces.append(piece)
            piece, size = " ", 1
        piece += char
        size += octets
    return "\r\n".join([*pieces, piece])


def stamp(moment):
    """20270311T150500Z; four of these make up each event, and strftime takes twice as long."""
    return moment.astimezone(dt.UTC).isoformat(timespec="seconds").replace("-", "").replace(":", "")[:15] + "Z"


def vevent(row):
    """One event from the values of COLUMNS, as the person who is expected there reads it."""
    pk, uid, starts, ends, changed, sequence, cancelled, place, school, video, answer, answered = row
    where = ", ".join(part for part in (place, school) if part) or ("Video call" if video else "")
    location = fold(f"LOCATION:{escape(where)}") + "\r\n" if where else ""
    status = "CANCELLED" if cancelled else "TENTATIVE" if answer == "asked" else "CONFIRMED"
    changed = stamp(max(changed, answered) if answered else changed)
    return (
        f"BEGIN:VEVENT\r\nUID:{uid}\r\nDTSTAMP:{changed}\r\nLAST-MODIFIED:{changed}\r\nSEQUENCE:{sequence}\r\n"
        f"DTSTART:{stamp(starts)}\r\nDTEND:{stamp(ends)}\r\nSTATUS:{status}\r\nSUMMARY:{SUMMARY}\r\n{location}"
        f"{fold(f'URL:{settings.SITE_URL}/events/{pk}/')}\r\nEND:VEVENT\r\n"
    )


def vcalendar(rows):
    return "".join([HEAD, *map(vevent, rows), TAIL])


@dataclass(frozen=True)
class FeedState:
    person: int
    etag: str


def feed_state(token, now):
    """Whose feed this is, and a tag that changes whenever its content does: one query. None: there is no such feed.

    The sum of sequences and the newest row catch what a latest moment alone would miss: a change that was committed
    late, and a person taken off one event and put on another.
    """
    answer = "person__attendances__answer"
    found = Feed.objects.filter(token=token, person__is_active=True).annotate(
        expected=Count("person__attendances"),
        newest=Max("person__attendances"),
        changed=Max("person__attendances__event__changed_at"),
        changes=Sum("person__attendances__event__sequence"),
        answered=Max("person__attendances__answered_at"),
        yes=Count("person__attendances", filter=Q(**{answer: Attendance.Answer.ACCEPTED})),
        no=Count("person__attendances", filter=Q(**{answer: Attendance.Answer.DECLINED})),
    )
    found = found.values_list("person", "expected", "newest", "changed", "changes", "answered", "yes", "no")
    if not (facts := found.first()):
        return None
    tag = hashlib.sha256(f"{token} {now:%Y%m%d} {facts}".encode()).hexdigest()[:32]
    return FeedState(facts[0], f'"{tag}"')


def feed_of(person, now):
    """The person's own feed: a year back and all that lies ahead, but not what they declined."""
    rows = Attendance.objects.filter(
        Q(event__cancelled_at=None) | Q(event__cancelled_at__gt=now - CANCELLED_FOR),
        person=person,
        event__starts_at__gt=now - HISTORY,
    ).exclude(answer=Attendance.Answer.DECLINED)
    return vcalendar(rows.order_by("event__starts_at", "event").values_list(*COLUMNS))


def event_file(event, attendance):
    """One event, to add to a calendar by hand."""
    school = event.school.name if event.school else ""
    answer, answered = (attendance.answer, attendance.answered_at) if attendance else ("accepted", None)
    times = (event.starts_at, event.ends_at, event.changed_at, event.sequence, event.cancelled_at)
    row = (event.pk, event.uid, *times, event.place, school, event.video_link, answer, answered)
    return vcalendar([row])


def feed_address(feed):
    return f"{settings.SITE_URL}/feeds/{feed.token}.ics"
