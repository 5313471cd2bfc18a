"""Cover: asked for by the teacher, approved or returned by the principal, given to somebody who is free."""

from django.db import transaction
from django.utils import timezone

from notices.services import tell, tell_all
from people import clock
from people.access import require
from people.models import School, User
from schedule.services import clashes

from ..models import Coverage
from ..policy import may_ask_for_cover, may_decide_on_cover, may_name_coverer, may_withdraw_cover
from . import NotNow, Taken

State = Coverage.State


@transaction.atomic
def ask_for_cover(
    *, by, school, day, starts, ends, class_name, period=None, room="", note="", event=None, partnership=None, at=None
):
    """Ask for cover of a class. `day` is a date, `starts` and `ends` are times of the school's clock."""
    require(may_ask_for_cover(by) and school.pk in by.standing.schools)
    at = at or timezone.now()
    coverage = Coverage.objects.create(
        asker=by,
        school=school,
        day=day,
        period=period,
        starts=starts,
        ends=ends,
        class_name=class_name,
        room=room,
        note=note,
        event=event,
        partnership=partnership,
        asked_at=at,
    )
    tell_all(User.objects.leading(school.pk).exclude(pk=by.pk), "coverage_asked", **fact(coverage, "asked", at))
    return coverage


def fact(coverage, verb, at, *, mark="", **more):
    """What a notice of cover says: time, place, class and who; nothing of the visit's purpose."""
    return {
        "key": f"coverage-{verb}:{coverage.pk}:{mark}",
        "path": coverage.get_absolute_url(),
        "thread": f"coverage:{coverage.pk}",
        "at": at,
        "facts": {
            "who": str(coverage.asker),
            "class": coverage.class_name,
            "day": f"{coverage.day:%a %-d %B}",
            "starts": f"{coverage.starts:%-H:%M}",
            "ends": f"{coverage.ends:%-H:%M}",
            "room": coverage.room,
            **more,
        },
    }


def claim(coverage, *, by, may):
    """The request, locked, as it is now. The school's row is locked first: all cover of a school is decided in turn."""
    School.objects.select_for_update().get(pk=coverage.school_id)
    coverage = Coverage.objects.select_related("asker", "coverer", "school").get(pk=coverage.pk)
    require(may(by, coverage))
    if coverage.state == State.WITHDRAWN:
        raise NotNow("This request was withdrawn.")
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
    """Return a request with a reason and, if there is one, a day that would work."""
    at = at or timezone.now()
    coverage = claim(coverage, by=by, may=may_decide_on_cover)
    if coverage.state not in (State.ASKED, State.APPROVED):
        raise NotNow(f"It is {coverage.get_state_display().lower()} already.")
    coverage.state, coverage.decided_by, coverage.decided_at = State.RETURNED, by, at
    coverage.reason, coverage.other_day = reason, other_day
    coverage.save()
    tell(coverage.asker, "coverage_returned", **fact(coverage, "returned", at, mark=f"{at:%Y%m%d%H%M%S}"))


@transaction.atomic
def name_coverer(coverage, *, by, coverer, at=None):
    """Name who covers, or somebody else instead. Raises NotNow before it is approved, Taken when they are busy."""
    at = at or timezone.now()
    coverage = claim(coverage, by=by, may=may_name_coverer)
    if coverage.state not in (State.APPROVED, State.ASSIGNED):
        raise NotNow("It has to be approved first.")
    give_to(coverage, coverer, at=at)


def give_to(coverage, coverer, *, at):
    if coverer == coverage.asker:
        raise Taken(f"{coverer} is the one who is away.")
    if busy := where_busy(coverage, coverer):
        raise Taken(f"{coverer} is taken at that time: {busy}. Choose somebody else.")
    before = coverage.coverer if coverage.state == State.ASSIGNED else None
    coverage.state, coverage.coverer, coverage.assigned_at = State.ASSIGNED, coverer, at
    coverage.save()
    mark = f"{at:%Y%m%d%H%M%S}"
    tell(coverage.asker, "coverage_assigned", **fact(coverage, "assigned", at, mark=mark, coverer=str(coverer)))
    tell(coverer, "coverage_yours", **fact(coverage, "yours", at, mark=mark))
    if before and before != coverer:
        tell(before, "coverage_off", **fact(coverage, "off", at, mark=mark))


def where_busy(coverage, person):
    """Where the person is at that time: other cover, or an event. An empty text when they are free."""
    others = Coverage.objects.filter(
        coverer=person, state=State.ASSIGNED, day=coverage.day, starts__lt=coverage.ends, ends__gt=coverage.starts
    ).exclude(pk=coverage.pk)
    if other := others.first():
        return f"covering {other.class_name}"
    away = Coverage.objects.filter(
        asker=person, day=coverage.day, starts__lt=coverage.ends, ends__gt=coverage.starts
    ).exclude(state__in=[State.WITHDRAWN, State.RETURNED])
    if away.exists():
        return "away from their own class"
    span = {
        name: clock.at(coverage.day, getattr(coverage, name[:-3]), coverage.school) for name in ("starts_at", "ends_at")
    }
    taken = [clash for clash in clashes(people=[person], school=coverage.school, **span) if clash.kind == "person"]
    return "something in their calendar" if taken else ""


@transaction.atomic
def withdraw_cover(coverage, *, by, at=None):
    """Take a request back; whoever was to cover is told."""
    at = at or timezone.now()
    drop(claim(coverage, by=by, may=may_withdraw_cover), at=at)


def drop(coverage, *, at):
    was, coverage.state = coverage.state, State.WITHDRAWN
    coverage.save(update_fields=["state"])
    if was == State.ASSIGNED:
        tell(coverage.coverer, "coverage_off", **fact(coverage, "off", at, mark="withdrawn"))


@transaction.atomic
def ask_again(coverage, *, by, day, starts, ends, at=None):
    """Ask again for a returned request, for another time."""
    at = at or timezone.now()
    coverage = claim(coverage, by=by, may=may_withdraw_cover)
    if coverage.state != State.RETURNED:
        raise NotNow("Only a returned request is asked again.")
    coverage.state, coverage.day, coverage.starts, coverage.ends = State.ASKED, day, starts, ends
    coverage.asked_at, coverage.period = at, None
    coverage.save()
    leaders = User.objects.leading(coverage.school_id).exclude(pk=by.pk)
    tell_all(leaders, "coverage_asked", **fact(coverage, "asked", at, mark=f"{at:%Y%m%d%H%M%S}"))


def follow_cancelled_event(event, by, at):
    """Cover goes with the event that it was for, in the same transaction."""
    for coverage in (
        Coverage.objects.filter(event=event).exclude(state=State.WITHDRAWN).select_related("coverer", "asker")
    ):
        drop(coverage, at=at)


def follow_moved_event(event, by, at):
    """A moved event needs its cover decided anew, for the new time."""
    zone = clock.zone_of(event.school)
    start, end = event.starts_at.astimezone(zone), event.ends_at.astimezone(zone)
    for coverage in (
        Coverage.objects.filter(event=event).exclude(state=State.WITHDRAWN).select_related("coverer", "asker")
    ):
        if coverage.state == State.ASSIGNED:
            tell(coverage.coverer, "coverage_off", **fact(coverage, "off", at, mark=f"{at:%Y%m%d%H%M%S}"))
        coverage.state, coverage.coverer, coverage.asked_at, coverage.period = State.ASKED, None, at, None
        coverage.day, coverage.starts, coverage.ends = start.date(), start.time(), end.time()
        coverage.save()
        leaders = User.objects.leading(coverage.school_id).exclude(pk=coverage.asker_id)
        tell_all(leaders, "coverage_asked", **fact(coverage, "asked", at, mark=f"{at:%Y%m%d%H%M%S}"))
