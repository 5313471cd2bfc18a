"""A walk drawn as its half day: people down, time across, rooms in the cells. Coverage drawn as the school day."""

from dataclasses import dataclass
from itertools import groupby

from schedule.models import Period


@dataclass
class Stop:
    """One column of the drawing."""

    what: str  # pre_brief, visit or debrief
    starts_at: object
    ends_at: object
    place: str
    host: object = None
    visit: object = None

    @property
    def title(self):
        return {"pre_brief": "Pre-brief", "debrief": "Debrief"}.get(self.what, "Visit")


class Drawing:
    """The stops in the order of time. The team walks together, so each cell stands for everyone in the rows."""

    def __init__(self, walk, places, visits):
        self.stops = sorted([*talks(walk), *stops_of(visits)], key=lambda stop: stop.starts_at)
        self.people = [place.person for place in places]

    @property
    def is_empty(self):
        return not self.stops

    @property
    def visits(self):
        return [stop for stop in self.stops if stop.visit]


def talks(walk):
    for what in ("pre_brief", "debrief"):
        event = getattr(walk, what)
        if event and not event.cancelled_at:
            yield Stop(what, event.starts_at, event.ends_at, event.place)


def stops_of(visits):
    for visit in visits:
        yield Stop("visit", visit.event.starts_at, visit.event.ends_at, visit.room, visit.host, visit)


@dataclass
class Row:
    """A period of the school day, or hours between, with the classes that somebody else takes then."""

    name: str
    starts: object
    ends: object
    classes: list


def usual_periods(school):
    """The periods of the school's usual day."""
    return list(Period.objects.filter(schedule__school=school, schedule__is_default=True))


def school_day(periods, requests):
    """The day from the first period to the last: each class in its period, or in a row of its own hours."""
    rows = [Row(period.title, period.starts, period.ends, []) for period in periods]
    by_span = {(row.starts, row.ends): row for row in rows}
    apart = [one for one in requests if (one.starts, one.ends) not in by_span]
    for one in requests:
        if row := by_span.get((one.starts, one.ends)):
            row.classes.append(one)
    apart.sort(key=lambda one: (one.starts, one.ends))
    for (starts, ends), together in groupby(apart, key=lambda one: (one.starts, one.ends)):
        rows.append(Row("", starts, ends, list(together)))
    return sorted(rows, key=lambda row: (row.starts, row.ends))
