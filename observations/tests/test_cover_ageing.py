"""Reminders of cover that waits: of an answer, a name and a yes, two school days before the class."""

import datetime as dt

import pytest

from notices.acts import acts_of
from notices.models import Notice
from notices.registry import kind_of
from observations.services import coverage as cover
from observations.services.cover_ageing import remind_of_cover

from .conftest import NOW

REMINDERS = ["coverage_waiting", "coverage_open", "coverage_unanswered"]
TUESDAY = dt.datetime(2027, 3, 9, 15, tzinfo=dt.UTC)  # the class is on that Thursday
MONDAY = TUESDAY - dt.timedelta(days=1)


@pytest.fixture
def remind(time_machine):
    def at(moment):
        time_machine.move_to(moment, tick=False)
        remind_of_cover()
        return sorted((one.kind, one.person.name) for one in Notice.objects.filter(kind__in=REMINDERS))

    return at


def test_who_decides_is_reminded_of_a_request_two_school_days_before_once(ask, principal, remind):
    ask()

    assert remind(MONDAY) == []
    assert remind(TUESDAY) == [("coverage_waiting", principal.name)]
    assert remind(TUESDAY + dt.timedelta(days=1)) == [("coverage_waiting", principal.name)]
    [notice] = Notice.objects.filter(kind="coverage_waiting")
    assert [act.key for act in acts_of(notice)] == ["approve", "return"]


def test_of_a_class_on_monday_they_are_reminded_on_friday(ask, principal, remind):
    ask(day=dt.date(2027, 3, 15))

    assert remind(dt.datetime(2027, 3, 11, 15, tzinfo=dt.UTC)) == []
    assert remind(dt.datetime(2027, 3, 12, 15, tzinfo=dt.UTC)) == [("coverage_waiting", principal.name)]


def test_a_class_that_has_nobody_is_brought_up_with_those_who_arrange_cover(ask, principal, office, remind):
    cover.approve_cover(ask(), by=principal)

    expected = [("coverage_open", person.name) for person in (office, principal)]
    assert remind(TUESDAY) == sorted(expected)


def test_whoever_was_named_and_says_nothing_is_asked_again(ask, principal, ben, remind):
    coverage = ask()
    cover.approve_cover(coverage, by=principal)
    cover.name_coverer(coverage, by=principal, coverer=ben)

    assert remind(TUESDAY) == [("coverage_unanswered", ben.name)]
    cover.confirm_cover(coverage, by=ben)
    [notice] = Notice.objects.filter(kind="coverage_unanswered")
    assert not kind_of(notice).still_due(notice)


def test_what_was_asked_a_moment_ago_or_is_over_or_settled_reminds_nobody(ask, principal, remind, time_machine):
    time_machine.move_to(TUESDAY - dt.timedelta(hours=1), tick=False)
    ask()
    settled = ask(starts=dt.time(11), ends=dt.time(12))
    cover.return_cover(settled, by=principal, reason="Another day")

    assert remind(TUESDAY) == []
    assert remind(dt.datetime(2027, 3, 12, 15, tzinfo=dt.UTC)) == []


def test_the_number_of_questions_does_not_grow_with_the_requests(
    ask, principal, django_assert_num_queries, time_machine
):
    for count in (1, 3):
        for n in range(count):
            ask(starts=dt.time(8 + 3 * count + n), ends=dt.time(9 + 3 * count + n))
        time_machine.move_to(TUESDAY, tick=False)
        with django_assert_num_queries(5):
            remind_of_cover()
        Notice.objects.all().delete()
        time_machine.move_to(NOW, tick=False)
