"""Cover that still waits as its day comes near: for an answer, for a name, for a yes.

Looked for by beat and told under unique keys, like all reminders: two days before the class, or on the school day
before that, and once for each time that it came to wait.
"""

import datetime as dt
from functools import cache

from django.db.models.functions import Coalesce
from django.utils import timezone

from notices.day_before import DaysOff, last_school_day
from notices.services import notice_for, tell_each
from partnerships.services.reminders import days_of

from ..models import Coverage
from .telling import arrangers_of, fact, leaders_of

DAY = dt.timedelta(days=1)
NEAR = 2  # days before the class
ASKED, APPROVED, ASSIGNED = Coverage.State.ASKED, Coverage.State.APPROVED, Coverage.State.ASSIGNED
KINDS = {ASKED: "coverage_waiting", APPROVED: "coverage_open", ASSIGNED: "coverage_unanswered"}


def remind_of_cover(*, now=None):
    """Tell those for whom a class of the next days waits. Safe to run at any time, any number of times."""
    now = now or timezone.now()
    leaders, arrangers = (
        cache(lambda school: list(leaders_of(school))),
        cache(lambda school: list(arrangers_of(school))),
    )
    told = []
    for coverage in near(now):
        if coverage.state == ASSIGNED:
            people = [coverage.coverer]
        else:
            people = (leaders if coverage.state == ASKED else arrangers)(coverage.school_id)
        told += [reminder(coverage, person) for person in people if person != coverage.asker]
    tell_each(told, at=now)


def near(now):
    """The classes that are near and have waited for a day or longer: what is newer was told of just now."""
    today_at, days_off = days_of(now), DaysOff(now)
    rows = Coverage.objects.annotate(since=Coalesce("assigned_at", "decided_at", "asked_at"))
    rows = rows.filter(state__in=KINDS, since__lte=now - DAY, substitute=None)
    rows = rows.filter(day__range=(now.date() - DAY, now.date() + days_off.ahead(NEAR)))
    for coverage in rows.select_related("asker", "school", "coverer"):
        begins = last_school_day(coverage.day - NEAR * DAY, days_off.at(coverage.school_id))
        if begins <= today_at(coverage.school) <= coverage.day:
            yield coverage


def reminder(coverage, person):
    kind = KINDS[coverage.state]
    told = fact(coverage, "", coverage.since)
    key = f"{kind.replace('_', '-')}:{coverage.pk}:{coverage.since:%Y%m%d%H%M%S}"
    return notice_for(person, kind, key=key, path=told["path"], thread=told["thread"], facts=told["facts"])
