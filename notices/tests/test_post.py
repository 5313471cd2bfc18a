"""A real mail server on this machine that refuses, hangs up and takes its time."""

import datetime as dt
import socket
from collections import Counter
from email import message_from_bytes

import pytest
from aiosmtpd.controller import Controller

from notices import delivery
from notices.models import How, Notice, Preference
from notices.post import DELAYS

from .conftest import THURSDAY

LATER = THURSDAY + dt.timedelta(minutes=2)


class Sink:
    """Keeps what it takes; `faults` says what to answer for the next mails."""

    def __init__(self):
        self.taken, self.faults, self.connections = [], [], 0

    async def handle_EHLO(self, server, session, envelope, hostname, responses):
        self.connections += 1
        session.host_name = hostname
        return responses

    async def handle_DATA(self, server, session, envelope):
        fault = self.faults.pop(0) if self.faults else None
        if fault == "451":
            return "451 try again later, said to " + envelope.rcpt_tos[0]
        self.taken.append(message_from_bytes(envelope.content))
        if fault == "hang up":
            # It has taken the mail, and the answer is lost.
            server.transport.abort()
        return "250 taken"

    def copies(self):
        return Counter(letter["Message-ID"] for letter in self.taken)


@pytest.fixture
def sink(settings):
    handler = Sink()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(handler, hostname="127.0.0.1", port=port)
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    yield handler
    controller.stop()


def test_a_batch_goes_over_one_connection(ana, told, sink):
    for n in range(20):
        told(ana, f"Step {n}")

    assert delivery.deliver(at=THURSDAY) == 20
    assert set(sink.copies().values()) == {1}
    assert sink.connections == 1


def test_a_refused_mail_is_tried_again_and_holds_up_no_other(ana, told, sink):
    for n in range(5):
        told(ana, f"Step {n}")
    sink.faults = [None, "451"]

    assert delivery.deliver(at=THURSDAY) == 4
    refused = Notice.objects.get(sent_at=None)
    assert (refused.attempts, refused.failure) == (1, "SMTPDataError 451")

    assert delivery.deliver(at=THURSDAY) == 0
    assert delivery.deliver(at=LATER) == 1
    assert sorted(sink.copies().values()) == [1] * 5


def test_a_hang_up_after_taking_a_mail_leads_to_a_copy_under_the_same_id(ana, told, sink):
    for n in range(5):
        told(ana, f"Step {n}")
    sink.faults = [None, "hang up"]

    delivery.deliver(at=THURSDAY)
    delivery.deliver(at=LATER)

    assert sorted(sink.copies().values()) == [1, 1, 1, 1, 2]
    assert Notice.objects.filter(sent_at=None).count() == 0


def test_a_mail_that_is_always_refused_fails_in_the_end_with_a_reason(ana, told, sink):
    told(ana)
    sink.faults = ["451"] * 10
    now = THURSDAY

    tries = 0
    while Notice.objects.waiting().exists() and tries < 20:
        delivery.deliver(at=now)
        tries += 1
        now = max(now, Notice.objects.get().next_at)

    notice = Notice.objects.get()
    assert notice.failed_at
    assert (notice.attempts, notice.failure) == (len(DELAYS) + 1, "SMTPDataError 451")
    assert Notice.objects.in_inbox(now).count() == 1


def test_a_digest_survives_a_refusal(ana, told, sink):
    Preference.objects.create(person=ana, kind="turn", how=How.DIGEST)
    told(ana, "Goal")
    told(ana, "Plan")
    delivery.deliver(at=THURSDAY)
    morning = dt.datetime(2026, 3, 13, 10, 30, tzinfo=dt.UTC)
    sink.faults = ["451"]

    assert delivery.send_digests(at=morning) == 0
    assert delivery.send_digests(at=morning + dt.timedelta(minutes=2)) == 1
    assert list(sink.copies().values()) == [1]


def test_a_server_that_is_away_costs_no_try(ana, told, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    told(ana)

    assert delivery.deliver(at=THURSDAY) == 0

    notice = Notice.objects.get()
    assert (notice.attempts, notice.sent_at) == (0, None)
    assert notice.next_at == THURSDAY + dt.timedelta(minutes=1)
