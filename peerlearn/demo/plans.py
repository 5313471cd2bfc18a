"""Planned walks of the demo district: one with the planner's offers on the table, one published from its plan."""

import datetime as dt

from observations.models import OpenDoor, WalkSearch
from observations.services import walks
from observations.services.planning import ask_for_plans, choose_offer
from observations.services.publishing import publish_plan
from observations.services.searching import look_for_plans
from people import clock

from . import sayings
from .visits import visitors_of
from .work import school_day

LENGTHS = {
    "visit_minutes": 15, "least": 1, "most": 3, "team_least": 2, "team_most": 4, "pre_brief_minutes": 15,
    "debrief_minutes": 20, "meeting_room": "Library",
}  # fmt: skip
DAYS = dt.timedelta(days=2)


def make_plans(cast, now):
    """At the first school: dates three weeks ahead, and those who would come next in the line of guests."""
    at = now - dt.timedelta(days=2)
    for people in (4, 2):
        search = look(cast, cast["schools"][0], people, at)
        if people == 2 and search.found:
            draft = choose_offer(search, 0, by=cast["facilitator"], at=at)
            publish_plan(draft.walk, by=cast["facilitator"], version=draft.version, at=at)


def look(cast, school, people, at):
    by, day = cast["facilitator"], school_day(clock.today(school, at) + dt.timedelta(days=19))
    walk = walks.set_up_walk(by=by, school=school, day=day, half="morning", purpose="Talk in pairs", at=at)
    visitors = visitors_of(cast["schools"], school, 5)[:people]
    for person, focus in zip(visitors, sayings.GOALS, strict=False):
        walks.join_walk(walk, by=person, focus=focus, at=at)
    asked = {
        "visitors": [person.pk for person in visitors],
        "hosts": list(OpenDoor.objects.standing().filter(school=school).values_list("host", flat=True).distinct()),
    }
    search = ask_for_plans(walk, by=by, first=day, last=day + DAYS, at=at, **asked, **LENGTHS)
    look_for_plans(at=at)
    return WalkSearch.objects.get(pk=search.pk)
