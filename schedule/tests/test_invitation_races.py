"""Invitations and replies at the same moment: several workers, one of them killed, one message handed over twice."""

import datetime as dt
import threading

import pytest
from django.db import connection
from django.utils import timezone

from notices.models import OutboxMail
from schedule import services
from schedule.models import Attendance, CalendarReply, EventInvitation

from .test_replies import letter

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
TIMES = 6
HOUR = dt.timedelta(hours=1)


@pytest.fixture(autouse=True)
def _site(settings):
    settings.EMAIL_BACKEND = "notices.outbox.EmailBackend"
    settings.CALENDAR_ADDRESS = "peerlearn@cedar.example"
    settings.TAKES_REPLIES = settings.DEMO = True  # in a demo no mail waits for the morning


def at_once(*works):
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


def make(by, people, days=3):
    starts = timezone.now() + dt.timedelta(days=days)
    span = {"starts_at": starts, "ends_at": starts + HOUR}
    return services.create_event(by=by, kind="meeting", title="", people=people, **span)


def invitations():
    return OutboxMail.objects.filter(subject__contains="Peer learning")


def test_many_workers_mail_each_invitation_once(ana, ben):
    services.want_invitations(ben, by=ben, wanted=True)
    for days in range(1, 6):
        make(ana, [ana, ben], days)

    at_once(*[services.send_invitations] * TIMES)

    assert invitations().count() == 5
    assert EventInvitation.objects.exclude(sent_at=None).count() == 5


def test_facts_at_one_moment_leave_the_calendar_in_step(ana, ben):
    services.want_invitations(ben, by=ben, wanted=True)
    event = make(ana, [ana, ben])
    services.send_invitations()
    moves = [event.starts_at + n * HOUR for n in range(1, TIMES)]

    def move(starts):
        mine = type(event).objects.get(pk=event.pk)
        services.move_event(mine, by=ana, starts_at=starts, ends_at=starts + HOUR)

    at_once(*[lambda starts=starts: move(starts) for starts in moves], services.send_invitations)
    services.send_invitations()

    event.refresh_from_db()
    newest = EventInvitation.objects.filter(person=ben, dropped_at=None).order_by("sequence").last()
    assert (newest.version, newest.starts_at) == (event.sequence, event.starts_at)
    assert newest.sent_at


def test_a_message_handed_over_many_times_is_taken_once(ana, ben):
    services.want_invitations(ben, by=ben, wanted=True)
    event = make(ana, [ana, ben])
    octets = letter(event, ben, stamped=timezone.now())

    at_once(*[lambda: services.take_reply(octets)] * TIMES)

    assert CalendarReply.objects.count() == 1
    assert Attendance.objects.get(event=event, person=ben).answer == "accepted"
