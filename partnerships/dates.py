"""Which events of the calendar this room opens to whom: a partnership's to its people and its facilitators."""

from django.db.models import Q

from people.models import Role

from .models import Member, Partnership, PlannedEvent
from .policy import facilitates, may_lead


def may_see(user):
    """Q over Event: the dates of one's own partnerships, also those set before one joined, and of those one helps."""
    if user.standing.is_district_facilitator:
        return Q(pk__in=PlannedEvent.objects.values("event"))
    seen = Q(partnership__in=Partnership.objects.of(user))
    if schools := user.standing.schools_as(Role.FACILITATOR):
        seen |= Q(partnership__in=Member.objects.active().filter(school__in=schools).values("partnership"))
    return Q(pk__in=PlannedEvent.objects.filter(seen).values("event"))


def may_change(event, user):
    """Whoever leads the work changes its dates, also those that a partner set; a facilitator helps at her schools."""
    planned = PlannedEvent.objects.filter(event=event).prefetch_related("partnership__members").first()
    return planned is not None and (may_lead(user, planned.partnership) or facilitates(user, planned.partnership))
