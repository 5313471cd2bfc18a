"""The page of the log of changes and its file: for admins, newest first, narrowed down, in plain sentences."""

import csv
import datetime as dt
import io

import pytest

from people.models import Role
from people.models.acts import ACTS
from people.services import posts
from people.services.changing import note_change

pytestmark = pytest.mark.django_db
PAGE, FILE = "/district/changes/", "/district/changes/changes.csv"


@pytest.fixture
def lines(admin, ana, ben, principal, school):
    """Three changes, on three days."""

    def on(day, hour=15):
        return dt.datetime(2026, 11, day, hour, tzinfo=dt.UTC)

    note_change("post_given", by=admin, person=ben, school=school, title="principal", at=on(16))
    note_change("settings_changed", by=admin, details=[["Name", "Cedar", "=1+1"], ["Help"]], at=on(17))
    note_change("approval_given", by=principal, school=school, number=7, title="Peer Partners", at=on(19, hour=4))


def sentences(client, query=""):
    return [change.sentence for change in client.get(PAGE + query).context["page"]]


GIVEN = "Ada Novak gave Ben Okafor the post of principal at Maple Grove Elementary."
SET = "Ada Novak changed the settings of the district."
APPROVED = "Pia Lindqvist approved the plan of work 7, Peer Partners, at Maple Grove Elementary."


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", [APPROVED, SET, GIVEN]),
        ("?q=okafor", [GIVEN]),
        ("?q=novak", [SET, GIVEN]),
        ("?kind=approval", [APPROVED]),
        ("?kind=menu", []),
        ("?first=2026-11-17", [APPROVED, SET]),
        ("?last=2026-11-17", [SET, GIVEN]),
        ("?first=2026-11-18&last=2026-11-18", [APPROVED]),  # in New York it was still the eighteenth
        ("?q=novak&kind=post&last=2026-11-30", [GIVEN]),
        ("?first=yesterday&kind=nothing&page=x&q=%00", [APPROVED, SET, GIVEN]),
        ("?first=9999-12-31&last=0001-01-01", [APPROVED, SET, GIVEN]),
    ],
)
def test_an_admin_finds_changes_by_person_kind_and_day(client, admin, lines, query, found):
    client.force_login(admin)

    assert sentences(client, query) == found
    file = list(csv.DictReader(io.StringIO(client.get(FILE + query).getvalue().decode())))
    assert [row["What happened"] for row in file] == found


def test_a_day_that_is_none_is_told_at_its_field(client, admin, lines):
    client.force_login(admin)

    assert "Write a day such as" in client.get(PAGE + "?first=yesterday").content.decode()


def test_the_file_says_all_and_runs_no_formula(client, admin, lines):
    client.force_login(admin)

    answer = client.get(FILE)

    rows = list(csv.DictReader(io.StringIO(answer.getvalue().decode())))
    assert rows[2] == {
        "When": "2026-11-16 10:00:00-05:00",
        "Who": "Ada Novak",
        "What happened": GIVEN,
        "Particulars": "",
        "About": "Posts and roles",
        "Person": "Ben Okafor",
        "School": "Maple Grove Elementary",
        "Number": "",
    }
    assert rows[1]["Particulars"] == "Name: from Cedar to =1+1; Help: changed"
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_a_name_that_is_a_formula_is_text(client, admin, person, lines):
    mean = person("=cmd Attacker")
    note_change("person_added", by=mean, person=mean)
    client.force_login(admin)

    first = next(csv.DictReader(io.StringIO(client.get(FILE).getvalue().decode())))

    assert (first["Who"], first["Person"]) == ("'=cmd Attacker", "'=cmd Attacker")
    assert first["What happened"].startswith("'=")


@pytest.mark.parametrize("path", [PAGE, FILE])
@pytest.mark.parametrize("who", ["ana", "principal", "facilitator", "office"])
def test_the_log_is_for_admins(client, request, lines, who, path):
    client.force_login(request.getfixturevalue(who))

    assert client.get(path).status_code == 403


def test_a_post_that_was_given_stands_on_the_page(client, admin, ana, school):
    client.force_login(admin)
    assert "Nothing was changed yet" in client.get(PAGE).content.decode()
    assert "No change fits" in client.get(PAGE + "?q=zoe").content.decode()

    posts.place(ana, role=Role.COACH, school=school, by=admin)

    assert "Ada Novak gave Ana Ruiz the post of peer coach" in client.get(PAGE).content.decode()
    assert PAGE in client.get("/district/").content.decode()


def test_a_hold_is_led_to_and_not_repeated(client, admin):
    note_change("hold_set", by=admin, number=4)
    client.force_login(admin)

    assert '<a href="/district/holds/">Ada Novak set legal hold 4.</a>' in client.get(PAGE).content.decode()


@pytest.mark.parametrize("act", ACTS)
def test_every_act_is_a_sentence(admin, ana, school, act):
    change = note_change(act, by=admin, person=ana, school=school, number=7, title="Maple")

    assert change.sentence.startswith("Ada Novak ")
    assert change.sentence.endswith(".")
    assert change.kind.label


def test_the_page_asks_the_same_for_three_lines_as_for_one(client, admin, ana, ben, school, django_assert_num_queries):
    client.force_login(admin)
    note_change("post_given", by=admin, person=ana, school=school, title="teacher")
    client.get(PAGE)
    with django_assert_num_queries(5):
        client.get(PAGE)

    for person in (ana, ben):
        note_change("post_ended", by=person, person=person, school=school, title="teacher")
    with django_assert_num_queries(5):
        assert len(sentences(client)) == 3
