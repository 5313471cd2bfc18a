"""A substitute is named for a class when they can come, and is in one place."""

import datetime as dt

import pytest

from observations.models import Substitute, SubstituteTime
from observations.services import Taken
from observations.services import coverage as cover

from .conftest import DAY
from .test_covering import booked, state_of, ten_to_eleven


@pytest.fixture
def sub(school):
    """Comes every day from 7:00 to 17:00."""
    substitute = Substitute.objects.create(name="Sue Sub", subjects="math, science")
    substitute.schools.add(school)
    for weekday in range(5):
        SubstituteTime.objects.create(substitute=substitute, weekday=weekday)
    return substitute


def test_a_substitute_covers_and_the_office_confirms(ask, sub, school, principal, office):
    coverage = ask()
    cover.approve_cover(coverage, by=principal)

    cover.name_coverer(coverage, by=office, substitute=sub)
    assert booked(coverage) == [(f"substitute:{sub.pk}", *ten_to_eleven(school))]
    cover.confirm_cover(coverage, by=office)

    assert (state_of(coverage), coverage.substitute, coverage.coverer) == ("confirmed", sub, None)


def test_a_substitute_is_in_one_place(ask, sub, stranger, principal):
    cover.approve_cover(ask(), by=principal, substitute=sub)
    other = ask(by=stranger, starts=dt.time(10, 30), ends=dt.time(11), class_name="Grade 2 art")

    with pytest.raises(Taken, match="Sue Sub is taken at that time: covering Grade 4 math at Maple Grove"):
        cover.approve_cover(other, by=principal, substitute=sub)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda sub: sub.times.filter(weekday=3).delete(), "cannot come then"),
        (lambda sub: sub.times.filter(weekday=3).update(starts=dt.time(10, 30)), "cannot come then"),
        (lambda sub: sub.times.create(day=DAY, can_come=False), "cannot come then"),
        (lambda sub: Substitute.objects.update(ended_on=DAY - dt.timedelta(days=1)), "cannot come then"),
        (lambda sub: sub.schools.clear(), "does not come to Maple Grove"),
    ],
)
def test_a_substitute_who_cannot_come_is_not_named(ask, sub, principal, change, words):
    coverage = ask()
    change(sub)

    with pytest.raises(Taken, match=words):
        cover.approve_cover(coverage, by=principal, substitute=sub)


def test_a_date_of_its_own_goes_before_the_weekday(ask, sub, principal):
    sub.times.filter(weekday=3).delete()
    sub.times.create(day=DAY, starts=dt.time(10), ends=dt.time(12))
    coverage = ask()

    cover.approve_cover(coverage, by=principal, substitute=sub)

    assert state_of(coverage) == "assigned"
