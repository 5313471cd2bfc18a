"""Workers at the same moment. SQLite lets in one writer at a time, so these need PostgreSQL."""

import threading
from collections import Counter

import pytest
from django.core import mail
from django.db import connection

from notices import delivery
from notices.models import Digest, How, Notice, Preference

from .conftest import THURSDAY

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def at_once(work, times):
    """Run the same work in several threads that start together."""
    start, faults = threading.Barrier(times), []

    def run():
        try:
            start.wait()
            work()
        except Exception as fault:  # shown by the test that waits for it
            faults.append(fault)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []


def copies():
    return Counter(letter.extra_headers["Message-ID"] for letter in mail.outbox)


def test_workers_at_the_same_moment_mail_each_notice_once(ana, told, monkeypatch):
    monkeypatch.setattr(delivery, "BATCH", 25)
    for n in range(200):
        told(ana, f"Step {n}")

    at_once(lambda: delivery.deliver(at=THURSDAY), 2)

    assert len(copies()) == 200
    assert set(copies().values()) == {1}
    assert Notice.objects.filter(sent_at=None).count() == 0


def test_workers_at_the_same_moment_write_one_digest(ana, told, monkeypatch):
    monkeypatch.setattr(delivery, "BATCH", 10)
    Preference.objects.create(person=ana, kind="turn", how=How.DIGEST)
    for n in range(40):
        told(ana, f"Step {n}")

    at_once(lambda: delivery.deliver(at=THURSDAY), 3)
    at_once(lambda: delivery.send_digests(at=Digest.objects.get().next_at), 3)

    [letter] = mail.outbox
    assert letter.subject.startswith("40 things")


def test_telling_at_the_same_moment_writes_one_row(ana, told):
    at_once(lambda: told(ana), 8)

    assert Notice.objects.count() == 1
