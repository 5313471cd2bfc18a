"""Deleting, erasing and holding at the same moment. SQLite lets in one writer at a time, so these need PostgreSQL."""

import threading

import pytest
from django.db import connection
from django.utils import timezone

from notices.models import Notice
from people.models import DeletionNotice, Erasure, SubjectExport, User
from people.services.erasing import ask_for_erasure, erase_people
from people.services.holds import set_hold
from people.services.retention import delete_what_is_due
from people.services.subject_exports import ask_for_export

from .retention_world import DAY, _fall, a_text, left, work

__all__ = ["_fall", "work"]

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def at_once(*works):
    start, faults = threading.Barrier(len(works)), []

    def run(one):
        try:
            start.wait()
            one()
        except Exception as fault:  # shown by the test that waits for it
            faults.append(fault)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[one]) for one in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []


def test_two_workers_erase_a_person_once(work, ana):
    asked = ask_for_erasure(ana, by=ana)

    at_once(*[lambda: erase_people(at=timezone.now() + 8 * DAY)] * 3)

    asked.refresh_from_db()
    assert asked.done_at
    assert User.objects.get(pk=ana.pk).name == "A former colleague"


def test_two_presses_ask_for_one_erasure_and_one_export(work, ana):
    at_once(*[lambda: ask_for_erasure(ana, by=ana)] * 3, *[lambda: ask_for_export(ana, by=ana)] * 3)

    assert (Erasure.objects.count(), SubjectExport.objects.count()) == (1, 1)


def test_two_nights_tell_once(work, ana):
    a_text(work, ana)

    at_once(*[delete_what_is_due] * 3)

    assert Notice.objects.filter(kind="deleted_soon").count() == DeletionNotice.objects.count() == 1


def test_a_hold_comes_before_the_deleting_or_after_it_and_nothing_is_half_gone(work, ana, admin):
    notes = {a_text(work, ana).pk for _ in range(5)}
    delete_what_is_due()
    later = timezone.now() + 8 * DAY

    at_once(lambda: delete_what_is_due(at=later), lambda: set_hold(by=admin, person=ana, reason="A court asks"))

    assert left() in (notes, set())
