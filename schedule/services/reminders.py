"""One day before: one notice for each person, event and date, at the same time of day where the event is."""

import datetime as dt
from zoneinfo import ZoneInfo

from django.utils import timezone

from notices.day_before import DaysOff, one_day_before
from notices.models import Notice
from notices.services import tell
from people import clock

from ..models import Attendance
from .telling import facts_of, zones_of

# What begins later is told of at this time of day: in the evening no mail goes.
LATEST = dt.time(17)
KIND = "event_tomorrow"


def remind(*, at=None):
    """Tell of the events of the next school day, and of a weekend or break before it. Returns how many notices were
    written. Safe to run at any time, any number of times.

    Nobody is reminded of a date that they were told of after that moment, nor on the day itself.
    """
    at = at or timezone.now()
    district_zone, days_off = clock.zone_of(), DaysOff(at)
    due = [one for one in _coming(at, days_off) if _is_due(one, at, district_zone, days_off)]
    people = [one.person for one in due]
    told = set(Notice.objects.filter(key__in=[_full_key(one) for one in due]).values_list("key", flat=True))
    zones = zones_of(people, at.date()) if people else {}
    new = [one for one in due if _full_key(one) not in told]
    for one in new:
        event, zone = one.event, zones[one.person_id]
        facts = facts_of(event, zone, at)
        tell(one.person, KIND, key=_key(event), path=event.get_absolute_url(), facts=facts, thread=event.thread, at=at)
    return len(new)


def _coming(at, days_off):
    """Everyone expected at an event that could be due somewhere."""
    expected = Attendance.objects.exclude(answer=Attendance.Answer.DECLINED).filter(
        event__cancelled_at=None,
        event__starts_at__gt=at,
        event__starts_at__lt=at + days_off.ahead() + dt.timedelta(hours=25),
        person__is_active=True,
    )
    return expected.select_related("event__school", "person")


def _is_due(one, at, district_zone, days_off):
    event, school = one.event, one.event.school
    zone = ZoneInfo(school.time_zone) if school and school.time_zone else district_zone
    begins = event.starts_at.astimezone(zone)
    evening = clock.moment(begins.date(), LATEST, zone)
    moment = one_day_before(min(begins, evening), zone, days_off.at(event.school_id))
    known = max(event.changed_at, one.asked_at)
    return known < moment <= at < clock.moment(begins.date(), dt.time(0), zone)


def _key(event):
    return f"event-tomorrow:{event.pk}:{event.starts_at:%Y%m%d%H%M}"


def _full_key(one):
    return f"{_key(one.event)}:{one.person_id}"
