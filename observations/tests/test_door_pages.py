"""The pages of open doors: opened from the timetable or by hand, read by all staff, changed by the host alone."""

import datetime as dt
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from observations.models import OpenDoor
from people.models import NoSchoolDay, Post, Role
from schedule.models import TeachingSlot, Term
from schedule.services.timetables import remove_slot

from .conftest import DAY, NOW
from .knocking import get, post, said
from .opening import FIRST, hours, opened, period

GIVEN = {
    "how_long": "dates", "first": "2027-03-11", "doing": "Number talks", "look_for": "Who asks", "seats": "By the sink",
    "visitors": "3", "most_visits": "2", "may_talk": "no",
}  # fmt: skip
HAND = {"starts": "13:00", "ends": "13:40", "what": "Reading club", "room": "Library"}


@pytest.fixture
def term(year, school):
    return Term.objects.create(year=year, name="Spring", starts_on=dt.date(2027, 1, 25), ends_on=dt.date(2027, 6, 11))


def test_a_teacher_opens_a_class_of_the_timetable_for_a_term(taught, term, ana, ben, client):
    text = get(client, ana, "/doors/new/")[1]
    assert "Period 2, 10:05: Grade 4 math, room 12" in text
    assert "Spring, until Fri 11 June" in text

    made = post(client, ana, "/doors/new/", **GIVEN | {"classes": ["1-2", "0-3"], "how_long": f"term-{term.pk}"})

    door = OpenDoor.objects.get()
    assert made.url == door.get_absolute_url()
    assert (door.starts_on, door.ends_on) == (NOW.date(), term.ends_on)
    assert list(door.times.values_list("position", "period", "class_name", "subject")) == [
        (0, "3", "Grade 5 science", "Science"),
        (1, "2", "Grade 4 math", "Math"),
    ]
    text = get(client, ben, door.get_absolute_url())[1]
    assert "Tuesday, period 2</strong>: Grade 4 math, room 12" in text
    assert "Next: Mon 8 March, 11:05 to 11:50; Tue 9 March, 10:05 to 10:50" in text
    assert "Change it" not in text


def test_hours_by_hand_for_one_date(school_days, ana, client):
    post(client, ana, "/doors/new/", **GIVEN | HAND)

    (time,) = OpenDoor.objects.get().times.all()
    assert (time.position, time.starts, time.ends, time.class_name) == (
        None,
        dt.time(13),
        dt.time(13, 40),
        "Reading club",
    )
    assert "Thu 11 March, 13:00 to 13:40</strong>: Reading club, Library" in get(client, ana, "/doors/")[1]


WRONG = [
    ({}, "Tick a class, or write the hours below."),
    (HAND | {"what": ""}, "Write this too"),
    (HAND | {"ends": "12:00"}, "It ends before it starts"),
    (HAND | {"first": ""}, "Which date?"),
    (HAND | {"last": "2027-03-10"}, "before the first date"),
    (HAND | {"last": "2029-03-10"}, "more than a year away"),
    (HAND | {"first": "2027-02-26"}, "is over"),
    (HAND | {"first": "2027-03-12"}, "There is no school on Fri 12 March: Snow"),
    (HAND | {"doing": ""}, "required"),
    (HAND | {"visitors": "0"}, "greater than or equal to 1"),
    ({"classes": ["0-2"]}, "there is no such class on Thu 11 March"),
    ({"classes": ["0-9"]}, "Select a valid choice"),
    ({"how_long": "term-999"} | HAND, "Select a valid choice"),
]


@pytest.mark.parametrize(("change", "why"), WRONG, ids=[why for _, why in WRONG])
def test_what_is_wrong_is_said_at_the_field_and_what_was_typed_is_kept(change, why, taught, year, ana, client):
    NoSchoolDay.objects.create(day=dt.date(2027, 3, 12), name="Snow")

    refused = post(client, ana, "/doors/new/", **GIVEN | {"seats": "On the windowsill"} | change)

    assert refused.status_code == 200
    assert why in said(refused)
    assert "On the windowsill" in said(refused)
    assert not OpenDoor.objects.exists()


def test_a_host_changes_pauses_and_closes_the_door(taught, ana, ben, school, client):
    door = opened(ana, school, period(1, "2"), starts_on=DAY, ends_on=DAY)
    at = door.get_absolute_url()
    form = get(client, ana, f"{at}edit/")[1]
    assert re.search(r'value="1-2"[^>]*checked', form)
    assert 'value="2027-03-11"' in form

    post(client, ana, f"{at}edit/", **GIVEN | {"classes": ["1-3"]})
    assert "Number talks" in get(client, ben, at)[1]
    post(client, ana, f"{at}pause/")
    assert get(client, ben, at)[0] == 404
    assert "Number talks" not in get(client, ben, "/doors/")[1]
    assert "Paused" in get(client, ana, "/doors/")[1]
    post(client, ana, f"{at}resume/")
    assert "Number talks" in get(client, ben, "/doors/")[1]
    assert "leaves the list for good" in get(client, ana, f"{at}end/")[1]
    post(client, ana, f"{at}end/")

    assert get(client, ben, at)[0] == 404
    assert "was closed" in get(client, ana, at)[1]
    assert get(client, ana, f"{at}edit/")[0] == 403


def test_the_list_is_narrowed_by_word_school_and_date(
    taught, ana, ben, cleo, school, other_school, facilitator, client
):
    opened(ana, school, period(1, "2"), look_for="Who asks whom")
    opened(ben, school, hours(dt.time(13), dt.time(14), position=0), doing="Guided reading")

    def names(query):
        status, text = get(client, facilitator, f"/doors/?{query}")
        assert status == 200
        return [name for name in ("Ana Ruiz", "Ben Okafor") if name in text]

    assert names("") == ["Ana Ruiz", "Ben Okafor"]
    assert names("q=math asks") == ["Ana Ruiz"]
    assert names("q=READING") == ["Ben Okafor"]
    assert names("q=okafor") == ["Ben Okafor"]
    assert names("q=juggling") == []
    assert names(f"school={other_school.pk}") == []
    assert names(f"school={school.pk}") == ["Ana Ruiz", "Ben Okafor"]
    assert names(f"day={DAY}") == ["Ana Ruiz"]
    assert "10:05 to 10:50" in get(client, facilitator, f"/doors/?day={DAY}")[1]
    assert names(f"day={FIRST}") == ["Ben Okafor"]
    assert names("day=nonsense&school=nobody&page=99999999") == ["Ana Ruiz", "Ben Okafor"]


def test_that_a_class_moved_is_for_the_host_and_who_sets_up_walks(
    taught, ana, ben, school, principal, facilitator, client
):
    door = opened(ana, school, period(1, "2"), period(0, "3", "Grade 5 science", subject="Science"))
    remove_slot(TeachingSlot.objects.get(class_name="Grade 4 math", position=1), by=principal, at=NOW)
    at = door.get_absolute_url()

    for who in (ana, facilitator):
        text = get(client, who, at)[1]
        assert "The timetable has changed." in text
        assert "from Tue 9 March" in text
        assert "Grade 4 math" in text
    text = get(client, ben, at)[1]
    assert "Grade 5 science" in text
    assert "Grade 4 math" not in text
    assert "timetable has changed" not in text


def test_who_has_no_post_reads_no_doors(taught, ana, school, person, client):
    door = opened(ana, school, period(1, "2"))
    nobody = person("Noah Newcomer")

    assert not OpenDoor.objects.visible_to(nobody).exists()
    assert OpenDoor.objects.visible_to(ana).get() == door


def test_a_teacher_of_two_schools_chooses_where(taught, ana, school, other_school, client):
    Post.objects.create(user=ana, role=Role.TEACHER, school=other_school)

    assert "Grade 4 math" in get(client, ana, "/doors/new/")[1]
    text = get(client, ana, f"/doors/new/?school={other_school.pk}")[1]
    assert "There is no class of yours in the timetable of Riverside Middle" in text
    assert "At Maple Grove Elementary instead" in text
    assert get(client, ana, "/doors/new/?school=99999")[0] == 200


@pytest.mark.parametrize("query", ["", f"?day={DAY}", "?q=fractions"])
def test_the_list_asks_no_more_for_three_doors_than_for_one(query, taught, school, person, facilitator, client):
    client.force_login(facilitator)

    def asked(numbers):
        for number in numbers:
            host = person(f"Host{number} Kim", Role.TEACHER, school)
            opened(host, school, hours(dt.time(13), dt.time(14)), hours(dt.time(14), dt.time(15)))
        with CaptureQueriesContext(connection) as queries:
            page = client.get(f"/doors/{query}")
        return len(queries), page.content.count(b"Kim, Maple")

    client.get("/doors/")
    one, three = asked([0]), asked([1, 2])

    assert (one[1], three[1]) == (1, 3)
    assert one[0] == three[0]
