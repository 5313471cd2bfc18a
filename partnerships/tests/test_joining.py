"""Who comes late, who leaves, and what of the work goes with them."""

import datetime as dt

import pytest
from django.utils import timezone

from partnerships.models import Entry, Member, PlannedEvent, Step
from partnerships.services.leavers import hand_over_all
from partnerships.services.members import accept, call_for_partners, hand_over_lead, invite, join_call, leave
from partnerships.services.members import take_back_invitation as take_back
from partnerships.services.starting import start
from partnerships.services.words import consent, write
from people.models import Role
from schedule.models import Event
from schedule.services import create_event, expected_at
from supports.models import StepTemplate


@pytest.fixture
def date_of():
    """A date of the partnership in the calendar, three days from now."""

    def make(partnership, by, **planned):
        starts_at = timezone.now() + dt.timedelta(days=3 + partnership.planned_events.count())
        people = [member.person for member in partnership.members.active()]
        event = create_event(
            by=by,
            kind=Event.Kind.MEETING,
            title="",
            starts_at=starts_at,
            ends_at=starts_at + dt.timedelta(minutes=45),
            people=people,
            school=partnership.school,
            thread=partnership.thread,
        )
        PlannedEvent.objects.create(partnership=partnership, event=event, **planned)
        return event

    return make


def test_who_joins_late_is_expected_at_the_dates_to_come(work, ana, ben, stranger, date_of):
    date = date_of(work, ben)
    visit = date_of(work, ben, observed=ben)

    accept(invite(work, by=ana, person=stranger), by=stranger)

    assert expected_at(date) == [ana, ben, stranger]
    assert expected_at(visit) == [ana, ben]


def test_who_leaves_is_no_longer_expected(work, ana, ben, stranger, date_of):
    accept(invite(work, by=ana, person=stranger), by=stranger)
    date, theirs = date_of(work, ben), date_of(work, ana, observed=stranger)

    leave(work, by=stranger)

    assert expected_at(date) == [ana, ben]
    theirs.refresh_from_db()
    assert theirs.cancelled_at is not None


def test_taking_back_the_last_open_invitation_lets_the_step_go_on(support, ana, ben, cleo):
    StepTemplate.objects.filter(support=support, key="goal").update(kind="partners")
    work = start(support, by=ana)
    waits = invite(work, by=ana, person=cleo)
    accept(invite(work, by=ana, person=ben), by=ben)
    assert Step.objects.current().get(partnership=work).kind == "partners"

    take_back(waits, by=ana)

    assert Step.objects.current().get(partnership=work).kind == "plan"


def test_who_was_asked_has_a_place_kept_when_answering_the_call(support, ana, cleo, work):
    call_for_partners(work, by=ana, words="One more.")
    invite(work, by=ana, person=cleo)
    support.people_at_most = 3
    support.save()

    join_call(work, by=cleo)

    assert work.members.active().filter(person=cleo).exists()


def test_a_joint_text_that_waits_stays_inside_when_a_partner_leaves(work, ana, ben, stranger):
    accept(invite(work, by=ana, person=stranger), by=stranger)
    entry = write(work, by=ana, kind=Entry.Kind.FINDING, body="We found.", audience="school", joint=True)
    consent(entry, by=ben)
    entry.refresh_from_db()
    assert (entry.audience, entry.released_at) == ("school", None)

    leave(work, by=stranger)

    entry.refresh_from_db()
    assert (entry.audience, entry.released_at) == ("partners", None)


def test_a_text_that_all_agreed_to_share_stays_shared_when_a_partner_leaves(work, ana, ben):
    entry = write(work, by=ana, kind=Entry.Kind.FINDING, body="We found.", audience="school", joint=True)
    consent(entry, by=ben)

    leave(work, by=ben)

    entry.refresh_from_db()
    assert entry.released_at is not None


def test_who_takes_over_from_a_leaver_joins_from_their_own_school(support, ana, cleo, admin):
    alone = start(support, by=ana)

    hand_over_all(ana, to=cleo, by=admin, at=timezone.now())

    heir = alone.members.active().get()
    assert (heir.person, heir.part) == (cleo, Member.Part.LEAD)
    assert heir.school_id in cleo.standing.schools_as(Role.TEACHER)


def test_a_leaver_who_is_gone_meanwhile_does_not_stop_the_hand_over(work, ana, ben, admin):
    hand_over_lead(work, by=ana, to=ben)

    hand_over_all(ana, to=ben, by=admin, at=timezone.now())
    hand_over_all(ana, to=ben, by=admin, at=timezone.now())

    assert [member.person for member in work.members.active()] == [ben]
