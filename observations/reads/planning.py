"""The pages round the planner: who and whose doors it may be asked about, and what it found."""

import datetime as dt
from dataclasses import dataclass

from people import clock
from people.models import User

from ..models import OpenDoor, Walk, WalkPlace
from .plan_grid import Grid, Stop
from .plan_json import cost_of, unpacked
from .plan_words import clock_words, cost_lines, proof_of


def people_of(walk, user):
    """Those with a place on the walk, as its facilitator sees them."""
    places = WalkPlace.objects.visible_to(user).taken().filter(walk=walk).select_related("person")
    return [place.person for place in places]


def doors_of(walk):
    """Colleagues of the school whose door stands open from today on."""
    doors = OpenDoor.objects.standing().not_over(clock.today(walk.school)).filter(school=walk.school_id)
    return list(User.objects.filter(pk__in=doors.values("host")).order_by("name", "pk"))


@dataclass
class Offer:
    """One of the plans that were found, ready for the page."""

    number: int
    day: dt.date
    half: str
    lines: list
    proof: str
    covers: list  # (name, class in words)
    absent: list  # names
    unmatched: list
    changes: list  # sentences
    grid: Grid


def offers_page(search):
    names = names_in(search)
    offers = [offer_of(search, number, found, names) for number, found in enumerate(search.found)]
    return {
        "walk": search.walk,
        "search": search,
        "offers": offers,
        "is_over": search.done_at is not None,
        "is_chosen": False,
    }


def names_in(search):
    """{id: name} of everyone whom a plan of this search may name: one query."""
    ids = {*search.visitors, *search.hosts, *(by_person(unpacked(search.earlier)) if search.earlier else ())}
    return dict(User.objects.filter(pk__in=ids).values_list("pk", "name"))


def offer_of(search, number, found, names):
    cost, bound = cost_of(found["cost"]), cost_of(found["bound"])
    return Offer(
        number,
        dt.date.fromisoformat(found["day"]),
        Walk.Half(found["half"]).label,
        cost_lines(cost, with_changes=bool(search.earlier)),
        proof_of(cost, bound),
        [(names.get(pk, "Somebody"), words) for pk, words in found["covers"]],
        [names.get(pk, "Somebody") for pk in found["absent"]],
        [names.get(pk, "Somebody") for pk in found["unmatched"]],
        changes_between(unpacked(search.earlier), unpacked(found["plan"]), names) if search.earlier else [],
        grid_of(search, unpacked(found["plan"]), names, found["rooms"]),
    )


def changes_between(earlier, plan, names):
    """What is other for whom, a sentence each."""
    before, after = by_person(earlier), by_person(plan)
    found = []
    for person in sorted({*before, *after}, key=lambda pk: names.get(pk, "")):
        gone, new = (
            before.get(person, set()) - after.get(person, set()),
            after.get(person, set()) - before.get(person, set()),
        )
        parts = [f"not {visit_words(*one, names)}" for one in sorted(gone)]
        parts += [visit_words(*one, names) for one in sorted(new)]
        if parts:
            found.append(f"{names.get(person, 'Somebody')}: {', '.join(parts)}.")
    return found


def by_person(plan):
    """{person: {(minute, host)}}"""
    found = {}
    for visit in plan.visits:
        for person in visit.visitors:
            found.setdefault(person, set()).add((visit.starts, visit.host))
    return found


def visit_words(minute, host, names):
    return f"{names.get(host, 'Somebody')} at {clock_words(minute)}"


def grid_of(search, plan, names, rooms, reader=None):
    """The plan drawn; `rooms` are those of its visits, in their order."""
    people = [
        (person, names.get(person, "Somebody"), f"Team {number}")
        for number, team in enumerate(plan.teams, start=1)
        for person in sorted(team, key=lambda pk: names.get(pk, ""))
    ]
    length = search.visit_minutes
    visits = [
        stop(one.starts, length, "Visit", room, names.get(one.host, "Somebody"), one.visitors)
        for one, room in zip(plan.visits, rooms, strict=True)
    ]
    talks = [
        stop(plan.pre_brief, search.pre_brief_minutes, "Pre-brief", search.meeting_room),
        stop(plan.debrief, search.debrief_minutes, "Debrief", search.meeting_room),
    ]
    return Grid(people, [*talks, *visits], reader)


def stop(starts, minutes, title, place, host="", people=None):
    return Stop(starts, clock_words(starts), clock_words(starts + minutes), title, place, host, people)
