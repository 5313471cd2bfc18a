"""Places, who waits for them, and open doors at one moment. SQLite has one writer at a time: this needs PostgreSQL."""

import datetime as dt

import pytest

from notices.models import Notice
from observations.models import DoorTime, OpenDoor, WalkPlace, WalkWait
from observations.services import walks
from people.models import Role
from schedule.models import TeachingSlot
from schedule.services.timetables import remove_slot

from .conftest import NOW
from .opening import opened, period
from .test_races import again, at_once, only_one

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]

MINUTE = dt.timedelta(minutes=1)


@pytest.fixture
def colleagues(person, school, year):
    return [person(f"Colleague{number} Kim", Role.TEACHER, school) for number in range(4)]


def team():
    return sorted(WalkPlace.objects.taken().values_list("person__name", "focus"))


def all_done(ends):
    assert set(ends) == {"done"}, ends


@pytest.mark.parametrize("repeat", range(5))
def test_a_place_given_back_goes_to_the_first_in_line_and_not_to_who_comes_by(set_up, ana, ben, cleo, repeat):
    walk = set_up(places=1)
    walks.join_walk(walk, by=ana)
    walks.wait_for_place(walk, by=ben, focus="Waited")

    left, *_ = ends = at_once(
        lambda: walks.leave_walk(walk, by=again(ana)), lambda: walks.join_walk(walk, by=again(cleo), focus="Came by")
    )

    only_one(ends)
    assert left == "done"
    assert team() == [("Ben Okafor", "Waited")]
    assert Notice.objects.filter(kind="walk_moved_up").count() == 1


@pytest.mark.parametrize("repeat", range(5))
def test_two_leave_at_once_and_the_first_two_in_line_move_up(set_up, ana, ben, colleagues, repeat):
    walk = set_up(places=2)
    for person in (ana, ben):
        walks.join_walk(walk, by=person)
    for number, person in enumerate(colleagues):
        walks.wait_for_place(walk, by=person, focus=f"Focus {number}", at=NOW + number * MINUTE)

    all_done(at_once(*(lambda who=who: walks.leave_walk(walk, by=again(who)) for who in (ana, ben))))

    assert team() == [("Colleague0 Kim", "Focus 0"), ("Colleague1 Kim", "Focus 1")]
    assert [wait.person for wait in WalkWait.objects.all()] == colleagues[2:]
    assert Notice.objects.filter(kind="walk_moved_up").count() == 2


@pytest.mark.parametrize("repeat", range(5))
def test_who_asks_to_wait_while_a_place_becomes_free_has_it_or_is_first_in_line_for_it(set_up, ana, ben, repeat):
    walk = set_up(places=1)
    walks.join_walk(walk, by=ana)

    all_done(
        at_once(
            lambda: walks.leave_walk(walk, by=again(ana)),
            lambda: walks.wait_for_place(walk, by=again(ben), focus="Mine"),
        )
    )

    assert team() == [("Ben Okafor", "Mine")]
    assert not WalkWait.objects.exists()


@pytest.mark.parametrize("repeat", range(5))
def test_the_limit_is_raised_while_somebody_leaves_and_nobody_is_passed_over(
    set_up, ana, colleagues, facilitator, repeat
):
    walk = set_up(places=1)
    walks.join_walk(walk, by=ana)
    for number, person in enumerate(colleagues):
        walks.wait_for_place(walk, by=person, at=NOW + number * MINUTE)
    change = {"purpose": "Talk", "places": 2, "listed": True}

    all_done(
        at_once(
            lambda: walks.leave_walk(walk, by=again(ana)),
            lambda: walks.change_walk(walk, by=again(facilitator), **change),
        )
    )

    assert [name for name, _ in team()] == ["Colleague0 Kim", "Colleague1 Kim"]


@pytest.mark.parametrize("repeat", range(5))
def test_the_focus_written_while_moving_up_is_the_one_that_is_kept(set_up, ana, ben, repeat):
    walk = set_up(places=1)
    walks.join_walk(walk, by=ana)
    walks.wait_for_place(walk, by=ben, focus="Before")

    all_done(
        at_once(
            lambda: walks.leave_walk(walk, by=again(ana)),
            lambda: walks.wait_for_place(walk, by=again(ben), focus="After"),
        )
    )

    assert team() == [("Ben Okafor", "After")]


@pytest.mark.parametrize("repeat", range(3))
def test_a_period_that_is_opened_twice_at_once_is_open_in_one_door(taught, ana, school, repeat):
    (said,) = only_one(at_once(*(lambda: opened(again(ana), school, period(1, "2")) for _ in range(2))))

    assert "is open already in another door of yours" in said
    assert OpenDoor.objects.count() == 1


@pytest.mark.parametrize("repeat", range(3))
def test_a_class_that_goes_while_its_door_is_opened_is_refused_or_flagged(taught, ana, school, principal, repeat):
    slot = TeachingSlot.objects.get(class_name="Grade 4 math", position=1)

    removed, made = at_once(
        lambda: remove_slot(slot, by=again(principal), at=NOW), lambda: opened(again(ana), school, period(1, "2"))
    )

    assert removed == "done"
    if made == "done":
        assert DoorTime.objects.get().moved_on
    else:
        assert "there is no such class" in str(made)
        assert not OpenDoor.objects.exists()
