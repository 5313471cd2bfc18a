"""Somebody is forgotten: nothing in the database or the files names them, others' work goes on, and counts stay."""

import datetime as dt
import json

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.utils import timezone

from notices.models import Notice
from partnerships.models import (
    Artifact,
    Entry,
    Member,
    QuickReflection,
    SelfAssessment,
    TimeSpent,
)
from partnerships.services.words import send_message
from people.models import Expertise, User
from people.services.erasing import ask_for_erasure, erase_people

from .house import furnish

DAY = dt.timedelta(days=1)
PLANTED = ("Zanzibarine Quillfeather", "zanzi@cedar.example", "zanzi.old@cedar.example", "STAFF-7761")
THEIRS = ("Vermilion thoughts", "Cobalt about", "Ochre skills", "Sienna file", "Umber draft", "Celadon door")


@pytest.fixture
def files(settings, tmp_path):
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path / "files", "base_url": None},
        },
    }
    return tmp_path / "files"


@pytest.fixture
def house(db, files):
    """The furnished house, whose owner has a name that stands nowhere else, and words in every room."""
    User.objects.all()
    made = furnish()
    owner = made.owner
    before = owner.name, owner.email
    User.objects.filter(pk=owner.pk).update(
        name=PLANTED[0],
        email=PLANTED[1],
        staff_code=PLANTED[3],
        about="Cobalt about",
        calendar_link="https://c.example",
    )
    owner.refresh_from_db()
    made.before = before
    plant(made)
    return made


def plant(house):
    owner, partner, now = house.owner, house.partner, house.now
    Expertise.objects.create(user=owner, kind="can_show", topic="Ochre skills")
    own = {"partnership": house.partnership, "author": owner, "school": house.school, "made_at": now, "changed_at": now}
    Entry.objects.create(kind="reflection", body="Vermilion thoughts", **own)
    together = "We learned, says Zanzibarine Quillfeather"
    house.joint = Entry.objects.create(kind="summary", body=together, joint=True, audience="partners", **own)
    send_message(house.partnership, by=partner, body="Ask Zanzibarine  Quillfeather (ZANZI@cedar.example) about it.")
    house.step.__class__.objects.filter(pk=house.step.pk).update(skip_reason="Umber draft", skipped_by=owner)
    shown = Artifact(
        partnership=house.partnership, added_by=owner, school=house.school, title="Sienna file", file_name="a.txt",
        made_at=now,
    )  # fmt: skip
    shown.file.save("a.txt", ContentFile(b"Sienna file of Zanzibarine Quillfeather"))
    house.door.__class__.objects.filter(pk=house.door.pk).update(doing="Celadon door")
    measure(house)
    facts = {"who": "Zanzibarine Quillfeather", "support": "Peer Partners"}
    Notice.objects.create(
        person=partner, kind="left", key="planted", facts=facts, path="/", made_at=now, due_at=now, next_at=now
    )
    house.roster.__class__.objects.filter(pk=house.roster.pk).update(
        rows=[[2, "zanzi@cedar.example", "Zanzibarine Quillfeather", "STAFF-7761"], [3, "ben@cedar.example", "Ben", ""]]
    )


def measure(house):
    """What the report counts, of six people, so that it shows."""
    people = [house.owner, house.partner, house.invited, house.stranger, house.deputy, house.principal]
    for number, person in enumerate(people):
        where = {"partnership": house.partnership, "person": person, "made_at": house.now}
        Member.objects.update_or_create(
            partnership=house.partnership, person=person,
            defaults={"state": "active", "school": house.school, "invited_at": house.now},
        )  # fmt: skip
        TimeSpent.objects.create(school=house.school, category="meeting", minutes=30 + number, on=house.today, **where)
        SelfAssessment.objects.create(moment="before", level=1 + number % 5, **where)
        QuickReflection.objects.create(step=house.step, fist_to_five=number % 6, **where)


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


def test_no_row_and_no_file_names_who_was_erased(house, files, django_capture_on_commit_callbacks):
    assert len(where_found(PLANTED)) > 8
    assert len(where_found(THEIRS)) >= 6
    assert "Sienna file of" in "".join(in_files(files).values())

    with django_capture_on_commit_callbacks(execute=True):
        done = erase(house.owner)

    assert done.done_at
    assert where_found(PLANTED) == set()
    assert where_found(THEIRS) == set()
    assert [text for text in in_files(files).values() if any(word in text for word in PLANTED + THEIRS)] == []
