"""What somebody who leaves the district has under way, and how it goes on without them."""

from django.db import transaction

from notices.services import tell

from ..models import Happening, Member, Partnership
from .ground import facts_of, lock, note
from .members import change_lead, leave, settle_in


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
        mine = partnership.members.active().get(person=person)
        if mine.part == Member.Part.LEAD:
            pass_lead(partnership, person, to, at)
        leave(partnership, by=person, at=at)


def pass_lead(partnership, person, to, at):
    """To the colleague where she takes part, or to the partner of longest standing, or to her as a new member."""
    others = partnership.members.active().exclude(person=person)
    heir = others.filter(person=to).first() or others.order_by("answered_at", "pk").first() or join(partnership, to, at)
    change_lead(partnership, heir)
    note(partnership, Happening.Verb.LED, by=heir.person, at=at)
    tell(
        heir.person,
        "lead_handed_over",
        key=f"lead:{partnership.pk}:{at:%Y%m%d%H%M%S}",
        path=partnership.get_absolute_url(),
        facts=facts_of(partnership, who=person),
        thread=partnership.thread,
        at=at,
    )


def join(partnership, person, at):
    member, _ = Member.objects.update_or_create(
        partnership=partnership,
        person=person,
        defaults={"state": Member.State.ACTIVE, "answered_at": at, "left_at": None},
        create_defaults={
            "state": Member.State.ACTIVE,
            "school": partnership.school,
            "invited_at": at,
            "answered_at": at,
        },
    )
    settle_in(partnership, member, level=None, at=at)
    return member
