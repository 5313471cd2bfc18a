"""What each date is at a school, and when its bells ring. It asks the database nothing.

* There is school on the weekdays of the school years that are not days off, and on special days, which may be
  Saturdays.
* A cycle holds from its first day until the next one starts. Before any, the days are those of the week.
* A rotation begins with its first day when the cycle starts, and again with each school year. It takes its turns from
  Monday to Friday: every school day has one; a day off loses its turn where the rotation follows dates, and takes
  none where it follows school days.
* A special day changes that date alone. When it shows another day of the cycle, its own turn is used up all the same,
  so that the days after it stay as they were printed. Who wants to go on from it starts a new cycle there.
"""

import datetime as dt
from bisect import bisect_right
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

WEEKDAYS, SCHOOL_DAYS, DATES = "weekdays", "school_days", "dates"
NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
ONE = dt.timedelta(days=1)


@dataclass(frozen=True)
class Cycle:
    """`days` are (name, bells) of each day of it in turn; bells of None are the school's usual ones."""

    starts_on: dt.date
    follows: str
    days: tuple


class Special(NamedTuple):
    """What differs on a date: bells, or the day of the cycle; None leaves it as it would be."""

    bells: object = None
    position: int | None = None


class Day(NamedTuple):
    """What a date is. A day off has no position and no bells; `off` says why."""

    position: int | None
    name: str
    bells: object
    off: str = ""


THE_WEEK = Cycle(dt.date.min, WEEKDAYS, tuple((name, None) for name in NAMES))


def lay_out(years, *, usual, cycles=(), off=None, special=None):
    """{date: Day} of each weekday of the years, and of each special day, in order.

    `years` are (first, last) dates; `usual` the bells of a day that names no others; `off` {date: why} and `special`
    {date: Special} may name days outside the years, where only special days count.
    """
    off, special = off or {}, special or {}
    in_order = [THE_WEEK, *sorted(cycles, key=attrgetter("starts_on"))]
    turns, laid = _turns(years, in_order, off), {}
    for day in sorted(turns.keys() | special.keys()):
        if day in off:
            laid[day] = Day(None, "", None, off[day])
        else:
            laid[day] = _day(_holding(in_order, day), turns.get(day), special.get(day, Special()), usual)
    return laid


def _day(cycle, turn, special, usual):
    position = turn if special.position is None else special.position
    if position is None or position >= len(cycle.days):
        return Day(None, "", special.bells or usual)
    name, bells = cycle.days[position]
    return Day(position, name, special.bells or bells or usual)


def _turns(years, cycles, off):
    """{date: position} for each weekday of the years, None for one that takes no turn."""
    turns, starts = {}, [cycle.starts_on for cycle in cycles]
    for first, last in sorted(years):
        days = [day for day in _weekdays(first, last) if day not in turns]
        for number, held in groupby(days, key=lambda day: bisect_right(starts, day) - 1):
            turns |= _in_turn(cycles[number], held, off)
    return turns


def _in_turn(cycle, days, off):
    turn, turns = 0, {}
    for day in days:
        if cycle.follows == WEEKDAYS:
            turns[day] = day.weekday()
        elif cycle.follows == SCHOOL_DAYS and day in off:
            turns[day] = None
        else:
            turns[day], turn = turn % len(cycle.days), turn + 1
    return turns


def _holding(cycles, day):
    return cycles[bisect_right([cycle.starts_on for cycle in cycles], day) - 1]


def _weekdays(first, last):
    days = (first + ONE * number for number in range((last - first).days + 1))
    return [day for day in days if day.weekday() < len(NAMES)]
