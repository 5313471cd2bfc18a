"""Replanning: what has begun stays, and as little as possible of the rest changes."""

from dataclasses import replace

from observations.checker import check
from observations.planner.question import Plan, Visit, Wish
from observations.planner.replanning import replan
from observations.planner.solving import plan_walk

from .planning import host, question, visitor

SECONDS = 20


def eight(**more):
    asked = question([visitor(key, least=2) for key in "abcdefgh"], [host(key) for key in "XYZ"], **more)
    return asked, plan_walk(asked, seconds=SECONDS).plan


def entries(plan, *, without=()):
    return {(key, visit.host, visit.starts) for visit in plan.visits for key in visit.visitors if key not in without}


def test_nothing_changes_when_nothing_happened():
    asked, plan = eight()

    again = replan(asked, plan, seconds=SECONDS)

    assert again.plan == plan
    assert again.answer.cost.changes == 0


def by_hand(*teams):
    """Three teams who change places; they can be told apart by their letters."""
    asked = question([visitor(key, least=2) for team in teams for key in team], [host(key) for key in "XYZ"])
    ways = ("XY", "YZ", "ZX")
    visits = [
        Visit(way[turn], start, frozenset(team))
        for team, way in zip(teams, ways, strict=True)
        for turn, start in enumerate((530, 553))
    ]
    plan = Plan(512, 578, tuple(map(frozenset, teams)), tuple(visits))
    assert check(asked, plan).is_accepted
    return asked, plan


def test_one_who_withdraws_from_a_team_of_three_changes_nobody():
    asked, plan = by_hand("abc", "def", "gh")

    again = replan(asked, plan, gone={"a"}, seconds=SECONDS)

    assert entries(again.plan) == entries(plan, without={"a"})
    assert again.answer.cost.changes == 0
    assert check(again.question, again.answer.plan).is_accepted


def test_one_who_withdraws_from_a_pair_moves_only_one():
    asked, plan = by_hand("ab", "cd", "ef")

    again = replan(asked, plan, gone={"e"}, seconds=SECONDS)

    changed = entries(again.plan) ^ entries(plan, without={"e"})
    assert {key for key, _, _ in changed} == {"f"}
    assert len(changed) == again.answer.cost.changes == again.answer.bound.changes
    verdict = check(again.question, again.answer.plan)
    assert verdict.refusals == ()
    assert verdict.cost == again.answer.cost


def test_a_host_who_withdraws_is_visited_by_nobody():
    asked, plan = eight()

    again = replan(asked, plan, gone={"X"}, seconds=SECONDS)

    assert "X" not in {visit.host for visit in again.plan.visits} if again.plan else again.answer.conflict


def test_pins_are_kept():
    asked, plan = eight()
    pin = Wish("a", "Z", 583)

    again = replan(replace(asked, pins=(pin,)), plan, seconds=SECONDS)

    assert ("a", "Z", 583) in entries(again.plan)


def test_what_has_begun_stays_as_it_was():
    asked, plan = eight()
    now = sorted(visit.starts for visit in plan.visits)[0] + 5
    over = {entry for entry in entries(plan) if entry[2] < now}

    again = replan(asked, plan, gone={"a"}, now=now, seconds=SECONDS)

    assert {entry for entry in entries(again.plan) if entry[2] < now} == over
    assert all(entry[0] != "a" for entry in entries(again.plan) - over)
    for key in "bcdefgh":
        own = sorted(entry[2] for entry in entries(again.plan) if entry[0] == key)
        assert len(own) >= 2
        assert all(later - earlier >= asked.visit_minutes for earlier, later in zip(own, own[1:], strict=False))
