"""The record of a growth meeting: written by either side, and nothing before both sides agree."""

from django.db import transaction
from django.utils import timezone

from partnerships.services.ground import NotNow, people_of, tell_of
from people.access import require

from ..models import MeetingRecord, RecordYes
from ..policy import may_write_record
from .meetings import held

CHANGED = "{} has changed it meanwhile. Read it again as it stands now."


@transaction.atomic
def write_record(meeting, *, by, body, version=0, at=None):
    """Write it, or change it: everybody but the writer is asked anew. What they had agreed to is kept until then.

    `version` is the one that the writer read, 0 where there was none. Raises NotNow when somebody was quicker.
    """
    at = at or timezone.now()
    meeting = held(meeting)
    require(may_write_record(by, meeting, at), "You write it down once the meeting has begun.")
    record = of_meeting(meeting)
    refuse_other_version(record, version)
    if record and record.body == body:
        return record
    if record is None:
        record = MeetingRecord.objects.create(meeting=meeting, body=body, changed_by=by, changed_at=at)
    else:
        record.body, record.version, record.changed_by, record.changed_at = body, version + 1, by, at
        record.save(update_fields=["body", "version", "changed_by", "changed_at"])
        RecordYes.objects.filter(record=record).delete()
    RecordYes.objects.create(record=record, person=by, given_at=at)
    if not settle(record, meeting, at=at):
        ask_the_others(record, meeting, by=by, at=at)
    return record


@transaction.atomic
def agree(meeting, *, by, version, at=None):
    """Agree to the version that one has read; a second press changes nothing.

    Raises NotNow when it has another text by now.
    """
    at = at or timezone.now()
    meeting = held(meeting)
    require(may_write_record(by, meeting, at))
    record = of_meeting(meeting)
    refuse_other_version(record, version)
    if record and not record.is_agreed:
        RecordYes.objects.get_or_create(record=record, person=by, defaults={"given_at": at})
        settle(record, meeting, at=at)
    return record


def of_meeting(meeting):
    return MeetingRecord.objects.filter(meeting=meeting).select_related("changed_by").first()


def refuse_other_version(record, version):
    if (record.version if record else 0) != version:
        raise NotNow(CHANGED.format(record.changed_by if record else "Somebody"))


def needed(meeting):
    """Whose agreement it takes: the team's of today, each of them, and the principal's."""
    return [*people_of(meeting.partnership), meeting.principal]


def settle(record, meeting, *, at):
    """Let it count if nobody's yes is missing; says whether it does."""
    agreed = set(RecordYes.objects.filter(record=record).values_list("person", flat=True))
    if not {person.pk for person in needed(meeting)} <= agreed:
        return False
    record.agreed_body, record.agreed_version, record.agreed_at = record.body, record.version, at
    record.save(update_fields=["agreed_body", "agreed_version", "agreed_at"])
    return True


def ask_the_others(record, meeting, *, by, at):
    others = [person for person in needed(meeting) if person != by]
    told = {"key": f"growth_agree:{record.pk}:{record.version}", "path": meeting.get_absolute_url()}
    tell_of(meeting.partnership, others, "growth_agree", who=by, at=at, **told)
