"""The end of a walk: its hosts are thanked, its key is erased, and its group looks back, each in their own time."""

import pytest

from observations.models import HostThanks, VisitKey, Walk, WalkReflection
from observations.services import debrief, walks
from partnerships.models import Entry, Partnership, TimeSpent
from partnerships.services.members import accept, invite
from partnerships.services.progress import finish
from partnerships.services.starting import start
from supports.loader import load
from supports.models import SupportType

from .conftest import AFTER
from .knocking import get, post


@pytest.fixture(autouse=True)
def _after(walk, ana, facilitator, time_machine):
    """They have walked, and the notes are on the table."""
    time_machine.move_to(AFTER, tick=False)
    walks.write_note(walk, by=ana, visit_number=1, saw="Seen", at=AFTER)
    walks.publish_notes(walk, by=facilitator, at=AFTER)
    walk.refresh_from_db()


def number_of(host):
    return VisitKey.objects.get(visit__host=host).number


def test_closing_sends_what_is_written_thanks_the_others_and_erases_the_key(
    walk, ana, host, second_host, facilitator, told
):
    debrief.draft_thanks(walk, by=ana, number=number_of(host), words="We noticed", seen=0)

    walks.close_walk(walk, by=facilitator, at=AFTER)

    assert HostThanks.objects.get().host == host
    assert (told(host, "walk_noticed"), told(host, "walk_thanks")) == (1, 0)
    assert (told(second_host, "walk_noticed"), told(second_host, "walk_thanks")) == (0, 1)
    assert not VisitKey.objects.exists()


@pytest.fixture
def group(walk, ana, cleo, facilitator):
    """The walk is Ana's and Cleo's, who asked for it: nothing of its steps is ticked yet."""
    load()
    walks_on_the_menu = SupportType.objects.get(begins="request")
    group = start(walks_on_the_menu, by=facilitator, lead=ana)
    accept(invite(group, by=facilitator, person=cleo), by=cleo)
    Walk.objects.filter(pk=walk.pk).update(partnership=group)
    walk.refresh_from_db()
    return group


def status_of(group):
    return Partnership.objects.get(pk=group.pk).status


def looking_back(group):
    """Names of those whose step of looking back is open."""
    steps = group.steps.unfinished().select_related("member__person")
    assert {step.kind for step in steps} <= {"reflection"}
    return sorted(step.member.person.name for step in steps)


def test_closing_leaves_looking_back_to_each_and_their_work_is_complete_once_all_have(
    walk, group, ana, cleo, facilitator, told, client
):
    debrief.reflect(walk, by=ana, words="I looked before I judged.", at=AFTER)
    walks.close_walk(walk, by=facilitator, at=AFTER)

    assert (status_of(group), looking_back(group)) == ("active", ["Cleo Marsh"])
    assert (told(cleo, "your_turn"), told(ana, "completed")) == (1, 0)

    assert "Write yours" in get(client, cleo, f"/debriefs/{walk.pk}/")[1]
    assert post(client, cleo, f"/debriefs/{walk.pk}/reflect/", words="PRIVATE").status_code == 302

    assert (status_of(group), looking_back(group)) == ("completed", [])
    assert told(ana, "completed") == 1
    assert Entry.objects.get(author=cleo).audience == "private"


def test_work_whose_people_have_all_looked_back_is_complete_when_the_debrief_is_closed(
    walk, group, ana, cleo, facilitator
):
    for by in (ana, cleo):
        debrief.reflect(walk, by=by, words="Seen", at=AFTER)

    walks.close_walk(walk, by=facilitator, at=AFTER)

    assert status_of(group) == "completed"


def test_looking_back_in_the_groups_own_steps_completes_it_too(walk, group, ana, cleo, facilitator):
    walks.close_walk(walk, by=facilitator, at=AFTER)
    for by in (ana, cleo):
        step = group.steps.get(kind="reflection", member__person=by)
        finish(step, by=by, answers={"texts": [("How was it?", "Calm")], "fist_to_five": 4, "next_step": "keep"})

    assert status_of(group) == "completed"


def test_a_reflection_may_be_written_and_changed_after_the_debrief_is_closed(walk, ana, facilitator, client):
    walks.close_walk(walk, by=facilitator, at=AFTER)

    for words in ("First", "Second"):
        assert post(client, ana, f"/debriefs/{walk.pk}/reflect/", words=words).status_code == 302

    assert WalkReflection.objects.get().words == "Second"


def test_looking_back_again_once_the_work_is_complete_changes_the_same_words(walk, group, ana, cleo, facilitator):
    for by in (ana, cleo):
        debrief.reflect(walk, by=by, words="First", at=AFTER)
    walks.close_walk(walk, by=facilitator, at=AFTER)

    debrief.reflect(walk, by=ana, words="Second", at=AFTER)

    assert (Entry.objects.get(author=ana).body, WalkReflection.objects.count()) == ("Second", 0)


def test_closing_counts_the_minutes_of_the_groups_members(walk, group, ana, cleo, host, facilitator):
    walks.close_walk(walk, by=facilitator, at=AFTER)

    counted = set(TimeSpent.objects.values_list("person__name", "category", "minutes"))
    assert counted == {("Ana Ruiz", "observing", 35), ("Cleo Marsh", "observing", 35)}


def test_closing_counts_the_minutes_of_who_came_without_being_in_the_group(walk, ana, cleo, host, facilitator, client):
    walks.close_walk(walk, by=facilitator, at=AFTER)

    counted = TimeSpent.objects.values_list("person__name", "partnership", "minutes", "school")
    assert set(counted) == {
        ("Ana Ruiz", None, 35, walk.school_id),
        ("Cleo Marsh", None, 35, min(cleo.standing.schools)),
    }
    assert counted.count() == 2
    assert "Learning walk" in get(client, ana, "/hours/")[1]
