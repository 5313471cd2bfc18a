"""Ana and Ben at work in the fall of 2026, with texts of the year before."""

import datetime as dt

import pytest

from partnerships.models import Entry
from partnerships.services.members import accept, invite
from partnerships.services.starting import start
from people.services.retention import delete_what_is_due
from supports.loader import load
from supports.models import SupportType

UTC = dt.UTC
NOW = dt.datetime(2026, 11, 18, 15, tzinfo=UTC)
DAY = dt.timedelta(days=1)
LAST_FALL = dt.datetime(2025, 10, 1, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _fall(time_machine):
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def work(_fall, ana, ben):
    load()
    made = start(SupportType.objects.get(slug="peer-partners"), by=ana)
    accept(invite(made, by=ana, person=ben), by=ben)
    return made


def a_text(work, author, *, kind="note", made_at=LAST_FALL, **more):
    return Entry.objects.create(
        partnership=work, author=author, school=work.school, kind=kind, body="Six seconds of waiting.",
        made_at=made_at, changed_at=made_at, **more,
    )  # fmt: skip


def run(*days):
    for day in days:
        delete_what_is_due(at=NOW + day * DAY)


def left():
    return set(Entry.objects.values_list("pk", flat=True))
