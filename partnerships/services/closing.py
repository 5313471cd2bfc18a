"""The end of a partnership and what may follow it: withdrawn, opened again, renewed for another year."""

import datetime as dt
from contextlib import suppress

from django.db import transaction
from django.utils import timezone

from people import clock
from people.access import require
from schedule.services import cancel_event

from ..models import Happening, Member, Partnership, Step
from ..policy import facilitates, may_lead, may_renew, may_reopen, may_take_part
from .dates import dates_ahead
from .ground import NotNow, NotYet, lock, note, people_of, tell_of
from .members import invite
from .progress import move_on
from .starting import start

LOOKING_BACK = "reflection"  # the kind of the steps that end a walk, as others


@transaction.atomic
def withdraw(partnership, *, by, reason, at=None):
    """Stop the work. Everything written stays readable to its people; its coming events are cancelled."""
    at = at or timezone.now()
    partnership = lock(partnership)
    require(may_lead(by, partnership))
    for event in dates_ahead(partnership, at):
        cancel_event(event, by=by, at=at)
    Partnership.objects.filter(pk=partnership.pk).update(
        status=Partnership.Status.CANCELLED, cancelled_at=at, cancel_reason=reason, call_closed_at=at
    )
    note(partnership, Happening.Verb.WITHDREW, by=by, at=at)
    tell_others(partnership, "withdrawn", by=by, at=at)


@transaction.atomic
def reopen(partnership, *, by, at=None):
    """Take up completed or withdrawn work again; a completed one opens its last step."""
    at = at or timezone.now()
    partnership = lock(partnership)
    if partnership.is_active:
        raise NotNow("It is open already.")
    require(may_reopen(by, partnership))
    if partnership.status == Partnership.Status.COMPLETED:
        steps = Step.objects.filter(partnership=partnership, skipped_at=None).exclude(member__state=Member.State.LEFT)
        steps.filter(position=steps.order_by("-position").values("position")[:1]).update(
            completed_at=None, completed_by=None
        )
    Partnership.objects.filter(pk=partnership.pk).update(
        status=Partnership.Status.ACTIVE, completed_at=None, cancelled_at=None, cancel_reason=""
    )
    partnership.status = Partnership.Status.ACTIVE
    note(partnership, Happening.Verb.REOPENED, by=by, at=at)
    move_on(partnership, by=by, at=at)
    tell_others(partnership, "reopened", by=by, at=at)


@transaction.atomic
def renew(partnership, *, by, at=None):
    """Start over for another year with the same people, who are asked again, the same goal and a fresh timeline.

    Raises NotNow when it was renewed already.
    """
    at = at or timezone.now()
    partnership = lock(partnership)
    require(may_renew(by, partnership))
    if Partnership.objects.filter(renewed_from=partnership).exists():
        raise NotNow("It was renewed already.")
    ends_on = clock.today(partnership.school, at) + dt.timedelta(
        days=(partnership.ends_on - partnership.starts_on).days
    )
    renewed = start(
        partnership.support, by=by, session=partnership.session, ends_on=ends_on, renewed_from=partnership, at=at
    )
    renewed.plan.goal = partnership.plan.goal
    renewed.plan.save(update_fields=["goal"])
    ask_partners_again(partnership, renewed, by=by, at=at)
    note(partnership, Happening.Verb.RENEWED, by=by, at=at)
    return renewed


@transaction.atomic
def bring_to_end(partnership, *, by, reason, looked_back=(), at=None):
    """What is left of work whose facilitator has brought it to its end: each looks back, and then it is complete.

    Other steps that are open are left out, with the reason. `looked_back` are those who have written elsewhere. What
    is complete or withdrawn already stays as it is.
    """
    at = at or timezone.now()
    partnership = lock(partnership)
    require(facilitates(by, partnership))
    if partnership.is_active:
        left = Step.objects.unfinished().filter(partnership=partnership).exclude(kind=LOOKING_BACK)
        left.update(skipped_at=at, skipped_by=by, skip_reason=reason)
        for person in looked_back:
            looking_back(partnership, person).update(completed_at=at, completed_by=person)
        move_on(partnership, by=by, at=at)


@transaction.atomic
def look_back_elsewhere(partnership, *, by, at=None):
    """Somebody has written their reflection on another page: their step for it is finished, once it is its turn."""
    at = at or timezone.now()
    partnership = lock(partnership)
    require(may_take_part(by, partnership))
    turn = looking_back(partnership, by).filter(pk__in=Step.objects.current().filter(partnership=partnership))
    if turn.update(completed_at=at, completed_by=by):
        move_on(partnership, by=by, at=at)


def looking_back(partnership, person):
    """The person's own steps of reflecting that are open."""
    return Step.objects.unfinished().filter(partnership=partnership, kind=LOOKING_BACK, member__person=person)


def ask_partners_again(partnership, renewed, *, by, at):
    """Ask those who can still be partners; who works here no more, or leads a school now, holds nobody up."""
    for member in partnership.members.active().exclude(person=by).select_related("person"):
        part = Member.Part.PARTNER if member.part == Member.Part.LEAD else member.part
        with suppress(NotYet):
            invite(renewed, by=by, person=member.person, part=part, at=at)


def tell_others(partnership, kind, *, by, at):
    key = f"{kind}:{partnership.pk}:{at:%Y%m%d%H%M%S}"
    tell_of(partnership, people_of(partnership, but=by), kind, key=key, who=by, at=at)
