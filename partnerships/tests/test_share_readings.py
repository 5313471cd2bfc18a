"""Who is asked and told about a text that is shown by name, and who sees that it was read."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from notices.models import Notice
from notices.registry import KINDS
from partnerships.models import Entry, Share
from partnerships.services.members import hand_over_lead, leave
from partnerships.services.sharing import agree_to_show, ask_to_show, stop_showing
from partnerships.services.words import write
from people.models import Role, Viewing


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
