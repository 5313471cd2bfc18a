"""Notes that are saved while they are typed: twice, late, from two places, and with words that judge."""

import pytest

from observations.models import Brief, LookFor, WalkNote, WalkPlace, WalkVisit
from observations.reads.notes import own_visits
from observations.services import walks
from observations.services.look_fors import make_set, write_brief
from observations.services.notes import Stale
from schedule.models import Attendance

from .conftest import AFTER
from .knocking import get, said


@pytest.fixture(autouse=True)
def _after(time_machine):
    time_machine.move_to(AFTER, tick=False)


@pytest.fixture
def address(walk):
    return f"/walks/{walk.pk}/visits/{WalkVisit.objects.get(walk=walk, number=1).pk}/note/"


@pytest.fixture
def keep(client, ana, address):
    """Sends what the page's script sends."""
    client.force_login(ana)

    def send(**given):
        answer = client.post(f"{address}keep/", {"seen": 0, "mark": "phone"} | given)
        return answer.status_code, answer.json()

    return send


def test_what_is_typed_is_saved_and_told_when(keep):
    status, told = keep(saw="Two hands went up.")

    assert (status, told["version"], told["nudge"]) == (200, 1, "")
    assert told["said"] == "Saved 15:00"
    assert WalkNote.objects.get().saw == "Two hands went up."


def test_the_same_words_sent_twice_are_one_version(keep):
    keep(saw="Two hands")

    assert keep(saw="Two hands") == (200, {"version": 1, "said": "Saved 15:00", "nudge": ""})


def test_a_page_whose_answer_was_lost_goes_on_from_what_it_wrote_itself(keep):
    keep(saw="Two")

    status, told = keep(saw="Two hands")  # it never heard that version 1 is there

    assert (status, told["version"]) == (200, 2)


def test_newer_words_are_never_overwritten_by_another_page(keep):
    keep(saw="Written on the laptop", mark="laptop")

    status, told = keep(saw="Kept on the phone", mark="phone")

    assert status == 409
    assert told["words"]["saw"] == "Written on the laptop"
    assert WalkNote.objects.get().saw == "Written on the laptop"
    assert keep(saw="Kept on the phone", mark="phone", seen=told["version"])[0] == 200
    assert WalkNote.objects.get().saw == "Kept on the phone"


def test_without_a_script_both_are_shown_side_by_side_and_the_next_press_decides(client, ana, address, keep):
    keep(saw="Written on the phone")

    both = client.post(address, {"saw": "Written on paper", "seen": "0"})

    assert "Written on the phone" in said(both)
    assert "Written on paper" in said(both)
    assert WalkNote.objects.get().saw == "Written on the phone"
    assert client.post(address, {"saw": "Written on paper", "seen": "1"}).status_code == 302
    assert WalkNote.objects.get().saw == "Written on paper"


def test_a_note_that_comes_too_late_says_why(keep, walk, facilitator):
    walks.publish_notes(walk, by=facilitator, at=AFTER)

    status, told = keep(saw="Late")

    assert status == 422
    assert "keep a copy" in told["why"]


def test_a_note_that_judges_is_saved_and_nudged_with_a_script_and_without(keep, client, ana, address, walk):
    status, told = keep(saw="A good lesson. They should move more.")
    assert status == 200
    assert "“good” and “should” are verdicts" in told["nudge"]

    sent = client.post(address, {"saw": "A weak ending", "seen": "1"}, follow=True)

    assert "“weak” is a verdict" in said(sent)
    assert WalkNote.objects.get().saw == "A weak ending"
    assert "“weak” is a verdict" in get(client, ana, f"/walks/{walk.pk}/notes/")[1]


@pytest.fixture
def lines(walk, facilitator):
    made = make_set(by=facilitator, name="Talk", lines=[("tally", "Questions"), ("question", "What do you learn?")])
    write_brief(walk, by=facilitator, purpose="P", norms="N", focus="F", version=made.versions.get())
    return list(LookFor.objects.all())


def test_a_note_holds_the_look_fors_of_its_walk(keep, lines, walk, ana, cleo, facilitator, client, address):
    tally, question = lines
    keep(saw="S", **{tally.name: "7", question.name: "Fractions"})

    assert WalkNote.objects.get().look_fors == {str(tally.pk): 7, str(question.pk): "Fractions"}
    text = get(client, ana, address)[1]
    assert 'value="7"' in text
    assert "Fractions" in text
    assert Brief.objects.get().look_fors_id == tally.version_id

    walks.publish_notes(walk, by=facilitator, at=AFTER)

    assert "Fractions" in get(client, cleo, f"/walks/{walk.pk}/notes/")[1]


def test_a_count_is_a_number_and_nothing_else(keep, lines):
    status, told = keep(saw="S", **{lines[0].name: "many"})

    assert status == 422
    assert "number" in told["why"]


def test_where_to_be_next_follows_the_clock(walk, ana, client, time_machine):
    for minute, place in ((50, "Next: visit"), (65, "Now: visit"), (77, "Room 20")):
        time_machine.move_to(AFTER.replace(hour=14 + minute // 60, minute=minute % 60), tick=False)
        text = get(client, ana, f"/walks/{walk.pk}/notes/")[1]
        assert place in text[text.index('id="next"') : text.index("</section>", text.index('id="next"'))]

    time_machine.move_to(AFTER, tick=False)
    assert 'id="next"' not in get(client, ana, f"/walks/{walk.pk}/notes/")[1]


def test_the_service_keeps_newer_words_whoever_calls_it(walk, ana):
    given = {"by": ana, "visit_number": 1, "at": AFTER}
    walks.write_note(walk, saw="First", seen=0, mark="a", **given)

    with pytest.raises(Stale) as stale:
        walks.write_note(walk, saw="Second", seen=0, mark="b", **given)

    assert stale.value.note.saw == "First"


def test_each_is_led_to_the_visits_that_they_are_expected_at_or_else_to_all(walk, ana, cleo, facilitator, host):
    first, second = walk.visits.all()
    assert own_visits(walk, ana) == [first, second]

    Attendance.objects.create(event=second.event, person=ana, required=True, visited=False, asked_at=AFTER)

    assert own_visits(walk, ana) == [second]
    assert own_visits(walk, cleo) == [first, second]
    WalkPlace.objects.create(walk=walk, person=host, joined_at=AFTER)
    assert own_visits(walk, host) == [second]  # a host who walks along does not visit the own class
