"""When people are busy, and with what: classes, duties, events, cover and days off, in one query for any number.

Hours of classes are those of the school's clock, in its own zone.
"""

import datetime as dt
from collections import defaultdict
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from people.clock import moment

from .time_rows import BOOKED, CLASS, CO_TEACHER, OFF, rows_at, time_rows

EVENT, COVER = "event", "cover"
# The bells of a day ring for many.
_rings_at = lru_cache(maxsize=4096)(moment)


class Block(NamedTuple):
    """A span of a person's time. What of a class is set depends on its kind; a day off is as long as the day."""

    kind: str
    starts_at: dt.datetime
    ends_at: dt.datetime
    firm: bool = True
    event_id: int | None = None
    source: str = ""
    slot_id: int | None = None
    class_name: str = ""
    room: str = ""
    subject: str = ""
    period: str = ""
    period_id: int | None = None
    school_id: int | None = None
    co_teachers: tuple = ()

    def overlaps(self, starts_at, ends_at):
        return self.starts_at < ends_at and starts_at < self.ends_at


class ClassTaken(NamedTuple):
    """A class period that somebody would miss. `starts` and `ends` are the period's hours on the school's clock.

    `co_teachers` are the ids of those who teach the class with them and stay.
    """

    person: object
    day: dt.date
    starts: dt.time
    ends: dt.time
    period_id: int
    period: str
    slot_id: int
    class_name: str
    subject: str
    room: str
    school_id: int
    co_teachers: tuple

    @property
    def what(self):
        return what_of(self)


def what_of(taught):
    """7B Math: the class, and the subject where the name of the class does not say it."""
    named = taught.subject.lower() in taught.class_name.lower()
    return taught.class_name if named else f"{taught.class_name} {taught.subject}".strip()


def blocks(people, first, last):
    """What takes the time of these people on the dates from `first` to `last`, by person id, each in order: one query.

    Bookings are those that touch these dates anywhere on earth.
    """
    ids = [person.pk for person in people]
    found = {pk: [] for pk in ids}
    if not ids:
        return found
    rows = time_rows(ids, first, last)
    with_them = defaultdict(set)
    for row in rows:
        if row.kind == CO_TEACHER:
            with_them[row.slot].add(row.person)
    for row in rows:
        if row.kind != CO_TEACHER:
            block = _block(row, with_them)
            for pk in [row.person] if row.person else ids:
                found[pk].append(block)
    return {pk: _in_order(own) for pk, own in found.items()}


def taken_at(people, spans):
    """What takes the time of these people around the spans, by person id: one query, for many people and few spans.

    `spans` are (day, starts, ends, name of the zone). Classes, duties and dates at other hours may be left out, and so
    are days off and co-teachers.
    """
    found = {person.pk: [] for person in people}
    for row in rows_at(list(found), spans) if found and spans else ():
        found[row.person].append(_block(row, {row.slot: ()}))
    return {pk: _in_order(own) for pk, own in found.items()}


def classes_taken(people, starts_at, ends_at):
    """The class periods that an event of this span takes of these people. One query.

    Two classes that somebody teaches together are one. Co-teachers who are among `people` are not named: they leave.
    """
    known = {person.pk: person for person in people}
    # In UTC, since two times of one zone are compared by the hands of the clock, even across its change.
    starts_at, ends_at = starts_at.astimezone(dt.UTC), ends_at.astimezone(dt.UTC)
    day = dt.timedelta(days=1)
    found = blocks(people, starts_at.date() - day, ends_at.date() + day)
    return [
        taken
        for pk, own in found.items()
        for taken in missed(known[pk], (one for one in own if one.overlaps(starts_at, ends_at)), known)
    ]


def missed(person, own, leaving):
    """The classes among these blocks of a person, as ClassTaken; `leaving` holds the ids of those who go as well."""
    together = defaultdict(list)
    for block in own:
        if block.kind == CLASS:
            together[block.starts_at, block.period_id].append(block)
    return [_taken(person, classes, leaving) for classes in together.values()]


def _taken(person, classes, leaving):
    first = classes[0]
    stay = set.intersection(*({pk for pk in one.co_teachers if pk not in leaving} for one in classes))
    return ClassTaken(
        person=person,
        day=first.starts_at.date(),
        starts=first.starts_at.timetz().replace(tzinfo=None),
        ends=first.ends_at.timetz().replace(tzinfo=None),
        period_id=first.period_id,
        period=first.period,
        slot_id=first.slot_id,
        class_name=", ".join(dict.fromkeys(one.class_name or one.subject for one in classes)),
        subject=first.subject,
        room=first.room,
        school_id=first.school_id,
        co_teachers=tuple(sorted(stay)),
    )


def _block(row, with_them):
    zone = ZoneInfo(row.zone) if row.zone else None
    if row.kind == BOOKED:
        return Block(EVENT if row.event else COVER, row.starts_at, row.ends_at, row.firm, row.event, row.source)
    if row.kind == OFF:
        spans = (_rings_at(day, dt.time(0), zone) for day in (row.day, row.day + dt.timedelta(days=1)))
        return Block(OFF, *spans, source=row.source, school_id=row.school)
    hours = (_rings_at(row.day, time, zone) for time in (row.starts, row.ends))
    what = (row.slot, row.class_name, row.room, row.subject, row.period, row.period_id, row.school)
    return Block(row.kind, *hours, True, None, "", *what, tuple(sorted(with_them[row.slot])))


def _in_order(own):
    """By time, then by the name of the class; each day off once, whoever says that it is one."""
    off = {block.starts_at: block for block in own if block.kind == OFF}
    return sorted([*(block for block in own if block.kind != OFF), *off.values()], key=_place)


def _place(block):
    # Whole, for rows come in no order of their own: the same blocks stand in the same order each time.
    return block.starts_at, block.ends_at, block.class_name, block.source, block.slot_id or 0
