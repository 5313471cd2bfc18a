"""When a reader may be mailed: on school days, outside quiet hours, in the zone of the school where they work."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.conf import settings

from people.clock import district
from people.models import NoSchoolDay, Post

from .day_before import SATURDAY, is_school_day
from .models import How, MailLimit, Preference, QuietHours

# In days. Nothing is held longer, whatever the calendar says: in summer it is mailed all the same, on a weekday.
LONGEST_BREAK = 14
LATER = {How.DIGEST, How.WEEKLY}


@dataclass(frozen=True)
class Habits:
    """How and when one person wants to be told."""

    zone: ZoneInfo
    quiet_from: dt.time
    quiet_until: dt.time
    days_off: frozenset
    hows: dict
    mails_a_day: int  # 0: no limit

    def how(self, kind):
        """What the reader chose for a kind of notice, as far as the kind leaves a choice."""
        how = self.hows.get(kind.key, How.NOW)
        if (how == How.OFF and not kind.can_be_off) or (how in LATER and kind.at_once):
            return How.NOW
        return how

    def digest_morning(self, kind, now):
        """When the digest goes that tells of this kind: next morning, or at the start of the next school week."""
        return self._next_week(now) if self.how(kind) == How.WEEKLY else self.next_morning(now)

    def is_open(self, now, *, waits_since):
        """May mail reach them now? A school day is waited for, but not all summer long; nothing waits in a demo."""
        if settings.DEMO:
            return True
        local = now.astimezone(self.zone)
        waited_enough = now - waits_since >= dt.timedelta(days=LONGEST_BREAK) and local.weekday() < SATURDAY
        return not self._is_quiet(local.time()) and (waited_enough or is_school_day(local.date(), self.days_off))

    def next_morning(self, now):
        """The first end of quiet hours on a school day after this moment."""
        today = now.astimezone(self.zone).date()
        mornings = [self._morning(today + dt.timedelta(days=n)) for n in range(LONGEST_BREAK + 3)]
        weekdays = [moment for moment in mornings if moment > now and self.day_of(moment).weekday() < SATURDAY]
        return next((moment for moment in weekdays if is_school_day(self.day_of(moment), self.days_off)), weekdays[-1])

    def _next_week(self, now):
        """The morning of the next Monday, or of the first school day after it."""
        today = self.day_of(now)
        monday = today + dt.timedelta(days=-today.weekday() % 7)
        if self._morning(monday) <= now:
            monday += dt.timedelta(days=7)
        return self.next_morning(self._morning(monday) - dt.timedelta(seconds=1))

    def midnight(self, now):
        """When the reader's day began."""
        return dt.datetime.combine(self.day_of(now), dt.time(), tzinfo=self.zone)

    def day_of(self, moment):
        return moment.astimezone(self.zone).date()

    def _morning(self, day):
        return dt.datetime.combine(day, self.quiet_until, tzinfo=self.zone).astimezone(dt.UTC)

    def _is_quiet(self, time):
        if self.quiet_from <= self.quiet_until:
            return self.quiet_from <= time < self.quiet_until
        return time >= self.quiet_from or time < self.quiet_until


def habits_of(people, now):
    """The habits of each of these people by id, in six queries however many they are."""
    ids = {person.pk for person in people}
    ours = district()
    schools = _schools_of(ids)
    days_off = _days_off(now)
    own = {row.person_id: row for row in QuietHours.objects.filter(person__in=ids)}
    limits = dict(MailLimit.objects.filter(person__in=ids).values_list("person", "a_day"))
    hows = defaultdict(dict)
    for person, kind, how in Preference.objects.filter(person__in=ids).values_list("person", "kind", "how"):
        hows[person][kind] = how
    return {
        person: Habits(
            zone=ZoneInfo(next((zone for zone in schools[person].values() if zone), ours.time_zone)),
            quiet_from=own.get(person, ours).quiet_from,
            quiet_until=own.get(person, ours).quiet_until,
            days_off=_off_for(schools[person], days_off),
            hows=hows[person],
            mails_a_day=0 if settings.DEMO else limits.get(person, settings.MAILS_A_DAY),
        )
        for person in ids
    }


def _schools_of(ids):
    """The schools where each person works, with their zones."""
    schools = defaultdict(dict)
    posts = Post.objects.current().filter(user__in=ids).exclude(school=None).order_by("pk")
    for person, school, zone in posts.values_list("user", "school", "school__time_zone"):
        schools[person][school] = zone
    return schools


def _days_off(now):
    """The days without school that lie ahead, by school; None stands for the whole district."""
    days = defaultdict(set)
    span = (now.date() - dt.timedelta(days=2), now.date() + dt.timedelta(days=LONGEST_BREAK + 11))
    for school, day in NoSchoolDay.objects.filter(day__range=span).values_list("school", "day"):
        days[school].add(day)
    return days


def _off_for(schools, days_off):
    """Off for the district, or at every school where the person works."""
    everywhere = set.intersection(*(days_off.get(school, set()) for school in schools)) if schools else set()
    return frozenset(days_off.get(None, set()) | everywhere)
