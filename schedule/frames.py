"""What a school's timetable is made of: the days of its cycle, and the periods of its bells."""

import datetime as dt
from typing import NamedTuple

from django.db.models import BooleanField, DateField, F, IntegerField, TimeField, Value
from django.db.models.functions import Cast

from .models import CycleDay, Period
from .rotation import NAMES

NOTHING = {
    "u_position": IntegerField, "u_since": DateField, "u_usual": BooleanField, "u_starts": TimeField,
    "u_ends": TimeField,
}  # fmt: skip


class Row(NamedTuple):
    """A day of a cycle with its position and the date that the cycle holds from, or a period with its hours."""

    school: int
    name: str
    position: int | None
    since: dt.date | None
    is_usual: bool | None
    starts: dt.time | None
    ends: dt.time | None


class Frame(NamedTuple):
    """`days` are names by position, `periods` names as they follow each other, `rings` their Rows on a usual day."""

    days: tuple
    periods: tuple
    rings: dict

    @property
    def is_the_week(self):
        return self.days == NAMES


def frames(schools, day):
    """{school id: Frame} of these schools (ids) as their timetables of the day have it, in one query."""
    found = {school: ([], []) for school in schools}
    for row in _rows(schools, day):
        found[row.school][row.starts is not None].append(row)
    return {school: Frame(_days(days), *_periods(periods)) for school, (days, periods) in found.items()}


def frame(school, day):
    return frames([school.pk], day)[school.pk]


def _rows(schools, day):
    days = CycleDay.objects.filter(cycle__school__in=schools, cycle__starts_on__lte=day)
    periods = Period.objects.filter(schedule__school__in=schools)
    own = {"u_position": Cast(F("position"), IntegerField()), "u_since": F("cycle__starts_on")}
    hours = {"u_usual": F("schedule__is_default"), "u_starts": F("starts"), "u_ends": F("ends")}
    parts = [_columns(days, F("cycle__school"), **own), _columns(periods, F("schedule__school"), **hours)]
    return [Row(*row) for row in parts[0].union(parts[1], all=True)]


def _columns(rows, school, **given):
    nothing = {name: Cast(Value(None), field()) for name, field in NOTHING.items()}
    columns = {"u_school": school, "u_name": F("name")} | nothing | given
    return rows.order_by().annotate(**columns).values_list(*columns)


def _days(rows):
    """The days of the cycle that began last. A school without any has the week."""
    since = max((row.since for row in rows), default=None)
    days = sorted((row.position, row.name) for row in rows if row.since == since)
    return tuple(name for _, name in days) or NAMES


def _periods(rows):
    """Names in the order in which they begin, by the usual bells where they ring then; and those bells."""
    rings = {row.name: row for row in sorted(rows, key=lambda row: row.is_usual)}
    names = sorted(rings, key=lambda name: (rings[name].starts, name))
    return tuple(names), {name: row for name, row in rings.items() if row.is_usual}
