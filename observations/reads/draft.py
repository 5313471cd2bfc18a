"""The draft of a walk as its page shows it: what stands against it and what it costs now, drawn and by visit."""

from dataclasses import dataclass

from people.models import User

from ..models import WalkPlan
from ..plan_rest import begun
from .plan_json import absent_from
from .plan_words import clock_words, cost_lines, unmatched
from .planning import grid_of


@dataclass
class VisitRow:
    """A visit with what can be done to it. `who` are (id, name, goes) of its team."""

    host: int
    minute: int
    starts: str
    ends: str
    name: str
    room: str
    who: list
    is_pinned: bool

    @property
    def time(self):
        return clock_words(self.minute)

    @property
    def mark(self):
        return f"{self.host}-{self.minute}"

    @property
    def going(self):
        return ", ".join(name for _, name, goes in self.who if goes)


def draft_of(walk, user):
    """The walk's draft for those who arrange it, or None."""
    return WalkPlan.objects.visible_to(user).select_related("search").filter(walk=walk).first()


def draft_with_walk(pk, user):
    """The draft of the walk with this id, and the walk with its school in the same query, or None."""
    rows = WalkPlan.objects.visible_to(user).select_related("search", "walk__school")
    return rows.filter(walk=pk).first()


def draft_page(walk, draft, now):
    """Everything on the page, with the plan as it would be published now (`services.publishing.Now`)."""
    plan, question, verdict = now.plan, now.question, now.verdict
    names = names_of(draft, now)
    rooms = {one: now.room(one) for one in plan.visits}
    pins = {tuple(one) for one in draft.pins}
    in_teams = {who for team in plan.teams for who in team}
    return {
        "walk": walk,
        "draft": draft,
        "refusals": verdict.refusals,
        "lines": cost_lines(verdict.cost),
        "covers": covers_of(verdict, names),
        "unmatched": [one.name for one in unmatched(question, plan)],
        "grid": grid_of(draft.search, plan, names, list(rooms.values())),
        "visits": [visit_row(draft.search, plan, one, rooms[one], names, pins) for one in now.visits_ahead],
        "people": [(one.key, one.name, one.key in in_teams) for one in question.visitors],
        "teams": [(number, ", ".join(names[who] for who in sorted(team))) for number, team in enumerate(plan.teams)],
        "hosts": [(one.key, one.name, ", ".join(map(hours, one.open))) for one in question.hosts if one.open],
        "forbids": [(who, host, names[who], names[host]) for who, host, _ in draft.forbids],
        "absent": sorted(names[one] for one in absent_from(draft)),
        "gone": sorted(names[one] for one in now.gone),
        "is_under_way": bool(begun(plan, now.minute)),
        "closed": sorted(names[one] for one in now.closed),
        "newcomers": [one.name for one in question.visitors if one.key not in in_teams],
        "meetings": (clock_input(plan.pre_brief), clock_input(plan.debrief)),
    }


class Names(dict):
    def __missing__(self, key):
        return "Somebody"


def names_of(draft, now):
    """Names of everyone in the plan, those who have left the walk included."""
    people = now.facts.people
    ids = {*draft.search.visitors, *draft.search.hosts, *now.gone} - set(people)
    gone = dict(User.objects.filter(pk__in=ids).values_list("pk", "name")) if ids else {}
    return Names(gone | {pk: one.name for pk, one in people.items()})


def covers_of(verdict, names):
    rows = sorted(verdict.covers, key=lambda one: (one[1].starts, names[one[0]]))
    return [(names[who], f"period {one.period}, {hours(one)}") for who, one in rows]


def hours(span):
    return f"{clock_words(span.starts)} to {clock_words(span.ends)}"


def clock_input(minute):
    """As a field for a time of day takes it."""
    return f"{minute // 60:02}:{minute % 60:02}"


def visit_row(search, plan, visit, room, names, pins):
    team = next((one for one in plan.teams if one & visit.visitors), visit.visitors) | visit.visitors
    who = [(one, names[one], one in visit.visitors) for one in sorted(team, key=lambda pk: names[pk])]
    pinned = all((one, visit.host, visit.starts) in pins for one in visit.visitors)
    ends = clock_words(visit.starts + search.visit_minutes)
    return VisitRow(visit.host, visit.starts, clock_input(visit.starts), ends, names[visit.host], room, who, pinned)
