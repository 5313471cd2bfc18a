"""Who is expected at an event: asked, answered, taken off; and what all services of an event do to it."""

from django.db import transaction
from django.utils import timezone

from people.access import require

from .. import policy
from ..followers import ON_PEOPLE
from ..models import Attendance, Event
from .bookings import rebook_event
from .feeds import remember_taken_off
from .telling import tell_people

ASKED, ACCEPTED, DECLINED = Attendance.Answer.ASKED, Attendance.Answer.ACCEPTED, Attendance.Answer.DECLINED
CANCELLED = "This was cancelled. Make a new date if it is to take place after all."


@transaction.atomic
def answer_event(event, *, by, answer, at=None):
    """Say whether you come; the organizer hears of a no. Raises DoubleBooked for a yes to two dates at one time."""
    lock(event)
    mine = event.attendances.filter(person=by)
    require(mine.exists(), "Only those who were asked can answer.")
    require(event.cancelled_at is None, CANCELLED)
    at = at or timezone.now()
    changed = mine.exclude(answer=answer).update(answer=Attendance.Answer(answer), answered_at=at)
    if changed:
        rebook_event(event, by=by)
        follow(ON_PEOPLE, event, by, at)
    if changed and answer == DECLINED and event.organizer_id != by.pk:
        tell_people(event, "event_declined", [event.organizer], by=by, at=at, mark=by.pk)
    return event


@transaction.atomic
def add_people(event, *, by, people, required=True, visited=(), at=None):
    """Ask more people to come. Whoever is expected already stays as they are."""
    lock(event)
    require(policy.may_change(by, event))
    require(event.cancelled_at is None, CANCELLED)
    at = at or timezone.now()
    new = expect(event, people, by=by, required=required, visited=visited, at=at)
    rebook_event(event, by=by)
    follow(ON_PEOPLE, event, by, at)
    tell_people(event, "event_new", [person for person in new if person != by], by=by, at=at)


@transaction.atomic
def remove_people(event, *, by, people, at=None):
    """No longer expect these people: the event leaves their calendars, and they are told."""
    lock(event)
    require(policy.may_change(by, event))
    at = at or timezone.now()
    leaving = list(event.attendances.filter(person__in=people).select_related("person"))
    event.attendances.filter(pk__in=[one.pk for one in leaving]).delete()
    if event.cancelled_at is None:
        remember_taken_off(event, leaving, at)
        rebook_event(event)
        follow(ON_PEOPLE, event, by, at)
        # A person may be asked again and dropped again: each time is a fact of its own.
        told = [one.person for one in leaving if one.person_id != by.pk and one.answer != DECLINED]
        tell_people(event, "event_cancelled", told, by=by, at=at, mark=f"left-{at:%Y%m%d%H%M%S%f}", left=True)


def expected_at(event):
    """The people who still come, or may."""
    expected = event.attendances.exclude(answer=DECLINED).select_related("person").order_by("person__name", "pk")
    return [one.person for one in expected]


def visited_at(event):
    """Those of them whose class is visited: they teach meanwhile."""
    return [one.person for one in event.attendances.filter(visited=True).select_related("person")]


def lock(event):
    """Hold the event's row, and read it anew."""
    event.refresh_from_db(from_queryset=Event.objects.select_for_update())


def bump(event, at, *fields):
    """Save these fields as a change that calendars learn of."""
    event.sequence += 1
    event.changed_at = at
    event.save(update_fields=[*fields, "sequence", "changed_at"])


def follow(followers, event, by, at):
    for one in followers:
        one(event, by, at)


def expect(event, people, *, by, required, visited, at):
    """Expect those who were not yet; returns them. Whoever asks has said yes."""
    there = set(event.attendances.values_list("person_id", flat=True))
    new = {person.pk: person for person in people if person.pk not in there}
    Attendance.objects.bulk_create(
        Attendance(
            event=event,
            person=person,
            required=required,
            visited=person in visited,
            answer=ACCEPTED if person == by else ASKED,
            asked_at=at,
            answered_at=at if person == by else None,
        )
        for person in new.values()
    )
    return list(new.values())


def others(event, by, *, but_declined=False):
    expected = event.attendances.exclude(person=by).select_related("person")
    return [one.person for one in expected if not (but_declined and one.answer == DECLINED)]
