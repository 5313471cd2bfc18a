"""To whom a text may be shown by name: the cells of TRUST's table that say "S"."""

import pytest

from partnerships.models import Share
from partnerships.services.ground import NotNow
from partnerships.services.sharing import ask_to_show
from partnerships.services.words import write


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
