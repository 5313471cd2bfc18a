"""A thousand plans that break a rule by the way they were made: the checker refuses every one.

Each change takes a question, a plan for it that the planner made, and a source of chance; it gives both back, one of
them changed so that the plan cannot be right any more, or None where that plan has nothing to break.
"""

import random
from dataclasses import replace
from functools import cache

from observations.checker import check
from observations.planner.question import Span, Wish
from observations.planner.solving import plan_walk

from .planning import lesson, some_question


def refusals(asked, made):
    return check(asked, made).refusals


def moved(asked, made, rng, visit, **to):
    return asked, replace(made, visits=tuple(one._replace(**to) if one is visit else one for one in made.visits))


def at_night(asked, made, rng):
    return moved(asked, made, rng, rng.choice(made.visits), starts=rng.randrange(60))


def alone(asked, made, rng):
    visit = rng.choice(made.visits)
    return moved(asked, made, rng, visit, visitors=frozenset([rng.choice(sorted(visit.visitors))]))


def with_a_stranger(asked, made, rng):
    visit = rng.choice(made.visits)
    return moved(asked, made, rng, visit, visitors=visit.visitors | {f"stranger {rng.random()}"})


def at_a_strangers(asked, made, rng):
    return moved(asked, made, rng, rng.choice(made.visits), host=f"stranger {rng.random()}")


def with_everybody(asked, made, rng):
    """Teams are 4 at the most: with one visitor more than that, some are of another team."""
    everybody = frozenset(one.key for one in asked.visitors)
    return moved(asked, made, rng, rng.choice(made.visits), visitors=everybody) if len(everybody) > 4 else None


def twice(asked, made, rng):
    """The same visit again is in the same room at the same time."""
    return asked, replace(made, visits=(*made.visits, rng.choice(made.visits)))


def again_at_another_time(asked, made, rng):
    visit = rng.choice(made.visits)
    return asked, replace(made, visits=(*made.visits, visit._replace(starts=visit.starts + rng.randrange(1, 60))))


def in_two_rooms(asked, made, rng):
    """A visit somewhere else begins before the team can be there."""
    visit = rng.choice(made.visits)
    others = [one.key for one in asked.hosts if one.key != visit.host]
    soon = visit._replace(host=rng.choice(others), starts=visit.starts + rng.randrange(asked.visit_minutes))
    return asked, replace(made, visits=(*made.visits, soon))


def left_out(asked, made, rng):
    """Somebody who wants a visit has none."""
    key = rng.choice(asked.visitors).key
    return asked, replace(made, visits=tuple(one._replace(visitors=one.visitors - {key}) for one in made.visits))


def without_a_team(asked, made, rng):
    team = rng.choice(made.teams)
    return asked, replace(made, teams=tuple(one for one in made.teams if one != team))


def in_two_teams(asked, made, rng):
    key = rng.choice(asked.visitors).key
    return asked, replace(made, teams=(*made.teams, frozenset([key, rng.choice(asked.visitors).key])))


def a_team_of_one(asked, made, rng):
    team = rng.choice(made.teams)
    key = rng.choice(sorted(team))
    rest = [one for one in made.teams if one != team]
    return asked, replace(made, teams=(*rest, team - {key}, frozenset([key])))


def too_early(asked, made, rng):
    return asked, replace(made, pre_brief=asked.half_day.opens - rng.randrange(1, 60))


def too_late(asked, made, rng):
    end = asked.half_day.closes - asked.debrief_minutes
    return asked, replace(made, debrief=end + rng.randrange(1, 60))


def before_the_last_visit_is_over(asked, made, rng):
    last = max(visit.starts for visit in made.visits)
    return asked, replace(made, debrief=last + rng.randrange(asked.visit_minutes))


def while_busy(asked, made, rng):
    """A meeting that nobody can leave comes up during a visit."""
    visit = rng.choice(made.visits)
    key, minute = rng.choice(sorted(visit.visitors)), visit.starts + rng.randrange(asked.visit_minutes)
    busy = Span("a meeting", minute, minute + 1)
    return with_visitor(asked, key, busy=(busy,)), made


def while_teaching(asked, made, rng):
    """A class that is not to be covered is on during a visit."""
    visit = rng.choice(made.visits)
    key, minute = rng.choice(sorted(visit.visitors)), visit.starts + rng.randrange(asked.visit_minutes)
    own = lesson("1")._replace(starts=minute, ends=minute + 1)
    return with_visitor(asked, key, lessons=(own,), may_be_covered=False), made


def with_visitor(asked, key, **to):
    return replace(asked, visitors=tuple(replace(one, **to) if one.key == key else one for one in asked.visitors))


def with_host(asked, key, **to):
    return replace(asked, hosts=tuple(replace(one, **to) if one.key == key else one for one in asked.hosts))


def behind_a_closed_door(asked, made, rng):
    visit = rng.choice(made.visits)
    shut = Span("1", visit.starts + 1, visit.starts + 200)
    return with_host(asked, visit.host, open=(shut,)), made


def fewer_chairs(asked, made, rng):
    visit = rng.choice(made.visits)
    return with_host(asked, visit.host, capacity=len(visit.visitors) - 1), made


def fewer_visits_offered(asked, made, rng):
    host_key = rng.choice(made.visits).host
    return with_host(asked, host_key, most=sum(visit.host == host_key for visit in made.visits) - 1), made


def nobody_to_cover(asked, made, rng):
    return (replace(asked, substitutes={}, colleagues=()), made) if check(asked, made).covers else None


def not_to_be(asked, made, rng):
    visit = rng.choice(made.visits)
    wish = Wish(rng.choice(sorted(visit.visitors)), visit.host, rng.choice([None, visit.starts]))
    return replace(asked, forbids=(wish,)), made


def not_pinned_so(asked, made, rng):
    visit = rng.choice(made.visits)
    return replace(asked, pins=(Wish(rng.choice(sorted(visit.visitors)), visit.host, visit.starts + 1),)), made


def rooms_far_apart(asked, made, rng):
    """The meeting room is further away than the time before and after."""
    return replace(asked, walking=replace(asked.walking, usual=500, between={})), made


MUTATIONS = (
    at_night, alone, with_a_stranger, at_a_strangers, with_everybody, twice, again_at_another_time, in_two_rooms,
    left_out, without_a_team, in_two_teams, a_team_of_one, too_early, too_late, before_the_last_visit_is_over,
    while_busy, while_teaching, behind_a_closed_door, fewer_chairs, fewer_visits_offered, nobody_to_cover, not_to_be,
    not_pinned_so, rooms_far_apart,
)  # fmt: skip


@cache
def good_plans():
    asked = [some_question(seed, people, 5) for seed, people in enumerate((5, 6, 7, 8, 9, 6, 7, 8))]
    made = [(one, plan_walk(one, seconds=2).plan) for one in asked]
    return [(one, found) for one, found in made if found]


def test_a_thousand_broken_plans_are_refused():
    rng, broken, used = random.Random(20261122), 0, set()
    assert len(good_plans()) >= 4
    while broken < 1000:
        change = MUTATIONS[(broken + rng.randrange(len(MUTATIONS))) % len(MUTATIONS)]
        changed = change(*rng.choice(good_plans()), rng)
        if changed:
            assert refusals(*changed), change.__name__
            broken, used = broken + 1, used | {change}
    assert used == set(MUTATIONS)
