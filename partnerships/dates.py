"""Which events of the calendar this room opens to whom: a partnership's to its people and its facilitators."""

from django.db.models import Exists, OuterRef, Q

from people.models import Role

from .models import Member, PlannedEvent
from .policy import facilitates, may_lead


def may_see(user):
    """Q over Event: the dates of one's own partnerships, also those set before one joined, and of those one helps.

    Asked for each event, by Exists: as a list of ids it would be read anew for each, all the dates of the district.
    """
    planned = PlannedEvent.objects.filter(event=OuterRef("pk"))
    if user.standing.is_district_facilitator:
        return Q(Exists(planned))
    members = Member.objects.active().filter(partnership=OuterRef("partnership"))
    seen = Q(Exists(members.filter(person=user)))
    if schools := user.standing.schools_as(Role.FACILITATOR):
        seen |= Q(Exists(members.filter(school__in=schools)))
    return Q(Exists(planned.filter(seen)))


def may_change(event, user):
    """Whoever leads the work changes its dates, also those that a partner set; a facilitator helps at her schools."""
    planned = PlannedEvent.objects.filter(event=event).prefetch_related("partnership__members").first()
    return planned is not None and (may_lead(user, planned.partnership) or facilitates(user, planned.partnership))
