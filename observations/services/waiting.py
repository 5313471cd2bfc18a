"""Places of a walk as rows, and who waits for one: a place that becomes free goes on in the same transaction."""

from django.db import transaction
from django.utils import timezone

from notices.services import tell
from people import clock
from people.access import require
from schedule.services import add_people, remove_people

from ..models import WalkPlace, WalkVisit, WalkWait
from ..policy import may_join, may_stop_waiting, may_watch
from . import NotNow
from .ground import dates_ahead, fact, lock, refuse_past


@transaction.atomic
def wait_for_place(walk, *, by, focus="", at=None):
    """Wait for a place on a full walk, with a learning focus, or say that anew; one that is free is theirs at once.

    Returns whether they have a place now. Raises NotNow when the day is over.
    """
    at = at or timezone.now()
    walk = lock(walk)
    waits = WalkWait.objects.filter(walk=walk, person=by)
    require(may_join(by, walk) or (walk.is_open and waits.exists()))
    refuse_past(walk, at)
    has_one = WalkPlace.objects.taken().filter(walk=walk, person=by).exists()
    if has_one or (free_places(walk) > 0 and may_come(by, walk)):
        add_place(walk, by, focus=focus, at=at)
        return True
    if not waits.update(focus=focus):
        WalkWait.objects.create(walk=walk, person=by, focus=focus, since=at)
    return False


@transaction.atomic
def stop_waiting(walk, *, by):
    """Wait no more. Raises NotNow when a place came first."""
    walk = lock(walk)
    require(may_stop_waiting(by, walk))
    if not WalkWait.objects.filter(walk=walk, person=by).delete()[0]:
        raise NotNow("A place became free just before, and it is yours. Give it back if you cannot come.")


def free_places(walk):
    return walk.places - WalkPlace.objects.taken().filter(walk=walk).count()


def add_place(walk, person, *, focus, at):
    """The last place goes once, under the walk's lock. Returns whether the person is new on the walk."""
    if WalkPlace.objects.taken().filter(walk=walk, person=person).update(focus=focus):
        return False
    if free_places(walk) <= 0:
        raise NotNow(f"All {walk.places} places are taken.")
    WalkPlace.objects.update_or_create(
        walk=walk, person=person, defaults={"focus": focus, "joined_at": at, "withdrew_at": None}
    )
    WalkWait.objects.filter(walk=walk, person=person).delete()
    for event in walk.shared_events:
        add_people(event, by=event.organizer, people=[person], at=at)
    return True


def take_place(walk, person, *, at):
    """Free a place, and give it on. Returns (whether they had one, who moved up), under the walk's lock.

    Where they were already, they were: what has begun stays theirs.
    """
    gone = WalkPlace.objects.taken().filter(walk=walk, person=person).update(withdrew_at=at)
    for event in dates_ahead(walk, person, at):
        remove_people(event, by=event.organizer, people=[person], at=at)
    return bool(gone), move_up(walk, at=at)


def move_up(walk, *, at):
    """Give what is free to those who have waited longest, under the walk's lock; they are told. Returns them."""
    moved, free = [], free_places(walk)
    if free <= 0 or not walk.is_open or clock.today(walk.school, at) > walk.day:
        return moved
    hosts = set(WalkVisit.objects.filter(walk=walk).values_list("host", flat=True))
    for wait in WalkWait.objects.filter(walk=walk).exclude(person__in=hosts).select_related("person"):
        if len(moved) == free:
            break
        if not may_come(wait.person, walk):
            continue  # they keep their turn: a deputy for today is a peer again tomorrow
        add_place(walk, wait.person, focus=wait.focus, at=at)
        tell(wait.person, "walk_moved_up", **fact(walk, "moved-up", at))
        moved.append(wait.person)
    return moved


def may_come(person, walk):
    return person.is_active and bool(person.standing.schools) and may_watch(person, walk.school_id)
