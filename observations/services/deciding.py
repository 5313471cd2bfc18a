"""Approving several requests at once: each is decided by itself, and what is not possible is said of each."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from ..models import Substitute
from . import REFUSALS
from .coverage import approve_cover
from .holding import hold


@transaction.atomic
def approve_several(wanted, *, by, at=None):
    """Approve each of `wanted`, pairs of a request and who is to cover it: a User, a Substitute, or None.

    One transaction, so that it is done when it is said. Returns {id: why not} of those that were not possible; the
    others stay approved.
    """
    at, refused = at or timezone.now(), {}
    hold_all(wanted)
    for coverage, who in wanted:
        named = {"substitute": who} if isinstance(who, Substitute) else {"coverer": who}
        try:
            approve_cover(coverage, by=by, at=at, **named)  # a savepoint of its own
        except REFUSALS as refusal:
            refused[coverage.pk] = str(refusal)
        except PermissionDenied:
            refused[coverage.pk] = "This one is not yours to decide."
    return refused


def hold_all(wanted):
    """Every row that the decisions hold, in the order that all keep: one after the other they would mix it up."""
    people = [who for _, who in wanted if who]
    hold(
        events=[coverage.event_id for coverage, _ in wanted],
        people=[who.pk for who in people if not isinstance(who, Substitute)],
        substitutes=[who.pk for who in people if isinstance(who, Substitute)],
        schools=[coverage.school_id for coverage, _ in wanted],
    )
