"""Dates that repeat: the same time on the clock each week, days off left out, one word to their people."""

import datetime as dt
import uuid
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from hypothesis import given, settings
from hypothesis import strategies as st

from notices.models import Notice
from people import clock
from people.models import NoSchoolDay, School
from schedule import services
from schedule.models import Booking, Event, SchoolDay, TeachingSlot
from schedule.services.clashes import Wanted, clashes_of_dates
from schedule.services.repeating import weekly

THURSDAY = dt.date(2027, 3, 4)  # ten days before the clocks change in New York
NOW = dt.datetime(2027, 3, 1, 12, tzinfo=dt.UTC)
WEEK = dt.timedelta(weeks=1)
NEW_YORK = ZoneInfo("America/New_York")


@pytest.fixture
def repeat(ana, ben, school):
    def make(weeks=4, *, day=THURSDAY, by=ana, people=(ana, ben), **fields):
        span = {"starts_at": clock.at(day, dt.time(10, 5), school), "ends_at": clock.at(day, dt.time(10, 50), school)}
        what = {"kind": "meeting", "title": "", "school": school, "place": "Library", "at": NOW}
        return services.repeat_event(by=by, weeks=weeks, people=people, **what | span | fields)

    return make


def when(events, school):
    zone = clock.zone_of(school)
    return [f"{one.starts_at.astimezone(zone):%d.%m. %H:%M}" for one in events]


def told(person, kind):
    return list(Notice.objects.filter(person=person, kind=kind))


def test_every_week_has_its_event_at_the_same_time_on_the_clock(repeat, school, ben):
    events, left_out = repeat()

    assert when(Event.objects.all(), school) == ["04.03. 10:05", "11.03. 10:05", "18.03. 10:05", "25.03. 10:05"]
    assert left_out == {}
    assert {one.series for one in events} == {events[0].series} != {None}
    assert Booking.objects.filter(person=ben).count() == 4
    (notice,) = told(ben, "event_new")
    assert notice.facts["when"] == "Thu 4 March, 10:05 to 10:50, each week until Thu 25 March"


def test_days_without_school_are_left_out_and_said(repeat, school, other_school):
    NoSchoolDay.objects.create(day=THURSDAY + WEEK, name="Snow day")
    NoSchoolDay.objects.create(day=THURSDAY + 2 * WEEK, name="Theirs", school=other_school)
    SchoolDay.objects.create(school=school, day=THURSDAY + 3 * WEEK, off="Spring break")

    _, left_out = repeat()

    assert when(Event.objects.all(), school) == ["04.03. 10:05", "18.03. 10:05"]
    assert left_out == {THURSDAY + WEEK: "Snow day", THURSDAY + 3 * WEEK: "Spring break"}


def test_a_date_of_its_own_begins_in_the_skipped_hour_as_a_repeated_one_does(client, ana, school):
    sunday = dt.date(2027, 3, 14)
    sent = {"uid": uuid.uuid4(), "kind": "meeting", "day": sunday, "starts": "02:30", "ends": "03:30"}
    client.force_login(ana)

    client.post("/events/new/", sent | {"school": school.pk})

    event = Event.objects.get()
    assert event.starts_at == clock.moment(sunday, dt.time(2, 30), NEW_YORK)
    assert event.minutes == 30


def test_a_series_of_days_off_alone_is_refused(repeat):
    for number in range(2):
        NoSchoolDay.objects.create(day=THURSDAY + number * WEEK, name="Break")

    with pytest.raises(ValidationError, match="no school on any"):
        repeat(2)


def test_sent_twice_it_is_made_once(repeat):
    uid = uuid.uuid4()

    first, second = (repeat(uid=uid)[0] for _ in range(2))

    assert Event.objects.count() == 4
    assert [one.pk for one in first] == [one.pk for one in second]


def test_one_week_that_is_taken_refuses_the_whole(repeat, school, cleo):
    start = clock.at(THURSDAY + 2 * WEEK, dt.time(10), school)
    span = {"starts_at": start, "ends_at": start + dt.timedelta(minutes=15)}
    services.create_event(by=cleo, kind="meeting", title="", people=[], school=school, place="library", **span)

    with pytest.raises(
        services.DoubleBooked, match="Library|library is taken Thu 18 March, 10:00 to 10:15: Cleo Marsh"
    ):
        repeat()

    assert Event.objects.count() == 1


def test_what_stands_in_the_way_of_several_weeks_is_said_once(repeat, ana, ben, school):
    repeat(by=ben, people=[ben], place="Room 1")
    asked = {"by": ana, "people": [ana, ben], "school": school, "place": "Room 2"}
    start = clock.at(THURSDAY, dt.time(10), school)

    found = services.clashes_of_weeks(weeks=3, starts_at=start, ends_at=start + dt.timedelta(hours=1), **asked)

    assert [str(clash) for clash in found] == [
        f"Ben Okafor is busy Thu {day} March, 10:05 to 10:50." for day in (4, 11, 18)
    ]


@pytest.mark.parametrize("weeks", [2, 6])
def test_each_further_week_asks_one_query_for_its_classes(weeks, ana, ben, school, django_assert_num_queries):
    start = clock.at(THURSDAY, dt.time(10), school)
    asked = {"people": [ana, ben], "school": school, "place": "Library", "by": ana}

    with django_assert_num_queries(weeks + 7):
        services.clashes_of_weeks(weeks=weeks, starts_at=start, ends_at=start + dt.timedelta(hours=1), **asked)


def test_moving_a_series_is_held_against_each_of_its_dates(repeat, client, ana, ben, cleo, school):
    events, _ = repeat()
    NoSchoolDay.objects.create(day=THURSDAY + 2 * WEEK + dt.timedelta(days=1), name="Snow day")
    repeat(1, day=THURSDAY + 3 * WEEK + dt.timedelta(days=1), by=cleo, people=[ben], place="Gym")
    sent = {"day": "2027-03-05", "starts": "10:05", "ends": "10:50", "place": "Library", "scope": "later"}
    client.force_login(ana)

    page = client.post(f"/events/{events[0].pk}/move/", sent)
    before = when(Event.objects.filter(series=events[0].series), school)
    client.post(f"/events/{events[0].pk}/move/", sent | {"seen": page.context["mark"]})

    assert [str(clash) for clash in page.context["clashes"]] == [
        "There is no school on Fri 19 March: Snow day.",
        "Ben Okafor is busy Fri 26 March, 10:05 to 10:50.",
    ]
    assert before == ["04.03. 10:05", "11.03. 10:05", "18.03. 10:05", "25.03. 10:05"]
    after = when(Event.objects.filter(series=events[0].series), school)
    assert after == ["05.03. 10:05", "12.03. 10:05", "19.03. 10:05", "26.03. 10:05"]


def test_the_class_of_a_later_week_is_named_with_its_day(table, ana, school):
    TeachingSlot.objects.create(timetable=table, teacher=ana, position=2, period="2", class_name="7B", subject="Math")
    starts = [clock.at(day, dt.time(9), school) for day in (THURSDAY, dt.date(2027, 3, 10))]
    dates = [Wanted([ana], start, start + dt.timedelta(minutes=30)) for start in starts]

    found = clashes_of_dates(dates, school=school, by=ana)

    assert found[0].sentence == "You teach 7B Math on Wed 10 March; it needs cover."


def test_a_room_that_is_taken_in_a_later_week_refuses_the_move_of_the_series(repeat, client, ana, ben, cleo):
    events, _ = repeat()
    repeat(1, day=THURSDAY + WEEK, by=cleo, people=[cleo], place="Gym")
    sent = {"day": "2027-03-04", "starts": "10:05", "ends": "10:50", "place": "Gym", "scope": "later"}
    client.force_login(ana)

    page = client.post(f"/events/{events[0].pk}/move/", sent)

    assert page.context["form"].errors == {"place": ["Gym is taken Thu 11 March, 10:05 to 10:50: Cleo Marsh has it."]}


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (7, ["04.03. 10:05", "18.03. 10:30", "25.03. 10:30", "01.04. 10:30"]),
        (-6, ["04.03. 10:05", "05.03. 10:30", "12.03. 10:30", "19.03. 10:30"]),
    ],
)
def test_this_one_and_the_later_ones_move_as_many_days_to_the_same_hours(days, expected, repeat, ana, ben, school):
    events, _ = repeat()
    day = THURSDAY + WEEK + dt.timedelta(days=days)
    # It overlaps the old time of the next one, which has the room and its people until it moves as well.
    span = {"starts_at": clock.at(day, dt.time(10, 30), school), "ends_at": clock.at(day, dt.time(11, 30), school)}

    services.move_series(events[1], by=ana, place="Library", at=NOW, **span)

    assert when(Event.objects.all(), school) == expected
    (notice,) = told(ben, "event_moved")
    assert "and the later dates as well" in notice.facts["when"]


def test_moving_one_leaves_the_others(repeat, ana, school):
    events, _ = repeat(2)
    start = events[0].starts_at + dt.timedelta(days=1)

    services.move_event(events[0], by=ana, starts_at=start, ends_at=start + dt.timedelta(minutes=45), at=NOW)

    assert when(Event.objects.all(), school) == ["05.03. 10:05", "11.03. 10:05"]


def test_this_one_and_the_later_ones_are_called_off_and_told_once(repeat, ana, ben):
    events, _ = repeat()

    services.cancel_series(events[2], by=ana, word="We are done", at=NOW)

    assert [bool(one.cancelled_at) for one in Event.objects.order_by("starts_at")] == [False, False, True, True]
    assert len(told(ben, "event_cancelled")) == 1
    with pytest.raises(PermissionDenied):
        services.cancel_series(events[0], by=ben, at=NOW)


def test_a_yes_to_this_one_and_the_later_ones(repeat, ben):
    events, _ = repeat()

    services.answer_series(events[1], by=ben, answer="accepted", at=NOW)

    answers = ben.attendances.order_by("event__starts_at").values_list("answer", flat=True)
    assert list(answers) == ["asked", "accepted", "accepted", "accepted"]


@settings(max_examples=60, deadline=None)
@given(
    st.dates(dt.date(2026, 1, 1), dt.date(2028, 12, 31)),
    st.times().map(lambda time: time.replace(second=0, microsecond=0)),
    st.sampled_from(["America/New_York", "America/Denver", "America/Phoenix", "Pacific/Auckland", "UTC"]),
    st.integers(2, 40),
)
def test_the_wall_time_stays_over_both_changes_of_the_clock(day, time, zone_name, weeks):
    school, zone = School(pk=None, time_zone=zone_name), ZoneInfo(zone_name)
    start = clock.moment(day, time, zone)

    spans = weekly_without_days_off(start, start + dt.timedelta(minutes=45), weeks, school)

    walls = [one.astimezone(zone) for one, _ in spans]
    assert [wall.date() for wall in walls] == [start.date() + number * WEEK for number in range(weeks)]
    skipped = {clock.moment(wall.date(), start.time(), zone).time() for wall in walls}
    assert {wall.time() for wall in walls} <= skipped | {start.time()}
    assert all(end.astimezone(dt.UTC) > begin.astimezone(dt.UTC) for begin, end in spans)


def weekly_without_days_off(start, end, weeks, school):
    return weekly(start, end, weeks, school, off={})[0]
