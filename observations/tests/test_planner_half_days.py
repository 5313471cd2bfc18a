"""The three best half days: those that a plan of each and every one would give, and no more work than that needs."""

import datetime as dt
from dataclasses import replace

import pytest

from observations.planner import half_days
from observations.planner.half_days import three_best
from observations.planner.question import Span
from observations.planner.solving import plan_walk

from .planning import four, host, question, some_question, visitor

SECONDS = 30


def on_day(asked, number):
    return replace(asked, half_day=replace(asked.half_day, day=dt.date(2026, 11, 2) + dt.timedelta(number)))


def some_days():
    """Five who are free at other times each day, and the same two doors."""
    for number in range(6):
        asked = some_question(number + 20, people=5, doors=3, substitutes=dict.fromkeys("123", 5))
        people = tuple(replace(one, may_be_covered=True, busy=()) for one in asked.visitors)
        yield on_day(replace(asked, visitors=people, visit_minutes=12), number)


def test_they_are_those_that_planning_all_would_give():
    days = list(some_days())

    choices = three_best(days, seconds=SECONDS)

    alone = sorted((answer.cost, one.half_day.day) for one in days if (answer := plan_walk(one, seconds=SECONDS)).plan)
    assert [(choice.cost, choice.question.half_day.day) for choice in choices.best] == alone[:3]
    assert choices.is_proven
    assert choices.planned + choices.skipped + choices.impossible == len(days)


def test_the_same_half_day_on_another_date_is_planned_once(monkeypatch):
    planned = []
    monkeypatch.setattr(half_days, "Search", lambda *args: planned.append(args) or half_days_search(*args))
    days = [on_day(four(), number) for number in range(5)]

    choices = three_best(days, seconds=SECONDS)

    assert len(planned) == 1
    assert [choice.question.half_day.day for choice in choices.best] == [one.half_day.day for one in days[:3]]


half_days_search = half_days.Search


def test_what_cannot_be_among_the_best_is_not_planned():
    good = [on_day(four(visit_minutes=20 + number), number) for number in range(3)]
    dear = [
        on_day(four(visitors=[visitor(key, "123") for key in "abcd"], visit_minutes=10 + n), 5 + n) for n in range(4)
    ]

    choices = three_best([*dear, *good], seconds=SECONDS)

    assert {choice.question.half_day.day for choice in choices.best} == {one.half_day.day for one in good}
    assert choices.skipped == 3  # two are planned at a time
    assert choices.is_proven


def test_who_cannot_come_is_counted_as_left_out():
    busy = visitor("a", busy=(Span("a day off", 0, 1440),))
    asked = four(visitors=[busy, *map(visitor, "bcd")])

    (choice,) = three_best([asked], seconds=SECONDS).best

    assert choice.away == {"a"}
    assert choice.cost.unmatched == 1
    assert {one.key for one in choice.question.visitors} == set("bcd")


def test_half_days_without_a_plan_are_counted():
    choices = three_best([four(hosts=[]), question([visitor("a")], [host("X")])], seconds=SECONDS)

    assert choices.best == ()
    assert choices.impossible == 2


def test_progress_is_told_and_can_end_it():
    told = []
    three_best(list(some_days()), seconds=SECONDS, progress=lambda done, total: told.append((done, total)))

    assert told == sorted(told)
    assert told[-1] == (12, 12)

    class Enough(Exception):
        pass

    def stop(done, total):
        raise Enough

    with pytest.raises(Enough):
        three_best(list(some_days()), seconds=SECONDS, progress=stop)


def test_without_time_the_bounds_of_the_rest_are_stated():
    choices = three_best(list(some_days()), seconds=-1)

    assert choices.best == ()
    assert not choices.is_proven
    assert len(choices.open_bounds) == choices.skipped
