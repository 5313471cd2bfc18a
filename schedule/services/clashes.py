"""Who and what is taken: warnings before a date is set. They can be overruled; issue 3 makes them hard."""

import datetime as dt
import hashlib
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from people.clock import zone_of
from people.models import NoSchoolDay, User

from ..models import Attendance, Event
from ..words import clock, day_words

LATELY = dt.timedelta(days=180)


@dataclass(frozen=True)
class Clash:
    """One reason to think again. `what` is the event's title only for those who may see it, else "busy"."""

    kind: str  # person, room or day
    who: User | None
    what: str
    sentence: str

    def __str__(self):
        return self.sentence


def clashes(*, people, starts_at, ends_at, school=None, place="", leave_out=None, by=None):
    """What stands in the way of an event: people, the room, a day without school. A query for each of the three.

    `leave_out` is the event that is being moved; `by` is who asks, and sees titles of the events open to them.
    """
    zone = zone_of(school) if school else timezone.get_current_timezone()
    span = (starts_at, ends_at)
    return [
        *_people_taken(people, *span, leave_out, by, zone),
        *_room_taken(school, place, *span, leave_out, zone),
        *_days_off(school, *span, zone),
    ]


def clash_mark(found):
    """A short mark of exactly these warnings: "save anyway" counts only for what the person was shown."""
    return hashlib.sha256("\n".join(clash.sentence for clash in found).encode()).hexdigest()[:20] if found else ""


def busy(people, start, end):
    """Spans of time taken, by person id, without a word of what by: one query."""
    spans = {person.pk: [] for person in people}
    rows = Attendance.objects.taking_time(people, start, end).order_by("event__starts_at")
    for person, *span in rows.values_list("person_id", "event__starts_at", "event__ends_at"):
        spans[person].append(tuple(span))
    return spans


def colleagues_of(person, *, at=None):
    """The colleagues whom somebody has met lately or is about to meet, by name: at most thirty."""
    since = (at or timezone.now()) - LATELY
    mine = Event.objects.of(person).filter(starts_at__gt=since).exclude(kind=Event.Kind.SESSION)
    met = Attendance.objects.filter(event__in=mine).exclude(person=person).values("person")
    return list(User.objects.visible_to(person).filter(is_active=True, pk__in=met).order_by("name", "pk")[:30])


def _people_taken(people, starts_at, ends_at, leave_out, by, zone):
    taken = Attendance.objects.taking_time(people, starts_at, ends_at).exclude(event=leave_out)
    seen = Event.objects.visible_to(by) if by else Event.objects.none()
    taken = taken.annotate(is_open=Exists(seen.filter(pk=OuterRef("event"))))
    for one in taken.select_related("person", "event").order_by("person__name", "event__starts_at"):
        what = one.event.title if one.is_open else "busy"
        sentence = f"{one.person.name} is busy {_hours(one.event, zone)}"
        yield Clash("person", one.person, what, f"{sentence}: {what}." if one.is_open else f"{sentence}.")


def _room_taken(school, place, starts_at, ends_at, leave_out, zone):
    if not (school and place.strip()):
        return
    there = Event.objects.standing().between(starts_at, ends_at).filter(school=school, place__iexact=place.strip())
    for event in there.exclude(pk=leave_out.pk if leave_out else None):
        yield Clash("room", None, "busy", f"{event.place} is taken {_hours(event, zone)}.")


def _days_off(school, starts_at, ends_at, zone):
    first = starts_at.astimezone(zone).date()
    last = (ends_at - dt.timedelta(microseconds=1)).astimezone(zone).date()
    of_school = Q(school=None) | Q(school=school)
    for off in NoSchoolDay.objects.filter(of_school, day__range=(first, last)):
        yield Clash("day", None, off.name, f"There is no school on {day_words(off.day)}: {off.name}.")


def _hours(event, zone):
    return f"{clock(event.starts_at.astimezone(zone))} to {clock(event.ends_at.astimezone(zone))}"
