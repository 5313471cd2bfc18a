"""List pages ask the same questions of the database for three rows as for one."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from partnerships.models import Entry
from partnerships.services import starting, words
from peerlearn.tests.test_home import waiting_plan
from people.models import DeletionNotice, Deputy, Erasure, LegalHold, NoSchoolDay, School, SchoolYear
from supports.loader import load
from supports.models import SupportType

TODAY = timezone.localdate()


@pytest.fixture
def work(ana):
    load()
    return starting.start(SupportType.objects.get(slug="peer-partners"), by=ana)


def a_plan(number, work, ana, principal):
    waiting_plan(ana)


def a_message(number, work, ana, principal):
    words.send_message(work, by=ana, body=f"Message {number}")


def a_text(number, work, ana, principal):
    words.write(work, by=ana, kind=Entry.Kind.REFLECTION, body=f"Text {number}", audience=Entry.Audience.SCHOOL)


def a_school(number, work, ana, principal):
    School.objects.create(name=f"School {number}", code=f"school-{number}")


def a_year(number, work, ana, principal):
    first = TODAY + dt.timedelta(days=400 * (number + 1))
    SchoolYear.objects.create(name=f"Year {number}", starts_on=first, ends_on=first + dt.timedelta(days=300))


def a_day_off(number, work, ana, principal):
    NoSchoolDay.objects.create(name=f"Day {number}", day=TODAY + dt.timedelta(days=number + 1))


def a_deputy(number, work, ana, principal):
    Deputy.objects.create(school=work.school, principal=principal, deputy=ana)


def a_hold(number, work, ana, principal):
    LegalHold.objects.create(person=ana, reason=f"Reason {number}", set_by=ana, set_at=timezone.now())


def an_erasure(number, work, ana, principal):
    now = timezone.now()
    gone = {"code": f"F-{number}", "done_at": now, "due_at": now, "asked_at": now}
    Erasure.objects.create(person=ana, asked_by=ana, **gone)


def told_of_deleting(number, work, ana, principal):
    rule = ("notes", "drafts", "walk_notes")[number]
    DeletionNotice.objects.create(rule=rule, number=number, owner=ana, told_at=timezone.now())


LISTS = [
    ("principal", "/approvals/", a_plan),
    ("ana", "/partnerships/{work}/messages/", a_message),
    ("ana", "/partnerships/{work}/words/", a_text),
    ("ana", "/words/", a_text),
    ("stranger", "/shared/", a_text),
    ("admin", "/district/schools/", a_school),
    ("admin", "/district/years/", a_year),
    ("admin", "/district/no-school-days/", a_day_off),
    ("principal", "/me/deputies/", a_deputy),
    ("admin", "/district/holds/", a_hold),
    ("admin", "/district/erasures/", an_erasure),
    ("ana", "/me/data/", told_of_deleting),
]


@pytest.mark.parametrize(("who", "path", "add"), LISTS, ids=[path for _, path, _ in LISTS])
def test_a_list_asks_no_more_for_three_rows_than_for_one(
    who, path, add, work, ana, principal, stranger, request, client
):
    client.force_login(request.getfixturevalue(who))
    path = path.format(work=work.pk)

    def asked(numbers):
        for number in numbers:
            add(number, work, ana, principal)
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(path)
        assert answer.status_code == 200
        return len(queries), len(answer.content)

    client.get(path)
    one, short = asked([0])
    three, long = asked([1, 2])

    assert long > short
    assert three == one
