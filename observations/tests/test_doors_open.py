"""A door is open when its class is there: days off, bells and the timetable decide, and a host hears of what moved."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from notices.models import Notice
from notices.registry import KINDS
from observations.models import DoorTime, OpenDoor
from observations.reads.doors import open_between, open_on
from observations.services import NotNow, doors
from people.models import Role
from schedule.models import BellSchedule, Period, SchoolDay, TeachingSlot
from schedule.services.timetables import remove_slot, save_slot

from .conftest import DAY, NOW
from .opening import FIRST, LAST, hours, opened, period

NEXT_TUESDAY = dt.date(2027, 3, 16)  # position 0; DAY is position 1


def when(rows):
    return [(one.day, one.period, one.starts) for one in rows]


@pytest.fixture
def door(taught, ana, school):
    """Ana's math in period 2, on the second day of the cycle."""
    return opened(ana, school, period(1, "2", room="12"), visitors=2, most_visits=1)


def test_a_period_is_open_on_each_of_its_days_with_the_room_of_the_timetable(door, ana, school):
    (row,) = open_on(school, DAY)

    assert (row.host, row.period, row.starts, row.ends) == (ana, "2", dt.time(10, 5), dt.time(10, 50))
    assert (row.room, row.capacity, row.most_visits) == ("12", 2, 1)
    assert row.words == "Math Grade 4 math We talk about fractions"
    assert [one.day.day for one in open_between([school.pk], FIRST, LAST)] == [9, 11, 15, 17, 19]
    assert open_on(school, FIRST) == []


def test_one_date_is_open_on_that_date_alone(taught, ana, school):
    opened(ana, school, period(1, "2"), starts_on=DAY, ends_on=DAY)

    assert when(open_between([school.pk], FIRST, LAST)) == [(DAY, "2", dt.time(10, 5))]


def test_hours_by_hand_are_open_on_every_school_day_or_on_one_of_the_cycle(school_days, ana, ben, school):
    opened(ana, school, hours(dt.time(13), dt.time(13, 40)))
    opened(ben, school, hours(dt.time(14), dt.time(14, 40), position=0, room="Gym"))

    rows = open_between([school.pk], FIRST, LAST)

    assert [len([one for one in rows if one.host == host]) for host in (ana, ben)] == [10, 5]
    assert {(one.room, one.what, one.period) for one in rows if one.host == ben} == {("Gym", "Reading club", "")}


def test_days_off_and_days_whose_bells_leave_the_period_out_are_not_open(door, school):
    short = BellSchedule.objects.create(school=school, name="Early release", is_default=False)
    Period.objects.create(schedule=short, name="1", starts=dt.time(9), ends=dt.time(9, 20))
    SchoolDay.objects.filter(day=DAY).update(bell_schedule=short)
    SchoolDay.objects.filter(day=dt.date(2027, 3, 15)).update(off="Snow", bell_schedule=None, position=None)

    assert [one.day.day for one in open_between([school.pk], FIRST, LAST)] == [9, 17, 19]


def test_other_bells_of_a_day_say_when_it_is_open(door, school):
    late = BellSchedule.objects.create(school=school, name="Late start", is_default=False)
    Period.objects.create(schedule=late, name="2", starts=dt.time(11), ends=dt.time(11, 30))
    SchoolDay.objects.filter(day=DAY).update(bell_schedule=late)

    assert [(one.starts, one.ends) for one in open_on(school, DAY)] == [(dt.time(11), dt.time(11, 30))]


def test_paused_and_closed_doors_and_those_of_leavers_are_not_open(door, ana, school):
    doors.pause_door(door, by=ana)
    assert open_on(school, DAY) == []
    doors.resume_door(door, by=ana)
    assert len(open_on(school, DAY)) == 1

    doors.end_door(door, by=ana)

    assert open_on(school, DAY) == []
    with pytest.raises(PermissionDenied):
        doors.resume_door(door, by=ana)


def test_a_door_needs_a_class_then(taught, ana, school):
    with pytest.raises(NotNow, match="Tuesday, period 1: there is no such class from Mon 8 March to Fri 19 March"):
        opened(ana, school, period(1, "1"))
    with pytest.raises(NotNow, match="there is no such class on Mon 8 March"):
        opened(ana, school, period(1, "2"), ends_on=FIRST)
    with pytest.raises(NotNow, match="Say which class"):
        opened(ana, school)
    with pytest.raises(NotNow, match="Fri 26 February is over"):
        opened(ana, school, period(1, "2"), starts_on=dt.date(2027, 2, 26), ends_on=dt.date(2027, 2, 26))
    SchoolDay.objects.filter(day=DAY).update(off="Snow", bell_schedule=None, position=None)
    with pytest.raises(NotNow, match="every school day|Every school day"):
        opened(ana, school, hours(dt.time(13), dt.time(14)), starts_on=DAY, ends_on=DAY)
    assert not OpenDoor.objects.exists()


def test_a_class_is_open_in_one_door_at_a_time(door, ana, school):
    with pytest.raises(NotNow, match="Tuesday, period 2 is open already"):
        opened(ana, school, period(1, "2"))

    doors.end_door(door, by=ana)
    opened(ana, school, period(1, "2"))


def test_only_who_teaches_at_the_school_opens_a_door_and_only_the_host_changes_it(
    door, school, ben, cleo, principal, office, facilitator
):
    for who in (cleo, principal, office, facilitator):
        with pytest.raises(PermissionDenied):
            opened(who, school, hours(dt.time(13), dt.time(14)))
    for work in (doors.pause_door, doors.resume_door, doors.end_door):
        with pytest.raises(PermissionDenied):
            work(door, by=ben)
    with pytest.raises(PermissionDenied):
        doors.change_door(door, by=facilitator, times=[period(1, "2")])


def test_a_host_writes_a_door_anew(door, ana, school):
    doors.change_door(door, by=ana, times=[period(0, "3", "Grade 5 science", subject="Science")], doing="We build")

    (row,) = open_on(school, NEXT_TUESDAY)
    assert (row.period, row.what, row.door.doing) == ("3", "Grade 5 science", "We build")
    assert open_on(school, DAY) == []


def slot(position=1):
    return TeachingSlot.objects.get(class_name="Grade 4 math", position=position)


def test_a_class_that_leaves_its_period_is_flagged_to_the_host_and_not_dropped(door, ana, school, principal, told):
    remove_slot(slot(), by=principal, at=NOW)

    time = DoorTime.objects.get()
    assert time.moved_on == dt.date(2027, 3, 9)
    assert open_on(school, DAY) == []
    assert OpenDoor.objects.standing().exists()
    assert told(ana, "door_moved") == 1
    said = KINDS["door_moved"].sentence_for(Notice.objects.get(kind="door_moved").facts)
    assert said.startswith("From Tue 9 March on your timetable has no Grade 4 math")


def test_a_host_is_told_once_and_again_when_it_moves_again(door, ana, school, principal, told):
    gone = slot()
    remove_slot(gone, by=principal, at=NOW)
    remove_slot(slot(0), by=principal, at=NOW)
    assert told(ana, "door_moved") == 1

    gone.pk = None
    save_slot(gone, by=principal, at=NOW)
    assert DoorTime.objects.get().moved_on is None
    assert not KINDS["door_moved"].still_due(Notice.objects.get(kind="door_moved"))

    remove_slot(slot(), by=principal, at=NOW + dt.timedelta(hours=1))
    assert told(ana, "door_moved") == 2


def test_a_class_that_is_called_otherwise_is_still_it_and_another_one_is_not(door, ana, school, principal, told):
    same = slot()
    same.class_name = "4 Blue"
    save_slot(same, by=principal, at=NOW)
    assert [one.what for one in open_on(school, DAY)] == ["4 Blue"]
    assert told(ana, "door_moved") == 0

    same.class_name, same.subject = "5 Green", "Art"
    save_slot(same, by=principal, at=NOW)
    assert open_on(school, DAY) == []
    assert told(ana, "door_moved") == 1


def test_one_date_that_becomes_a_day_off_is_flagged(taught, ana, school, told):
    opened(ana, school, period(1, "2"), starts_on=DAY, ends_on=DAY)
    SchoolDay.objects.filter(day=DAY).update(off="Snow", bell_schedule=None, position=None)

    doors.follow_days(school, {DAY}, NOW)

    assert told(ana, "door_moved") == 1


def test_a_day_off_in_a_term_is_no_reason_to_tell(door, ana, school, told):
    SchoolDay.objects.filter(day=DAY).update(off="Snow", bell_schedule=None, position=None)

    doors.follow_days(school, {DAY}, NOW)

    assert told(ana, "door_moved") == 0


def test_bells_without_the_period_are_flagged(door, ana, school, told, periods):
    periods[1].name = "Block B"
    periods[1].save()

    doors.follow_days(school, {DAY}, NOW)

    assert told(ana, "door_moved") == 1


def test_a_door_written_anew_is_no_longer_flagged(door, ana, principal, school):
    remove_slot(slot(), by=principal, at=NOW)

    doors.change_door(door, by=ana, times=[period(0, "2")])

    assert not DoorTime.objects.filter(moved_on__isnull=False).exists()


def test_doors_are_read_in_as_many_queries_for_many_as_for_one(door, school, person, teach, django_assert_num_queries):
    with django_assert_num_queries(3):
        assert len(open_on(school, DAY)) == 1
    for number in range(3):
        host = person(f"Host{number} Kim", Role.TEACHER, school)
        TeachingSlot.objects.create(
            timetable_id=slot().timetable_id, teacher=host, position=1, period="1", class_name="7B", room=f"{number}"
        )
        opened(host, school, period(1, "1", "7B"), hours(dt.time(13), dt.time(14)))

    with django_assert_num_queries(3):
        assert len(open_on(school, DAY)) == 7
    with django_assert_num_queries(3):
        assert len(open_between([school.pk], FIRST, LAST)) == 5 + 3 * (5 + 10)
