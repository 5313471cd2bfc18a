"""What somebody who leaves the district has under way, and how it goes on without them."""

from django.db import transaction

from ..models import Member, Partnership
from .ground import lock
from .members import change_lead, enter, leave, settle_in
from .starting import school_of


def unfinished(person):
    """[(what, where), ...] of the work that the person leads and that is under way."""
    led = Member.objects.active().filter(person=person, part=Member.Part.LEAD).values("partnership")
    rows = Partnership.objects.under_way().filter(pk__in=led).select_related("support")
    return [(f"Leads {row.support.name}", row.get_absolute_url()) for row in rows.order_by("started_at", "pk")]


@transaction.atomic
def hand_over_all(person, *, to, by, at):
    """Let the person's work go on: a partner leads, or else the colleague `to`; the person is no longer a member.

    `people` asks its policy first (it calls this from its own service, in its transaction).
    """
    Member.objects.filter(person=person, state=Member.State.INVITED).update(state=Member.State.DECLINED, answered_at=at)
    for partnership in Partnership.objects.under_way().of(person).select_related("school"):
        partnership = lock(partnership)
        mine = partnership.members.active().filter(person=person).first()
        if mine and mine.part == Member.Part.LEAD:
            pass_lead(partnership, person, to, at)
        if mine:
            leave(partnership, by=person, at=at)


@transaction.atomic
def let_go(person, *, at):
    """Somebody is to be forgotten: their partners go on without them, and what they did alone stands still."""
    Member.objects.filter(person=person, state=Member.State.INVITED).update(state=Member.State.DECLINED, answered_at=at)
    for partnership in Partnership.objects.under_way().of(person).select_related("school"):
        partnership = lock(partnership)
        mine = partnership.members.active().filter(person=person)
        if not partnership.members.active().exclude(person=person).exists():
            mine.update(state=Member.State.LEFT, left_at=at)
            continue
        if mine.filter(part=Member.Part.LEAD).exists():
            pass_lead(partnership, person, None, at)
        leave(partnership, by=person, at=at)


def pass_lead(partnership, person, to, at):
    """To the colleague where she takes part, or to the partner of longest standing, or to her as a new member."""
    others = partnership.members.active().exclude(person=person).select_related("person")
    heir = others.filter(person=to).first() or others.order_by("answered_at", "pk").first() or join(partnership, to, at)
    change_lead(partnership, heir, by=person, at=at)


def join(partnership, person, at):
    """Become a member without being asked; whoever works at no school, such as an admin, joins at the leaver's."""
    member = enter(partnership, person, school=school_of(person) or partnership.school, at=at)
    settle_in(partnership, member, level=None, at=at)
    return member
