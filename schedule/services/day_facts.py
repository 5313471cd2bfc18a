"""The facts beneath the days of some schools, read in a fixed number of queries."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.db.models import Q

from people.clock import zone_of
from people.models import NoSchoolDay, School, SchoolYear

from ..models import BellSchedule, DayCycle, Period, SpecialDay
from ..rotation import Cycle, Special, lay_out


@dataclass(frozen=True)
class Clocks:
    """By what the days of some schools ring: {school id: zone} and {bell schedule id: ((name, starts, ends), ...)}."""

    zones: dict
    periods: dict


def clocks_of(schools):
    """The clocks and bells of these schools' ids as they are now: three queries, the district's zone among them."""
    usual = zone_of()
    zones = School.objects.filter(pk__in=schools).values_list("pk", "time_zone")
    periods = defaultdict(tuple)
    rows = Period.objects.filter(schedule__school__in=schools).order_by("starts", "pk")
    for schedule, *period in rows.values_list("schedule_id", "name", "starts", "ends"):
        periods[schedule] += (tuple(period),)
    return Clocks({pk: ZoneInfo(name) if name else usual for pk, name in zones}, dict(periods))


def years_from(today):
    """(first, last) of each school year that is not over."""
    return list(SchoolYear.objects.filter(ends_on__gte=today).values_list("starts_on", "ends_on"))


def laid_out(schools, years):
    """{school id: {date: Day}} as the facts have it, for these schools: six queries."""
    facts = (_usual_bells(schools), _cycles(schools), _days_off(schools), _special_days(schools, years))
    usual, cycles, off, special = facts
    return {
        school.pk: lay_out(
            _until_closed(years, school),
            usual=usual.get(school.pk),
            cycles=cycles[school.pk],
            off=off[None] | off[school.pk],
            special=special[school.pk],
        )
        for school in schools
    }


def _until_closed(years, school):
    if school.closed_on is None:
        return years
    last_day = school.closed_on - dt.timedelta(days=1)
    return [(first, min(last, last_day)) for first, last in years if first <= last_day]


def _usual_bells(schools):
    return dict(BellSchedule.objects.filter(school__in=schools, is_default=True).values_list("school_id", "pk"))


def _cycles(schools):
    cycles = defaultdict(list)
    for cycle in DayCycle.objects.filter(school__in=schools).prefetch_related("days"):
        days = tuple((day.name, day.bell_schedule_id) for day in cycle.days.all())
        if days:
            cycles[cycle.school_id].append(Cycle(cycle.starts_on, cycle.follows, days))
    return cycles


def _days_off(schools):
    off = defaultdict(dict)
    rows = NoSchoolDay.objects.filter(Q(school=None) | Q(school__in=schools))
    for school, day, name in rows.values_list("school_id", "day", "name"):
        off[school][day] = name
    return off


def _special_days(schools, years):
    """Those of the years that are not over: what is past stays as it was laid out."""
    special = defaultdict(dict)
    first = min((first for first, _ in years), default=dt.date.max)
    rows = SpecialDay.objects.filter(school__in=schools, day__gte=first)
    for school, day, bells, position in rows.values_list("school_id", "day", "bell_schedule_id", "position"):
        special[school][day] = Special(bells, position)
    return special
