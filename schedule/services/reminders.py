"""The day before: one notice for each person, event and date, from seven in the morning at the school."""

import datetime as dt
from zoneinfo import ZoneInfo

from django.utils import timezone

from notices.models import Notice
from notices.services import tell
from people import clock

from ..models import Attendance
from .telling import facts_of, zones_of

HOUR = dt.time(7)
KIND = "event_tomorrow"


def remind(*, at=None):
    """Tell of tomorrow's events; returns how many notices were written. Safe to run at any time, any number of times.

    Nobody is reminded of a date that they were told of after that hour, nor on the day itself.
    """
    at = at or timezone.now()
    district_zone = clock.zone_of()
    due = [one for one in _coming(at) if _is_due(one, at, district_zone)]
    people = [one.person for one in due]
    told = set(Notice.objects.filter(key__in=[_full_key(one) for one in due]).values_list("key", flat=True))
    zones = zones_of(people, at.date()) if people else {}
    new = [one for one in due if _full_key(one) not in told]
    for one in new:
        event, zone = one.event, zones[one.person_id]
        facts = facts_of(event, zone, at)
        tell(one.person, KIND, key=_key(event), path=event.get_absolute_url(), facts=facts, thread=event.thread, at=at)
    return len(new)


def _coming(at):
    """Everyone expected at an event that could be tomorrow somewhere."""
    expected = Attendance.objects.exclude(answer=Attendance.Answer.DECLINED).filter(
        event__cancelled_at=None,
        event__starts_at__gt=at,
        event__starts_at__lt=at + dt.timedelta(hours=49),
        person__is_active=True,
    )
    return expected.select_related("event__school", "person")


def _is_due(one, at, district_zone):
    school = one.event.school
    zone = ZoneInfo(school.time_zone) if school and school.time_zone else district_zone
    day = one.event.starts_at.astimezone(zone).date()
    hour = dt.datetime.combine(day - dt.timedelta(days=1), HOUR, tzinfo=zone)
    known = max(one.event.changed_at, one.asked_at)
    return known < hour <= at < dt.datetime.combine(day, dt.time(0), tzinfo=zone)


def _key(event):
    return f"event-tomorrow:{event.pk}:{event.sequence}"


def _full_key(one):
    return f"{_key(one.event)}:{one.person_id}"
