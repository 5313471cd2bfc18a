"""Once a week, and not more than so many a day."""

import datetime as dt

import pytest
from django.core import mail

from notices import delivery
from notices.models import Digest, How, MailLimit, Notice, Preference
from people.models import NoSchoolDay

from .conftest import GONE, THURSDAY

DAY = dt.timedelta(days=1)
MONDAY_MORNING = dt.datetime(2026, 3, 16, 10, 30, tzinfo=dt.UTC)  # 06:30 in New York


def prefer(person, how, kind="turn"):
    Preference.objects.create(person=person, kind=kind, how=how)


def subjects():
    return [letter.subject for letter in mail.outbox]


def test_a_weekly_digest_goes_on_the_morning_of_the_next_monday(ana, told):
    prefer(ana, How.WEEKLY)
    told(ana, "Goal")
    told(ana, "Plan", at=THURSDAY + DAY)
    delivery.deliver(at=THURSDAY)
    delivery.deliver(at=THURSDAY + DAY)

    assert delivery.send_digests(at=MONDAY_MORNING - dt.timedelta(seconds=1)) == 0
    assert delivery.send_digests(at=MONDAY_MORNING) == 1

    assert subjects() == ["2 things for you, Mon 16 March"]
    assert Notice.objects.filter(sent_at=MONDAY_MORNING).count() == 2


def test_what_comes_weekly_and_what_comes_daily_is_one_mail_on_a_monday(ana, told):
    prefer(ana, How.WEEKLY)
    prefer(ana, How.DIGEST, "must")
    told(ana, "Goal")
    delivery.deliver(at=THURSDAY)
    told(ana, "Plan", kind="must", at=MONDAY_MORNING - DAY)
    delivery.deliver(at=MONDAY_MORNING - DAY)

    assert delivery.send_digests(at=MONDAY_MORNING) == 1
    assert Digest.objects.count() == 1


def test_before_mondays_morning_it_is_not_too_late_for_this_week(ana, told):
    prefer(ana, How.WEEKLY)
    told(ana, at=MONDAY_MORNING - dt.timedelta(hours=3))
    delivery.deliver(at=MONDAY_MORNING - dt.timedelta(hours=3))

    assert Digest.objects.get().next_at == MONDAY_MORNING


def test_a_weekly_digest_waits_for_the_first_school_day_of_the_week(ana, told):
    prefer(ana, How.WEEKLY)
    NoSchoolDay.objects.create(day=MONDAY_MORNING.date(), name="Conferences")
    told(ana)
    delivery.deliver(at=THURSDAY)

    assert Digest.objects.get().next_at == MONDAY_MORNING + DAY


def test_a_weekly_digest_says_nothing_of_what_is_done(ana, told):
    prefer(ana, How.WEEKLY)
    told(ana)
    delivery.deliver(at=THURSDAY)
    GONE.add("Goal")

    assert delivery.send_digests(at=MONDAY_MORNING) == 0


@pytest.fixture
def three_a_day(settings):
    settings.MAILS_A_DAY = 3


def test_what_is_more_than_so_many_a_day_comes_in_the_next_daily_mail(ana, ben, told, three_a_day):
    for n in range(5):
        told(ana, f"Step {n}")
    told(ben)

    assert delivery.deliver(at=THURSDAY) == 4
    told(ana, "Late", at=THURSDAY + dt.timedelta(hours=1))
    assert delivery.deliver(at=THURSDAY + dt.timedelta(hours=1)) == 0

    mail.outbox.clear()
    assert delivery.send_digests(at=dt.datetime(2026, 3, 13, 10, 30, tzinfo=dt.UTC)) == 1
    assert subjects() == ["3 things for you, Fri 13 March"]


def test_a_change_that_cannot_wait_is_mailed_whatever_the_limit_and_counts_for_none(ana, told, three_a_day):
    for n in range(5):
        told(ana, f"Date {n}", kind="moved")
    told(ana, "Goal")

    assert delivery.deliver(at=THURSDAY) == 6


def test_a_new_day_begins_at_midnight_where_the_reader_works(ana, told, three_a_day):
    for n in range(3):
        told(ana, f"Step {n}")
    delivery.deliver(at=THURSDAY)
    friday = dt.datetime(2026, 3, 13, 12, 0, tzinfo=dt.UTC)
    for n in range(3, 6):
        told(ana, f"Step {n}", at=friday)

    assert delivery.deliver(at=friday) == 3


@pytest.mark.parametrize(("own", "left"), [(1, 1), (0, 5), (4, 4)])
def test_a_readers_own_limit_goes_before_the_sites(ana, told, three_a_day, own, left):
    MailLimit.objects.create(person=ana, a_day=own)
    for n in range(5):
        told(ana, f"Step {n}")

    assert delivery.deliver(at=THURSDAY) == left
