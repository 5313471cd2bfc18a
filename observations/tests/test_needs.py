"""Which classes a date takes, worked out from the timetable, and what becomes of them when it changes."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from notices.models import Notice
from notices.registry import KINDS
from observations.models import Coverage
from observations.services import asking, needs
from observations.services import coverage as cover
from schedule.models import Attendance, SchoolDay
from schedule.services import add_people, answer_event, cancel_event, remove_people

from .conftest import DAY, NOW
from .knocking import get
from .needing import FRIDAY, LATER, ask_all, move, needed, rows


def test_an_event_works_out_which_classes_it_takes(taught, date, ana):
    event = date()

    assert rows() == needed()
    first = Coverage.objects.order_by("starts").first()
    assert (first.room, first.subject, first.period.name, first.slot.teacher, first.event) == (
        "12", "Math", "2", ana, event
    )  # fmt: skip


def test_one_notice_for_all_classes_and_not_a_word_of_the_purpose(taught, date, ana, told):
    event = date()

    notice = Notice.objects.get(person=ana, kind="coverage_needed")
    kind = KINDS["coverage_needed"]
    assert kind.subject_for(notice.facts) == "Ask for cover: 2 of your classes, Thu 11 March"
    assert "PURPOSE" not in str(notice.facts)
    assert kind.still_due(notice)

    ask_all(event, ana)

    assert not kind.still_due(notice)


def test_who_is_optional_declines_or_is_visited_needs_no_cover(taught, teach, date, ana, ben, stranger, cleo):
    teach(ben, "2", "Grade 2")
    teach(stranger, "2", "Grade 3")
    event = date(people=[ana, ben, cleo], optional=[stranger], visited=[ben])
    assert rows() == needed()

    answer_event(event, by=ana, answer=Attendance.Answer.DECLINED)
    assert rows() == []

    answer_event(event, by=ana, answer=Attendance.Answer.ACCEPTED)
    assert rows() == needed()


def test_a_class_whose_co_teacher_stays_needs_nobody(taught, teach, date, ana, ben):
    teach(ben, "2", "Grade 4 math")
    event = date()
    assert [row[3] for row in rows()] == ["Grade 5 science"]

    add_people(event, by=ana, people=[ben])

    assert [row[0] for row in rows(class_name="Grade 4 math")] == ["Ana Ruiz", "Ben Okafor"]


def test_a_co_teacher_whom_another_date_takes_does_not_stay(taught, teach, date, ana, ben, cleo, client):
    teach(ben, "2", "Grade 4 math")
    mine = date(ends=dt.time(10, 50))
    assert rows() == []
    assert "Ben Okafor teaches it with you" in get(client, ana, mine.get_absolute_url())[1]

    date(by=cleo, people=[cleo, ben], ends=dt.time(10, 50))

    assert [row[0] for row in rows()] == ["Ben Okafor"]
    assert "teaches it with you" not in get(client, ana, mine.get_absolute_url())[1]


def test_of_two_who_leave_together_neither_is_said_to_stay(taught, teach, date, ana, ben, client):
    teach(ben, "2", "Grade 4 math")
    event = date(people=[ana, ben])

    assert "teaches it with you" not in get(client, ana, event.get_absolute_url())[1]


def test_a_duty_is_no_class(teach, date, ana):
    teach(ana, "2", kind="duty", subject="")

    date()

    assert rows() == []


def test_a_day_off_and_a_date_that_is_over_take_no_class(taught, date, ana):
    SchoolDay.objects.filter(day=DAY).update(bell_schedule=None, off="Snow")
    cancel_event(date(), by=ana)
    cancel_event(date(day=FRIDAY, at=NOW + dt.timedelta(days=30)), by=ana)
    assert Coverage.objects.count() == 0

    date(day=FRIDAY)

    assert rows() == needed(day=FRIDAY)


def test_people_who_join_or_leave_bring_or_take_their_classes(teach, taught, date, ana, ben):
    teach(ben, "2", "Grade 2")
    event = date()
    add_people(event, by=ana, people=[ben])
    assert [row[0] for row in rows()] == ["Ana Ruiz", "Ben Okafor", "Ana Ruiz"]

    remove_people(event, by=ana, people=[ben])

    assert rows() == needed()


def test_worked_out_twice_it_is_the_same(taught, date, ana, told):
    event = date()
    before = list(Coverage.objects.values())

    needs.follow_event(event, ana, LATER)

    assert list(Coverage.objects.values()) == before
    assert told(ana, "coverage_needed") == 1


def test_a_class_that_is_taken_still_stays_covered_when_the_event_moves(taught, date, ana, ben, principal, told):
    event = date()
    ask_all(event, ana)
    math = Coverage.objects.get(class_name="Grade 4 math")
    cover.approve_cover(math, by=principal, coverer=ben)

    move(event, ana, DAY, dt.time(10, 10), dt.time(10, 40))

    assert rows() == [("Ana Ruiz", DAY, dt.time(10, 5), "Grade 4 math", "assigned")]
    assert told(ben, "coverage_off") == 0


def test_another_day_is_asked_for_anew_with_the_note_and_the_coverer_is_told(taught, date, ana, ben, principal, told):
    event = date()
    ask_all(event, ana)
    math = Coverage.objects.get(class_name="Grade 4 math")
    cover.approve_cover(math, by=principal, coverer=ben)

    move(event, ana, FRIDAY, dt.time(10), dt.time(11, 30))

    assert [(row[1], row[3], row[4]) for row in rows()] == [
        (FRIDAY, "Grade 4 math", "asked"), (FRIDAY, "Grade 5 science", "asked")
    ]  # fmt: skip
    math.refresh_from_db()
    assert (math.day, math.note, math.coverer) == (FRIDAY, "Page 30", None)
    assert told(ben, "coverage_off") == 1
    assert told(principal, "coverage_asked") == 4


def test_a_class_that_is_not_taken_any_more_is_withdrawn_and_the_coverer_is_told(
    taught, date, ana, ben, principal, told
):
    event = date()
    ask_all(event, ana)
    cover.approve_cover(Coverage.objects.get(class_name="Grade 5 science"), by=principal, coverer=ben)

    move(event, ana, DAY, dt.time(10, 5), dt.time(10, 50))

    assert [(row[3], row[4]) for row in rows()] == [("Grade 4 math", "asked")]
    assert told(ben, "coverage_off") == 1


def test_what_needs_no_cover_is_not_asked_about_again(taught, date, ana, ben):
    event = date()
    cover.withdraw_cover(Coverage.objects.get(class_name="Grade 4 math"), by=ana)

    add_people(event, by=ana, people=[ben])

    assert [row[3] for row in rows()] == ["Grade 5 science"]


def test_a_returned_request_is_not_doubled_and_moves_with_its_event(taught, date, ana, ben, principal):
    event = date(ends=dt.time(10, 50))
    ask_all(event, ana)
    cover.return_cover(Coverage.objects.get(), by=principal, reason="Testing", other_day=FRIDAY)
    add_people(event, by=ana, people=[ben])
    assert [row[4] for row in rows()] == ["returned"]

    move(event, ana, FRIDAY, dt.time(10, 5), dt.time(10, 50))

    assert rows() == [("Ana Ruiz", FRIDAY, dt.time(10, 5), "Grade 4 math", "asked")]


def test_asked_again_for_another_day_the_class_of_the_date_still_needs_somebody(taught, date, ana, principal):
    event = date(ends=dt.time(10, 50))
    ask_all(event, ana)
    one = Coverage.objects.get()
    cover.return_cover(one, by=principal, reason="Testing", other_day=FRIDAY)

    asking.ask_again(one, by=ana, day=FRIDAY, starts=one.starts, ends=one.ends, at=LATER)
    assert [(row[1], row[4]) for row in rows()] == [(DAY, "needed"), (FRIDAY, "asked")]

    move(event, ana, FRIDAY, dt.time(10, 5), dt.time(10, 50))
    assert [(row[1], row[4]) for row in rows()] == [(FRIDAY, "asked")]


def test_a_cancelled_event_takes_its_needs_along(taught, date, ana):
    event = date()
    assert rows()

    cancel_event(event, by=ana)

    assert rows() == []


def test_a_class_that_was_asked_for_by_hand_is_not_needed_as_well(taught, date, ask):
    ask()

    date(ends=dt.time(10, 50))

    assert [row[4] for row in rows()] == ["asked"]


def test_only_its_teacher_asks_for_a_class(taught, date, ana, ben, cleo, principal, office, facilitator):
    event = date()

    for by in (ben, cleo, principal, office, facilitator):
        with pytest.raises(PermissionDenied):
            asking.ask_for_needed(
                event, by=by, asked={one.pk: {"note": "", "plan": None} for one in event.coverage.all()}
            )

    assert rows() == needed()


def test_without_a_timetable_nothing_is_worked_out(date, ask, ana):
    event = date()
    assert rows() == []

    assert ask(event=event).state == "asked"


def test_asking_by_hand_takes_up_what_was_worked_out(taught, date, ask):
    event = date(ends=dt.time(10, 50))

    ask(note="Page 31")

    one = Coverage.objects.get()
    assert (one.state, one.note, one.event) == ("asked", "Page 31", event)
