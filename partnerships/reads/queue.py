"""The facilitator's queue: who waits for an answer, and who might want help without having asked."""

import datetime as dt

from django.db.models import F, Prefetch
from django.utils import timezone

from people.models import Role

from ..models import HelpRequest, Member, Partnership, Step

STALLED = dt.timedelta(days=14)
MOST, MANY = 50, 300
SHOWN = (
    *("wish", "words", "made_at", "answered_at", "answer", "withdrawn_at", "partnership__id", "school__name"),
    *("asker__name", "asker__email", "answered_by__name", "answered_by__email", "support__name"),
)
LATE = (
    *("title", "due_on", "partnership__id", "partnership__support__name"),
    *("member__id", "member__person__name", "member__person__email"),
)


def waiting_for(user):
    """Requests that this facilitator may answer."""
    requests = HelpRequest.objects.visible_to(user).waiting()
    if not user.standing.is_district_facilitator:
        requests = requests.filter(school__in=user.standing.schools_as(Role.FACILITATOR))
    return requests.select_related("asker", "school", "support")


def told(user):
    """(waiting for her, oldest first; answered before by her and her colleagues; her own), from one query."""
    rows = HelpRequest.objects.visible_to(user).filter(withdrawn_at=None)
    rows = rows.select_related("asker", "school", "support", "partnership", "answered_by").only(*SHOWN)
    rows = list(rows.order_by(F("answered_at").desc(nulls_first=True), "made_at", "pk")[:MANY])
    waiting = [row for row in rows if not row.answered_at and user.standing.facilitates(row.school_id)]
    answered = [row for row in rows if row.answered_at and row.asker_id != user.pk]
    return waiting, answered[:MOST], [row for row in rows if row.asker_id == user.pk]


def stalled(user):
    """Steps at her schools that are long past their day: whose work, and the step's title; nothing that was written."""
    if not user.standing.holds(Role.FACILITATOR):
        return Step.objects.none()
    seen = Partnership.objects.visible_to(user)
    if not user.standing.is_district_facilitator:
        here = Member.objects.active().filter(school__in=user.standing.schools_as(Role.FACILITATOR))
        seen = seen.filter(pk__in=here.values("partnership"))
    late = Step.objects.visible_to(user).current().filter(due_on__lt=timezone.localdate() - STALLED)
    people = Member.objects.active().select_related("person").only("partnership", "person__name", "person__email")
    people = Prefetch("partnership__members", people)
    late = late.filter(partnership__in=seen).select_related("partnership__support", "member__person").only(*LATE)
    return late.prefetch_related(people).order_by("due_on", "pk")[:MOST]
