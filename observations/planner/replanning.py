"""The rest of a walk anew, with the fewest changes: somebody cannot come, or the facilitator asked for something else.

What has begun stays as it was. Everybody's wishes are made smaller by what they had: visits seen, focus matched, hosts
visited. A change is an entry on somebody's schedule that is gone or new, and costs more than all else (`Cost`).
"""

from collections import Counter
from dataclasses import dataclass, replace

from .question import Answer, Plan, Span, Wish
from .solving import plan_walk
from .steps import USUAL


@dataclass(frozen=True)
class Replanned:
    """The whole plan with what is over in it, and the Answer about the rest: its cost, bound or conflict."""

    plan: Plan | None
    answer: Answer
    question: object


def replan(question, earlier, *, gone=frozenset(), now=None, seconds=10.0, effort=USUAL):
    """Replanned after those with the keys `gone` withdrew, visitors and hosts alike; pins of the question are kept.

    `now` is the minute after midnight from which on things can change; None before the walk has begun.
    """
    now = question.half_day.opens if now is None else now
    over = tuple(visit for visit in earlier.visits if visit.starts < now)
    rest = remainder(question, earlier, over, gone, now)
    answer = plan_walk(rest, seconds=seconds, effort=effort)
    if answer.plan is None:
        return Replanned(None, answer, rest)
    visits = tuple(sorted((*over, *answer.plan.visits), key=lambda visit: (visit.starts, str(visit.host))))
    return Replanned(replace(answer.plan, visits=visits), answer, rest)


def remainder(question, earlier, over, gone, now):
    """The question about what is still to come, for those who are still here."""
    had = Counter(key for visit in over for key in visit.visitors)
    visited = Counter(visit.host for visit in over)
    here = [visitor for visitor in question.visitors if visitor.key not in gone]
    matched = _matched(question, here, over)
    still = [(visit, Span("on a visit", visit.starts, visit.starts + question.visit_minutes)) for visit in over]
    return replace(
        question,
        visitors=tuple(_less(visitor, had[visitor.key], visitor.key in matched, still, now) for visitor in here),
        hosts=tuple(
            replace(host, most=host.most - visited[host.key], open=tuple(_from(host.open, now)))
            for host in question.hosts
            if host.key not in gone
        ),
        pins=tuple(pin for pin in question.pins if not _is_settled(pin, over, gone)),
        forbids=(*question.forbids, *_not_again(question, over, gone)),
        pre_brief_at=earlier.pre_brief if earlier.pre_brief < now else question.pre_brief_at,
        earlier=_rest_of(earlier, over, gone),
    )


def _matched(question, here, over):
    """Keys of those who have seen what they want to learn."""
    hosts = {host.key: host for host in question.hosts}
    return {
        visitor.key
        for visitor in here
        for visit in over
        if visitor.key in visit.visitors and visit.host in hosts and visitor.focus & hosts[visit.host].focus
    }


def _less(visitor, had, is_matched, visits, now):
    """A visitor with what is left of their wishes. Classes that are over cost nothing any more."""
    busy = (*visitor.busy, *(span for visit, span in visits if visitor.key in visit.visitors))
    return replace(
        visitor,
        focus=frozenset() if is_matched else visitor.focus,
        least=max(0, visitor.least - had),
        most=max(0, visitor.most - had),
        lessons=tuple(lesson for lesson in visitor.lessons if lesson.ends > now),
        busy=tuple(span for span in busy if span.ends > now),
    )


def _from(spans, now):
    """What is left of the spans."""
    return (span._replace(starts=max(span.starts, now)) for span in spans if span.ends > now)


def _is_settled(pin, over, gone):
    """It has come true, or it is about somebody who is gone."""
    seen = any(
        pin.visitor in visit.visitors and pin.host in (None, visit.host) and pin.starts in (None, visit.starts)
        for visit in over
    )
    return seen or pin.visitor in gone or pin.host in gone


def _not_again(question, over, gone):
    """Nobody sees a host twice."""
    there = {visitor.key for visitor in question.visitors} - set(gone)
    return [Wish(key, visit.host) for visit in over for key in sorted(visit.visitors & there, key=str)]


def _rest_of(earlier, over, gone):
    """The earlier plan without what is over and without those who are gone."""
    visits = tuple(
        visit._replace(visitors=visit.visitors - gone)
        for visit in earlier.visits
        if visit not in over and visit.host not in gone
    )
    teams = tuple(team - gone for team in earlier.teams if team - gone)
    return replace(earlier, teams=teams, visits=tuple(visit for visit in visits if visit.visitors))
