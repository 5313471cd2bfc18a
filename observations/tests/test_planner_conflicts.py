"""When no plan is possible the planner says why: the smallest set of wishes that stand against each other."""

from dataclasses import replace
from itertools import combinations

import pytest

from observations.planner.question import Span, Wish
from observations.planner.solving import plan_walk

from .planning import HALF_DAY, four, host, question, visitor

SECONDS = 20


def conflict(asked):
    answer = plan_walk(asked, seconds=SECONDS)
    assert answer.plan is None
    assert answer.conflict_is_smallest
    return set(answer.conflict)


def test_a_pin_and_its_opposite():
    asked = four(pins=(Wish("a", "X"), Wish("b", "Y")), forbids=(Wish("a", "X"),))

    assert conflict(asked) == {"There is to be a visit of a to X.", "There is not to be a visit of a to X."}


def test_too_few_doors_for_all():
    asked = four(hosts=[host("X", most=1)], team_most=2)

    assert (
        conflict(asked)
        == {
            "X takes at most 1 visit.",
            "a wants at least 1 visit.",
            "b wants at least 1 visit.",
            "c wants at least 1 visit.",
        }
        or len(conflict(asked)) == 4
    )


def test_who_teaches_all_day_and_wants_no_cover():
    asked = question([visitor("a", "1", may_be_covered=False), visitor("b"), visitor("c")], [host("X", "1")])

    assert conflict(asked) == {"No class of a's is to be covered.", "a wants at least 1 visit."}


def test_protected_planning_is_named():
    busy = (Span("protected planning", 480, 525),)
    asked = question([visitor("a", busy=busy), visitor("b"), visitor("c")], [host("X", "1")])

    assert conflict(asked) == {"a cannot come from 8:00 to 8:45: protected planning.", "a wants at least 1 visit."}


def test_too_few_substitutes():
    asked = question([visitor("a", "1"), visitor("b", "1")], [host("X", "1")], substitutes={"1": 1})

    assert conflict(asked) == {
        "There is 1 substitute in period 1.",
        "a wants at least 1 visit.",
        "b wants at least 1 visit.",
    } or "There is 1 substitute in period 1." in conflict(asked)


def test_too_few_chairs():
    asked = question([visitor(key) for key in "abc"], [host("X", "1", capacity=1, name="Mr Xu")])

    assert "Mr Xu has room for 1 visitor." in conflict(asked)


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (four(visitors=[visitor("a")]), "A team needs at least 2 visitors, and there are 1."),
        (four(hosts=[]), "Nobody's door is open for a whole visit in this half day."),
        (
            four(half_day=replace(HALF_DAY, closes=480)),
            "The half day is too short for a pre-brief, a visit and a debrief.",
        ),
        (
            four(visitors=[visitor(key) for key in "abc"], team_most=2),
            "3 visitors cannot be parted into teams of 2 to 2.",
        ),
    ],
)
def test_what_no_wish_could_mend(asked, words):
    assert conflict(asked) == {words}


def test_none_of_a_conflict_can_be_left_out():
    """Giving up any one of them makes a plan possible."""
    visitors = [visitor("a", "1", may_be_covered=False), visitor("b"), visitor("c")]
    asked = question(visitors, [host("X", "1")])

    given_up = [
        replace(asked, visitors=(replace(asked.visitors[0], may_be_covered=True), *asked.visitors[1:])),
        replace(asked, visitors=(replace(asked.visitors[0], least=0), *asked.visitors[1:])),
    ]
    assert all(plan_walk(one, seconds=SECONDS).plan for one in given_up)


def test_the_smallest_of_two_conflicts_is_named():
    """Two pins against one another are fewer than the four wishes that one open door cannot meet."""
    asked = four(hosts=[host("X", most=1)], team_most=2, pins=(Wish("a", "X", 483),), forbids=(Wish("a", "X", 483),))

    assert len(conflict(asked)) == 2
    assert len(list(combinations(conflict(asked), 2))) == 1
