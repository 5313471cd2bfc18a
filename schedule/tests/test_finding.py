"""Find a time, over rows: the bells, classes, bookings and days off of the people asked."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from people import clock
from people.models import Post, Role, School
from schedule import services
from schedule.models import Booking, Event, SchoolDay, TeachingSlot

MONDAY = dt.date(2027, 3, 8)
DAY = dt.timedelta(days=1)
NOW = dt.datetime(2027, 3, 1, 12, tzinfo=dt.UTC)


def teach(table, person, periods, *, positions=(0, 1, 2, 3, 4), name="7B", **fields):
    TeachingSlot.objects.bulk_create(
        TeachingSlot(
            timetable=table,
            teacher=person,
            position=position,
            period=period,
            class_name=name,
            **{"subject": "Math"} | fields,
        )
        for position in positions
        for period in periods
    )


def find(people, *, by, school, **given):
    asked = {"minutes": 45, "first": MONDAY, "last": MONDAY + 4 * DAY, "at": NOW} | given
    return services.find_a_time(people, by=by, school=school, **asked)


def said(slot):
    return f"{slot.starts_at:%a %-H:%M} {slot.class_minutes}", *slot.reasons


def test_what_takes_least_class_comes_first_then_the_soonest(table, ana, ben, school):
    teach(table, ana, "124")
    teach(table, ben, "1234", positions=(0,), name="8A")
    teach(table, ben, "134", positions=(1, 2, 4), name="8A")

    found = find([ana, ben], by=ana, school=school)

    assert [said(slot)[0] for slot in found] == [
        "Mon 9:45 30", "Tue 8:45 30", "Tue 9:30 30", "Tue 10:15 30", "Wed 8:45 30",
    ]  # fmt: skip


def test_reasons_name_the_class_and_the_free_period(table, ana, ben, school):
    teach(table, ana, "12")
    teach(table, ben, "123", name="8A", subject="Science")

    (free,) = find([ana, ben], by=ana, school=school, last=MONDAY, earliest=dt.time(11), latest=dt.time(11, 45))
    (taken,) = find([ana, ben], by=ana, school=school, last=MONDAY, earliest=dt.time(10), latest=dt.time(10, 45))
    (after,) = find([ana, ben], by=ana, school=school, last=MONDAY, earliest=dt.time(13), latest=dt.time(13, 45))

    assert free.reasons == ("Nobody misses a class.", "In everyone's planning period.")
    assert (taken.class_minutes, taken.classes) == (45, ((ben, "8A Science"),))
    assert taken.reasons == ("Takes 45 minutes of 1 class: Ben Okafor's 8A Science.",)
    assert after.reasons == ("Nobody misses a class.", "After the last bell.")


def test_days_off_duties_and_what_somebody_said_yes_to_are_left_alone(table, ana, ben, cleo, school):
    ten, eleven = (clock.at(MONDAY, dt.time(hour), school) for hour in (10, 11))
    services.create_event(
        by=ben, kind="meeting", title="", starts_at=ten, ends_at=eleven, people=[ben, ana], school=school
    )
    teach(table, ben, "1", positions=(0, 1, 2, 4), name="Bus", kind="duty")
    hours = {"earliest": dt.time(8), "latest": dt.time(11)}

    found = find([ana, ben], by=ana, school=school, minutes=60, **hours)
    alone = find([ana], by=ana, school=school, minutes=180, **hours)

    assert [said(slot)[0] for slot in found][:3] == ["Mon 8:45 0", "Tue 8:45 0", "Tue 9:45 0"]
    assert {slot.starts_at.date() for slot in found} == {MONDAY + number * DAY for number in (0, 1, 2)}
    assert said(alone[0]) == (
        "Mon 8:00 0", "Nobody misses a class.", "Ana Ruiz was asked to another date then, and has not answered.",
    )  # fmt: skip
    assert MONDAY + 3 * DAY not in {slot.starts_at.date() for slot in alone}


def test_an_observation_is_when_the_visited_class_is_on(table, ana, ben, school):
    teach(table, ben, "3", positions=(1,), name="8A")
    teach(table, ana, "3", positions=(1,))

    (found, *_) = find([ana, ben], by=ana, school=school, visited=[ben], minutes=30)

    assert said(found)[:1] == ("Tue 9:45 15",)
    assert found.reasons[1:] == ("Ben Okafor's 8A Math is on then.",)


def test_a_class_with_a_co_teacher_who_stays_needs_no_cover(table, ana, ben, stranger, school):
    for teacher in (ana, ben):
        teach(table, teacher, "1234", room="12")

    (stays, *_) = find([ana], by=ana, school=school)
    (gone, *_) = find([ana, ben], by=ana, school=school, last=MONDAY, latest=dt.time(8, 45))

    assert stays.reasons == ("Nobody misses a class.", "A co-teacher stays with Ana Ruiz's 7B Math.")
    assert gone.reasons == ("Takes 45 minutes of 1 class: Ana Ruiz's 7B Math.",)


def test_who_does_not_work_there_reads_no_class_names(table, ana, cleo, school):
    teach(table, ana, "1234")

    (found,) = find([cleo, ana], by=cleo, school=school, last=MONDAY, latest=dt.time(8, 45))

    assert found.reasons == ("Takes 45 minutes of 1 class: Ana Ruiz's class.",)


def test_who_is_welcome_is_told_of_and_does_not_stand_in_the_way(table, ana, ben, school):
    teach(table, ben, "1234")

    (found,) = find([ana], welcome=[ben], by=ana, school=school, last=MONDAY, latest=dt.time(8, 45))

    assert found.reasons == ("Nobody misses a class.", "Ben Okafor is busy then, but need not come.")


def test_times_are_of_the_schools_clock(table, ana, school):
    School.objects.filter(pk=school.pk).update(time_zone="America/Denver")
    school.refresh_from_db()

    (found, *_) = find([ana], by=ana, school=school)

    assert found.starts_at == dt.datetime(2027, 3, 8, 15, tzinfo=dt.UTC)


def test_without_days_laid_out_it_looks_at_weekdays(ana, school):
    found = find([ana], by=ana, school=school, minutes=8 * 60, last=MONDAY + 13 * DAY, most=20)

    assert len(found) == 10
    assert said(found[0]) == ("Mon 8:00 0", "Nobody misses a class.")


def test_nobody_without_a_place_on_the_staff_looks_for_times(ana, person, school):
    with pytest.raises(PermissionDenied):
        find([ana], by=person("Nora New"), school=school)


@pytest.mark.parametrize("number", [10, 1000])
def test_finding_asks_the_same_few_queries(number, table, ana, ben, cleo, school, django_assert_num_queries):
    start = clock.at(MONDAY, dt.time(8), school).astimezone(dt.UTC)
    events = Event.objects.bulk_create(
        Event(
            title="x", organizer=ana, school=school, starts_at=start + n * DAY / 24, ends_at=start + (n + 1) * DAY / 24
        )
        for n in range(number)
    )
    Booking.objects.bulk_create(
        Booking(holder="x", person=ana, event=one, source=str(one.pk), starts_at=one.starts_at, ends_at=one.ends_at)
        for one in events
    )
    Post.objects.create(user=cleo, role=Role.TEACHER, school=school)
    ana.standing  # noqa: B018 -- read once for the request, as a page does
    for people in ([ana], [ana, ben, cleo]):
        with django_assert_num_queries(2):  # blocks, and bells with their zone
            find(people, by=ana, school=school, last=MONDAY + 60 * DAY)


def test_a_school_day_without_bells_has_the_usual_hours(table, ana, school):
    SchoolDay.objects.filter(school=school, off="").update(bell_schedule=None)

    found = find([ana], by=ana, school=school, most=100)

    assert {slot.starts_at.date() for slot in found} == {MONDAY + number * DAY for number in (0, 1, 2, 4)}
    assert min(slot.starts_at.time() for slot in found) == dt.time(8)
    assert max(slot.ends_at.time() for slot in found) > dt.time(15)


def test_two_classes_without_a_name_are_named_once(table, ana, ben, school):
    teach(table, ben, "12", name="", subject="")

    (found, *_) = find(
        [ana, ben], by=ana, school=school, last=MONDAY, earliest=dt.time(8), latest=dt.time(9, 45), minutes=105
    )

    assert found.reasons[0].endswith(": Ben Okafor's class.")
