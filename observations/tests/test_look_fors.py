import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from observations.describing import is_rating, judging_words, nudge
from observations.models import Brief, BriefRead, LookFor, LookForVersion, WalkPlace
from observations.services import NotNow, walks
from observations.services.look_fors import acknowledge, change_set, make_set, write_brief

from .conftest import AFTER
from .knocking import get, post, said

LINES = [("tally", "Questions that students ask"), ("evidence", "How the lesson begins")]
WORDS = {"purpose": "To learn from each other", "norms": "We describe", "focus": "The first five minutes"}


@pytest.fixture
def look_fors(facilitator):
    return make_set(by=facilitator, name="Beginnings", lines=LINES)


def lines_of(version):
    return list(LookFor.objects.filter(version=version).values_list("kind", "label"))


def test_a_change_makes_a_new_version_and_a_walk_keeps_its_own(look_fors, walk, facilitator):
    first = look_fors.versions.get()
    write_brief(walk, by=facilitator, version=first, **WORDS)

    change_set(look_fors, by=facilitator, lines=[("question", "What are you working on?")], seen=1)

    assert [version.number for version in look_fors.versions.all()] == [1, 2]
    assert lines_of(Brief.objects.get().look_fors) == LINES


def test_saving_a_set_unchanged_makes_no_version(look_fors, facilitator):
    change_set(look_fors, by=facilitator, lines=LINES, seen=1)

    assert look_fors.versions.count() == 1


def test_a_change_of_a_set_that_somebody_changed_meanwhile_is_refused(look_fors, facilitator):
    change_set(look_fors, by=facilitator, lines=LINES[:1], seen=1)

    with pytest.raises(NotNow, match="meanwhile"):
        change_set(look_fors, by=facilitator, lines=LINES[1:], seen=1)


@pytest.mark.parametrize(
    "label",
    ["Rate 1-5", "rating of the questions", "Score: classroom climate", "Engagement, 1 to 5", "Grade the teacher",
     "Rubric level", "How well does the lesson begin?", "Stars for the routine", "Clarity 4/5", "0–10 confidence"],
)  # fmt: skip
def test_a_rating_is_known_when_it_is_seen(label):
    assert is_rating(label)


@pytest.mark.parametrize(
    "label",
    ["Questions that students ask", "Grade 4 and grade 5 side by side", "Seconds until the first hand goes up",
     "Who talks, and for how long", "Pages 3 and 4 of the unit", "What does the starting routine look like?"],
)  # fmt: skip
def test_what_describes_is_no_rating(label):
    assert not is_rating(label)


def test_there_is_no_kind_that_rates_and_the_database_keeps_it_so(look_fors):
    assert set(LookFor.Kind.values) == {"evidence", "tally", "question", "wondering"}

    with pytest.raises(IntegrityError), transaction.atomic():
        LookFor.objects.create(version=look_fors.versions.get(), position=3, kind="scale", label="Climate")


def test_the_builder_refuses_a_rating_gently_and_keeps_what_was_typed(facilitator, client):
    given = {"name": "Climate", "rows": "4", "kind_1": "evidence", "label_1": "Rate the climate 1-5"}

    refused = post(client, facilitator, "/look-fors/new/", **given)

    assert "That would rate somebody" in said(refused)
    assert 'value="Rate the climate 1-5"' in said(refused)
    assert not LookForVersion.objects.exists()
    assert post(client, facilitator, "/look-fors/new/", **given | {"kind_1": "scale"}).status_code == 200


def test_the_builder_makes_and_changes_a_set(facilitator, client):
    made = post(client, facilitator, "/look-fors/new/", name="Talk", rows="4", kind_2="tally", label_2="Questions")
    address = made.url
    more = said(post(client, facilitator, f"{address}edit/", rows="4", kind_1="tally", label_1="Asked", seen=1, more=1))
    assert 'value="Asked"' in more
    assert "Line 7" in more

    changed = post(client, facilitator, f"{address}edit/", rows="4", kind_1="wondering", label_1="Who spoke", seen="1")

    assert changed.status_code == 302
    text = get(client, facilitator, address)[1]
    assert text.index("Who spoke") < text.index("Questions")
    assert "Version 1" in text


def test_teachers_and_principals_keep_no_sets(look_fors, ana, principal, client):
    for by in (ana, principal):
        with pytest.raises(PermissionDenied):
            make_set(by=by, name="Mine", lines=LINES)
        assert get(client, by, look_fors.get_absolute_url())[0] == 403


def test_the_team_is_told_of_the_pre_brief_once(walk, ana, host, facilitator, told):
    for focus in ("First", "Second"):
        write_brief(walk, by=facilitator, **WORDS | {"focus": focus})

    assert (told(ana, "walk_brief"), told(host, "walk_brief")) == (1, 0)
    assert Brief.objects.get().focus == "Second"


def test_each_acknowledges_once_and_the_facilitator_sees_who_has(walk, ana, cleo, host, facilitator, client):
    with pytest.raises(NotNow, match="not written"):
        acknowledge(walk, by=ana)
    write_brief(walk, by=facilitator, **WORDS)
    for by in (host, facilitator):
        with pytest.raises(PermissionDenied):
            acknowledge(walk, by=by)

    for _ in range(2):
        assert post(client, ana, f"/walks/{walk.pk}/brief/read/").status_code == 302

    assert BriefRead.objects.get().person == ana
    assert "1 of 2 still to read it" in get(client, facilitator, f"/walks/{walk.pk}/brief/")[1]
    assert "You have read it" in get(client, ana, f"/walks/{walk.pk}/brief/")[1]
    seen_by_cleo = get(client, cleo, f"/walks/{walk.pk}/brief/")[1]
    assert "I have read it" in seen_by_cleo
    assert "Who has read it" not in seen_by_cleo


def test_the_pre_brief_is_read_by_the_team_and_its_hosts_and_not_by_principals(
    walk, ana, host, principal, stranger, facilitator, client
):
    write_brief(walk, by=facilitator, **WORDS)

    assert [get(client, who, f"/walks/{walk.pk}/brief/")[0] for who in (ana, host, principal, stranger)] == [
        200, 200, 403, 404,
    ]  # fmt: skip


def test_a_walk_takes_lines_of_its_own(walk, ana, stranger, facilitator, client):
    given = WORDS | {"chosen": "own", "rows": "4", "kind_1": "tally", "label_1": "Hands that go up"}

    sent = post(client, facilitator, f"/walks/{walk.pk}/brief/edit/", **given)
    again = post(client, facilitator, f"/walks/{walk.pk}/brief/edit/", **given)

    assert (sent.status_code, again.status_code) == (302, 302)
    version = LookForVersion.objects.get()
    assert version.set is None
    assert lines_of(version) == [("tally", "Hands that go up")]
    assert "Hands that go up" in get(client, ana, f"/walks/{walk.pk}/brief/")[1]
    assert LookForVersion.objects.visible_to(ana).exists()
    assert not LookForVersion.objects.visible_to(stranger).exists()


def test_lines_that_were_written_are_not_lost_when_a_set_is_chosen(walk, look_fors, facilitator, client):
    chosen = look_fors.versions.get().pk
    given = WORDS | {"chosen": chosen, "rows": "4", "kind_1": "tally", "label_1": "Hands"}

    assert "Lines of our own" in said(post(client, facilitator, f"/walks/{walk.pk}/brief/edit/", **given))
    del given["label_1"]
    assert post(client, facilitator, f"/walks/{walk.pk}/brief/edit/", **given).status_code == 302
    assert Brief.objects.get().look_fors_id == chosen


def test_look_fors_stay_once_somebody_has_written_with_them(walk, look_fors, ana, facilitator):
    write_brief(walk, by=facilitator, version=look_fors.versions.get(), **WORDS)
    walks.write_note(walk, by=ana, visit_number=1, saw="Two hands went up.", at=AFTER)

    with pytest.raises(NotNow, match="stay as they are"):
        write_brief(walk, by=facilitator, **WORDS)

    write_brief(walk, by=facilitator, version=look_fors.versions.get(), **WORDS | {"focus": "Another"})
    assert Brief.objects.get().focus == "Another"


def test_who_gave_the_place_back_reads_the_pre_brief_no_more(walk, ana, facilitator):
    write_brief(walk, by=facilitator, **WORDS)
    assert Brief.objects.visible_to(ana).exists()

    WalkPlace.objects.filter(person=ana).update(withdrew_at=AFTER)

    assert not Brief.objects.visible_to(ana).exists()


def test_words_that_judge_are_named_and_quotes_are_not():
    assert judging_words("A good start, and the pairs should move.") == ["good", "should"]
    assert judging_words("She said “Great, go on” and waited six seconds. Good morning, all.") == []
    assert "“weak” is a verdict" in nudge("A weak ending")
    assert nudge("Five hands went up.") == ""


def test_enter_saves_the_set_and_does_not_ask_for_more_lines(facilitator, client):
    """A browser presses the first button of a form."""
    page = get(client, facilitator, "/look-fors/new/")[1]

    form = page[page.index('<form method="post" novalidate') :]
    assert "name=" not in form[form.index("<button") :].split(">")[0]
    assert 'name="more"' in form


def test_the_list_of_sets_asks_as_often_for_one_as_for_three(facilitator, client, django_assert_num_queries):
    make_set(by=facilitator, name="Beginnings", lines=LINES)
    get(client, facilitator, "/look-fors/")

    for more in ((), ("Endings", "Talk")):
        for name in more:
            make_set(by=facilitator, name=name, lines=LINES)
        client.force_login(facilitator)
        with django_assert_num_queries(5):
            assert client.get("/look-fors/").content.decode().count("2 lines, version 1") == 1 + len(more)
