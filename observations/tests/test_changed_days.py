"""What becomes of requests when the school's days, its bells or its timetable change."""

import datetime as dt

from observations.models import Coverage
from observations.services import changed_days, needs
from schedule.models import Attendance, SchoolDay

from .conftest import DAY, NOW
from .test_needs import FRIDAY, LATER, ask_all, rows


def test_classes_that_change_places_keep_their_requests(teach, date, ana, school):
    """Each takes the hours that the other had: the database looks at one after the other."""
    teach(ana, "2", "Grade 4 math", position=1)
    teach(ana, "3", "Grade 5 science", position=1)
    event = date()
    ask_all(event, ana)
    usual = SchoolDay.objects.filter(day=DAY).get().bell_schedule
    first, second = usual.periods.get(name="2"), usual.periods.get(name="3")
    for period, name in ((first, "x"), (second, "2"), (first, "3")):
        period.name = name
        period.save()

    changed_days.follow_days(school, {DAY}, LATER)

    assert [(row[2].hour, row[3], row[4]) for row in rows()] == [
        (10, "Grade 5 science", "asked"), (11, "Grade 4 math", "asked")
    ]  # fmt: skip


def test_other_bells_move_the_class_and_it_is_asked_for_anew(taught, date, ana, school, periods):
    event = date(starts=dt.time(10, 5), ends=dt.time(10, 50))
    ask_all(event, ana)
    periods[1].starts = dt.time(10, 0)
    periods[1].save()

    changed_days.follow_days(school, {DAY}, LATER)

    assert rows() == [("Ana Ruiz", DAY, dt.time(10), "Grade 4 math", "asked")]


def test_days_that_did_not_change_are_left_alone(taught, date, school, periods):
    date(starts=dt.time(10, 5), ends=dt.time(10, 50))
    periods[1].starts = dt.time(10, 0)
    periods[1].save()

    changed_days.follow_days(school, {FRIDAY}, LATER)

    assert [row[2] for row in rows()] == [dt.time(10, 5)]


def test_working_out_asks_as_often_for_one_person_as_for_three(
    taught, teach, date, ana, ben, stranger, cleo, django_assert_max_num_queries
):
    teach(ben, "2", "Grade 2")
    teach(stranger, "2", "Grade 3")
    asked = set()
    for people, day in (([ana], DAY), ([ana, ben, stranger], FRIDAY)):
        event = date(people=[cleo], by=cleo, day=day)
        Attendance.objects.bulk_create(Attendance(event=event, person=one) for one in people)
        with django_assert_max_num_queries(20) as queries:
            needs.follow_event(event, cleo, NOW)
        asked.add(len(queries) - len([1 for q in queries.captured_queries if "notices_notice" in q["sql"]]))
    assert len(asked) == 1


def test_days_that_change_nothing_cost_the_same_for_one_date_as_for_three(
    teach, taught, date, ana, ben, school, told, django_assert_max_num_queries
):
    asked = set()
    for number, starts in enumerate((dt.time(9), dt.time(10), dt.time(11)), start=1):
        date(starts=starts, ends=dt.time(starts.hour, 50))
        before = list(Coverage.objects.values())
        if number != 2:
            with django_assert_max_num_queries(8) as queries:
                changed_days.follow_days(school, {DAY}, LATER)
            asked.add(len(queries))
        assert list(Coverage.objects.values()) == before
    assert len(asked) == 1


def test_another_timetable_is_followed(taught, date, ana, school):
    event = date(starts=dt.time(10, 5), ends=dt.time(10, 50))
    ask_all(event, ana)
    ana.teaching_slots.filter(period="2").update(class_name="Grade 6 math")

    changed_days.follow_days(school, {DAY}, LATER)

    assert rows() == [("Ana Ruiz", DAY, dt.time(10, 5), "Grade 6 math", "asked")]
    ana.teaching_slots.filter(period="2").delete()
    changed_days.follow_days(school, {DAY}, LATER)
    assert rows() == []
