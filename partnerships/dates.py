"""Which events of the calendar this room opens to whom: a partnership's to its people and its facilitators."""

import datetime as dt

from django.db.models import Exists, OuterRef, Prefetch, Q
from django.utils import timezone

from people.models import Role

from .models import Member, Partnership, PlannedEvent
from .policy import facilitates, may_lead
from .reads.people import names

FOLLOWED_FOR = dt.timedelta(days=365)


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


def threads_of(user):
    """The work whose dates the person may follow in a feed, by thread: what they take part in, and what has just ended.

    Two queries. Whoever leaves has no part in it any more, and a post gives none.
    """
    lately = timezone.now() - FOLLOWED_FOR
    still = Q(status=Partnership.Status.ACTIVE) | Q(completed_at__gt=lately) | Q(cancelled_at__gt=lately)
    others = Prefetch("members", Member.objects.active().exclude(person=user).select_related("person"))
    work = Partnership.objects.of(user).filter(still).select_related("support").prefetch_related(others)
    people = {one: names([member.person for member in one.members.all()], user) for one in work.order_by("pk")}
    return {one.thread: f"{one.support}{f' with {who}' if who else ''}" for one, who in people.items()}


def may_change(event, user):
    """Whoever leads the work changes its dates, also those that a partner set; a facilitator helps at her schools."""
    planned = PlannedEvent.objects.filter(event=event).prefetch_related("partnership__members").first()
    return planned is not None and (may_lead(user, planned.partnership) or facilitates(user, planned.partnership))
