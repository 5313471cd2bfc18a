"""What day and hour it is where somebody works: times are aware, and a day begins when the school's does."""

import datetime as dt
from bisect import bisect_left
from zoneinfo import ZoneInfo

from django.utils import timezone

from .models import District


def district():
    """The district's row of settings, made with its defaults the first time it is asked for."""
    row, is_new = District.objects.get_or_create(pk=1)
    if is_new:
        row.refresh_from_db()  # its default times are still text
    return row


def zone_of(school=None):
    return ZoneInfo((school.time_zone if school else "") or district().time_zone)


def at(day, time, school=None):
    """The moment when the clock at the school shows this time on this day."""
    return moment(day, time, zone_of(school))


def moment(day, time, zone):
    """The moment, in the zone, when its clock first shows this time on this day.

    A time that the clock skips in spring is the moment of the change, so that later times of a day never come before
    earlier ones: what follows one another on the clock neither overlaps nor parts on any day of the year.
    """
    wall = dt.datetime.combine(day, time, tzinfo=zone)
    if wall.astimezone(dt.UTC).astimezone(zone).replace(tzinfo=None) == wall.replace(tzinfo=None):
        return wall
    # Read with the clock of after the change it lies before it, and the other way round.
    before, after = (wall.replace(fold=fold).astimezone(dt.UTC) for fold in (1, 0))
    second, offset = dt.timedelta(seconds=1), after.astimezone(zone).utcoffset()
    seconds = range(int((after - before) / second))
    change = bisect_left(seconds, True, key=lambda number: _offset(before + number * second, zone) == offset)
    return (before + change * second).astimezone(zone)


def _offset(moment, zone):
    return moment.astimezone(zone).utcoffset()


def today(school=None, now=None):
    return (now or timezone.now()).astimezone(zone_of(school)).date()
