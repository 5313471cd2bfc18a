"""Nobody and no room is firmly in two places at once, whatever happens at the same moment."""

import datetime as dt
import json
import os
import sqlite3
import subprocess
import sys
import time

import pytest
from django.conf import settings
from django.db import IntegrityError, connection, transaction

from schedule import services
from schedule.models import Booking, Event
from schedule.services import bookings

from .rush import TEN, person_tries, room_tries, rush

TRIES = 200
HALF = dt.timedelta(minutes=45)
at_once = pytest.mark.django_db(transaction=True)
WHEN = "Thu 11 March, 10:00 to 10:45"


def make(by, people, *, starts_at=TEN, **fields):
    span = {"starts_at": starts_at, "ends_at": starts_at + HALF}
    return services.create_event(by=by, kind="meeting", title="", people=people, **span, **fields)


def booked(holder=None):
    rows = Booking.objects.filter(holder=holder) if holder else Booking.objects.all()
    return set(rows.values_list("holder", "firm"))


# --- what is booked ---------------------------------------------------------------------------------------------------


def test_a_date_books_its_room_and_its_people_firmly_once_they_said_yes(ana, ben, cleo, school):
    event = make(ana, [ana, ben, cleo], school=school, place=" The  Library")
    room = f"room:{school.pk}:the library"
    assert booked() == {
        (f"person:{ana.pk}", True),
        (f"person:{ben.pk}", False),
        (f"person:{cleo.pk}", False),
        (room, True),
    }

    services.answer_event(event, by=ben, answer="accepted")
    services.answer_event(event, by=cleo, answer="declined")
    assert booked() == {(f"person:{ana.pk}", True), (f"person:{ben.pk}", True), (room, True)}

    services.move_event(event, by=ana, starts_at=TEN + HALF, ends_at=TEN + 2 * HALF, place="")
    assert booked() == {(f"person:{ana.pk}", True), (f"person:{ben.pk}", False), (f"person:{cleo.pk}", False)}
    assert set(Booking.objects.values_list("starts_at", flat=True)) == {TEN + HALF}

    services.remove_people(event, by=ana, people=[ben])
    services.add_people(event, by=ana, people=[ben, cleo])
    assert booked(f"person:{ben.pk}") == {(f"person:{ben.pk}", False)}

    services.cancel_event(event, by=ana)
    assert booked() == set()


def test_who_said_yes_is_not_booked_again_and_is_told_by_what(ana, ben, cleo, school):
    make(ana, [ana], school=school, place="Library")
    theirs = make(cleo, [cleo, ana])

    with pytest.raises(services.DoubleBooked, match=f"^You said yes to Meeting, {WHEN}.$"):
        services.answer_event(theirs, by=ana, answer="accepted")
    with pytest.raises(services.DoubleBooked, match=f"^Library is taken {WHEN}: Ana Ruiz has it.$"):
        make(ben, [ben], school=school, place="LIBRARY")
    with pytest.raises(services.DoubleBooked, match=f"^You said yes to Meeting, {WHEN}.$"):
        make(ana, [ana], starts_at=TEN - HALF / 2)

    assert theirs.attendances.get(person=ana).answer == "asked"
    assert Event.objects.count() == 2


def test_neighbours_and_those_who_have_not_answered_do_not_stand_in_the_way(ana, ben, cleo, school):
    make(ana, [ana, ben], school=school, place="Library")

    make(ana, [ana], starts_at=TEN + HALF, school=school, place="Library")
    make(ben, [ben])

    assert Event.objects.count() == 3


def test_moving_onto_what_is_taken_changes_nothing(ana, ben, school):
    make(ana, [ana], school=school, place="Library")
    event = make(ben, [ben, ana], starts_at=TEN + HALF, school=school, place="Library")

    with pytest.raises(services.DoubleBooked):
        services.move_event(event, by=ben, starts_at=TEN + HALF / 2, ends_at=TEN + HALF)

    event.refresh_from_db()
    assert (event.starts_at, event.sequence) == (TEN + HALF, 0)
    assert set(event.bookings.values_list("starts_at", flat=True)) == {TEN + HALF}


def test_book_replaces_what_its_source_booked_and_names_a_title_only_to_those_who_see_it(ana, ben, stranger):
    event = make(ana, [ana])
    given = {"holder": f"person:{ana.pk}", "source": "coverage:1", "person": ana, "ends_at": TEN + HALF}
    for by, words in ((stranger, f"Ana Ruiz is busy {WHEN}."), (ana, f"You said yes to Meeting, {WHEN}.")):
        with pytest.raises(services.DoubleBooked) as refused:
            services.book(**given, starts_at=TEN, by=by)
        assert refused.value.message == words
    services.add_people(event, by=ana, people=[ben])
    with pytest.raises(services.DoubleBooked, match="is busy .*: Meeting.$"):
        services.book(**given, starts_at=TEN, by=ben)

    for starts_at in (TEN - 2 * HALF, TEN - HALF):
        services.book(**given | {"ends_at": TEN}, starts_at=starts_at)
    assert list(Booking.objects.filter(source="coverage:1").values_list("starts_at", flat=True)) == [TEN - HALF]
    services.unbook("coverage:1")
    assert not Booking.objects.filter(source="coverage:1").exists()


def test_booking_asks_the_same_for_one_person_as_for_many(ana, person, school, django_assert_num_queries):
    for number in (1, 12):
        event = make(
            ana, [ana, *(person(f"G{number}x{one} Mora") for one in range(number))], starts_at=TEN + number * HALF
        )
        Booking.objects.filter(event=event).delete()
        with transaction.atomic(), django_assert_num_queries(10):
            services.rebook_event(event, by=ana)


# --- at the same moment -----------------------------------------------------------------------------------------------


def one_won(said, words):
    """Exactly one try won, and each of the others was told who has it."""
    assert said.count("won") == 1, said
    assert len(said) == TRIES
    assert {one for one in said if one != "won"} <= words


@pytest.mark.postgres
@at_once
def test_a_room_goes_to_one_of_many_who_want_it_at_once(ana, school):
    said = rush(room_tries(ana, school, TRIES))

    one_won(said, {f"Library is taken {WHEN}: you have it."})
    assert Event.objects.count() == Booking.objects.count() == 1


@pytest.mark.postgres
@at_once
def test_a_person_says_yes_to_one_of_many_at_once(ana, ben, school):
    events = [make(ana, [ben], school=school).pk for _ in range(TRIES)]

    said = rush(person_tries(ben, events))

    one_won(said, {f"You said yes to Meeting, {WHEN}."})
    assert ben.attendances.filter(answer="accepted").count() == Booking.objects.firm().count() == 1


@pytest.mark.postgres
@at_once
@pytest.mark.parametrize("what", ["room", "person"])
def test_the_database_refuses_even_when_nobody_looks(what, ana, ben, school, monkeypatch):
    works = room_tries(ana, school, 20)
    if what == "person":
        works = person_tries(ben, [make(ana, [ben]).pk for _ in range(20)])
    monkeypatch.setattr(bookings, "_standing_in_the_way", lambda rows: Booking.objects.none())
    monkeypatch.setattr(bookings, "_hold", lambda rows: None)

    said = rush(works)

    assert said.count("won") == Booking.objects.firm().count() == 1
    assert set(said) == {"won", "Somebody took that time at the same moment. Choose another, or try again."}


@pytest.mark.postgres
def test_the_constraint_itself_refuses_overlapping_firm_rows_of_a_holder(db):
    def row(start, *, firm=True, holder="person:1"):
        span = {"starts_at": TEN + start * HALF, "ends_at": TEN + (start + 1) * HALF}
        return Booking(holder=holder, source=f"coverage:{start}{firm}{holder}", firm=firm, **span)

    Booking.objects.bulk_create([row(0), row(1), row(0.5, firm=False), row(0.5, holder="person:2")])
    with pytest.raises(IntegrityError, match="nobody_is_double_booked"), transaction.atomic():
        row(0.5).save()


@pytest.fixture
def two_processes(tmp_path):
    """Run the rush in two processes on the rows that the test made; what all tries said."""

    def run(*calls):
        address = database_of_processes(tmp_path / "rush.sqlite3")
        env = {**os.environ, "DATABASE_URL": address, "DATA_DIR": str(tmp_path), "REDIS_URL": ""}
        start = str(time.time() + 4)
        begin = "import sys, django; django.setup(); from schedule.tests.rush import main; main(*sys.argv[1:])"
        command = [sys.executable, "-c", begin]
        given = {"cwd": settings.BASE_DIR, "env": env, "stdout": subprocess.PIPE, "text": True}
        running = [subprocess.Popen([*command, *map(str, call), start], **given) for call in calls]
        return [word for process in running for word in json.loads(process.communicate(timeout=120)[0])]

    return run


def database_of_processes(path):
    """The address of the test's rows: its own database on PostgreSQL, a copy in a file on SQLite."""
    if connection.vendor == "postgresql":
        own = connection.settings_dict
        secret = f":{own['PASSWORD']}" if own["PASSWORD"] else ""
        return f"postgres://{own['USER']}{secret}@{own['HOST']}:{own['PORT'] or 5432}/{own['NAME']}"
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(path)])
    return f"sqlite:///{path}"


def firm_rows(path):
    """How many firm bookings and how many events there are, wherever the processes wrote them."""
    if connection.vendor == "postgresql":
        return Booking.objects.firm().count()
    with sqlite3.connect(path) as file:
        return file.execute("SELECT count(*) FROM schedule_booking WHERE firm").fetchone()[0]


@at_once
def test_a_room_goes_to_one_of_two_processes(ana, ben, school, two_processes, tmp_path):
    said = two_processes(*(("room", by.pk, school.pk, TRIES // 2) for by in (ana, ben)))

    one_won(said, {f"Library is taken {WHEN}: {who} it." for who in ("you have", "Ana Ruiz has", "Ben Okafor has")})
    assert firm_rows(tmp_path / "rush.sqlite3") == 1


@at_once
def test_a_person_says_yes_in_one_of_two_processes(ana, ben, school, two_processes, tmp_path):
    events = [make(ana, [ben], school=school).pk for _ in range(TRIES)]
    halves = (events[: TRIES // 2], events[TRIES // 2 :])

    said = two_processes(*(("person", ben.pk, f"{half[0]}-{half[-1]}") for half in halves))

    one_won(said, {f"You said yes to Meeting, {WHEN}."})
    assert firm_rows(tmp_path / "rush.sqlite3") == 1
