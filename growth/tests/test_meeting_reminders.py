"""Reminders around growth meetings: in time, once, and none of what is done."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from growth.models import GrowthMeeting
from growth.services.bringing import bring
from growth.services.meeting_reminders import remind_of_meetings, school_days_before
from growth.services.meetings import schedule_meeting
from growth.services.next_year import decide_next_year
from notices.models import Notice
from notices.registry import KINDS
from partnerships.services import members
from partnerships.services.closing import withdraw
from people import clock
from people.models import NoSchoolDay
from schedule.services import cancel_event, move_event

from .made_world import Planned, make

THURSDAY = dt.date(2026, 3, 19)  # five school days before it: Thursday the 12th


@pytest.fixture
def planned(pair, principal, school):
    """On Thursday 19 March at 14:00; set three weeks before."""
    starts_at = clock.at(THURSDAY, dt.time(14), school)
    ends_at, at = starts_at + dt.timedelta(minutes=20), starts_at - dt.timedelta(days=21)
    return schedule_meeting(pair, by=principal, starts_at=starts_at, ends_at=ends_at, at=at)


@pytest.fixture
def on(school, time_machine):
    """Look for what is due on a day at noon, twice."""

    def look(day, hour=12):
        time_machine.move_to(clock.at(day, dt.time(hour), school), tick=False)
        for _ in range(2):
            remind_of_meetings(now=timezone.now())

    return look


def told(kind):
    rows = Notice.objects.filter(kind=kind).select_related("person").order_by("pk")
    return sorted(str(row.person) for row in rows if KINDS[kind].still_due(row))


def test_the_team_is_asked_what_to_bring_five_school_days_before_once(planned, on):
    on(THURSDAY - dt.timedelta(8))
    assert told("growth_bring") == []

    on(THURSDAY - dt.timedelta(7))
    on(THURSDAY - dt.timedelta(6))

    assert told("growth_bring") == ["Ana Ruiz", "Ben Okafor"]
    assert Notice.objects.filter(kind="growth_bring").count() == 2


def test_days_off_do_not_count(planned, on):
    NoSchoolDay.objects.create(day=THURSDAY - dt.timedelta(2), name="Snow")

    on(THURSDAY - dt.timedelta(8))

    assert told("growth_bring") == ["Ana Ruiz", "Ben Okafor"]


def test_a_long_break_does_not_look_for_ever():
    off = {THURSDAY - dt.timedelta(n) for n in range(1, 60)}

    assert school_days_before(THURSDAY, 5, off) == THURSDAY - dt.timedelta(28)


def test_whoever_has_brought_something_is_not_asked(planned, on, ana):
    on(THURSDAY - dt.timedelta(9))
    bring(planned, by=ana, sources=["plan"])

    on(THURSDAY - dt.timedelta(7))

    assert told("growth_bring") == ["Ben Okafor"]


@pytest.mark.parametrize("done", ["brought", "over", "cancelled", "left", "withdrawn"])
def test_what_was_told_matters_no_more_once_it_is_done(planned, pair, on, done, ana, ben, principal, time_machine):
    on(THURSDAY - dt.timedelta(7))
    assert told("growth_bring") == ["Ana Ruiz", "Ben Okafor"]

    does = {
        "brought": lambda: bring(planned, by=ben, sources=["plan"]),
        "over": lambda: time_machine.move_to(planned.event.ends_at, tick=False),
        "cancelled": lambda: cancel_event(planned.event, by=principal),
        "left": lambda: members.leave(pair, by=ben),
        "withdrawn": lambda: withdraw(pair, by=ana, reason="We moved"),
    }
    does[done]()

    assert told("growth_bring") == (["Ana Ruiz"] if done in ("brought", "left") else [])


def test_a_moved_meeting_is_not_asked_about_twice(planned, on, principal):
    on(THURSDAY - dt.timedelta(7))
    later = planned.event.starts_at + dt.timedelta(days=1)
    move_event(planned.event, by=principal, starts_at=later, ends_at=later + dt.timedelta(minutes=20))

    on(THURSDAY - dt.timedelta(6))

    assert Notice.objects.filter(kind="growth_bring").count() == 2


def test_the_team_is_asked_about_next_year_from_the_day_after(planned, on):
    on(THURSDAY, hour=16)
    assert told("growth_decide") == []

    on(THURSDAY + dt.timedelta(1))
    on(THURSDAY + dt.timedelta(2))

    assert told("growth_decide") == ["Ana Ruiz", "Ben Okafor"]
    assert Notice.objects.filter(kind="growth_decide").count() == 2


def test_a_team_that_has_decided_is_not_asked(planned, on, ana):
    on(THURSDAY + dt.timedelta(1))
    decide_next_year(planned, by=ana, decision=GrowthMeeting.Decision.END)
    assert told("growth_decide") == []
    Notice.objects.filter(kind="growth_decide").delete()

    on(THURSDAY + dt.timedelta(2))

    assert not Notice.objects.filter(kind="growth_decide").exists()


def test_who_has_not_decided_in_a_month_is_left_alone(planned, on):
    on(THURSDAY + dt.timedelta(40))

    assert not Notice.objects.filter(kind="growth_decide").exists()


def test_three_meetings_ask_the_database_no_more_than_one(planned, supports, principal, ana, ben, on, school):
    now = clock.at(THURSDAY - dt.timedelta(7), dt.time(12), school)

    def asked():
        with CaptureQueriesContext(connection) as queries:
            remind_of_meetings(now=now)
        return len(queries)

    one = asked()
    people = {"M1": ana, "M2": ben}
    for number in (1, 2):
        team = make(Planned("try", "M1 M2", fate="active"), supports["try"], people, at=timezone.now())
        starts_at = planned.event.starts_at + dt.timedelta(hours=number)
        schedule_meeting(team, by=principal, starts_at=starts_at, ends_at=starts_at + dt.timedelta(minutes=20), at=now)

    assert asked() == one
    assert Notice.objects.filter(kind="growth_bring").count() == 6
