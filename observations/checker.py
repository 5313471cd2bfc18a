"""Accepts or refuses a plan of a learning walk, the planner's and a hand-made one alike, and says what it costs.

Separate from the planner: it shares the words of `planner.question` with it and nothing else, solves nothing, and looks
at any minute, not only at those the planner chooses among. Minutes after midnight throughout. Each rule is a function
that yields refusals in words; source: issue 4, line 2, and DOMAIN.md, section 4.
"""

from collections import Counter
from dataclasses import dataclass
from itertools import combinations, pairwise

from .plan_costs import Sight, cost_of, covering
from .planner.question import TEAM_SIZES, Cost


@dataclass(frozen=True)
class Verdict:
    """What stands against a plan, in words (nothing: it is accepted), its cost, and the classes that need cover."""

    refusals: tuple
    cost: Cost
    covers: tuple = ()  # (key of the visitor, Lesson)

    @property
    def is_accepted(self):
        return not self.refusals


def check(question, plan):
    """The Verdict on a plan: about a millisecond, so that a page can ask after each change by hand."""
    seen = Sight(question, plan)
    refusals = tuple(refusal for rule in RULES for refusal in rule(seen))
    return Verdict(refusals, cost_of(seen), tuple(seen.covers))


def clock(minute):
    """8:05 for 485."""
    return f"{minute // 60}:{minute % 60:02}"


def everybody_is_known(seen):
    for visit in seen.visits:
        if visit.host not in seen.hosts:
            yield f"{visit.host} is no host of this walk."
        for key in visit.visitors - set(seen.visitors):
            yield f"{key} is no visitor of this walk."


def all_is_within_the_half_day(seen):
    asked, plan = seen.question, seen.plan
    half = asked.half_day
    if plan.pre_brief < half.opens:
        yield f"The pre-brief at {clock(plan.pre_brief)} is before the half day begins at {clock(half.opens)}."
    if plan.debrief + asked.debrief_minutes > half.closes:
        yield f"The debrief ends after the half day is over at {clock(half.closes)}."
    if plan.debrief < seen.opens:
        yield "The debrief begins before the pre-brief is over."
    for which, pinned, at in (
        ("pre-brief", asked.pre_brief_at, plan.pre_brief),
        ("debrief", asked.debrief_at, plan.debrief),
    ):
        if pinned is not None and pinned != at:
            yield f"The {which} is to be at {clock(pinned)}, not at {clock(at)}."


def visits_are_between_the_meetings(seen):
    asked = seen.question
    for visit in seen.visits:
        walk = asked.walking.minutes(asked.meeting_room, seen.room_of(visit))
        if visit.starts < seen.opens + walk:
            yield f"Nobody can walk from the pre-brief to {seen.name(visit.host)} by {clock(visit.starts)}."
        if seen.ends(visit) + walk > seen.plan.debrief:
            yield f"The visit to {seen.name(visit.host)} at {clock(visit.starts)} ends too late for the debrief."


def doors_are_open(seen):
    for visit in seen.visits:
        host = seen.hosts.get(visit.host)
        spans = host.open if host else ()
        if host and not any(span.starts <= visit.starts and seen.ends(visit) <= span.ends for span in spans):
            yield f"The door of {seen.name(visit.host)} is not open for a whole visit from {clock(visit.starts)}."


def teams_are_whole(seen):
    asked = seen.question
    counted = Counter(key for team in seen.plan.teams for key in team)
    for key in seen.visitors:
        if counted[key] != 1:
            yield f"{seen.name(key)} is in {counted[key] or 'no'} team{'s' if counted[key] else ''}."
    for key in set(counted) - set(seen.visitors):
        yield f"{key} is in a team and no visitor of this walk."
    for team in seen.plan.teams:
        if not asked.team_least <= len(team) <= asked.team_most:
            sizes = f"{asked.team_least} to {asked.team_most} were asked for"
            yield f"The team of {seen.names(team)} has {len(team)}; {sizes}."


def teams_stay_together(seen):
    for visit in seen.visits:
        if not any(visit.visitors <= team for team in seen.plan.teams):
            yield f"{seen.names(visit.visitors)} are on a visit together and in different teams."
        if len(visit.visitors) < TEAM_SIZES[0]:
            yield f"The visit to {seen.name(visit.host)} at {clock(visit.starts)} has fewer than two visitors."


def teams_can_walk(seen):
    """A team walks as one, those who sit a visit out included."""
    for team in seen.plan.teams:
        own = [visit for visit in seen.visits if visit.visitors & team]
        for one, other in pairwise(own):
            walk = seen.question.walking.minutes(seen.room_of(one), seen.room_of(other))
            if other.starts < seen.ends(one) + walk:
                yield (
                    f"{seen.names(team)} cannot be with {seen.name(one.host)} at {clock(one.starts)} and "
                    f"with {seen.name(other.host)} at {clock(other.starts)}."
                )
        for host, count in Counter(visit.host for visit in own).items():
            if count > 1:
                yield f"{seen.names(team)} visit {seen.name(host)} {count} times."


def rooms_hold_them(seen):
    for key, visits in seen.at.items():
        for visit in visits:
            if len(visit.visitors) > seen.hosts[key].capacity:
                yield f"{seen.name(key)} has room for {seen.hosts[key].capacity}, not for {len(visit.visitors)}."
        for one, other in combinations(visits, 2):
            if other.starts < seen.ends(one):
                yield f"Two visits to {seen.name(key)} overlap at {clock(other.starts)}."


def hosts_are_not_overrun(seen):
    for key, visits in seen.at.items():
        if len(visits) > seen.hosts[key].most:
            yield f"{seen.name(key)} has {len(visits)} visits and offered {seen.hosts[key].most}."


def visitors_have_their_visits(seen):
    for key, visitor in seen.visitors.items():
        count = len(seen.of[key])
        if count < visitor.least:
            yield f"{seen.name(key)} has {count} of at least {visitor.least} visits."
        if count > visitor.most:
            yield f"{seen.name(key)} has {count} visits and asked for at most {visitor.most}."


def nobody_is_elsewhere(seen):
    walk = seen.question.walking.usual
    for key, visitor in seen.visitors.items():
        for busy in visitor.busy:
            if any(starts - walk < busy.ends and busy.starts < ends + walk for starts, ends, _ in seen.day_of(key)):
                yield f"{seen.name(key)} cannot come between {clock(busy.starts)} and {clock(busy.ends)}: {busy.name}."


def hosts_are_in_their_room(seen):
    walk = seen.question.walking.usual
    for key in set(seen.visitors) & set(seen.hosts):
        for own in seen.at[key]:
            for visit in seen.of[key]:
                if visit.starts < seen.ends(own) + walk and own.starts < seen.ends(visit) + walk:
                    yield f"{seen.name(key)} is visited at {clock(own.starts)} and on a visit at {clock(visit.starts)}."
            for who, lesson in seen.covers:
                if who == key and lesson.starts < seen.ends(own) and own.starts < lesson.ends:
                    yield f"{seen.name(key)} is visited in period {lesson.period}, which somebody else would teach."


def nobody_visits_while_they_teach(seen):
    """Unless cover is counted for it, which the visitor may have ruled out."""
    for key, lesson in seen.covers:
        if not seen.visitors[key].may_be_covered:
            yield f"{seen.name(key)} teaches in period {lesson.period} and wants no cover."


def somebody_covers(seen):
    for period, count in sorted(covering(seen).missing.items()):
        yield f"{count} more to cover classes would be needed in period {period}."


def wishes_hold(seen):
    asked = seen.question
    for pin in asked.pins:
        if not any(_is_as(visit, pin) for visit in seen.visits):
            yield f"{_said(seen, pin)} is pinned and not in the plan."
    for wish in asked.forbids:
        if any(_is_as(visit, wish) for visit in seen.visits):
            yield f"{_said(seen, wish)} is not to be, and it is in the plan."


def _is_as(visit, wish):
    return wish.visitor in visit.visitors and wish.host in (None, visit.host) and wish.starts in (None, visit.starts)


def _said(seen, wish):
    host = f" to {seen.name(wish.host)}" if wish.host is not None else ""
    return f"A visit of {seen.name(wish.visitor)}{host}{f' at {clock(wish.starts)}' if wish.starts is not None else ''}"


RULES = (
    everybody_is_known,
    all_is_within_the_half_day,
    visits_are_between_the_meetings,
    doors_are_open,
    teams_are_whole,
    teams_stay_together,
    teams_can_walk,
    rooms_hold_them,
    hosts_are_not_overrun,
    visitors_have_their_visits,
    nobody_is_elsewhere,
    hosts_are_in_their_room,
    nobody_visits_while_they_teach,
    somebody_covers,
    wishes_hold,
)
