"""The week of a team: when each is free, teaches or is busy, without a word of what with (TRUST: free/busy)."""

import datetime as dt
from dataclasses import dataclass, field

from people import clock

from .busy import CLASS, COVER, EVENT, OFF, blocks
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

    @property
    def name(self):
        return day_words(self.date)

    @property
    def short(self):
        return f"{self.date:%a} {self.date.day}"


@dataclass(frozen=True)
class Cell:
    state: str
    said: str

    @property
    def mark(self):
        return MARKS[self.state]


@dataclass
class TeamRow:
    """A person's week: a cell for each column, and the same in a line for each day."""

    person: object
    cells: list = field(default_factory=list)
    lines: list = field(default_factory=list)  # (day in words, what of it is taken)


def team_week(people, monday, *, school, bells):
    """(days, rows) from Monday to Friday: `bells` are {date: [(period, starts, ends)]} of the school. One query."""
    zone = clock.zone_of(school)
    days = [_day(monday + dt.timedelta(days=number), bells, zone) for number in range(5)]
    own = blocks(people, days[0].date, days[-1].date)
    return days, [_row(person, own[person.pk], days, zone) for person in people]


def _day(date, bells, zone):
    periods = bells.get(date, ()) if bells else HOURS
    columns = [Column(name, *(clock.moment(date, time, zone) for time in span)) for name, *span in periods]
    ends = columns[-1].ends_at if columns else clock.moment(date, HOURS[0][1], zone)
    evening = clock.moment(date, EVENING, zone)
    if ends < evening:
        columns.append(Column("After" if columns else "Day", ends, evening))
    return TeamDay(date, tuple(columns))


def _row(person, own, days, zone):
    row = TeamRow(person)
    for day in days:
        for column in day.columns:
            states = {state_of(block) for block in own if block.overlaps(column.starts_at, column.ends_at)}
            state = next(state for state in WORDS if state in states or state == "free")
            row.cells.append(Cell(state, f"{day.name}, {column.said}: {WORDS[state]}"))
        row.lines.append((day.name, _line(own, day.date, zone)))
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
