"""When a door is open, as people say it."""

from itertools import groupby
from typing import NamedTuple

from schedule.words import listed


class Line(NamedTuple):
    """Classes of a door that differ in nothing but the day: when and what; `moved_on` where they are there no more."""

    when: str
    what: str
    moved_on: object


def lines(times, names, *, date=""):
    """The Lines of a door's times in the order of the cycle; `names` are its days, `date` the only one. No queries."""
    groups = [list(same) for _, same in groupby(sorted(times, key=_place), key=_alike)]
    return [_line(same, names, date) for same in sorted(groups, key=lambda same: _position(same[0]))]


def _place(time):
    return (*_alike(time)[:3], str(time.moved_on), _position(time))


def _alike(time):
    return hours_words(time), time.what, time.room, time.moved_on


def _position(time):
    return -1 if time.position is None else time.position


def _line(times, names, date):
    first = times[0]
    on = date or on_words([time.position for time in times], names)
    what = ", ".join(part for part in (first.what, first.room and room_words(first.room)) if part)
    return Line(f"{on}, {hours_words(first)}", what, first.moved_on)


def on_words(positions, names):
    """Every school day; or: Monday and Thursday."""
    if None in positions or len(set(positions)) == len(names) > 1:
        return "Every school day"
    return listed([day_name(names, position) for position in positions])


def when_words(time, names):
    """Monday, period 3; or: Every school day, 10:05 to 10:50."""
    return f"{on_words([time.position], names)}, {hours_words(time)}"


def hours_words(time):
    return f"{time.starts:%-H:%M} to {time.ends:%-H:%M}" if time.is_by_hand else f"period {time.period}"


def day_name(names, position):
    """What the school calls a day of its cycle: Monday, Day A."""
    name = names[position] if position < len(names) else str(position + 1)
    return name if len(name) > 2 else f"Day {name}"


def room_words(room):
    """Room 12, but the library."""
    return f"room {room}" if room[:1].isdigit() else room
