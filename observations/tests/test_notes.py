import datetime as dt

import pytest
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from observations.models import VisitKey, WalkNote, WalkVisit
from observations.services import NotNow, notes, walks
from observations.services.after_walks import remind_of_walks
from schedule.services import cancel_event

from .conftest import AFTER


def write(walk, by, number, saw="Two hands went up."):
    walks.write_note(walk, by=by, visit_number=number, saw=saw, at=AFTER)


def test_a_note_keeps_the_day_and_is_changed_in_place(walk, ana):
    write(walk, ana, 1)
    write(walk, ana, 1, "Five hands went up.")

    note = WalkNote.objects.get()
    assert (note.saw, note.on) == ("Five hands went up.", walk.day)


def test_numbers_are_drawn_by_lot_and_the_same_for_the_team(walk, ana, cleo, monkeypatch):
    monkeypatch.setattr(notes.LOT, "choice", lambda free: free[-1])

    for by in (ana, cleo):
        write(walk, by, 1, "First room")
        write(walk, by, 2, "Second room")

    assert sorted(WalkNote.objects.values_list("visit_number", "saw")) == [
        (1, "Second room"), (1, "Second room"), (2, "First room"), (2, "First room"),
    ]  # fmt: skip


def test_what_is_next_on_the_day_is_no_debrief_before_the_first_visit(walk, facilitator, client, time_machine):
    client.force_login(facilitator)
    primary = f'class="btn btn-primary" href="/walks/{walk.pk}/notes/publish/"'
    early = "By the schedule no visit has begun yet."

    for hour, is_next in ((13, False), (20, True)):  # nine o'clock; the first visit is at ten
        time_machine.move_to(AFTER.replace(hour=hour), tick=False)
        pages = [client.get(f"/walks/{walk.pk}/{page}/").content.decode() for page in ("arrange", "notes")]
        asked = client.get(f"/walks/{walk.pk}/notes/publish/").content.decode()
        assert [primary in page for page in pages] == [is_next, is_next]
        assert (early in asked) is not is_next


def test_after_a_month_no_key_is_left_and_ones_own_words_still_stand(walk, ana, cleo, client, time_machine):
    write(walk, ana, 1, "SEEN")
    month_later = AFTER + dt.timedelta(days=32)
    time_machine.move_to(month_later, tick=False)

    remind_of_walks(now=month_later)

    assert not VisitKey.objects.exists()
    for reader, times in ((ana, 1), (cleo, 0)):
        client.force_login(reader)
        assert client.get(f"/walks/{walk.pk}/notes/").content.decode().count("SEEN") == times
    with pytest.raises(NotNow, match="The walk is over"):
        walks.write_note(walk, by=ana, visit_number=1, saw="Late")


@pytest.mark.parametrize("on_the_table", [False, True])
def test_a_visit_that_notes_tell_of_stays_whoever_calls_it_off(walk, ana, facilitator, on_the_table):
    write(walk, ana, 1, "First room")
    if on_the_table:
        walks.publish_notes(walk, by=facilitator, at=AFTER)
    visit = WalkVisit.objects.get(number=1)
    keys = set(VisitKey.objects.values_list("visit", "number"))

    with pytest.raises(NotNow, match="stays on the walk"):
        walks.remove_visit(visit, by=facilitator)
    cancel_event(visit.event, by=facilitator)

    # Were it gone, the number that no host waits behind would be hers.
    assert set(VisitKey.objects.values_list("visit", "number")) == keys


def test_a_visit_without_notes_goes_with_its_date(walk, ana, facilitator):
    write(walk, ana, 1, "First room")

    cancel_event(WalkVisit.objects.get(number=2).event, by=facilitator)

    assert not WalkVisit.objects.filter(number=2).exists()


def test_a_note_has_nothing_that_leads_to_a_host_or_to_a_minute():
    fields = {field.name: field for field in WalkNote._meta.get_fields()}

    assert fields.keys().isdisjoint({"host", "visit", "event", "made_at", "changed_at"})
    assert {field.related_model.__name__ for field in fields.values() if field.related_model} == {"Walk", "User"}
    assert not [name for name, field in fields.items() if field.get_internal_type() in ("DateTimeField", "TimeField")]
    assert not [model for model in (WalkNote, VisitKey) if admin.site.is_registered(model)]


def test_publishing_shuffles_the_notes_and_numbers_every_visit(walk, ana, cleo, facilitator, told, monkeypatch):
    write(walk, ana, 1, "Written first")
    write(walk, cleo, 1, "Written second")
    monkeypatch.setattr(notes.LOT, "shuffle", lambda rows: rows.reverse())

    walks.publish_notes(walk, by=facilitator, at=AFTER)

    rows = WalkNote.objects.order_by("pk")
    assert [note.saw for note in rows] == ["Written second", "Written first"]
    assert {(note.version, note.mark) for note in rows} == {(1, "")}
    assert VisitKey.objects.filter(walk=walk).count() == 2
    assert told(ana, "walk_notes") == 1


def test_once_published_no_page_asks_the_key(walk, ana, facilitator, client, time_machine):
    time_machine.move_to(AFTER, tick=False)
    write(walk, ana, 1)
    asked = [f"/walks/{walk.pk}/", f"/walks/{walk.pk}/notes/", f"/walks/{walk.pk}/brief/"]

    def key_is_asked(user, addresses):
        client.force_login(user)
        with CaptureQueriesContext(connection) as queries:
            for address in addresses:
                client.get(address)
        return any("visitkey" in query["sql"].lower() for query in queries)

    assert key_is_asked(ana, asked)  # while she writes, her own page finds her notes by it
    assert not key_is_asked(facilitator, asked)
    walks.publish_notes(walk, by=facilitator, at=AFTER)

    visit = WalkVisit.objects.first()
    everywhere = [*asked, f"/walks/{walk.pk}/visits/{visit.pk}/note/", f"/walks/{walk.pk}/arrange/"]
    assert not key_is_asked(ana, everywhere)
    assert not key_is_asked(facilitator, everywhere)


def test_the_key_is_erased_when_the_debrief_is_closed(walk, ana, facilitator):
    write(walk, ana, 1)
    walks.publish_notes(walk, by=facilitator, at=AFTER)
    assert VisitKey.objects.exists()

    walks.close_walk(walk, by=facilitator, at=AFTER)

    assert not VisitKey.objects.exists()


def test_the_page_says_that_who_was_there_may_know_a_class(walk, ana, facilitator, client, time_machine):
    time_machine.move_to(AFTER, tick=False)
    write(walk, ana, 1)
    address = f"/walks/{walk.pk}/visits/{WalkVisit.objects.first().pk}/note/"
    assert "may still recognize a class" in page(client, ana, address)[1]
    assert "No student names" in page(client, ana, address)[1]

    walks.publish_notes(walk, by=facilitator, at=AFTER)

    assert "may still recognize a class" in page(client, ana, f"/walks/{walk.pk}/notes/")[1]


def test_nothing_is_written_after_publishing_nor_before_the_day_nor_by_others(walk, ana, ben, host, facilitator):
    with pytest.raises(NotNow, match="still to come"):
        walks.write_note(walk, by=ana, visit_number=1, saw="Early")
    for by in (ben, host, facilitator):
        with pytest.raises(PermissionDenied):
            write(walk, by, 1)

    walks.publish_notes(walk, by=facilitator, at=AFTER)

    with pytest.raises(NotNow, match="on the table"):
        write(walk, ana, 1)
    assert not WalkNote.objects.exists()


def test_only_a_facilitator_publishes_and_only_once(walk, ana, principal, facilitator):
    for by in (ana, principal):
        with pytest.raises(PermissionDenied):
            walks.publish_notes(walk, by=by, at=AFTER)

    walks.publish_notes(walk, by=facilitator, at=AFTER)

    with pytest.raises(PermissionDenied):
        walks.publish_notes(walk, by=facilitator, at=AFTER)


def page(client, user, address):
    client.force_login(user)
    response = client.get(address)
    return response.status_code, response.content.decode()


def test_the_page_keeps_notes_apart_from_names(walk, ana, cleo, host, facilitator, principal, client, time_machine):
    time_machine.move_to(AFTER, tick=False)
    write(walk, ana, 1, "SECRET of the first room")
    address = f"/walks/{walk.pk}/notes/"
    assert "SECRET" not in page(client, cleo, address)[1]
    assert "SECRET" not in page(client, facilitator, address)[1]

    walks.publish_notes(walk, by=facilitator, at=AFTER)

    for reader in (ana, cleo, facilitator):
        status, text = page(client, reader, address)
        assert (status, "SECRET" in text) == (200, True)
        assert "Hanna Holt" not in text
    assert page(client, host, address)[0] == 403
    assert page(client, principal, address)[0] == 403


def test_a_note_that_comes_too_late_is_shown_again(walk, ana, facilitator, client, time_machine):
    time_machine.move_to(AFTER, tick=False)
    client.force_login(ana)
    visit = WalkVisit.objects.first()
    walks.publish_notes(walk, by=facilitator, at=AFTER)

    response = client.post(f"/walks/{walk.pk}/visits/{visit.pk}/note/", {"saw": "Six hands went up."})

    assert response.status_code == 200
    assert "Six hands went up." in response.content.decode()
    assert "keep a copy" in response.content.decode()
    assert not WalkNote.objects.exists()
