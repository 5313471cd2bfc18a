"""What this room tells other rooms: counts without names, dates for those who joined late, and a leaver's work."""

import datetime as dt

import pytest
from django.utils import timezone

from notices.models import Notice
from partnerships.models import Member, Partnership
from partnerships.panels import on_menu, on_sessions, on_support
from partnerships.services.members import accept, invite
from partnerships.services.starting import start
from people.registry import unfinished_work
from people.services.accounts import hand_over
from schedule.models import Event
from supports.models import PDSession


@pytest.mark.parametrize(("people", "told"), [(4, {}), (5, "5 colleagues this year")])
def test_the_menu_counts_colleagues_from_five_on(people, told, support, person, school, year):
    for number in range(people):
        start(support, by=person(f"T{number} Teacher", "teacher", school))

    assert on_menu(None) == ({support.pk: told} if told else {})
    template, context = on_support(support, person("Zoe Looker", "teacher", school))
    assert context.get("people") == (people if told else None)


def test_only_its_leader_is_told_of_a_few_who_follow_up(support, ana, ben, cleo, school):
    session = PDSession.objects.create(
        title="Talk moves", held_on=timezone.localdate(), leader=cleo, hours=2, summary="", goal="Talk", focus_area=""
    )
    start(support, by=ana, session=session)

    assert on_sessions([session.pk], ben) == {}
    assert on_sessions([session.pk], cleo) == {session.pk: "1 colleague follows up on it"}


@pytest.fixture
def date(work, ana, step_of):
    now = timezone.now()
    event = Event.objects.create(
        title="Meeting",
        starts_at=now + dt.timedelta(days=3),
        ends_at=now + dt.timedelta(days=3, hours=1),
        organizer=ana,
    )
    work.planned_events.create(event=event)
    return event


def test_who_joins_later_sees_the_dates_that_are_set(work, date, ana, cleo, facilitator, stranger):
    assert not Event.objects.visible_to(cleo).exists()

    accept(invite(work, by=ana, person=cleo), by=cleo)

    assert Event.objects.visible_to(cleo).get() == date
    assert Event.objects.visible_to(facilitator).get() == date
    assert not Event.objects.visible_to(stranger).exists()


def test_the_work_of_a_leaver_goes_on_with_the_partner(work, ana, ben, stranger, admin):
    assert unfinished_work(ana) == [("Leads Try it together", work.get_absolute_url())]

    hand_over(ana, to=stranger, by=admin)

    assert {m.person: (m.part, m.state) for m in work.members.all()} == {
        ana: (Member.Part.PARTNER, Member.State.LEFT),
        ben: (Member.Part.LEAD, Member.State.ACTIVE),
    }
    assert unfinished_work(ana) == []
    assert Notice.objects.filter(person=ben, kind="lead_handed_over").count() == 1


def test_the_work_of_a_leaver_without_partners_goes_to_the_colleague(support, ana, stranger, admin):
    alone = start(support, by=ana)

    hand_over(ana, to=stranger, by=admin)

    assert Partnership.objects.of(stranger).get() == alone
    assert not Partnership.objects.of(ana).exists()
