"""The partners' own dates: they, and not the type's usual spans, are what the product reminds of."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from people import clock
from people.access import require

from ..models import Happening, Milestone, Partnership, Step
from ..policy import may_steer
from .ground import lock, note
from .starting import span, working_day


@transaction.atomic
def set_timeline(partnership, *, by, starts_on, ends_on, at=None):
    """Set the timeline and spread the open steps along what lies ahead of it; a longer one is revisited in a year.

    Steps keep their order and their share of the way; reminders follow, since they read the steps' dates.
    """
    at = at or timezone.now()
    partnership = lock(partnership)
    require(may_steer(by, partnership))
    end, revisit_on = span(starts_on, ends_on)
    if (partnership.starts_on, partnership.ends_on, partnership.revisit_on) == (starts_on, end, revisit_on):
        return
    Partnership.objects.filter(pk=partnership.pk).update(starts_on=starts_on, ends_on=end, revisit_on=revisit_on)
    spread(partnership, max(starts_on, min(clock.today(partnership.school, at), end)), end)
    note(partnership, Happening.Verb.RETIMED, by=by, at=at)


def spread(partnership, starts_on, ends_on):
    """Give the open steps their dates between the two days, by their share of what is still to come."""
    steps = list(Step.objects.filter(partnership=partnership))
    behind = max((step.share for step in steps if step.is_finished), default=0)
    still = [step for step in steps if not step.is_finished]
    for step in still:
        ahead = max(step.share - behind, 0) / ((1 - behind) or 1)
        step.due_on = working_day(starts_on + dt.timedelta(days=round((ends_on - starts_on).days * ahead)))
    Step.objects.bulk_update(still, ["due_on"])


@transaction.atomic
def set_milestones(partnership, *, by, milestones):
    """Replace the milestones that are not reached yet by these: a list of (title, due_on)."""
    partnership = lock(partnership)
    require(may_steer(by, partnership))
    kept = {(m.title, m.due_on): m for m in Milestone.objects.filter(partnership=partnership)}
    for key, milestone in kept.items():
        if key not in milestones and milestone.reached_at is None:
            milestone.delete()
    Milestone.objects.bulk_create(
        Milestone(partnership=partnership, title=title, due_on=due_on)
        for title, due_on in dict.fromkeys(milestones)
        if (title, due_on) not in kept
    )


@transaction.atomic
def reach_milestone(milestone, *, by, at=None):
    """Tick a milestone off; a second press changes nothing."""
    partnership = lock(milestone.partnership)
    require(may_steer(by, partnership))
    Milestone.objects.filter(pk=milestone.pk, reached_at=None).update(reached_at=at or timezone.now(), reached_by=by)
