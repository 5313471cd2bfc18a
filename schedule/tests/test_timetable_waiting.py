"""Large files of timetables: they wait for a worker."""

import datetime as dt

import pytest
from django.urls import reverse

from people.models import Post
from schedule.models import Period, Timetable, TimetableImport
from schedule.services import timetables
from schedule.services.timetables import ChangedMeanwhile, bring_in, bring_in_waiting, look_at
from schedule.tests.timetable_files import ROWS, STANDING, keep, ring_and_name, standing

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _bells(school, ana, ben):
    ring_and_name([school], [ana, ben])


@pytest.fixture(autouse=True)
def _four_rows_are_many(monkeypatch):
    monkeypatch.setattr("schedule.models.timetable_import.AT_ONCE", 3)


def test_a_large_file_waits_for_a_worker_that_brings_it_in_once(client, office, school):
    kept, _ = keep(ROWS, office, school)
    client.force_login(office)
    address = reverse("timetable_import_preview", args=[kept.pk])

    looked_at = client.get(address).context["preview"].look.fingerprint
    client.post(address, {"looked_at": f"\0{looked_at}"})

    assert not Timetable.objects.exists()
    assert "wait for their turn" in client.get(address).content.decode()
    assert client.get(reverse("timetable_import_match", args=[kept.pk])).url == address
    with pytest.raises(ChangedMeanwhile):
        timetables.keep_matches(kept, {}, by=office)
    assert (bring_in_waiting(), bring_in_waiting()) == (1, 0)
    assert standing() == STANDING


def test_a_waiting_file_that_no_longer_fits_says_so_and_can_be_looked_at_again(client, office, school):
    kept, _ = keep(ROWS, office, school)
    bring_in(kept, looked_at=look_at(kept).fingerprint, by=office)
    Period.objects.filter(name="Lunch").delete()

    bring_in_waiting()

    client.force_login(office)
    page = client.get(reverse("timetable_import_preview", args=[kept.pk]))
    assert "Something changed while you looked." in page.content.decode()
    assert not Timetable.objects.exists()


def test_who_teaches_until_tonight_is_known_to_the_worker_as_well(client, office, school, ben, time_machine):
    time_machine.move_to(dt.datetime(2027, 3, 2, 1, tzinfo=dt.UTC))  # in the evening of 1 March in New York
    Post.objects.filter(user=ben).update(ends_on=dt.date(2027, 3, 1))
    kept, _ = keep(ROWS, office, school)
    client.force_login(office)
    address = reverse("timetable_import_preview", args=[kept.pk])
    client.post(address, {"looked_at": client.get(address).context["preview"].look.fingerprint})

    bring_in_waiting()

    assert standing() == STANDING


def test_what_a_dead_worker_held_is_taken_up_again(office, school):
    kept, _ = keep(ROWS, office, school)
    at = dt.datetime(2026, 8, 1, 12, tzinfo=dt.UTC)
    bring_in(kept, looked_at=look_at(kept).fingerprint, by=office, at=at)
    TimetableImport.objects.update(claimed_at=at)

    assert bring_in_waiting(at=at + dt.timedelta(minutes=9)) == 0
    assert bring_in_waiting(at=at + dt.timedelta(minutes=11)) == 1
    assert standing() == STANDING
