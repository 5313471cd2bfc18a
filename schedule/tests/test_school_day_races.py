"""Changes of a school's days at the same moment, and dates that are moved meanwhile. Needs PostgreSQL."""

import datetime as dt
import threading

import pytest
from django.db import connection
from django.test import Client

from people import clock
from people.models import NoSchoolDay, SchoolYear
from people.services import places
from schedule import services
from schedule.models import DayCycle, Event, SchoolDay

from .school_time import TEN, next_monday, second_period, three_periods

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def at_once(*works):
    start, faults = threading.Barrier(len(works)), []

    def run(work):
        try:
            start.wait()
            work()
        except Exception as fault:  # shown by the test that waits for it
            faults.append(fault)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[work]) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []


@pytest.fixture
def rotating(school, principal, year):
    three_periods(school, principal)
    cycle = DayCycle(school=school, starts_on=next_monday(school), follows="school_days")
    services.keep_cycle(cycle, by=principal, days=[(f"Day {number}", None) for number in range(1, 7)])
    return school


def test_days_off_at_the_same_moment_leave_one_rotation(rotating, admin):
    """Each shifts all days after it: whoever comes second counts with what the first has written."""
    monday = next_monday(rotating)
    days = [monday + dt.timedelta(days=7 * number) for number in range(6)]

    at_once(
        *[
            lambda day=day: places.add_no_school_days("Snow", first=day, last=day, school=rotating, by=admin)
            for day in days
        ]
    )

    written = list(SchoolDay.objects.values_list("day", "position", "off"))
    services.lay_out_days([rotating])
    assert written == list(SchoolDay.objects.values_list("day", "position", "off"))
    assert NoSchoolDay.objects.count() == 6


def test_a_year_and_its_days_off_change_at_the_same_moment(rotating, year, admin):
    monday = next_monday(rotating)

    def longer():
        places.keep(SchoolYear(pk=year.pk, name=year.name, starts_on=year.starts_on, ends_on=year.ends_on), by=admin)

    def snow():
        places.add_no_school_days("Snow", first=monday, last=monday, school=None, by=admin)

    at_once(longer, snow, longer, services.lay_out_days, services.lay_out_days)

    written = list(SchoolDay.objects.values_list("day", "position", "off"))
    assert services.lay_out_days() == {}
    assert written == list(SchoolDay.objects.values_list("day", "position", "off"))


def test_dates_are_moved_and_answered_while_days_change(rotating, admin, ana, ben):
    monday = next_monday(rotating)
    events = [second_period(rotating, monday + dt.timedelta(days=number), [ana, ben]) for number in range(4)]

    def move(event, number):
        there = clock.at(monday + dt.timedelta(days=14 + number), TEN, rotating)
        services.move_event(event, by=ana, starts_at=there, ends_at=there + dt.timedelta(minutes=30))

    def answer(event):
        services.answer_event(event, by=ben, answer="accepted")

    at_once(
        lambda: places.add_no_school_days("Snow", first=monday, last=monday, school=rotating, by=admin),
        *[lambda event=event, number=number: move(event, number) for number, event in enumerate(events[:2])],
        *[lambda event=event: answer(event) for event in events[2:]],
    )

    moved, stayed = (Event.objects.get(pk=event.pk) for event in (events[0], events[2]))
    assert (moved.starts_at, moved.trouble) == (clock.at(monday + dt.timedelta(days=14), TEN, rotating), "")
    assert stayed.attendances.get(person=ben).answer == "accepted"


@pytest.mark.parametrize("has_bells", [True, False])
def test_the_same_cycle_sent_at_the_same_moment_is_kept_once(has_bells, school, principal, year):
    if has_bells:
        three_periods(school, principal)
    sent = {"starts_on": next_monday(school), "follows": "school_days", "days-INITIAL_FORMS": 0, "days-TOTAL_FORMS": 2}
    sent |= {"days-0-name": "A", "days-1-name": "B"}
    clients = [Client() for _ in range(6)]
    for client in clients:
        client.force_login(principal)
    sent["seen"] = clients[0].post(f"/schools/{school.pk}/cycles/add/", sent).context["tried"].mark
    answers = []

    at_once(
        *[
            lambda client=client: answers.append(client.post(f"/schools/{school.pk}/cycles/add/", sent))
            for client in clients
        ]
    )

    assert sorted(answer.status_code for answer in answers) == [200] * 5 + [302]
    assert DayCycle.objects.count() == 1


def test_the_same_days_off_at_the_same_moment_are_written_once(school, principal, year):
    monday = next_monday(school)

    at_once(*[lambda: places.add_no_school_days("Snow", first=monday, last=monday, school=school, by=principal)] * 4)

    assert NoSchoolDay.objects.count() == 1
