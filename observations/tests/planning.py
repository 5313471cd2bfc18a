"""Small questions for the planner, and every plan that a tiny one has."""

import datetime as dt
import random
from dataclasses import replace
from itertools import combinations, product

from observations.planner.layout import Layout
from observations.planner.question import Colleague, HalfDay, Host, Lesson, Plan, Question, Span, Visit, Visitor

BELLS = (Span("1", 480, 525), Span("2", 530, 575), Span("3", 580, 625))
HALF_DAY = HalfDay(dt.date(2026, 11, 23), "morning", 455, 660, BELLS)
FOCUSES = ("questions", "groups", "start")


def lesson(period, room=""):
    return Lesson(*BELLS[int(period) - 1], room)


def visitor(key, periods="", **more):
    return Visitor(key, lessons=tuple(map(lesson, periods)), **{"least": 1, "most": 2} | more)


def host(key, periods="123", **more):
    return Host(key, f"R{key}", open=tuple(BELLS[int(period) - 1] for period in periods), **more)


def question(visitors, hosts, **more):
    wanted = {"visit_minutes": 20, "substitutes": dict.fromkeys("123", 3)} | more
    return Question(wanted.pop("half_day", HALF_DAY), tuple(visitors), tuple(hosts), **wanted)


def four(**more):
    """Four who teach nothing, two doors open all morning."""
    wanted = {"visitors": [visitor(key) for key in "abcd"], "hosts": [host("X"), host("Y")]} | more
    return question(**wanted)


def some_question(seed, people=6, doors=4, **more):
    """A morning as it might be: classes, meetings, protected planning, narrow rooms, colleagues who help out."""
    rng = random.Random(seed)
    visitors = [_some_visitor(rng, f"v{number}") for number in range(people)]
    hosts = [_some_host(rng, f"h{number}") for number in range(doors)]
    if rng.random() < 0.3:
        hosts[0] = replace(hosts[0], key="v0")
    colleagues = [
        Colleague(f"c{n}", frozenset(rng.sample("123", 2)), rng.choice([1, 2])) for n in range(rng.choice([0, 2]))
    ]
    between = (
        {(f"R{rng.randrange(doors)}", f"R{rng.randrange(doors)}"): rng.choice([1, 5, 9])} if rng.random() < 0.5 else {}
    )
    asked = question(visitors, hosts, colleagues=tuple(colleagues), visit_minutes=rng.choice([12, 20]), **more)
    return replace(asked, walking=replace(asked.walking, between=between))


def _some_visitor(rng, key):
    busy = (Span("protected planning", *BELLS[rng.randrange(3)][1:]),) if rng.random() < 0.15 else ()
    taught = [period for period in "123" if rng.random() < 0.5]
    free = [one for one in taught if not busy or lesson(one)[1:] != busy[0][1:]]
    focus = frozenset(rng.sample(FOCUSES, rng.choice([0, 1, 2])))
    return visitor(key, free, busy=busy, focus=focus, most=rng.choice([2, 3]), may_be_covered=rng.random() < 0.9)


def _some_host(rng, key):
    periods = sorted(rng.sample("123", rng.choice([1, 2, 3])))
    focus = frozenset(rng.sample(FOCUSES, rng.choice([1, 2])))
    return replace(
        host(key, periods, focus=focus, capacity=rng.choice([2, 3, 4]), most=rng.choice([1, 2, 3])), room=f"R{key[1:]}"
    )


def every_plan(asked):
    """All plans of a tiny question on the moments that the planner chooses among, those that break rules too."""
    layout = Layout(asked)
    for frame in layout.frames:
        for teams in _partings([one.key for one in asked.visitors], asked):
            ways = [list(_ways(team, asked, layout)) for team in teams]
            for chosen in product(*ways):
                yield Plan(frame.pre_brief, frame.debrief, teams, tuple(visit for way in chosen for visit in way))


def _partings(keys, asked):
    if not keys:
        yield ()
    for size in range(asked.team_least, asked.team_most + 1):
        for others in combinations(keys[1:], size - 1):
            rest = [key for key in keys[1:] if key not in others]
            for parting in _partings(rest, asked):
                yield (frozenset({keys[0], *others}), *parting)


def _ways(team, asked, layout):
    """What a team can do; it sees no host twice, so that with two hosts two visits are all."""
    groups = [frozenset(group) for size in range(2, len(team) + 1) for group in combinations(sorted(team), size)]
    visits = [Visit(one.key, start, group) for one in asked.hosts for start in layout.starts for group in groups]
    most = max(one.most for one in asked.visitors)
    for count in range(most + 1):
        for way in combinations(visits, count):
            if len({visit.starts for visit in way}) == count and len({visit.host for visit in way}) == count:
                yield way
