"""Cover, from the class that needs it to the one who takes it: asked, approved or returned, named, confirmed.

Nobody is in two places at once: each decision holds the event, whoever is to cover and then the school's row
(holding.py), and books the time of whoever is named (giving.py).
"""

from django.db import transaction
from django.utils import timezone

from partnerships.models import Partnership
from people.access import require

from ..models import Coverage, Walk
from ..policy import (
    may_ask_for_cover,
    may_ask_for_date,
    may_confirm_cover,
    may_decide_on_cover,
    may_decline_cover,
    may_name_coverer,
    may_withdraw_cover,
    may_write_note,
)
from . import NotNow, Taken
from .crowding import refuse_too_many
from .giving import drop, give_to, keep, release, say_yes
from .holding import claim, hold, hold_coverage, hours, refuse_past
from .telling import tell_arrangers, tell_asker, tell_leaders

State = Coverage.State


@transaction.atomic
def ask_for_several(*, by, spans, at=None, **fields):
    """Ask for cover of several periods of a day at once: `spans` are (period or None, starts, ends)."""
    return [
        ask_for_cover(by=by, period=period, starts=starts, ends=ends, at=at, **fields) for period, starts, ends in spans
    ]


@transaction.atomic
def ask_for_cover(
    *, by, school, day, starts, ends, class_name, period=None, room="", note="", plan=None, event=None, at=None
):
    """Ask for cover of a class by hand. `day` is a date, `starts` and `ends` are times of the school's clock.

    A class that was worked out and waits in that span is asked for instead of a second one. Raises NotNow for a day
    that is over, Taken when the asker has asked already, or covers another class then.
    """
    require(may_ask_for_cover(by) and school.pk in by.standing.schools)
    require(event is None or may_ask_for_date(by, event))
    at = at or timezone.now()
    refuse_past(school, day, at)
    hold(events=[event.pk if event else None], people=[by.pk], schools=[school.pk])
    coverage = Coverage(asker=by, school=school, day=day, period=period, starts=starts, ends=ends)
    if needed := waiting_to_be_asked(coverage):
        return [asked(one, note=note, plan=plan, at=at) for one in needed][0]
    refuse_away_twice(coverage)
    coverage.class_name, coverage.room = class_name, room
    if event:
        coverage.event, coverage.partnership = event, partnership_of(event)
    return asked(coverage, note=note, plan=plan, at=at)


def waiting_to_be_asked(coverage):
    """The classes of the asker in this span that were worked out, and that nobody has asked for yet."""
    inside = Coverage.objects.filter(day=coverage.day, starts__gte=coverage.starts, ends__lte=coverage.ends)
    needed = inside.filter(asker=coverage.asker, school=coverage.school, state=State.NEEDED)
    return hold_coverage(needed.values_list("pk", flat=True))


def asked(coverage, *, note, plan, at):
    put_note(coverage, note, plan)
    return ask_anew(coverage, at=at)


def put_note(coverage, note, plan):
    """What is written, and a file under a name that tells nothing; what was there stays where none is given."""
    if note is not None:
        coverage.note = note
    if plan:
        coverage.plan, coverage.plan_name = plan, plan.name[-120:]


def partnership_of(event):
    """The work that an event belongs to, by the thread under which it is filed."""
    room, _, pk = event.thread.partition(":")
    if room == "partnership":
        return Partnership.objects.filter(pk=pk).first()
    walk = Walk.objects.filter(pk=pk).select_related("partnership").first() if room == "walk" else None
    return walk and walk.partnership


def refuse_away_twice(coverage):
    """The asker, whose row is held, is not away twice, and covers nobody at that time."""
    same = Coverage.objects.overlapping(coverage.day, coverage.starts, coverage.ends).exclude(pk=coverage.pk)
    if other := same.live().filter(asker=coverage.asker).first():
        raise Taken(f"You have asked for cover at that time already: {other.class_name}, {hours(other)}.")
    refuse_covering(coverage)


def refuse_covering(coverage):
    """Whoever covers a class does not leave their own at the same time."""
    same = Coverage.objects.overlapping(coverage.day, coverage.starts, coverage.ends).exclude(pk=coverage.pk)
    if other := same.named().filter(coverer=coverage.asker).first():
        raise Taken(
            f"You cover {other.class_name} then, {hours(other)}. Ask your principal to name somebody else first."
        )


@transaction.atomic
def approve_cover(coverage, *, by, coverer=None, substitute=None, at=None):
    """Approve, and name who covers if that is known. Raises NotNow when it was decided, Taken when they are busy."""
    at = at or timezone.now()
    who = coverer or substitute
    coverage = claim(coverage, by=by, may=may_decide_on_cover, who=who)
    if coverage.state == State.NEEDED:
        raise NotNow(f"{coverage.asker} has not asked for it yet.")
    if coverage.state != State.ASKED:
        raise NotNow(f"{coverage.decided_by} has decided already: {coverage.get_state_display().lower()}.")
    refuse_too_many(coverage)
    coverage.state, coverage.decided_by, coverage.decided_at = State.APPROVED, by, at
    if who:
        return give_to(coverage, who, by=by, at=at)
    keep(coverage, at=at)
    tell_asker(coverage, "approved", at)


@transaction.atomic
def return_cover(coverage, *, by, reason, other_day=None, at=None):
    """Return a request with a reason and, if there is one, a day that would work; who was to cover is free again."""
    at = at or timezone.now()
    coverage = claim(coverage, by=by, may=may_decide_on_cover)
    if coverage.state == State.NEEDED:
        raise NotNow(f"{coverage.asker} has not asked for it yet.")
    if coverage.state == State.RETURNED:
        raise NotNow(f"{coverage.decided_by} has returned it already.")
    release(coverage, at=at)
    coverage.state, coverage.decided_by, coverage.decided_at = State.RETURNED, by, at
    coverage.reason, coverage.other_day = reason, other_day
    keep(coverage, at=at)
    tell_asker(coverage, "returned", at)


@transaction.atomic
def name_coverer(coverage, *, by, coverer=None, substitute=None, at=None):
    """Name who covers, or somebody else instead. Raises NotNow before it is approved, Taken when they are busy."""
    at = at or timezone.now()
    who = coverer or substitute
    coverage = claim(coverage, by=by, may=may_name_coverer, who=who)
    if coverage.state != State.APPROVED and not coverage.is_named:
        raise NotNow("It has to be approved first.")
    if who not in (coverage.coverer, coverage.substitute):
        give_to(coverage, who, by=by, at=at)


@transaction.atomic
def confirm_cover(coverage, *, by, at=None):
    """The coverer says yes, or the office marks that they, or a substitute, did. Raises NotNow when nobody is named."""
    at = at or timezone.now()
    coverage = claim(coverage, by=by, may=may_confirm_cover)
    if coverage.state == State.CONFIRMED:
        return
    if coverage.state != State.ASSIGNED:
        raise NotNow("Nobody is named to cover it. Look at it again.")
    say_yes(coverage, at=at)


@transaction.atomic
def decline_cover(coverage, *, by, at=None):
    """Whoever was named cannot: it waits for a name again, and those who arrange cover are told."""
    at = at or timezone.now()
    coverage = claim(coverage, by=by, may=may_decline_cover)
    who = str(coverage.coverer)
    release(coverage, at=at, told=False)
    coverage.state = State.APPROVED
    keep(coverage, at=at)
    tell_arrangers(coverage, "declined", at, but=[by], coverer=who)


@transaction.atomic
def withdraw_cover(coverage, *, by, at=None):
    """Take a request back, or say that none is needed: a colleague takes them along. Whoever was to cover is told.

    It is remembered that the teacher said so, and the class is not asked about again. Raises NotNow once the day is
    over.
    """
    at = at or timezone.now()
    coverage = claim(coverage, by=by, may=may_withdraw_cover)
    refuse_past(coverage.school, coverage.day, at)
    spare(coverage, at=at)


def spare(coverage, *, at):
    """Its teacher says that none is needed."""
    coverage.decided_by, coverage.decided_at = coverage.asker, at
    drop(coverage, at=at)


@transaction.atomic
def change_note(coverage, *, by, note, plan=None, at=None):
    """Write the note for whoever covers anew, or give another lesson plan, as long as the class is to come."""
    at = at or timezone.now()
    coverage = claim(coverage, by=by, may=may_write_note)
    refuse_past(coverage.school, coverage.day, at)
    put_note(coverage, note, plan)
    keep(coverage, at=at)


def ask_anew(coverage, *, at):
    coverage.state, coverage.asked_at = State.ASKED, at
    coverage.decided_by = coverage.decided_at = coverage.other_day = None
    coverage.reason = ""
    if coverage.event:
        coverage.event_at = coverage.event.starts_at
    keep(coverage, at=at)
    tell_leaders(coverage, at)
    return coverage
