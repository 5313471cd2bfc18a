"""Over any zone, any day and any text: what a calendar reads is what the page shows."""

import datetime as dt
import zoneinfo
from types import SimpleNamespace

import icalendar
from hypothesis import example, given
from hypothesis import strategies as st

from people.clock import moment
from schedule.ics import ESCAPES, stamp, vcalendar, vevent
from schedule.services.letters import invitation_file
from schedule.words import clock, day_words, span_words

NOW = dt.datetime(2027, 3, 1, tzinfo=dt.UTC)
ZONES = sorted(zone for zone in zoneinfo.available_timezones() if "/" in zone)
NEW_YORK = "America/New_York"
AT_TEN = dt.time(10, 5)
PRINTED = st.characters(exclude_categories=["C", "Z"]) | st.just(" ")


def read_back(text):
    assert all(len(line) <= 75 for line in text.encode().split(b"\r\n"))
    (entry,) = icalendar.Calendar.from_ical(text.encode()).walk("VEVENT")
    assert not entry.errors
    return entry


def written(starts, ends, where=""):
    times = map(stamp, (starts, ends, NOW))
    link = "https://peerlearn.example/events/7/"
    return vevent("7@x", *times, 0, "CONFIRMED", "Peer learning", where, link)


@given(
    zone=st.sampled_from(ZONES),
    day=st.dates(dt.date(2026, 7, 1), dt.date(2029, 7, 1)),
    time=st.times().map(lambda time: time.replace(second=0, microsecond=0)),
    minutes=st.integers(1, 24 * 60),
)
@example(zone=NEW_YORK, day=dt.date(2027, 3, 12), time=AT_TEN, minutes=45)
@example(zone=NEW_YORK, day=dt.date(2027, 3, 14), time=dt.time(1, 30), minutes=60)  # the clock goes forward meanwhile
@example(zone=NEW_YORK, day=dt.date(2027, 3, 15), time=AT_TEN, minutes=45)
@example(zone=NEW_YORK, day=dt.date(2027, 11, 5), time=AT_TEN, minutes=45)
@example(zone=NEW_YORK, day=dt.date(2027, 11, 7), time=dt.time(1, 30), minutes=60)  # and back
@example(zone=NEW_YORK, day=dt.date(2027, 11, 8), time=AT_TEN, minutes=45)
def test_a_calendar_shows_the_wall_time_of_the_page(zone, day, time, minutes):
    zone = zoneinfo.ZoneInfo(zone)
    starts = moment(day, time, zone)
    ends = (starts.astimezone(dt.UTC) + dt.timedelta(minutes=minutes)).astimezone(zone)

    entry = read_back(vcalendar([written(starts, ends)], name="Peer learning"))
    shown = [entry.decoded(name).astimezone(zone) for name in ("DTSTART", "DTEND")]

    page = span_words(starts, ends, zone, at=starts)
    assert page.startswith(f"{day_words(shown[0])}, {clock(shown[0])} to ")
    assert page.endswith(clock(shown[1]))
    assert shown[1].astimezone(dt.UTC) - shown[0].astimezone(dt.UTC) == dt.timedelta(minutes=minutes)
    if starts.time() == time:  # a time that the clock skips is not shown by any calendar
        assert shown[0].replace(tzinfo=None) == dt.datetime.combine(day, time)


@given(where=st.text(PRINTED, max_size=200) | st.text(max_size=199).map("\n{}".format))
@example(where="Room 12; north, by the stairs\\nAttic")
@example(where="\\;,\n\\\\n")
@example(where="É" * 74)
def test_every_text_comes_back_as_it_was(where):
    starts = NOW + dt.timedelta(days=1)

    entry = read_back(vcalendar([written(starts, starts + dt.timedelta(hours=1), where)], name=where))

    kept = "".join(char for char in where if char == "\n" or ESCAPES.get(ord(char), char) is not None)
    plain = kept.translate({0x85: " ", 0x2028: " ", 0x2029: " ", 9: " "})
    assert str(entry.get("LOCATION", "")) == plain


@given(name=st.text(max_size=120), email=st.emails().filter(str.isascii))
def test_no_name_or_address_can_break_an_invitation(name, email):
    row = SimpleNamespace(
        event_id=7, person_id=8, event=SimpleNamespace(uid="7@x"), person=SimpleNamespace(name=name, email=email),
        starts_at=NOW, ends_at=NOW + dt.timedelta(hours=1), made_at=NOW, sequence=3, where="", tentative=False,
        method="request", is_cancel=False, answer="asked",
    )  # fmt: skip

    entry = read_back(invitation_file(row))

    assert entry["SUMMARY"] == "Peer learning"
    assert entry["ATTENDEE"].params["PARTSTAT"] == "NEEDS-ACTION"
    assert entry["ATTENDEE"].lower().startswith("mailto:")
