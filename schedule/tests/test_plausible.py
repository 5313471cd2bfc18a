from collections import defaultdict
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schedule.plausible import CLASS, LEVELS, LUNCH, plausible

schools = st.builds(plausible, st.sampled_from(sorted(LEVELS)), st.integers(0, 60).map(range), seed=st.integers(0, 99))


def at_one_time(rows, key):
    """{(day, period, key): the different things that are there}"""
    found = defaultdict(set)
    for row in rows:
        found[row.day, row.period, key(row)].add((row.class_name, row.room, row.subject))
    return found


@given(schools)
def test_nobody_and_no_room_is_in_two_places(plan):
    people = [(row.day, row.period, row.teacher) for row in plan.rows]
    rooms = at_one_time([row for row in plan.rows if row.room], lambda row: row.room)
    classes = at_one_time([row for row in plan.rows if row.kind == CLASS], lambda row: row.class_name)

    assert len(people) == len(set(people))
    assert [there for there in [*rooms.values(), *classes.values()] if len(there) > 1] == []


@given(schools)
def test_everybody_has_a_planning_period_every_day(plan):
    periods = {ring.name for ring in plan.bells["Regular day"]} - {LUNCH}
    busy = defaultdict(set)
    for row in plan.rows:
        busy[row.teacher, row.day].add(row.period)

    assert [one for one, taken in busy.items() if not periods - taken] == []


@given(schools)
def test_rows_stand_in_the_days_and_bells_of_the_plan(plan):
    names = [[ring.name for ring in rings] for rings in plan.bells.values()]

    assert {row.day for row in plan.rows} <= set(plan.days)
    assert {row.period for row in plan.rows} <= set(names[0])
    assert all(other == names[0] for other in names)
    for rings in plan.bells.values():
        assert all(ring.starts < ring.ends for ring in rings)
        assert all(one.ends <= other.starts for one, other in pairwise(rings))


@pytest.mark.parametrize("level", sorted(LEVELS))
def test_a_school_has_co_teachers_and_duties_and_is_the_same_each_time(level):
    plan = plausible(level, range(30), seed=4)

    together = at_one_time([row for row in plan.rows if row.kind == CLASS], lambda row: row.class_name)
    classes = [row for row in plan.rows if row.kind == CLASS]
    assert len(classes) > len(together)
    assert len(classes) < len(plan.rows)
    assert {row.teacher for row in plan.rows} == set(range(30))
    assert plausible(level, range(30), seed=4) == plan


def test_what_a_teacher_teaches_is_taken_over():
    high = plausible("high", ["ana"], teaches={"ana": "Physics"})
    small = plausible("elementary", ["ana"], teaches={"ana": "4"})

    assert {row.subject for row in high.rows if row.kind == CLASS} == {"Physics"}
    assert {row.class_name for row in small.rows if row.kind == CLASS} == {"Grade 4 A"}
