"""What walks came to: the counts are true, those of few people are nowhere, and nobody's words are read."""

import datetime as dt
from decimal import Decimal
from itertools import count

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from growth.services.hiding import ALL
from growth.services.layout import HIDDEN
from growth.services.report import year_report
from growth.services.walks import walks_of
from observations.models import Coverage, NextTry, Walk
from observations.services import walks
from people.models import Role
from schedule.models import Attendance
from schedule.services import cancel_event

from .test_report import csv_rows, page_rows

SECRET = "A secret word."


@pytest.fixture
def staff(person):
    """A factory of teachers: staff(school, 3)."""
    numbers = count(1)
    return lambda school, many: [person(f"T{next(numbers)} Teacher", Role.TEACHER, school) for _ in range(many)]


@pytest.fixture
def held(facilitator, year):
    """A factory of walks that are over, each on its own day, 20 minutes at each host: held(school, hosts, visitors)."""
    days_ago = count(3)

    def make(school, hosts, visitors):
        ago = next(days_ago)
        at = timezone.now() - dt.timedelta(ago + 20)
        day = timezone.localdate() - dt.timedelta(ago)
        given = {"day": day, "half": "morning", "purpose": SECRET, "places": 20, "at": at}
        walk = walks.set_up_walk(by=facilitator, school=school, **given)
        for visitor in visitors:
            walks.join_walk(walk, by=visitor, focus="", at=at)
        for number, host in enumerate(hosts):
            starts = dt.time(9 + number // 2, 30 * (number % 2))
            walks.add_visit(walk, by=facilitator, host=host, room=f"R{number}", starts=starts, minutes=20, at=at)
        walks.publish_walk(walk, by=facilitator, at=at)
        return Walk.objects.get(pk=walk.pk)

    return make


def cover(walk, asker, school, *, event=None, state=Coverage.State.APPROVED, hour=9):
    span = {"day": walk.day, "starts": dt.time(hour), "ends": dt.time(hour, 45)}
    what = {"class_name": SECRET, "asked_at": walk.made_at, "state": state, "event": event or walk.round}
    return Coverage.objects.create(asker=asker, school=school, **what, **span)


def tries(walk, people, *, tried=0):
    for number, one in enumerate(people):
        done = walk.day if number < tried else None
        NextTry.objects.create(walk=walk, person=one, words=SECRET, on=walk.day, tried_on=done)


def told(figures):
    return (
        figures.walks,
        figures.visits,
        figures.hosts,
        figures.minutes,
        figures.covered,
        figures.steps,
        figures.tried,
    )


def test_figures_equal_plain_counting(held, staff, school, other_school, year):
    hosts, guests = staff(school, 3), staff(other_school, 4)
    first = held(school, hosts, guests)
    second = held(school, hosts[:2], guests[:2])
    third = held(other_school, guests[2:3], hosts[:1])
    cover(first, guests[0], other_school)
    cover(first, guests[1], other_school, event=first.visits.first().event)
    cover(second, guests[0], other_school, state=Coverage.State.RETURNED)
    tries(first, guests, tried=3)
    tries(second, guests[:1])

    figures = walks_of(year).cells

    assert told(figures[school.pk]) == (2, 5, 3, 3 * 20 * 4 + 2 * 20 * 2, 2, 5, 3)
    assert told(figures[other_school.pk]) == (1, 1, 1, 20, 0, 0, 0)
    assert told(figures[ALL]) == (3, 6, 4, 340, 2, 5, 3)
    assert figures[school.pk].covered_per_hour == Decimal("0.4")  # 2 in 5 h 20 min
    assert third.school == other_school


def test_visitors_of_a_plan_count_where_they_go(held, staff, school, other_school, facilitator, year):
    """Three visitors in two teams: two see one class, one the other. Who declined is not there."""
    hosts, guests = staff(school, 2), staff(other_school, 4)
    walk = held(school, hosts, guests)
    cancel_event(walk.round, by=facilitator)
    one, other = (visit.event for visit in walk.visits.all())
    for event, visitor in ((one, guests[0]), (one, guests[1]), (other, guests[2])):
        Attendance.objects.create(event=event, person=visitor)
    Attendance.objects.create(event=other, person=guests[3], answer=Attendance.Answer.DECLINED)

    figures = walks_of(year).cells[ALL]

    assert figures.minutes == 60
    assert figures.who["visitors"] == {guest.pk for guest in guests[:3]}


def test_walks_that_were_not_held_do_not_count(held, staff, school, other_school, facilitator, year, last_year):
    hosts, guests = staff(school, 2), staff(other_school, 2)
    off, coming, early, drafted, empty = (held(school, hosts, guests) for _ in range(5))
    Walk.objects.filter(pk=off.pk).update(cancelled_at=timezone.now())
    Walk.objects.filter(pk=coming.pk).update(day=timezone.localdate() + dt.timedelta(1))
    Walk.objects.filter(pk=early.pk).update(day=last_year.ends_on)
    Walk.objects.filter(pk=drafted.pk).update(published_at=None)
    empty.visits.all().delete()
    tries(empty, guests)
    assert walks_of(year).cells == {}

    Walk.objects.filter(pk=coming.pk).update(day=timezone.localdate(), closed_at=timezone.now())

    assert walks_of(year).cells[ALL].walks == 1
    assert walks_of(last_year).cells[ALL].walks == 1


def test_the_facilitator_counts_as_a_visitor_only_with_a_place(held, staff, school, other_school, facilitator, year):
    walk = held(school, staff(school, 1), staff(other_school, 1))
    assert walk.round.attendances.filter(person=facilitator).exists()

    assert walks_of(year).cells[ALL].minutes == 20


def test_small_numbers_are_hidden_from_beyond_the_school(client, held, staff, school, other_school, admin, person):
    """Two hosts at Maple Grove, six at Riverside: each would tell the other by subtraction from the sum."""
    maple, river = staff(school, 2), staff(other_school, 6)
    held(school, maple, river)
    held(other_school, river, maple)
    client.force_login(admin)

    rows = [row for row in page_rows(client) if len(row) == 9][1:]

    assert [row[0] for row in rows] == [school.name, other_school.name, "All"]
    assert set(rows[0][1:]) == {HIDDEN}
    shown = [row for row in rows[1:] if row[1] != HIDDEN]
    assert len(shown) == 1
    assert shown[0][1:4] in (["1", "6", "6"], ["2", "8", "8"])


def test_who_tried_is_hidden_under_five_for_everyone(client, held, staff, school, other_school, facilitator, principal):
    guests = staff(other_school, 5)
    walk = held(school, staff(school, 2), guests)
    tries(walk, guests[:4], tried=2)
    pages = ((facilitator, "walks_report"), (principal, "report"))

    def cells(who, page):
        client.force_login(who)
        html = client.get(reverse(page))
        table = html.context["table"] if page == "walks_report" else html.context["tables"][-1][0]
        return table.rows[0]

    assert [cells(*one)[-2:] for one in pages] == [[HIDDEN, HIDDEN]] * 2

    tries(walk, guests[4:])
    assert [cells(*one)[1:4] + cells(*one)[-2:] for one in pages] == [[1, 2, 2, 5, 2]] * 2


def test_cover_of_few_who_teach_elsewhere_is_hidden_from_a_principal(held, staff, school, other_school, year):
    own, guests = staff(school, 3), staff(other_school, 5)
    walk = held(school, own[:1], [*own[1:], *guests])
    cover(walk, own[1], school)
    assert walks_of(year, schools={school.pk}).shows("cover", school.pk)

    for number, guest in enumerate(guests):
        assert walks_of(year, schools={school.pk}).shows("cover", school.pk) is (number == 0)
        cover(walk, guest, other_school)

    seen = walks_of(year, schools={school.pk})
    assert seen.shows("cover", school.pk)
    assert seen.cells[school.pk].covered == 6
    assert walks_of(year).shows("cover", school.pk)


def test_a_principal_and_a_facilitator_read_of_their_schools(
    client, held, staff, school, other_school, principal, person
):
    maple, river = staff(school, 2), staff(other_school, 2)
    held(school, maple, river)
    held(other_school, river, maple)
    own = person("Fern Local", Role.FACILITATOR, other_school)

    client.force_login(principal)
    report = client.get(reverse("report"))
    client.force_login(own)
    page = client.get(reverse("walks_report"))

    assert [row[:4] for row in report.context["tables"][-1][0].rows] == [[school.name, 1, 2, 2]]
    assert [row[:4] for row in page.context["table"].rows] == [[other_school.name, 1, 2, 2]]


def test_files_show_the_figures_of_the_page(client, held, staff, school, other_school, admin, year):
    maple, river = staff(school, 6), staff(other_school, 6)
    tries(held(school, maple, river), river, tried=4)
    held(other_school, river[:5], maple)
    client.force_login(admin)

    lines = csv_rows(client.get(reverse("report_walks_csv", args=[year.pk])).content)
    narrow = csv_rows(client.get(reverse("report_walks_csv", args=[year.pk]), {"school": school.pk}).content)
    on_page = [row for row in page_rows(client) if len(row) == 9][1:]

    assert [list(line.values())[2:] for line in lines] == on_page[:2]
    assert on_page[0] == [school.name, "1", "6", "6", "12.0", "0", "0.0", "6", "4"]
    assert narrow == lines[:1]
    assert on_page[2][:5] == ["All", "2", "11", "11", "22.0"]


def test_walks_are_counted_without_words_in_one_statement(held, staff, school, other_school, year):
    guests = staff(other_school, 2)
    asks = []

    for number in (1, 2, 3):
        walk = held(school, staff(school, 1), guests)
        tries(walk, guests, tried=1)
        cover(walk, guests[0], other_school)
        with CaptureQueriesContext(connection) as asked:
            assert walks_of(year).cells[ALL].walks == number
        asks.append(len(asked))
        for word in ("words", "purpose", "class_name", "title", "room", "focus"):
            assert f'"{word}"' not in asked.captured_queries[0]["sql"]

    assert asks == [1, 1, 1]


def test_pages_ask_as_often_of_three_walks_as_of_one(client, held, staff, school, other_school, admin, facilitator):
    asks = {"report": [], "walks_report": []}
    readers = {"report": admin, "walks_report": facilitator}

    for places in ([school], [school, other_school]):
        for place in places:
            held(place, staff(place, 1), staff(school, 1))
        for page, reader in readers.items():
            client.force_login(reader)
            with CaptureQueriesContext(connection) as asked:
                assert client.get(reverse(page)).status_code == 200
            asks[page].append(len(asked))

    assert asks["report"][0] == asks["report"][1] <= 14
    assert asks["walks_report"][0] == asks["walks_report"][1] <= 8


def test_a_year_without_walks_says_so(client, facilitator, last_year):
    client.force_login(facilitator)

    page = client.get(reverse("walks_report"), {"year": last_year.pk})
    nonsense = client.get(reverse("walks_report"), {"year": "x\x00"})

    assert "No walk was held in this year yet" in page.content.decode()
    assert nonsense.status_code == 200


@pytest.mark.parametrize(("who", "status"), [("ana", 403), ("principal", 403), ("admin", 403), ("facilitator", 200)])
def test_the_page_is_for_facilitators(client, request, year, who, status):
    client.force_login(request.getfixturevalue(who))

    assert client.get(reverse("walks_report")).status_code == status


def test_the_list_of_walks_leads_there(client, facilitator, ana):
    client.force_login(facilitator)
    assert f'href="{reverse("walks_report")}"' in client.get(reverse("walk_list")).content.decode()

    client.force_login(ana)
    assert reverse("walks_report") not in client.get(reverse("walk_list")).content.decode()


def test_a_report_of_walks_alone_is_not_empty(client, held, staff, school, other_school, principal, year):
    held(school, staff(school, 1), staff(other_school, 1))
    client.force_login(principal)

    page = client.get(reverse("report"))
    report = year_report(year, own_schools={school.pk})

    assert [table.key for table, _ in page.context["tables"]] == ["walks"]
    assert report.schools == {}
    assert report.every_school == {school.pk: school.name}
