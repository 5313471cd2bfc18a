"""Who reads an Entry: every kind of reader, for every way of sharing it."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from notices.models import Notice
from partnerships.models import Consent, Entry
from partnerships.services.members import accept, hand_over_lead, invite, leave
from partnerships.services.words import consent, rewrite, share, take_back, write

READERS = ["ana", "ben", "invited", "left", "stranger", "cleo", "principal", "facilitator", "admin", "operator"]
PAIR = {"ana", "ben"}
STAFF = {"ana", "ben", "invited", "left", "stranger", "principal"}  # of Maple Grove


@pytest.fixture
def readers(request, work, ana, ben, person, school, stranger, cleo, principal, facilitator, admin, operator):
    from_role = {name: request.getfixturevalue(name) for name in READERS if name not in ("invited", "left")}
    invited, left = person("Ivy Invited", "teacher", school), person("Lou Left", "teacher", school)
    invite(work, by=ana, person=invited)
    accept(invite(work, by=ana, person=left), by=left)
    leave(work, by=left)
    return from_role | {"invited": invited, "left": left}


def who_reads(entry, readers):
    return {name for name, reader in readers.items() if Entry.objects.visible_to(reader).filter(pk=entry.pk).exists()}


@pytest.mark.parametrize(("audience", "expected"), [("private", {"ana"}), ("partners", PAIR), ("school", STAFF)])
def test_an_entry_is_read_by_those_it_is_shared_with(work, ana, readers, audience, expected):
    entry = write(work, by=ana, kind=Entry.Kind.REFLECTION, body="It went well.", audience=audience)

    assert who_reads(entry, readers) == expected


def test_a_joint_entry_leaves_the_pair_only_when_all_agreed(work, ana, ben, readers):
    entry = write(work, by=ana, kind=Entry.Kind.FINDING, body="We found.", audience="school", joint=True)
    assert who_reads(entry, readers) == PAIR

    consent(entry, by=ben)
    assert who_reads(entry, readers) == STAFF

    take_back(entry, by=ben)
    assert who_reads(entry, readers) == PAIR


def test_a_changed_joint_entry_comes_back_inside(work, ana, ben, readers):
    entry = write(work, by=ana, kind=Entry.Kind.FINDING, body="We found.", audience="school", joint=True)
    consent(entry, by=ben)
    assert who_reads(entry, readers) == STAFF

    rewrite(entry, by=ana, body="Ben said something odd.")

    assert who_reads(entry, readers) == PAIR


def test_who_leaves_keeps_their_own_words_and_reads_no_others(work, ana, ben, client):
    own = write(work, by=ana, kind=Entry.Kind.REFLECTION, body="Only mine.")
    theirs = write(work, by=ben, kind=Entry.Kind.REFLECTION, body="Ben to Ana.", audience="partners")
    assert set(Entry.objects.visible_to(ana)) == {own, theirs}
    hand_over_lead(work, by=ana, to=ben)
    leave(work, by=ana)
    client.force_login(ana)

    assert client.get(f"/partnerships/{work.pk}/words/").status_code == 404
    page = client.get("/words/").content.decode()

    assert "Only mine." in page
    assert "Ben to Ana." not in page


def test_the_page_of_words_shows_each_reader_their_own(work, ana, ben, client):
    write(work, by=ana, kind=Entry.Kind.REFLECTION, body="Ana alone.")
    write(work, by=ana, kind=Entry.Kind.REFLECTION, body="Ana to Ben.", audience="partners")

    client.force_login(ana)
    assert "Ana alone." in client.get(f"/partnerships/{work.pk}/words/").content.decode()
    client.force_login(ben)
    page = client.get(f"/partnerships/{work.pk}/words/").content.decode()

    assert "Ana to Ben." in page
    assert "Ana alone." not in page


@pytest.mark.parametrize("who", ["principal", "facilitator", "admin"])
def test_a_post_opens_no_words_on_any_page(work, ana, ben, who, request, client, step_of, do):
    do(work, "goal", ana, goal="Everybody speaks.")
    step = step_of(work, "goal")
    for audience in ("private", "partners"):
        write(work, by=ana, kind=Entry.Kind.NOTE, body="Ben hesitated.", step=step, audience=audience)
    client.force_login(request.getfixturevalue(who))

    for path in ("words/", "messages/"):
        assert client.get(f"/partnerships/{work.pk}/{path}").status_code == 403
    for path in ("", f"steps/{step.pk}/"):
        answer = client.get(f"/partnerships/{work.pk}/{path}")
        assert answer.status_code == 200
        assert "hesitated" not in answer.content.decode()
        assert "What is written here" not in answer.content.decode()


def test_only_the_author_changes_a_text(work, ana, ben, client):
    entry = write(work, by=ana, kind=Entry.Kind.REFLECTION, body="Ana to Ben.", audience="partners")
    client.force_login(ben)

    answer = client.post(f"/words/{entry.pk}/", {"body": "No.", "audience": "school"})

    assert answer.status_code == 403
    entry.refresh_from_db()
    assert entry.body == "Ana to Ben."
    with pytest.raises(PermissionDenied):
        share(entry, by=ben, audience="school")


def test_an_author_shares_and_the_school_reads(work, ana, stranger, client):
    entry = write(work, by=ana, kind=Entry.Kind.REFLECTION, body="For everybody.")
    client.force_login(ana)
    client.post(f"/words/{entry.pk}/", {"body": "For everybody.", "audience": "school"})
    client.force_login(stranger)
    assert "For everybody." in client.get("/shared/").content.decode()

    client.force_login(ana)
    client.post(f"/words/{entry.pk}/take-back/")
    client.force_login(stranger)

    assert "For everybody." not in client.get("/shared/").content.decode()


def test_the_partners_are_asked_again_about_a_changed_joint_text(work, ana, ben):
    entry = write(work, by=ana, kind=Entry.Kind.FINDING, body="We found.", audience="school", joint=True)
    asked = Notice.objects.filter(kind="consent_asked", person=ben)
    assert asked.count() == 1

    rewrite(entry, by=ana, body="We found more.", at=entry.made_at + dt.timedelta(minutes=5))

    assert asked.count() == 2
    assert list(Consent.objects.filter(entry=entry).values_list("person", flat=True)) == [ana.pk]


def test_sharing_twice_keeps_what_was_agreed(work, ana, ben):
    entry = write(work, by=ana, kind=Entry.Kind.FINDING, body="We found.", audience="school", joint=True)
    consent(entry, by=ben)

    share(entry, by=ana, audience="school")

    entry.refresh_from_db()
    assert entry.released_at is not None
