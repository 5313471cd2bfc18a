"""The same thing asked at the same moment. SQLite lets in one writer at a time, so these need PostgreSQL."""

import datetime as dt
import threading
import uuid

import pytest
from django.db import connection
from django.utils import timezone

from notices.models import Notice
from people import clock
from schedule import services
from schedule.models import Event

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
TIMES = 6


def at_once(*works):
    """One work many times, or each of several once."""
    works = works if len(works) > 1 else works * TIMES
    start, faults = threading.Barrier(len(works)), []

    def run(work):
        try:
            start.wait()
            work()
        except Exception as fault:  # shown by the test that waits for it
            faults.append(fault)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[work]) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []


def make(by, people, uid=None):
    starts = timezone.now() + dt.timedelta(days=3)
    span = {"starts_at": starts, "ends_at": starts + dt.timedelta(hours=1)}
    return services.create_event(by=by, kind="meeting", title="", people=people, uid=uid, **span)


def test_one_form_sent_many_times_makes_one_event(ana, ben):
    uid = uuid.uuid4()

    at_once(lambda: make(ana, [ana, ben], uid))

    assert Event.objects.get().attendances.count() == 2
    assert Notice.objects.filter(kind="event_new").count() == 1


def test_an_event_is_cancelled_once(ana, ben):
    event = make(ana, [ana, ben])

    at_once(lambda: services.cancel_event(Event.objects.get(pk=event.pk), by=ana))

    assert Event.objects.get().sequence == 1
    assert Notice.objects.filter(kind="event_cancelled").count() == 1


def test_reminders_at_the_same_moment_are_told_once(ana, ben):
    event = make(ana, [ana, ben])
    day_before = clock.today(now=event.starts_at) - dt.timedelta(days=1)

    at_once(lambda: services.remind(at=clock.at(day_before, dt.time(23, 30))))

    assert Notice.objects.filter(kind="event_tomorrow").count() == 2


def test_a_series_that_is_moved_and_answered_at_the_same_moment_comes_to_an_end(ana, ben):
    """Away from each other the dates are moved, one after the other they are answered: all are held in one order."""
    starts = timezone.now() + dt.timedelta(days=3)
    span = {"starts_at": starts, "ends_at": starts + dt.timedelta(hours=1)}
    events, _ = services.repeat_event(by=ana, weeks=12, kind="meeting", title="", people=[ana, ben], **span)
    first, day = events[0].pk, dt.timedelta(days=1)
    later = {name: moment + day for name, moment in span.items()}

    at_once(
        lambda: services.move_series(Event.objects.get(pk=first), by=ana, place="", **later),
        *[lambda: services.answer_series(Event.objects.get(pk=first), by=ben, answer="accepted")] * 3,
    )

    assert {one.sequence for one in Event.objects.all()} == {1}
