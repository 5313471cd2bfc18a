"""Somebody is forgotten: nothing in the database or the files names them, others' work goes on, and counts stay."""

import json

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.utils import timezone

from growth.services.report import year_report
from notices.models import Notice, OutboxMail
from partnerships.models import (
    Entry,
    Happening,
    Plan,
)
from partnerships.services.starting import start
from people.models import Erasure, User, Viewing
from people.names import Names
from people.services.erasing import ask_for_erasure, erase_people, undo_erasure
from people.services.holds import lift_hold, set_hold
from schedule.models import TimetableImport

from .erasing_house import DAY, PLANTED, THEIRS, files, house

__all__ = ["files", "house"]


def everything():
    """{table.column: [text, ...]} of all that the database holds, and the content of every file."""
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            quoted = connection.ops.quote_name(table)
            cursor.execute(f"SELECT * FROM {quoted}")
            names = [column[0] for column in cursor.description]
            for row in cursor.fetchall():
                for name, value in zip(names, row, strict=True):
                    found.setdefault(f"{table}.{name}", []).append(as_text(value))
    return found


def as_text(value):
    if isinstance(value, (bytes, memoryview)):
        return bytes(value).decode("utf-8", "replace")
    if isinstance(value, str) and "\\u" in value:
        return value + json.dumps(value, ensure_ascii=False)
    return str(value)


def in_files(folder):
    return {path.name: path.read_bytes().decode("utf-8", "replace") for path in folder.rglob("*") if path.is_file()}


def where_found(words):
    return {
        f"{column}: {word}"
        for column, texts in everything().items()
        for word in words
        if any(word.lower() in text.lower() for text in texts)
    }


def erase(person, *, by=None):
    asked = ask_for_erasure(person, by=by or person)
    erase_people(at=timezone.now() + 8 * DAY)
    asked.refresh_from_db()
    return asked


def test_no_row_and_no_file_names_who_was_erased(house, files, client, django_capture_on_commit_callbacks):
    client.force_login(house.owner)
    assert len(where_found(PLANTED)) > 8
    assert len(where_found(THEIRS)) >= 6
    assert "Sienna file of" in "".join(in_files(files).values())

    with django_capture_on_commit_callbacks(execute=True):
        done = erase(house.owner)

    assert done.done_at
    assert where_found(PLANTED) == set()
    assert OutboxMail.objects.get(to=house.partner.email).attachments == []
    assert bytes(TimetableImport.objects.get().content) == b""
    assert not Session.objects.exists()
    assert not UserSession.objects.exists()
    assert where_found(THEIRS) == set()
    assert [text for text in in_files(files).values() if any(word in text for word in PLANTED + THEIRS)] == []


def test_counts_of_the_report_stay_as_they_were(house):
    def figures():
        report = year_report(house.year)
        return report.cells, report.hidden

    before = figures()
    assert year_report(house.year).figures().people >= 6

    erase(house.owner)

    assert figures() == before


def test_a_partner_goes_on_with_a_former_colleague(house, client):
    erase(house.owner)
    client.force_login(house.partner)
    page = client.get(house.partnership.get_absolute_url())
    thread = client.get(f"/partnerships/{house.partnership.pk}/messages/").content.decode()
    words = client.get(f"/partnerships/{house.partnership.pk}/words/").content.decode()

    assert page.status_code == 200
    assert "Ask a former colleague (a former colleague&#x27;s address) about it." in thread
    assert "We learned, says a former colleague" in words
    assert "A former colleague" in words
    lead = house.partnership.members.active().get(part="lead")
    assert lead.person.is_active


def test_what_is_only_added_to_keeps_a_pseudonym(house):
    history = list(Happening.objects.order_by("pk").values_list("pk", "verb", "by"))
    read = Viewing.objects.create(
        reader=house.principal, author=house.owner, what="plan", object_id=1, title="A plan", path="/", door="plan",
        on=house.today, viewed_at=house.now,
    )  # fmt: skip

    done = erase(house.owner)

    assert list(Happening.objects.order_by("pk").values_list("pk", "verb", "by"))[: len(history)] == history
    read.refresh_from_db()
    assert (read.author.name, read.author.email) == ("A former colleague", f"{done.code.lower()}@erased.invalid")
    assert (read.author.is_active, read.author.has_usable_password()) == (False, False)


def test_erasing_twice_changes_nothing_more(house):
    erase(house.owner)
    once = everything()

    erase_people(at=timezone.now() + 9 * DAY)

    assert everything() == once


def test_a_legal_hold_stops_it_and_says_so(house, client):
    hold = set_hold(by=house.admin, person=house.owner, reason="A court asks")
    before = User.objects.get(pk=house.owner.pk)

    asked = erase(house.owner)

    assert (asked.done_at, bool(asked.stopped_at)) == (None, True)
    assert User.objects.get(pk=house.owner.pk).name == before.name
    assert Entry.objects.filter(author=house.owner, body="Vermilion thoughts").exists()
    assert Notice.objects.filter(person=house.owner, kind="erasure_stopped").count() == 1
    client.force_login(house.owner)
    assert "A legal hold asks the district" in client.get("/me/data/erase/").content.decode()

    erase_people(at=timezone.now() + 9 * DAY)
    assert Notice.objects.filter(person=house.owner, kind="erasure_stopped").count() == 1

    lift_hold(hold, by=house.admin, reason="It is over")
    erase_people(at=timezone.now() + 9 * DAY)
    asked.refresh_from_db()
    assert asked.done_at


def test_a_hold_on_a_partnership_stops_the_erasing_of_its_people(house):
    set_hold(by=house.admin, model="partnerships.Partnership", number=house.partnership.pk, reason="An inquiry")

    assert erase(house.partner).stopped_at
    assert erase(house.office).done_at


def test_it_waits_a_week_and_can_be_undone(house):
    asked = ask_for_erasure(house.owner, by=house.owner)

    erase_people(at=timezone.now() + 6 * DAY)
    assert undo_erasure(asked, by=house.owner)
    erase_people(at=timezone.now() + 30 * DAY)

    assert User.objects.get(pk=house.owner.pk).name == PLANTED[0]
    assert not undo_erasure(asked, by=house.owner)


def test_only_the_person_asks_and_an_admin_for_who_has_left(house, mailoutbox):
    for by in (house.admin, house.principal, house.partner):
        with pytest.raises(PermissionDenied):
            ask_for_erasure(house.owner, by=by)
    with pytest.raises(PermissionDenied, match="last district admin"):
        ask_for_erasure(house.admin, by=house.admin)
    User.objects.filter(pk=house.owner.pk).update(is_active=False)
    house.owner.refresh_from_db()

    asked = ask_for_erasure(house.owner, by=house.admin)

    assert ask_for_erasure(house.owner, by=house.admin) == asked
    assert asked.code in next(mail for mail in mailoutbox if mail.to == [PLANTED[1]]).body


def test_what_was_done_alone_stands_still_without_a_name(house):
    alone = start(house.support, by=house.stranger)
    Plan.objects.filter(partnership=alone).update(goal="Mine alone")

    erase(house.stranger)

    alone.refresh_from_db()
    assert (alone.status, alone.members.get().state, alone.plan.goal) == ("active", "left", "")
    assert year_report(alone.year).figures().started >= 1


def test_names_are_found_as_people_write_them():
    names = Names("Ann Lee", ("ann@cedar.example",))

    assert names.without("Ask Ann  Lee, or ANN@cedar.example.") == (
        "Ask a former colleague, or a former colleague's address."
    )
    assert names.without({"who": "Ann Lee", "list": ["Joann Leeds", 3]}) == {
        "who": "A former colleague", "list": ["Joann Leeds", 3],
    }  # fmt: skip
    assert not names.found_in("Joann Leeds")
    assert not Names("").found_in("anything")


def test_a_person_reads_what_goes_and_what_stays_before_they_say_yes(house, client):
    client.force_login(house.owner)
    page = client.get("/me/data/erase/").content.decode()

    assert "What is deleted" in page
    assert "Your hours" in page
    assert "Hours and credit are records of your work that the district has to keep." in page
    assert "Tick this once you have read the page." in client.post("/me/data/erase/", {"a": "b"}).content.decode()
    assert not Erasure.objects.filter(person=house.owner).exists()

    client.post("/me/data/erase/", {"sure": "on"})
    asked = Erasure.objects.get(person=house.owner)
    assert asked.code in client.get("/me/data/erase/").content.decode()
    client.post("/me/data/erase/undo/")
    asked.refresh_from_db()
    assert asked.undone_at
