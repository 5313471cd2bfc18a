"""The one query under `busy`: classes, duties, bookings and days off of any number of people, as rows of one shape.

A slot of the timetable becomes time by way of the school's days: the date's position in the cycle says which slots
hold, the bells of that date say when.
"""

import datetime as dt
from typing import NamedTuple

from django.db.models import (
    BigIntegerField,
    BooleanField,
    CharField,
    DateField,
    DateTimeField,
    Exists,
    F,
    OuterRef,
    Q,
    Subquery,
    TimeField,
    Value,
)
from django.db.models.functions import Cast, Coalesce, NullIf

from people.models import District, NoSchoolDay, Post

from .models import LONGEST, Booking, TeachingSlot, Timetable

CLASS, DUTY, BOOKED, CO_TEACHER, OFF = "class", "duty", "booked", "co-teacher", "off"
# Every date of the earth's zones begins and ends between these.
EARLIEST, LATEST = dt.timedelta(hours=14), dt.timedelta(hours=12)


class Row(NamedTuple):
    """Classes and days off come as a date of a zone, bookings as moments; what a kind does not have is None."""

    kind: str
    person: int | None
    day: dt.date | None
    starts: dt.time | None
    ends: dt.time | None
    zone: str | None
    starts_at: dt.datetime | None
    ends_at: dt.datetime | None
    firm: bool | None
    event: int | None
    source: str | None
    slot: int | None
    class_name: str | None
    room: str | None
    subject: str | None
    period: str | None
    period_id: int | None
    school: int | None


TYPES = {
    "day": DateField, "starts": TimeField, "ends": TimeField, "zone": CharField, "starts_at": DateTimeField,
    "ends_at": DateTimeField, "firm": BooleanField, "event": BigIntegerField, "source": CharField,
    "slot": BigIntegerField, "class_name": CharField, "room": CharField, "subject": CharField, "period": CharField,
    "period_id": BigIntegerField, "school": BigIntegerField, "person": BigIntegerField,
}  # fmt: skip


def time_rows(people, first, last):
    """Rows of the people with these ids, on these dates. A day off of the whole district is nobody's row."""
    between = (first, last)
    parts = [
        _lessons(people, between),
        _co_teachers(people, between),
        _bookings(people, between),
        _off_at_school(people, between, "school__school_days__day", off="school__school_days__off"),
        _off_at_school(people, between, "school__no_school_days__day", off="school__no_school_days__name"),
        _off_everywhere(between),
    ]
    return [Row(*row) for row in parts[0].union(*parts[1:], all=True)]


def _lessons(people, between):
    """Slots, on each date whose position they have, at the hours of the period of that name."""
    date, period = "timetable__school__school_days", "timetable__school__school_days__bell_schedule__periods"
    slots = TeachingSlot.objects.filter(teacher__in=people).annotate(
        # Named once and asked by name: a filter along the same path would join the tables a second time.
        on_day=F(f"{date}__day"), on_position=F(f"{date}__position"), on_period=F(f"{period}__name")
    )  # fmt: skip
    later = Timetable.objects.holding(OuterRef("on_day")).filter(
        school=OuterRef("timetable__school"), starts_on__gt=OuterRef("timetable__starts_on")
    )
    slots = slots.filter(
        ~Exists(later),
        Q(timetable__ends_on=None) | Q(timetable__ends_on__gte=F("on_day")),
        timetable__starts_on__lte=F("on_day"),
        on_day__range=between,
        on_position=F("position"),
        on_period=F("period"),
    )
    hours = {"day": F("on_day"), "starts": F(f"{period}__starts"), "ends": F(f"{period}__ends")}
    what = {name: F(name) for name in ("class_name", "room", "subject", "period")}
    where = {"zone": _zone("timetable__school"), "period_id": F(f"{period}__pk"), "school": F("timetable__school")}
    return _columns(slots, kind=F("kind"), person=F("teacher"), slot=F("pk"), **hours, **what, **where)


def _co_teachers(people, between):
    """Who teaches the same class with them: the same name, subject and room, at the same time."""
    other = "timetable__slots__"
    slots = TeachingSlot.objects.filter(
        Q(**{f"{other}teacher__lt": F("teacher")}) | Q(**{f"{other}teacher__gt": F("teacher")}),
        Q(timetable__ends_on=None) | Q(timetable__ends_on__gte=between[0]),
        **{f"{other}{name}": F(name) for name in ("position", "period", "kind", "class_name", "subject", "room")},
        teacher__in=people,
        kind=CLASS,
        class_name__gt="",
        timetable__starts_on__lte=between[1],
    )
    return _columns(slots, kind=Value(CO_TEACHER), person=F(f"{other}teacher"), slot=F("pk"))


def _bookings(people, between):
    start, end = (dt.datetime.combine(day, dt.time(0), dt.UTC) for day in between)
    start, end = start - EARLIEST, end + dt.timedelta(days=1) + LATEST
    started = {"starts_at__gt": start - LONGEST, "starts_at__lt": end}
    rows = Booking.objects.filter(person__in=people, ends_at__gt=start, **started)
    given = {name: F(name) for name in ("person", "starts_at", "ends_at", "firm", "event", "source")}
    return _columns(rows, kind=Value(BOOKED), **given)


def _off_at_school(people, between, day, *, off):
    """Dates without school where they work on that date: of the days laid out, and as the calendar names them."""
    posts = Post.objects.filter(
        Q(starts_on=None) | Q(starts_on__lte=F(day)),
        Q(ends_on=None) | Q(ends_on__gte=F(day)),
        **{"user__in": people, f"{day}__range": between, f"{off}__gt": ""},
    )
    where = {"zone": _zone("school"), "school": F("school_id")}
    return _columns(posts, kind=Value(OFF), person=F("user"), day=F(day), source=F(off), **where)


def _off_everywhere(between):
    days = NoSchoolDay.objects.filter(school=None, day__range=between)
    return _columns(days, kind=Value(OFF), day=F("day"), source=F("name"), zone=_district_zone())


def _columns(rows, **given):
    """The columns of the union in their order; what a part does not have is nothing, of the column's type."""
    names = {f"u_{name}": given.get(name) or Cast(Value(None), TYPES[name]()) for name in Row._fields if name != "kind"}
    return rows.order_by().annotate(u_kind=Cast(given["kind"], CharField()), **names).values_list("u_kind", *names)


def _zone(school):
    return Coalesce(NullIf(f"{school}__time_zone", Value("")), _district_zone())


def _district_zone():
    return Subquery(District.objects.values("time_zone")[:1])
