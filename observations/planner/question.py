"""What the planner is asked and what it answers: facts without behaviour, shared with the checker.

Times are whole minutes after midnight at the school. Keys of people are the caller's. The rules that the words stand
for are in the checker (`observations/checker.py`), one function each; source: issue 4, line 2.
"""

import datetime as dt
from dataclasses import dataclass, field
from typing import NamedTuple

VISIT_MINUTES = range(10, 26)
TEAM_SIZES = range(2, 5)
AT_LEAST_TOGETHER = TEAM_SIZES[0]  # of a team, on each visit
WALKING_MINUTES = 3


class Span(NamedTuple):
    """From a minute until another, with a name: a period, or why somebody cannot come."""

    name: str
    starts: int
    ends: int


class Lesson(NamedTuple):
    """A class that a visitor teaches in a period. Whoever misses any of it needs cover for all of it."""

    period: str
    starts: int
    ends: int
    room: str = ""


@dataclass(frozen=True)
class Visitor:
    """Who wants to come. An empty focus is matched by every visit; `busy` is nothing that cover could help with.

    `busy` holds their protected planning too: a span that nobody may take, named so that a refusal can say why.
    """

    key: object
    focus: frozenset = frozenset()
    lessons: tuple = ()
    busy: tuple = ()
    least: int = 1
    most: int = 3
    may_be_covered: bool = True
    name: str = ""


@dataclass(frozen=True)
class Host:
    """Who opens a door: `open` are the spans in which they teach and may be visited."""

    key: object
    room: str = ""
    focus: frozenset = frozenset()
    open: tuple = ()
    capacity: int = 4
    most: int = 2
    name: str = ""


@dataclass(frozen=True)
class Colleague:
    """Who may take a class in these periods, at most so many of them: their planning beyond that is protected."""

    key: object
    periods: frozenset
    most: int = 1


@dataclass(frozen=True)
class HalfDay:
    """When the walk may be: nothing of it before `opens` or after `closes`; `bells` are the periods, in order."""

    day: dt.date
    half: str
    opens: int
    closes: int
    bells: tuple


@dataclass(frozen=True)
class Walking:
    """Minutes from room to room, the same both ways; `between` holds {(room, room): minutes} where it is not usual."""

    usual: int = WALKING_MINUTES
    between: dict = field(default_factory=dict)

    def minutes(self, one, other):
        """Minutes from one room to the other; an unknown room is the usual way off."""
        if one and one == other:
            return 0
        return self.between.get((one, other), self.between.get((other, one), self.usual))


class Wish(NamedTuple):
    """A visitor with a host, as a pin (it is to be) or forbidden; of any host or at any time where that is None."""

    visitor: object
    host: object = None
    starts: int | None = None


class Visit(NamedTuple):
    """Some of one team in a host's room from `starts` on, for as long as every visit."""

    host: object
    starts: int
    visitors: frozenset


@dataclass(frozen=True)
class Plan:
    """Teams (a part of all visitors each), when all meet before and after, and the visits in between."""

    pre_brief: int
    debrief: int
    teams: tuple
    visits: tuple


@dataclass(frozen=True)
class Question:
    """One half day: who comes, who opens their door, and the rules. Raises ValueError for lengths out of range.

    `substitutes` says how many can be had in each period by its name. A pinned `pre_brief_at` or `debrief_at` leaves
    the planner no choice. `earlier` makes every difference from that plan a change, which costs more than all else.
    """

    half_day: HalfDay
    visitors: tuple
    hosts: tuple
    visit_minutes: int = 15
    pre_brief_minutes: int = 15
    debrief_minutes: int = 20
    team_least: int = TEAM_SIZES[0]
    team_most: int = TEAM_SIZES[-1]
    walking: Walking = Walking()
    meeting_room: str = ""
    substitutes: dict = field(default_factory=dict)
    colleagues: tuple = ()
    pins: tuple = ()
    forbids: tuple = ()
    pre_brief_at: int | None = None
    debrief_at: int | None = None
    earlier: Plan | None = None

    def __post_init__(self):
        if self.visit_minutes not in VISIT_MINUTES:
            raise ValueError("A visit is 10 to 25 minutes long.")
        if not TEAM_SIZES[0] <= self.team_least <= self.team_most <= TEAM_SIZES[-1]:
            raise ValueError("A team is 2 to 4 visitors.")
        for people in (self.visitors, self.hosts, self.colleagues):
            if len({one.key for one in people}) != len(people):
                raise ValueError("Somebody is on the list twice.")


class Cost(NamedTuple):
    """What a plan costs, the first item before all others and so on: a plan is better if its tuple is smaller.

    `changes`: entries on somebody's schedule that are new or gone, of those who were and are on the walk.
    `unmatched`: visitors without a visit to a host who shows what they want to learn. `covers`: classes missed, each
    counted once. `substitutes`: people to call in, the most that are needed at one time after colleagues helped.
    `uneven`: visits of the most visited host less those of the least visited one, of doors that are open then.
    `minutes`: between pre-brief and debrief, of all visitors, neither in a visit nor in a class of their own.
    """

    changes: int = 0
    unmatched: int = 0
    covers: int = 0
    substitutes: int = 0
    uneven: int = 0
    minutes: int = 0


@dataclass(frozen=True)
class Answer:
    """A plan, its cost, and what no plan can go below: each bound holds where the items before it stand as they do.

    Without a plan, `conflict` says in sentences which wishes stand against each other, none of which can be left out
    (`conflict_is_smallest`: there is no shorter list); when both are empty, time ran out first.
    """

    plan: Plan | None = None
    cost: Cost | None = None
    bound: Cost = Cost()
    conflict: tuple = ()
    conflict_is_smallest: bool = False
    seconds: float = 0.0

    @property
    def is_best_possible(self):
        """Proven: every item is at its bound."""
        return self.cost is not None and self.cost == self.bound

    @property
    def gap(self):
        """By how much each item could at the most be lower, in its own unit; None without a plan."""
        return None if self.cost is None else Cost(*(c - b for c, b in zip(self.cost, self.bound, strict=True)))
