"""One day before, as people mean it: the same time by the clock, on the last day before that had school."""

import datetime as dt
from collections import defaultdict

from people import clock
from people.models import NoSchoolDay

SATURDAY = 5
DAY = dt.timedelta(days=1)
# In days. After a longer break nobody reads on its last school day what is to come.
LONGEST = 14


def one_day_before(moment, zone, days_off=frozenset()):
    """The moment when the clock of the zone showed the same time on the last school day before.

    A time that the clock skips on that day is the moment of the change, as everywhere (people.clock).
    """
    local = moment.astimezone(zone)
    return clock.moment(last_school_day(local.date() - DAY, days_off), local.time(), zone)


def last_school_day(day, days_off=frozenset()):
    """The day itself, or the last one before it that is neither at a weekend nor off; itself in a long break."""
    found = (day - n * DAY for n in range(LONGEST + 1) if is_school_day(day - n * DAY, days_off))
    return next(found, day)


def is_school_day(day, days_off):
    return day.weekday() < SATURDAY and day not in days_off


class DaysOff:
    """The days without classes around a moment, by school, in one query; None stands for the whole district."""

    def __init__(self, now):
        self.today, days = now.date(), defaultdict(set)
        span = (self.today - (LONGEST + 2) * DAY, self.today + (2 * LONGEST + 2) * DAY)
        for school, day in NoSchoolDay.objects.filter(day__range=span).values_list("school", "day"):
            days[school].add(day)
        district = days.pop(None, set())
        self.days = {None: frozenset(district)} | {school: frozenset(off | district) for school, off in days.items()}

    def at(self, school_id):
        return self.days.get(school_id, self.days[None])

    def ahead(self, days_before=1):
        """How far from now a day may be of which to tell today, so many days before or on the school day before that.

        A day more on either side, for it is not the same day everywhere.
        """
        near = [n * DAY for n in range(days_before + LONGEST + 3)]
        return max(
            n for n in near if any(self._begins(n - days_before * DAY, days) for days in set(self.days.values()))
        )

    def _begins(self, distance, days_off):
        return last_school_day(self.today + distance, days_off) <= self.today + DAY
