"""What takes people's time: classes by the bells of each date, co-teachers, bookings and days off."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from django.db import connection

from people.models import NoSchoolDay, School
from schedule.busy import blocks, classes_taken, taken_at
from schedule.models import BellSchedule, Booking, Period, SchoolDay, TeachingSlot, Timetable

MONDAY = dt.date(2027, 3, 8)
NEW_YORK = ZoneInfo("America/New_York")
DAY = dt.timedelta(days=1)


def at(day, hour, minute=0, zone=NEW_YORK):
    return dt.datetime.combine(day, dt.time(hour, minute), zone)


@pytest.fixture
def bells(school):
    """Two kinds of day: on the second, the periods are shorter."""
    regular = BellSchedule.objects.create(school=school)
    short = BellSchedule.objects.create(school=school, name="Early release", is_default=False)
    for number in (1, 2, 3):
        Period.objects.create(
            schedule=regular, name=str(number), starts=dt.time(7 + number), ends=dt.time(7 + number, 50)
        )
        Period.objects.create(
            schedule=short, name=str(number), starts=dt.time(8, 30 * number - 30), ends=dt.time(8, 30 * number - 5)
        ) if number < 3 else None
    return regular, short


@pytest.fixture
def week(school, bells):
    """Monday to Friday on days A and B in turn; Wednesday is short, Thursday is off."""
    regular, short = bells
    for number, schedule in enumerate((regular, regular, short, None, regular)):
        SchoolDay.objects.create(
            school=school, day=MONDAY + number * DAY, position=number % 2 if schedule else None,
            bell_schedule=schedule, off="" if schedule else "Snow day",
        )  # fmt: skip


@pytest.fixture
def timetable(school, ana):
    return Timetable.objects.create(school=school, starts_on=dt.date(2026, 8, 1), made_by=ana, made_at=at(MONDAY, 0))


def slot(timetable, teacher, position, period, class_name, **fields):
    given = {"subject": "Math", "room": "12"} | fields
    return TeachingSlot.objects.create(
        timetable=timetable, teacher=teacher, position=position, period=period, class_name=class_name, **given
    )


def spans(found, person):
    return [(block.kind, block.class_name or block.source, block.starts_at) for block in found[person.pk]]


def test_classes_stand_at_the_bells_of_each_date(week, timetable, ana, ben):
    slot(timetable, ana, 0, "2", "7B")
    slot(timetable, ana, 1, "1", "7A")
    slot(timetable, ana, 0, "3", "Bus", kind="duty")

    found = blocks([ana, ben], MONDAY, MONDAY + 4 * DAY)

    assert spans(found, ana) == [
        ("class", "7B", at(MONDAY, 9)),
        ("duty", "Bus", at(MONDAY, 10)),
        ("class", "7A", at(MONDAY + DAY, 8)),
        ("class", "7B", at(MONDAY + 2 * DAY, 8, 30)),  # a short day, which has no third period
        ("off", "Snow day", at(MONDAY + 3 * DAY, 0)),
        ("class", "7B", at(MONDAY + 4 * DAY, 9)),
        ("duty", "Bus", at(MONDAY + 4 * DAY, 10)),
    ]
    assert spans(found, ben) == [("off", "Snow day", at(MONDAY + 3 * DAY, 0))]


def test_the_timetable_of_the_date_holds(week, timetable, school, ana):
    slot(timetable, ana, 0, "1", "Old")
    newer = Timetable.objects.create(school=school, starts_on=MONDAY + 2 * DAY, made_by=ana, made_at=at(MONDAY, 0))
    slot(newer, ana, 0, "1", "New")

    for ends_on in (None, MONDAY + DAY):
        Timetable.objects.filter(pk=timetable.pk).update(ends_on=ends_on)
        found = blocks([ana], MONDAY, MONDAY + 4 * DAY)
        assert [block.class_name for block in found[ana.pk] if block.kind == "class"] == ["Old", "New", "New"]


def test_each_school_has_its_own_clock(week, timetable, school, ana):
    School.objects.filter(pk=school.pk).update(time_zone="America/Denver")
    slot(timetable, ana, 0, "2", "7B")

    (block,) = blocks([ana], MONDAY, MONDAY)[ana.pk]

    assert block.starts_at == at(MONDAY, 11)


def test_bookings_and_days_off_of_the_district_are_there_too(week, ana, ben):
    NoSchoolDay.objects.create(day=MONDAY + DAY, name="Election day")
    given = {"holder": f"person:{ana.pk}", "person": ana, "starts_at": at(MONDAY, 9), "ends_at": at(MONDAY, 10)}
    Booking.objects.create(source="coverage:4", **given)

    found = blocks([ana, ben], MONDAY, MONDAY + DAY)

    off = ("off", "Election day", at(MONDAY + DAY, 0))
    assert spans(found, ana) == [("cover", "coverage:4", at(MONDAY, 9)), off]
    assert spans(found, ben) == [off]


def test_blocks_are_one_query_whatever_the_number(week, timetable, ana, ben, cleo, django_assert_num_queries):
    slot(timetable, ana, 0, "1", "7B")
    for number, people in enumerate(([ana], [ana, ben, cleo])):
        with django_assert_num_queries(1):
            found = blocks(people, MONDAY, MONDAY + (4 + 90 * number) * DAY)
        assert len(found) == len(people)
    assert blocks([], MONDAY, MONDAY) == {}


def test_classes_taken_names_the_class_and_who_stays_with_it(week, timetable, school, ana, ben, stranger):
    mine = slot(timetable, ana, 0, "1", "7B")
    slot(timetable, ben, 0, "1", "7B")
    slot(timetable, stranger, 0, "1", "7C")
    slot(timetable, ana, 0, "2", "8A")

    (taken,) = classes_taken([ana], at(MONDAY, 8, 15), at(MONDAY, 9))

    assert (taken.person, taken.day, taken.starts, taken.ends) == (ana, MONDAY, dt.time(8), dt.time(8, 50))
    assert (taken.period, taken.slot_id, taken.class_name, taken.subject) == ("1", mine.pk, "7B", "Math")
    assert (taken.room, taken.school_id, taken.co_teachers) == ("12", school.pk, (ben.pk,))
    assert [one.co_teachers for one in classes_taken([ana, ben], at(MONDAY, 8, 15), at(MONDAY, 9))] == [(), ()]


def test_two_classes_taught_together_are_one_that_is_missed(week, timetable, ana):
    slot(timetable, ana, 0, "1", "7B")
    slot(timetable, ana, 0, "1", "7A")

    (taken,) = classes_taken([ana], at(MONDAY, 8), at(MONDAY, 8, 5))

    assert taken.class_name == "7A, 7B"


def test_a_duty_is_no_class(week, timetable, ana):
    slot(timetable, ana, 0, "1", "Bus", kind="duty")

    assert classes_taken([ana], at(MONDAY, 8), at(MONDAY, 9)) == []


def test_the_statement_is_the_same_for_any_people_and_dates(ana, ben, cleo):
    asked = set()

    def note(execute, sql, params, many, context):
        asked.add(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        blocks([ana], MONDAY, MONDAY)
        blocks([ana, ben, cleo], MONDAY, MONDAY + 90 * DAY)

    assert len(asked) == 1


def test_what_is_taken_around_spans_is_what_all_of_the_days_say(week, timetable, school, other_school, ana, ben):
    slot(timetable, ana, 0, "2", "7B")
    slot(timetable, ana, 0, "3", "Bus", kind="duty")
    slot(timetable, ben, 0, "1", "7C")
    given = {"person": ben, "holder": f"person:{ben.pk}", "starts_at": at(MONDAY, 9), "ends_at": at(MONDAY, 10)}
    Booking.objects.create(source="coverage:4", **given)
    spans = [
        (MONDAY, dt.time(9, 30), dt.time(10, 30), "America/New_York"),
        (MONDAY + 2 * DAY, dt.time(8), dt.time(8, 20), "America/New_York"),
    ]

    found = taken_at([ana, ben], spans)

    assert [(block.kind, block.class_name) for block in found[ana.pk]] == [("class", "7B"), ("duty", "Bus")]
    assert [(block.kind, block.class_name) for block in found[ben.pk]] == [("cover", ""), ("class", "7C")]
    School.objects.update(time_zone="America/Denver")
    elsewhere = taken_at([ben], spans[:1])[ben.pk]  # by the clock of another zone: whoever asks compares moments
    assert [(block.class_name, block.starts_at) for block in elsewhere if block.kind == "class"] == [
        ("7C", at(MONDAY, 10))
    ]
    assert taken_at([], spans) == {}
    assert taken_at([ana], []) == {ana.pk: []}
