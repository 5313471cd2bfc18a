"""What a calendar programme reads under a private address: own dates, those of one piece of work, a school's busy time.

A feed carries time, place and a link, never what a date is about (TRUST 7). What is cancelled stays in it as cancelled
for a while, and so does, in one's own, what one was taken off. Whether its holder may still read it is asked each time.
"""

import datetime as dt
import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

from django.conf import settings
from django.db import connection
from django.db.models import CharField, Count, F, Func, Max, Min, Q, Sum
from django.db.models.functions import Coalesce, Greatest

from .followers import FEED_ROWS
from .ics import BUSY, CANCELLED, CONFIRMED, COVER, SUMMARY, TENTATIVE, stamp, vcalendar, vevent
from .models import Attendance, Event, Feed, TakenOff
from .scopes import shared_by

FORMAT = 2  # part of each tag: raise it when the same rows are to be written in another way
HISTORY = dt.timedelta(days=365)
SCHOOL_HISTORY = dt.timedelta(days=30)  # of a school's busy time only what lies ahead is of use
CANCELLED_FOR = dt.timedelta(days=30)  # a client that was away so long has fetched everything anew
COMES = [Attendance.Answer.ASKED, Attendance.Answer.ACCEPTED]

# Whose feed this is, and what changes with any change of its holder's own dates. The sums and the newest row catch what
# a latest moment alone would miss: a change that was committed late, and a person taken off one event and put on
# another. It is written out, because every phone asks this every hour, and Django takes four times as long to put it
# together as the database to answer it.
OWN_MARKS = """
SELECT f.person_id, f.scope,
  (SELECT max(t.at) FROM schedule_takenoff t WHERE t.person_id = f.person_id AND t.starts_at > %(since)s),
  (SELECT count(*) FROM schedule_takenoff t
    WHERE t.person_id = f.person_id AND t.starts_at > %(since)s AND t.at > %(gone)s),
  count(e.id), sum(e.id), sum(e.sequence), max(e.changed_at), max(a.id), max(a.answered_at),
  sum(CASE WHEN a.answer = 'accepted' THEN 1 ELSE 0 END), min(s.name), max(s.name)
FROM schedule_feed f
JOIN people_user u ON u.id = f.person_id AND u.is_active
LEFT JOIN (
  schedule_attendance a
  JOIN schedule_event e ON e.id = a.event_id AND e.starts_at > %(since)s
    AND (e.cancelled_at IS NULL OR e.cancelled_at > %(gone)s)
) ON a.person_id = f.person_id AND a.answer IN ('asked', 'accepted')
LEFT JOIN people_school s ON s.id = e.school_id
WHERE f.token = %(token)s
GROUP BY f.person_id, f.scope
"""


class Stamp(Func):
    """A moment as calendars write it (ics.stamp), from the database: five hundred of them are read faster as text."""

    output_field = CharField()

    def as_sqlite(self, *args, **kwargs):
        return super().as_sql(*args, template="strftime('%%%%Y%%%%m%%%%dT%%%%H%%%%M%%%%SZ', %(expressions)s)", **kwargs)

    def as_postgresql(self, *args, **kwargs):
        template = "to_char(%(expressions)s AT TIME ZONE 'UTC', 'YYYYMMDD\"T\"HH24MISS\"Z\"')"
        return super().as_sql(*args, template=template, **kwargs)


def _columns(event, changed):
    """What is read of each event. `event` is the way to it, `changed` what its last change is."""
    times = [Stamp(f"{event}starts_at"), Stamp(f"{event}ends_at"), Stamp(changed)]
    names = ("sequence", "cancelled_at", "awaits_cover", "place", "school__name", "video_link")
    return [f"{event}pk", f"{event}uid", *times, *(f"{event}{name}" for name in names)]


class CoverRow(NamedTuple):
    """A class that the person takes for a colleague, as an upper app hands it over (followers.FEED_ROWS).

    `uid` stays the same for as long as it is the same class and coverer, and `sequence` grows with each change. What
    was withdrawn or given to somebody else is `cancelled`, and named for CANCELLED_FOR. `path` leads to its page.
    """

    uid: str
    starts_at: dt.datetime
    ends_at: dt.datetime
    changed_at: dt.datetime
    sequence: int
    cancelled: bool
    tentative: bool
    where: str
    path: str


# The same for the events of a feed that is shared.
MARKS = {
    "events": Count("pk"),
    "which": Sum("pk"),
    "changes": Sum("sequence"),
    "changed": Max("changed_at"),
    "first_school": Min("school__name"),
    "last_school": Max("school__name"),
}


@dataclass(frozen=True)
class FeedState:
    """What a feed would answer now: a tag that changes whenever its content does, and how to write the content."""

    etag: str
    body: Callable


def feed_state(token, now):
    """The feed under this address, or None: there is none, or its holder may not read it any more."""
    times = {"since": now - HISTORY, "gone": now - CANCELLED_FOR}
    with connection.cursor() as cursor:
        adapted = {name: connection.ops.adapt_datetimefield_value(moment) for name, moment in times.items()}
        cursor.execute(OWN_MARKS, {"token": token, **adapted})
        facts = cursor.fetchone()
    if not facts:
        return None
    person, scope, taken_off, *_ = facts
    if scope != Feed.OWN:
        return _shared_state(Feed.objects.select_related("person").get(token=token), now)
    covers = [row for rows in FEED_ROWS for row in rows(person, now - HISTORY)]
    return FeedState(_tag(token, facts, covers), partial(own_feed, person, now, covers, has_left=taken_off))


def _tag(*facts):
    seen = f"{FORMAT} {settings.SITE_URL} {facts}"
    return f'"{hashlib.sha256(seen.encode()).hexdigest()[:32]}"'


def _lasting(now, event=""):
    """Q: not cancelled, or not long ago. `event` is the way to the event."""
    return Q(**{f"{event}cancelled_at": None}) | Q(**{f"{event}cancelled_at__gt": now - CANCELLED_FOR})


def own_feed(person, now, covers=(), *, has_left=True):
    """The person's own: a year back and all that lies ahead, but not what they declined."""
    since = now - HISTORY
    changed = Greatest("event__changed_at", Coalesce("answered_at", "event__changed_at"))
    rows = Attendance.objects.filter(_lasting(now, "event__"), person=person, event__starts_at__gt=since)
    rows = rows.filter(answer__in=COMES).order_by("event__starts_at", "event")
    rows = list(rows.values_list(*_columns("event__", changed), "answer"))
    left = TakenOff.objects.filter(person=person, starts_at__gt=since).select_related("event") if has_left else ()
    left = {one.event_id: one for one in left}
    events = [_mine(row, left) for row in rows]
    still = {row[0] for row in rows} if left else ()
    events += [_gone(one) for one in left.values() if one.event_id not in still and one.at > now - CANCELLED_FOR]
    return vcalendar([*events, *map(_cover, covers)], name=SUMMARY)


def _mine(row, left):
    pk, uid, starts, ends, changed, sequence, cancelled, awaits, place, school, video, answer = row
    status = CANCELLED if cancelled else TENTATIVE if awaits or answer == "asked" else CONFIRMED
    if pk in left:  # taken off and asked again: newer than the cancellation that the calendar was told meanwhile
        sequence += 2 * left[pk].times
        changed = max(changed, stamp(left[pk].at))
    where = _where(place, school, video)
    return vevent(uid, starts, ends, changed, sequence, status, SUMMARY, where, _address(pk))


def _gone(one):
    number = one.sequence + 2 * one.times - 1
    return vevent(one.event.uid, *_stamps(one.starts_at, one.ends_at, one.at), number, CANCELLED, SUMMARY, "", "")


def _cover(row):
    status = CANCELLED if row.cancelled else TENTATIVE if row.tentative else CONFIRMED
    link = settings.SITE_URL + row.path
    times = _stamps(row.starts_at, row.ends_at, row.changed_at)
    return vevent(row.uid, *times, row.sequence, status, COVER, row.where, link)


def _stamps(*moments):
    return map(stamp, moments)


def _where(place, school, video):
    if place and school:
        return f"{place}, {school}"
    return place or school or ("Video call" if video else "")


def _address(pk):
    return f"{settings.SITE_URL}/events/{pk}/"


def _shared_state(feed, now):
    """A feed of something that the holder shares in, for as long as they do."""
    label = shared_by(feed.person).get(feed.scope)
    if label is None:
        return None
    kind, _, pk = feed.scope.partition(":")
    if kind == "school":
        events = Event.objects.listed_at([pk]).filter(_lasting(now), starts_at__gt=now - SCHOOL_HISTORY)
        write, name = _busy, f"Busy at {label}"
    else:
        events = Event.objects.visible_to(feed.person).filter(thread=feed.scope)
        events = events.filter(_lasting(now), starts_at__gt=now - HISTORY)
        write, name = _ours, f"{SUMMARY}, {kind} {pk}"  # the label names people: it stays on the page
    etag = _tag(feed.token, name, tuple(events.order_by().aggregate(**MARKS).values()))
    return FeedState(etag, partial(_written, events, write, name))


def _written(events, write, name):
    rows = events.order_by("starts_at", "pk").values_list(*_columns("", F("changed_at")))
    return vcalendar([write(row) for row in rows], name=name)


def _ours(row):
    pk, uid, starts, ends, changed, sequence, cancelled, awaits, place, school, video = row
    status = CANCELLED if cancelled else TENTATIVE if awaits else CONFIRMED
    return vevent(uid, starts, ends, changed, sequence, status, SUMMARY, _where(place, school, video), _address(pk))


def _busy(row):
    """When and in which room, and nothing that leads to who or what. Its name differs from that of the date itself."""
    _, uid, starts, ends, changed, sequence, cancelled, awaits, place, *_ = row
    status = CANCELLED if cancelled else TENTATIVE if awaits else CONFIRMED
    return vevent(f"busy-{uid}", starts, ends, changed, sequence, status, BUSY, place, "")


def event_file(event, attendance):
    """One event, to add to a calendar by hand."""
    asked = attendance and attendance.answer == Attendance.Answer.ASKED
    status = CANCELLED if event.cancelled_at else TENTATIVE if event.awaits_cover or asked else CONFIRMED
    changed = max(event.changed_at, (attendance and attendance.answered_at) or event.changed_at)
    when = _stamps(event.starts_at, event.ends_at, changed)
    return vcalendar(
        [vevent(event.uid, *when, event.sequence, status, SUMMARY, event.where, _address(event.pk))], name=SUMMARY
    )
