"""The facilitator's queue: who waits for an answer, and who might want help without having asked."""

import datetime as dt

from django.db.models import Prefetch
from django.utils import timezone

from people.models import Role

from ..models import HelpRequest, Member, Partnership, Step

STALLED = dt.timedelta(days=14)
MOST = 50


def waiting_for(user):
    """Requests that this facilitator may answer."""
    requests = HelpRequest.objects.visible_to(user).waiting()
    if not user.standing.is_district_facilitator:
        requests = requests.filter(school__in=user.standing.schools_as(Role.FACILITATOR))
    return requests.select_related("asker", "school", "support", "partnership").order_by("made_at", "pk")


def answered_by(user):
    """The requests that were answered last, by her and her colleagues."""
    requests = HelpRequest.objects.visible_to(user).filter(answered_at__isnull=False).exclude(asker=user)
    return requests.select_related("asker", "school", "support", "answered_by").order_by("-answered_at")[:20]


def own(user):
    requests = HelpRequest.objects.visible_to(user).filter(asker=user, withdrawn_at=None)
    return requests.select_related("school", "support", "partnership", "answered_by").order_by("-made_at")[:MOST]


def stalled(user):
    """Steps at her schools that are long past their day: whose work, and the step's title; nothing that was written."""
    if not user.standing.holds(Role.FACILITATOR):
        return Step.objects.none()
    seen = Partnership.objects.visible_to(user)
    if not user.standing.is_district_facilitator:
        here = Member.objects.active().filter(school__in=user.standing.schools_as(Role.FACILITATOR))
        seen = seen.filter(pk__in=here.values("partnership"))
    late = Step.objects.visible_to(user).current().filter(due_on__lt=timezone.localdate() - STALLED)
    people = Prefetch("partnership__members", Member.objects.active().select_related("person", "school"))
    late = late.filter(partnership__in=seen).select_related("partnership__support", "member__person")
    return late.prefetch_related(people).order_by("due_on", "pk")[:MOST]
