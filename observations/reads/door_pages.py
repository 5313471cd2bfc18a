"""The pages of open doors: the list, one door, and what a host chooses from."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Q
from django.utils import timezone

from people import clock
from people.models import School, SchoolYear
from schedule.frames import frame, frames
from schedule.models import TeachingSlot, Term
from schedule.teaching_weeks import chosen, tables_of
from schedule.words import day_words

from ..models import DoorTime, OpenDoor
from ..policy import HOSTS, may_change_door, may_read_moved
from .door_words import day_name, lines, room_words
from .doors import days_of, open_between

MOST_SPANS = 3
AHEAD = dt.timedelta(days=27)
NEXT = 4


@dataclass(frozen=True)
class Row:
    """A door as it stands on a list: `lines` say when it is open, `hours` those of the date that was asked for."""

    door: OpenDoor
    lines: list
    hours: list
    is_own: bool


def listed(user, *, words="", school=None, day=None):
    """(doors that stand open, as far as they fit; the OpenPeriods of the day, if one is asked for).

    By school and name. The host's own stand above the list, unless it is narrowed.
    """
    doors = OpenDoor.objects.visible_to(user).standing().not_over(timezone.localdate())
    doors = doors if words or school or day else doors.exclude(host=user)
    doors = doors.filter(school=school) if school else doors
    for word in words.split():
        times = DoorTime.objects.filter(Q(class_name__icontains=word) | Q(subject__icontains=word))
        said = Q(doing__icontains=word) | Q(look_for__icontains=word) | Q(host__name__icontains=word)
        doors = doors.filter(said | Q(pk__in=times.values("door")))
    if day is None:
        return doors, []
    schools = [school.pk] if school else doors.order_by().values("school").distinct()
    found = open_between(schools, day, day)
    return doors.filter(pk__in={one.door.pk for one in found}), found


def rows_of(doors, user, *, hours=()):
    """Rows for these doors, in as many queries for one as for fifty."""
    names = frames({door.school_id for door in doors}, timezone.localdate())
    then = defaultdict(list)
    for one in hours:
        then[one.door.pk].append(one)
    return [row_of(door, user, names[door.school_id].days, then[door.pk]) for door in doors]


def row_of(door, user, names, hours=()):
    """Who may not know that the timetable has changed is shown what is still there."""
    times = [time for time in door.times.all() if time.moved_on is None or may_read_moved(user, door)]
    date = day_words(door.starts_on) if door.is_one_date else ""
    return Row(door, lines(times, names, date=date), list(hours), door.host_id == user.pk)


def door_rows():
    """Doors with what a list of them needs at hand."""
    return OpenDoor.objects.select_related("host", "school").prefetch_related("times")


def own_doors(user):
    """The host's own that are not over, paused ones too."""
    return list(door_rows().visible_to(user).filter(host=user).not_over(timezone.localdate()))


def door_page(door, user):
    today = clock.today(door.school)
    row = rows_of([door], user)[0]
    days = days_of([door.school_id], [door.host_id], today, today + AHEAD)
    coming = [one for time in door.times.all() for one in days.open(door, time, today, today + AHEAD)]
    coming = sorted(coming, key=lambda one: (one.day, one.starts))[:NEXT] if is_open(door) else []
    return {
        "door": door,
        "row": row,
        "coming": coming,
        "is_over": door.ends_on < today,
        "has_moved": any(line.moved_on for line in row.lines),
        "may_change": may_change_door(user, door),
    }


def is_open(door):
    return door.ended_at is None and door.paused_at is None


@dataclass(frozen=True)
class Offer:
    """What a host chooses from at a school: {key: (day, label, time)} of classes, the days of its cycle, and spans.

    A span is (key, label, first, last).
    """

    school: School
    today: dt.date
    classes: dict
    days: list
    spans: list


def host_schools(user):
    return list(School.objects.visible_to(user).open().filter(pk__in=user.standing.schools_as(*HOSTS)))


def offer_of(user, school):
    today = clock.today(school)
    held = frame(school, today)
    days = [(position, day_name(held.days, position)) for position in range(len(held.days))]
    return Offer(school, today, classes_of(user, school, held, today), days, spans_of(school, today))


def classes_of(user, school, held, today):
    """The classes that they teach by the timetable that holds, or the next one, in the order of the week."""
    table = chosen(tables_of([school], seen_by=user, today=today), None, today)
    slots = TeachingSlot.objects.visible_to(user).filter(timetable=table, teacher=user, kind=TeachingSlot.Kind.CLASS)
    places = {name: number for number, name in enumerate(held.periods)}
    cells = defaultdict(list)
    for slot in slots.order_by("class_name", "pk"):
        cells[slot.position, slot.period].append(slot)
    found = {}
    for (position, period), there in sorted(cells.items(), key=lambda cell: (cell[0][0], places.get(cell[0][1], 99))):
        first, ring = there[0], held.rings.get(period)
        names = " and ".join(dict.fromkeys(slot.what for slot in there))
        at = f", {ring.starts:%-H:%M}" if ring else ""
        room = f", {room_words(first.room)}" if first.room else ""
        facts = {name: getattr(first, name) for name in ("position", "period", "class_name", "subject", "room")}
        label = f"Period {period}{at}: {names}{room}"
        found[f"{position}-{period}"] = (day_name(held.days, position), label, facts)
    return found


def spans_of(school, today):
    terms = Term.objects.filter(Q(school=None) | Q(school=school), ends_on__gte=today).order_by("starts_on")
    found = [(f"term-{term.pk}", term.name, term.starts_on, term.ends_on) for term in terms[:MOST_SPANS]]
    year = SchoolYear.objects.holding(today)
    if year and year.ends_on >= today:
        found.append(("year", "This school year", year.starts_on, year.ends_on))
    return [(key, f"{name}, until {day_words(last)}", max(first, today), last) for key, name, first, last in found]
