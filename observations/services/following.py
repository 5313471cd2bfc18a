"""What happens to cover when the event that it is for moves or is called off, and when somebody leaves.

Called inside the transaction of the fact.
"""

import datetime as dt

from people import clock
from schedule.models import Period

from ..models import Coverage, Walk
from .coverage import ask_anew, drop, fact, hold_schools, release, tell

State = Coverage.State


def of_event(event):
    """Its requests that were not withdrawn, with their schools held."""
    requests = Coverage.objects.filter(event=event).exclude(state=State.WITHDRAWN)
    hold_schools(requests.values("school").distinct())
    return list(requests.select_related("coverer", "asker", "school", "event"))


def follow_cancelled_event(event, by, at):
    """Cover goes with the event that it was for."""
    for coverage in of_event(event):
        drop(coverage, at=at)


def follow_moved_event(event, by, at):
    """Each class moves as far as the event did, and its cover is asked for anew; another room changes nothing."""
    for coverage in of_event(event):
        if coverage.event_at != event.starts_at:
            release(coverage, at=at)
            shift(coverage, event)
            ask_anew(coverage, at=at)


def shift(coverage, event):
    """Move the request by the clock of its school; one that would run past midnight takes the event's own span."""
    zone = clock.zone_of(coverage.school)
    starts, ends = (moment.astimezone(zone).replace(tzinfo=None) for moment in (event.starts_at, event.ends_at))
    if coverage.event_at:
        by = starts - coverage.event_at.astimezone(zone).replace(tzinfo=None)
        moved = [dt.datetime.combine(coverage.day, time) + by for time in (coverage.starts, coverage.ends)]
        if moved[0].date() == moved[1].date():
            starts, ends = moved
    coverage.day, coverage.starts = starts.date(), starts.time()
    coverage.ends = ends.time() if ends.date() == starts.date() and ends > starts else dt.time(23, 59)
    same_hours = {"starts": coverage.starts, "ends": coverage.ends}
    usual = Period.objects.filter(schedule__school=coverage.school_id, schedule__is_default=True)
    coverage.period = usual.filter(**same_hours).first()


def coming_of(person, day):
    """What somebody who leaves has promised or asked from a day on."""
    coming = Coverage.objects.live().filter(day__gte=day).select_related("asker", "coverer", "school")
    return coming.filter(coverer=person, state=State.ASSIGNED), coming.filter(asker=person)


def open_walks_of(person, day):
    open_walks = Walk.objects.standing().filter(facilitator=person, closed_at=None, day__gte=day)
    return open_walks.select_related("school")


def unfinished_work(person):
    """For the page on which an admin sees off a leaver."""
    today = clock.today()
    given, asked = coming_of(person, today)
    rows = [
        (f"Leads the {str(walk)[0].lower()}{str(walk)[1:]}", walk.get_absolute_url())
        for walk in open_walks_of(person, today)
    ]
    rows += [(f"Covers {one}", one.get_absolute_url()) for one in given]
    return rows + [(f"Asked for cover of {one}", one.get_absolute_url()) for one in asked]


def hand_over(person, *, to, by, at):
    """Walks go to a colleague who facilitates there; a class that they were to cover needs a name again."""
    today = clock.today(None, at)
    for walk in open_walks_of(person, today):
        if to.standing.facilitates(walk.school_id):
            Walk.objects.filter(pk=walk.pk).update(facilitator=to)
    given, asked = coming_of(person, today)
    hold_schools([one.school_id for one in [*given, *asked]])
    for coverage in given:
        release(coverage, at=at)
        coverage.state = State.APPROVED
        coverage.save()
        tell(coverage.asker, "coverage_approved", **fact(coverage, "approved", at))
    for coverage in asked:
        drop(coverage, at=at)
