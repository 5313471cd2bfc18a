"""What day and hour it is where somebody works: times are aware, and a day begins when the school's does."""

import datetime as dt
from zoneinfo import ZoneInfo

from django.utils import timezone

from .models import District


def district():
    """The district's row of settings, made with its defaults the first time it is asked for."""
    return District.objects.get_or_create(pk=1)[0]


def zone_of(school=None):
    return ZoneInfo((school.time_zone if school else "") or district().time_zone)


def at(day, time, school=None):
    """The moment when the clock at the school shows this time on this day."""
    return dt.datetime.combine(day, time, tzinfo=zone_of(school))


def today(school=None, now=None):
    return (now or timezone.now()).astimezone(zone_of(school)).date()
