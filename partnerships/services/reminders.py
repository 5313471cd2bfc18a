"""What is due: beat looks for it, and writes notices under unique keys, so that looking twice tells once."""

import datetime as dt

from django.utils import timezone

from notices.services import tell_all
from people import clock
from people.models import User

from ..models import Milestone, Partnership, Step
from .ground import facts_of
from .progress import doers

SOON = (7, 2)  # days before


def remind(*, now=None):
    """Tell of steps and milestones that fall due in 7 and in 2 days, of those overdue, and of years to revisit."""
    now = now or timezone.now()
    today = clock.today(now=now)
    remind_of_steps(today, now)
    remind_of_milestones(today, now)
    remind_to_revisit(today, now)


def stage(due_on, today):
    """Which reminder a date calls for today: a key, or None. A missed day is made up for by the next look."""
    days = (due_on - today).days
    if days < 0:
        return "overdue"
    return next((f"in-{soon}" for soon in sorted(SOON) if days <= soon), None)


def remind_of_steps(today, now):
    horizon = today + dt.timedelta(days=max(SOON))
    due = Step.objects.current().filter(due_on__lte=horizon).exclude(actor=Step.Actor.PRINCIPAL)
    for step in due.select_related("partnership__support", "member__person").prefetch_related(
        "partnership__members__person"
    ):
        kind = "overdue" if step.due_on < today else "due_soon"
        tell_all(
            doers(step),
            kind,
            key=f"{kind}:{step.pk}:{step.times_returned}:{step.due_on}:{stage(step.due_on, today)}",
            path=step.get_absolute_url(),
            facts=facts_of(step.partnership, step=step.title, due=f"{step.due_on:%a %-d %B}"),
            thread=step.partnership.thread,
            at=now,
        )


def remind_of_milestones(today, now):
    horizon = today + dt.timedelta(days=max(SOON))
    due = Milestone.objects.filter(
        reached_at=None, due_on__lte=horizon, partnership__status=Partnership.Status.ACTIVE
    ).select_related("partnership__support")
    for milestone in due:
        partnership = milestone.partnership
        kind = "milestone_overdue" if milestone.due_on < today else "milestone_due_soon"
        tell_all(
            User.objects.filter(memberships__in=partnership.members.active()),
            kind,
            key=f"{kind}:{milestone.pk}:{milestone.due_on}:{stage(milestone.due_on, today)}",
            path=partnership.get_absolute_url(),
            facts=facts_of(partnership, due=f"{milestone.due_on:%a %-d %B}"),
            thread=partnership.thread,
            at=now,
        )


def remind_to_revisit(today, now):
    for partnership in Partnership.objects.under_way().filter(revisit_on__lte=today).select_related("support"):
        tell_all(
            User.objects.filter(memberships__in=partnership.members.active()),
            "revisit",
            key=f"revisit:{partnership.pk}:{partnership.revisit_on}",
            path=partnership.get_absolute_url(),
            facts=facts_of(partnership),
            thread=partnership.thread,
            at=now,
        )
