"""The absence system fetches by itself, with a key: the same lines as the files."""

import csv
import datetime as dt
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from observations.models import ApiToken, CoverageExport
from observations.reads.absences import FACTS
from observations.services import coverage as cover
from observations.services import exporting
from schedule.services import create_event

from .conftest import DAY
from .knocking import get, post, said

ROWS, FILES = "/api/coverage/", "/api/coverage/exports/"


@pytest.fixture
def ask(ask, principal, other_principal, school):
    """Approved ones: what waits for an answer is no absence yet."""

    def make(**fields):
        one = ask(**fields)
        cover.approve_cover(one, by=principal if one.school == school else other_principal)
        one.refresh_from_db()
        return one

    return make


@pytest.fixture
def key(admin):
    return exporting.make_token("Absence system", by=admin)[0]


@pytest.fixture
def fetch(client, key):
    def get_it(address, **headers):
        return client.get(address, headers={"authorization": f"Bearer {key}"} | headers)

    return get_it


@pytest.fixture
def send(client, key):
    return lambda **given: client.post(FILES, given, headers={"authorization": f"Bearer {key}"})


def rows_of(response):
    return [(row["request"], row["change"], row["state"]) for row in response.json()["rows"]]


def test_rows_come_as_json_and_as_csv_by_address_or_header(ask, fetch):
    one = ask()

    as_json = fetch(ROWS).json()["rows"]
    by_address = fetch(f"{ROWS}?format=csv").getvalue().decode()
    by_header = fetch(ROWS, accept="text/csv").getvalue().decode()

    assert as_json[0]["request"] == one.pk
    assert as_json[0]["teacher"] == "Ana Ruiz"
    (row,) = csv.DictReader(io.StringIO(by_address))
    assert row == {"Request": str(one.pk)} | {k: v for k, v in row.items() if k != "Request"}
    assert list(row.values()) == [str(value) for value in as_json[0].values()]
    assert by_header == by_address


def test_reading_marks_nothing_and_a_file_does(ask, principal, fetch, send):
    one = ask()
    for _ in range(2):
        assert rows_of(fetch(ROWS)) == [(one.pk, "new", "approved")]

    made = send()

    assert made.status_code == 201
    assert rows_of(made) == [(one.pk, "new", "approved")]
    assert rows_of(fetch(ROWS)) == []
    cover.name_coverer(one, by=principal, coverer=principal)
    assert rows_of(fetch(ROWS)) == [(one.pk, "changed", "confirmed")]
    assert rows_of(fetch(f"{FILES}{made.json()['export']}/")) == [(one.pk, "new", "approved")]
    assert rows_of(send()) == [(one.pk, "changed", "confirmed")]


def test_a_file_with_nothing_to_tell_is_not_made(send):
    assert send().json()["export"] is None
    assert not CoverageExport.objects.exists()


def test_files_are_listed_for_a_system_that_lost_the_answer(ask, fetch, send):
    ask()
    number = send().json()["export"]

    (listed,) = fetch(FILES).json()["exports"]

    assert (listed["export"], listed["lines"]) == (number, 1)
    assert fetch(f"{FILES}?after={number}").json() == {"exports": []}
    assert fetch(f"{FILES}987654/").status_code == 404


@pytest.mark.parametrize(
    "header", [{}, {"authorization": "Bearer "}, {"authorization": "Bearer no"}, {"authorization": "Basic x"}]
)
def test_without_a_key_nothing_is_told(header, ask, admin, client):
    ask()
    client.force_login(admin)  # a session counts for nothing here

    for answer in (
        client.get(ROWS, headers=header),
        client.get(FILES, headers=header),
        client.post(FILES, headers=header),
        client.get(f"{FILES}1/", headers=header),
    ):
        assert answer.status_code == 401
        assert answer["WWW-Authenticate"] == 'Bearer realm="coverage"'
        assert "Ana" not in said(answer)
    assert not CoverageExport.objects.exists()


def test_a_key_that_was_ended_opens_nothing(fetch, admin, client):
    assert fetch(ROWS).status_code == 200

    post(client, admin, f"/district/absences/keys/{ApiToken.objects.get().pk}/end/")

    assert fetch(ROWS).status_code == 401


def test_a_key_is_shown_once_and_only_its_hash_is_kept(admin, client):
    text = said(post(client, admin, "/district/absences/keys/", name="Nightly"))
    key = text.split('id="key"')[1].split('value="')[1].split('"')[0]

    assert client.get(ROWS, headers={"authorization": f"Bearer {key}"}).status_code == 200
    assert key not in get(client, admin, "/district/absences/keys/")[1]
    row = ApiToken.objects.get()
    assert key not in (row.digest, row.name)
    assert row.used_at
    again = said(post(client, admin, "/district/absences/keys/", name="nightly"))
    assert "works already" in again
    assert ApiToken.objects.count() == 1


@pytest.mark.parametrize(
    ("query", "fault"),
    [
        ("day=x", "day"),
        ("since=yesterday", "since"),
        ("school=nowhere", "school"),
        ("format=xml", "format"),
        ("after=-1", "after"),
        (f"after={10**30}", "after"),
        ("first=2027-03-02&last=2027-03-01", "last"),
        ("day=2027-03-02&first=2027-03-01", "day"),
        ("fist=2027-03-02", "request"),
        ("school=%00", "school"),
    ],
)  # fmt: skip
def test_a_question_that_makes_no_sense_is_answered_with_what_is_wrong(query, fault, fetch):
    answer = fetch(f"{ROWS}?{query}")

    assert answer.status_code == 400
    assert list(answer.json()["errors"]) == [fault]


def test_days_schools_and_changes_since_narrow_the_rows(ask, cleo, ben, other_school, fetch, time_machine):
    first = ask()
    there = ask(by=cleo, school=other_school)
    time_machine.move_to(dt.datetime(2027, 3, 2, 12, tzinfo=dt.UTC), tick=False)
    late = ask(by=ben, day=DAY + dt.timedelta(days=1))

    def numbers(query):
        return [row["request"] for row in fetch(f"{ROWS}?{query}").json()["rows"]]

    assert numbers("") == [first.pk, there.pk, late.pk]
    assert numbers("day=2027-03-12") == [late.pk]
    assert numbers("last=2027-03-11&school=river") == [there.pk]
    assert numbers("since=2027-03-02T00:00Z") == [late.pk]


def test_many_rows_come_in_parts(ask, fetch, monkeypatch):
    monkeypatch.setattr("observations.reads.api.AT_MOST", 2)
    made = [ask(starts=dt.time(8 + n), ends=dt.time(8 + n, 30)).pk for n in range(3)]

    first = fetch(ROWS).json()
    rest = fetch(f"{ROWS}?after={first['next']}").json()

    assert [row["request"] for row in first["rows"] + rest["rows"]] == made
    assert rest["next"] is None


def test_nothing_of_the_purpose_is_told(ask, ana, admin, fetch):
    exporting.set_columns([(fact, fact) for fact in FACTS], by=admin)
    ten = dt.datetime(2027, 3, 11, 15, tzinfo=dt.UTC)
    event = create_event(
        by=ana, kind="observation", title="PURPOSE: observation", starts_at=ten, people=[ana],
        ends_at=ten + dt.timedelta(hours=1), thread="partnership:1", path="/partnerships/1/",
    )  # fmt: skip
    ask(event=event, note="PURPOSE in the note")

    text = said(fetch(ROWS)) + fetch(f"{ROWS}?format=csv").getvalue().decode()

    assert "Professional learning" in text
    assert "PURPOSE" not in text


def test_rows_are_read_in_as_many_queries_for_one_as_for_three(ask, fetch):
    asked = set()
    for number in range(3):
        ask(starts=dt.time(8 + number), ends=dt.time(8 + number, 30))
        fetch(ROWS)
        if number != 1:
            with CaptureQueriesContext(connection) as queries:
                fetch(ROWS)
            asked.add(len(queries))

    assert asked == {4}
