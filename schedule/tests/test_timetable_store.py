import datetime as dt
from operator import itemgetter

import pytest
from django.core.exceptions import PermissionDenied
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from people.models import Role
from schedule.models import CycleDay, DayCycle, SchoolDay, TeachingSlot, Timetable
from schedule.plausible import Row, plausible
from schedule.services.timetables import write_timetable
from schedule.services.timetables.storing import COLUMNS, Stored, store

pytestmark = pytest.mark.django_db
FIRST, SECOND, THIRD = dt.date(2026, 8, 17), dt.date(2026, 11, 2), dt.date(2027, 1, 11)


@pytest.fixture
def table(school, office):
    return Timetable.objects.create(school=school, starts_on=FIRST, made_by=office, made_at="2026-08-01T00:00Z")


def held(table):
    return sorted(TeachingSlot.objects.filter(timetable=table).values_list(*COLUMNS))


def slots_of(rows, table, people):
    return [
        (table.pk, people[who].pk, day, period, name, "Art", room, kind) for who, day, period, name, room, kind in rows
    ]


rows = st.lists(
    st.tuples(
        st.integers(0, 1), st.integers(0, 2), st.sampled_from("12"), st.sampled_from(["", "9A", "é\t\\N"]),
        st.sampled_from(["", "R1"]), st.sampled_from(["class", "duty"]),
    ),
    max_size=12,
    unique_by=itemgetter(slice(5)),
)  # fmt: skip


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None)
@given(before=rows, after=rows)
def test_what_is_stored_is_what_was_given_and_what_stays_keeps_its_row(before, after, table, ana, ben):
    people = (ana, ben)
    TeachingSlot.objects.all().delete()
    store(slots_of(before, table, people), [table.pk])
    ids = dict(TeachingSlot.objects.values_list("pk", "class_name"))

    stored = store(slots_of(after, table, people), [table.pk])

    same = {row[:-1] for row in before} & {row[:-1] for row in after}
    other_kind = len(same) - len(set(before) & set(after))
    assert held(table) == sorted(slots_of(after, table, people))
    assert stored == Stored(len(after) - len(same), len(before) - len(same), other_kind)
    assert len(ids.keys() & set(TeachingSlot.objects.values_list("pk", flat=True))) == len(same)


def test_a_timetable_of_another_date_or_school_is_left_alone(table, other_school, office, ana, admin):
    row = [Row(ana, "Monday", "1", "9A", "R1", "Art", "class")]
    other = write_timetable(other_school, row, starts_on=FIRST, by=admin)
    mine = write_timetable(table.school, row, starts_on=FIRST, by=office)

    write_timetable(table.school, [], starts_on=FIRST, by=office)

    assert mine == table
    assert held(table) == []
    assert len(held(other)) == 1


def test_the_one_before_ends_the_day_before_and_a_new_one_ends_before_the_next(school, office):
    for day in (FIRST, THIRD, SECOND, SECOND):
        write_timetable(school, [], starts_on=day, by=office)

    spans = list(Timetable.objects.order_by("starts_on").values_list("starts_on", "ends_on"))
    day = dt.timedelta(days=1)
    assert spans == [(FIRST, SECOND - day), (SECOND, THIRD - day), (THIRD, None)]


@pytest.mark.parametrize("level", ["elementary", "middle", "high", "rotating"])
def test_a_plausible_timetable_is_written_on_the_days_of_the_school(level, school, office, person):
    teachers = [person(f"T{number} Person", Role.TEACHER, school) for number in range(9)]
    plan = plausible(level, teachers)
    if plan.follows != "weekdays":
        cycle = DayCycle.objects.create(school=school, starts_on=FIRST, follows=plan.follows)
        CycleDay.objects.bulk_create([CycleDay(cycle=cycle, position=n, name=d) for n, d in enumerate(plan.days)])

    table = write_timetable(school, plan.rows, starts_on=SECOND, by=office)

    wanted = [
        (
            table.pk,
            row.teacher.pk,
            plan.days.index(row.day),
            row.period,
            row.class_name,
            row.subject,
            row.room,
            row.kind,
        )
        for row in plan.rows
    ]
    assert held(table) == sorted(wanted)


def test_a_day_that_the_school_does_not_have_is_refused(school, office, ana):
    with pytest.raises(ValueError, match="no day Day 6; it has Monday"):
        write_timetable(school, [Row(ana, "Day 6", "1", "9A", "", "", "class")], starts_on=FIRST, by=office)

    assert not Timetable.objects.exists()


def test_followers_hear_of_the_days_that_changed_and_of_none_when_nothing_did(school, office, ana, monkeypatch):
    told = []
    monkeypatch.setattr("schedule.followers.ON_DAYS_CHANGED", [lambda school, days, at: told.append((school, days))])
    days = [FIRST + dt.timedelta(days=number) for number in range(4)]
    SchoolDay.objects.bulk_create(
        [SchoolDay(school=school, day=day, off="" if n else "Snow") for n, day in enumerate(days)]
    )
    rows = [Row(ana, "Monday", "1", "9A", "R1", "Art", "class")]
    at = dt.datetime(2026, 8, 18, 12, tzinfo=dt.UTC)

    write_timetable(school, rows, starts_on=FIRST, by=office, at=at)
    first = told.copy()
    write_timetable(school, rows, starts_on=FIRST, by=office, at=at)

    assert told == first == [(school, set(days[1:]))]


@pytest.mark.parametrize("who", ["ana", "other_principal", "facilitator"])
def test_only_the_office_writes_a_timetable(who, school, request):
    with pytest.raises(PermissionDenied):
        write_timetable(school, [], starts_on=FIRST, by=request.getfixturevalue(who))
