"""A week of a school as its staff read it: what each day is, and when its bells ring."""

import datetime as dt
from dataclasses import dataclass

from .models import SchoolDay, SpecialDay
from .rotation import NAMES
from .words import clock, day_words

ONE = dt.timedelta(days=1)


@dataclass(frozen=True)
class WeekDay:
    """`name` is its day of the cycle, unless that is the weekday; `special` why it differs.

    `periods` are (name, from, until) in words.
    """

    date: dt.date
    name: str
    bells: str
    off: str
    special: str
    periods: tuple
    is_laid_out: bool
    is_today: bool

    @property
    def words(self):
        return day_words(self.date)


def monday_of(day):
    return day - ONE * day.weekday()


def week_at(day):
    """The Monday of the week that is on, or on a weekend the one that comes."""
    return monday_of(day) if day.weekday() < len(NAMES) else monday_of(day + ONE * 2)


def weeks(school, first, *, today, count=1):
    """A list of days for each of so many weeks from that of `first`; weekends only with school. Four queries."""
    monday = monday_of(first)
    span = (monday, monday + ONE * (7 * count - 1))
    rows = SchoolDay.objects.filter(school=school, day__range=span).select_related("bell_schedule")
    laid = {row.day: row for row in rows.prefetch_related("bell_schedule__periods")}
    special = dict(SpecialDay.objects.filter(school=school, day__range=span).values_list("day", "name"))
    return [
        [
            _day(date, laid.get(date), special.get(date, ""), today)
            for date in (monday + ONE * (7 * week + number) for number in range(7))
            if date.weekday() < len(NAMES) or date in laid
        ]
        for week in range(count)
    ]


def _day(date, row, special, today):
    bells = row.bell_schedule if row else None
    periods = bells.periods.all() if bells else ()
    return WeekDay(
        date=date,
        name=row.cycle_day if row and row.cycle_day != f"{date:%A}" else "",
        bells=bells.name if bells else "",
        off=row.off if row else "",
        special=special if row and not row.off else "",
        periods=tuple((period.name, clock(period.starts), clock(period.ends)) for period in periods),
        is_laid_out=row is not None,
        is_today=date == today,
    )
