"""Emergency reading: two people, a reason, an hour, one page that logs, and its people told at once."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from notices.models import Notice
from notices.registry import KINDS
from partnerships.models import EmergencyReading
from partnerships.services.emergency import approve_reading, ask_to_read, end_reading
from partnerships.services.ground import NotNow
from partnerships.services.handing import hand_over
from partnerships.services.words import send_message, write
from people.models import Role, Viewing

MINUTE = dt.timedelta(minutes=1)
EVERYBODY = ["ana", "ben", "stranger", "principal", "facilitator", "office", "admin", "operator"]


@pytest.fixture
def spoken(work, ana, ben):
    """A message, a note and a private reflection of the pair."""
    send_message(work, by=ana, body="Meet at three.")
    write(work, by=ben, kind="note", body="Six hands.", about=ana, audience="partners")
    write(work, by=ana, kind="reflection", body="Nobody reads this.")
    return work


@pytest.fixture
def asked(spoken, operator, admin):
    return ask_to_read(spoken, by=operator, reason="A court asks for it.")


@pytest.fixture
def opened(asked, admin):
    return approve_reading(asked, by=admin)


def test_only_the_operator_asks_and_only_about_work_of_others(work, request, operator, school):
    for who in EVERYBODY[:-1]:
        with pytest.raises(PermissionDenied):
            ask_to_read(work, by=request.getfixturevalue(who), reason="I would like to.")
    work.members.create(person=operator, school=school, state="left", invited_at=work.started_at)

    with pytest.raises(PermissionDenied):
        ask_to_read(work, by=operator, reason="My own.")


@pytest.mark.parametrize("who", [name for name in EVERYBODY if name != "admin"])
def test_a_second_person_agrees_who_is_an_admin(asked, who, request):
    with pytest.raises(PermissionDenied):
        approve_reading(asked, by=request.getfixturevalue(who))


def test_the_same_person_never_agrees_even_with_both_posts(spoken, operator, admin):
    operator.posts.create(role=Role.ADMIN)
    asked = ask_to_read(spoken, by=operator, reason="A court asks.")
    operator = type(operator).objects.get(pk=operator.pk)

    with pytest.raises(PermissionDenied):
        approve_reading(asked, by=operator)
    with pytest.raises(IntegrityError), transaction.atomic():
        EmergencyReading.objects.update(approved_by=operator, approved_at=timezone.now())


def test_an_admin_whose_own_words_it_opens_does_not_agree(spoken, asked, admin, school):
    spoken.members.create(person=admin, school=school, state="left", invited_at=spoken.started_at)

    with pytest.raises(PermissionDenied):
        approve_reading(asked, by=admin)


def test_nothing_is_open_before_and_it_closes_by_itself_after_an_hour(asked, admin, operator, client, time_machine):
    now = timezone.now()
    path = f"/emergency-reading/{asked.pk}/words/"
    client.force_login(operator)
    assert client.get(path).status_code == 302

    approve_reading(asked, by=admin, at=now)
    time_machine.move_to(now + 59 * MINUTE, tick=False)
    assert "Meet at three." in client.get(path).content.decode()

    time_machine.move_to(now + 60 * MINUTE, tick=False)
    assert client.get(path).status_code == 302
    assert not EmergencyReading.objects.open(timezone.now()).exists()


def test_a_request_lapses_after_a_day(asked, admin):
    late = asked.asked_at + dt.timedelta(hours=24)

    with pytest.raises(NotNow, match="lapsed"):
        approve_reading(asked, by=admin, at=late)
    assert not EmergencyReading.objects.waiting(late).exists()
    assert not Notice.objects.filter(kind="emergency_opened").exists()


def test_it_opens_what_the_pair_said_and_never_a_reflection(opened, operator, client):
    client.force_login(operator)
    page = client.get(f"/emergency-reading/{opened.pk}/words/").content.decode()

    assert "Meet at three." in page
    assert "Six hands." in page
    assert "Nobody reads this." not in page


@pytest.mark.parametrize("who", EVERYBODY)
def test_one_person_reads_it(opened, who, request, client):
    client.force_login(request.getfixturevalue(who))

    answer = client.get(f"/emergency-reading/{opened.pk}/words/", follow=True)

    assert ("Meet at three." in answer.content.decode()) == (who == "operator")


@pytest.mark.parametrize(
    "path", ["/words/", "/shared/", "/partnerships/{work}/words/", "/partnerships/{work}/messages/"]
)
def test_every_other_door_stays_shut(opened, operator, path, client):
    client.force_login(operator)

    page = client.get(path.format(work=opened.partnership_id), follow=True).content.decode()

    assert "Meet at three." not in page


def test_each_text_is_logged_for_its_author_and_whom_it_tells_of(opened, operator, ana, ben, client):
    client.force_login(operator)
    client.get(f"/emergency-reading/{opened.pk}/words/")
    client.get(f"/emergency-reading/{opened.pk}/words/")

    lines = Viewing.objects.filter(what="emergency", reader=operator)
    assert sorted((line.author.name, line.title.split()[0]) for line in lines) == [
        ("Ana Ruiz", "Message"),
        ("Ana Ruiz", "Note"),
        ("Ben Okafor", "Note"),
    ]
    assert not lines.filter(title__contains="hands").exists()
    client.force_login(ana)
    assert "Root Operator" in client.get("/me/readers/").content.decode()


def test_the_people_are_told_at_once_and_cannot_switch_it_off(opened, ana, ben):
    told = Notice.objects.filter(kind="emergency_opened")

    assert {notice.person for notice in told} == {ana, ben}
    assert told[0].due_at == opened.approved_at
    kind = KINDS["emergency_opened"]
    assert (kind.at_once, kind.can_be_off) == (True, False)
    assert told[0].facts["who"] == "Root Operator"
    assert told[0].facts["whom"] == "Ada Novak"
    assert "court" not in str(told[0].facts)


def test_who_left_and_to_whom_notes_were_handed_are_told_too(spoken, operator, admin, ana, ben, cleo, school):
    spoken.members.create(person=cleo, school=school, state="left", invited_at=spoken.started_at)
    hand_over(write(spoken, by=ben, kind="note", body="More."), by=ben, to=ana)
    approve_reading(ask_to_read(spoken, by=operator, reason="A court asks."), by=admin)

    assert {notice.person for notice in Notice.objects.filter(kind="emergency_opened")} == {ana, ben, cleo}


def test_admins_are_asked_but_not_one_whose_words_it_opens(spoken, operator, admin, person, school):
    other = person("Oda Other", Role.ADMIN)
    spoken.members.create(person=other, school=school, state="left", invited_at=spoken.started_at)
    asked = ask_to_read(spoken, by=operator, reason="A court asks.")

    [notice] = Notice.objects.filter(kind="emergency_asked")
    assert notice.person == admin
    assert KINDS["emergency_asked"].still_due(notice)
    end_reading(asked, by=admin)
    assert not KINDS["emergency_asked"].still_due(notice)


def test_its_people_read_the_reason_once_it_was_opened_and_not_before(asked, admin, ana, stranger, client):
    client.force_login(ana)
    assert client.get(asked.get_absolute_url()).status_code == 404

    approve_reading(asked, by=admin)

    page = client.get(asked.get_absolute_url()).content.decode()
    assert "A court asks for it." in page
    assert "Ada Novak" in page
    assert "I agree" not in page
    client.force_login(stranger)
    assert client.get(asked.get_absolute_url()).status_code == 404


def test_it_is_closed_early_and_is_shut_at_once(opened, admin, operator, ana, client):
    with pytest.raises(PermissionDenied):
        end_reading(opened, by=ana)
    client.force_login(admin)
    client.post(f"/emergency-reading/{opened.pk}/end/")

    client.force_login(operator)
    assert client.get(f"/emergency-reading/{opened.pk}/words/").status_code == 302


def test_an_admin_turns_it_down_and_nobody_agrees_after_that(asked, admin):
    end_reading(asked, by=admin)

    with pytest.raises(NotNow):
        approve_reading(asked, by=admin)


def test_from_asking_to_agreeing_on_the_pages(spoken, operator, admin, client):
    client.force_login(operator)
    form = client.get("/emergency-reading/ask/").content.decode()
    assert "closes by itself after an hour" in form
    page = client.post("/emergency-reading/ask/", {"number": spoken.pk, "reason": "A court"}, follow=True)
    assert "It waits for a second person" in page.content.decode()
    again = client.post("/emergency-reading/ask/", {"number": spoken.pk, "reason": "A court again"}).content.decode()
    assert "asked for already" in again
    assert "A court again" in again

    client.force_login(admin)
    [reading] = EmergencyReading.objects.all()
    assert reading.get_absolute_url() in client.get("/emergency-reading/").content.decode()
    page = client.post(f"/emergency-reading/{reading.pk}/approve/", follow=True).content.decode()

    assert "It is open for an hour." in page


@pytest.mark.parametrize("number", ["", "x", "0", "999999", "9" * 40])
def test_a_number_that_is_none_is_told_at_the_field(operator, number, client):
    client.force_login(operator)

    page = client.post("/emergency-reading/ask/", {"number": number, "reason": "A court asks."})

    assert page.status_code == 200
    assert "A court asks." in page.content.decode()
    assert not EmergencyReading.objects.exists()


def test_the_list_asks_the_same_for_many_as_for_one(spoken, operator, admin, client, django_assert_num_queries):
    client.force_login(admin)
    for many in (1, 3):
        while EmergencyReading.objects.count() < many:
            end_reading(ask_to_read(spoken, by=operator, reason="A court asks."), by=operator)
        client.get("/emergency-reading/")
        with django_assert_num_queries(5):
            client.get("/emergency-reading/")
