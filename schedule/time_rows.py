"""The one query under `busy`: classes, duties, bookings and days off of any number of people, as rows of one shape.

A slot of the timetable becomes time by way of the school's days: the date's position in the cycle says which slots
hold, the bells of that date say when.

It is on every page about time, so its SQL is written once (people/written.py).
"""

import datetime as dt
import json
from typing import NamedTuple

from django.db.models import (
    BigIntegerField,
    BooleanField,
    CharField,
    DateField,
    DateTimeField,
    Exists,
    F,
    Func,
    OuterRef,
    Q,
    Subquery,
    TextField,
    TimeField,
    Value,
)
from django.db.models.functions import Cast, Coalesce, NullIf

from people.models import District, NoSchoolDay, Post
from people.written import Given, IsAmong, Written

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


class TouchesSpan(Func):
    """Whether hours of a day touch a given span of that day; what stands in another zone is taken to."""

    output_field = BooleanField()

    def __init__(self, day, starts, ends, zone):
        super().__init__(Given("spans", TextField), F(day), F(starts), F(ends), F(zone))

    def as_postgresql(self, compiler, connection):
        return self._among(
            compiler, "jsonb_to_recordset({}::jsonb) AS span (day date, starts time, ends time, zone text)"
        )

    def as_sqlite(self, compiler, connection):
        names = ", ".join(f"value ->> '{name}' AS {name}" for name in ("day", "starts", "ends", "zone"))
        return self._among(compiler, f"(SELECT {names} FROM json_each({{}})) AS span")

    def _among(self, compiler, spans):
        touches = "span.day = {} AND ({} < span.ends AND {} > span.starts OR {} <> span.zone)"
        parts = [compiler.compile(one) for one in self.source_expressions]
        sql = f"EXISTS (SELECT 1 FROM {spans} WHERE {touches})".format(*(sql for sql, _ in parts))
        return sql, [param for _, params in parts for param in params]


FIRST, LAST = Given("first", DateField), Given("last", DateField)
BETWEEN = (FIRST, LAST)
HOLDS_THEN = Q(Q(timetable__ends_on=None) | Q(timetable__ends_on__gte=FIRST), timetable__starts_on__lte=LAST)
# The moments that these dates have anywhere on earth, and when a booking begins that reaches into them.
FROM, UNTIL, SINCE = (Given(name, DateTimeField) for name in ("from", "until", "since"))


def time_rows(people, first, last):
    """Rows of the people with these ids, on these dates. A day off of the whole district is nobody's row."""
    return [Row(*row) for row in EVERYTHING.rows(people=people, **_given(first, last))]


def rows_at(people, spans):
    """Classes, duties and bookings of these people that may touch one of the spans: (day, starts, ends, zone's name).

    What the clock of the same zone shows to be at another time is left out, and there is no word of co-teachers.
    """
    days = sorted({day for day, _, _, _ in spans})
    names = ("day", "starts", "ends", "zone")
    given = json.dumps([dict(zip(names, map(str, span), strict=True)) for span in spans])
    return [Row(*row) for row in AT_SPANS.rows(people=people, days=days, spans=given, **_given(days[0], days[-1]))]


def _given(first, last):
    start, end = (dt.datetime.combine(day, dt.time(0), dt.UTC) for day in (first, last))
    start, end = start - EARLIEST, end + dt.timedelta(days=1) + LATEST
    return {"first": first, "last": last, "from": start, "until": end, "since": start - LONGEST}


def _everything():
    parts = [
        _lessons(Q(on_day__range=BETWEEN)),
        _co_teachers(),
        _bookings(),
        _off_at_school("school__school_days__day", off="school__school_days__off"),
        _off_at_school("school__no_school_days__day", off="school__no_school_days__name"),
        _off_everywhere(),
    ]
    return parts[0].union(*parts[1:], all=True)


def _at_spans():
    # The days as well, so that the database looks at no others.
    near = IsAmong("on_day", "days", DateField) & Q(TouchesSpan("on_day", "on_starts", "on_ends", "on_zone"))
    return _lessons(near).union(_bookings(), all=True)


def _lessons(when):
    """Slots, on each date whose position they have, at the hours of the period of that name."""
    date, period = "timetable__school__school_days", "timetable__school__school_days__bell_schedule__periods"
    slots = TeachingSlot.objects.filter(IsAmong("teacher", "people")).annotate(
        # Named once and asked by name: a filter along the same path would join the tables a second time.
        on_day=F(f"{date}__day"), on_position=F(f"{date}__position"), on_period=F(f"{period}__name"),
        on_starts=F(f"{period}__starts"), on_ends=F(f"{period}__ends"), on_zone=zone_name("timetable__school"),
    )  # fmt: skip
    later = Timetable.objects.holding(OuterRef("on_day")).filter(
        school=OuterRef("timetable__school"), starts_on__gt=OuterRef("timetable__starts_on")
    )
    slots = slots.filter(
        when,
        HOLDS_THEN,
        ~Exists(later),
        Q(timetable__ends_on=None) | Q(timetable__ends_on__gte=F("on_day")),
        timetable__starts_on__lte=F("on_day"),
        on_position=F("position"),
        on_period=F("period"),
    )
    hours = {"day": F("on_day"), "starts": F("on_starts"), "ends": F("on_ends")}
    what = {name: F(name) for name in ("class_name", "room", "subject", "period")}
    where = {"zone": F("on_zone"), "period_id": F(f"{period}__pk"), "school": F("timetable__school")}
    return _columns(slots, kind=F("kind"), person=F("teacher"), slot=F("pk"), **hours, **what, **where)


def _co_teachers():
    """Who teaches the same class with them: the same name, subject and room, at the same time."""
    other = "timetable__slots__"
    slots = TeachingSlot.objects.filter(
        Q(**{f"{other}teacher__lt": F("teacher")}) | Q(**{f"{other}teacher__gt": F("teacher")}),
        HOLDS_THEN,
        IsAmong("teacher", "people"),
        **{f"{other}{name}": F(name) for name in ("position", "period", "kind", "class_name", "subject", "room")},
        kind=CLASS,
        class_name__gt="",
    )
    return _columns(slots, kind=Value(CO_TEACHER), person=F(f"{other}teacher"), slot=F("pk"))


def _bookings():
    rows = Booking.objects.filter(
        IsAmong("person", "people"), starts_at__gt=SINCE, starts_at__lt=UNTIL, ends_at__gt=FROM
    )
    given = {name: F(name) for name in ("person", "starts_at", "ends_at", "firm", "event", "source")}
    return _columns(rows, kind=Value(BOOKED), **given)


def _off_at_school(day, *, off):
    """Dates without school where they work on that date: of the days laid out, and as the calendar names them."""
    posts = Post.objects.filter(
        Q(starts_on=None) | Q(starts_on__lte=F(day)),
        Q(ends_on=None) | Q(ends_on__gte=F(day)),
        IsAmong("user", "people"),
        **{f"{day}__range": BETWEEN, f"{off}__gt": ""},
    )
    where = {"zone": zone_name("school"), "school": F("school_id")}
    return _columns(posts, kind=Value(OFF), person=F("user"), day=F(day), source=F(off), **where)


def _off_everywhere():
    days = NoSchoolDay.objects.filter(school=None, day__range=BETWEEN)
    return _columns(days, kind=Value(OFF), day=F("day"), source=F("name"), zone=_district_zone())


def _columns(rows, **given):
    """The columns of the union in their order; what a part does not have is nothing, of the column's type."""
    names = {f"u_{name}": given.get(name) or Cast(Value(None), TYPES[name]()) for name in Row._fields if name != "kind"}
    return rows.order_by().annotate(u_kind=Cast(given["kind"], CharField()), **names).values_list("u_kind", *names)


def zone_name(school):
    """The zone's name of the school at the end of this path."""
    return Coalesce(NullIf(f"{school}__time_zone", Value("")), _district_zone())


def _district_zone():
    return Subquery(District.objects.values("time_zone")[:1])


EVERYTHING, AT_SPANS = Written(_everything), Written(_at_spans)
