"""The rows that say what each date is, and the services that ask them."""

import datetime as dt

import pytest

from people import clock
from people.models import NoSchoolDay, Role, School, SchoolYear
from people.services import places
from schedule import services
from schedule.models import BellSchedule, CycleDay, DayCycle, SchoolDay, SpecialDay

MONDAY = dt.date(2026, 8, 17)
AT = dt.datetime(2026, 8, 10, 12, tzinfo=dt.UTC)


def day(number):
    return MONDAY + dt.timedelta(days=number)


@pytest.fixture
def fall(district):
    """A short year of four weeks, so that rows can be read."""
    return SchoolYear.objects.create(name="Fall", starts_on=MONDAY, ends_on=day(25))


@pytest.fixture
def usual(school):
    return BellSchedule.objects.create(school=school)


@pytest.fixture
def followed(monkeypatch):
    told = []
    monkeypatch.setattr("schedule.services.school_days.ON_DAYS_CHANGED", [lambda *what: told.append(what)])
    return told


def rows(school):
    return list(SchoolDay.objects.filter(school=school).values_list("day", "position", "cycle_day", "off"))


def rotation(school, *names, follows="school_days", starts_on=MONDAY):
    cycle = DayCycle.objects.create(school=school, follows=follows, starts_on=starts_on)
    CycleDay.objects.bulk_create(CycleDay(cycle=cycle, position=n, name=name) for n, name in enumerate(names))
    return cycle


def test_a_school_without_a_cycle_has_its_weekdays(school, usual, fall):
    services.lay_out_days([school], at=AT)

    assert rows(school)[:6] == [
        (day(0), 0, "Monday", ""),
        (day(1), 1, "Tuesday", ""),
        (day(2), 2, "Wednesday", ""),
        (day(3), 3, "Thursday", ""),
        (day(4), 4, "Friday", ""),
        (day(7), 0, "Monday", ""),
    ]
    assert {one.bell_schedule for one in SchoolDay.objects.all()} == {usual}
    assert SchoolDay.objects.count() == 20


def test_days_off_cycles_and_special_days_are_laid_out(school, other_school, usual, fall):
    half = BellSchedule.objects.create(school=school, name="Half day", is_default=False)
    rotation(school, "A", "B")
    NoSchoolDay.objects.create(day=day(1), name="Snow")
    NoSchoolDay.objects.create(day=day(2), name="A burst pipe", school=school)
    NoSchoolDay.objects.create(day=day(3), name="Elsewhere", school=other_school)
    SpecialDay.objects.create(school=school, day=day(4), name="Half day", bell_schedule=half)

    services.lay_out_days(at=AT)

    assert rows(school)[:6] == [
        (day(0), 0, "A", ""),
        (day(1), None, "", "Snow"),
        (day(2), None, "", "A burst pipe"),
        (day(3), 1, "B", ""),
        (day(4), 0, "A", ""),
        (day(7), 1, "B", ""),
    ]
    assert SchoolDay.objects.get(school=school, day=day(4)).bell_schedule == half
    assert not SchoolDay.objects.get(school=school, day=day(1)).has_classes


def test_only_what_differs_is_written_and_told(school, other_school, usual, fall, followed):
    services.lay_out_days(at=AT)
    followed.clear()
    NoSchoolDay.objects.create(day=day(3), name="Snow", school=school)

    changed = services.lay_out_days(at=AT)
    again = services.lay_out_days(at=AT)

    assert {school.pk: set(days) for school, days in changed.items()} == {school.pk: {day(3)}}
    assert followed == [(school, {day(3)}, AT)]
    assert again == {}


def test_days_beyond_a_shorter_year_go(school, usual, fall):
    services.lay_out_days(at=AT)
    SchoolYear.objects.update(ends_on=day(4))

    changed = services.lay_out_days(at=AT)

    assert SchoolDay.objects.count() == 5
    assert set(changed[school]) == {day(number) for number in range(7, 26) if day(number).weekday() < 5}


def test_a_year_that_is_over_stays_as_it_was(school, usual, fall):
    services.lay_out_days(at=AT)
    before = rows(school)
    rotation(school, "A", "B")
    NoSchoolDay.objects.create(day=day(3), name="Snow", school=school)

    services.lay_out_days(at=AT + dt.timedelta(days=100))

    assert rows(school) == before


def test_a_closed_school_has_no_days_from_then_on(school, usual, fall):
    services.lay_out_days([school], at=AT)

    school.closed_on = day(7)
    school.save()
    services.lay_out_days([school], at=AT)

    assert SchoolDay.objects.count() == 5


@pytest.mark.parametrize("schools", [1, 3])
def test_laying_out_asks_the_same_for_three_schools_as_for_one(
    schools, district, fall, django_assert_num_queries, connection_warm
):
    for number in range(schools):
        school = School.objects.create(name=f"School {number}", code=f"s{number}")
        BellSchedule.objects.create(school=school)
        rotation(school, "A", "B")

    with django_assert_num_queries(20):
        services.lay_out_days(at=AT)
    NoSchoolDay.objects.create(day=day(3), name="Snow")
    with django_assert_num_queries(20):
        services.lay_out_days(at=AT)


@pytest.fixture
def connection_warm(db, monkeypatch):
    monkeypatch.setattr("schedule.services.school_days.ON_DAYS_CHANGED", [])


def test_what_admins_change_is_laid_out_in_the_same_transaction(school, usual, person):
    admin = person("Ada Novak", Role.ADMIN)
    start = clock.today(school) + dt.timedelta(days=7 - clock.today(school).weekday())
    year = places.keep(SchoolYear(name="Now", starts_on=start, ends_on=start + dt.timedelta(days=40)), by=admin)
    friday = start + dt.timedelta(days=4)

    assert SchoolDay.objects.get(school=school, day=friday).off == ""
    places.add_no_school_days("Snow", first=friday, last=friday, school=None, by=admin)
    assert SchoolDay.objects.get(school=school, day=friday).off == "Snow"
    places.remove_no_school_day(NoSchoolDay.objects.get(), by=admin)
    assert SchoolDay.objects.get(school=school, day=friday).off == ""
    new = places.keep(School(name="New school", code="new"), by=admin)
    assert SchoolDay.objects.filter(school=new, day=friday).exists()
    year.ends_on = start + dt.timedelta(days=2)
    places.keep(year, by=admin)
    assert not SchoolDay.objects.filter(day=friday).exists()


# --- asked by those who plan ---------------------------------------------------------------------------------------


@pytest.fixture
def laid(school, usual, fall):
    NoSchoolDay.objects.create(day=day(2), name="Snow")
    services.lay_out_days([school], at=AT)
    return school


@pytest.mark.parametrize(
    ("first", "last", "days"), [(0, 1, 1), (0, 0, 0), (1, 0, 0), (0, 3, 2), (0, 7, 4), (-30, 0, 1), (24, 32, 6)]
)
def test_school_days_between_leave_out_days_off(first, last, days, laid):
    assert services.school_days_between(laid, day(first), day(last)) == days


def test_weekdays_count_where_nothing_is_laid_out(school):
    assert services.school_days_between(school, MONDAY, day(7)) == 5


@pytest.mark.parametrize(("of", "next_one", "before"), [(1, 3, 0), (3, 4, 1), (4, 7, 3), (25, 28, 24), (0, 1, -3)])
def test_the_next_school_day_and_the_one_before(of, next_one, before, laid):
    assert services.next_school_day(laid, day(of)) == day(next_one)
    assert services.previous_school_day(laid, day(of)) == day(before)
