"""Plans of a walk: asked of the planner as a job, chosen, edited by hand. What is published is in publishing.py."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from notices.services import tell_all
from people import clock
from people.access import require
from schedule.models import Event
from schedule.words import day_words

from ..models import Walk, WalkPlace, WalkPlan, WalkSearch
from ..plan_rest import begun
from ..policy import may_arrange
from ..reads.plan_json import absent_from, unpacked
from . import NotNow
from .ground import fact, lock, minute_of, people_on, people_waiting

LONGEST = dt.timedelta(days=31)
# What a search hands on when the rest of its plan is solved again.
SETTINGS = (
    "visitors", "hosts", "visit_minutes", "least", "most", "apart", "team_least", "team_most", "pre_brief_minutes",
    "debrief_minutes", "meeting_room",
)  # fmt: skip


@transaction.atomic
def ask_for_plans(walk, *, by, first, last, half="", at=None, **settings):
    """Ask the planner for the best half days from date to date: a job that beat's next worker takes.

    `settings` are the columns of WalkSearch. Raises NotNow for dates that are over or too many, for fewer than two
    visitors, for no host, for another day than that on which the walk has dates already, and once it is under way,
    save for the rest of it.
    """
    at = at or timezone.now()
    walk = lock(walk)
    require(may_arrange(by, walk))
    refuse_dates(walk, first, last, at)
    if is_under_way(walk, at) and not settings.get("earlier"):
        raise NotNow("The walk is under way. Plan the rest of it with the fewest changes, from its plan.")
    if len(settings["visitors"]) < 2:
        raise NotNow("A walk needs two visitors at least. Give somebody a place first.")
    if not settings["hosts"]:
        raise NotNow("Nobody's door is on the list. Ask colleagues to open theirs first.")
    if has_dates(walk) and not (first == last == walk.day):
        raise NotNow(f"This walk has dates on {day_words(walk.day)} already: plan for that day, or take them off.")
    return WalkSearch.objects.create(walk=walk, made_by=by, made_at=at, first=first, last=last, half=half, **settings)


def refuse_dates(walk, first, last, at):
    if first < clock.today(walk.school, at):
        raise NotNow(f"{day_words(first)} is over. Choose a day to come.")
    if last - first > LONGEST:
        raise NotNow("Look at one month at a time.")


def has_dates(walk):
    return Event.objects.standing().filter(thread=walk.thread).exists()


def is_under_way(walk, at):
    return Event.objects.standing().filter(thread=walk.thread, starts_at__lt=at).exists()


@transaction.atomic
def solve_rest(walk, *, by, at=None):
    """Ask for the best plan of the draft's half day that keeps its pins and heeds what is forbidden.

    Once the walk is under way, that is with the fewest changes.
    """
    return ask_anew(walk, by=by, at=at)


@transaction.atomic
def replan_walk(walk, *, by, at=None):
    """The same with as few changes to anybody's schedule as can be, for when somebody cannot come."""
    return ask_anew(walk, by=by, at=at, with_earlier=True)


def ask_anew(walk, *, by, at, with_earlier=False):
    at = at or timezone.now()
    walk = lock(walk)
    require(may_arrange(by, walk))
    draft = WalkPlan.objects.select_related("search", "walk").filter(walk=walk).first()
    if draft is None:
        raise NotNow("There is no plan yet. Look for one first.")
    kept = {name: getattr(draft.search, name) for name in SETTINGS}
    here = set(WalkPlace.objects.taken().filter(walk=walk).values_list("person", flat=True))
    joined = WalkPlace.objects.taken().filter(walk=walk, joined_at__gt=draft.search.made_at)
    visitors = {*kept["visitors"], *joined.values_list("person", flat=True)} & here
    kept["visitors"] = sorted(visitors - absent_from(draft))
    with_earlier = with_earlier or is_under_way(walk, at)
    kept |= {"pins": draft.pins, "forbids": draft.forbids, "earlier": draft.plan if with_earlier else None}
    return ask_for_plans(walk, by=by, first=walk.day, last=walk.day, half=walk.half, at=at, **kept)


@transaction.atomic
def choose_offer(search, number, *, by, at=None):
    """Make one of the plans that were found the walk's draft. The walk moves to that half day, and its people hear it.

    Raises NotNow when there is no such offer, or the walk has dates on another day meanwhile, or visits that the offer
    would undo have begun.
    """
    at = at or timezone.now()
    walk = lock(search.walk)
    require(may_arrange(by, walk))
    if not 0 <= number < len(search.found):
        raise NotNow("That plan is not there any more. Look for plans again.")
    offer = search.found[number]
    day = dt.date.fromisoformat(offer["day"])
    refuse_dates(walk, day, day, at)
    refuse_undone(walk, unpacked(offer["plan"]), at)
    move_day(walk, day, offer["half"], at=at)
    return keep_draft(walk, search, offer["plan"], pins=search.pins, forbids=search.forbids, by=by, at=at)


def refuse_undone(walk, plan, at):
    """What has begun stays: the plan has to hold it as the draft does."""
    draft, now = WalkPlan.objects.filter(walk=walk, published_version__isnull=False).first(), minute_of(walk, at)
    if draft is None:
        return
    there, found = ({(one.host, one.starts) for one in begun(each, now)} for each in (unpacked(draft.plan), plan))
    if there != found:
        raise NotNow("Visits have begun since this plan was looked for. Plan the rest again.")


def move_day(walk, day, half, *, at):
    if (walk.day, walk.half) == (day, half):
        return
    if has_dates(walk):
        raise NotNow(f"This walk has dates on {day_words(walk.day)} already: plan for that half day, or take them off.")
    Walk.objects.filter(pk=walk.pk).update(day=day, half=half)
    walk.day, walk.half = day, half
    told = {person.pk: person for person in [*people_on(walk), *people_waiting(walk)]}.values()
    tell_all(told, "walk_moved", **fact(walk, "moved", at))


def keep_draft(walk, search, plan, *, pins, forbids, by, at):
    """The walk's one draft, under its lock, a version later."""
    draft = WalkPlan.objects.filter(walk=walk).first() or WalkPlan(walk=walk, version=0)
    draft.search, draft.plan, draft.pins, draft.forbids = search, plan, pins, forbids
    draft.version, draft.changed_by, draft.changed_at = draft.version + 1, by, at
    draft.save()
    return draft
