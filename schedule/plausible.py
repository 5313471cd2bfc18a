"""Plausible bells and timetables, for the demo, tests and benchmarks: the same seed gives the same school.

It asks the database nothing and knows no rows. Teachers are whatever keys the caller uses. In every timetable:

* nobody and no room is in two places at one time (co-teachers share a class, its room and its subject);
* everybody has a planning period on every day: one that is not lunch, and without a row;
* no two classes at one time have the same name, unless they are one class with co-teachers.
"""

import datetime as dt
import random
from dataclasses import dataclass
from typing import NamedTuple

CLASS, DUTY = "class", "duty"
LUNCH = "Lunch"
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
GRADES = ("Kindergarten", "Grade 1", "Grade 2", "Grade 3", "Grade 4", "Grade 5")
SPECIALS = (("Art", "Art room"), ("Music", "Music room"), ("PE", "Gym"), ("Library", "Library"))
MORNING = ("Reading", "Writing", "Mathematics", "Mathematics", "Science", "Social studies")
SUBJECTS = ("English", "Mathematics", "Science", "Social studies", "Spanish", "Art", "PE", "Music")
PLACES = {"PE": "Gym", "Science": "Lab", "Art": "Studio", "Music": "Music room"}
CO_TEACHER_EVERY = 9  # one in so many teaches along with colleagues


class Row(NamedTuple):
    """A line of a timetable: who is where with whom, on which day of the cycle and in which period."""

    teacher: object
    day: str
    period: str
    class_name: str
    room: str
    subject: str
    kind: str


class Ring(NamedTuple):
    """A period of a bell schedule."""

    name: str
    starts: dt.time
    ends: dt.time


@dataclass(frozen=True)
class SchoolPlan:
    """A school's time: `follows` is a choice of DayCycle, `bells` are {name: rings} with the usual day first."""

    follows: str
    days: tuple
    bells: dict
    rows: list


@dataclass(frozen=True)
class Slot:
    day: str
    period: str
    section: int  # teachers have their lessons by it: section 3 of a rotating day is another period each day


def plausible(level, teachers, *, seed=0, teaches=None, starts=dt.time(8, 10)):
    """A SchoolPlan for "elementary", "middle", "high" (A and B days) or "rotating" (six days in turn).

    `teaches` may say the subject (in an elementary school the grade) of some teachers: {key: "Science"}.
    """
    return LEVELS[level](list(teachers), random.Random(seed), teaches or {}, starts)


def elementary(teachers, rng, teaches, starts):
    """Classes with a teacher of their own, who plans while the class is at art, music, PE or the library."""
    periods = [str(number) for number in range(1, 7)]
    helpers = len(teachers) // CO_TEACHER_EVERY
    special = (len(teachers) - helpers) // 5
    own, rest = teachers[special + helpers :], teachers[: special + helpers]
    classes = _grade_classes(own, rng, teaches)
    rooms = _special_rooms(special)
    rows = []
    for number, day in enumerate(WEEKDAYS):
        taught = _elementary_day(day, number, periods, own, classes, rest[:special], rooms)
        rows += taught
        rows += _joining(day, number, periods, taught, rest[special:])
        rows += _at_lunch(teachers, day, number, "Cafeteria")
    return SchoolPlan("weekdays", WEEKDAYS, _bells(starts, periods, 50, 0, lunch_after=3), rows)


def middle(teachers, rng, teaches, starts):
    """Eight short periods, the same every weekday."""
    periods = [str(number) for number in range(1, 9)]
    slots = [Slot(day, period, section) for day in WEEKDAYS for section, period in enumerate(periods)]
    rows = _sections(teachers, rng, teaches, slots, (6, 7, 8), lambda n: ({n % 8}, {(n + 4) % 8}))
    return SchoolPlan("weekdays", WEEKDAYS, _bells(starts, periods, 42, 4, lunch_after=4), rows)


def high(teachers, rng, teaches, starts):
    """Four long blocks; other classes on A days than on B days."""
    periods, days = ["1", "2", "3", "4"], ("A", "B")
    slots = [Slot(day, p, 4 * half + n) for half, day in enumerate(days) for n, p in enumerate(periods)]
    rows = _sections(teachers, rng, teaches, slots, (9, 10, 11, 12), lambda n: ({n % 4, 4 + (n + 1) % 4}, set()))
    for turn, day in enumerate(days):
        rows += _at_lunch(teachers, day, turn, "Commons")
    return SchoolPlan("school_days", days, _bells(starts, periods, 84, 6, lunch_after=2), rows)


def rotating(teachers, rng, teaches, starts):
    """Seven classes over six days of six periods: each day one of them drops out and the others move up."""
    periods, days = [str(number) for number in range(1, 7)], tuple(f"Day {number}" for number in range(1, 7))
    slots = [Slot(day, p, (n + turn) % 7) for turn, day in enumerate(days) for n, p in enumerate(periods)]
    # Of two free sections at most one drops out on a day; a duty takes the second of them on some days.
    rows = _sections(teachers, rng, teaches, slots, (9, 10, 11, 12), lambda n: ({n % 7}, {(n + 3) % 7}))
    return SchoolPlan("school_days", days, _bells(starts, periods, 55, 5, lunch_after=3), rows)


LEVELS = {"elementary": elementary, "middle": middle, "high": high, "rotating": rotating}


def _bells(starts, periods, minutes, gap, *, lunch_after):
    """The usual day, an early release and a day with an assembly, with the same periods in each."""
    return {
        "Regular day": _rings(starts, periods, minutes, gap, lunch_after, 30),
        "Early release": _rings(starts, periods, minutes * 2 // 3, gap, lunch_after, 20),
        "Assembly": _rings(_later(starts, 45), periods, minutes * 7 // 8, gap, lunch_after, 25),
    }


def _rings(starts, periods, minutes, gap, lunch_after, lunch_minutes):
    rings, moment = [], starts
    for number, period in enumerate(periods, start=1):
        rings.append(Ring(period, moment, _later(moment, minutes)))
        moment = _later(rings[-1].ends, gap)
        if number == lunch_after:
            rings.append(Ring(LUNCH, moment, _later(moment, lunch_minutes)))
            moment = _later(rings[-1].ends, gap)
    return rings


def _later(time, minutes):
    return (dt.datetime.combine(dt.date.min, time) + dt.timedelta(minutes=minutes)).time()


def _at_lunch(teachers, day, turn, room):
    """A sixth of the teachers has a duty at lunch, each in their turn."""
    those = [teacher for number, teacher in enumerate(teachers) if number % 6 == turn]
    return [Row(teacher, day, LUNCH, "", room, "Lunch duty", DUTY) for teacher in those]


def _grade_classes(own, rng, teaches):
    """Names of classes, one for each teacher: Grade 4 B is the second of its grade."""
    made, names = {}, []
    for number, teacher in enumerate(own):
        grade = teaches.get(teacher) or GRADES[number % len(GRADES)]
        grade = {"K": GRADES[0]}.get(grade, f"Grade {grade}" if grade.isdecimal() else grade)
        made[grade] = made.get(grade, 0) + 1
        names.append(f"{grade} {_letters(made[grade])}")
    return names


def _letters(number):
    """A, B … Z, AA, AB …"""
    return (_letters((number - 1) // 26) if number > 26 else "") + chr(65 + (number - 1) % 26)


def _special_rooms(count):
    return [
        (subject, room if turn == 0 else f"{room} {turn + 1}")
        for turn, (subject, room) in ((n // len(SPECIALS), SPECIALS[n % len(SPECIALS)]) for n in range(count))
    ]


def _elementary_day(day, turn, periods, own, classes, special_teachers, special_rooms):
    """The day's classes. Class n is with special teacher (n + turn) mod s in period n / s: never two at once."""
    count, rows = len(special_teachers), []
    for number, (teacher, name) in enumerate(zip(own, classes, strict=True)):
        # Past the fifth period nobody is left to take the class: a visitor does, who is not in the timetable.
        away = number // count if count and number // count < 5 else number % len(periods)
        for hour, period in enumerate(periods):
            if hour != away:
                rows.append(Row(teacher, day, period, name, str(101 + number), MORNING[hour], CLASS))
            elif count and number // count < 5:
                with_whom = (number + turn) % count
                subject, room = special_rooms[with_whom]
                rows.append(Row(special_teachers[with_whom], day, period, name, room, subject, CLASS))
    return rows


def _joining(day, turn, periods, taught, helpers):
    """Co-teachers in a class of a colleague's for each period but one."""
    for number, helper in enumerate(helpers):
        for hour, period in enumerate(periods):
            there = [row for row in taught if row.period == period]
            if there and hour != (number + turn) % len(periods):
                yield there[(5 * number + turn) % len(there)]._replace(teacher=helper)


def _sections(teachers, rng, teaches, slots, grades, free_of):
    """Rows where each teacher has sections of their own, and every ninth joins those of the colleagues before.

    `free_of(number)` gives the sections that teacher plans in, and those that a duty takes on some days.
    """
    rows, made, leads = [], {}, []
    for number, teacher in enumerate(teachers):
        planning, dutiful = free_of(number)
        joins = leads and number % CO_TEACHER_EVERY == CO_TEACHER_EVERY - 1
        courses = None if joins else _courses(number, teacher, rng, teaches, grades, made, slots)
        for slot in slots:
            if slot.section in dutiful:
                rows += _duty(number, teacher, slot, slots, planning)
            elif slot.section not in planning:
                found = _course_to_join(leads, slot) if joins else courses[slot.section]
                rows += [Row(teacher, slot.day, slot.period, *found, CLASS)] if found else []
        leads = leads if joins else [*leads[1 - CO_TEACHER_EVERY :], (courses, planning | dutiful)]
    return rows


def _courses(number, teacher, rng, teaches, grades, made, slots):
    """(class, room, subject) of each section of a teacher, numbered on through the school: Science 7.3."""
    subject, grade, courses = teaches.get(teacher) or SUBJECTS[number % len(SUBJECTS)], rng.choice(grades), {}
    for section in sorted({slot.section for slot in slots}):
        made[subject, grade] = made.get((subject, grade), 0) + 1
        room = f"{PLACES[subject]} {201 + number}" if subject in PLACES else f"R{201 + number}"
        courses[section] = (f"{subject} {grade}.{made[subject, grade]}", room, subject)
    return courses


def _course_to_join(leads, slot):
    """What a colleague teaches then, another colleague in each section."""
    there = [courses[slot.section] for courses, free in leads if slot.section not in free]
    return there[slot.section % len(there)] if there else None


def _duty(number, teacher, slot, slots, planning):
    """A meeting or duty on some days, and never on a day when the planning section drops out."""
    plans = any(other.day == slot.day and other.section in planning for other in slots)
    days = sorted({other.day for other in slots})
    turn = days.index(slot.day) + number
    if not plans or turn % 2:
        return []
    subject, room = ("Team meeting", "") if turn % 4 else ("Hall duty", f"Hall {number + 1}")
    return [Row(teacher, slot.day, slot.period, "", room, subject, DUTY)]
