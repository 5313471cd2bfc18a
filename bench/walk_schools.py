"""Questions for the planner from timetables: files that were given, and a generated school. For `walks.py`."""

import csv
import datetime as dt
import random
from collections import defaultdict
from dataclasses import dataclass

from observations.planner.question import HalfDay, Host, Lesson, Question, Span, Visitor
from schedule.plausible import CLASS, LUNCH, plausible

STARTS, PERIOD, BREAK, EDGE = 8 * 60 + 15, 50, 30, 30  # minutes; a walk may begin or end half an hour beyond the bells
FOCUSES = ("questions", "groups", "start", "talk", "feedback", "writing")
MONDAY = dt.date(2026, 11, 2)


@dataclass(frozen=True)
class School:
    """`taught` is {(teacher, day): [(period, room)]}; `bells` are the periods with a break after half of them."""

    name: str
    teachers: list
    days: list
    bells: list
    taught: dict


def from_csv(path):
    with path.open(encoding="utf-8", newline="") as file:
        rows = [(row["teacher"], row["day"], row["period"], row["room"]) for row in csv.DictReader(file)]
    return school(path.stem, rows)


def generated(teachers):
    plan = plausible("middle", [f"G{number:03}" for number in range(teachers)], seed=1)
    rows = [(row.teacher, row.day, row.period, row.room) for row in plan.rows if row.kind == CLASS]
    return school(f"generated, {teachers} teachers", [row for row in rows if row[2] != LUNCH])


def school(name, rows):
    taught = defaultdict(list)
    for teacher, day, period, room in rows:
        taught[teacher, day].append((period, room))
    periods = sorted({row[2] for row in rows}, key=int)
    days = list(dict.fromkeys(row[1] for row in rows))
    return School(name, sorted({row[0] for row in rows}), days, bells_of(periods), dict(taught))


def bells_of(periods):
    half = len(periods) // 2
    return [
        Span(period, start := STARTS + number * PERIOD + (BREAK if number >= half else 0), start + PERIOD)
        for number, period in enumerate(periods)
    ]


def question(school, day, half, seed, visitors, hosts, *, date=MONDAY, rng=None):
    """A half day of that day: people drawn by the seed; `rng` adds meetings that some cannot leave."""
    draw, cut = random.Random(seed), len(school.bells) // 2
    bells = tuple(school.bells[:cut] if half == "morning" else school.bells[cut:])
    edges = (EDGE, BREAK) if half == "morning" else (BREAK, EDGE)
    drawn = draw.sample(school.teachers, visitors + hosts)
    half_day = HalfDay(date, half, bells[0].starts - edges[0], bells[-1].ends + edges[1], bells)
    return Question(
        half_day,
        tuple(_visitor(school, key, day, bells, draw, rng) for key in drawn[:visitors]),
        tuple(_host(school, key, day, bells, draw) for key in drawn[visitors:]),
        visit_minutes=20,
        substitutes={bell.name: max(3, visitors * 2 // 5) for bell in bells},
    )


def _lessons(school, key, day, bells):
    rooms = dict(school.taught.get((key, day), ()))
    return tuple(Lesson(*bell, rooms[bell.name]) for bell in bells if bell.name in rooms)


def _visitor(school, key, day, bells, draw, rng):
    meets = rng is not None and rng.random() < 0.08
    busy = (Span("a meeting", *rng.choice(bells)[1:]),) if meets else ()
    lessons = _lessons(school, key, day, bells)
    return Visitor(key, frozenset(draw.sample(FOCUSES, 1)), lessons, busy, least=2, most=3)


def _host(school, key, day, bells, draw):
    opened = tuple(Span(*lesson[:3]) for lesson in _lessons(school, key, day, bells))
    return Host(key, f"room of {key}", frozenset(draw.sample(FOCUSES, 2)), opened, capacity=4, most=4)


def dates(school, count, visitors, hosts, seed=7):
    """Two half days of so many school days in turn; other people have meetings on each, so that no two are alike."""
    rng = random.Random(seed)
    for number in range(count):
        date = MONDAY + dt.timedelta(days=number + 2 * (number // 5))
        for half in ("morning", "afternoon"):
            day = school.days[number % len(school.days)]
            yield question(school, day, half, seed, visitors, hosts, date=date, rng=rng)
