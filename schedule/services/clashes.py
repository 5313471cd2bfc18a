"""Who and what is taken, told before a date is set: some of it refuses the date, the rest can be overruled."""

import datetime as dt
import hashlib
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import BooleanField, Exists, ExpressionWrapper, F, OuterRef, Q, Value
from django.utils import timezone

from people.clock import zone_of
from people.models import NoSchoolDay, User

from .. import policy
from ..busy import classes_taken, what_of
from ..followers import ON_CLASSES
from ..models import Attendance, Booking, Event
from ..words import day_words, taken_words
from .bookings import BESIDE, person_holder, room_holder

LATELY = dt.timedelta(days=180)


@dataclass(frozen=True)
class Clash:
    """One reason to think again; a hard one is refused. `what` is an event's title only for those who may see it."""

    kind: str  # person, room, day or class
    who: User | None
    what: str
    sentence: str
    is_hard: bool = False

    def __str__(self):
        return self.sentence


class Wanted(NamedTuple):
    """A date to be: who is to come, and when. The classes of those who are `visited` go on."""

    people: list
    starts_at: dt.datetime
    ends_at: dt.datetime
    visited: list = ()

    @property
    def holders(self):
        return {person_holder(person) for person in self.people}

    def days(self, zone):
        """The first and the last day of it on that clock, mostly one."""
        last = self.ends_at - dt.timedelta(microseconds=1)
        return sorted({moment.astimezone(zone).date() for moment in (self.starts_at, last)})


def clashes(*, people, starts_at, ends_at, school=None, place="", leave_out=None, by=None, visited=()):
    """What stands in the way of an event: people, the room, a day without school, classes. A query for each kind.

    Hard are a room that another date has, and what `by`, who sets this one, said yes to; others answer for themselves.
    `leave_out` is the event that is being moved; `by` sees titles of the events open to them; the classes of those
    who are `visited` go on.
    """
    wanted = Wanted(people, starts_at, ends_at, visited)
    leave_out = [leave_out] if leave_out else ()
    return clashes_of_dates([wanted], school=school, place=place, leave_out=leave_out, by=by)


def clashes_of_dates(dates, *, school=None, place="", leave_out=(), by=None):
    """The same for several Wanted dates, one after the other; `leave_out` are all the events that are being moved.

    A query for people and the room, one for days off, and one for the classes of each date.
    """
    zone = zone_of(school) if school else timezone.get_current_timezone()
    room = {room_holder(school, place)} if school and place.strip() else set()
    rows, off, found = _bookings(dates, room, leave_out, by), _days_off(dates, school, zone), []
    for date in dates:
        holders, span = date.holders | room, (date.starts_at, date.ends_at)
        found += [_taken(row, by, zone) for row in rows if row.holder in holders and row.overlaps(*span)]
        found += [_day_off(day, off[day]) for day in date.days(zone) if day in off]
        away = [person for person in date.people if person not in date.visited]
        when = f"on {day_words(span[0].astimezone(zone).date())}" if len(dates) > 1 else "then"
        found += _classes(classes_taken(away, *span), away, *span, by, when)
    return found


def refusals(found):
    return [clash for clash in found if clash.is_hard]


def warnings(found):
    return [clash for clash in found if not clash.is_hard]


def clash_mark(found):
    """A short mark of exactly these warnings: "save anyway" counts only for what the person was shown."""
    return hashlib.sha256("\n".join(clash.sentence for clash in found).encode()).hexdigest()[:20] if found else ""


def class_words(taught, *, by):
    """7B Math, for those who may read the timetable that it stands in; nothing for others."""
    return what_of(taught) if by and policy.knows_classes(by, taught.school_id) else ""


def colleagues_of(person, *, at=None):
    """The colleagues whom somebody has met lately or is about to meet, by name: at most thirty."""
    since = (at or timezone.now()) - LATELY
    mine = Event.objects.of(person).filter(starts_at__gt=since).exclude(kind=Event.Kind.SESSION)
    met = Attendance.objects.filter(event__in=mine).exclude(person=person).values("person")
    return list(User.objects.visible_to(person).filter(is_active=True, pk__in=met).order_by("name", "pk")[:30])


def _bookings(dates, room, leave_out, by):
    """What these people and the room have then: people first, by name, then the room."""
    holders, at_one_of_them = set(room), Q(pk__in=[])
    for date in dates:
        holders |= date.holders
        at_one_of_them |= Booking.overlap(date.starts_at, date.ends_at)
    seen = Exists(Event.objects.visible_to(by).filter(pk=OuterRef("event"))) if by else Value(False)
    rows = Booking.objects.filter(at_one_of_them, holder__in=holders)
    # Not `exclude`, which would look for bookings without an event as well.
    rows = rows.filter(~Q(event__in=leave_out) | Q(event=None)) if leave_out else rows
    rows = rows.annotate(is_open=ExpressionWrapper(seen, output_field=BooleanField())).select_related(*BESIDE)
    return list(rows.order_by(F("person__name").asc(nulls_last=True), "starts_at"))


def _taken(row, by, zone):
    sentence = taken_words(row, zone, at=timezone.now(), by=by, is_open=row.is_open)
    what = row.event.title if row.event and row.is_open else "busy"
    is_hard = row.firm and row.person in (by, None)
    return Clash("person" if row.person else "room", row.person, what, sentence, is_hard)


def _days_off(dates, school, zone):
    """{date: why} of those without school."""
    days = {day for date in dates for day in date.days(zone)}
    rows = NoSchoolDay.objects.filter(Q(school=None) | Q(school=school), day__in=days)
    return dict(rows.values_list("day", "name"))


def _day_off(day, why):
    return Clash("day", None, why, f"There is no school on {day_words(day)}: {why}.")


def _classes(missed, people, starts_at, ends_at, by, when):
    """Each class that is missed, and what upper apps know of those that need cover."""
    found = [_class_missed(taken, by, when) for taken in missed]
    if need := [taken for taken in missed if not taken.co_teachers]:
        words = (sentence for say in ON_CLASSES for sentence in say(need, people, starts_at, ends_at))
        found += [Clash("class", None, "", sentence) for sentence in words]
    return found


def _class_missed(taken, by, when):
    what = class_words(taken, by=by) or "a class"
    teaches = "You teach" if taken.person == by else f"{taken.person.name} teaches"
    cover = "a co-teacher stays with the class." if taken.co_teachers else "it needs cover."
    return Clash("class", taken.person, what, f"{teaches} {what} {when}; {cover}")
