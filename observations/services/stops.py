"""The schedule of a walk: pre-brief, visits one after the other, debrief; published, moved, called off."""

import datetime as dt

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from notices.services import tell_all
from people import clock
from people.access import require
from people.models import Role
from schedule.models import Event
from schedule.services import cancel_event, create_event, move_event

from ..models import VisitKey, Walk, WalkNote, WalkPlan, WalkVisit
from ..policy import may_arrange
from . import NotNow
from .ground import WITH, fact, hosts_of, lock, people_on, people_waiting, refuse_past

TALKS = {Event.Kind.PRE_BRIEF: "pre_brief", Event.Kind.DEBRIEF: "debrief"}


@transaction.atomic
def add_visit(walk, *, by, host, room, starts, minutes, at=None):
    """Put a host's class on the walk: `starts` is a time of the school's clock, `minutes` how long the visit is.

    Raises NotNow when the team is elsewhere at that time, DoubleBooked when the room has another date.
    """
    at = at or timezone.now()
    walk = lock(walk)
    require(may_arrange(by, walk))
    refuse_planned(walk)
    span = span_of(walk, starts, minutes)
    refuse_overlap(walk, **span)
    number = max(WalkVisit.objects.filter(walk=walk).values_list("number", flat=True), default=0) + 1
    what = {"kind": Event.Kind.WALK, "title": "Learning walk: visit"}
    event = make_event(walk, by=by, people=[host], visited=[host], place=room, at=at, **what, **span)
    visit = WalkVisit.objects.create(walk=walk, number=number, host=host, room=room, event=event)
    fit_round(walk, by=by, at=at)
    return visit


def is_planned(walk):
    """Its dates come from a plan, in which each visit has its own visitors."""
    return WalkPlan.objects.filter(walk=walk, published_version__isnull=False).exists()


def refuse_planned(walk):
    if is_planned(walk):
        raise NotNow("The dates of this walk come from its plan. Change the plan, and publish it again.")


def span_of(walk, starts, minutes):
    starts_at = clock.at(walk.day, starts, walk.school)
    return {"starts_at": starts_at, "ends_at": starts_at + dt.timedelta(minutes=minutes)}


def refuse_overlap(walk, *, starts_at, ends_at):
    """Visits of a walk follow one another: the team is in one room at a time."""
    visits = WalkVisit.objects.filter(walk=walk, event__starts_at__lt=ends_at, event__ends_at__gt=starts_at)
    if visit := visits.select_related("host").first():
        raise NotNow(f"The team is with {visit.host} at that time. Choose a time before or after.")


def make_event(walk, *, by, kind, people, at, visited=(), place="", title="", **span):
    return create_event(
        by=by,
        kind=kind,
        title=title,
        people=people,
        visited=visited,
        school=walk.school,
        place=place,
        thread=walk.thread,
        path=walk.get_absolute_url(),
        listed=False,
        at=at,
        **span,
    )


@transaction.atomic
def remove_visit(visit, *, by, at=None):
    """Take a visit off the walk; its host is told that it was cancelled. Raises NotNow once notes tell of it."""
    walk = lock(visit.walk)
    require(may_arrange(by, walk))
    refuse_planned(walk)
    if is_noted(walk, visit=visit):
        raise NotNow("There are notes of this walk's visits by now. This one stays on the walk.")
    cancel_event(visit.event, by=by, at=at or timezone.now())


def is_noted(walk, **visit):
    """Notes are on the table, or somebody has written one about this visit.

    It stays then, with its key: a number whose visit is gone would say which host it was.
    """
    numbers = VisitKey.objects.filter(walk=walk, **visit).values("number")
    return bool(walk.notes_published_at) or WalkNote.objects.filter(walk=walk, visit_number__in=numbers).exists()


@transaction.atomic
def set_talk(walk, *, by, kind, starts, minutes, place, at=None):
    """Set the pre-brief or the debrief (an Event.Kind), which all participants attend; set again, it moves."""
    at = at or timezone.now()
    walk = lock(walk)
    require(may_arrange(by, walk))
    refuse_planned(walk)
    span, before = span_of(walk, starts, minutes), getattr(walk, TALKS[kind])
    if before and not before.cancelled_at:
        move_event(before, by=by, place=place, at=at, **span)
        return
    people = [*people_on(walk), walk.facilitator]
    event = make_event(walk, by=by, kind=kind, people=people, place=place, at=at, **span)
    Walk.objects.filter(pk=walk.pk).update(**{TALKS[kind]: event})


def fit_round(walk, *, by, at):
    """Once published, the visits stand in the visitors' calendars as one span: one mail, not one for each visit.

    Those of a plan do not: there each visitor has other visits, and teaches between them.
    """
    if not walk.published_at or not walk.is_open or is_planned(walk):
        return
    visits = WalkVisit.objects.filter(walk=walk).select_related("event")
    spans = [(visit.event.starts_at, visit.event.ends_at) for visit in visits]
    if not spans:
        if walk.round:
            cancel_event(walk.round, by=walk.round.organizer, at=at)
        return
    span = {"starts_at": min(start for start, _ in spans), "ends_at": max(end for _, end in spans)}
    if walk.round and not walk.round.cancelled_at:
        move_event(walk.round, by=walk.round.organizer, at=at, **span)
        return
    people = [*people_on(walk), walk.facilitator]
    walk.round = make_event(walk, by=by, kind=Event.Kind.WALK, people=people, at=at, **span)
    Walk.objects.filter(pk=walk.pk).update(round=walk.round)


@transaction.atomic
def publish_walk(walk, *, by, at=None):
    """Tell everyone where to be. Raises NotNow while it has no visit, or was told already."""
    at = at or timezone.now()
    walk = lock(walk)
    require(may_arrange(by, walk))
    if not WalkVisit.objects.filter(walk=walk).exists():
        raise NotNow("Put at least one visit on the walk first.")
    if walk.published_at:
        raise NotNow("Everyone was told already.")
    walk.published_at = at
    walk.save(update_fields=["published_at"])
    fit_round(walk, by=by, at=at)
    tell_all(people_on(walk), "walk_published", **fact(walk, "published", at))
    tell_all(hosts_of(walk), "walk_hosting", **fact(walk, "hosting", at))


@transaction.atomic
def cancel_walk(walk, *, by, at=None):
    """Call the walk off: its events are cancelled, its people told, and its partnership may have another."""
    at = at or timezone.now()
    walk = lock(walk)
    require(may_arrange(by, walk))
    refuse_past(walk, at)
    told = {person.pk: person for person in [*people_on(walk), *people_waiting(walk), *hosts_of(walk)]}.values()
    Walk.objects.filter(pk=walk.pk).update(cancelled_at=at, partnership=None)
    # The round last: whoever moves a visit meanwhile holds that one and then asks for the round.
    for event in Event.objects.standing().filter(thread=walk.thread).exclude(pk=walk.round_id):
        cancel_event(event, by=by, at=at)
    if walk.round:
        cancel_event(walk.round, by=by, at=at)
    tell_all(told, "walk_cancelled", **fact(walk, "cancelled", at, path="/walks/"))


def follow_cancelled_event(event, by, at):
    """A visit whose date is called off, on whichever page, is off the walk, as long as no notes tell of it."""
    if not event.thread.startswith("walk:"):
        return
    for walk in Walk.objects.filter(visits__event=event).select_related(*WITH):
        if not is_noted(walk, visit__event=event):
            WalkVisit.objects.filter(event=event).delete()
            fit_round(walk, by=by, at=at)


def follow_moved_event(event, by, at):
    """A visit that moves takes the round along."""
    if event.thread.startswith("walk:"):
        for walk in Walk.objects.filter(visits__event=event).select_related(*WITH):
            fit_round(walk, by=by, at=at)


def may_change_event(event, user):
    """Any facilitator of the walk's school may change its dates, whoever set them."""
    return event.thread.startswith("walk:") and user.standing.facilitates(event.school_id)


def may_see_events(user):
    """The same for seeing them, as a filter on events."""
    walks = Q(thread__startswith="walk:")
    if user.standing.is_district_facilitator:
        return walks
    schools = user.standing.schools_as(Role.FACILITATOR)
    return walks & Q(school__in=schools) if schools else Q()
