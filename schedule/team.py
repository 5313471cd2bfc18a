"""The week of a team: when each is free, teaches or is busy, without a word of what with (TRUST: free/busy)."""

import datetime as dt
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from people import clock

from .busy import CLASS, COVER, EVENT, OFF
from .time_rows import DUTY
from .words import clock as hours
from .words import day_words

HOURS = [(f"{hour}:00", dt.time(hour), dt.time(hour + 1)) for hour in range(8, 16)]  # where no bells are known
EVENING = dt.time(18)
# The strongest first: what a cell shows of all that overlaps it.
WORDS = {"off": "No school", "busy": "Busy", "teaching": "Teaching", "duty": "Duty", "asked": "Asked", "free": "Free"}
MARKS = {"off": "–", "busy": "B", "teaching": "T", "duty": "D", "asked": "?", "free": ""}
LEGEND = [(state, MARKS[state], word) for state, word in WORDS.items()]


@dataclass(frozen=True)
class Column:
    """A period of a date, or an hour where no bells are known."""

    name: str
    starts_at: dt.datetime
    ends_at: dt.datetime

    @property
    def short(self):
        """What fits over a narrow column."""
        return self.name if len(self.name) < 4 else self.name[0]

    @property
    def said(self):
        return f"{self.name}, {hours(self.starts_at)} to {hours(self.ends_at)}"


@dataclass(frozen=True)
class TeamDay:
    date: dt.date
    columns: tuple

    @cached_property
    def name(self):
        return day_words(self.date)

    @cached_property
    def said(self):
        """Each column with its day, period and hours in words."""
        return [(column, f"{self.name}, {column.said}") for column in self.columns]

    @property
    def short(self):
        return f"{self.date:%a} {self.date.day}"


class Cell(NamedTuple):
    state: str
    mark: str
    said: str


@dataclass
class TeamRow:
    """A person's week: a cell for each column, and the same in a line for each day."""

    person: object
    cells: list = field(default_factory=list)
    lines: list = field(default_factory=list)  # (day in words, what of it is taken)


def team_week(people, monday, known):
    """(days, rows) from Monday to Friday; `known` is what was looked up of these people then. No query."""
    week = [monday + dt.timedelta(days=number) for number in range(5)]
    # Nothing is laid out for this week, though it may be for another that was looked at.
    is_laid_out = known.bells is not None and any(date in known.bells for date in week)
    days = [_day(date, known.bells if is_laid_out else None, known.zone) for date in week]
    return days, [_row(person, known.own[person.pk], days, known.zone) for person in people]


def _day(date, bells, zone):
    periods = HOURS if bells is None else bells.get(date, ())
    columns = [Column(name, *(clock.moment(date, time, zone) for time in span)) for name, *span in periods]
    ends = columns[-1].ends_at if columns else clock.moment(date, HOURS[0][1], zone)
    evening = clock.moment(date, EVENING, zone)
    if ends < evening:
        columns.append(Column("After" if columns else "Day", ends, evening))
    return TeamDay(date, tuple(columns))


def _row(person, own, days, zone):
    row = TeamRow(person)
    for day in days:
        midnight = [clock.moment(date, dt.time(0), zone) for date in (day.date, day.date + dt.timedelta(days=1))]
        that_day = [block for block in own if block.overlaps(*midnight)]
        for column, said in day.said:
            states = {state_of(block) for block in that_day if block.overlaps(column.starts_at, column.ends_at)}
            state = next(state for state in WORDS if state in states or state == "free")
            row.cells.append(Cell(state, MARKS[state], f"{said}: {WORDS[state]}"))
        row.lines.append((day.name, _line(that_day, day.date, zone)))
    return row


def state_of(block):
    if block.kind in (EVENT, COVER):
        return "busy" if block.firm else "asked"
    return {OFF: "off", CLASS: "teaching", DUTY: "duty"}[block.kind]


def _line(own, date, zone):
    """Spans of the day that are taken, one after the other; those of a kind that touch or overlap are one."""
    spans = []
    for block in own:
        starts_at, ends_at = block.starts_at.astimezone(zone), block.ends_at.astimezone(zone)
        if starts_at.date() <= date <= (ends_at - dt.timedelta(microseconds=1)).date():
            state = state_of(block)
            if state == "off":
                return WORDS[state]
            if spans and spans[-1][0] == state and starts_at <= spans[-1][2]:
                spans[-1][2] = max(ends_at, spans[-1][2])
            else:
                spans.append([state, starts_at, ends_at])
    return ", ".join(f"{WORDS[state].lower()} {hours(start)} to {hours(end)}" for state, start, end in spans) or "free"
