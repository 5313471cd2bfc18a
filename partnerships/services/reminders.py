"""What is due: beat looks for it, and writes notices under unique keys, so that looking twice tells once."""

import datetime as dt
from functools import cache
from zoneinfo import ZoneInfo

from django.db.models import Prefetch
from django.utils import timezone

from notices.services import notice_for, tell_each
from people import clock

from ..models import Member, Milestone, Partnership, Step
from .ground import facts_of
from .progress import doers, facilitators_of

SOON = (7, 2)  # days before
# A day may begin at a school while it is still the day before in the district.
AHEAD = dt.timedelta(days=max(SOON) + 1)
PEOPLE = Prefetch("partnership__members", Member.objects.active().select_related("person"))


def remind(*, now=None):
    """Tell of steps and milestones that fall due in 7 and in 2 days, of those overdue, and of years to revisit.

    Days are those of the partnership's school. The number of queries does not grow with what is due.
    """
    now = now or timezone.now()
    today_at = days_of(now)
    tell_each([*of_steps(today_at, now), *of_milestones(today_at, now), *of_revisits(today_at, now)], at=now)


def days_of(now):
    """(school) -> the day that it is there, without a query for each."""
    home = clock.zone_of()
    return lambda school: now.astimezone(ZoneInfo(school.time_zone) if school.time_zone else home).date()


def stage(due_on, today):
    """Which reminder a date calls for today: a key, or None. A missed day is made up for by the next look."""
    days = (due_on - today).days
    if days < 0:
        return "overdue"
    return next((f"in-{soon}" for soon in sorted(SOON) if days <= soon), None)


def of_steps(today_at, now):
    due = Step.objects.current().filter(due_on__lte=now.date() + AHEAD).exclude(actor=Step.Actor.PRINCIPAL)
    due = due.select_related("partnership__support", "partnership__school", "member__person").prefetch_related(PEOPLE)
    helpers = cache(facilitators_of)
    for step in due:
        if when := stage(step.due_on, today_at(step.partnership.school)):
            kind = "overdue" if when == "overdue" else "due_soon"
            told = {
                "key": f"{kind}:{step.pk}:{step.times_returned}:{step.due_on}:{when}",
                "path": step.get_absolute_url(),
                "facts": facts_of(step.partnership, step=step.title, due=f"{step.due_on:%a %-d %B}"),
                "thread": step.partnership.thread,
            }
            yield from (notice_for(person, kind, **told) for person in doers(step, facilitators_of=helpers))


def of_milestones(today_at, now):
    open_still = {"reached_at": None, "partnership__status": Partnership.Status.ACTIVE}
    due = Milestone.objects.filter(**open_still, due_on__lte=now.date() + AHEAD)
    for milestone in due.select_related("partnership__support", "partnership__school").prefetch_related(PEOPLE):
        partnership = milestone.partnership
        if when := stage(milestone.due_on, today_at(partnership.school)):
            kind = "milestone_overdue" if when == "overdue" else "milestone_due_soon"
            told = {
                "key": f"{kind}:{milestone.pk}:{milestone.due_on}:{when}",
                "facts": facts_of(partnership, due=f"{milestone.due_on:%a %-d %B}"),
            }
            yield from to_members(partnership, kind, **told)


def of_revisits(today_at, now):
    people = Prefetch("members", Member.objects.active().select_related("person"))
    due = Partnership.objects.under_way().filter(revisit_on__lte=now.date() + AHEAD)
    for partnership in due.select_related("support", "school").prefetch_related(people):
        if partnership.revisit_on <= today_at(partnership.school):
            key = f"revisit:{partnership.pk}:{partnership.revisit_on}"
            yield from to_members(partnership, "revisit", key=key, facts=facts_of(partnership))


def to_members(partnership, kind, **told):
    path, thread = partnership.get_absolute_url(), partnership.thread
    return [notice_for(m.person, kind, path=path, thread=thread, **told) for m in partnership.members.all()]
