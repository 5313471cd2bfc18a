"""Judged by calendars that no one here wrote."""

import datetime as dt
import re
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from schedule import ics, services
from schedule.models import Event

from .calendar_clients import Subscriber, libical_faults, needs_clients, needs_libical

NEW_YORK = ZoneInfo("America/New_York")
NOW = dt.datetime(2027, 3, 1, 15, tzinfo=dt.UTC)
HALF = dt.timedelta(minutes=45)
PLACE = "Room 12; north, by the “stairs” \\ Éluard"
# Before and after the clock goes forward on 14 March, and back on 7 November.
DAYS = [dt.date(2027, 3, 12), dt.date(2027, 3, 15), dt.date(2027, 11, 5), dt.date(2027, 11, 8)]


@pytest.fixture(autouse=True)
def _today(time_machine):
    time_machine.move_to(NOW)


def make(by, people, day, **fields):
    starts = dt.datetime.combine(day, dt.time(10, 5), tzinfo=NEW_YORK)
    given = {"kind": "meeting", "title": "", "place": PLACE} | fields
    return services.create_event(by=by, people=people, starts_at=starts, ends_at=starts + HALF, **given)


def page_says(client, event):
    """Start and end as the event's own page has them."""
    page = client.get(f"/events/{event.pk}/").content.decode()
    start = event.starts_at.astimezone(NEW_YORK)
    assert re.search(rf"{start:%a} {start.day} {start:%B}( {start.year})?, {start.hour}:{start:%M} to ", page)
    return f"{start:%Y-%m-%d %H:%M}"


@needs_clients
@pytest.mark.django_db(transaction=True)
def test_a_subscribed_calendar_agrees_with_the_page_after_every_change(live_server, tmp_path, client, ana, ben, school):
    events = [make(ana, [ana, ben], day, school=school) for day in DAYS]
    feed = services.new_feed(ben, by=ben)
    subscriber = Subscriber(tmp_path / "ben", f"{live_server.url}/feeds/{feed.token}.ics")
    client.force_login(ben)

    seen = subscriber.sees()
    assert [start for start, *_ in seen] == [page_says(client, event) for event in events]
    assert [(start[11:], end[11:]) for start, end, *_ in seen] == [("10:05", "10:50")] * 4
    assert {row[2:] for row in seen} == {("Peer learning", f"{PLACE}, {school.name}", "TENTATIVE")}

    first, second, third, fourth = events
    services.answer_event(first, by=ben, answer="accepted")
    services.move_event(second, by=ana, starts_at=second.starts_at + HALF, ends_at=second.ends_at + HALF, place="Gym")
    services.cancel_event(third, by=ana)
    services.remove_people(fourth, by=ana, people=[ben])
    seen = subscriber.sees()

    second = Event.objects.get(pk=second.pk)
    assert [row[4] for row in seen] == ["CONFIRMED", "TENTATIVE", "CANCELLED", "CANCELLED"]
    assert seen[1][0] == page_says(client, second)
    assert seen[1][0].endswith("10:50")
    assert seen[1][3] == f"Gym, {school.name}"

    services.answer_event(second, by=ben, answer="declined")
    assert [row[0][:10] for row in subscriber.sees()] == ["2027-03-12", "2027-11-05", "2027-11-08"]


@needs_clients
@pytest.mark.django_db(transaction=True)
def test_a_school_s_busy_times_in_a_subscribed_calendar(live_server, tmp_path, ana, ben, school):
    make(ana, [ana], DAYS[1], school=school)
    feed = services.new_feed(ben, by=ben, scope=f"school:{school.pk}")
    subscriber = Subscriber(tmp_path / "ben", f"{live_server.url}/feeds/{feed.token}.ics", zone="Europe/Berlin")

    assert subscriber.sees() == [("2027-03-15 15:05", "2027-03-15 15:50", "Busy", PLACE, "CONFIRMED")]


@needs_libical
@pytest.mark.parametrize("day", DAYS)
def test_libical_finds_nothing_wrong_in_a_feed(day, ana, ben, school):
    event = make(ana, [ana, ben], day, school=school)
    make(ana, [ana, ben], day + dt.timedelta(days=1))
    services.cancel_event(event, by=ana)
    feed = services.new_feed(ben, by=ben)

    content = Client().get(f"/feeds/{feed.token}.ics").content

    assert content.count(b"BEGIN:VEVENT") == 2
    assert libical_faults(content) == 0


@needs_libical
@pytest.mark.parametrize("takes_replies", [True, False])
def test_libical_finds_every_invitation_in_order(takes_replies, ana, ben, settings):
    settings.TAKES_REPLIES = takes_replies
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    services.want_invitations(ben, by=ben, wanted=True)
    ben.name = 'Ben "Bo" Okafor; the 2nd, é'
    ben.save()
    event = make(ana, [ana, ben], DAYS[0])
    services.send_invitations()
    services.set_tentative(event, True, timezone.now())
    services.send_invitations()
    services.move_event(event, by=ana, starts_at=event.starts_at + HALF, ends_at=event.ends_at + HALF)
    services.send_invitations()
    services.cancel_event(event, by=ana)
    services.send_invitations()

    files = [message.attachments[0].content for message in mail.outbox]

    assert [octets.count(b"METHOD:REQUEST") for octets in files] == [1, 1, 1, 0]
    assert [libical_faults(octets) for octets in files] == [0, 0, 0, 0]


@needs_libical
def test_libical_would_notice():
    event = ics.vevent("x", *map(ics.stamp, (NOW, NOW + HALF, NOW)), 0, "CONFIRMED", "Peer learning", "", "")

    assert libical_faults(ics.imip(event, method="REQUEST").encode()) > 0  # nobody invites
