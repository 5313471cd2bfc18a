"""The front office's sheet of a day, and tomorrow's by e-mail in the morning."""

import datetime as dt

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext

from notices.delivery import deliver
from notices.models import Notice
from observations.models import Coverage, Substitute
from observations.services import coverage as cover
from observations.services.day_sheets import send_day_sheets
from people.models import Role, School
from schedule.models import BellSchedule, Period, SchoolDay

from .conftest import DAY
from .knocking import get, said

SHEET = "/coverage/day/?day=2027-03-11"
EVE = dt.date(2027, 3, 10)
SEVEN = dt.datetime(2027, 3, 10, 12, tzinfo=dt.UTC)  # seven in New York


@pytest.fixture
def bells(school, periods):
    return BellSchedule.objects.get(school=school)


@pytest.fixture
def laid_out(school, bells):
    """School on the eve and on the day; the Friday is off."""
    SchoolDay.objects.filter(school=school).delete()
    for day, facts in (
        (dt.date(2027, 3, 8), {"cycle_day": "A"}),
        (EVE, {"cycle_day": "B"}),
        (DAY, {"cycle_day": "C"}),
        (dt.date(2027, 3, 12), {"off": "Founders Day", "bells": None}),
        (dt.date(2027, 3, 15), {"cycle_day": "D"}),
    ):
        rings = facts.pop("bells", bells)
        SchoolDay.objects.create(school=school, day=day, bell_schedule=rings, position=None, **facts)


@pytest.fixture
def sub(school):
    sub = Substitute.objects.create(name="Sue Sub", email="sue@subs.example", phone="555 0100")
    sub.schools.add(school)
    return sub


def test_the_sheet_says_which_day_it_is_and_leads_to_the_school_days_around(ask, laid_out, office, client):
    ask()

    answer = get(client, office, SHEET)[1]
    monday = get(client, office, "/coverage/day/?day=2027-03-12")[1]

    assert "Maple Grove Elementary, C, Regular day. 1 class, 1 without anybody yet." in answer
    assert "day=2027-03-10" in answer
    assert "day=2027-03-15" in answer  # not the Friday that is off
    assert "no classes, Founders Day" in monday


def test_on_a_day_without_classes_it_opens_at_the_next_school_day(ask, laid_out, office, client, time_machine):
    time_machine.move_to(dt.datetime(2027, 3, 13, 15, tzinfo=dt.UTC), tick=False)  # a Saturday

    assert "Coverage, Mon 15 March" in get(client, office, "/coverage/day/")[1]

    saturday = get(client, office, "/coverage/day/?day=2027-03-13")[1]
    assert "No classes on this day" in saturday
    assert "Nobody is out" not in saturday
    assert "day=2027-03-15" in saturday


def test_the_periods_are_those_of_the_days_bells(ask, laid_out, school, office, client):
    early = BellSchedule.objects.create(school=school, name="Early release", is_default=False)
    Period.objects.create(schedule=early, name="1", starts=dt.time(10, 5), ends=dt.time(10, 50))
    SchoolDay.objects.filter(day=DAY).update(bell_schedule=early)
    ask()
    client.force_login(office)

    (row,) = client.get(SHEET).context["rows"]

    assert (row.name, len(row.classes)) == ("Period 1", 1)


def test_the_sheet_says_who_is_out_who_covers_and_how_it_stands(ask, ben, host, principal, office, sub, client):
    cover.approve_cover(ask(note="Page 30"), by=principal)
    ask(by=host)
    Coverage.objects.filter(asker=host).update(state="assigned", substitute=sub)

    text = get(client, office, SHEET)[1]

    for words in ("Ana Ruiz", "Page 30", "Nobody named yet", "Sue Sub", "Not confirmed", "555 0100", "/cover/"):
        assert words in text
    Coverage.objects.filter(asker=host).update(state="withdrawn")
    assert "Sue Sub" not in get(client, office, SHEET)[1]


def test_links_of_substitutes_are_not_shown_for_days_that_are_over(ask, host, office, sub, client, time_machine):
    Coverage.objects.filter(pk=ask(by=host).pk).update(state="assigned", substitute=sub)
    assert "/cover/" in get(client, office, SHEET)[1]

    time_machine.move_to(dt.datetime(2027, 3, 12, 12, tzinfo=dt.UTC), tick=False)

    text = get(client, office, SHEET)[1]
    assert "Sue Sub" in text
    assert "/cover/" not in text


@pytest.mark.parametrize(("few", "more"), [(1, 3), (10, 60)])
def test_the_sheet_asks_as_often_for_any_number(few, more, ana, school, sub, laid_out, office, client):
    asked = set()
    for number in (few, more):
        Coverage.objects.all().delete()
        Coverage.objects.bulk_create(
            Coverage(
                asker=ana, school=school, day=DAY, starts=dt.time(8, n), ends=dt.time(9, n), class_name=f"Class {n}",
                asked_at=dt.datetime(2027, 3, 1, tzinfo=dt.UTC), state="assigned", substitute=sub,
            )
            for n in range(number)
        )  # fmt: skip
        client.force_login(office)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(SHEET).status_code == 200
        asked.add(len(queries))

    assert len(asked) == 1
    assert asked.pop() <= 10


def test_tomorrows_sheet_is_mailed_in_the_morning_once(ask, ben, office, principal, laid_out, sub):
    cover.approve_cover(ask(note="NOTE for the class"), by=principal, coverer=ben)
    Notice.objects.all().delete()

    assert send_day_sheets(at=SEVEN - dt.timedelta(minutes=1)) == 0
    assert send_day_sheets(at=SEVEN) == 1
    assert send_day_sheets(at=SEVEN + dt.timedelta(hours=3)) == 0

    deliver(at=SEVEN + dt.timedelta(minutes=1))
    (letter,) = mail.outbox
    assert letter.to == [office.email]
    assert letter.subject == "Cover on Thu 11 March: Maple Grove Elementary"
    html = letter.alternatives[0].content
    for body in (letter.body, html):
        assert "10:05 to 10:50, Room 12: Grade 4 math, Ben Okafor for Ana Ruiz, not confirmed yet" in body
        assert "All have somebody" in body
        assert "/coverage/day/?school=" in body
        assert "NOTE" not in body
    assert "* 10:05" in letter.body
    assert "<li" in html


def test_a_class_that_comes_later_in_the_morning_is_told_of_then(ask, office, laid_out):
    assert send_day_sheets(at=SEVEN) == 0
    ask()

    assert send_day_sheets(at=SEVEN + dt.timedelta(hours=2)) == 1
    assert Notice.objects.get(kind="day_sheet").person == office


def test_on_a_friday_mondays_sheet_is_mailed_and_on_a_day_off_none(ask, office, laid_out):
    ask(day=dt.date(2027, 3, 15))

    assert send_day_sheets(at=SEVEN + dt.timedelta(days=2)) == 0  # the Friday is off
    assert send_day_sheets(at=SEVEN + dt.timedelta(days=1)) == 1
    assert Notice.objects.get(kind="day_sheet").facts["day"] == "Mon 15 March"


def test_the_principal_reads_it_where_there_is_no_front_office(ask, principal, laid_out):
    ask()

    send_day_sheets(at=SEVEN)

    assert Notice.objects.get(kind="day_sheet").person == principal


def test_mornings_are_those_of_the_school(ask, office, laid_out, school):
    school.time_zone = "America/Los_Angeles"
    school.save()
    ask()

    assert send_day_sheets(at=SEVEN) == 0
    assert send_day_sheets(at=SEVEN + dt.timedelta(hours=3)) == 1


def test_a_full_sheet_is_cut_in_the_mail(ana, school, office, laid_out):
    Coverage.objects.bulk_create(
        Coverage(
            asker=ana, school=school, day=DAY, starts=dt.time(8, n), ends=dt.time(9, n), class_name=f"Class {n}",
            asked_at=dt.datetime(2027, 3, 1, tzinfo=dt.UTC),
        )
        for n in range(50)
    )  # fmt: skip

    send_day_sheets(at=SEVEN)

    lines = Notice.objects.get(kind="day_sheet").facts["lines"]
    assert lines[-1] == "and 10 more on the sheet"


@pytest.fixture
def add_school(person, district):
    """A factory of schools where a class of tomorrow needs somebody."""

    def make(number):
        school = School.objects.create(name=f"School {number}", code=f"school-{number}")
        bells = BellSchedule.objects.create(school=school)
        SchoolDay.objects.filter(school=school).delete()
        SchoolDay.objects.bulk_create(SchoolDay(school=school, day=day, bell_schedule=bells) for day in (EVE, DAY))
        teacher = person(f"Teacher{number} Of", Role.TEACHER, school)
        person(f"Office{number} Of", Role.FRONT_OFFICE, school)
        span = {"starts": dt.time(9), "ends": dt.time(10)}
        Coverage.objects.create(asker=teacher, school=school, day=DAY, class_name="C", asked_at=SEVEN, **span)

    return make


def test_mornings_take_as_many_queries_for_one_school_as_for_three(add_school):
    asked = []
    for numbers in ([1], [2, 3]):
        for number in numbers:
            add_school(number)
        Notice.objects.all().delete()
        with CaptureQueriesContext(connection) as queries:
            assert send_day_sheets(at=SEVEN) == numbers[-1]
        asked.append(len(queries))

    assert asked[0] == asked[1]


def test_the_sheet_is_for_the_office_and_the_principal(ask, ana, ben, office, principal, client):
    ask()

    assert get(client, ana, SHEET)[0] == 403
    for reader in (office, principal):
        client.force_login(reader)
        assert "Grade 4 math" in said(client.get(SHEET))
