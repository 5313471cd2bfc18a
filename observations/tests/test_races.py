"""Two at the same moment. SQLite lets in one writer at a time, so these need PostgreSQL."""

import datetime as dt
import threading

import pytest
from django.db import connection

from observations.models import Coverage, Pattern, Walk, WalkPlace
from observations.services import NotNow, Taken, debrief, walks
from observations.services import coverage as cover
from people.models import Post, Role, User

from .conftest import AFTER, DAY

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def at_once(*works):
    """Run the works in threads that start together; what each came to: "done", or the refusal."""
    start, ends = threading.Barrier(len(works)), {}

    def run(number, work):
        try:
            start.wait()
            work()
            ends[number] = "done"
        except Exception as refusal:  # shown by the test that waits for it
            ends[number] = refusal
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return [ends[number] for number in range(len(works))]


def again(user):
    """The person without what this thread has read of them."""
    return User.objects.get(pk=user.pk)


@pytest.fixture
def sub(person, school, other_school, year):
    """Serves two schools."""
    sub = person("Sue Sub", Role.TEACHER, school)
    Post.objects.create(user=sub, role=Role.TEACHER, school=other_school)
    return sub


def only_one(ends):
    refusals = [end for end in ends if end != "done"]
    assert len(refusals) == len(ends) - 1, ends
    assert all(isinstance(refusal, Taken | NotNow) for refusal in refusals), ends
    return [str(refusal) for refusal in refusals]


@pytest.mark.parametrize("repeat", range(5))
def test_two_principals_name_the_same_coverer_and_one_is_told_where_she_is(
    ask, sub, ana, cleo, other_school, principal, other_principal, repeat
):
    here = ask()
    there = ask(by=cleo, school=other_school, starts=dt.time(10), ends=dt.time(10, 30), class_name="Grade 6")

    (said,) = only_one(
        at_once(
            lambda: cover.approve_cover(here, by=again(principal), coverer=sub),
            lambda: cover.approve_cover(there, by=again(other_principal), coverer=sub),
        )
    )

    assert "Sue Sub is taken at that time: covering Grade" in said
    assert list(Coverage.objects.filter(state="assigned").values_list("coverer__name", flat=True)) == ["Sue Sub"]
    assert Coverage.objects.filter(state="asked").count() == 1


@pytest.mark.parametrize("repeat", range(5))
def test_nobody_is_named_while_they_ask_for_cover_themselves(ask, ana, ben, principal, repeat):
    asked = ask()

    only_one(
        at_once(
            lambda: cover.approve_cover(asked, by=again(principal), coverer=ben),
            lambda: ask(by=again(ben), class_name="Grade 5"),
        )
    )

    away = Coverage.objects.filter(asker=ben).count()
    assert away + Coverage.objects.filter(coverer=ben).count() == 1


@pytest.mark.parametrize("repeat", range(5))
def test_two_ask_for_the_last_place_and_one_gets_it(set_up, ana, ben, repeat):
    walk = set_up(places=1)

    only_one(at_once(lambda: walks.join_walk(walk, by=again(ana)), lambda: walks.join_walk(walk, by=again(ben))))

    assert WalkPlace.objects.count() == 1


def test_the_same_request_sent_twice_at_once_is_one(ask, ana):
    only_one(at_once(lambda: ask(by=again(ana)), lambda: ask(by=again(ana))))

    assert Coverage.objects.get().day == DAY


@pytest.fixture
def debriefed(set_up, ana, ben, facilitator):
    """Ana and Ben have walked, and the notes are on the table."""
    walk = set_up()
    for person in (ana, ben):
        walks.join_walk(walk, by=person)
    Walk.objects.filter(pk=walk.pk).update(published_at=AFTER, notes_published_at=AFTER)
    return Walk.objects.get(pk=walk.pk)


@pytest.mark.parametrize("repeat", range(5))
def test_two_change_a_line_at_once_and_neither_loses_a_word(debriefed, ana, ben, repeat):
    line = debrief.add_line(debriefed, by=ana, kind="pattern", words="Lessons began early.")

    def change(by, words):
        return lambda: debrief.change_line(line, by=again(by), words=words, seen=1)

    ends = at_once(change(ana, "Ana's words"), change(ben, "Ben's words"))

    refused = [end for end in ends if end != "done"]
    assert len(refused) == 1, ends
    assert isinstance(refused[0], debrief.Changed)
    stands = Pattern.objects.get()
    assert stands.version == 2
    assert refused[0].row.words == stands.words  # what stands is shown to the one who was refused


def test_ten_lines_added_at_once_are_ten(debriefed, ana, ben):
    def add(by, number):
        return lambda: debrief.add_line(debriefed, by=again(by), kind="pattern", words=f"Line {number}")

    ends = at_once(*(add(by, number) for number in range(5) for by in (ana, ben)))

    assert ends == ["done"] * 10
    assert Pattern.objects.count() == 10
