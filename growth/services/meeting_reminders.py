"""What is due around growth meetings: choosing what to bring some days before, and what comes next year afterwards."""

import datetime as dt
from zoneinfo import ZoneInfo

from django.db.models import Prefetch

from notices.day_before import LONGEST, DaysOff, is_school_day
from notices.services import notice_for, tell_each
from partnerships.models import Member
from partnerships.services.ground import facts_of
from people import clock
from schedule.words import day_words

from ..models import Brought, GrowthMeeting

BEFORE = 5  # school days: time to look through what one has, and to ask a partner
LATELY = dt.timedelta(days=30)  # who has not decided by then is not asked any more
DAY = dt.timedelta(days=1)
FARTHEST = (2 * LONGEST) * DAY  # so far before a meeting its five school days begin at most, in a break


def remind_of_meetings(*, now):
    """Tell each of the team once for a date. The number of queries does not grow with the meetings."""
    home = clock.zone_of()

    def day_at(school, moment):
        return moment.astimezone(ZoneInfo(school.time_zone) if school.time_zone else home).date()

    tell_each([*of_bringing(day_at, now), *of_deciding(day_at, now)], at=now)


def of_bringing(day_at, now):
    """Those who have brought nothing yet, of meetings at most five school days ahead."""
    days_off, soon = DaysOff(now), []
    for meeting in with_team(GrowthMeeting.objects.planned(now).filter(event__starts_at__range=(now, now + FARTHEST))):
        day = day_at(meeting.school, meeting.event.starts_at)
        if school_days_before(day, BEFORE, days_off.at(meeting.school_id)) <= day_at(meeting.school, now):
            soon.append((meeting, day))
    brought = set(Brought.objects.filter(meeting__in=[meeting for meeting, _ in soon]).values_list("meeting", "by"))
    for meeting, day in soon:
        facts = facts_of(meeting.partnership, who=meeting.principal, day=day_words(day))
        path = f"{meeting.get_absolute_url()}bring/"
        yield from to_team(meeting, "growth_bring", path=path, facts=facts, but=brought)


def of_deciding(day_at, now):
    """From the day after they met, unless they have decided or gone on already."""
    open_yet = GrowthMeeting.objects.held(now).filter(decision="", partnership__renewed_as=None)
    for meeting in with_team(open_yet.filter(event__ends_at__gt=now - LATELY)):
        if day_at(meeting.school, now) > day_at(meeting.school, meeting.event.ends_at):
            facts, path = facts_of(meeting.partnership, who=meeting.principal), meeting.get_absolute_url()
            yield from to_team(meeting, "growth_decide", path=path, facts=facts)


def with_team(meetings):
    team = Prefetch("partnership__members", Member.objects.active().select_related("person"))
    return meetings.select_related("event", "school", "principal", "partnership__support").prefetch_related(team)


def to_team(meeting, kind, *, but=(), **told):
    key, thread = f"{kind}:{meeting.pk}:{meeting.event_id}", meeting.partnership.thread
    for member in meeting.partnership.members.all():
        if (meeting.pk, member.person_id) not in but:
            yield notice_for(member.person, kind, key=key, thread=thread, **told)


def school_days_before(day, number, days_off):
    """The day that lies so many school days before; in a long break at most four weeks."""
    earliest = day - FARTHEST
    while number and day > earliest:
        day -= DAY
        number -= is_school_day(day, days_off)
    return day
