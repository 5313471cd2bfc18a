"""Covering stands in the coverer's calendar here and in the feed that they subscribe to."""

import datetime as dt

import pytest
from icalendar import Calendar

from observations.models import Coverage
from observations.services import coverage as cover
from schedule.services import new_feed

from .conftest import DAY, NOW
from .knocking import get

TEN = dt.datetime(2027, 3, 11, 15, 5, tzinfo=dt.UTC)


@pytest.fixture
def seen(client):
    """What the feed of a person says of cover: [(uid, status, sequence)]."""

    def read(person):
        feed = new_feed(person, by=person)
        content = client.get(f"/feeds/{feed.token}.ics").content
        covers = [one for one in Calendar.from_ical(content).walk("VEVENT") if one["UID"].startswith("cover-")]
        return [(str(one["UID"]), str(one["STATUS"]), int(one["SEQUENCE"])) for one in covers]

    return read


def test_the_feed_says_when_and_where_and_that_it_is_not_settled(ask, ben, principal, client):
    coverage = ask()
    cover.approve_cover(coverage, by=principal, coverer=ben)

    content = client.get(f"/feeds/{new_feed(ben, by=ben).token}.ics").content

    (entry,) = Calendar.from_ical(content).walk("VEVENT")
    assert (entry["DTSTART"].dt, entry["STATUS"], entry["LOCATION"]) == (
        TEN, "TENTATIVE", "Room 12, Maple Grove Elementary"
    )  # fmt: skip
    assert entry["URL"].endswith(coverage.get_absolute_url())
    assert b"Grade 4" not in content
    assert b"Ana" not in content


def test_a_yes_a_change_and_the_end_reach_the_calendar_as_one_entry(ask, ben, stranger, principal, seen, time_machine):
    coverage, told = ask(), []
    works = [
        lambda: cover.approve_cover(coverage, by=principal, coverer=ben),
        lambda: cover.confirm_cover(coverage, by=ben),
        lambda: cover.name_coverer(coverage, by=principal, coverer=stranger),
        lambda: cover.name_coverer(coverage, by=principal, coverer=ben),
    ]
    for number, work in enumerate(works):
        time_machine.move_to(NOW + dt.timedelta(hours=number), tick=False)
        work()
        told += seen(ben)

    assert [status for _, status, _ in told] == ["TENTATIVE", "CONFIRMED", "CANCELLED", "TENTATIVE"]
    assert {uid for uid, _, _ in told} == {f"cover-{coverage.pk}-{ben.pk}"}
    assert [number for *_, number in told] == sorted({number for *_, number in told})


def test_what_is_off_leaves_the_feed_after_a_month(ask, ana, ben, principal, seen, time_machine):
    coverage = ask(day=DAY + dt.timedelta(days=60))
    cover.approve_cover(coverage, by=principal, coverer=ben)
    cover.withdraw_cover(coverage, by=ana)
    assert [status for _, status, _ in seen(ben)] == ["CANCELLED"]

    time_machine.move_to(NOW + dt.timedelta(days=31), tick=False)

    assert seen(ben) == []


def test_the_calendar_page_shows_what_one_covers_in_its_place(ask, date, ben, stranger, principal, client):
    date(by=ben, people=[ben], starts=dt.time(9), ends=dt.time(10), title="Before")
    date(by=ben, people=[ben], starts=dt.time(12), ends=dt.time(13), title="After")
    cover.approve_cover(ask(), by=principal, coverer=ben)
    client.force_login(ben)

    days = client.get(f"/calendar/?view=week&day={DAY}").context["days"]

    rows = next(day.rows for day in days if day.date == DAY)
    assert [(row.time, row.title) for row in rows] == [
        ("9:00", "Before"), ("10:05", "You cover a class"), ("12:00", "After")
    ]  # fmt: skip
    assert rows[1].url == Coverage.objects.get().get_absolute_url()
    assert "You cover" not in get(client, stranger, f"/calendar/?view=week&day={DAY}")[1]
