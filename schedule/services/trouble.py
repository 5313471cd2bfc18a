"""Events that a change of a school's days breaks: flagged and told, never moved or dropped.

Trouble leaves an event when it is moved, when the change is taken back, or when its organizer keeps it as it is. It
belongs to the page alone: the event's sequence and its calendars stay as they are.
"""

import datetime as dt

from django.db import transaction
from django.db.models import F

from notices.services import notice_for, tell_each
from people.access import require
from people.models import Post, Role, User

from .. import policy
from ..breaking import trouble_of
from ..models import Attendance, Event, Timetable
from .telling import facts_of, zones_of

KIND = "event_troubled"
TEACHING = (Role.TEACHER, Role.TEACHER_LEADER, Role.COACH)


def flag_events(changes, *, at):
    """Flag future events that these changes break, at the school or with people who teach there, and tell of them.

    `changes` are {school: {date: (was, is)}} with pictures of the day. Locks the flagged events in their order.
    """
    if not changes:
        return
    touched = _touched(changes, at)
    taught = set(Timetable.objects.filter(school__in=changes).values_list("school_id", flat=True))
    concerned = Event.objects.filter(pk__in=touched).select_related("school").order_by("pk")
    due = [event.pk for event in concerned if _trouble(event, touched, changes, taught) != event.trouble]
    if not due:
        return
    flagged, eased = [], []
    for event in concerned.filter(pk__in=due).select_for_update(of=["self"]):
        event.trouble = _trouble(event, touched, changes, taught)
        (flagged if event.trouble else eased).append(event)
    Event.objects.bulk_update(flagged + eased, ["trouble"], batch_size=500)
    _tell(flagged, at)


@transaction.atomic
def keep_event(event, *, by):
    """The organizer leaves the event where it is, whatever changed around it: the flag goes."""
    event.refresh_from_db(from_queryset=Event.objects.select_for_update())
    require(policy.may_change(by, event))
    if event.trouble:
        event.trouble = ""
        event.save(update_fields=["trouble"])
    return event


def _touched(changes, at):
    """{event id: [school, ...]} for events that lie ahead around these dates; its own school comes first."""
    schools = {school.pk: school for school in changes}
    dates = [date for days in changes.values() for date in days]
    ends = (min(dates) - dt.timedelta(days=1), max(dates) + dt.timedelta(days=2))
    start, end = (dt.datetime.combine(day, dt.time(0), tzinfo=dt.UTC) for day in ends)
    ahead = Event.objects.standing().between(max(start, at), end)
    touched = {}
    for event, school in ahead.filter(school__in=schools).values_list("pk", "school_id"):
        touched[event] = [schools[school]]
    for event, school in _visiting(ahead, schools, at):
        touched.setdefault(event, []).append(schools[school])
    return touched


def _visiting(events, schools, at):
    """(event, school) where somebody who teaches at the school is expected at an event elsewhere."""
    posts = Post.objects.current(at.date()).filter(school__in=schools, role__in=TEACHING)
    expected = Attendance.objects.filter(event__in=events, person__posts__in=posts)
    expected = expected.exclude(answer=Attendance.Answer.DECLINED).exclude(event__school=F("person__posts__school"))
    return expected.order_by("event", "person__posts__school").values_list("event", "person__posts__school").distinct()


def _trouble(event, touched, changes, taught):
    """The first thing that is wrong with it now, else what was wrong before and still is."""
    trouble = event.trouble
    for school in touched[event.pk]:
        for date, (was, now) in _days_of(event, changes[school]):
            at = "" if event.school_id == school.pk else school.name
            span = (event.starts_at, event.ends_at)
            found = trouble_of(span, date, was, now, trouble=trouble, school=at, has_classes=school.pk in taught)
            if found != trouble and found:
                return found
            trouble = found
    return trouble


def _days_of(event, days):
    """The changed dates that the event takes place on, with their pictures."""
    zones = {now.zone for _, now in days.values()}
    last = event.ends_at - dt.timedelta(microseconds=1)
    on = {moment.astimezone(zone).date() for zone in zones for moment in (event.starts_at, last)}
    return [(date, days[date]) for date in sorted(on) if date in days]


def _tell(events, at):
    """One notice for each organizer and each person whose time a flagged event takes."""
    expected = Attendance.objects.filter(event__in=events).exclude(answer=Attendance.Answer.DECLINED)
    told = {(event.pk, event.organizer_id) for event in events} | set(expected.values_list("event_id", "person_id"))
    people = {person.pk: person for person in User.objects.filter(pk__in={pk for _, pk in told}, is_active=True)}
    zones, known = zones_of(people.values(), at.date()), {event.pk: event for event in events}
    notices = [
        _notice(known[event], people[person], zones[person], at) for event, person in sorted(told) if person in people
    ]
    tell_each(notices, at=at)


def _notice(event, person, zone, at):
    facts = facts_of(event, zone, at) | {"trouble": event.trouble}
    key = f"event-troubled:{event.pk}:{at:%Y%m%d%H%M%S%f}"
    return notice_for(person, KIND, key=key, path=event.get_absolute_url(), facts=facts, thread=event.thread)
