"""The draft of a walk changed by hand: what is done to it is a function of the draft, so that it can be tried alone.

A change may break any rule. The page says at once what stands against the plan, and publishing refuses it.
"""

from dataclasses import dataclass, replace

from django.db import transaction
from django.utils import timezone

from people.access import require

from ..models import WalkPlan
from ..plan_rest import begun
from ..planner.question import Plan, Visit
from ..policy import may_arrange
from ..reads.plan_json import packed, unpacked
from . import NotNow
from .ground import lock, minute_of
from .publishing import CHANGED


@dataclass(frozen=True)
class Draft:
    """A plan, and what the facilitator wants to keep of it or never: (visitor, host, minute) each, as in Wish."""

    plan: Plan
    pins: tuple = ()
    forbids: tuple = ()


@transaction.atomic
def change_plan(walk, *, by, version, change, at=None):
    """Write what `change` makes of the Draft. Raises NotNow when somebody else changed it since `version`.

    Of a walk that is under way it changes what is still to come; raises NotNow for a time that is over.
    """
    at = at or timezone.now()
    walk = lock(walk)
    require(may_arrange(by, walk))
    row = WalkPlan.objects.filter(walk=walk, version=version).first()
    if row is None:
        raise NotNow(CHANGED)
    draft = Draft(unpacked(row.plan), tuple(map(tuple, row.pins)), tuple(map(tuple, row.forbids)))
    draft = change_rest(draft, change, minute_of(walk, at) if row.published_version else None)
    row.plan, row.pins, row.forbids = packed(draft.plan), list(map(list, draft.pins)), list(map(list, draft.forbids))
    row.version, row.changed_by, row.changed_at = version + 1, by, at
    row.save()
    return row


def change_rest(draft, change, now):
    """What `change` makes of what is still to come; what has begun stays. `now` is a minute, or None before the day."""
    over = begun(draft.plan, now)
    ahead = tuple(visit for visit in draft.plan.visits if visit not in over)
    changed = change(replace(draft, plan=replace(draft.plan, visits=ahead)))
    before, after = ((plan.pre_brief, plan.debrief) for plan in (draft.plan, changed.plan))
    moved = [minute for old, new in zip(before, after, strict=True) if old != new for minute in (old, new)]
    if begun(changed.plan, now) or now is not None and any(minute < now for minute in moved):
        raise NotNow("That time is over. Choose a later one.")
    return replace(changed, plan=replace(changed.plan, visits=(*over, *changed.plan.visits)))


def visit_at(draft, host, minute):
    visit = next((one for one in draft.plan.visits if (one.host, one.starts) == (host, minute)), None)
    if visit is None:
        raise NotNow("That visit is not in the plan any more, or has begun.")
    return visit


def with_visits(draft, *, without=None, new=None):
    """The same in the order of time, without one visit, with another; pins follow what is still there."""
    visits = [one for one in draft.plan.visits if one != without] + ([new] if new else [])
    plan = replace(draft.plan, visits=tuple(sorted(visits, key=lambda one: (one.starts, one.host))))
    pins = tuple(pin for pin in draft.pins if any(is_as(one, pin) for one in plan.visits))
    return replace(draft, plan=plan, pins=pins)


def is_as(visit, wish):
    who, host, minute = wish
    return who in visit.visitors and host in (None, visit.host) and minute in (None, visit.starts)


def wishes_of(visit):
    return [(who, visit.host, visit.starts) for who in sorted(visit.visitors)]


def is_pinned(draft, visit):
    return bool(visit.visitors) and all(wish in draft.pins for wish in wishes_of(visit))


def change_visit(draft, *, host, minute, starts, who):
    """Another time, and other people of its team; a pinned one stays pinned."""
    visit = visit_at(draft, host, minute)
    changed = Visit(host, starts, frozenset(who))
    if changed != visit and any((one.host, one.starts) == (host, starts) for one in draft.plan.visits if one != visit):
        raise NotNow("That host has a visit at that time already.")
    if not who:
        return with_visits(draft, without=visit)
    moved = with_visits(draft, without=visit, new=changed)
    return pin(moved, host=host, minute=starts) if is_pinned(draft, visit) else moved


def take_off(draft, *, host, minute):
    return with_visits(draft, without=visit_at(draft, host, minute))


def pin(draft, *, host, minute):
    """Keep this visit when the rest is solved again."""
    wishes = wishes_of(visit_at(draft, host, minute))
    return replace(draft, pins=(*draft.pins, *(one for one in wishes if one not in draft.pins)))


def unpin(draft, *, host, minute):
    wishes = wishes_of(visit_at(draft, host, minute))
    return replace(draft, pins=tuple(one for one in draft.pins if one not in wishes))


def forbid(draft, *, host, minute):
    """Take the visit off, and never let these people visit this host, at whatever time."""
    visit = visit_at(draft, host, minute)
    never = [(who, host, None) for who in sorted(visit.visitors) if (who, host, None) not in draft.forbids]
    return replace(with_visits(draft, without=visit), forbids=(*draft.forbids, *never))


def allow(draft, *, who, host):
    return replace(draft, forbids=tuple(one for one in draft.forbids if one[:2] != (who, host)))


def add_visit(draft, *, team, host, starts):
    """A visit of a whole team, by the team's place in the plan."""
    if not 0 <= team < len(draft.plan.teams):
        raise NotNow("That team is not in the plan any more.")
    if any((one.host, one.starts) == (host, starts) for one in draft.plan.visits):
        raise NotNow("That host has a visit at that time already.")
    return with_visits(draft, new=Visit(host, starts, draft.plan.teams[team]))


def move_meetings(draft, *, pre_brief, debrief):
    return replace(draft, plan=replace(draft.plan, pre_brief=pre_brief, debrief=debrief))


def change_team(draft, *, who, team):
    """Put somebody into a team by its place, or a new one past the last; they go along on its visits, on no others."""
    others = [one - {who} for one in draft.plan.teams]
    joined = others[team] if team < len(others) else frozenset()
    teams = [one | {who} if number == team else one for number, one in enumerate(others)]
    teams += [frozenset({who})] if team >= len(others) else []
    visits = [
        visit._replace(visitors=visit.visitors - {who} | ({who} if visit.visitors & joined else set()))
        for visit in draft.plan.visits
    ]
    plan = replace(
        draft.plan, teams=tuple(one for one in teams if one), visits=tuple(one for one in visits if one.visitors)
    )
    return with_visits(replace(draft, plan=plan))
