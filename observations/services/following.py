"""What happens to walks, cover and open doors when somebody leaves, and the page on which an admin sees them off."""

from people import clock

from ..models import Coverage, OpenDoor, Walk, WalkPlace, WalkWait
from .giving import drop, keep, release
from .ground import lock
from .holding import hold, hold_coverage
from .telling import tell_asker
from .waiting import take_place

State = Coverage.State


def coming_of(person, day):
    """What somebody who leaves has promised or asked from a day on."""
    coming = Coverage.objects.live().filter(day__gte=day).select_related("asker", "coverer", "school")
    return coming.named().filter(coverer=person), coming.filter(asker=person)


def open_walks_of(person, day):
    open_walks = Walk.objects.standing().filter(facilitator=person, closed_at=None, day__gte=day)
    return open_walks.select_related("school")


def joined_by(person, day):
    """Open walks after a day on which they have a place."""
    places = WalkPlace.objects.taken().filter(person=person).values("walk")
    return Walk.objects.standing().filter(pk__in=places, closed_at=None, day__gte=day).select_related("school")


def doors_after(person, day):
    return OpenDoor.objects.not_over(day).filter(host=person)


def let_go(person, last_day, *, at):
    """After their last day: their places on walks go to who waits, and their doors are closed."""
    for walk in joined_by(person, last_day).order_by("pk"):
        take_place(lock(walk), person, at=at)
    WalkWait.objects.filter(person=person).delete()
    doors_after(person, last_day).filter(starts_on__gt=last_day).update(ended_at=at)
    doors_after(person, last_day).update(ends_on=last_day)


def unfinished_work(person):
    """For the page on which an admin sees off a leaver."""
    today = clock.today()
    given, asked = coming_of(person, today)
    rows = [
        (f"Leads the {str(walk)[0].lower()}{str(walk)[1:]}", walk.get_absolute_url())
        for walk in open_walks_of(person, today)
    ]
    rows += [
        (f"Has a place on the {str(walk)[0].lower()}{str(walk)[1:]}", walk.get_absolute_url())
        for walk in joined_by(person, today)
    ]
    rows += [("Opens a door to visitors", door.get_absolute_url()) for door in doors_after(person, today)]
    rows += [(f"Covers {one}", one.get_absolute_url()) for one in given]
    return rows + [(f"Asked for cover of {one}", one.get_absolute_url()) for one in asked]


def hand_over(person, *, to, by, at):
    """Walks go to a colleague who facilitates there; a class that they were to cover needs a name again."""
    today = clock.today(None, at)
    for walk in open_walks_of(person, today):
        if to.standing.facilitates(walk.school_id):
            Walk.objects.filter(pk=walk.pk).update(facilitator=to)
    let_go_of_all(person, at=at)


def let_go_of_all(person, *, at):
    """They are gone: from walks, and from the classes that they were to cover or have covered."""
    today = clock.today(None, at)
    let_go(person, person.left_on or today, at=at)
    given, asked = coming_of(person, today)
    rows = [*given, *asked]
    hold(events=[one.event_id for one in rows], people=[person.pk], schools=[one.school_id for one in rows])
    for coverage in hold_coverage([one.pk for one in rows]):
        if coverage.asker_id == person.pk:
            drop(coverage, at=at)
        elif coverage.coverer_id == person.pk:
            release(coverage, at=at)
            coverage.state = State.APPROVED
            keep(coverage, at=at)
            tell_asker(coverage, "approved", at)
