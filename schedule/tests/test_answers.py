"""Saying whether one comes, straight from the mail."""

import datetime as dt

import pytest
from django.utils import timezone

from notices.acts import act_of
from notices.links import answer_url
from notices.models import Notice
from schedule.models import Attendance
from schedule.services import answer_event, cancel_event, create_event


@pytest.fixture
def event(ana, ben, school):
    starts_at = timezone.now() + dt.timedelta(days=7)
    return meeting(ana, [ana, ben], starts_at)


def meeting(by, people, starts_at):
    span = {"starts_at": starts_at, "ends_at": starts_at + dt.timedelta(minutes=45)}
    return create_event(by=by, kind="meeting", title="Peer learning", people=people, **span)


def press(client, event, key):
    notice = Notice.objects.get(kind="event_new", key__startswith=f"event-new:{event.pk}:")
    path = answer_url(notice, act_of(notice, key)).removeprefix("http://localhost:8000")
    return client.get(path).content.decode(), client.post(path, follow=True).content.decode()


def answer_of(event, person):
    return Attendance.objects.get(event=event, person=person).answer


def test_a_date_is_accepted_from_the_mail(client, event, ben):
    shown, said = press(client, event, "come")

    assert "You say that you can come: Peer learning" in shown
    assert "You come: Peer learning" in said
    assert answer_of(event, ben) == "accepted"


def test_a_date_is_declined_from_the_mail_and_its_organizer_hears_of_it(client, event, ana, ben):
    press(client, event, "decline")

    assert answer_of(event, ben) == "declined"
    assert Notice.objects.filter(person=ana, kind="event_declined").exists()


def test_a_cancelled_date_is_not_answered(client, event, ana, ben):
    cancel_event(event, by=ana)

    shown, _ = press(client, event, "come")

    assert "This link no longer works" in shown
    assert answer_of(event, ben) == "asked"


def test_a_yes_to_two_dates_at_one_time_is_refused_in_words(client, event, ben, cleo):
    other = meeting(cleo, [cleo, ben], event.starts_at)
    answer_event(other, by=ben, answer="accepted")

    _, said = press(client, event, "come")

    assert "Nothing has changed." in said
    assert answer_of(event, ben) == "asked"
