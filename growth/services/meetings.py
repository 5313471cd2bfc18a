"""Setting the date of a growth meeting. Moving and calling it off are the event's own, as of every date."""

from django.db import transaction
from django.utils import timezone

from partnerships.models import PlannedEvent
from partnerships.policy import member_of
from partnerships.services.ground import NotNow, lock
from people import clock
from people.access import require
from people.models import Deputy, Role, School, User
from schedule.models import Event
from schedule.services import create_event

from ..models import Brought, GrowthMeeting, MeetingRecord
from ..policy import may_schedule_meeting, schools_of_meetings

TITLE = "Growth meeting"


@transaction.atomic
def schedule_meeting(partnership, *, by, starts_at, ends_at, place="", video_link="", at=None):
    """Put the meeting of a team with its principal into everybody's calendar; the event tells the team.

    It is a date of the partnership: who leaves or joins is let go of or expected, and what is withdrawn calls it off.
    One that was called off gets its new date here. Raises NotNow when it has a date already.
    """
    at = at or timezone.now()
    partnership = lock(partnership)
    require(may_schedule_meeting(by, partnership))
    school = school_of(by, partnership)
    principal = principal_for(by, school)
    require(principal and not member_of(principal, partnership), "The principal takes part in this work herself.")
    meeting = GrowthMeeting.objects.filter(partnership=partnership).select_related("event", "principal").first()
    refuse_if_taken(meeting, principal)
    when = {"starts_at": starts_at, "ends_at": ends_at, "place": place, "video_link": video_link}
    event = event_of(partnership, school, principal, by=by, at=at, **when)
    return take_up(meeting, partnership, school=school, principal=principal, event=event, at=at)


def school_of(by, partnership):
    """The school that it counts with: where the work was started, or else that of the first member whom they lead."""
    led = schools_of_meetings(by)
    schools = [partnership.school_id, *(member.school_id for member in partnership.members.active())]
    return School.objects.get(pk=next(school for school in schools if school in led))


def principal_for(by, school):
    """The person herself, or whom she stands in for today."""
    if school.pk in by.standing.schools_as(Role.PRINCIPAL):
        return by
    today = clock.today(school)
    standing_in = Deputy.objects.on(today).filter(deputy=by, school=school, principal__is_active=True)
    found = standing_in.select_related("principal").first()
    return found.principal if found else None


def refuse_if_taken(meeting, principal):
    if meeting and meeting.has_date:
        raise NotNow("This team has a date already. You can move it, or call it off, on the date's own page.")
    if meeting and meeting.principal_id != principal.pk and MeetingRecord.objects.filter(meeting=meeting).exists():
        raise NotNow(f"{meeting.principal} has held this meeting, and what was written there stays among them.")


def event_of(partnership, school, principal, *, by, at, **when):
    team = User.objects.filter(memberships__in=partnership.members.active())
    event = create_event(
        by=by,
        kind=Event.Kind.MEETING,
        title=TITLE,
        people=[principal, *team],
        school=school,
        thread=partnership.thread,
        path=partnership.get_absolute_url(),
        at=at,
        **when,
    )
    PlannedEvent.objects.create(partnership=partnership, event=event)
    return event


def take_up(meeting, partnership, **facts):
    """The team's one row. What was brought was brought to a person: for another principal the table is empty again."""
    at = facts.pop("at")
    if meeting is None:
        return GrowthMeeting.objects.create(partnership=partnership, made_at=at, **facts)
    if meeting.principal_id != facts["principal"].pk:
        Brought.objects.filter(meeting=meeting).delete()
    GrowthMeeting.objects.filter(pk=meeting.pk).update(**facts)
    return GrowthMeeting.objects.get(pk=meeting.pk)


def held(meeting):
    """The row as it is now, with its partnership locked: whatever happens around a meeting happens in turn."""
    partnership = lock(meeting.partnership)
    meeting = GrowthMeeting.objects.select_related("event", "school", "principal").get(pk=meeting.pk)
    meeting.partnership = partnership
    return meeting
