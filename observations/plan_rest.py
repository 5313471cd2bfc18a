"""A walk that is under way: what of its plan has begun, and the question about what is still to come.

For the checker, the editor and whoever publishes, without the solver: `planner.replanning` asks the same of the planner
in its own way. What has begun stays as it was, and is judged no more. Minutes after midnight; `now` is None before the
day of the walk.
"""

from collections import Counter
from dataclasses import replace

from .planner.question import Span, Wish


def begun(plan, now):
    """The visits that have begun, in the order of the plan."""
    return tuple(visit for visit in plan.visits if has_begun(visit, now))


def has_begun(visit, now):
    return now is not None and visit.starts < now


def without(plan, gone, now=None):
    """The plan without some visitors, and without what nobody is left for; they were at what has begun."""
    visits = (one if has_begun(one, now) else one._replace(visitors=one.visitors - gone) for one in plan.visits)
    teams = (team - gone for team in plan.teams)
    return replace(plan, teams=tuple(filter(None, teams)), visits=tuple(one for one in visits if one.visitors))


def rest_of(question, plan, now):
    """(question, plan) of what is still to come; both as they are where nothing has begun."""
    over = begun(plan, now)
    if not over:
        return question, plan
    had = Counter(key for visit in over for key in visit.visitors)
    visited = Counter(visit.host for visit in over)
    rest = replace(
        question,
        visitors=tuple(left_of(one, had[one.key], question, over, now) for one in question.visitors),
        hosts=tuple(replace(one, most=max(0, one.most - visited[one.key])) for one in question.hosts),
        pins=tuple(pin for pin in question.pins if not any(came_true(pin, visit) for visit in over)),
        forbids=(*question.forbids, *(Wish(who, visit.host) for visit in over for who in sorted(visit.visitors))),
    )
    return rest, replace(plan, visits=tuple(visit for visit in plan.visits if visit not in over))


def left_of(visitor, had, question, over, now):
    """A visitor with what is left of their wishes, and busy while a visit lasts."""
    own = (Span("on a visit", one.starts, one.starts + question.visit_minutes) for one in over)
    lasting = (span for span, one in zip(own, over, strict=True) if visitor.key in one.visitors and span.ends > now)
    return replace(
        visitor,
        least=max(0, visitor.least - had),
        most=max(0, visitor.most - had),
        lessons=tuple(one for one in visitor.lessons if one.ends > now),
        busy=(*visitor.busy, *lasting),
    )


def came_true(pin, visit):
    return pin.visitor in visit.visitors and pin.host in (None, visit.host) and pin.starts in (None, visit.starts)
