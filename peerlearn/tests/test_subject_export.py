"""A person takes along all that is by them or about them, and nothing of others."""

import io
import json
import zipfile

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from notices.models import Notice
from partnerships.models import Entry
from partnerships.services.words import send_message
from people.models import SubjectExport, User
from people.services.subject_exports import ask_for_export, make_exports

from .erasing_house import DAY, PLANTED, THEIRS, files, house

__all__ = ["files", "house"]


def parcel_of(export):
    export.refresh_from_db()
    with export.file.open() as file:
        return zipfile.ZipFile(io.BytesIO(file.read()))


def test_an_export_holds_what_is_ones_own_and_nothing_of_others(house):
    send_message(house.partnership, by=house.partner, body="Mauve message of a partner")
    Entry.objects.create(
        kind="reflection", body="Puce private words", partnership=house.partnership, author=house.partner,
        school=house.school, made_at=house.now, changed_at=house.now,
    )  # fmt: skip
    export = ask_for_export(house.owner, by=house.owner)

    make_exports()

    parcel = parcel_of(export)
    page, data = parcel.read("index.html").decode(), json.loads(parcel.read("data.json"))
    assert sorted(name for name in parcel.namelist() if "/" not in name) == ["data.json", "index.html", "style.css"]
    kept = [name for name in parcel.namelist() if name.startswith("files/artifact-")]
    assert [parcel.read(name) for name in kept] == [b"Sienna file of Zanzibarine Quillfeather"]
    for words in (*THEIRS[:4], "Celadon door", PLANTED[1], "Quince", "We learned, says"):
        assert words in page
        assert words in json.dumps(data, ensure_ascii=False)
    for words in ("Mauve message", "Puce private words", "md5$", "pbkdf2", "Marjoram", house.feed.token):
        assert words not in page + json.dumps(data)
    assert Notice.objects.filter(person=house.owner, kind="export_ready").count() == 1
    assert export.done_steps == export.all_steps > 30


def test_an_export_is_made_once_and_its_file_goes_after_a_week(house, files, django_capture_on_commit_callbacks):
    export = ask_for_export(house.owner, by=house.owner)
    assert ask_for_export(house.owner, by=house.owner) == export

    make_exports()
    make_exports()
    export.refresh_from_db()
    assert SubjectExport.objects.filter(person=house.owner).count() == 2  # with the one of the house
    assert (files / export.file.name).exists()

    place = files / export.file.name
    with django_capture_on_commit_callbacks(execute=True):
        make_exports(at=timezone.now() + 8 * DAY)
    export.refresh_from_db()
    assert (bool(export.deleted_at), export.file.name, place.exists()) == (True, "", False)


def test_an_admin_starts_an_export_for_a_leaver_and_cannot_open_it(house, client, mailoutbox):
    with pytest.raises(PermissionDenied):
        ask_for_export(house.owner, by=house.admin)
    User.objects.filter(pk=house.owner.pk).update(is_active=False)
    house.owner.refresh_from_db()
    export = ask_for_export(house.owner, by=house.admin)
    make_exports()

    client.force_login(house.admin)
    assert client.get(f"/me/data/export/{export.pk}/").status_code == 404
    client.logout()
    mail = next(mail for mail in mailoutbox if mail.to == [PLANTED[1]])
    link = next(line for line in mail.body.splitlines() if "/collect/" in line)
    assert "PK" in client.get(link).getvalue().decode("latin-1")[:2]
    assert client.get(link[:-3] + "x/").status_code == 404


def test_a_person_gets_the_file_on_their_own_page(house, client):
    client.force_login(house.owner)
    client.post("/me/data/export/")
    assert "It waits for its turn" in client.get("/me/data/").content.decode()
    make_exports()
    export = SubjectExport.objects.filter(person=house.owner).latest("pk")

    assert client.get(f"/me/data/export/{export.pk}/").getvalue()[:2] == b"PK"
    assert f"/me/data/export/{export.pk}/" in client.get("/me/data/").content.decode()
    client.force_login(house.partner)
    assert client.get(f"/me/data/export/{export.pk}/").status_code == 404
