"""The kinds of notice of this room. They say that there is something to read or to do, never what somebody wrote."""

from notices.registry import NoticeKind
from partnerships.policy import member_of

from .models import Brought, BroughtYes, GrowthMeeting, MeetingRecord, RecordYes, ShoutOut
from .policy import may_bring, may_decide_next_year, may_write_record


def row_of(notice):
    return int(notice.key.split(":")[1])


def is_undecided(notice):
    return ShoutOut.objects.waiting().filter(pk=row_of(notice)).exists()


def is_shown(notice):
    return ShoutOut.objects.shown().filter(pk=row_of(notice)).exists()


def meeting_of(notice):
    rows = GrowthMeeting.objects.select_related("event", "partnership")
    return rows.prefetch_related("partnership__members").filter(pk=row_of(notice)).first()


def has_brought_nothing(notice):
    """They are still of the team, it is still ahead, and they have laid nothing on the table."""
    meeting = meeting_of(notice)
    may = meeting and may_bring(notice.person, meeting)
    return bool(may) and not Brought.objects.filter(meeting=meeting, by=notice.person).exists()


def may_still_be_brought(notice):
    asked = BroughtYes.objects.filter(brought=row_of(notice), person=notice.person, given_at=None)
    asked = asked.select_related("brought__meeting__event", "brought__meeting__partnership").first()
    return asked is not None and may_bring(notice.person, asked.brought.meeting)


def waits_for_a_yes(notice):
    """To the version that they were told of: a newer one has a notice of its own."""
    record = MeetingRecord.objects.filter(pk=row_of(notice), version=notice.key.split(":")[2])
    record = record.select_related("meeting__event", "meeting__partnership").first()
    if record is None or record.is_agreed or not may_write_record(notice.person, record.meeting):
        return False
    return not RecordYes.objects.filter(record=record, person=notice.person).exists()


def is_open_what_comes(notice):
    meeting = meeting_of(notice)
    is_open = meeting and not meeting.decision and not hasattr(meeting.partnership, "renewed_as")
    return bool(is_open) and may_decide_next_year(notice.person, meeting)


def is_decided(notice):
    """As they were told: the team has not decided anew since."""
    meeting = meeting_of(notice)
    told = meeting and meeting.decision and f"{meeting.decided_at:%Y%m%d%H%M%S}" == notice.key.split(":")[2]
    return bool(told) and (
        meeting.principal_id == notice.person_id or bool(member_of(notice.person, meeting.partnership))
    )


NEWS = [
    NoticeKind(
        "newsletter",
        "A newsletter is out",
        "Newsletter: {title}",
        "{who} has sent the newsletter: who looks for partners, what is coming up, and who says thank you.",
        "Read the newsletter",
    ),
    NoticeKind(
        "shout_out",
        "A colleague thanks me",
        "{who} thanks you",
        "{who} has written you a few lines of thanks. You decide whether others may read them.",
        "Read them",
        is_undecided,
    ),
    NoticeKind(
        "shout_out_shown",
        "My thanks may be read by all",
        "{who} agrees: your thanks may be read by all",
        "{who} is happy for all the staff to read your thanks.",
        "See it",
        is_shown,
    ),
]

MEETINGS = [
    NoticeKind(
        "growth_bring",
        "A growth meeting comes, and I have brought nothing",
        "Choose what to bring: growth meeting, {day}",
        "You meet {who} about your year with {support}. Choose what you would like to show. Nothing is fine too.",
        "Choose what to bring",
        has_brought_nothing,
    ),
    NoticeKind(
        "growth_joint",
        "A partner would like to bring a text of ours to the growth meeting",
        "May this be brought to your growth meeting? {support}",
        "{who} would like to bring a text that you wrote together. Your principal reads it only if all of you agree.",
        "Read it and answer",
        may_still_be_brought,
        can_be_off=False,
    ),
    NoticeKind(
        "growth_agree",
        "The record of a growth meeting waits for my yes",
        "Do you agree to the record? Growth meeting, {support}",
        "{who} has written down what came of your growth meeting. It counts once all of you agree.",
        "Read the record",
        waits_for_a_yes,
        can_be_off=False,
    ),
    NoticeKind(
        "growth_decide",
        "We have met, and next year is open",
        "What comes next year? {support}",
        "You have met {who}. Decide as a team: go on for a second year, change something, or end here.",
        "Decide about next year",
        is_open_what_comes,
    ),
    NoticeKind(
        "growth_decided",
        "A team has decided about next year",
        "Decided about next year: {support}",
        "{who} has said for the team what comes next year.",
        "See what they decided",
        is_decided,
    ),
]

KINDS = [*NEWS, *MEETINGS]
