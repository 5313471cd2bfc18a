"""What is due: beat looks for it, and writes notices under unique keys, so that looking twice tells once."""

import datetime as dt
from functools import cache
from zoneinfo import ZoneInfo

from django.db.models import Prefetch
from django.utils import timezone

from notices.day_before import DaysOff, last_school_day
from notices.services import notice_for, tell_each
from people import clock

from ..models import Member, Milestone, Partnership, Step
from .ageing import of_ageing
from .ground import facts_of
from .progress import doers, facilitators_of

SOON = (7, 2)  # days before
# A day may begin at a school while it is still the day before in the district.
AHEAD = dt.timedelta(days=max(SOON) + 1)
ASKED_FOR = dt.timedelta(days=30)  # so long after its end a year's work may be renewed without looking for it
PEOPLE = Prefetch("partnership__members", Member.objects.active().select_related("person"))


def remind(*, now=None):
    """Tell of steps and milestones that fall due in 7 and in 2 days, of those overdue, and of years to revisit.

    Where that day has no school, the school day before takes its place. And of what waits too long for an answer
    (ageing.py). Days are those of the partnership's school. The number of queries does not grow with what is due.
    """
    now = now or timezone.now()
    today_at, days_off = days_of(now), DaysOff(now)
    soon = [*of_steps(today_at, days_off, now), *of_milestones(today_at, days_off, now)]
    due = [*soon, *of_revisits(today_at, now)]
    tell_each([*due, *of_renewals(today_at, now), *of_ageing(now)], at=now)


def days_of(now):
    """(school) -> the day that it is there, without a query for each."""
    home = clock.zone_of()
    return lambda school: now.astimezone(ZoneInfo(school.time_zone) if school.time_zone else home).date()


def stage(due_on, today, days_off):
    """Which reminder a date calls for today: a key, or None. A missed day is made up for by the next look."""
    if due_on < today:
        return "overdue"
    from_on = {soon: last_school_day(due_on - dt.timedelta(days=soon), days_off) for soon in sorted(SOON)}
    return next((f"in-{soon}" for soon, day in from_on.items() if day <= today), None)


def of_steps(today_at, days_off, now):
    last = now.date() + days_off.ahead(max(SOON))
    due = Step.objects.current().filter(due_on__lte=last).exclude(actor=Step.Actor.PRINCIPAL)
    due = due.select_related("partnership__support", "partnership__school", "member__person").prefetch_related(PEOPLE)
    helpers = cache(facilitators_of)
    for step in due:
        school = step.partnership.school
        if when := stage(step.due_on, today_at(school), days_off.at(school.pk)):
            kind = "overdue" if when == "overdue" else "due_soon"
            told = {
                "key": f"{kind}:{step.pk}:{step.times_returned}:{step.due_on}:{when}",
                "path": step.get_absolute_url(),
                "facts": facts_of(step.partnership, step=step.title, due=f"{step.due_on:%a %-d %B}"),
                "thread": step.partnership.thread,
            }
            yield from (notice_for(person, kind, **told) for person in doers(step, facilitators_of=helpers))


def of_milestones(today_at, days_off, now):
    open_still = {"reached_at": None, "partnership__status": Partnership.Status.ACTIVE}
    due = Milestone.objects.filter(**open_still, due_on__lte=now.date() + days_off.ahead(max(SOON)))
    for milestone in due.select_related("partnership__support", "partnership__school").prefetch_related(PEOPLE):
        partnership = milestone.partnership
        if when := stage(milestone.due_on, today_at(partnership.school), days_off.at(partnership.school_id)):
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


def of_renewals(today_at, now):
    """Work of a whole year that was completed, once its year is up and as long as nobody has renewed it."""
    people = Prefetch("members", Member.objects.active().select_related("person"))
    up = (now.date() - ASKED_FOR, now.date() + AHEAD)
    done = Partnership.objects.filter(status=Partnership.Status.COMPLETED, revisit_on__range=up, renewed_as=None)
    for partnership in done.select_related("support", "school").prefetch_related(people):
        if partnership.revisit_on <= today_at(partnership.school):
            key, path = f"renewal:{partnership.pk}", f"{partnership.get_absolute_url()}manage/"
            yield from to_members(partnership, "renewal", key=key, path=path, facts=facts_of(partnership))


def to_members(partnership, kind, *, path="", **told):
    path, thread = path or partnership.get_absolute_url(), partnership.thread
    return [notice_for(m.person, kind, path=path, thread=thread, **told) for m in partnership.members.all()]
