import datetime as dt
import uuid
from zoneinfo import ZoneInfo

import icalendar
import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from schedule import ics, services
from schedule.models import Attendance, Feed

NOW = dt.datetime(2027, 3, 1, 12, tzinfo=dt.UTC)
TEN = dt.datetime(2027, 3, 11, 15, 5, tzinfo=dt.UTC)
HALF = dt.timedelta(minutes=45)
NEW_YORK = ZoneInfo("America/New_York")


@pytest.fixture(autouse=True)
def _today(time_machine):
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def event(ana, ben, school):
    return make(ana, [ana, ben], school=school, place="Room 12; north, by the stairs")


@pytest.fixture
def feed(ben):
    return services.new_feed(ben, by=ben, at=NOW)


def make(by, people, *, starts_at=TEN, **fields):
    given = {"kind": "observation", "title": "Peer Partners: Observation", "at": NOW} | fields
    return services.create_event(by=by, people=people, starts_at=starts_at, ends_at=starts_at + HALF, **given)


def fetch(feed, **headers):
    return Client().get(f"/feeds/{feed.token}.ics", headers=headers)


def events_in(response):
    return list(icalendar.Calendar.from_ical(response.content).walk("VEVENT"))


def written(place, school=""):
    where = ", ".join(part for part in (place, school) if part)
    return ics.vcalendar(
        [ics.vevent(uuid.UUID(int=7), *map(ics.stamp, (TEN, TEN + HALF, NOW)), 0, "CONFIRMED", "x", where, "")],
        name="x",
    )


def test_feed_says_when_and_where_and_nothing_else(event, feed, settings):
    settings.SITE_URL = "https://peerlearn.example"

    response = fetch(feed)

    (entry,) = events_in(response)
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert "private" in response["Cache-Control"]
    assert (entry["SUMMARY"], entry["STATUS"], entry["UID"]) == ("Peer learning", "TENTATIVE", str(event.uid))
    assert entry["LOCATION"] == "Room 12; north, by the stairs, Maple Grove Elementary"
    assert entry["URL"] == f"https://peerlearn.example/events/{event.pk}/"
    assert (entry.decoded("DTSTART"), entry.decoded("DTEND")) == (TEN, TEN + HALF)
    for word in ("Observation", "Partners", "Ana", "METHOD", "DESCRIPTION", "ATTENDEE", "TZID"):
        assert word not in response.content.decode()


def test_feed_follows_answers_moves_and_cancellations(event, feed, ana, ben):
    services.answer_event(event, by=ben, answer="accepted", at=NOW)
    assert events_in(fetch(feed))[0]["STATUS"] == "CONFIRMED"

    later = NOW + dt.timedelta(hours=1)
    services.move_event(event, by=ana, starts_at=TEN + HALF, ends_at=TEN + 2 * HALF, at=later)
    (moved,) = events_in(fetch(feed))
    assert (moved["UID"], moved["SEQUENCE"], moved.decoded("DTSTART")) == (str(event.uid), 1, TEN + HALF)
    assert moved.decoded("LAST-MODIFIED") == later

    services.cancel_event(event, by=ana, word="The class is away", at=later)
    (cancelled,) = events_in(fetch(feed))
    assert (cancelled["STATUS"], cancelled["SEQUENCE"], cancelled["UID"]) == ("CANCELLED", 2, str(event.uid))


def test_feed_forgets_a_cancelled_event_after_thirty_days(event, feed, ana, time_machine):
    services.cancel_event(event, by=ana, at=NOW)

    time_machine.move_to(NOW + dt.timedelta(days=29))
    assert len(events_in(fetch(feed))) == 1
    time_machine.move_to(NOW + dt.timedelta(days=31))
    assert events_in(fetch(feed)) == []


def test_feed_leaves_out_the_declined_and_other_peoples_dates(event, feed, ana, ben, cleo):
    make(ana, [ana, cleo], starts_at=TEN + HALF)
    assert len(events_in(fetch(feed))) == 1

    services.answer_event(event, by=ben, answer="declined", at=NOW)

    assert events_in(fetch(feed)) == []


def test_unknown_revoked_replaced_and_closed_feeds_are_alike(feed, ben):
    def answer(token):
        response = Client().get(f"/feeds/{token}.ics")
        return response.status_code, response.content.replace(token.encode(), b"")

    first = feed.token
    assert Client().get(f"/feeds/{first}.ics").status_code == 200
    second = services.new_feed(ben, by=ben).token
    unknown = answer("nobody-has-this")

    assert answer(first) == unknown
    assert unknown[0] == 404
    type(ben).objects.filter(pk=ben.pk).update(is_active=False)
    assert answer(second) == unknown
    type(ben).objects.filter(pk=ben.pk).update(is_active=True)
    services.drop_feed(ben, by=ben)
    assert answer(second) == unknown


@pytest.mark.parametrize("token", ["a%00b", "a%20b", "%C3%A9", "a.b"])
def test_an_address_that_no_token_has_is_no_page(token, client, db):
    assert client.get(f"/feeds/{token}.ics").status_code == 404


@pytest.mark.parametrize("scope", ["\0", "own\0", "school:x", "x" * 400])
def test_a_feed_of_nothing_is_no_fault_of_ours(scope, client, ben):
    client.force_login(ben)

    assert client.post("/me/calendar/off/", {"scope": scope}).status_code == 302
    assert client.post("/me/calendar/new/", {"scope": scope}).status_code in (302, 403)


def test_a_token_has_at_least_128_bits(feed):
    assert len(feed.token) * 6 >= 128


def test_unchanged_feed_is_not_sent_again_and_asks_two_queries(event, feed, django_assert_num_queries):
    tag = fetch(feed)["ETag"]

    with django_assert_num_queries(2):  # the feed, and what its holder covers
        response = fetch(feed, if_none_match=tag)

    assert (response.status_code, response.content) == (304, b"")


def test_every_change_of_the_feed_changes_its_tag(event, feed, ana, ben, time_machine):
    other = make(ana, [ana], starts_at=TEN + 2 * HALF)
    tags = [fetch(feed)["ETag"]]

    def seen():
        tags.append(fetch(feed)["ETag"])

    services.answer_event(event, by=ben, answer="accepted", at=NOW)
    seen()
    services.move_event(event, by=ana, starts_at=TEN + HALF, ends_at=TEN + 2 * HALF, at=NOW)  # in the same moment
    seen()
    services.remove_people(event, by=ana, people=[ben], at=NOW)
    services.add_people(other, by=ana, people=[ben], at=NOW)
    seen()
    services.cancel_event(other, by=ana, at=NOW)
    seen()
    time_machine.move_to(NOW + dt.timedelta(days=31))
    seen()

    assert len(set(tags)) == len(tags)


def test_a_day_that_changes_nothing_keeps_the_tag(event, feed, time_machine):
    tag = fetch(feed)["ETag"]

    time_machine.move_to(NOW + dt.timedelta(days=1))

    assert fetch(feed)["ETag"] == tag


@pytest.mark.parametrize("number", [1, 3])
def test_feed_asks_three_queries_whatever_its_length(number, feed, ana, ben, django_assert_num_queries):
    for hour in range(number):
        make(ana, [ben], starts_at=TEN + dt.timedelta(hours=hour))

    with django_assert_num_queries(3):
        assert len(events_in(fetch(feed))) == number


@pytest.mark.parametrize(
    ("day", "utc"),
    [
        (dt.date(2027, 3, 13), 15),
        (dt.date(2027, 3, 15), 14),  # the clock goes forward on 14 March
        (dt.date(2027, 11, 6), 14),
        (dt.date(2027, 11, 8), 15),  # and back on 7 November
    ],
)
def test_times_hold_across_the_clock_changes(day, utc, feed, ana, ben):
    make(ana, [ben], starts_at=dt.datetime.combine(day, dt.time(10), tzinfo=NEW_YORK))

    response = fetch(feed)

    assert f"DTSTART:{day:%Y%m%d}T{utc}0000Z\r\n".encode() in response.content
    assert events_in(response)[0].decoded("DTSTART").astimezone(NEW_YORK).hour == 10


def test_long_lines_fold_at_75_octets_between_characters():
    text = written("Salle Éluard, où l’on lit 🎓 " * 8, "Maple Grove Elementary")

    lines = text.encode().split(b"\r\n")
    assert max(len(line) for line in lines) == 75
    for line in lines:
        line.decode()
    (entry,) = icalendar.Calendar.from_ical(text).walk("VEVENT")
    assert entry["LOCATION"] == "Salle Éluard, où l’on lit 🎓 " * 8 + ", Maple Grove Elementary"


def test_special_characters_are_escaped():
    text = written("A;B,C\\D\nE\r\nF\x00\x07")

    assert "LOCATION:A\\;B\\,C\\\\D\\nE\\nF\r\n" in text


@given(place=st.text(max_size=200), school=st.text(max_size=200))
def test_no_place_can_break_the_calendar(place, school):
    text = written(place, school)

    lines = text.encode(errors="surrogatepass").split(b"\r\n")
    assert all(len(line) <= 75 for line in lines)
    assert sum(line == b"BEGIN:VEVENT" for line in lines) == 1
    assert not any(char in text.replace("\r\n", "") for char in "\r\n\x00\x85\u2028")


def test_event_file_is_for_those_who_see_the_event(event, ben, stranger, client):
    client.force_login(ben)
    response = client.get(f"/events/{event.pk}.ics")
    assert [entry["SUMMARY"] for entry in events_in(response)] == ["Peer learning"]
    assert response["Content-Disposition"] == f'attachment; filename="event-{event.pk}.ics"'

    client.force_login(stranger)
    assert client.get(f"/events/{event.pk}.ics").status_code == 404


def test_settings_page_makes_resets_and_takes_away_the_address(client, ben):
    client.force_login(ben)
    assert "/feeds/" not in client.get("/me/calendar/").content.decode()
    assert not Feed.objects.exists()

    client.post("/me/calendar/new/")
    first = Feed.objects.get(person=ben).token
    assert f"/feeds/{first}.ics" in client.get("/me/calendar/").content.decode()
    client.post("/me/calendar/new/")
    assert Feed.objects.get(person=ben).token != first
    client.post("/me/calendar/off/")
    assert not Feed.objects.exists()
    assert Attendance.objects.count() == 0
