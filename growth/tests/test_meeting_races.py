"""Those who meet, at the same moment. SQLite lets in one writer at a time, so these need PostgreSQL."""

import pytest
from django.utils import timezone

from growth.models import Brought, BroughtYes, GrowthMeeting, MeetingRecord, RecordYes
from growth.services.bringing import agree_to_bring, bring, take_back
from growth.services.next_year import decide_next_year
from growth.services.record import agree, write_record
from partnerships.models import Entry, Partnership
from partnerships.services import words
from partnerships.tests.test_races import at_once
from schedule.models import Event

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("turn", range(5))
def test_a_yes_never_counts_for_a_text_that_was_changed_at_that_moment(met, ana, ben, principal, turn):
    write_record(met, by=ana, body="First.")
    agree(met, by=principal, version=1)

    told = at_once(
        lambda: agree(met, by=ben, version=1), lambda: write_record(met, by=principal, body="Second.", version=1)
    )

    record = MeetingRecord.objects.get()
    assert told in {(2, 0), (1, 1)}
    assert (record.body, record.version, record.is_agreed) == ("Second.", 2, False)
    assert [yes.person for yes in RecordYes.objects.all()] == [principal]
    assert record.agreed_body == ("First." if told == (2, 0) else "")


def test_of_two_who_write_at_once_one_does_and_the_other_reads_it_first(met, ana, principal):
    told = at_once(
        lambda: write_record(met, by=ana, body="Ana's."), lambda: write_record(met, by=principal, body="Pia's.")
    )

    assert told == (1, 1)
    assert MeetingRecord.objects.get().version == 1


def test_the_last_two_yeses_at_once_make_it_count(met, ana, ben, principal):
    write_record(met, by=ana, body="First.")

    told = at_once(*[lambda who=who: agree(met, by=who, version=1) for who in (ben, principal)])

    assert told == (2, 0)
    assert MeetingRecord.objects.get().is_agreed


def test_two_of_the_team_begin_one_second_year(met, ana, ben):
    done = {"status": Partnership.Status.COMPLETED, "completed_at": timezone.now()}
    Partnership.objects.filter(pk=met.partnership_id).update(**done)

    told = at_once(*[lambda who=who: decide_next_year(met, by=who, decision="renew") for who in (ana, ben)])

    assert told == (1, 1)
    assert Partnership.objects.filter(renewed_from=met.partnership).count() == 1


def test_two_principals_set_one_date(pair, meet, principal, person, school):
    other = person("Petra Second", "principal", school)

    told = at_once(*[lambda who=who: meet(pair, days=9, by=who) for who in (principal, other)])

    assert told == (1, 1)
    assert GrowthMeeting.objects.get().event == Event.objects.get(title="Growth meeting")


def test_a_joint_text_is_agreed_to_or_taken_back(coming, pair, ana, ben):
    given = {"kind": Entry.Kind.SUMMARY, "body": "Ours.", "joint": True, "audience": Entry.Audience.PARTNERS}
    text = words.write(pair, by=ana, **given)
    bring(coming, by=ana, sources=[f"text:{text.pk}"])
    mine, other = Brought.objects.get(), Brought.objects.get()

    done, refused = at_once(lambda: agree_to_bring(mine, by=ben), lambda: take_back(other, by=ana))

    assert done + refused == 2
    assert not Brought.objects.exists()
    assert not BroughtYes.objects.exists()
