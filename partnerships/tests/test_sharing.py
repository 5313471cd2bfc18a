"""A version is shown to a named reader: with the consent of all whose it is, until one of them takes it back."""

import pytest
from django.core.exceptions import PermissionDenied

from partnerships.models import Share, Version
from partnerships.services.ground import NotNow
from partnerships.services.handing import hand_over, throw_away
from partnerships.services.members import accept, invite, leave
from partnerships.services.sharing import agree_to_show, ask_to_show, stop_showing
from partnerships.services.words import rewrite


def openers(share, everyone, client):
    """Who gets the page with the text on it."""
    found = set()
    for name, person in everyone.items():
        client.force_login(person)
        answer = client.get(f"/shown/{share.pk}/")
        if answer.status_code == 200 and share.version.body in answer.content.decode():
            found.add(name)
    return found


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
