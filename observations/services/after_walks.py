"""What is due after a walk: next steps on their day, thanks within the week, and keys that were kept too long."""

import datetime as dt

from django.utils import timezone

from notices.services import notice_for, tell_each
from partnerships.services.reminders import days_of
from schedule.words import day_words

from ..models import KEY_KEPT, NextTry, VisitKey, Walk

LATE = dt.timedelta(days=7)  # a step that nobody was reminded of by then is left alone
THANKS_AFTER = dt.timedelta(days=5)  # of the week in which the hosts hear from the group


def remind_of_walks(*, now=None):
    """Tell of next steps and of thanks that are due, each once, and erase keys of walks that were never closed."""
    now = now or timezone.now()
    today_at = days_of(now)
    tell_each([*of_tries(today_at, now), *of_thanks(today_at, now)], at=now)
    VisitKey.objects.filter(walk__day__lt=now.date() - KEY_KEPT).delete()


def of_tries(today_at, now):
    near = (now.date() - LATE, now.date() + dt.timedelta(days=1))
    rows = NextTry.objects.filter(tried_on=None, on__range=near, walk__cancelled_at=None)
    for step in rows.select_related("person", "walk__school"):
        if step.on <= today_at(step.walk.school):
            yield notice_for(
                step.person,
                "walk_next_step",
                key=f"walk-next-step:{step.pk}:{step.on}",
                path=f"/debriefs/{step.walk_id}/",
                thread=step.walk.thread,
                facts={"school": step.walk.school.name, "day": day_words(step.on)},
            )


def of_thanks(today_at, now):
    rows = Walk.objects.standing().filter(closed_at=None, notes_published_at__isnull=False)
    rows = rows.filter(day__lte=now.date() - THANKS_AFTER + dt.timedelta(days=1))
    for walk in rows.select_related("facilitator", "school"):
        if walk.day + THANKS_AFTER <= today_at(walk.school):
            yield notice_for(
                walk.facilitator,
                "walk_thanks_due",
                key=f"walk-thanks-due:{walk.pk}",
                path=f"/debriefs/{walk.pk}/",
                thread=walk.thread,
                facts={"school": walk.school.name, "day": day_words(walk.day)},
            )
