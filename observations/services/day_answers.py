"""A substitute's answer, by the link of the day."""

from django.db import transaction
from django.utils import timezone

from ..models import Coverage
from .giving import say_yes
from .holding import hold, hold_coverage


@transaction.atomic
def come(substitute, day, *, seen, at=None):
    """The substitute will be there, for the classes of the day that they saw: `seen` are ids. Returns how many.

    A class that somebody else has taken meanwhile, or that is confirmed already, stays as it is.
    """
    at = at or timezone.now()
    named = Coverage.objects.filter(substitute=substitute, day=day, pk__in=seen)
    known = list(named.values_list("pk", "event_id", "school_id"))
    hold(
        events=[event for _, event, _ in known],
        substitutes=[substitute.pk],
        schools=[school for *_, school in known],
    )
    rows = hold_coverage([pk for pk, *_ in known])
    theirs = [one for one in rows if one.substitute_id == substitute.pk and one.day == day]
    waiting = [one for one in theirs if one.state == Coverage.State.ASSIGNED]
    for coverage in waiting:
        say_yes(coverage, at=at)
    return len(waiting)
