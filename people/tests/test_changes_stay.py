"""The log of changes is only added to, whoever asks; years later retention takes what is old."""

import datetime as dt

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from people.models import Change, NeverChanged, User
from people.services import retention
from people.services.changing import note_change

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture
def line(admin, ana, school):
    return note_change("post_given", by=admin, person=ana, school=school, title="teacher")


def test_the_model_refuses_to_change_or_lose_a_line(line):
    for forbidden in (
        line.save,
        line.delete,
        lambda: Change.objects.update(title="principal"),
        Change.objects.all().delete,
        lambda: Change.objects.bulk_update([line], ["title"]),
        lambda: Change.objects.update_or_create(pk=line.pk, defaults={"title": "principal"}),
    ):
        with pytest.raises(NeverChanged), transaction.atomic():
            forbidden()

    assert Change.objects.get().title == "teacher"


@pytest.mark.parametrize("sql", ["UPDATE people_change SET title = 'principal'", "DELETE FROM people_change"])
def test_the_database_refuses_too(line, sql):
    with pytest.raises(IntegrityError, match="only added to"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)

    assert Change.objects.get().title == "teacher"


def test_retention_takes_what_is_older_than_the_district_keeps(line, admin):
    old = note_change("mail_paused", by=admin, at=timezone.now() - 8 * 366 * DAY)

    retention.delete_what_is_due()

    assert list(Change.objects.all()) == [line]
    assert old.pk != line.pk


def test_whoever_is_erased_is_a_former_colleague_in_the_log(line, ana):
    User.objects.filter(pk=ana.pk).update(name="A former colleague")

    line = Change.objects.get()
    assert line.sentence == "Ada Novak gave A former colleague the post of teacher at Maple Grove Elementary."
