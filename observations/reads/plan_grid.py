"""A planned walk drawn as its half day: people down, time across, each with the room that they are in then."""

from dataclasses import dataclass, field
from typing import NamedTuple


class Stop(NamedTuple):
    """A meeting of all (`people` is None), or a visit of some. Times in words, `order` says which comes first."""

    order: object
    starts: str
    ends: str
    title: str
    place: str = ""
    host: str = ""
    people: frozenset | None = None

    @property
    def is_visit(self):
        return self.people is not None

    @property
    def time(self):
        return f"{self.starts} to {self.ends}"


@dataclass
class Row:
    person: object  # id
    name: str
    team: str = ""
    is_reader: bool = False
    cells: list = field(default_factory=list)  # a Stop or None for each column

    @property
    def stops(self):
        return [stop for stop in self.cells if stop]


class Grid:
    """`people` are (id, name, team), `stops` what they go to; columns are the moments at which something begins."""

    def __init__(self, people, stops, reader=None):
        self.stops = sorted(stops, key=lambda stop: (stop.order, stop.is_visit, stop.host))
        self.columns = list({stop.order: stop for stop in reversed(self.stops)}.values())[::-1]
        self.rows = [self._row(*one, reader) for one in people]

    def _row(self, person, name, team, reader):
        own = {stop.order: stop for stop in self.stops if stop.people is None or person in stop.people}
        cells = [own.get(column.order) for column in self.columns]
        return Row(person, name, team, person == reader, cells)

    @property
    def is_empty(self):
        return not self.stops

    @property
    def visits(self):
        return [stop for stop in self.stops if stop.is_visit]
