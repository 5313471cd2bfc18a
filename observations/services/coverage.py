"""Cover: asked for by the teacher, approved or returned by the principal, given to somebody who is free.

Nobody is in two places at once: each decision holds the school's row, so that a school decides in turn, and then the
row of whoever covers, who may serve two schools.
"""

from django.db import transaction
from django.utils import timezone

from notices.services import tell, tell_all
from partnerships.models import Partnership
from people import clock
from people.access import require
from people.models import School, User
from schedule.services import clashes
from schedule.words import day_words

from ..models import Coverage, Walk
from ..policy import (
    may_ask_again,
    may_ask_for_cover,
    may_decide_on_cover,
    may_name_coverer,
    may_withdraw_cover,
)
from . import NotNow, Taken

State = Coverage.State


@transaction.atomic
def ask_for_several(*, by, spans, at=None, **fields):
    """Ask for cover of several periods of a day at once: `spans` are (period or None, starts, ends)."""
    return [
        ask_for_cover(by=by, period=period, starts=starts, ends=ends, at=at, **fields) for period, starts, ends in spans
    ]


@transaction.atomic
def ask_for_cover(*, by, school, day, starts, ends, class_name, period=None, room="", note="", event=None, at=None):
    """Ask for cover of a class. `day` is a date, `starts` and `ends` are times of the school's clock.

    Raises NotNow for a day that is over, Taken when the asker has asked already, or covers another class then.
    """
    require(may_ask_for_cover(by) and school.pk in by.standing.schools)
    at = at or timezone.now()
    refuse_past(school, day, at)
    hold_person(by)
    coverage = Coverage(asker=by, school=school, day=day, period=period, starts=starts, ends=ends)
    refuse_away_twice(coverage)
    coverage.class_name, coverage.room, coverage.note, coverage.asked_at = class_name, room, note, at
    if event:
        coverage.event, coverage.event_at, coverage.partnership = event, event.starts_at, partnership_of(event)
    coverage.save()
    tell_leaders(coverage, at)
    return coverage


def partnership_of(event):
    """The work that an event belongs to, by the thread under which it is filed."""
    room, _, pk = event.thread.partition(":")
    if room == "partnership":
        return Partnership.objects.filter(pk=pk).first()
    walk = Walk.objects.filter(pk=pk).select_related("partnership").first() if room == "walk" else None
    return walk and walk.partnership


def refuse_past(school, day, at):
    if day < clock.today(school, at):
        raise NotNow(f"{day_words(day)} is over.")


def refuse_away_twice(coverage):
    """The asker, whose row is held, is not away twice, and covers nobody at that time."""
    same = Coverage.objects.overlapping(coverage.day, coverage.starts, coverage.ends).exclude(pk=coverage.pk)
    if other := same.live().filter(asker=coverage.asker).first():
        raise Taken(f"You have asked for cover at that time already: {other.class_name}, {hours(other)}.")
    if other := same.filter(coverer=coverage.asker, state=State.ASSIGNED).first():
        raise Taken(
            f"You cover {other.class_name} then, {hours(other)}. Ask your principal to name somebody else first."
        )


def hours(coverage):
    return f"{coverage.starts:%-H:%M} to {coverage.ends:%-H:%M}"


def tell_leaders(coverage, at):
    leaders = User.objects.leading(coverage.school_id).exclude(pk=coverage.asker_id)
    tell_all(leaders, "coverage_asked", **fact(coverage, "asked", at))


def fact(coverage, verb, at, *, path="", **more):
    """What a notice of cover says: time, place, class and who; nothing of the visit's purpose."""
    return {
        "key": f"coverage-{verb}:{coverage.pk}:{at:%Y%m%d%H%M%S%f}",
        "path": path or coverage.get_absolute_url(),
        "thread": f"coverage:{coverage.pk}",
        "at": at,
        "facts": {
            "who": str(coverage.asker),
            "class": coverage.class_name,
            "day": day_words(coverage.day),
            "starts": f"{coverage.starts:%-H:%M}",
            "ends": f"{coverage.ends:%-H:%M}",
            "where": f", {coverage.room}" if coverage.room else "",
            **more,
        },
    }


def hold_schools(ids):
    """All cover of a school is decided in turn; rows that only point to the school need not wait."""
    list(School.objects.select_for_update(no_key=True).filter(pk__in=ids).order_by("pk"))


def hold_person(person):
    User.objects.select_for_update(no_key=True).get(pk=person.pk)


def claim(coverage, *, by, may):
    """The request as it is now, with its school held."""
    hold_schools([coverage.school_id])
    coverage = Coverage.objects.select_related("asker", "coverer", "school", "decided_by").get(pk=coverage.pk)
    if coverage.state == State.WITHDRAWN:
        raise NotNow("This request was withdrawn.")
    require(may(by, coverage))
    return coverage


@transaction.atomic
def approve_cover(coverage, *, by, coverer=None, at=None):
    """Approve, and name who covers if that is known. Raises NotNow when it was decided, Taken when they are busy."""
    at = at or timezone.now()
    coverage = claim(coverage, by=by, may=may_decide_on_cover)
    if coverage.state != State.ASKED:
        raise NotNow(f"{coverage.decided_by} has decided already: {coverage.get_state_display().lower()}.")
    coverage.state, coverage.decided_by, coverage.decided_at = State.APPROVED, by, at
    coverage.save()
    if coverer:
        return give_to(coverage, coverer, at=at)
    tell(coverage.asker, "coverage_approved", **fact(coverage, "approved", at))


@transaction.atomic
def return_cover(coverage, *, by, reason, other_day=None, at=None):
    """Return a request with a reason and, if there is one, a day that would work; who was to cover is free again."""
    at = at or timezone.now()
    coverage = claim(coverage, by=by, may=may_decide_on_cover)
    if coverage.state == State.RETURNED:
        raise NotNow(f"{coverage.decided_by} has returned it already.")
    release(coverage, at=at)
    coverage.state, coverage.decided_by, coverage.decided_at = State.RETURNED, by, at
    coverage.reason, coverage.other_day = reason, other_day
    coverage.save()
    tell(coverage.asker, "coverage_returned", **fact(coverage, "returned", at))


@transaction.atomic
def name_coverer(coverage, *, by, coverer, at=None):
    """Name who covers, or somebody else instead. Raises NotNow before it is approved, Taken when they are busy."""
    at = at or timezone.now()
    coverage = claim(coverage, by=by, may=may_name_coverer)
    if coverage.state not in (State.APPROVED, State.ASSIGNED):
        raise NotNow("It has to be approved first.")
    if coverage.state == State.APPROVED or coverage.coverer_id != coverer.pk:
        give_to(coverage, coverer, at=at)


def give_to(coverage, coverer, *, at):
    hold_person(coverer)
    if coverer == coverage.asker:
        raise Taken(f"{coverer} is the one who is away.")
    if busy := where_busy(coverage, coverer):
        raise Taken(f"{coverer} is taken at that time: {busy}. Choose somebody else.")
    release(coverage, at=at)
    coverage.state, coverage.coverer, coverage.assigned_at = State.ASSIGNED, coverer, at
    coverage.save()
    tell(coverage.asker, "coverage_assigned", **fact(coverage, "assigned", at, coverer=str(coverer)))
    tell(coverer, "coverage_yours", **fact(coverage, "yours", at))


def where_busy(coverage, person):
    """Where the person is at that time: other cover, or an event. An empty text when they are free."""
    then = Coverage.objects.overlapping(coverage.day, coverage.starts, coverage.ends).exclude(pk=coverage.pk)
    if other := then.filter(coverer=person, state=State.ASSIGNED).select_related("school").first():
        return f"covering {other.class_name} at {other.school}, {hours(other)}"
    if then.live().filter(asker=person).exists():
        return "away from their own class"
    starts_at, ends_at = (clock.at(coverage.day, time, coverage.school) for time in (coverage.starts, coverage.ends))
    found = clashes(people=[person], starts_at=starts_at, ends_at=ends_at)
    return "something in their calendar" if found else ""


def release(coverage, *, at):
    """Whoever was to cover is told that they need not, and has no more to do with it."""
    if coverage.state == State.ASSIGNED:
        tell(coverage.coverer, "coverage_off", **fact(coverage, "off", at, path="/coverage/"))
    coverage.coverer = coverage.assigned_at = None


@transaction.atomic
def withdraw_cover(coverage, *, by, at=None):
    """Take a request back; whoever was to cover is told. Raises NotNow once the day is over."""
    at = at or timezone.now()
    coverage = claim(coverage, by=by, may=may_withdraw_cover)
    refuse_past(coverage.school, coverage.day, at)
    drop(coverage, at=at)


def drop(coverage, *, at):
    release(coverage, at=at)
    coverage.state = State.WITHDRAWN
    coverage.save()


@transaction.atomic
def ask_again(coverage, *, by, day, starts, ends, period=None, note=None, at=None):
    """Ask again for a returned request, for the same time or another. Raises as `ask_for_cover` does."""
    at = at or timezone.now()
    coverage = claim(coverage, by=by, may=may_ask_again)
    refuse_past(coverage.school, day, at)
    hold_person(by)
    coverage.day, coverage.starts, coverage.ends, coverage.period = day, starts, ends, period
    refuse_away_twice(coverage)
    if note is not None:
        coverage.note = note
    ask_anew(coverage, at=at)


def ask_anew(coverage, *, at):
    coverage.state, coverage.asked_at = State.ASKED, at
    coverage.decided_by = coverage.decided_at = coverage.other_day = None
    coverage.reason = ""
    if coverage.event:
        coverage.event_at = coverage.event.starts_at
    coverage.save()
    tell_leaders(coverage, at)
