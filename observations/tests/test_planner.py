"""The planner against every plan there is, rule by rule, and without Django."""

import ast
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from observations import planner
from observations.checker import check
from observations.planner import model
from observations.planner.question import Cost, Question, Span, Walking, Wish
from observations.planner.reach import Reach
from observations.planner.solving import plan_walk

from .planning import every_plan, four, host, lesson, question, some_question, visitor

SECONDS = 20  # far more than any of these needs, so that time decides nothing


def planned(asked):
    answer = plan_walk(asked, seconds=SECONDS)
    verdict = check(asked, answer.plan)
    assert verdict.refusals == ()
    assert verdict.cost == answer.cost
    return answer


TINY = [
    question([visitor("a", "1"), visitor("b", "12"), visitor("c", "13")], [host("X", "2"), host("Y", "23", most=1)]),
    question(
        [visitor("a", "1", focus=frozenset("q")), visitor("b", "2"), visitor("c", "3", focus=frozenset("r"))],
        [host("X", "1", focus=frozenset("q")), host("Y", "13", focus=frozenset("qr"))],
        substitutes=dict.fromkeys("123", 1),
    ),
    question(
        [visitor("a", "1"), visitor("b", "23"), visitor("c"), visitor("d", "2")],
        [host("X"), host("Y")],
        team_most=2,
        pre_brief_at=455,
        debrief_at=630,
    ),
    question(
        [visitor("a", "123"), visitor("b", "123"), visitor("c", "123")],
        [host("X"), host("Y", "2", capacity=2)],
        visit_minutes=12,
        pre_brief_at=455,
        debrief_at=630,
    ),
]


@pytest.mark.parametrize("asked", TINY)
def test_no_plan_is_better_than_the_planners(asked):
    answer = planned(asked)

    verdicts = [verdict for plan in every_plan(asked) if (verdict := check(asked, plan)).is_accepted]
    assert answer.cost == min(verdict.cost for verdict in verdicts)
    assert answer.is_best_possible


@pytest.mark.parametrize("seed", range(8))
def test_bounds_are_below_every_plan_that_is_found(seed):
    asked = some_question(seed)
    answer = plan_walk(asked, seconds=SECONDS)

    if answer.plan:
        assert Reach(asked).bound <= answer.cost
        assert answer.bound <= answer.cost
        assert check(asked, answer.plan).cost == answer.cost
        assert answer.is_best_possible
    else:
        assert answer.conflict
