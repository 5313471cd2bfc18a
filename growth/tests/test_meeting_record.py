"""The record counts as all agreed to it and in no other version; what comes next year is the team's to say."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from growth.models import GrowthMeeting, MeetingRecord, RecordYes
from growth.services.next_year import decide_next_year
from growth.services.record import agree, write_record
from notices.models import Notice
from notices.registry import KINDS
from partnerships.models import Member, Partnership
from partnerships.services import members
from partnerships.services.closing import renew
from partnerships.services.ground import NotNow

RENEW, CHANGE, END = GrowthMeeting.Decision


@pytest.fixture
def over(met):
    """Ana's and Ben's work is complete, and they have met Pia."""
    done = {"status": Partnership.Status.COMPLETED, "completed_at": timezone.now()}
    Partnership.objects.filter(pk=met.partnership_id).update(**done)
    met.partnership.plan.goal = "To listen."
    met.partnership.plan.save()
    return met


def told(kind, *, still=True):
    rows = Notice.objects.filter(kind=kind).select_related("person").order_by("pk")
    return [str(row.person) for row in rows if KINDS[kind].still_due(row) == still]


def test_it_is_a_draft_until_the_last_of_them_agrees(met, ana, ben, principal):
    record = write_record(met, by=principal, body="They listened more.")
    assert not record.is_agreed
    agree(met, by=ana, version=1)
    assert not MeetingRecord.objects.get().is_agreed

    agree(met, by=ben, version=1)

    record = MeetingRecord.objects.get()
    assert (record.is_agreed, record.agreed_body) == (True, "They listened more.")


def test_a_change_begins_the_agreement_afresh_and_keeps_what_was_agreed(met, ana, ben, principal):
    write_record(met, by=ana, body="First.")
    agree(met, by=ben, version=1)
    agree(met, by=principal, version=1)

    write_record(met, by=principal, body="Second.", version=1)

    record = MeetingRecord.objects.get()
    assert (record.is_agreed, record.body, record.agreed_body) == (False, "Second.", "First.")
    assert [yes.person for yes in RecordYes.objects.all()] == [principal]


def test_saving_it_unchanged_takes_nobodys_yes_away(met, ana, ben):
    write_record(met, by=ana, body="First.")
    agree(met, by=ben, version=1)

    write_record(met, by=ana, body="First.", version=1)

    assert (MeetingRecord.objects.get().version, RecordYes.objects.count()) == (1, 2)


def test_nobody_agrees_to_what_they_have_not_read(met, ana, ben):
    write_record(met, by=ana, body="First.")
    write_record(met, by=ana, body="Second.", version=1)

    with pytest.raises(NotNow, match="Ana Ruiz has changed it"):
        agree(met, by=ben, version=1)
    with pytest.raises(NotNow):
        write_record(met, by=ben, body="Third.", version=1)
    with pytest.raises(NotNow):
        write_record(met, by=ben, body="Fourth.")

    assert MeetingRecord.objects.get().body == "Second."
    assert not RecordYes.objects.filter(person=ben).exists()


def test_a_second_press_of_agree_changes_nothing(met, ana, ben):
    write_record(met, by=ana, body="First.")
    for _ in range(2):
        agree(met, by=ben, version=1)

    assert RecordYes.objects.filter(person=ben).count() == 1


def test_whoever_left_is_waited_for_no_more(met, pair, ana, ben, principal):
    write_record(met, by=ana, body="First.")
    agree(met, by=principal, version=1)
    members.leave(pair, by=ben)

    agree(met, by=ana, version=1)

    assert MeetingRecord.objects.get().is_agreed


@pytest.mark.parametrize("who", ["stranger", "other_principal", "facilitator", "admin", "operator"])
def test_nobody_else_writes_or_agrees(met, ana, who, request):
    write_record(met, by=ana, body="First.")
    other = request.getfixturevalue(who)

    with pytest.raises(PermissionDenied):
        write_record(met, by=other, body="Mine.", version=1)
    with pytest.raises(PermissionDenied):
        agree(met, by=other, version=1)


def test_nothing_is_written_before_the_meeting_begins(coming, ana, principal):
    for person in (ana, principal):
        with pytest.raises(PermissionDenied):
            write_record(coming, by=person, body="Too early.")


def test_the_others_are_asked_and_hear_no_more_once_they_agree_or_it_changes(met, ana, ben, principal):
    write_record(met, by=ana, body="First, a secret word.")
    assert told("growth_agree") == ["Ben Okafor", "Pia Lindqvist"]
    assert "secret" not in Notice.objects.filter(kind="growth_agree").first().sentence

    agree(met, by=ben, version=1)
    assert told("growth_agree") == ["Pia Lindqvist"]
    write_record(met, by=principal, body="Second.", version=1)

    assert told("growth_agree") == ["Ana Ruiz", "Ben Okafor"]
    assert told("growth_agree", still=False) == ["Ben Okafor", "Pia Lindqvist"]


def test_a_second_year_begins_with_the_same_people_and_goal_and_fresh_dates(over, ana, ben):
    renewed = decide_next_year(over, by=ben, decision=RENEW)

    assert renewed.renewed_from == over.partnership
    assert renewed.plan.goal == "To listen."
    assert renewed.starts_on >= over.partnership.starts_on
    assert set(renewed.members.values_list("person__name", "state")) == {
        ("Ben Okafor", Member.State.ACTIVE),
        ("Ana Ruiz", Member.State.INVITED),
    }
    assert GrowthMeeting.objects.get().decision == RENEW


def test_a_second_year_begins_once(over, ana, ben):
    decide_next_year(over, by=ben, decision=RENEW)

    for decision in (RENEW, END):
        with pytest.raises(NotNow, match="begun already"):
            decide_next_year(over, by=ana, decision=decision)

    assert Partnership.objects.count() == 2


def test_a_second_year_waits_for_the_last_step_of_the_first(met, ana):
    with pytest.raises(NotNow, match="last steps are still open"):
        decide_next_year(met, by=ana, decision=RENEW)

    assert GrowthMeeting.objects.get().decision == ""


def test_until_then_the_team_may_decide_anew(over, ana, ben):
    decide_next_year(over, by=ana, decision=END)
    decide_next_year(over, by=ben, decision=CHANGE)

    meeting = GrowthMeeting.objects.get()
    assert (meeting.decision, meeting.decided_by) == (CHANGE, ben)


@pytest.mark.parametrize("who", ["principal", "stranger", "facilitator", "admin"])
def test_the_decision_is_the_teams_alone(over, who, request):
    with pytest.raises(PermissionDenied):
        decide_next_year(over, by=request.getfixturevalue(who), decision=END)


def test_nothing_is_decided_before_they_have_met(coming, ana):
    with pytest.raises(PermissionDenied):
        decide_next_year(coming, by=ana, decision=END)


def test_the_others_and_the_principal_hear_of_it_as_it_stands(over, ana, ben):
    at = timezone.now()
    decide_next_year(over, by=ana, decision=END, at=at)
    assert told("growth_decided") == ["Ben Okafor", "Pia Lindqvist"]

    decide_next_year(over, by=ana, decision=CHANGE, at=at + dt.timedelta(minutes=1))

    assert told("growth_decided") == ["Ben Okafor", "Pia Lindqvist"]
    assert told("growth_decided", still=False) == ["Ben Okafor", "Pia Lindqvist"]


def test_one_that_was_renewed_elsewhere_is_decided(over, ana, ben):
    renew(over.partnership, by=ana)

    with pytest.raises(NotNow):
        decide_next_year(over, by=ben, decision=END)
