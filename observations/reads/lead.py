"""Lead time: whether a date leaves a school the days that it needs to arrange cover, and which dates would."""

import datetime as dt

from django.utils import timezone

from people import clock
from people.models import School
from schedule.busy import blocks
from schedule.models import SchoolDay
from schedule.services.school_days import school_days_between
from schedule.words import day_words

from ..models import CoverRule

LOOKED_AT, OFFERED = 10, 3


def lead_words(classes, people, starts_at, ends_at):
    """For followers.ON_CLASSES: a sentence for each school whose cover this date leaves too little time for.

    A constant number of queries for each school.
    """
    schools = School.objects.filter(pk__in={one.school_id for one in classes}).select_related("cover_rule")
    return [words for school in schools if (words := too_soon(school, people, starts_at, ends_at))]


def too_soon(school, people, starts_at, ends_at):
    """How far ahead the date is, and which others would do; an empty text when it is far enough."""
    rule = getattr(school, "cover_rule", None) or CoverRule()
    zone, today = clock.zone_of(school), clock.today(school)
    ahead = school_days_between(school, today, starts_at.astimezone(zone).date())
    if ahead >= rule.lead_days:
        return ""
    days = "1 school day" if ahead == 1 else f"{ahead} school days"
    said = f"{days} ahead: {school} arranges cover {rule.lead_days} ahead."
    dates = dates_that_do(school, people, starts_at.astimezone(zone), ends_at.astimezone(zone), rule.lead_days)
    return f"{said} These dates would do: {', '.join(map(day_words, dates))}." if dates else said


def dates_that_do(school, people, starts_at, ends_at, lead_days):
    """The first dates far enough ahead on which nobody has a date, a duty or cover at this hour, in their order.

    Those that take the fewest classes win. `starts_at` and `ends_at` are on the clock of the school.
    """
    coming = SchoolDay.objects.filter(school=school, day__gt=timezone.localdate(timezone.now(), starts_at.tzinfo))
    coming = coming.filter(off="", bell_schedule__isnull=False).order_by("day").values_list("day", flat=True)
    days = list(coming[max(lead_days - 1, 0) :][:LOOKED_AT])
    if not days:
        return []
    found, length = blocks(people, days[0], days[-1]), ends_at - starts_at
    costs = []
    for day in days:
        start = dt.datetime.combine(day, starts_at.time(), starts_at.tzinfo)
        then = [one for own in found.values() for one in own if one.overlaps(start, start + length)]
        if all(one.kind == "class" for one in then):
            costs.append((len(then), day))
    return sorted(day for _, day in sorted(costs)[:OFFERED])
