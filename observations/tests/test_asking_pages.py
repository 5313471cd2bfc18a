"""Asking for the classes that a date takes, with a note and a plan, and who may read them."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from observations.models import Coverage
from observations.services import coverage as cover
from observations.services import walks
from observations.services.asking import ask_for_needed
from people.models import Role
from schedule.services import add_people

from .conftest import DAY
from .knocking import get, post, said

PDF = b"%PDF-1.4 lesson"


@pytest.fixture(autouse=True)
def _kept_apart(settings, tmp_path):
    storage = settings.STORAGES["default"] | {"OPTIONS": {"location": tmp_path, "base_url": None}}
    settings.STORAGES = settings.STORAGES | {"default": storage}


@pytest.fixture
def event(teach, date, ana):
    teach(ana, "2", "Grade 4 math")
    teach(ana, "3", "Grade 5 science")
    return date()


def file(name="plan.pdf", content=PDF):
    return SimpleUploadedFile(name, content)


def ids():
    return list(Coverage.objects.order_by("starts").values_list("pk", flat=True))


def test_all_classes_are_asked_for_at_once_with_what_is_left_for_each(event, ana, principal, client, told):
    math, science = ids()
    address = f"/coverage/needed/{event.pk}/"
    assert "Grade 5 science" in get(client, ana, address)[1]
    assert address in get(client, ana, "/coverage/")[1]

    own = {f"note-{science}": "Goggles", f"plan-{science}": file("lab.pdf")}
    both = {f"ask-{math}": "on", f"ask-{science}": "on", "note": "Seats are on the desk", "plan": file()}
    sent = post(client, ana, address, **both, **own)

    assert sent.status_code == 302
    left = Coverage.objects.order_by("starts").values_list("state", "note", "plan_name")
    assert list(left) == [
        ("asked", "Seats are on the desk", "plan.pdf"), ("asked", "Seats are on the desk\n\nGoggles", "lab.pdf")
    ]  # fmt: skip
    assert told(principal, "coverage_asked") == 2
    assert "Nothing waits to be asked for" in get(client, ana, address)[1]


def test_a_class_without_its_mark_needs_nobody(event, ana, client):
    math, science = ids()

    post(client, ana, f"/coverage/needed/{event.pk}/", note="", **{f"ask-{math}": "on"})

    assert list(Coverage.objects.order_by("starts").values_list("state", flat=True)) == ["asked", "withdrawn"]


def test_a_file_that_is_not_what_its_name_says_is_refused_and_nothing_typed_is_lost(event, ana, client):
    math, science = ids()
    given = {f"ask-{math}": "on", "note": "Page 30"}

    refused = post(client, ana, f"/coverage/needed/{event.pk}/", plan=file("plan.pdf", b"MZ\x00\x01"), **given)

    assert refused.status_code == 200
    assert "cannot be added" in said(refused)
    assert "Page 30" in said(refused)
    assert set(Coverage.objects.values_list("state", flat=True)) == {"needed"}


def test_a_file_that_is_too_large_is_refused(event, ana, client, settings):
    settings.ARTIFACT_MAX_BYTES = 10

    assert "Make it smaller" in said(post(client, ana, f"/coverage/needed/{event.pk}/", note="", plan=file()))


def test_nobody_else_finds_the_classes_of_a_date(event, ben, cleo, principal, office, facilitator, client):
    for user in (ben, cleo, principal, office, facilitator):
        assert get(client, user, f"/coverage/needed/{event.pk}/")[0] == 404
        assert post(client, user, f"/coverage/needed/{event.pk}/", note="").status_code == 404
    assert set(Coverage.objects.values_list("state", flat=True)) == {"needed"}


def test_the_plan_is_downloaded_by_those_who_may_see_the_request(
    ask, ana, ben, stranger, cleo, principal, office, other_principal, client
):
    coverage = ask(plan=file("Week 3: fractions.pdf"))
    cover.approve_cover(coverage, by=principal, coverer=ben)
    address = f"{coverage.get_absolute_url()}plan/"

    for user in (ana, ben, principal, office):
        client.force_login(user)
        answer = client.get(address)
        assert b"".join(answer.streaming_content) == PDF
        assert answer["Content-Disposition"].startswith("attachment; filename")
        assert "sandbox" in answer["Content-Security-Policy"]
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert "no-store" in answer["Cache-Control"]
    for user in (stranger, cleo, other_principal):
        assert get(client, user, address)[0] == 404


def test_a_plan_is_kept_under_a_name_that_tells_nothing(ask, tmp_path):
    coverage = ask(plan=file("Fractions with Ms Ruiz.pdf"))

    assert coverage.plan_name == "Fractions with Ms Ruiz.pdf"
    assert [path for path in tmp_path.rglob("*") if "ractions" in path.name] == []
    assert len([path for path in tmp_path.rglob("*") if path.is_file()]) == 1


def test_a_request_without_a_plan_or_with_a_lost_file_has_none(ask, ana, client, tmp_path):
    bare, lost = ask(), ask(starts=dt.time(12), ends=dt.time(13), plan=file())
    for path in tmp_path.rglob("*"):
        if path.is_file():
            path.unlink()

    for one in (bare, lost):
        assert get(client, ana, f"{one.get_absolute_url()}plan/")[0] == 404


def test_the_note_is_changed_on_its_page(ask, ana, ben, client):
    coverage = ask(note="Page 30")
    address = f"{coverage.get_absolute_url()}note/"
    assert "Page 30" in get(client, ana, address)[1]

    post(client, ana, address, note="Page 31", plan=file())

    coverage.refresh_from_db()
    assert (coverage.note, coverage.plan_name) == ("Page 31", "plan.pdf")


def test_the_coverer_answers_on_the_page(ask, ben, ana, principal, client):
    coverage = ask(note="Page 30")
    cover.approve_cover(coverage, by=principal, coverer=ben)
    address = coverage.get_absolute_url()
    text = get(client, ben, address)[1]
    assert "Can you cover it?" in text
    assert "Page 30" in text
    assert "Say yes or no" in get(client, ben, "/coverage/")[1]
    assert "You cannot cover" in get(client, ben, f"{address}decline/")[1]

    post(client, ben, f"{address}confirm/")

    assert Coverage.objects.get().state == "confirmed"
    assert "Can you cover it?" not in get(client, ben, address)[1]
    assert "They said yes" not in get(client, ana, address)[1]


def test_a_facilitator_asks_for_the_teachers_on_her_walk(
    teach, set_up, ana, ben, host, facilitator, other_principal, client, person, school
):
    teach(ana, "1", "Grade 4 math")
    teach(host, "1", "Grade 3")
    other = person("Olga Other", Role.FACILITATOR, school)
    walk = set_up(listed=False)
    walks.add_participant(walk, by=facilitator, person=ana)
    walks.add_visit(walk, by=facilitator, host=host, room="9", starts=dt.time(9, 10), minutes=20)
    assert not Coverage.objects.exists()  # a host teaches on, and nobody knows yet when the visitors come
    walks.publish_walk(walk, by=facilitator)
    walk.refresh_from_db()
    needed = Coverage.objects.get()
    assert (needed.asker, needed.class_name, needed.event) == (ana, "Grade 4 math", walk.round)
    address = f"/coverage/needed/{walk.round.pk}/"
    assert "Ana Ruiz" in get(client, facilitator, address)[1]
    assert get(client, other, address)[0] == 404

    post(client, facilitator, address, note="The plan is on the desk")

    needed.refresh_from_db()
    assert (needed.state, needed.asker, needed.note) == ("asked", ana, "The plan is on the desk")


def test_the_page_of_a_date_shows_its_classes_to_those_who_may_know(event, ana, cleo, stranger, principal, client):
    text = get(client, ana, event.get_absolute_url())[1]
    assert "Not asked for yet" in text
    assert f"/coverage/needed/{event.pk}/" in text

    text = get(client, principal, event.get_absolute_url())[1]
    assert "Not asked for yet" in text
    assert f"/coverage/needed/{event.pk}/" not in text
    assert "Grade 4 math" not in get(client, cleo, event.get_absolute_url())[1]


def test_why_it_came_back_is_for_the_teacher_and_the_office(event, ana, cleo, admin, office, principal, client):
    for one in event.coverage.all():
        ask_for_needed(event, by=ana, asked={one.pk: {"note": "", "plan": None}})
    cover.return_cover(one, by=principal, reason="REASON")

    for reader in (ana, office):
        assert "REASON" in get(client, reader, f"/coverage/{one.pk}/")[1]
    assert "Your date stays tentative" in get(client, ana, f"/coverage/{one.pk}/")[1]
    beyond = get(client, admin, f"/coverage/{one.pk}/")[1]
    assert "returned this on" in beyond
    assert "REASON" not in beyond


def test_of_two_who_teach_together_and_leave_each_is_told_of_the_other(event, teach, ana, ben, principal, client):
    teach(ben, "2", "Grade 4 math")
    add_people(event, by=ana, people=[ben])
    math = event.coverage.get(asker=ana, class_name="Grade 4 math")

    assert "Taught with Ben Okafor, who is away then too" in get(client, ana, f"/coverage/needed/{event.pk}/")[1]
    assert "Taught with Ben Okafor, who is away then too" in get(client, principal, f"/coverage/{math.pk}/")[1]


def test_sent_twice_it_is_asked_once(event, ana, principal, client, told):
    math, science = ids()
    given = {f"ask-{math}": "on", f"ask-{science}": "on", "note": "", "once": "0b4f6a3e-6f0c-4c52-9a55-9d3a7c1f2b10"}

    for _ in range(2):
        assert post(client, ana, f"/coverage/needed/{event.pk}/", **given).status_code == 302

    assert told(principal, "coverage_asked") == 2
    assert Coverage.objects.filter(day=DAY).count() == 2
