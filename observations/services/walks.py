"""A learning walk in its plain form: set up by hand, joined by colleagues, walked, written about, closed."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from notices.services import tell, tell_all
from people import clock
from people.access import require
from people.models import User
from schedule.models import Event
from schedule.services import cancel_event, create_event

from ..models import Walk, WalkNote, WalkPlace, WalkVisit
from ..policy import may_arrange, may_join, may_publish_notes, may_set_up_walks, may_write_notes
from . import NotNow


def lock(walk):
    return Walk.objects.select_for_update(of=("self",)).select_related("school", "facilitator").get(pk=walk.pk)


@transaction.atomic
def set_up_walk(*, by, school, day, half, purpose, places=6, listed=True, partnership=None, at=None):
    """Set up a walk. `partnership` is the one that gathers its participants, where there is one."""
    require(may_set_up_walks(by) and by.standing.facilitates(school.pk))
    return Walk.objects.create(
        facilitator=by,
        school=school,
        day=day,
        half=half,
        purpose=purpose,
        places=places,
        listed=listed,
        partnership=partnership,
        made_at=at or timezone.now(),
    )


@transaction.atomic
def join_walk(walk, *, by, focus="", at=None):
    """Take a place, with a learning focus. Raises NotNow when the last place has just gone."""
    walk = lock(walk)
    require(may_join(by, walk))
    add_place(walk, by, focus=focus, at=at or timezone.now())


@transaction.atomic
def add_participant(walk, *, by, person, focus="", at=None):
    at = at or timezone.now()
    walk = lock(walk)
    require(may_arrange(by, walk))
    if person.standing.leads(walk.school_id):
        raise NotNow(f"{person} leads this school, and peers are not bosses. Choose another colleague.")
    add_place(walk, person, focus=focus, at=at)
    tell(person, "walk_place", **fact(walk, "place", at))


def add_place(walk, person, *, focus, at):
    taken = WalkPlace.objects.filter(walk=walk, withdrew_at=None).exclude(person=person)
    if taken.count() >= walk.places:
        raise NotNow("The last place has just gone. Look at the other walks, or ask the facilitator.")
    WalkPlace.objects.update_or_create(
        walk=walk, person=person, defaults={"focus": focus, "joined_at": at, "withdrew_at": None}
    )


@transaction.atomic
def leave_walk(walk, *, by, at=None):
    """Give one's place back; the facilitator is told."""
    at = at or timezone.now()
    walk = lock(walk)
    if WalkPlace.objects.filter(walk=walk, person=by, withdrew_at=None).update(withdrew_at=at):
        tell(walk.facilitator, "walk_left", **fact(walk, f"left-{by.pk}", at, who=str(by)))


def fact(walk, verb, at, **more):
    return {
        "key": f"walk-{verb}:{walk.pk}:{at:%Y%m%d%H%M%S}",
        "path": walk.get_absolute_url(),
        "thread": walk.thread,
        "at": at,
        "facts": {"school": walk.school.name, "day": f"{walk.day:%a %-d %B}", **more},
    }


@transaction.atomic
def add_visit(walk, *, by, host, room, starts, minutes, at=None):
    """Put a host's class on the walk: `starts` is a time of the school's clock, `minutes` how long the visit is.

    Raises NotNow when the host or the room is visited at that time already.
    """
    at = at or timezone.now()
    walk = lock(walk)
    require(may_arrange(by, walk))
    starts_at = clock.at(walk.day, starts, walk.school)
    ends_at = starts_at + dt.timedelta(minutes=minutes)
    refuse_overlap(walk, starts_at, ends_at)
    number = max(WalkVisit.objects.filter(walk=walk).values_list("number", flat=True), default=0) + 1
    event = create_event(
        by=by,
        kind=Event.Kind.WALK,
        title="Learning walk: visit",
        starts_at=starts_at,
        ends_at=ends_at,
        people=[host],
        school=walk.school,
        place=room,
        thread=walk.thread,
        path=walk.get_absolute_url(),
        listed=False,
        at=at,
    )
    return WalkVisit.objects.create(walk=walk, number=number, host=host, room=room, event=event)


def refuse_overlap(walk, starts_at, ends_at):
    """Visits of a walk follow one another: the team is in one room at a time."""
    visits = WalkVisit.objects.filter(walk=walk, event__starts_at__lt=ends_at, event__ends_at__gt=starts_at)
    if visit := visits.select_related("host").first():
        raise NotNow(f"The team is with {visit.host} at that time. Choose a time before or after.")


@transaction.atomic
def remove_visit(visit, *, by, at=None):
    """Take a visit off the walk; its host is told that it was cancelled."""
    walk = lock(visit.walk)
    require(may_arrange(by, walk))
    cancel_event(visit.event, by=by, at=at)
    visit.delete()


@transaction.atomic
def set_talk(walk, *, by, kind, starts, minutes, place, at=None):
    """Set the pre-brief or the debrief (an Event.Kind), which all participants attend; an earlier date is cancelled."""
    at = at or timezone.now()
    walk = lock(walk)
    require(may_arrange(by, walk))
    field = {Event.Kind.PRE_BRIEF: "pre_brief", Event.Kind.DEBRIEF: "debrief"}[kind]
    if before := getattr(walk, field):
        cancel_event(before, by=by, at=at)
    starts_at = clock.at(walk.day, starts, walk.school)
    event = create_event(
        by=by,
        kind=kind,
        title="",
        starts_at=starts_at,
        ends_at=starts_at + dt.timedelta(minutes=minutes),
        people=[*people_on(walk), by],
        school=walk.school,
        place=place,
        thread=walk.thread,
        path=walk.get_absolute_url(),
        at=at,
    )
    setattr(walk, field, event)
    walk.save(update_fields=[field])


def people_on(walk):
    return list(User.objects.filter(walk_places__walk=walk, walk_places__withdrew_at=None))


@transaction.atomic
def publish_walk(walk, *, by, at=None):
    """Tell everyone where to be. Raises NotNow while it has no visit, or was told already."""
    at = at or timezone.now()
    walk = lock(walk)
    require(may_arrange(by, walk))
    visits = WalkVisit.objects.filter(walk=walk)
    if not visits.exists():
        raise NotNow("Put at least one visit on the walk first.")
    if walk.published_at:
        raise NotNow("Everyone was told already.")
    Walk.objects.filter(pk=walk.pk).update(published_at=at)
    tell_all(people_on(walk), "walk_published", **fact(walk, "published", at))
    tell_all(User.objects.filter(visits_hosted__walk=walk).distinct(), "walk_hosting", **fact(walk, "hosting", at))


@transaction.atomic
def cancel_walk(walk, *, by, at=None):
    """Call the walk off: its events are cancelled, its people told."""
    at = at or timezone.now()
    walk = lock(walk)
    require(may_arrange(by, walk))
    Walk.objects.filter(pk=walk.pk).update(cancelled_at=at)
    for event in Event.objects.standing().filter(thread=walk.thread):
        cancel_event(event, by=by, at=at)
    tell_all(people_on(walk), "walk_cancelled", **fact(walk, "cancelled", at))


@transaction.atomic
def write_note(walk, *, by, visit_number, saw, wondered, idea, at=None):
    """Write or change one's own note on a visit, known by its number alone. It keeps the day, not the minute."""
    at = at or timezone.now()
    require(may_write_notes(by, walk))
    if not WalkVisit.objects.filter(walk=walk, number=visit_number).exists():
        raise NotNow("This visit is no longer on the walk.")
    words = {"saw": saw, "wondered": wondered, "idea": idea, "on": walk.day}
    WalkNote.objects.update_or_create(walk=walk, visit_number=visit_number, author=by, defaults=words)


@transaction.atomic
def publish_notes(walk, *, by, at=None):
    """Lay all notes on the table for the debrief: from now on the team reads them by number, and none changes."""
    at = at or timezone.now()
    walk = lock(walk)
    require(may_publish_notes(by, walk))
    Walk.objects.filter(pk=walk.pk).update(notes_published_at=at)
    tell_all(people_on(walk), "walk_notes", **fact(walk, "notes", at))


@transaction.atomic
def close_walk(walk, *, by, at=None):
    """End the walk after its debrief, and thank the hosts."""
    at = at or timezone.now()
    walk = lock(walk)
    require(may_arrange(by, walk))
    Walk.objects.filter(pk=walk.pk).update(closed_at=at)
    tell_all(User.objects.filter(visits_hosted__walk=walk).distinct(), "walk_thanks", **fact(walk, "thanks", at))
