"""The figures are true, and those of few people are nowhere."""

import csv
import io
import itertools
import re
from types import SimpleNamespace

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from growth.services.files import as_csv
from growth.services.report import ALL, Report, year_report
from growth.services.tables import HIDDEN
from observations.models import WalkNote
from partnerships.models import Consent, Entry, Plan, SelfAssessment, StepDraft

from .made_world import SCHOOL_OF, SUPPORTS, Planned, expected, hours, make

WORDS = "A secret word."


FATES = {"active": "active", "completed": "completed", "withdrawn": "cancelled"}


def told(figures):
    return {
        "started": figures.started,
        "fates": {fate: figures.partnerships[status] for fate, status in FATES.items()},
        "people": figures.people,
        "minutes": figures.minutes,
        **{kind: dict(figures.answers[kind]) for kind in ("before", "after", "fingers")},
        "after_people": len(figures.who["after"]),
    }


def test_figures_equal_plain_counting(world):
    report = year_report(world.year)

    for initial, slug in itertools.product([None, *SCHOOL_OF], [None, *SUPPORTS]):
        school, support = world.schools.get(initial), world.supports.get(slug)
        wanted = expected(initial, slug)
        wanted["fates"] = {fate: wanted["fates"][fate] for fate in FATES}
        assert told(report.figures(school.pk if school else ALL, support.pk if support else ALL)) == wanted


def sheet_of(client, world, ending, **query):
    answer = client.get(reverse(f"report_{ending}", args=[world.year.pk]), query)
    assert answer.status_code == 200
    return answer.content


def csv_rows(content):
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def page_rows(client, **query):
    """The rows of every table on the page, as text."""
    page = client.get(reverse("report"), query).content.decode()
    rows = re.findall(r"<tr[^>]*>(.*?)</tr>", page, re.S)
    return [
        [re.sub(r"<.*?>", "", cell).strip() for cell in re.findall(r"<t[hd].*?</t[hd]>", row, re.S)] for row in rows
    ]


def test_files_and_page_show_the_same_figures(client, world, admin):
    client.force_login(admin)

    line = csv_rows(sheet_of(client, world, "csv"))[0]
    book = openpyxl.load_workbook(io.BytesIO(sheet_of(client, world, "xlsx")))
    long_sheet = list(book["By school and support"].values)
    short_sheet = [[str(value) for value in row] for row in list(book["By support"].values)[2:]]
    page = page_rows(client)

    assert (line["School"], line["Support"]) == (SCHOOL_OF["H"], SUPPORTS["try"])
    assert list(line)[2:] == list(long_sheet[1])
    assert list(line.values())[2:] == [str(value) for value in long_sheet[2]]
    total = expected()
    assert page[3][:6] == ["All", "9", "7", "1", "1", str(total["people"])]
    assert float(page[3][6]) == float(short_sheet[2][6]) == float(hours(total["minutes"]))
    assert [row[:6] for row in page[1:4]] == [row[:6] for row in short_sheet]


def test_small_groups_stand_nowhere(client, world, admin):
    """Two people of Maple Grove talked it over: their figures are in no file and on no page, nor by narrowing."""
    client.force_login(admin)
    maple = world.schools["M"]
    assert expected("M", "talk")["people"] == 2

    rows = csv_rows(sheet_of(client, world, "csv"))
    hidden = next(row for row in rows if (row["School"], row["Support"]) == (maple.name, SUPPORTS["talk"]))
    book = openpyxl.load_workbook(io.BytesIO(sheet_of(client, world, "xlsx", school=maple.pk)))
    on_page = [row for row in page_rows(client, school=maple.pk) if row[0] == SUPPORTS["talk"]]

    assert set(list(hidden.values())[4:]) == {HIDDEN}
    lines = [row for name in book.sheetnames[1:] for row in book[name].values if SUPPORTS["talk"] in row]
    assert len(lines) == 5
    assert {value for row in lines for value in row} <= {SUPPORTS["talk"], maple.name, "Before", "After", HIDDEN}
    assert len(on_page) == 4
    assert {value for row in on_page for value in row} == {SUPPORTS["talk"], "Before", "After", HIDDEN}


def test_narrowing_shows_what_the_district_shows_and_no_more(client, world, admin):
    client.force_login(admin)
    district = csv_rows(sheet_of(client, world, "csv"))
    by_school = {row[0]: row for row in page_rows(client) if row and row[0] in SCHOOL_OF.values()}

    for school in world.schools.values():
        narrow = csv_rows(sheet_of(client, world, "csv", school=school.pk))
        all_of_it = next(row for row in page_rows(client, school=school.pk) if row and row[0] == "All")
        assert narrow == [row for row in district if row["School"] == school.name]
        assert all_of_it[1:] == by_school[school.name][1:]


def test_hidden_groups_are_hidden_together_with_what_gives_them_away(world):
    report = year_report(world.year)
    maple, talk = world.schools["M"].pk, world.supports["talk"].pk

    shown_in_line = [school.pk for school in world.schools.values() if report.shows("people", school.pk, talk)]

    assert not report.shows("people", maple, talk)
    assert not report.shows("people", maple, world.supports["try"].pk)
    assert len(shown_in_line) == 1
    for kind in ("hours", "before", "after", "fingers"):
        assert report.hidden["people"] <= report.hidden[kind]


def test_a_principal_reads_counts_of_her_own_and_feelings_of_five(client, world, head):
    client.force_login(head)
    maple = world.schools["M"]

    rows = csv_rows(sheet_of(client, world, "csv"))
    talk = next(row for row in rows if (row["School"], row["Support"]) == (maple.name, SUPPORTS["talk"]))

    assert {row["School"] for row in rows} == {SCHOOL_OF["M"], SCHOOL_OF["R"]}
    assert (talk["Started"], talk["People"], talk["Hours"]) == ("1", "2", str(hours(expected("M", "talk")["minutes"])))
    assert {value for name, value in talk.items() if ":" in name} == {HIDDEN}


def test_a_principal_reads_nothing_of_a_partner_elsewhere(client, world, person, year):
    """R1 works with two of Maple Grove: her hours and answers count at Riverside."""
    report = year_report(world.year, own_schools={world.schools["M"].pk})

    assert world.people["R1"].pk not in report.figures().who["people"]
    assert report.figures().minutes == expected("M")["minutes"]
    assert dict(report.figures().answers["fingers"]) == dict(expected("M")["fingers"])


def test_what_is_not_theirs_or_makes_no_sense_falls_back(client, world, head):
    client.force_login(head)
    not_hers = str(world.schools["H"].pk)

    for query in ({"school": not_hers}, {"school": "9" * 30}, {"year": "x\x00"}, {"year": "0"}, {"school": "é"}):
        answer = client.get(reverse("report"), query)
        assert answer.status_code == 200
        assert answer.context["report"].year == world.year
        assert set(answer.context["report"].schools.values()) == {SCHOOL_OF["M"], SCHOOL_OF["R"]}
        assert len(answer.context["form"].errors) == 1


def test_files_refuse_what_is_not_theirs(client, world, head):
    client.force_login(head)
    asked = [(world.year.pk, world.schools["H"].pk), (world.year.pk, "x"), (10**18, ""), (10**30, "")]

    for (year, school), ending in itertools.product(asked, ["csv", "xlsx"]):
        assert client.get(reverse(f"report_{ending}", args=[year]), {"school": school}).status_code == 404


def test_the_year_before_has_its_own_figures(client, world, admin):
    client.force_login(admin)

    answer = client.get(reverse("report"), {"year": world.last_year.pk})

    assert answer.context["report"].figures().started == 1
    assert answer.context["form"]["year"].value() == str(world.last_year.pk)
    assert HIDDEN in answer.content.decode()


@pytest.mark.parametrize("name", ["report", "report_csv", "report_xlsx"])
@pytest.mark.parametrize(
    ("who", "status"),
    [("ana", 403), ("facilitator", 403), ("office", 403), ("operator", 302), ("principal", 200), ("admin", 200)],
)
def test_report_is_read_by_principals_and_admins(client, request, year, name, who, status):
    client.force_login(request.getfixturevalue(who))

    answer = client.get(reverse(name, args=[] if name == "report" else [year.pk]))

    assert answer.status_code == status


def test_report_reads_no_words(client, world, admin):
    client.force_login(admin)
    assert Entry.objects.filter(body=WORDS).exists()

    with CaptureQueriesContext(connection) as asked:
        pages = [client.get(reverse("report")).content, sheet_of(client, world, "csv"), sheet_of(client, world, "xlsx")]
        client.force_login(world.people["M1"])
        pages.append(client.get(reverse("my_hours")).content)

    sql = " ".join(query["sql"] for query in asked.captured_queries)
    assert SelfAssessment._meta.db_table in sql
    for model in (Entry, StepDraft, Consent, WalkNote, Plan):
        assert f'"{model._meta.db_table}"' not in sql
    assert not [page for page in pages if b"ecret" in page]


def test_report_asks_as_often_of_three_as_of_one(client, supports, school, ana, ben, admin):
    people, client_asks = {"M1": ana, "M2": ben}, []
    client.force_login(admin)

    for times in (1, 2):
        for _ in range(times):
            make(Planned("talk", "M1 M2"), supports["talk"], people, at=timezone.now())
        with CaptureQueriesContext(connection) as asked:
            assert client.get(reverse("report")).status_code == 200
        client_asks.append(len(asked))

    assert client_asks[0] == client_asks[1] <= 15  # the last one notes who has opened it


def test_files_run_no_formula():
    year = SimpleNamespace(name="=1+1", starts_on=timezone.now(), ends_on=timezone.now())
    nothing = {kind: set() for kind in ("people", "hours", "before", "after", "fingers")}
    report = Report(year, {1: "@school"}, {2: "=cmd|x"}, {}, nothing)
    report.cells[1, 2] = report.figures()

    row = as_csv(report, at=timezone.now()).decode("utf-8-sig").splitlines()[1]

    assert row.split(",")[0] == "'=1+1"
    assert row.split(",")[2:4] == ["'@school", "'=cmd|x"]


def test_file_names_are_plain(client, year, admin, school):
    year.name = 'a"b/ü\\ 26'
    year.save()
    client.force_login(admin)

    answer = client.get(reverse("report_csv", args=[year.pk]), {"school": school.pk})

    assert answer.headers["Content-Disposition"] == 'attachment; filename="year-end-report-abu-26-maple.csv"'
