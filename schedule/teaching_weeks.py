"""Timetables as people read them: the days of the cycle down the page, the periods across."""

from collections import defaultdict
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from people.models import Post, Role, School, User

from .frames import Row, frame
from .models import SchoolDay, TeachingSlot, Timetable

LISTED = (Role.TEACHER, Role.TEACHER_LEADER, Role.COACH)


class Cell(NamedTuple):
    """A period of a day, as it is called and as people say it, its usual hours or None, and what stands in it."""

    period: str
    label: str
    ring: Row | None
    slots: list


@dataclass
class Day:
    position: int
    name: str
    is_today: bool
    cells: list


@dataclass
class Week:
    """`periods` are (label, its hours or None) of the columns: one without usual hours rings on other days alone."""

    person: User
    table: Timetable
    periods: list
    days: list
    classes: int
    duties: int

    def day_at(self, asked):
        """The one that a phone shows: as the address asks for it by its position, else today's, else the first."""
        by_address = {str(day.position): day for day in self.days}
        return by_address.get(asked) or next((day for day in self.days if day.is_today), self.days[0])


def weeks(people, table):
    """The Week of each of these people in a timetable; the queries are the same for one and for a hundred."""
    slots, names, positions = defaultdict(lambda: defaultdict(list)), set(), set()
    found = TeachingSlot.objects.filter(timetable=table, teacher__in=people)
    for slot in found.order_by("class_name", "subject", "pk"):
        slots[slot.teacher_id][slot.position, slot.period].append(slot)
        names.add(slot.period)
        positions.add(slot.position)
    held = frame(table.school, table.starts_on)
    # What the school's bells and days do not have any more is shown all the same, at the end.
    periods = [*held.periods, *sorted(names - set(held.periods))]
    days = dict(enumerate(held.days)) | {p: f"Day {p + 1}" for p in sorted(positions) if p >= len(held.days)}
    columns = [(name, f"Period {name}" if len(name) < 3 else name, held.rings.get(name)) for name in periods]
    return [_week(person, table, columns, days, table.today, slots[person.pk]) for person in people]


def _week(person, table, columns, days, today, slots):
    rows = []
    for position, name in days.items():
        cells = [Cell(*column, slots.get((position, column[0]), [])) for column in columns]
        rows.append(Day(position, name, position == today, cells))
    kinds = [slot.kind for found in slots.values() for slot in found]
    classes = kinds.count(TeachingSlot.Kind.CLASS)
    return Week(person, table, [column[1:] for column in columns], rows, classes, len(kinds) - classes)


def tables_of(schools, *, seen_by, today):
    """The timetables of these schools that hold now or will, the first ones first; `today` is its day of the cycle."""
    days = SchoolDay.objects.filter(school=OuterRef("school"), day=today, day__gte=OuterRef("starts_on"), off="")
    tables = Timetable.objects.visible_to(seen_by).filter(Q(ends_on=None) | Q(ends_on__gte=today), school__in=schools)
    tables = tables.annotate(today=Subquery(days.values("position")))
    return list(tables.select_related("school").order_by("school__name", "starts_on"))


def chosen(tables, asked, today):
    """The one that an address asks for, or that holds today, or the next."""
    by_id = next((table for table in tables if str(table.pk) == asked), None)
    return by_id or next((table for table in tables if table.starts_on <= today), None) or next(iter(tables), None)


def schools_of(person):
    """The schools where somebody has a post, or stands in a timetable."""
    posts = Post.objects.current().filter(user=person).order_by().values("school")
    taught = Timetable.objects.filter(slots__teacher=person).order_by().values("school")
    return School.objects.filter(Q(pk__in=posts) | Q(pk__in=taught))


def teachers(table, school, *, seen_by):
    """Who teaches at the school or stands in its timetable, each with the number of `classes` and `duties`."""
    slots = TeachingSlot.objects.filter(timetable=table, teacher=OuterRef("pk")).order_by().values("teacher")
    counted = slots.annotate(count=Count("pk")).values("count")
    people = User.objects.visible_to(seen_by).filter(
        Q(pk__in=User.objects.staff_of([school], *LISTED).order_by().values("pk"))
        | Q(pk__in=TeachingSlot.objects.filter(timetable=table).order_by().values("teacher"))
    )
    return people.annotate(
        classes=Coalesce(Subquery(counted.filter(kind=TeachingSlot.Kind.CLASS)), 0),
        duties=Coalesce(Subquery(counted.filter(kind=TeachingSlot.Kind.DUTY)), 0),
    )
