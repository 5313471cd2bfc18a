"""The end, and what may come after it."""

import datetime as dt

import pytest
from django.utils import timezone

from partnerships.models import Happening, Member, Partnership, PlannedEvent, Step
from partnerships.services.closing import renew, reopen, withdraw
from partnerships.services.ground import NotNow
from partnerships.services.members import accept, invite, leave
from partnerships.services.progress import claim, move_on
from partnerships.services.starting import start
from partnerships.services.timeline import set_timeline
from schedule.models import Event
from schedule.services import create_event


@pytest.fixture
def all_done():
    """Carry a partnership to its end, as if each had done their steps."""

    def carry(partnership, by):
        for step in Step.objects.unfinished().filter(partnership=partnership):
            claim(step, by=by, at=timezone.now())
        move_on(partnership, by=by, at=timezone.now())
        partnership.refresh_from_db()
        assert partnership.status == Partnership.Status.COMPLETED
        return partnership

    return carry


def test_withdrawing_calls_off_the_dates_that_a_partner_set(work, ana, ben):
    starts_at = timezone.now() + dt.timedelta(days=3)
    ends_at = starts_at + dt.timedelta(minutes=45)
    event = create_event(
        by=ben, kind="meeting", title="", starts_at=starts_at, ends_at=ends_at, people=[ana, ben], thread=work.thread
    )
    PlannedEvent.objects.create(partnership=work, event=event)

    withdraw(work, by=ana, reason="No time.")

    assert Event.objects.get(pk=event.pk).cancelled_at is not None


def test_reopened_work_can_be_completed_again_though_a_partner_left(work, ana, ben, stranger, all_done):
    accept(invite(work, by=ana, person=stranger), by=stranger)
    reflections = Step.objects.filter(partnership=work, key="reflect")
    for step in reflections.filter(member__person=stranger):
        claim(step, by=stranger, at=timezone.now())
    leave(work, by=stranger)
    all_done(work, ana)

    reopen(work, by=ana)

    assert {step.member.person for step in Step.objects.current().filter(partnership=work)} == {ana, ben}
    all_done(work, ana)
    assert Happening.objects.filter(partnership=work, verb=Happening.Verb.COMPLETED).count() == 2


def test_renewing_asks_those_who_can_join_again(work, ana, ben, stranger, all_done):
    accept(invite(work, by=ana, person=stranger), by=stranger)
    all_done(work, ana)
    ben.posts.all().delete()

    renewed = renew(work, by=ana)

    asked = renewed.members.filter(state=Member.State.INVITED)
    assert [member.person for member in asked] == [stranger]


def test_work_is_renewed_once(work, ana, ben, all_done):
    all_done(work, ana)
    renewed = renew(work, by=ana)

    with pytest.raises(NotNow):
        renew(work, by=ben)

    assert Partnership.objects.get(renewed_from=work) == renewed


def test_open_steps_of_a_longer_timeline_lie_ahead(support, ana):
    then = timezone.now() - dt.timedelta(days=60)
    work = start(support, by=ana, at=then)
    today = timezone.localdate()

    set_timeline(work, by=ana, starts_on=work.starts_on, ends_on=today + dt.timedelta(days=60))

    due = Step.objects.filter(partnership=work).order_by("position").values_list("due_on", flat=True)
    assert min(due) >= today - dt.timedelta(days=2)
    assert list(due) == sorted(due)
