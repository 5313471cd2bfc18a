"""Files are told by their content, kept out of sight, and handed out only as downloads."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from partnerships.models import Artifact


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    storage = settings.STORAGES["default"] | {"OPTIONS": {"location": tmp_path, "base_url": None}}
    settings.STORAGES = settings.STORAGES | {"default": storage}


def packed(*names):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return file.getvalue()


PDF, PNG = b"%PDF-1.7 x", b"\x89PNG\r\n\x1a\n x"
DOCX = packed("[Content_Types].xml", "word/document.xml")
MACRO = packed("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin")


def add(client, work, name, content, **more):
    data = {"title": "Exit tickets", "audience": "partners", **more}
    if name:
        data["file"] = SimpleUploadedFile(name, content)
    return client.post(f"/partnerships/{work.pk}/artifacts/add/", data)


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.pdf", PDF), ("a.PNG", PNG), ("a.docx", DOCX), ("a.txt", b"Notes"), ("a.csv", b"week,hands\n1,3\n")],
)
def test_allowed_files_are_kept(name, content, work, ana, client):
    client.force_login(ana)

    assert add(client, work, name, content).status_code == 302

    assert Artifact.objects.get().file_name == name


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.html", b"<script>alert(1)</script>"),
        ("a.pdf", b"<script>alert(1)</script>"),
        ("a.svg", b"<svg/>"),
        ("a.exe", b"MZ\x00\x01"),
        ("a.png", PDF),
        ("a.zip", packed("a.txt")),
        ("a.docx", MACRO),
        ("a.docx", b"PK\x03\x04 broken"),
        ("a.txt", b"\xff\xfe\x00bad"),
    ],
)
def test_other_files_are_refused_at_the_field_and_the_rest_is_kept(name, content, work, ana, client):
    client.force_login(ana)

    page = add(client, work, name, content)

    assert list(page.context["form"].errors) == ["file"]
    assert 'value="Exit tickets"' in page.content.decode()
    assert not Artifact.objects.exists()


def test_a_file_that_is_too_large_is_refused(work, ana, client, settings):
    settings.ARTIFACT_MAX_BYTES = 5
    client.force_login(ana)

    page = add(client, work, "a.pdf", PDF)

    assert "Make it smaller" in page.context["form"].errors["file"][0]


@pytest.mark.parametrize("link", ["", "javascript:alert(1)", "ftp://example.org/x", "notalink"])
def test_a_link_must_be_one(link, work, ana, client):
    client.force_login(ana)

    assert add(client, work, "", b"", link=link).context["form"].errors


def test_a_file_is_a_download_with_safe_headers(work, ana, ben, client):
    client.force_login(ana)
    add(client, work, "a.pdf", PDF)
    client.force_login(ben)

    answer = client.get(f"/artifacts/{Artifact.objects.get().pk}/")

    assert b"".join(answer.streaming_content) == PDF
    assert answer["Content-Disposition"] == 'attachment; filename="a.pdf"'
    assert answer["Content-Type"] == "application/pdf"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert set(answer["Cache-Control"].split(", ")) == {"private", "no-store"}


@pytest.mark.parametrize(
    ("audience", "expected"),
    [("private", {"ana"}), ("partners", {"ana", "ben"}), ("school", {"ana", "ben", "stranger", "principal"})],
)
def test_who_may_open_a_file(audience, expected, work, ana, request, client):
    client.force_login(ana)
    add(client, work, "a.pdf", PDF, audience=audience)
    path, opened = f"/artifacts/{Artifact.objects.get().pk}/", set()

    for name in ("ana", "ben", "stranger", "cleo", "principal", "facilitator", "admin", "operator"):
        client.force_login(request.getfixturevalue(name))
        answer = client.get(path)
        opened |= {name} if answer.status_code == 200 and list(answer.streaming_content) else set()

    assert opened == expected


def test_only_who_added_it_removes_it_and_the_file_goes_too(
    work, ana, ben, client, tmp_path, django_capture_on_commit_callbacks
):
    client.force_login(ana)
    add(client, work, "a.pdf", PDF)
    path = f"/artifacts/{Artifact.objects.get().pk}/remove/"
    client.force_login(ben)
    assert client.post(path).status_code == 403
    assert [file for file in tmp_path.rglob("*") if file.is_file()]
    client.force_login(ana)

    with django_capture_on_commit_callbacks(execute=True):
        client.post(path)

    assert not Artifact.objects.exists()
    assert not [file for file in tmp_path.rglob("*") if file.is_file()]
