"""A version is shown to a named reader: with the consent of all whose it is, until one of them takes it back."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from notices.models import Notice
from notices.registry import KINDS
from partnerships.models import Entry, Share, Version
from partnerships.services.ground import NotNow
from partnerships.services.handing import hand_over, throw_away
from partnerships.services.members import accept, hand_over_lead, invite, leave
from partnerships.services.sharing import agree_to_show, ask_to_show, stop_showing
from partnerships.services.words import rewrite, write
from people.models import Role, Viewing

PEOPLE = [
    "ana",
    "ben",
    "stranger",
    "cleo",
    "principal",
    "other_principal",
    "facilitator",
    "office",
    "admin",
    "operator",
]


@pytest.fixture
def everyone(request):
    return {name: request.getfixturevalue(name) for name in PEOPLE}


@pytest.fixture
def note(work, ana, ben):
    return write(work, by=ana, kind="note", body="Six hands went up.", about=ben, audience="partners")


@pytest.fixture
def reflection(work, ana):
    return write(work, by=ana, kind="reflection", body="I waited longer.")


@pytest.fixture
def finding(work, ana):
    return write(work, by=ana, kind="finding", body="We found.", audience="partners", joint=True)


def openers(share, everyone, client):
    """Who gets the page with the text on it."""
    found = set()
    for name, person in everyone.items():
        client.force_login(person)
        answer = client.get(f"/shown/{share.pk}/")
        if answer.status_code == 200 and share.version.body in answer.content.decode():
            found.add(name)
    return found


# --- Who may be named: the cells of TRUST's table with an S -----------------------------------------------------------


def namable(entry, by, everyone):
    def works(reader):
        try:
            ask_to_show(entry, by=by, reader=reader)
        except NotNow:
            return False
        return True

    return {name for name, reader in everyone.items() if works(reader)}


def test_a_note_about_a_colleague_is_shown_to_their_principal_or_an_admin_alone(note, ana, everyone):
    assert namable(note, ana, everyone) == {"principal", "admin"}


@pytest.mark.parametrize("kind", ["message", "contact"])
def test_so_are_messages_and_contacts(work, ana, everyone, kind):
    entry = write(work, by=ana, kind=kind, body="Hello.", audience="partners")

    assert namable(entry, ana, everyone) == {"principal", "admin"}


@pytest.mark.parametrize("kind", ["reflection", "cycle", "datum", "goal", "analysis"])
def test_one_s_own_words_are_shown_to_colleagues_too_and_not_to_the_facilitator(work, ana, everyone, kind):
    entry = write(work, by=ana, kind=kind, body="My own.")

    assert namable(entry, ana, everyone) == {"principal", "other_principal", "admin", "stranger", "cleo"}


def test_a_refusal_says_why_at_the_field_and_keeps_what_was_typed(note, ana, stranger, facilitator, client):
    client.force_login(ana)
    for reader, why in ((stranger, "to the principal or a district admin"), (facilitator, "is the facilitator")):
        page = client.post(f"/words/{note.pk}/show/", {"colleague": reader.email}).content.decode()
        assert why in page
        assert reader.email in page
    assert not Share.objects.exists()


# --- Whose consent it takes -------------------------------------------------------------------------------------------


def test_a_note_needs_its_author_and_the_observed(note, ana, ben, principal, everyone, client):
    share = ask_to_show(note, by=ana, reader=principal)
    assert openers(share, everyone, client) == {"ana", "ben"}

    agree_to_show(share, by=ben)
    assert openers(share, everyone, client) == {"ana", "ben", "principal"}


def test_a_joint_text_needs_everybody_who_wrote_it(work, finding, ana, ben, cleo, stranger):
    accept(invite(work, by=ana, person=cleo), by=cleo)
    share = ask_to_show(finding, by=ben, reader=stranger)
    agree_to_show(share, by=ana)
    assert not Share.objects.visible_to(stranger).exists()

    agree_to_show(share, by=cleo)

    assert Share.objects.visible_to(stranger).get() == share


def test_a_reflection_needs_its_author_alone(reflection, ana, ben, stranger, everyone, client):
    share = ask_to_show(reflection, by=ana, reader=stranger)

    assert openers(share, everyone, client) == {"ana", "stranger"}


def test_who_has_no_part_in_it_asks_and_agrees_to_nothing(reflection, note, ana, ben, stranger, principal):
    with pytest.raises(PermissionDenied):
        ask_to_show(reflection, by=ben, reader=principal)
    share = ask_to_show(note, by=ana, reader=principal)
    for person in (stranger, principal):
        for act in (agree_to_show, stop_showing):
            with pytest.raises(PermissionDenied):
                act(share, by=person)


def test_silence_is_no_consent_when_somebody_leaves(work, note, ana, ben, principal):
    share = ask_to_show(note, by=ana, reader=principal)
    leave(work, by=ben)

    share.refresh_from_db()
    assert share.ended_at is not None
    with pytest.raises(NotNow):
        agree_to_show(share, by=ben)


def test_a_reader_cannot_see_who_was_asked_before_all_agreed(note, ana, principal, client):
    share = ask_to_show(note, by=ana, reader=principal)
    client.force_login(principal)

    assert client.get(f"/shown/{share.pk}/").status_code == 404
    assert "Shown to you" not in client.get("/shared/").content.decode()


# --- One version ------------------------------------------------------------------------------------------------------


def test_what_was_agreed_is_what_is_read(note, ana, ben, principal, client):
    share = ask_to_show(note, by=ana, reader=principal)
    agree_to_show(share, by=ben)
    rewrite(note, by=ana, body="Ben said something odd.")
    client.force_login(principal)

    page = client.get(f"/shown/{share.pk}/").content.decode()

    assert "Six hands went up." in page
    assert "odd" not in page
    client.force_login(ana)
    assert "The text was changed since" in client.get(f"/words/{note.pk}/show/").content.decode()


def test_a_text_changed_before_the_last_consent_is_shown_as_it_was_asked_about(note, ana, ben, principal):
    share = ask_to_show(note, by=ana, reader=principal)
    rewrite(note, by=ana, body="Something else.")
    agree_to_show(share, by=ben)

    assert Version.objects.visible_to(principal).get().body == "Six hands went up."


def test_a_later_version_is_agreed_anew_and_replaces_the_first(note, ana, ben, principal):
    first = ask_to_show(note, by=ana, reader=principal)
    agree_to_show(first, by=ben)
    rewrite(note, by=ana, body="Seven hands.")
    second = ask_to_show(note, by=ana, reader=principal)
    assert Version.objects.visible_to(principal).get().number == 1

    agree_to_show(second, by=ben)

    assert Version.objects.visible_to(principal).get().body == "Seven hands."
    first.refresh_from_db()
    assert first.ended_at is not None


def test_the_same_version_is_named_once_for_a_reader(note, ana, principal):
    ask_to_show(note, by=ana, reader=principal)

    with pytest.raises(NotNow, match="named for this text already"):
        ask_to_show(note, by=ana, reader=principal)
    assert Version.objects.count() == Share.objects.count() == 1


# --- Taking it back ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["ana", "ben"])
def test_either_takes_it_back_at_once(note, ana, ben, principal, who, request, client):
    share = ask_to_show(note, by=ana, reader=principal)
    agree_to_show(share, by=ben)
    client.force_login(principal)
    assert client.get(f"/shown/{share.pk}/").status_code == 200

    client.force_login(request.getfixturevalue(who))
    client.post(f"/shown/{share.pk}/take-back/")

    client.force_login(principal)
    assert client.get(f"/shown/{share.pk}/").status_code == 404
    assert not Version.objects.visible_to(principal).exists()


def test_no_is_said_with_the_same_button_and_shows_nothing(note, ana, ben, principal, client):
    share = ask_to_show(note, by=ana, reader=principal)
    client.force_login(ben)
    assert "No, not to them" in client.get(f"/shown/{share.pk}/").content.decode()
    client.post(f"/shown/{share.pk}/take-back/")

    page = client.post(f"/shown/{share.pk}/agree/", follow=True).content.decode()

    assert "taken back meanwhile" in page
    assert not Share.objects.visible_to(principal).exists()


def test_what_is_thrown_away_is_gone_for_its_readers(reflection, ana, stranger):
    ask_to_show(reflection, by=ana, reader=stranger)
    throw_away(reflection, by=ana)

    assert not Version.objects.exists()
    assert not Share.objects.exists()


# --- After notes were handed over -------------------------------------------------------------------------------------


def test_the_observer_has_a_say_and_no_text(note, ana, ben, principal, everyone, client):
    hand_over(note, by=ana, to=ben)
    note.refresh_from_db()
    with pytest.raises(PermissionDenied):
        ask_to_show(note, by=ana, reader=principal)
    share = ask_to_show(note, by=ben, reader=principal)
    assert openers(share, everyone, client) == {"ben"}

    client.force_login(ana)
    page = client.get(f"/shown/{share.pk}/").content.decode()
    assert "You handed these notes over" in page
    client.post(f"/shown/{share.pk}/agree/")

    assert openers(share, everyone, client) == {"ben", "principal"}


def test_what_was_shown_before_stays_shown_and_is_hidden_from_the_observer(note, ana, ben, principal, everyone, client):
    share = ask_to_show(note, by=ana, reader=principal)
    agree_to_show(share, by=ben)
    hand_over(note, by=ana, to=ben)

    assert openers(share, everyone, client) == {"ben", "principal"}


# --- Telling, and who has read it -------------------------------------------------------------------------------------


def test_the_others_are_asked_and_the_reader_is_told_once(note, ana, ben, principal):
    share = ask_to_show(note, by=ana, reader=principal)
    asked = Notice.objects.get(kind="show_asked")
    assert asked.person == ben
    assert KINDS["show_asked"].still_due(asked)
    assert not Notice.objects.filter(kind="words_shown").exists()

    agree_to_show(share, by=ben)
    agree_to_show(share, by=ben)

    told = Notice.objects.get(kind="words_shown")
    assert told.person == principal
    assert not KINDS["show_asked"].still_due(asked)
    assert KINDS["words_shown"].still_due(told)
    stop_showing(share, by=ana)
    assert not KINDS["words_shown"].still_due(told)
    assert "hands" not in f"{asked.facts}{told.facts}"


def test_those_whose_it_is_see_who_has_read_it_and_when(note, ana, ben, principal, client):
    share = ask_to_show(note, by=ana, reader=principal)
    agree_to_show(share, by=ben)
    client.force_login(ana)
    assert "Not read yet." in client.get(f"/words/{note.pk}/show/").content.decode()
    assert not Viewing.objects.exists()  # one's own reading is not written down

    client.force_login(principal)
    client.get(f"/shown/{share.pk}/")
    client.get(f"/shown/{share.pk}/")

    assert set(Viewing.objects.values_list("reader", "author", "what")) == {
        (principal.pk, ana.pk, "words"),
        (principal.pk, ben.pk, "words"),
    }
    for author in (ana, ben):
        client.force_login(author)
        assert "Not read yet." not in client.get(f"/words/{note.pk}/show/").content.decode()
        assert "Pia Lindqvist" in client.get("/me/readers/").content.decode()


@pytest.mark.parametrize(("who", "lines"), [("principal", 1), ("stranger", 0), ("ben", 0)])
def test_words_shared_with_the_staff_are_logged_for_who_leads(work, ana, ben, who, lines, request, client):
    write(work, by=ana, kind="reflection", body="For everybody.", audience="school")
    client.force_login(request.getfixturevalue(who))

    assert "For everybody." in client.get("/shared/").content.decode()

    assert Viewing.objects.filter(author=ana, what="words").count() == lines


def queries_of(client, path):
    with CaptureQueriesContext(connection) as queries:
        assert client.get(path).status_code == 200
    return len(queries)


def test_the_page_of_a_text_asks_the_same_for_many_readers_as_for_one(work, ana, person, school, client):
    entry = write(work, by=ana, kind="reflection", body="Mine.")
    readers = [person(f"R{number} Reader", Role.TEACHER, school) for number in range(4)]
    client.force_login(ana)
    path = f"/words/{entry.pk}/show/"
    ask_to_show(entry, by=ana, reader=readers[0])
    client.get(path)
    one = queries_of(client, path)
    for reader in readers[1:]:
        ask_to_show(entry, by=ana, reader=reader)

    assert queries_of(client, path) == one
    assert client.get(path).content.decode().count("Not read yet.") == 4


def test_the_page_of_what_is_shown_to_me_asks_the_same_for_many_texts_as_for_one(work, ana, stranger, client):
    client.force_login(stranger)
    counts = []
    for number in (1, 2, 3):
        ask_to_show(write(work, by=ana, kind="cycle", body=f"{number}"), by=ana, reader=stranger)
        client.get("/shared/")
        counts.append(queries_of(client, "/shared/"))

    assert counts[0] == counts[1] == counts[2]


def test_somebody_who_left_keeps_a_say_over_their_own_words(work, finding, ana, ben, stranger):
    share = ask_to_show(finding, by=ana, reader=stranger)
    agree_to_show(share, by=ben)
    hand_over_lead(work, by=ana, to=ben)
    leave(work, by=ana)
    assert Share.objects.visible_to(stranger).exists()

    stop_showing(share, by=ana)

    assert not Share.objects.visible_to(stranger).exists()
    assert Entry.objects.filter(pk=finding.pk).exists()
