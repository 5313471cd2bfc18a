"""Timetables brought in at the same moment. SQLite lets in one writer at a time, so these need PostgreSQL."""

import datetime as dt
from contextlib import suppress

import pytest

from people.models import Role
from schedule.models import BellSchedule, Period, TeachingSlot, Timetable, TimetableImport
from schedule.services.timetables import ChangedMeanwhile, bring_in, bring_in_waiting, keep_file, look_at, save_slot
from schedule.tests.test_races import TIMES, at_once

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
FIRST = dt.date(2026, 8, 17)


@pytest.fixture(autouse=True)
def _bells(school):
    usual = BellSchedule.objects.create(school=school)
    Period.objects.create(schedule=usual, name="1", starts="08:10", ends="09:00")


def keep(name, rows, by, school):
    content = f"teacher,day,period,class\n{rows}".encode()
    return keep_file(content, file_name=name, starts_on=FIRST, school=school, by=by)[0]


def rows(person, name):
    return "".join(f"{person.email},{day},1,{name}\n" for day in ("Mo", "Tu", "We"))


def test_a_file_sent_many_times_is_brought_in_once(office, school, ana):
    kept = keep("tt.csv", rows(ana, "9A"), office, school)
    seen, won = look_at(kept).fingerprint, []

    def press():
        with suppress(ChangedMeanwhile):
            won.append(bring_in(TimetableImport.objects.get(), looked_at=seen, by=office))

    at_once(press)

    assert [tuple(done) for done in won] == [(3, 0, 0)]
    assert TeachingSlot.objects.count() == 3


def test_of_files_for_one_date_one_wins_whole(office, school, ana):
    files = [keep(f"{n}.csv", rows(ana, f"Class {n}"), office, school) for n in range(TIMES)]
    looks, won = [look_at(kept).fingerprint for kept in files], []
    turns = iter(range(TIMES))

    def press():
        number = next(turns)
        try:
            bring_in(files[number], looked_at=looks[number], by=office)
        except ChangedMeanwhile:
            return
        won.append(number)

    at_once(press)

    assert len(won) == 1
    assert {slot.class_name for slot in TeachingSlot.objects.all()} == {f"Class {won[0]}"}
    assert Timetable.objects.count() == 1


def test_workers_that_wake_together_bring_in_a_file_once(office, school, ana, monkeypatch):
    monkeypatch.setattr("schedule.models.timetable_import.AT_ONCE", 1)
    kept = keep("tt.csv", rows(ana, "9A"), office, school)
    bring_in(kept, looked_at=look_at(kept).fingerprint, by=office)

    done = []
    at_once(lambda: done.append(bring_in_waiting()))

    assert sum(done) == 1
    kept.refresh_from_db()
    assert (kept.added, kept.refused, TeachingSlot.objects.count()) == (3, "", 3)


def test_a_slot_added_many_times_at_one_moment_stands_once(office, school, person):
    table = Timetable.objects.create(school=school, starts_on=FIRST, made_by=office, made_at="2026-08-01T00:00Z")
    teacher = person("Tess Vale", Role.TEACHER, school)
    refused = []

    def press():
        slot = TeachingSlot(timetable=table, teacher=teacher, position=0, period="1", class_name="9A")
        try:
            save_slot(slot, by=office)
        except Exception as fault:  # the others are told, by one kind of error
            refused.append(type(fault).__name__)

    at_once(press)

    assert TeachingSlot.objects.count() == 1
    assert refused == ["ValidationError"] * (TIMES - 1)
