"""Where a request goes when the event that it is for moves: to the class that is taken now, or as far as the event."""

import datetime as dt

from people import clock
from schedule.models import Period


def facts_of(taken):
    """What a request says of a class that the timetable knows (a schedule.busy.ClassTaken)."""
    return {
        "day": taken.day,
        "starts": taken.starts,
        "ends": taken.ends,
        "period_id": taken.period_id,
        "slot_id": taken.slot_id,
        "worked_out": True,
        "class_name": taken.class_name[:80],
        "subject": taken.subject,
        "room": taken.room,
        "school_id": taken.school_id,
    }


def shifted(coverage):
    """The hours of a request that moves as far as its event did, by the clock of its school.

    One that would run past midnight takes the event's own span.
    """
    event, zone = coverage.event, clock.zone_of(coverage.school)
    starts, ends = (moment.astimezone(zone).replace(tzinfo=None) for moment in (event.starts_at, event.ends_at))
    if coverage.event_at:
        by = starts - coverage.event_at.astimezone(zone).replace(tzinfo=None)
        moved = [dt.datetime.combine(coverage.day, time) + by for time in (coverage.starts, coverage.ends)]
        if moved[0].date() == moved[1].date():
            starts, ends = moved
    until = ends.time() if ends.date() == starts.date() and ends > starts else dt.time(23, 59)
    hours = {"starts": starts.time(), "ends": until}
    usual = Period.objects.filter(schedule__school=coverage.school_id, schedule__is_default=True)
    return {"day": starts.date(), "period": usual.filter(**hours).first(), **hours}
