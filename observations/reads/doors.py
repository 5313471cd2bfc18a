"""When open doors are open: a class of the timetable, by the days and bells of its school, or hours that a host wrote.

A door is closed on days off, where the bells do not ring its period, and where the timetable has another class by then.
Whether a host is away (a date, cover) is for whoever plans to ask: `schedule.busy` knows.
"""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field
from typing import NamedTuple

from schedule.models import SchoolDay, TeachingSlot

from ..models import DoorTime, OpenDoor

# No cycle is longer: in so many days each of its days with school comes round.
A_ROUND = dt.timedelta(days=14)


class OpenPeriod(NamedTuple):
    """A class that may be visited on a date. `starts` and `ends` are times of the school's clock; `period` is "" for
    hours by hand. At most `capacity` visitors at once, and `most_visits` a day in all classes of the door.
    """

    door: OpenDoor
    host: object
    day: dt.date
    period: str
    starts: dt.time
    ends: dt.time
    room: str
    class_name: str
    subject: str

    @property
    def capacity(self):
        return self.door.visitors

    @property
    def most_visits(self):
        return self.door.most_visits

    @property
    def words(self):
        """What a visitor's focus may be found in."""
        return " ".join(part for part in (self.subject, self.class_name, self.door.doing, self.door.look_for) if part)

    @property
    def what(self):
        return self.class_name or self.subject


class Lesson(NamedTuple):
    """A class in a timetable that holds from one date until another, or without end."""

    since: dt.date
    until: dt.date | None
    class_name: str
    subject: str
    room: str

    def holds(self, day):
        return self.since <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True)
class Days:
    """The dates with school of some schools, when their bells ring, and what some teachers teach.

    {(school, date): (day of the cycle, bells)}, {bells: {period: (starts, ends)}} and {(school, teacher, day of the
    cycle, period): [Lesson]}, all by id.
    """

    laid: dict = field(default_factory=dict)
    rings: dict = field(default_factory=lambda: defaultdict(dict))
    lessons: dict = field(default_factory=lambda: defaultdict(list))

    def dates(self, school, first, last, position):
        """Dates with school in the span that are this day of the cycle, or any where `position` is None, in order."""
        return sorted(
            day
            for (at, day), (turn, _) in self.laid.items()
            if at == school and first <= day <= last and position in (None, turn)
        )

    def lesson(self, door, time, day):
        """The class of the timetable that the door was opened for, if it is there on the date."""
        there = self.lessons[door.school_id, door.host_id, time.position, time.period]
        return next((one for one in there if one.holds(day) and time.is_class(one.class_name, one.subject)), None)

    def hours(self, door, time, day):
        """When the period rings on the date, or the hours by hand; None when it does not."""
        _, bells = self.laid[door.school_id, day]
        return (time.starts, time.ends) if time.is_by_hand else self.rings[bells].get(time.period)

    def open(self, door, time, first, last):
        """An OpenPeriod for each date of the span on which this class of the door is open."""
        for day in self.dates(door.school_id, max(first, door.starts_on), min(last, door.ends_on), time.position):
            hours = self.hours(door, time, day)
            lesson = time if time.is_by_hand else self.lesson(door, time, day)
            if hours and lesson:
                what = (lesson.room or time.room, lesson.class_name, lesson.subject)
                yield OpenPeriod(door, door.host, day, time.period, *hours, *what)

    def moved_on(self, door, time, today):
        """The first coming date on which this class of the door is not there any more, or None.

        When it, its day or its period comes up on no date at all, that is the first date of what is left.
        """
        first = max(today, door.starts_on)
        coming = self.dates(door.school_id, first, door.ends_on, time.position)
        if not coming:
            return first if door.is_one_date or door.ends_on - first >= A_ROUND else None
        if not any(self.hours(door, time, day) for day in coming):
            return coming[0]
        return None if time.is_by_hand else self._gone(door, time, coming)

    def _gone(self, door, time, coming):
        there = [bool(self.lesson(door, time, day)) for day in coming]
        if not any(there):
            return coming[0]
        begins = there.index(True)  # a class of a timetable that is to come has not moved
        return next((day for day, is_there in zip(coming[begins:], there[begins:], strict=True) if not is_there), None)


def days_of(schools, hosts, first, last):
    """The Days of these schools and hosts (ids): two queries."""
    days, spans = Days(), {"day__range": (first, last), "off": ""}
    laid = SchoolDay.objects.filter(school__in=schools, **spans).order_by()
    rung = ("name", "starts", "ends")
    what = ("school_id", "day", "position", "bell_schedule_id", *(f"bell_schedule__periods__{name}" for name in rung))
    for school, day, position, bells, name, *hours in laid.values_list(*what):
        days.laid[school, day] = position, bells
        days.rings[bells][name] = tuple(hours)
    slots = TeachingSlot.objects.filter(
        timetable__school__in=schools, teacher__in=hosts, kind=TeachingSlot.Kind.CLASS, timetable__starts_on__lte=last
    ).order_by("class_name", "pk")
    where = ("timetable__school_id", "teacher_id", "position", "period")
    what = ("timetable__starts_on", "timetable__ends_on", "class_name", "subject", "room")
    for *key, since, until, class_name, subject, room in slots.values_list(*where, *what):
        days.lessons[tuple(key)].append(Lesson(since, until, class_name, subject, room))
    return days


def open_between(schools, first, last):
    """OpenPeriods of these schools (ids) from one date to another, by date, then time, then host: three queries."""
    times = DoorTime.objects.filter(
        door__in=OpenDoor.objects.standing().filter(school__in=schools, starts_on__lte=last, ends_on__gte=first)
    )
    times = list(times.select_related("door__host"))
    if not times:
        return []
    days = days_of(schools, {time.door.host_id for time in times}, first, last)
    found = [one for time in times for one in days.open(time.door, time, first, last)]
    return sorted(found, key=lambda one: (one.day, one.starts, one.host.name, one.host.pk, one.period))


def open_on(school, day):
    """The OpenPeriods of a school on a date, in the order of time: three queries for any number of doors."""
    return open_between([school.pk], day, day)
