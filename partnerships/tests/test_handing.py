"""Observation notes are handed to the colleague who was observed, and are gone for the observer at every door."""

import pytest
from django.core.exceptions import PermissionDenied

from notices.models import Notice
from partnerships.models import Entry, HandOver, Step, StepDraft
from partnerships.services.ground import NotNow
from partnerships.services.handing import hand_over, throw_away
from partnerships.services.members import accept, hand_over_lead, invite, leave
from partnerships.services.progress import save_draft
from partnerships.services.words import rewrite, share, write
from people.services.holds import set_hold
from supports.registry import kind_of


@pytest.fixture
def visit(work):
    """The open step in which a visitor writes what they saw."""
    step = Step.objects.filter(partnership=work, key="goal").first()
    Step.objects.filter(pk=step.pk).update(
        kind="notes", actor="members", config={"prompts": ["What I saw", "What I wondered"], "asks_observed": True}
    )
    return Step.objects.select_related("partnership").get(pk=step.pk)


@pytest.fixture
def notes(work, visit, ana, ben):
    """Ana's notes of Ben's lesson: two texts of one step."""
    about = {"by": ana, "kind": Entry.Kind.NOTE, "step": visit, "about": ben, "audience": "partners"}
    return [write(work, body=body, prompt="Seen", **about) for body in ("Six hands went up.", "Who never spoke?")]


def doors_of(work, visit, entry):
    """Every page on which a text of the partnership could stand."""
    pages = ["words/", "shared/", "inbox/", "", f"partnerships/{work.pk}/", f"partnerships/{work.pk}/words/"]
    pages += [f"partnerships/{work.pk}/messages/", f"partnerships/{work.pk}/steps/{visit.pk}/"]
    return [f"/{page}" for page in [*pages, *(f"words/{entry.pk}/{end}" for end in ("", "show/", "hand-over/"))]]


def met(client, person, pages, words):
    client.force_login(person)
    return {page for page in pages if words in client.get(page, follow=True).content.decode()}


def test_the_observed_reads_it_and_the_observer_no_more_on_any_page(work, visit, notes, ana, ben, client):
    pages = doors_of(work, visit, notes[0])
    save_draft(visit, by=ana, answers={"prompt_0": "Six hands went up."})
    assert len(met(client, ana, pages, "Six hands went up.")) >= 4  # it could be met there

    hand_over(notes[0], by=ana, to=ben)

    assert met(client, ana, pages, "Six hands went up.") == set()
    assert {"/words/", f"/words/{notes[0].pk}/show/"} <= met(client, ben, pages, "Six hands went up.")
    assert not StepDraft.objects.exists()


def test_all_notes_of_the_visit_go_together_and_others_stay(work, visit, notes, ana, ben):
    other = write(work, by=ana, kind=Entry.Kind.REFLECTION, step=visit, body="About me.")

    hand_over(notes[0], by=ana, to=ben)

    assert set(Entry.objects.visible_to(ana)) == {other}
    assert set(Entry.objects.visible_to(ben)) == set(notes)


def test_the_observer_keeps_that_it_was_done(work, notes, ana, ben, stranger, client):
    hand_over(notes[0], by=ana, to=ben)
    client.force_login(ana)

    assert "to Ben Okafor" in client.get(f"/partnerships/{work.pk}/words/").content.decode()
    assert HandOver.objects.visible_to(ana).count() == HandOver.objects.visible_to(ben).count() == 1
    assert not HandOver.objects.visible_to(stranger).exists()


def test_a_third_partner_reads_them_before_and_not_after(work, notes, ana, ben, cleo):
    accept(invite(work, by=ana, person=cleo), by=cleo)
    assert Entry.objects.visible_to(cleo).count() == 2

    hand_over(notes[0], by=ana, to=ben)

    assert not Entry.objects.visible_to(cleo).exists()


def test_the_observed_is_told_once_and_a_second_press_is_refused(notes, ana, ben):
    hand_over(notes[0], by=ana, to=ben)
    with pytest.raises(NotNow):
        hand_over(notes[0], by=ana, to=ben)

    [told] = Notice.objects.filter(kind="notes_handed_over")
    assert told.person == ben
    assert "hands" not in str(told.facts)


def test_the_author_changes_and_shares_nothing_of_it_any_more(notes, ana, ben):
    hand_over(notes[0], by=ana, to=ben)

    for act in (lambda: rewrite(notes[0], by=ana, body="Other"), lambda: share(notes[0], by=ana, audience="partners")):
        with pytest.raises(PermissionDenied):
            act()
    notes[0].refresh_from_db()
    assert (notes[0].body, notes[0].audience) == ("Six hands went up.", "private")


def test_only_the_author_hands_over_and_only_to_somebody_who_takes_part(work, notes, ana, ben, stranger):
    with pytest.raises(PermissionDenied):
        hand_over(notes[0], by=ben, to=ben)
    for nobody in (stranger, ana):
        with pytest.raises(NotNow):
            hand_over(notes[0], by=ana, to=nobody)

    hand_over_lead(work, by=ana, to=ben)
    leave(work, by=ana)
    hand_over(notes[0], by=ana, to=ben)  # also by who has left

    assert Entry.objects.visible_to(ben).count() == 2


def test_the_page_asks_once_and_says_there_is_no_way_back(work, notes, ana, ben, client):
    client.force_login(ana)
    page = client.get(f"/words/{notes[0].pk}/hand-over/").content.decode()
    assert "There is no way back" in page
    assert HandOver.objects.count() == 0

    answer = client.post(f"/words/{notes[0].pk}/hand-over/", {"to": ben.pk}, follow=True)

    assert "The notes are Ben Okafor’s now" in answer.content.decode()
    assert client.post(f"/words/{notes[0].pk}/hand-over/", {"to": ben.pk}).status_code == 404


def test_bad_input_is_told_at_the_field(notes, ana, stranger, client):
    client.force_login(ana)

    for to in ("", "x", stranger.pk, 2**70):
        assert client.post(f"/words/{notes[0].pk}/hand-over/", {"to": to}).status_code == 200
    assert HandOver.objects.count() == 0


def test_the_owner_throws_them_away_and_the_author_cannot(notes, ana, ben, client):
    with pytest.raises(PermissionDenied):
        throw_away(notes[0], by=ben)
    hand_over(notes[0], by=ana, to=ben)
    notes[0].refresh_from_db()
    with pytest.raises(PermissionDenied):
        throw_away(notes[0], by=ana)
    client.force_login(ben)
    assert "Throw this text away?" in client.get(f"/words/{notes[0].pk}/throw-away/").content.decode()
    assert Entry.objects.filter(pk=notes[0].pk).exists()

    client.post(f"/words/{notes[0].pk}/throw-away/")

    assert not Entry.objects.filter(pk=notes[0].pk).exists()
    assert HandOver.objects.count() == 1


def test_the_form_asks_whose_lesson_it_was(work, visit, ana, ben, cleo):
    form = kind_of(visit).form(visit, ana, data={"prompt_0": "Six hands.", "visited": str(ben.pk)})
    assert form.is_valid(), form.errors
    kind_of(visit).act(visit, by=ana, answers=form.cleaned_data, at=work.started_at)

    assert Entry.objects.get().about == ben
    assert not kind_of(visit).form(visit, ana, data={"prompt_0": "Six hands.", "visited": cleo.pk}).is_valid()


def test_whoever_is_alone_is_not_asked_whose_lesson_it_was(visit, ana, ben):
    leave(visit.partnership, by=ben)

    form = kind_of(visit).form(Step.objects.get(pk=visit.pk), ana, data={"prompt_0": "Six hands."})

    assert "visited" not in form.fields
    assert form.is_valid()


def test_a_legal_hold_keeps_a_text_that_somebody_would_throw_away(notes, ana, ben, admin, client):
    set_hold(by=admin, reason="A court asks.", person=ana)
    hand_over(notes[0], by=ana, to=ben)
    client.force_login(ben)

    page = client.post(f"/words/{notes[0].pk}/throw-away/", follow=True).content.decode()

    assert "A legal hold keeps this text for now." in page
    assert Entry.objects.filter(pk=notes[0].pk).exists()
