import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone

from partnerships.models import PlannedEvent
from partnerships.services.members import leave
from schedule.models import Feed
from schedule.scopes import shared_by
from schedule.services import create_event, new_feed


@pytest.fixture
def event(work, ana):
    starts = timezone.now() + dt.timedelta(days=2)
    span = {"starts_at": starts, "ends_at": starts + dt.timedelta(hours=1)}
    event = create_event(by=ana, kind="meeting", title="Meeting", people=[ana], thread=work.thread, **span)
    PlannedEvent.objects.create(partnership=work, event=event)
    return event


def fetch(feed):
    return Client().get(f"/feeds/{feed.token}.ics")


def test_each_of_its_people_follows_the_dates_of_the_work(work, event, ben):
    assert shared_by(ben)[work.thread] == "Try it together with Ana Ruiz"

    feed = new_feed(ben, by=ben, scope=work.thread)

    assert f"UID:{event.uid}" in fetch(feed).content.decode()


def test_nobody_else_does_whatever_their_post(work, event, stranger, principal, facilitator, admin):
    for person in (stranger, principal, facilitator, admin):
        with pytest.raises(PermissionDenied):
            new_feed(person, by=person, scope=work.thread)


def test_whoever_leaves_has_lost_it_at_once(work, event, ben):
    feed = new_feed(ben, by=ben, scope=work.thread)
    assert fetch(feed).status_code == 200

    leave(work, by=ben)

    assert fetch(feed).status_code == 404
    assert Feed.objects.filter(pk=feed.pk).exists()
