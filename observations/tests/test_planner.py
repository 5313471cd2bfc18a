"""The planner against every plan there is, rule by rule, and without Django."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from observations import planner
from observations.checker import check
from observations.planner import model, reach, solving, steps
from observations.planner.question import Cost, Walking, Wish
from observations.planner.reach import Reach
from observations.planner.solving import plan_walk

from .planning import every_plan, four, host, question, some_question, visitor

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


@pytest.mark.parametrize("seed", [0, 1, 2, 5, 6, 7])
def test_bounds_are_below_every_plan_that_is_found(seed):
    asked = some_question(seed)
    answer = plan_walk(asked, seconds=SECONDS)

    if answer.plan:
        assert Reach(asked).bound <= answer.cost
        assert answer.bound <= answer.cost
        assert check(asked, answer.plan).cost == answer.cost
    else:
        assert answer.conflict


# One question for each rule that only the rule keeps from a plan which the checker refuses.
FAR = Walking(between={("RX", "RY"): 60})
TIGHT = {"pre_brief_at": 455, "debrief_at": 630}
WITHOUT = {
    "meet_once": four(),
    "all_attend_the_meetings": four(
        visitors=[visitor("a", "1"), *map(visitor, "bcd")], pre_brief_at=490, debrief_at=630
    ),
    "visits_lie_between": four(pre_brief_at=580, debrief_at=630),
    "teams_part_the_visitors": some_question(5, 6),
    "a_team_is_in_one_place": four(visitors=[visitor(key, least=2) for key in "abcd"], walking=FAR, **TIGHT),
    "visitors_go_with_their_team": four(team_most=2, hosts=[host("X", capacity=2), host("Y", capacity=2)], **TIGHT),
    "rooms_hold_them": four(hosts=[host("X", "1", capacity=2)], team_most=4, **TIGHT),
    "hosts_are_not_overrun": four(team_most=2, hosts=[host("X", most=1), host("Y", most=3)], **TIGHT),
    "visitors_have_their_visits": four(visitors=[visitor(key, most=1) for key in "abcd"], **TIGHT),
    "nobody_visits_while_they_teach": four(visitors=[visitor("a", "123"), *map(visitor, "bcd")], **TIGHT),
    "hosts_are_in_their_room": question(
        [visitor("X", "2", focus=frozenset("q")), *(visitor(key, focus=frozenset("r")) for key in "bcd")],
        [host("X", "2", focus=frozenset("r")), host("Y", "2", focus=frozenset("q")), host("Z", "3")],
        **TIGHT,
    ),
    "somebody_covers": four(visitors=[visitor(key, "123") for key in "abcd"], substitutes={"2": 4}, **TIGHT),
    "pins_hold": four(pins=(Wish("a", "X", 580),), forbids=(Wish("a", "Y"),), **TIGHT),
}


def is_sound(asked):
    """There is a plan that can be read, that the checker accepts, at the cost that the planner says."""
    try:
        answer = plan_walk(asked, seconds=SECONDS)
    except StopIteration:
        return False
    verdict = check(asked, answer.plan) if answer.plan else None
    return verdict is not None and verdict.is_accepted and verdict.cost == answer.cost


@pytest.mark.parametrize("rule", [rule.__name__ for rule in model.RULES])
def test_a_rule_is_missed_when_it_is_gone(rule, monkeypatch):
    def without(written):
        written.substitutes = written.cp.new_int_var(0, 99, "")

    asked, rest = WITHOUT[rule], [one for one in model.RULES if one.__name__ != rule]
    # The bounds and a first guess would keep many a fault out by themselves.
    monkeypatch.setattr(solving, "STEPS", solving.STEPS[-1:])
    monkeypatch.setattr(steps, "first_guess", lambda reach: None)
    monkeypatch.setattr(Reach, "bound", property(lambda reach: Cost() if reach.bounds else None))
    monkeypatch.setattr(model, "RULES", [*rest, without] if rule == "somebody_covers" else rest)

    assert not is_sound(asked)


def test_a_bound_that_all_together_cannot_meet_spoils_no_later_item():
    asked = WITHOUT["hosts_are_in_their_room"]

    # X alone could see a match for a class, but then the others see none: one is left out, and no class is missed.
    assert planned(asked).cost == Cost(0, 1, 0, 0, 0, 455)


@pytest.mark.parametrize(("doors", "uneven"), [(3, 0), (4, 0), (5, 1)])
def test_it_is_counted_whether_all_doors_can_be_visited_alike(doors, uneven):
    # Four people with two visits each, two at least at a time: 2 to 4 visits, of five doors one is left out.
    busy_later = [visitor(key, "23", least=2) for key in "abcd"]
    asked = question(busy_later, [host(f"H{n}", "1") for n in range(doors)], visit_minutes=12)

    assert Reach(asked).bound.uneven == uneven
    assert planned(asked).cost.uneven == uneven


@pytest.mark.parametrize("seed", range(8))
def test_what_is_counted_before_the_search_makes_no_plan_worse(seed, monkeypatch):
    asked = some_question(seed)
    counted = plan_walk(asked, seconds=SECONDS)
    monkeypatch.setattr(reach, "least_unevenness", lambda reach, frame: 0)

    assert counted.cost == plan_walk(asked, seconds=SECONDS).cost


@pytest.mark.parametrize("rule", ["pins_hold", "hosts_are_in_their_room", "somebody_covers", "a_team_is_in_one_place"])
def test_the_questions_of_the_rules_have_answers(rule):
    assert is_sound(WITHOUT[rule])


def test_no_cover_is_counted_for_who_visits_in_a_free_period():
    asked = four(visitors=[visitor(key, "13") for key in "abcd"], **TIGHT)

    assert planned(asked).cost.covers == 0


def test_a_match_is_worth_a_class():
    visitors = [visitor(key, "1", focus=frozenset(["groups"])) for key in "ab"]
    doors = [host("X", "1", focus=frozenset(["groups"])), host("Y", "23", focus=frozenset(["start"]))]

    assert planned(question(visitors, doors)).cost[:3] == (0, 0, 2)


def test_pins_and_pinned_meetings_are_kept():
    asked = four(pins=(Wish("a", "Y", 540),), forbids=(Wish("b", "X"),), pre_brief_at=460, debrief_at=635)

    plan = planned(asked).plan

    assert (plan.pre_brief, plan.debrief) == (460, 635)
    assert any(visit.host == "Y" and visit.starts == 540 and "a" in visit.visitors for visit in plan.visits)


def test_more_than_time_allows_ends_with_a_stated_gap():
    asked = some_question(7, people=30, doors=12, substitutes=dict.fromkeys("123", 30))

    answer = plan_walk(asked, seconds=0)

    assert answer.seconds < 30
    assert answer.gap is None or min(answer.gap) >= 0


def test_two_runs_are_alike():
    assert plan_walk(TINY[2], seconds=SECONDS).plan == plan_walk(TINY[2], seconds=SECONDS).plan


@pytest.mark.parametrize(
    "wrong",
    [
        {"visit_minutes": 9},
        {"visit_minutes": 26},
        {"team_least": 1},
        {"team_most": 5},
        {"team_least": 4, "team_most": 3},
    ],
)
def test_lengths_and_sizes_out_of_range_are_refused(wrong):
    with pytest.raises(ValueError, match=r"10 to 25|2 to 4"):
        four(**wrong)


# --- plain Python -------------------------------------------------------------------------------------------------

PURE = [
    *Path(planner.__file__).parent.glob("*.py"),
    *(Path(planner.__file__).parent.parent / f for f in ("checker.py", "plan_costs.py")),
]
ALLOWED = {"ortools"} | set(sys.stdlib_module_names)


def foreign(source):
    """Modules that a file imports from beyond the planner and the standard library."""
    for node in ast.walk(ast.parse(source)):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom):
            names = [node.module] if not node.level else ["django"] if node.level > 1 else []
        yield from (name for name in names if name.split(".")[0] not in ALLOWED)


def test_the_planner_and_the_checker_know_no_django():
    assert len(PURE) > 10
    assert [
        (path.name, list(foreign(path.read_text(encoding="utf-8")))) for path in PURE if any(foreign(path.read_text()))
    ] == []


@pytest.mark.parametrize("fault", ["import django.db", "from django.db import models", "from ..models import Walk"])
def test_an_import_of_django_is_found(fault):
    assert list(foreign(fault))


@pytest.mark.parametrize(("module", "unwanted"), [("planner.solving", "django"), ("checker", "ortools")])
def test_what_is_imported_stays_small(module, unwanted):
    loads = f"import sys, observations.{module}; sys.exit({unwanted!r} in sys.modules)"

    subprocess.run([sys.executable, "-c", loads], check=True, cwd=Path(planner.__file__).parents[2])
