"""Setting up a walk, and who has a place on it."""

from django.db import transaction
from django.utils import timezone

from notices.services import tell
from partnerships.models import Member
from partnerships.policy import facilitates
from people import clock
from people.access import require
from people.models import User

from ..models import Walk, WalkPlace
from ..policy import may_arrange, may_join, may_keep_place, may_set_up_walk_at, may_watch
from . import NotNow
from .ground import fact, lock, refuse_past
from .waiting import add_place, move_up, take_place


@transaction.atomic
def set_up_walk(*, by, school, day, half, purpose, places=6, listed=True, partnership=None, at=None):
    """Set up a walk on a day of the school's calendar. `partnership`, where there is one, brings its members along.

    Raises NotNow for a day that is over, a partnership that has its walk, or a member who leads the school.
    """
    require(may_set_up_walk_at(by, school.pk))
    at = at or timezone.now()
    people = gathered(partnership, by=by, school=school) if partnership else []
    if day < clock.today(school, at):
        raise NotNow("That day is over. Choose a day to come.")
    walk = Walk.objects.create(
        facilitator=by,
        school=school,
        day=day,
        half=half,
        purpose=purpose,
        places=max(places, len(people)),
        listed=listed,
        partnership=partnership,
        made_at=at,
    )
    for person in people:
        give_place(walk, person, at=at)
    return walk


def gathered(partnership, *, by, school):
    """The people of a partnership that its facilitator takes on a walk."""
    require(facilitates(by, partnership))
    if Walk.objects.filter(partnership=partnership).exists():
        raise NotNow("Their walk is set up already: see it on the partnership's page.")
    members = Member.objects.active().filter(partnership=partnership).exclude(person=by)
    people = list(User.objects.filter(memberships__in=members).order_by("memberships__pk"))
    for person in people:
        refuse_boss(person, school)
    return people


def refuse_boss(person, school):
    if not may_watch(person, school.pk):
        raise NotNow(f"{person} leads {school}, and peers are not bosses: nobody watches those whom they evaluate.")


@transaction.atomic
def change_walk(walk, *, by, purpose, places, listed, at=None):
    """Change what the walk looks for, how many can come, and whether others may join; who waits moves up."""
    walk = lock(walk)
    require(may_arrange(by, walk))
    taken = WalkPlace.objects.taken().filter(walk=walk).count()
    if places < taken:
        raise NotNow(f"{taken} have a place already. Take somebody off the walk first.")
    Walk.objects.filter(pk=walk.pk).update(purpose=purpose, places=places, listed=listed)
    walk.places = places
    move_up(walk, at=at or timezone.now())


@transaction.atomic
def join_walk(walk, *, by, focus="", at=None):
    """Take a place, with a learning focus. Raises NotNow when the last place has just gone, or the day is over."""
    at = at or timezone.now()
    walk = lock(walk)
    require(may_join(by, walk))
    refuse_past(walk, at)
    add_place(walk, by, focus=focus, at=at)


@transaction.atomic
def set_focus(walk, *, by, focus):
    """Say, or say anew, what one wants to learn on the walk."""
    require(may_keep_place(by, walk))
    WalkPlace.objects.taken().filter(walk=walk, person=by).update(focus=focus)


@transaction.atomic
def add_participant(walk, *, by, person, focus="", at=None):
    """Give a colleague a place. Raises NotNow when none is left, or when they lead the school."""
    at = at or timezone.now()
    walk = lock(walk)
    require(may_arrange(by, walk))
    refuse_boss(person, walk.school)
    give_place(walk, person, focus=focus, at=at)


def give_place(walk, person, *, at, focus=""):
    if add_place(walk, person, focus=focus, at=at):
        tell(person, "walk_place", **fact(walk, "place", at))


@transaction.atomic
def leave_walk(walk, *, by, at=None):
    """Give one's place back, and the cover that was asked for it; who waits moves up, and the facilitator is told."""
    at = at or timezone.now()
    walk = lock(walk)
    require(may_keep_place(by, walk))
    refuse_past(walk, at)
    _, moved = take_place(walk, by, at=at)
    next_one = f", and {moved[0]}, who waited, has it now" if moved else ""
    tell(walk.facilitator, "walk_left", **fact(walk, f"left-{by.pk}", at, who=str(by), next=next_one))


@transaction.atomic
def remove_participant(place, *, by, at=None):
    """Take somebody off the walk; they are told."""
    at = at or timezone.now()
    walk = lock(place.walk)
    require(may_arrange(by, walk))
    refuse_past(walk, at)
    had_one, _ = take_place(walk, place.person, at=at)
    if had_one:
        tell(place.person, "walk_off", **fact(walk, "off", at, path="/walks/"))
