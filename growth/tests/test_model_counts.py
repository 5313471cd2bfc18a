"""How the model went, for the coaching team: counts at one's own schools, and nothing of few people's feelings."""

import datetime as dt
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from growth.services.hiding import ALL
from growth.services.layout import HIDDEN
from growth.services.meetings import schedule_meeting
from growth.services.model_tables import model_report
from partnerships.models import Member, Partnership, Step
from people.models import Post, Role

from .made_world import PLAN, expected


def tables(world, *, schools, school=ALL):
    return {table.key: table.rows for table in model_report(world.year, schools=schools, school=school)[1]}


def held(world, principal, initial):
    """The growth meeting of each completed partnership that was started at the school."""
    starts_at = timezone.now() - dt.timedelta(days=1)
    works = Partnership.objects.filter(school=world.schools[initial], status="completed", year=world.year)
    for number, work in enumerate(works):
        at = starts_at - dt.timedelta(hours=number)
        schedule_meeting(work, by=principal, starts_at=at, ends_at=at + dt.timedelta(minutes=20), at=at)
    return works.count()


def steps_of(world, initial):
    here = Step.objects.filter(partnership__school=world.schools[initial], partnership__year=world.year)
    here = here.exclude(member__state=Member.State.LEFT)
    return here.filter(completed_at__isnull=False).count(), here.count()


def test_a_principal_reads_the_counts_of_her_school(world, head, year):
    meetings, (done, steps) = held(world, head, "M"), steps_of(world, "M")

    rows = tables(world, schools={world.schools["M"].pk})["model"]

    wanted = expected("M")
    assert rows[-1] == ["All", wanted["started"], wanted["fates"]["completed"], wanted["people"], done, steps, meetings]
    assert 0 < done < steps
    assert meetings == sum(work.people[0] == "M" and work.fate == "completed" for work in PLAN)


def test_what_few_people_feel_is_hidden(world, head):
    rows = {row[0]: row[1:] for row in tables(world, schools={world.schools["H"].pk})["fingers"]}
    few = {row[0]: row[1:] for row in tables(world, schools={world.schools["M"].pk})["fingers"]}

    fingers = expected("H", "talk")["fingers"]
    assert rows["Talk it over"] == [*(fingers[number] for number in range(6)), 5]
    assert few["Talk it over"] == [HIDDEN] * 7


def test_seen_from_beyond_the_school_all_of_a_small_line_is_hidden(world):
    rows = {row[0]: row[1:] for row in tables(world, schools=None, school=world.schools["M"].pk)["model"]}

    assert rows["Talk it over"] == [HIDDEN] * 6


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("principal", 200),
        ("facilitator", 200),
        ("ana", 403),
        ("admin", 403),
        ("office", 403),
    ],
)
def test_it_is_for_principals_and_facilitators(client, request, who, status, year, school):
    client.force_login(request.getfixturevalue(who))

    assert client.get("/growth-meetings/counts/").status_code == status


def test_a_facilitator_of_one_school_reads_that_school(client, world, person):
    faye = person("Fay Small", Role.FACILITATOR, world.schools["M"])
    client.force_login(faye)

    page = client.get("/growth-meetings/counts/").content.decode()

    started = re.search(r'<th scope="row">All</th><td[^>]*>(\d+)<', page)
    assert started[1] == str(expected("M")["started"])


def test_her_page_asks_the_same_for_one_school_as_for_three(client, world, head):
    client.force_login(head)

    def asked():
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/growth-meetings/counts/").status_code == 200
        return len(queries)

    client.get("/")
    two = asked()
    Post.objects.create(user=head, role=Role.PRINCIPAL, school=world.schools["H"])

    assert asked() == two
