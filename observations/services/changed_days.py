"""The events on dates that became other days at a school, or that another timetable holds for."""

import datetime as dt
from collections import defaultdict
from itertools import groupby

from django.db.models import Q

from people import clock
from people.models import User
from schedule.busy import blocks, missed
from schedule.models import Attendance, Event

from ..models import Coverage
from .needs import key_of, work_out
from .shifting import facts_of

DAY = dt.timedelta(days=1)


def follow_days(school, days, at):
    """For followers of the school's days: work out anew what the events on these dates take of those who work there.

    Events that take the same classes as before are passed by: some queries for each month, and not for each of them.
    """
    zone = clock.zone_of(school)
    first, last = (clock.at(day, dt.time(0), school) for day in (min(days), max(days) + DAY))
    attended = Attendance.objects.filter(person__in=User.objects.staff_of([school])).values("event")
    asked = Coverage.objects.live().filter(school=school, event__isnull=False).values("event")
    events = Event.objects.standing().between(first, last).filter(Q(pk__in=attended) | Q(pk__in=asked), ends_at__gt=at)
    events = [one for one in events.order_by("starts_at") if one.starts_at.astimezone(zone).date() in days]
    for _, month in groupby(events, lambda one: (one.starts_at.year, one.starts_at.month)):
        for event in Event.objects.filter(pk__in=differing(list(month))).order_by("pk").select_for_update():
            work_out(event, at)


def differing(events):
    """Ids of the events whose classes are not those that were worked out: three queries."""
    there = expected_at(events)
    people = {one.person for going in there.values() for one in going}
    days = [moment.astimezone(dt.UTC).date() for one in events for moment in (one.starts_at, one.ends_at)]
    own, were = blocks(people, min(days) - DAY, max(days) + DAY), worked_out(events)
    return [one.pk for one in events if taken_now(one, there[one.pk], own) != were[one.pk]]


def expected_at(events):
    """{id: those who have to come, and whose own class is not visited}."""
    there = defaultdict(list)
    for one in Attendance.objects.leaving_class().filter(event__in=events).select_related("person"):
        there[one.event_id].append(one)
    return there


def taken_now(event, going, own):
    """{key: (until when, class)} of the classes that need somebody by the timetable as it is now."""
    ids = {one.person_id for one in going}
    found = (
        taken
        for one in going
        for taken in missed(
            one.person, [b for b in own[one.person_id] if b.overlaps(event.starts_at, event.ends_at)], ids
        )
    )
    return {
        (one.person.pk, one.day, one.starts): (one.ends, facts_of(one)["class_name"])
        for one in found
        if not one.co_teachers
    }


def worked_out(events):
    """{id: {key: (until when, class)}} of the requests that stand."""
    were = defaultdict(dict)
    for row in Coverage.objects.filter(event__in=events).exclude(state=Coverage.State.WITHDRAWN):
        were[row.event_id][key_of(row)] = (row.ends, row.class_name)
    return were
