"""Who waits for a place moves up by themselves, in order, with the focus that they wrote."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from notices.models import Notice
from notices.registry import KINDS
from observations.models import Walk, WalkPlace, WalkWait
from observations.services import NotNow, walks
from people.models import Deputy, Role
from people.services.accounts import hand_over
from schedule.models import Event

from .conftest import AFTER, NOW
from .opening import hours, opened
from .test_walks import calendar_of

MINUTE = dt.timedelta(minutes=1)


@pytest.fixture
def full(set_up, ana):
    """Ana has the only place."""
    walk = set_up(places=1)
    walks.join_walk(walk, by=ana, focus="First five minutes")
    return walk


def team(walk):
    return list(WalkPlace.objects.taken().filter(walk=walk).values_list("person__name", "focus"))


def line(walk):
    return list(WalkWait.objects.filter(walk=walk).values_list("person__name", flat=True))


@pytest.fixture
def waiting(full, ben, stranger, cleo):
    """Ben, Sam and Cleo wait for it, in that order."""
    for number, person in enumerate((ben, stranger, cleo)):
        walks.wait_for_place(full, by=person, focus=f"Focus {number}", at=NOW + number * MINUTE)
    return full


def test_who_asks_for_a_place_on_a_full_walk_waits_and_is_not_on_it(waiting, ben):
    assert line(waiting) == ["Ben Okafor", "Sam Stranger", "Cleo Marsh"]
    assert team(waiting) == [("Ana Ruiz", "First five minutes")]
    assert calendar_of(ben) == set()


def test_the_first_in_line_moves_up_with_their_focus_and_is_told_once(waiting, ana, ben, stranger, told):
    walks.leave_walk(waiting, by=ana)

    assert team(waiting) == [("Ben Okafor", "Focus 0")]
    assert line(waiting) == ["Sam Stranger", "Cleo Marsh"]
    assert [told(person, "walk_moved_up") for person in (ben, stranger, ana)] == [1, 0, 0]
    left = Notice.objects.get(kind="walk_left")
    said = KINDS["walk_left"].sentence_for(left.facts)
    assert said == "Ana Ruiz has given the place back, and Ben Okafor, who waited, has it now."


def test_who_is_taken_off_makes_room_for_the_next(waiting, facilitator):
    walks.remove_participant(waiting.participants.get(), by=facilitator)

    assert team(waiting) == [("Ben Okafor", "Focus 0")]


def test_a_higher_limit_lets_as_many_move_up_as_fit(waiting, facilitator, told, cleo):
    walks.change_walk(waiting, by=facilitator, purpose="Talk", places=3, listed=True)

    assert [name for name, _ in team(waiting)] == ["Ana Ruiz", "Ben Okafor", "Sam Stranger"]
    assert line(waiting) == ["Cleo Marsh"]
    assert told(cleo, "walk_moved_up") == 0


def test_whoever_moves_up_has_the_dates_of_the_walk(waiting, facilitator, ana, ben):
    walks.set_talk(waiting, by=facilitator, kind=Event.Kind.DEBRIEF, starts=dt.time(11), minutes=30, place="Library")
    assert calendar_of(ana) == {"debrief"}

    walks.leave_walk(waiting, by=ana)

    assert (calendar_of(ana), calendar_of(ben)) == (set(), {"debrief"})


def test_the_focus_can_be_written_anew_without_losing_the_turn(waiting, ana, ben):
    assert walks.wait_for_place(waiting, by=ben, focus="Quiet starts", at=NOW + 9 * MINUTE) is False

    walks.leave_walk(waiting, by=ana)

    assert team(waiting) == [("Ben Okafor", "Quiet starts")]


def test_who_stops_waiting_is_passed_by(waiting, ana, ben):
    walks.stop_waiting(waiting, by=ben)

    walks.leave_walk(waiting, by=ana)

    assert team(waiting) == [("Sam Stranger", "Focus 1")]
    walk = Walk.objects.get()
    with pytest.raises(PermissionDenied):
        walks.stop_waiting(walk, by=ben)


def test_who_moved_up_just_before_hears_that_the_place_is_theirs(waiting, ana, ben):
    walks.leave_walk(waiting, by=ana)

    with pytest.raises(NotNow, match="it is yours"):
        walks.stop_waiting(Walk.objects.get(), by=ben)


def test_who_came_to_lead_the_school_or_left_does_not_move_up(waiting, ana, ben, stranger, principal, school):
    Deputy.objects.create(school=school, principal=principal, deputy=ben)
    stranger.is_active = False
    stranger.save()

    walks.leave_walk(waiting, by=ana)

    assert team(waiting) == [("Cleo Marsh", "Focus 2")]
    assert line(waiting) == ["Ben Okafor", "Sam Stranger"]


def test_whose_class_the_walk_visits_does_not_move_up(waiting, facilitator, ana, ben):
    walks.add_visit(waiting, by=facilitator, host=ben, room="7", starts=dt.time(10), minutes=15)

    walks.leave_walk(waiting, by=ana)

    assert team(waiting) == [("Sam Stranger", "Focus 1")]


def test_waiting_for_a_walk_with_room_gives_the_place(set_up, ana, told):
    walk = set_up(places=1)

    assert walks.wait_for_place(walk, by=ana, focus="Talk") is True

    assert team(walk) == [("Ana Ruiz", "Talk")]
    assert told(ana, "walk_moved_up") == 0


def test_who_may_not_join_may_not_wait(full, principal, set_up, ben):
    by_invitation = set_up(places=1, listed=False)

    for walk, who in ((full, principal), (by_invitation, ben)):
        with pytest.raises(PermissionDenied):
            walks.wait_for_place(walk, by=who)
    with pytest.raises(NotNow, match="The walk was on"):
        walks.wait_for_place(full, by=ben, at=AFTER + dt.timedelta(days=1))


def test_who_waits_hears_that_the_walk_is_off_and_gets_no_place(waiting, facilitator, ben, told):
    walks.cancel_walk(waiting, by=facilitator)

    assert told(ben, "walk_cancelled") == 1
    assert told(ben, "walk_moved_up") == 0


def test_a_place_that_is_given_back_stops_the_notice(waiting, ana, ben):
    walks.leave_walk(waiting, by=ana)
    notice = Notice.objects.get(kind="walk_moved_up")
    assert KINDS["walk_moved_up"].still_due(notice)

    walks.leave_walk(Walk.objects.get(), by=ben)

    assert not KINDS["walk_moved_up"].still_due(notice)


def test_who_waits_is_known_to_themselves_and_to_who_arranges(
    waiting, ana, ben, principal, facilitator, person, school
):
    local = person("Local Facilitator", Role.FACILITATOR, school)

    seen = {one.name: WalkWait.objects.visible_to(one).count() for one in (ana, ben, principal, facilitator, local)}

    assert seen == {
        "Ana Ruiz": 0, "Ben Okafor": 1, "Pia Lindqvist": 0, "Faye Brandt": 3, "Local Facilitator": 3,
    }  # fmt: skip


def test_who_waits_still_sees_a_walk_that_is_by_invitation_now(waiting, facilitator, ben, cleo):
    walks.change_walk(waiting, by=facilitator, purpose="Talk", places=2, listed=False)

    assert Walk.objects.visible_to(cleo).exists()
    assert team(waiting)[1] == ("Ben Okafor", "Focus 0")


def test_the_place_of_who_leaves_the_district_goes_on_and_their_door_closes(
    waiting, ana, ben, admin, facilitator, school, school_days
):
    door = opened(ana, school, hours(dt.time(13), dt.time(14)))

    hand_over(ana, to=facilitator, by=admin)

    assert team(waiting) == [("Ben Okafor", "Focus 0")]
    door.refresh_from_db()
    assert door.ended_at or door.ends_on == NOW.date()
