"""The one query under `busy`: classes, duties, bookings and days off of any number of people, as rows of one shape.

A slot of the timetable becomes time by way of the school's days: the date's position in the cycle says which slots
hold, the bells of that date say when.

It is on every page about time, and to write its SQL takes Django longer than the database takes to answer it. So it is
written once for a kind of database, with `Given` in the place of whom and when it is asked about.
"""

import datetime as dt
import json
from functools import cache
from typing import NamedTuple

from django.db import connection
from django.db.models import (
    BigIntegerField,
    BooleanField,
    CharField,
    DateField,
    DateTimeField,
    Exists,
    Expression,
    F,
    Field,
    Func,
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


class Given(Expression):
    """A parameter by its name, whose value is put in when the query is asked."""

    def __init__(self, name, field):
        super().__init__(output_field=field())
        self.name = name

    def as_sql(self, compiler, connection):
        return "%s", [self]

    def value(self, values):
        return self.output_field.get_db_prep_value(values[self.name], connection)


class IsGiven(Func):
    """Whether somebody is among the people asked about: one parameter, so that the SQL is the same for any number."""

    output_field = BooleanField()

    def __init__(self, person):
        super().__init__(F(person), Given("people", Field))

    def as_postgresql(self, compiler, connection):
        return self.as_sql(compiler, connection, template="%(expressions)s::bigint[])", arg_joiner=" = ANY(")

    def as_sqlite(self, compiler, connection):
        template = "%(expressions)s))"
        return self.as_sql(compiler, connection, template=template, arg_joiner=" IN (SELECT value FROM json_each(")


FIRST, LAST = Given("first", DateField), Given("last", DateField)
BETWEEN = (FIRST, LAST)
# The moments that these dates have anywhere on earth, and when a booking begins that reaches into them.
FROM, UNTIL, SINCE = (Given(name, DateTimeField) for name in ("from", "until", "since"))


def time_rows(people, first, last):
    """Rows of the people with these ids, on these dates. A day off of the whole district is nobody's row."""
    start, end = (dt.datetime.combine(day, dt.time(0), dt.UTC) for day in (first, last))
    start, end = start - EARLIEST, end + dt.timedelta(days=1) + LATEST
    people = list(people) if connection.vendor == "postgresql" else json.dumps(list(people))
    given = {"people": people, "first": first, "last": last, "from": start, "until": end, "since": start - LONGEST}
    query, columns, sql, params = _written(connection.vendor)
    with connection.cursor() as cursor:
        cursor.execute(sql, [one.value(given) if isinstance(one, Given) else one for one in params])
        rows = cursor.fetchall()
    compiler = query.get_compiler(connection=connection)
    return [Row(*row) for row in compiler.apply_converters(rows, compiler.get_converters(columns))]


@cache
def _written(vendor):
    """(query, columns, SQL, its parameters) of the union, for the kind of database in use."""
    parts = [
        _lessons(),
        _co_teachers(),
        _bookings(),
        _off_at_school("school__school_days__day", off="school__school_days__off"),
        _off_at_school("school__no_school_days__day", off="school__no_school_days__name"),
        _off_everywhere(),
    ]
    query = parts[0].union(*parts[1:], all=True).query
    compiler = query.get_compiler(connection=connection)
    sql, params = compiler.as_sql()
    return query, [column for column, _, _ in compiler.select], sql, params


def _lessons():
    """Slots, on each date whose position they have, at the hours of the period of that name."""
    date, period = "timetable__school__school_days", "timetable__school__school_days__bell_schedule__periods"
    slots = TeachingSlot.objects.filter(IsGiven("teacher")).annotate(
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
        on_day__range=BETWEEN,
        on_position=F("position"),
        on_period=F("period"),
    )
    hours = {"day": F("on_day"), "starts": F(f"{period}__starts"), "ends": F(f"{period}__ends")}
    what = {name: F(name) for name in ("class_name", "room", "subject", "period")}
    where = {"zone": _zone("timetable__school"), "period_id": F(f"{period}__pk"), "school": F("timetable__school")}
    return _columns(slots, kind=F("kind"), person=F("teacher"), slot=F("pk"), **hours, **what, **where)


def _co_teachers():
    """Who teaches the same class with them: the same name, subject and room, at the same time."""
    other = "timetable__slots__"
    slots = TeachingSlot.objects.filter(
        Q(**{f"{other}teacher__lt": F("teacher")}) | Q(**{f"{other}teacher__gt": F("teacher")}),
        Q(timetable__ends_on=None) | Q(timetable__ends_on__gte=FIRST),
        IsGiven("teacher"),
        **{f"{other}{name}": F(name) for name in ("position", "period", "kind", "class_name", "subject", "room")},
        kind=CLASS,
        class_name__gt="",
        timetable__starts_on__lte=LAST,
    )
    return _columns(slots, kind=Value(CO_TEACHER), person=F(f"{other}teacher"), slot=F("pk"))


def _bookings():
    rows = Booking.objects.filter(IsGiven("person"), starts_at__gt=SINCE, starts_at__lt=UNTIL, ends_at__gt=FROM)
    given = {name: F(name) for name in ("person", "starts_at", "ends_at", "firm", "event", "source")}
    return _columns(rows, kind=Value(BOOKED), **given)


def _off_at_school(day, *, off):
    """Dates without school where they work on that date: of the days laid out, and as the calendar names them."""
    posts = Post.objects.filter(
        Q(starts_on=None) | Q(starts_on__lte=F(day)),
        Q(ends_on=None) | Q(ends_on__gte=F(day)),
        IsGiven("user"),
        **{f"{day}__range": BETWEEN, f"{off}__gt": ""},
    )
    where = {"zone": _zone("school"), "school": F("school_id")}
    return _columns(posts, kind=Value(OFF), person=F("user"), day=F(day), source=F(off), **where)


def _off_everywhere():
    days = NoSchoolDay.objects.filter(school=None, day__range=BETWEEN)
    return _columns(days, kind=Value(OFF), day=F("day"), source=F("name"), zone=_district_zone())


def _columns(rows, **given):
    """The columns of the union in their order; what a part does not have is nothing, of the column's type."""
    names = {f"u_{name}": given.get(name) or Cast(Value(None), TYPES[name]()) for name in Row._fields if name != "kind"}
    return rows.order_by().annotate(u_kind=Cast(given["kind"], CharField()), **names).values_list("u_kind", *names)


def _zone(school):
    return Coalesce(NullIf(f"{school}__time_zone", Value("")), _district_zone())


def _district_zone():
    return Subquery(District.objects.values("time_zone")[:1])
