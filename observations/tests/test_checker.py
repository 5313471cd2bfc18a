"""The checker: it accepts what the planner makes at the same cost, and refuses whatever breaks a rule."""

import random
from dataclasses import replace
from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from observations.checker import RULES, check
from observations.planner.question import Colleague, Plan, Span, Visit, Wish
from observations.planner.solving import plan_walk

from .planning import four, host, lesson, question, some_question, visitor

SECONDS = 20
A, B, C, D = "abcd"


def plan(*visits, teams=("abcd",), pre_brief=455, debrief=630):
    visits = tuple(Visit(key, starts, frozenset(who)) for key, starts, who in visits)
    return Plan(pre_brief, debrief, tuple(map(frozenset, teams)), visits)


GOOD = plan(("X", 483, "abcd"), ("Y", 533, "abcd"))


def refusals(asked, made=GOOD):
    return list(check(asked, made).refusals)


def test_a_good_plan_is_accepted_and_its_cost_said():
    verdict = check(four(), GOOD)

    assert verdict.is_accepted
    # From 7:50, when the pre-brief is over, to 10:30, less two visits of 20 minutes: for each of four.
    assert verdict.cost == (0, 0, 0, 0, 0, 4 * (160 - 40))


BROKEN = {
    "everybody_is_known": (four(), plan(("Z", 483, "abcd")), "Z is no host of this walk."),
    "all_is_within_the_half_day": (
        four(),
        replace(GOOD, pre_brief=450),
        "The pre-brief at 7:30 is before the half day begins at 7:35.",
    ),
    "visits_are_between_the_meetings": (
        four(),
        replace(GOOD, pre_brief=466),
        "Nobody can walk from the pre-brief to X by 8:03.",
    ),
    "doors_are_open": (
        four(hosts=(host("X", "2"), host("Y"))),
        GOOD,
        "The door of X is not open for a whole visit from 8:03.",
    ),
    "teams_are_whole": (four(), replace(GOOD, teams=(frozenset("abc"),)), "d is in no team."),
    "teams_stay_together": (
        four(),
        replace(GOOD, teams=(frozenset("ab"), frozenset("cd"))),
        "a and b and c and d are on a visit together and in different teams.",
    ),
    "teams_can_walk": (
        four(),
        plan(("X", 483, "abcd"), ("Y", 505, "abcd")),
        "a and b and c and d cannot be with X at 8:03 and with Y at 8:25.",
    ),
    "rooms_hold_them": (four(hosts=(host("X", capacity=3), host("Y"))), GOOD, "X has room for 3, not for 4."),
    "hosts_are_not_overrun": (four(hosts=(host("X", most=0), host("Y"))), GOOD, "X has 1 visits and offered 0."),
    "visitors_have_their_visits": (
        four(visitors=tuple(visitor(key, least=3, most=3) for key in "abcd")),
        GOOD,
        "a has 2 of at least 3 visits.",
    ),
    "nobody_is_elsewhere": (
        four(visitors=(visitor(A, busy=(Span("protected planning", 500, 520),)), *map(visitor, "bcd"))),
        GOOD,
        "a cannot come between 8:20 and 8:40: protected planning.",
    ),
    "hosts_are_in_their_room": (
        question([visitor("X"), *map(visitor, "abc")], [host("X"), host("Y")]),
        plan(("X", 483, "abc"), ("Y", 483, "Xa"), teams=("Xabc",)),
        "X is visited at 8:03 and on a visit at 8:03.",
    ),
    "nobody_visits_while_they_teach": (
        four(visitors=(visitor(A, "1", may_be_covered=False), *map(visitor, "bcd"))),
        GOOD,
        "a teaches in period 1 and wants no cover.",
    ),
    "somebody_covers": (
        four(visitors=(visitor(A, "1"), *map(visitor, "bcd")), substitutes={}),
        GOOD,
        "1 more to cover classes would be needed in period 1.",
    ),
    "wishes_hold": (four(forbids=(Wish(A, "X"),)), GOOD, "A visit of a to X is not to be, and it is in the plan."),
}


def test_every_rule_has_a_plan_that_breaks_it():
    assert list(BROKEN) == [rule.__name__ for rule in RULES]


@pytest.mark.parametrize("rule", BROKEN)
def test_a_broken_rule_is_said_in_words(rule, monkeypatch):
    asked, made, words = BROKEN[rule]

    assert words in refusals(asked, made)
    # The rule itself says so, not another one.
    monkeypatch.setattr("observations.checker.RULES", [one for one in RULES if one.__name__ != rule])
    assert words not in refusals(asked, made)


def test_a_pin_that_is_not_met_is_refused():
    assert refusals(four(pins=(Wish(A, "X", 580),))) == ["A visit of a to X at 9:40 is pinned and not in the plan."]


def test_a_class_next_to_the_visit_is_missed_by_who_has_to_walk():
    asked = four(visitors=(replace(visitor(A), lessons=(lesson("1")._replace(ends=482),)), *map(visitor, "bcd")))

    assert check(asked, GOOD).covers == (("a", asked.visitors[0].lessons[0]),)


def test_colleagues_help_before_substitutes_are_called():
    visitors = (visitor(A, "1"), visitor(B, "1"), visitor(C, "2"), visitor(D))
    helpful = (Colleague("p", frozenset("12")), Colleague("q", frozenset("1")))
    made = plan(("X", 483, "abcd"), ("Y", 533, "abcd"))

    assert check(four(visitors=visitors), made).cost.substitutes == 2
    # The first could take the second's class, who can help in one period only: three classes, two colleagues.
    assert check(four(visitors=visitors, colleagues=helpful), made).cost.substitutes == 1
    assert check(four(visitors=visitors, colleagues=helpful, substitutes={"1": 1}), made).is_accepted
    assert not check(four(visitors=visitors, colleagues=helpful, substitutes={}), made).is_accepted


@settings(max_examples=12, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(st.integers(0, 10_000), st.integers(4, 9), st.integers(2, 6))
def test_what_the_planner_makes_is_accepted_at_the_same_cost(seed, people, doors):
    asked = some_question(seed, people, doors)
    answer = plan_walk(asked, seconds=2)

    if answer.plan:
        verdict = check(asked, answer.plan)
        assert verdict.refusals == ()
        assert verdict.cost == answer.cost
        assert answer.bound <= answer.cost


# --- plans that break a rule by the way they were made ------------------------------------------------------------


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
