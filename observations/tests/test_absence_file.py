"""What the absence system is told: once, and again when it changed. Never what a visit was for."""

import csv
import datetime as dt
import io
import threading

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from observations.models import Coverage, CoverageExport, ExportedCoverage
from observations.services import asking, exporting
from observations.services import coverage as cover
from people.models import User

from .conftest import DAY
from .knocking import get, post, said

SPAN = {"first": dt.date(2027, 3, 1), "last": dt.date(2027, 3, 31)}


def told(made):
    return [(line.coverage_id, line.change) for line in made.lines.all()] if made else []


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
def export(admin):
    return lambda **given: exporting.make_export(by=admin, **SPAN | given)


def rows_of(response):
    return list(csv.DictReader(io.StringIO(response.getvalue().decode())))


def test_each_request_is_told_once_and_its_changes_after(ask, ben, principal, export):
    one, other = ask(), ask(by=ben, class_name="Grade 5")
    assert told(export()) == [(one.pk, "new"), (other.pk, "new")]
    assert export() is None

    cover.name_coverer(one, by=principal, coverer=principal)
    cover.withdraw_cover(other, by=ben)

    assert told(export()) == [(one.pk, "changed"), (other.pk, "withdrawn")]
    assert export() is None


def test_what_was_withdrawn_before_it_was_told_is_never_told(ask, ana, export):
    cover.withdraw_cover(ask(), by=ana)

    assert export() is None


@pytest.mark.parametrize("state", ["needed", "asked", "returned"])
def test_what_is_not_approved_is_not_told(state, ask, export):
    Coverage.objects.filter(pk=ask().pk).update(state=state)

    assert export() is None


def test_a_request_that_came_back_and_is_asked_again_is_new_again(ask, ana, principal, export):
    one = ask()
    export()
    cover.return_cover(one, by=principal, reason="Testing week")
    assert told(export()) == [(one.pk, "withdrawn")]

    asking.ask_again(one, by=ana, day=DAY, starts=one.starts, ends=one.ends)
    assert export() is None
    cover.approve_cover(one, by=principal)

    assert told(export()) == [(one.pk, "new")]


def test_a_request_that_moved_out_of_the_span_is_told_by_the_day_it_was_known_under(ask, export):
    one = ask()
    export(first=DAY, last=DAY)
    Coverage.objects.filter(pk=one.pk).update(day=dt.date(2027, 4, 20))

    made = export(first=DAY, last=DAY)

    assert told(made) == [(one.pk, "changed")]
    assert made.lines.get().values["date"] == "2027-04-20"
    assert export(first=DAY, last=DAY) is None


def test_what_is_taken_out_is_told_as_it_was_known(ask, ana, export):
    one = ask()
    export()
    cover.withdraw_cover(one, by=ana)
    Coverage.objects.filter(pk=one.pk).update(day=dt.date(2027, 3, 20))

    line = export().lines.get()

    assert (line.values["date"], line.values["state"]) == ("2027-03-11", "withdrawn")


def test_only_what_has_a_column_makes_a_change(ask, admin, export):
    exporting.set_columns([("Id", "request"), ("Day", "date")], by=admin)
    one = ask()
    export()

    Coverage.objects.filter(pk=one.pk).update(room="Room 99")
    assert export() is None

    exporting.set_columns([("Id", "request"), ("Where", "room")], by=admin)
    assert told(export()) == [(one.pk, "changed")]


def test_the_whole_again_tells_everything_as_new(ask, ana, ben, export):
    one, gone = ask(), ask(by=ben)
    export()
    cover.withdraw_cover(gone, by=ben)

    assert told(export(whole=True)) == [(one.pk, "new")]
    assert told(export()) == [(gone.pk, "withdrawn")]


def test_a_school_and_a_span_narrow_the_file(ask, cleo, other_school, export):
    here, there = ask(), ask(by=cleo, school=other_school)
    ask(day=dt.date(2027, 4, 1))

    assert told(export(school=other_school)) == [(there.pk, "new")]
    assert told(export()) == [(here.pk, "new")]


def test_a_file_is_made_by_admins_alone(ask, principal, office):
    ask()

    for person in (principal, office):
        with pytest.raises(PermissionDenied):
            exporting.make_export(by=person, **SPAN)


def test_a_file_can_be_downloaded_again_as_it_was(ask, admin, principal, ben, client, export):
    User.objects.filter(email="ana@cedar.example").update(staff_code="T-7")
    one = ask()
    made = export()
    cover.name_coverer(one, by=principal, coverer=ben)
    exporting.set_columns([("Id", "request")], by=admin)
    client.force_login(admin)

    rows = rows_of(client.get(f"/district/absences/{made.pk}.csv"))

    assert rows == [
        {
            "Request": str(one.pk), "Change": "new", "Staff code": "T-7", "Teacher": "Ana Ruiz",
            "School code": "maple", "Date": "2027-03-11", "From": "10:05", "Until": "10:50", "Minutes": "45",
            "Period": "", "Covered by": "", "State": "approved", "Reason": "Professional learning",
        }
    ]  # fmt: skip


def test_cells_run_no_formula(ask, admin, client, export):
    exporting.set_columns([("=Id", "request"), ("Class", "class"), ("Room", "room")], by=admin)
    ask(class_name="=1+1", room=" @cmd")
    client.force_login(admin)

    text = client.get(f"/district/absences/{export().pk}.csv").getvalue().decode()

    assert [line.split(",")[0] for line in text.splitlines()][0] == "'=Id"
    assert text.splitlines()[1].split(",")[1:] == ["'=1+1", "' @cmd"]


def test_the_columns_are_set_on_a_page(admin, client):
    assert "usual columns" in get(client, admin, "/district/absences/columns/")[1]
    rows = [("2", "Day", "date", ""), ("1", "", "request", ""), ("", "Room", "room", ""), ("3", "Gone", "class", "on")]
    given = {"columns-TOTAL_FORMS": 4, "columns-INITIAL_FORMS": 0}
    for number, row in enumerate(rows):
        given |= {
            f"columns-{number}-{name}": v for name, v in zip(("place", "heading", "fact", "drop"), row, strict=True)
        }

    assert post(client, admin, "/district/absences/columns/", **given).status_code == 302

    assert exporting.columns() == [["Request", "request"], ["Day", "date"], ["Room", "room"]]
    post(client, admin, "/district/absences/columns/usual/")
    assert len(exporting.columns()) == 13


def test_a_heading_without_a_fact_is_said_at_the_field(admin, client):
    given = {"columns-TOTAL_FORMS": 1, "columns-INITIAL_FORMS": 0, "columns-0-heading": "Cost center"}

    text = said(post(client, admin, "/district/absences/columns/", **given))

    assert "Say what stands under this heading" in text
    assert "Cost center" in text


def test_an_admin_makes_a_file_on_the_page_once(ask, admin, client):
    ask()
    once = {"once": "6f0c2f0a-0f0e-4f43-9c53-111111111111", "first": "2027-03-01", "last": "2027-03-31"}

    for _ in range(2):
        assert post(client, admin, "/district/absences/", **once).status_code == 302

    assert CoverageExport.objects.count() == 1
    text = get(client, admin, "/district/absences/")[1]
    assert f"/district/absences/{CoverageExport.objects.get().pk}.csv" in text
    assert "comes after the first" in said(
        post(client, admin, "/district/absences/", first="2027-03-02", last="2027-03-01")
    )


@pytest.mark.parametrize("page", ["/district/absences/", "/district/absences/keys/", "/district/absences/columns/"])
def test_lists_ask_as_often_for_one_row_as_for_three(page, ask, admin, export, client, django_assert_max_num_queries):
    asked = set()
    client.force_login(admin)
    for number in range(3):
        ask(starts=dt.time(8 + number), ends=dt.time(8 + number, 30))
        export()
        exporting.make_token(f"System {number}", by=admin)
        if number != 1:
            with django_assert_max_num_queries(8) as queries:
                assert client.get(page).status_code == 200
            asked.add(len(queries))

    assert len(asked) == 1


def test_a_file_asks_as_often_for_one_row_as_for_three(ask, ben, principal, export, django_assert_max_num_queries):
    asked = set()
    export()  # what the admin's standing asks of the database is asked once
    for number in (1, 2):
        for minute in range(number):
            ask(by=ben, starts=dt.time(8 + number, minute * 10), ends=dt.time(8 + number, minute * 10 + 9))
        with django_assert_max_num_queries(11) as queries:
            assert len(told(export())) == number
        asked.add(len(queries))

    assert len(asked) == 1


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_files_at_once_tell_each_request_once(ask, admin):
    ask()
    start = threading.Barrier(2)

    def make():
        start.wait()
        try:
            exporting.make_export(by=User.objects.get(pk=admin.pk), **SPAN)
        finally:
            connection.close()

    threads = [threading.Thread(target=make) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)

    assert CoverageExport.objects.count() == ExportedCoverage.objects.count() == 1
