"""What the team does next year: its own decision, which the principal hears of."""

from django.db import transaction
from django.utils import timezone

from partnerships.models import Partnership
from partnerships.services.closing import renew
from partnerships.services.ground import NotNow, people_of, tell_of
from people.access import require

from ..models import GrowthMeeting
from ..policy import may_decide_next_year
from .meetings import held

RENEW = GrowthMeeting.Decision.RENEW


@transaction.atomic
def decide_next_year(meeting, *, by, decision, at=None):
    """Go on, change or end. A second year begins at once, with the same goal, fresh dates, and the others asked again.

    Until then the team may decide anew. Returns the new partnership, or None. Raises NotNow when it was renewed
    already, or when its last steps are still open.
    """
    at = at or timezone.now()
    meeting = held(meeting)
    require(may_decide_next_year(by, meeting, at), "The team decides, once you have met.")
    if is_renewed(meeting):
        raise NotNow("Your second year has begun already.")
    if decision == meeting.decision:
        return None
    if decision == RENEW and meeting.partnership.status != Partnership.Status.COMPLETED:
        raise NotNow("Your last steps are still open. Finish them first, then begin your second year here.")
    renewed = renew(meeting.partnership, by=by, at=at) if decision == RENEW else None
    GrowthMeeting.objects.filter(pk=meeting.pk).update(decision=decision, decided_by=by, decided_at=at)
    tell_decided(meeting, by=by, at=at)
    return renewed


def is_renewed(meeting):
    return Partnership.objects.filter(renewed_from=meeting.partnership_id).exists()


def tell_decided(meeting, *, by, at):
    others = [*people_of(meeting.partnership, but=by), meeting.principal]
    told = {"key": f"growth_decided:{meeting.pk}:{at:%Y%m%d%H%M%S}", "path": meeting.get_absolute_url()}
    tell_of(meeting.partnership, others, "growth_decided", who=by, at=at, **told)
