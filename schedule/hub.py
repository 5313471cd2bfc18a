"""School time on one page: how the days run, when they differ, and where each of it is changed."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, Q

from people.clock import zone_of
from people.models import NoSchoolDay

from .models import BellSchedule, DayCycle, Period, SpecialDay, TeachingSlot, Term

LONG_WEEKEND = dt.timedelta(days=3)
MOST = 20  # special days and days off to come; the week shows the others on its way


def school_time(school, today):
    """The facts of a school's time that hold today or later: eight queries."""
    cycles = list(DayCycle.objects.filter(school=school).prefetch_related("days__bell_schedule").order_by("-starts_on"))
    begun = [cycle for cycle in cycles if cycle.starts_on <= today]
    ours = Q(school=None) | Q(school=school)
    off = NoSchoolDay.objects.filter(ours, day__gte=today).order_by("day")
    special = SpecialDay.objects.filter(school=school, day__gte=today).select_related("bell_schedule").order_by("day")
    bells = BellSchedule.objects.filter(school=school).annotate(count=Count("periods"))
    return {
        "zone": zone_of(school).key.replace("_", " "),
        "bells": bells.order_by("-is_default", "name"),
        "cycle": begun[0] if begun else None,
        "cycles_to_come": [cycle for cycle in reversed(cycles) if cycle.starts_on > today],
        "terms": Term.objects.filter(ours, year__ends_on__gte=today).select_related("school", "year"),
        "special": special[:MOST],
        "off": spans_of(off[: 3 * MOST])[:MOST],
    }


@dataclass
class DaysOff:
    """One day off of the school, or a break of all schools from its first to its last day."""

    first: dt.date
    last: dt.date
    name: str
    own: int | None  # the row's id, when it is the school's own to take back


def spans_of(days_off):
    """Days off in order; those of all schools with the same name become one, over weekends too."""
    spans = []
    for row in days_off:
        own = row.pk if row.school_id else None
        before = spans[-1] if spans else None
        if before and not (own or before.own) and before.name == row.name and row.day - before.last <= LONG_WEEKEND:
            before.last = row.day
        else:
            spans.append(DaysOff(row.day, row.day, row.name, own))
    return spans


def lost_periods(school, today):
    """Periods that the timetable of today or later names and that no bells of the school have."""
    known = Period.objects.filter(schedule__school=school).values("name")
    holding = Q(timetable__ends_on=None) | Q(timetable__ends_on__gte=today)
    slots = TeachingSlot.objects.filter(holding, timetable__school=school).exclude(period__in=known)
    return list(slots.order_by("period").values_list("period", flat=True).distinct())
