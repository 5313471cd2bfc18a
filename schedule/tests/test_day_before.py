"""One day before: at the same time by the clock, in any zone, over both clock changes, and on a day with school."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from notices.models import Notice
from people import clock
from people.models import NoSchoolDay
from schedule import services

MONTH = dt.datetime(2027, 1, 1, tzinfo=dt.UTC)
MINUTE = dt.timedelta(minutes=1)


@pytest.fixture
def event(ana, ben, school):
    def make(day, time, zone="America/New_York"):
        school.time_zone = zone
        school.save()
        starts_at = clock.at(day, time, school)
        span = {"starts_at": starts_at, "ends_at": starts_at + 45 * MINUTE}
        return services.create_event(
            by=ana, kind="meeting", title="Talk", people=[ana, ben], school=school, at=MONTH, **span
        )

    return make


@pytest.mark.parametrize(
    ("day", "time", "told_on", "told_at"),
    [
        # A Monday is told of on Friday, though the clocks of New York went forward, or back, on the Sunday between.
        (dt.date(2027, 3, 15), dt.time(10, 5), dt.date(2027, 3, 12), dt.time(10, 5)),
        (dt.date(2027, 11, 8), dt.time(10, 5), dt.date(2027, 11, 5), dt.time(10, 5)),
        (dt.date(2027, 3, 17), dt.time(7, 50), dt.date(2027, 3, 16), dt.time(7, 50)),
        # In the evening no mail goes.
        (dt.date(2027, 3, 17), dt.time(19), dt.date(2027, 3, 16), dt.time(17)),
        # The Tuesday after Presidents' Day, which the district has off.
        (dt.date(2027, 2, 16), dt.time(9), dt.date(2027, 2, 12), dt.time(9)),
        # A day that only this school has off.
        (dt.date(2027, 4, 22), dt.time(9), dt.date(2027, 4, 20), dt.time(9)),
    ],
)
def test_people_are_told_at_the_same_time_of_the_school_day_before(
    event, school, other_school, day, time, told_on, told_at
):
    NoSchoolDay.objects.create(day=dt.date(2027, 2, 15), name="Presidents' Day")
    NoSchoolDay.objects.create(day=dt.date(2027, 4, 21), name="Pipes", school=school)
    NoSchoolDay.objects.create(day=dt.date(2027, 4, 20), name="Pipes", school=other_school)
    event(day, time)
    moment = clock.at(told_on, told_at, school)

    assert services.remind(at=moment - MINUTE) == 0
    assert services.remind(at=moment) == 2
    assert services.remind(at=moment + MINUTE) == 0


def test_a_day_that_is_tomorrow_only_there_is_not_missed(event):
    event(dt.date(2027, 3, 15), dt.time(8), zone="Pacific/Kiritimati")
    friday = dt.datetime(2027, 3, 12, 8, tzinfo=ZoneInfo("Pacific/Kiritimati"))

    assert services.remind(at=friday) == 2


def test_after_a_long_break_it_is_simply_the_day_before(event, school):
    days = [dt.date(2027, 6, 20) + dt.timedelta(days=n) for n in range(70)]
    NoSchoolDay.objects.bulk_create(NoSchoolDay(day=day, name="Summer") for day in days)
    event(days[-1] + dt.timedelta(days=1), dt.time(9))

    assert [day for day in days if services.remind(at=clock.at(day, dt.time(9), school))] == days[-1:]


def test_what_was_missed_on_friday_is_made_up_for_before_monday(event, school):
    event(dt.date(2027, 3, 15), dt.time(10, 5))

    assert services.remind(at=clock.at(dt.date(2027, 3, 14), dt.time(20), school)) == 2
    assert "Mon 15 March" in Notice.objects.filter(kind="event_tomorrow")[0].subject


@pytest.mark.parametrize("schools", [1, 3])
def test_looking_ahead_asks_the_same_whatever_is_off(event, schools, person, district, django_assert_num_queries):
    event(dt.date(2027, 3, 15), dt.time(10, 5))
    NoSchoolDay.objects.bulk_create(
        NoSchoolDay(day=dt.date(2027, 3, 1) + dt.timedelta(days=n), name="Off") for n in range(schools)
    )

    with django_assert_num_queries(3):
        services.remind(at=MONTH)
