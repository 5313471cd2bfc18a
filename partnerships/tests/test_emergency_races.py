"""Admins who agree at the same moment: it opens once, for one hour, and its people are told once."""

import datetime as dt

import pytest
from django.utils import timezone

from notices.models import Notice
from partnerships.models import EmergencyReading, Share
from partnerships.services.emergency import approve_reading, ask_to_read, end_reading
from partnerships.services.sharing import agree_to_show, ask_to_show, stop_showing
from partnerships.services.words import write
from people.models import Role

from .test_races import at_once

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def admins(person, admin):
    return [admin, person("Oda Other", Role.ADMIN)]


def test_of_two_who_agree_at_once_one_does(work, operator, admins):
    asked = ask_to_read(work, by=operator, reason="A court asks.")

    told = at_once(*[lambda by=by: approve_reading(asked, by=by) for by in admins])

    assert told == (1, 1)
    assert EmergencyReading.objects.get().approved_by in admins
    assert Notice.objects.filter(kind="emergency_opened").count() == 2  # Ana and Ben, once each


def test_what_has_lapsed_is_opened_by_nobody(work, operator, admins):
    asked = ask_to_read(work, by=operator, reason="A court asks.", at=timezone.now() - dt.timedelta(hours=25))

    told = at_once(*[lambda by=by: approve_reading(asked, by=by) for by in admins])

    assert told == (0, 2)
    assert not Notice.objects.filter(kind="emergency_opened").exists()


def test_agreeing_and_turning_down_at_once_never_leaves_it_open_behind_their_backs(work, operator, admins):
    asked = ask_to_read(work, by=operator, reason="A court asks.")

    at_once(lambda: approve_reading(asked, by=admins[0]), lambda: end_reading(asked, by=admins[1]))

    reading = EmergencyReading.objects.get()
    assert reading.ended_at is not None
    assert not reading.is_open(timezone.now())
    assert Notice.objects.filter(kind="emergency_opened").exists() == bool(reading.approved_at)


def test_two_requests_at_once_are_one(work, operator, admins):
    told = at_once(*[lambda: ask_to_read(work, by=operator, reason="A court asks.") for _ in range(2)])

    assert told == (1, 1)
    assert EmergencyReading.objects.count() == 1


def test_agreeing_and_taking_back_a_share_at_once_leaves_it_shut(work, ana, ben, principal):
    note = write(work, by=ana, kind="note", body="Six hands.", about=ben, audience="partners")
    share = ask_to_show(note, by=ana, reader=principal)

    at_once(lambda: agree_to_show(share, by=ben), lambda: stop_showing(share, by=ana))

    assert not Share.objects.visible_to(principal).exists()
