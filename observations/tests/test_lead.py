"""Lead time is said while a date is planned, with the dates that would do."""

import datetime as dt

import pytest

from observations.models import CoverRule
from people import clock
from schedule.models import SchoolDay
from schedule.services import clashes

from .conftest import DAY

MONDAY = dt.date(2027, 3, 8)


@pytest.fixture
def said(school, ana, cleo):
    """What is said of a date at ten on a day, after a week of school days was written from 1 March on."""

    def words(day=DAY, starts=dt.time(10), ends=dt.time(11), people=None):
        span = {"starts_at": clock.at(day, starts, school), "ends_at": clock.at(day, ends, school)}
        found = clashes(people=people or [ana, cleo], school=school, by=ana, **span)
        return [one.sentence for one in found if one.kind == "class" and one.who is None]

    return words


@pytest.fixture
def taught(teach, ana, school, school_days):
    """Ana teaches in period 2; this week is laid out as well, so that Thursday is eight school days ahead."""
    teach(ana, "2", "Grade 4 math")
    week = [dt.date(2027, 3, day) for day in range(1, 6)]
    bells = school_days[0].bell_schedule
    SchoolDay.objects.bulk_create(SchoolDay(school=school, day=day, position=0, bell_schedule=bells) for day in week)


def test_a_date_too_soon_says_how_soon_and_which_would_do(taught, said):
    assert said() == [
        "8 school days ahead: Maple Grove Elementary arranges cover 10 ahead. These dates would do: "
        "Mon 15 March, Tue 16 March, Wed 17 March."
    ]


def test_a_school_that_needs_less_time_says_nothing(taught, said, school):
    CoverRule.objects.create(school=school, lead_days=8)

    assert said() == []
    assert said(day=dt.date(2027, 3, 10)) != []


def test_a_day_off_is_no_school_day_ahead(taught, said, school):
    CoverRule.objects.create(school=school, lead_days=8)
    assert said() == []

    SchoolDay.objects.filter(day=MONDAY).update(off="Snow", bell_schedule=None)

    assert "7 school days ahead" in said()[0]


def test_the_dates_that_do_are_free_of_other_dates_and_cost_the_fewest_classes(taught, teach, said, date, ana, cleo):
    date(day=dt.date(2027, 3, 15), by=cleo, people=[cleo])
    SchoolDay.objects.filter(day=dt.date(2027, 3, 16)).update(position=7)  # no class of Ana's on such a day

    assert said()[0].endswith("These dates would do: Tue 16 March, Wed 17 March, Thu 18 March.")


def test_a_date_that_takes_no_class_says_nothing(taught, said, cleo):
    assert said(starts=dt.time(12), ends=dt.time(13)) == []
    assert said(people=[cleo]) == []
