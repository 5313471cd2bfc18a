"""The principal sets the date of a growth meeting; from then on it is a date like every other."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from growth.models import Brought, GrowthMeeting
from growth.services.bringing import bring
from growth.services.record import write_record
from notices.models import Notice
from partnerships.services import closing, members
from partnerships.services.ground import NotNow
from people.models import Deputy, Role
from schedule.models import Event
from schedule.services import cancel_event, move_event


def coming_to(event):
    return sorted(str(one.person) for one in event.attendances.select_related("person"))


def told(kind):
    return sorted(str(notice.person) for notice in Notice.objects.filter(kind=kind).select_related("person"))


def test_a_date_is_in_the_calendars_of_the_team_and_the_principal_and_told_once(coming, pair, principal):
    assert coming.event.title == "Growth meeting"
    assert coming.event.thread == pair.thread
    assert coming_to(coming.event) == ["Ana Ruiz", "Ben Okafor", "Pia Lindqvist"]
    assert told("event_new") == ["Ana Ruiz", "Ben Okafor"]
    assert not Notice.objects.filter(kind__startswith="growth").exists()


def test_it_is_a_date_of_the_partnership_that_counts_the_time_of_the_team(coming, pair):
    assert [planned.event for planned in pair.planned_events.all()] == [coming.event]


def test_a_second_date_is_refused_with_what_to_do(coming, pair, meet):
    with pytest.raises(NotNow, match="has a date already"):
        meet(pair, days=10)

    assert Event.objects.filter(title="Growth meeting").count() == 1


@pytest.mark.parametrize("who", ["ana", "stranger", "other_principal", "facilitator", "admin", "operator"])
def test_nobody_else_sets_it(pair, meet, who, request):
    with pytest.raises(PermissionDenied):
        meet(pair, days=9, by=request.getfixturevalue(who))


def test_a_deputy_sets_it_for_the_principal_and_reads_nothing_of_it(pair, meet, principal, stranger, school):
    Deputy.objects.create(school=school, principal=principal, deputy=stranger)

    meeting = meet(pair, days=9, by=stranger)

    assert meeting.principal == principal
    assert coming_to(meeting.event) == ["Ana Ruiz", "Ben Okafor", "Pia Lindqvist"]
    assert told("event_new") == ["Ana Ruiz", "Ben Okafor", "Pia Lindqvist"]
    assert not GrowthMeeting.objects.visible_to(stranger).exists()


def test_whoever_takes_part_does_not_hold_the_meeting(pair, meet, ana, principal, school):
    Deputy.objects.create(school=school, principal=principal, deputy=ana)

    with pytest.raises(PermissionDenied):
        meet(pair, days=9, by=ana)


def test_a_team_of_two_schools_is_met_by_either_principal_once(pair, meet, ana, cleo, principal, other_principal):
    members.accept(members.invite(pair, by=ana, person=cleo), by=cleo)

    meeting = meet(pair, days=9, by=other_principal)

    assert (meeting.principal, meeting.school.code) == (other_principal, "river")
    with pytest.raises(NotNow):
        meet(pair, days=12, by=principal)


def test_moving_and_cancelling_are_those_of_the_event_and_tell_no_more(coming, principal):
    later = coming.event.starts_at + dt.timedelta(days=1)
    move_event(coming.event, by=principal, starts_at=later, ends_at=later + dt.timedelta(minutes=20))
    assert GrowthMeeting.objects.planned(timezone.now()).get().event.starts_at == later
    assert told("event_moved") == ["Ana Ruiz", "Ben Okafor"]

    cancel_event(coming.event, by=principal)

    assert told("event_cancelled") == ["Ana Ruiz", "Ben Okafor"]
    assert not GrowthMeeting.objects.with_date().exists()
    assert not Notice.objects.filter(kind__startswith="growth").exists()


def test_what_was_called_off_gets_another_date_and_keeps_what_was_brought(coming, pair, meet, ana, principal):
    bring(coming, by=ana, sources=["plan"])
    cancel_event(coming.event, by=principal)

    again = meet(pair, days=12)

    assert again.pk == coming.pk
    assert again.event_id != coming.event_id
    assert Brought.objects.filter(meeting=again).count() == 1


def test_for_another_principal_the_table_is_empty_again(coming, pair, meet, ana, principal, person, school):
    bring(coming, by=ana, sources=["plan"])
    cancel_event(coming.event, by=principal)
    successor = person("Petra Second", Role.PRINCIPAL, school)

    again = meet(pair, days=12, by=successor)

    assert again.principal == successor
    assert not Brought.objects.exists()


def test_a_meeting_with_a_record_passes_to_no_other_principal(met, pair, meet, ana, principal, person, school):
    write_record(met, by=ana, body="We listened more.")
    cancel_event(met.event, by=principal)

    with pytest.raises(NotNow, match="stays among them"):
        meet(pair, days=12, by=person("Petra Second", Role.PRINCIPAL, school))


def test_who_joins_is_expected_who_leaves_is_not_and_withdrawn_work_calls_it_off(coming, pair, ana, ben, stranger):
    members.accept(members.invite(pair, by=ana, person=stranger), by=stranger)
    members.leave(pair, by=ben)
    assert coming_to(coming.event) == ["Ana Ruiz", "Pia Lindqvist", "Sam Stranger"]

    closing.withdraw(pair, by=ana, reason="We moved")

    assert not GrowthMeeting.objects.with_date().exists()


def test_withdrawn_work_gets_no_date(pair, meet, ana):
    closing.withdraw(pair, by=ana, reason="We moved")

    with pytest.raises(PermissionDenied):
        meet(pair, days=9)
