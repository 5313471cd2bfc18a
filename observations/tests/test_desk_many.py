"""The principal's desk with few requests and with many: as many queries, and pages."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from observations.models import Coverage, CoverOffer, CoverRule, Substitute, SubstituteTime
from observations.reads.ranking import ASK_FIRST, coverers_for
from people.models import Role

from .conftest import DAY
from .knocking import get

DESK = "/coverage/desk/"


@pytest.fixture
def sub(school):
    sub = Substitute.objects.create(name="Sue Sub", email="sue@subs.example")
    sub.schools.add(school)
    SubstituteTime.objects.bulk_create(SubstituteTime(substitute=sub, weekday=day) for day in range(5))
    return sub


@pytest.fixture
def many(person, school):
    """A factory of teachers: many(3)."""
    return lambda number: [person(f"T{n} Teacher", Role.TEACHER, school) for n in range(number)]


@pytest.mark.parametrize(("few", "more"), [(1, 3), (10, 300)])
def test_the_desk_asks_as_often_whatever_waits(few, more, ask, many, principal, sub, school, client):
    CoverRule.objects.create(school=school, year_budget=50, most_out=3)
    teachers = many(30)
    CoverOffer.objects.bulk_create(
        CoverOffer(person=one, school=school, made_at=dt.datetime(2027, 1, 1, tzinfo=dt.UTC)) for one in teachers[:3]
    )
    asked = set()
    for number in (few, more):
        Coverage.objects.all().delete()
        make(teachers, number, school, sub)
        client.force_login(principal)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(DESK).status_code == 200
        asked.add(len(queries))

    assert len(asked) == 1, asked
    assert asked.pop() <= 11


def make(teachers, number, school, sub):
    """Rows of each state, without the services: what is read is tested here."""
    rows = []
    for n in range(number):
        times = {
            "starts": dt.time(8 + n % 8, 0),
            "ends": dt.time(8 + n % 8, 40),
            "day": DAY + dt.timedelta(days=n // 30),
        }
        facts = {"school": school, "class_name": f"Class {n}", "asked_at": dt.datetime(2027, 3, 1, tzinfo=dt.UTC)}
        one = {"asker": teachers[n % len(teachers)], **times, **facts}
        rows += [Coverage(state="asked", **one), Coverage(state="approved", **one)]
        rows.append(Coverage(state="assigned", substitute=sub, **one))
    Coverage.objects.bulk_create(rows)


def test_many_requests_come_in_pages(many, principal, school, sub, client):
    make(many(30), 30, school, sub)
    client.force_login(principal)

    first, second = (client.get(address).context for address in (DESK, f"{DESK}?page=2"))

    shown = [row.pk for context in (first, second) for day in context["days"] for row in day.waiting]
    assert (len(shown), len(set(shown))) == (30, 30)
    assert first["days"][0].asked == 30
    for page in ("x", "-1", "0", str(10**30)):
        assert get(client, principal, f"{DESK}?page={page}")[0] == 200


def test_the_desk_ranks_as_the_page_of_the_request_does(many, teach, principal, sub, school, client):
    teachers = many(12)
    CoverOffer.objects.bulk_create(
        CoverOffer(person=one, school=school, made_at=dt.datetime(2027, 1, 1, tzinfo=dt.UTC)) for one in teachers[2:]
    )
    for number, one in enumerate(teachers[2:]):
        teach(one, "1" if number % 3 else "2", f"Class {number}", subject="Math" if number % 2 else "Art")
    make(teachers, 5, school, sub)
    Coverage.objects.filter(state="asked").update(subject="math")
    Coverage.objects.filter(state="approved").update(state="confirmed", coverer=teachers[8], substitute=None)
    client.force_login(principal)

    rows = [row for day in client.get(DESK).context["days"] for row in day.waiting]

    assert len(rows) == 5
    for row in rows:
        ranked = [one for one in coverers_for(Coverage.objects.get(pk=row.pk)) if one.group != ASK_FIRST]
        suggested = [(one.key, one.reason) for one in row.suggestion.best]
        assert sorted(suggested) == sorted((one.key, one.reason) for one in ranked[: len(suggested)])
        assert len(suggested) == min(5, len(ranked)) > 1
