"""The checker: it accepts what the planner makes at the same cost, and refuses whatever breaks a rule."""

from dataclasses import replace

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
