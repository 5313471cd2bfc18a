"""Feeds of a piece of work and of a school, what somebody was taken off, cover, and the tag of each."""

import contextlib
import datetime as dt

import icalendar
import pytest
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.test import Client
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from people.models import Post, School
from schedule import feeds, services
from schedule.models import Event, Feed

NOW = dt.datetime(2027, 3, 1, 12, tzinfo=dt.UTC)
TEN = dt.datetime(2027, 3, 11, 15, 5, tzinfo=dt.UTC)
HALF = dt.timedelta(minutes=45)
DAY = dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def _today(time_machine):
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def work(monkeypatch, ana, ben):
    """The people of partnership:12, as an upper app says; they see its dates, also those that they are not asked to."""
    people = {ana, ben}
    is_ours = {"partnership:12": "Ours"}
    monkeypatch.setattr("schedule.scopes.THREADS", [lambda user: is_ours if user in people else {}])
    seen = Q(thread="partnership:12")
    monkeypatch.setattr("schedule.models.event.MAY_SEE", [lambda user: seen if user in people else Q(pk=None)])
    return people


def make(by, people, *, starts_at=TEN, **fields):
    given = {"kind": "observation", "title": "Peer Partners: Observation", "at": NOW} | fields
    return services.create_event(by=by, people=people, starts_at=starts_at, ends_at=starts_at + HALF, **given)


def fetch(feed, **headers):
    return Client().get(f"/feeds/{feed.token}.ics", headers=headers)


def events_in(response):
    return list(icalendar.Calendar.from_ical(response.content).walk("VEVENT"))


def seen_in(feed):
    return [(entry["UID"], str(entry["STATUS"]), entry["SEQUENCE"]) for entry in events_in(fetch(feed))]


# --- a piece of work --------------------------------------------------------------------------------------------------


def test_a_feed_of_work_holds_its_dates_for_each_of_its_people(work, ana, ben):
    event = make(ana, [ana], thread="partnership:12")  # ben is not asked to it
    make(ana, [ana, ben], starts_at=TEN + DAY)
    feed = services.new_feed(ben, by=ben, scope="partnership:12", at=NOW)

    (entry,) = events_in(fetch(feed))

    assert (entry["UID"], entry["SUMMARY"]) == (str(event.uid), "Peer learning")
    assert "Observation" not in fetch(feed).content.decode()


def test_whoever_leaves_the_work_has_lost_its_feed_at_once(work, ana, ben):
    make(ana, [ana, ben], thread="partnership:12")
    feed = services.new_feed(ben, by=ben, scope="partnership:12", at=NOW)
    tag = fetch(feed)["ETag"]

    work.discard(ben)

    assert fetch(feed).status_code == 404
    assert fetch(feed, if_none_match=tag).status_code == 404


def test_a_feed_is_made_only_of_what_one_has_a_part_in(work, cleo, school):
    for scope in ("partnership:12", f"school:{school.pk}", "school:999", "x"):
        with pytest.raises(PermissionDenied):
            services.new_feed(cleo, by=cleo, scope=scope)

    assert not Feed.objects.exists()


# --- a school ---------------------------------------------------------------------------------------------------------


def test_a_school_s_feed_says_busy_when_and_in_which_room(ana, ben, school, other_school):
    event = make(ana, [ana], school=school, place="Room 12")
    make(ana, [ana], school=school, listed=False, starts_at=TEN + DAY)
    make(ana, [ana], school=other_school, starts_at=TEN + 2 * DAY)
    feed = services.new_feed(ben, by=ben, scope=f"school:{school.pk}", at=NOW)

    response = fetch(feed)

    (entry,) = events_in(response)
    assert (entry["SUMMARY"], entry["LOCATION"], entry["STATUS"]) == ("Busy", "Room 12", "CONFIRMED")
    assert (entry.decoded("DTSTART"), entry.decoded("DTEND")) == (TEN, TEN + HALF)
    for word in ("Observation", "Peer", "Ana", "URL", "events/", f"UID:{event.uid}", "DESCRIPTION", "ATTENDEE"):
        assert word not in response.content.decode().replace("PRODID:-//peerlearn", "")


def test_a_school_s_feed_follows_and_ends_with_the_post(ana, ben, school):
    event = make(ana, [ana], school=school)
    feed = services.new_feed(ben, by=ben, scope=f"school:{school.pk}", at=NOW)
    services.move_event(event, by=ana, starts_at=TEN + HALF, ends_at=TEN + 2 * HALF, at=NOW)
    services.cancel_event(event, by=ana, at=NOW)

    assert seen_in(feed) == [(f"busy-{event.uid}", "CANCELLED", 2)]

    Post.objects.filter(user=ben).update(ends_on=dt.date(2027, 2, 1))
    assert fetch(feed).status_code == 404


# --- taken off, and cover ---------------------------------------------------------------------------------------------


def test_what_one_was_taken_off_says_cancelled_for_thirty_days(ana, ben, time_machine):
    event = make(ana, [ana, ben], place="Room 12")
    feed = services.new_feed(ben, by=ben, at=NOW)

    services.remove_people(event, by=ana, people=[ben], at=NOW)
    services.move_event(event, by=ana, starts_at=TEN + HALF, ends_at=TEN + 2 * HALF, place="Gym", at=NOW)

    (entry,) = events_in(fetch(feed))
    assert (entry["STATUS"], entry["SEQUENCE"], entry.decoded("DTSTART")) == ("CANCELLED", 1, TEN)
    assert "Gym" not in fetch(feed).content.decode()
    time_machine.move_to(NOW + dt.timedelta(days=29))
    assert len(events_in(fetch(feed))) == 1
    time_machine.move_to(NOW + dt.timedelta(days=31))
    assert events_in(fetch(feed)) == []


def test_sequence_grows_with_each_time_that_one_is_taken_off_and_asked_again(ana, ben):
    event = make(ana, [ana, ben])
    feed = services.new_feed(ben, by=ben, at=NOW)

    seen = seen_in(feed)
    for act in (services.remove_people, services.add_people) * 2:
        act(event, by=ana, people=[ben], at=NOW)
        seen += seen_in(feed)

    assert [status for _, status, _ in seen] == ["TENTATIVE", "CANCELLED"] * 2 + ["TENTATIVE"]
    assert [number for _, _, number in seen] == [0, 1, 2, 3, 4]
    assert {uid for uid, _, _ in seen} == {str(event.uid)}


def test_whoever_declined_is_not_told_that_it_is_cancelled(ana, ben):
    event = make(ana, [ana, ben])
    services.answer_event(event, by=ben, answer="declined", at=NOW)

    services.remove_people(event, by=ana, people=[ben], at=NOW)

    assert seen_in(services.new_feed(ben, by=ben, at=NOW)) == []


def test_a_date_without_cover_is_tentative_though_one_said_yes(ana, ben):
    event = make(ana, [ana, ben])
    services.answer_event(event, by=ben, answer="accepted", at=NOW)
    feed = services.new_feed(ben, by=ben, at=NOW)

    services.set_tentative(event, True, NOW)
    first = seen_in(feed)
    services.set_tentative(event, False, NOW)

    assert [first, seen_in(feed)] == [[(str(event.uid), "TENTATIVE", 1)], [(str(event.uid), "CONFIRMED", 2)]]


def test_classes_that_one_covers_are_in_the_feed_and_in_its_tag(ben, monkeypatch):
    rows = []
    monkeypatch.setattr("schedule.feeds.FEED_ROWS", [lambda person, since: rows if person == ben.pk else []])
    feed = services.new_feed(ben, by=ben, at=NOW)
    tags = [fetch(feed)["ETag"]]

    rows.append(feeds.CoverRow("cover-7", TEN, TEN + HALF, NOW, 0, False, True, "Room 12", "/coverage/7/"))
    (entry,) = events_in(fetch(feed))
    tags.append(fetch(feed)["ETag"])
    assert (entry["SUMMARY"], entry["LOCATION"], entry["STATUS"]) == ("Class cover", "Room 12", "TENTATIVE")
    assert entry["URL"].endswith("/coverage/7/")

    rows[:] = [rows[0]._replace(cancelled=True, sequence=1)]
    assert events_in(fetch(feed))[0]["STATUS"] == "CANCELLED"
    assert len({*tags, fetch(feed)["ETag"]}) == 3


# --- the tag ----------------------------------------------------------------------------------------------------------

ACTS = {
    "accept": lambda it: services.answer_event(it.event, by=it.ben, answer="accepted", at=it.now),
    "decline": lambda it: services.answer_event(it.event, by=it.ben, answer="declined", at=it.now),
    "other accepts": lambda it: services.answer_event(it.event, by=it.ana, answer="accepted", at=it.now),
    "move": lambda it: services.move_event(it.event, by=it.ana, at=it.now, **it.moved()),
    "off": lambda it: services.remove_people(it.event, by=it.ana, people=[it.ben], at=it.now),
    "on": lambda it: services.add_people(it.event, by=it.ana, people=[it.ben], at=it.now),
    "tentative": lambda it: services.set_tentative(it.event, True, it.now),
    "settled": lambda it: services.set_tentative(it.event, False, it.now),
    "new": lambda it: it.make(),
    "cancel": lambda it: services.cancel_event(it.event, by=it.ana, at=it.now),
    "rename": lambda it: School.objects.filter(pk=it.school.pk).update(name=f"School {it.count()}"),
    "wait": lambda it: it.wait(dt.timedelta(days=13)),
    "wait long": lambda it: it.wait(dt.timedelta(days=200)),
    "nothing": lambda it: None,
}


class Story:
    def __init__(self, ana, ben, school, travel):
        self.ana, self.ben, self.school, self.travel = ana, ben, school, travel
        self.now, self.counted, self.events = NOW, 0, []
        self.make()

    def count(self):
        self.counted += 1
        return self.counted

    def make(self):
        starts = max(TEN, self.now) + self.count() * DAY
        self.events.append(make(self.ana, [self.ana, self.ben], starts_at=starts, at=self.now, school=self.school))

    def moved(self):
        starts = self.event.starts_at + dt.timedelta(minutes=self.count())
        return {"starts_at": starts, "ends_at": starts + HALF}

    def wait(self, time):
        self.now += time
        self.travel(self.now)

    def do(self, act, which):
        self.event = Event.objects.get(pk=self.events[which % len(self.events)].pk)
        with contextlib.suppress(PermissionDenied):  # it was cancelled, or ben is not asked any more: nothing happens
            ACTS[act](self)


@hypothesis_settings(
    max_examples=8,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],  # a shorter story takes minutes to find
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(acts=st.lists(st.tuples(st.sampled_from(sorted(ACTS)), st.integers(0, 2)), min_size=3, max_size=9))
def test_a_tag_stands_for_one_content_and_keeps_while_nothing_happens(acts, ana, ben, school, time_machine):
    time_machine.move_to(NOW, tick=False)
    Event.objects.all().delete()
    own, ours = (services.new_feed(ben, by=ben, scope=scope, at=NOW) for scope in ("own", f"school:{school.pk}"))
    story = Story(ana, ben, school, lambda moment: time_machine.move_to(moment, tick=False))
    seen, last = {own: {}, ours: {}}, {}

    for act, which in acts:
        story.do(act, which)
        for feed, contents in seen.items():
            response = fetch(feed)
            tag, content = response["ETag"], response.content
            assert contents.setdefault(tag, content) == content
            assert act != "nothing" or last.get(feed, tag) == tag
            last[feed] = tag
