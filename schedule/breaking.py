"""What a change of a school's days does to a time that was set before it, in words. It asks the database nothing."""

import datetime as dt
from dataclasses import dataclass

from people.clock import moment

from .rotation import Day
from .words import day_words

LONGEST_WORDS = 200


@dataclass(frozen=True)
class Picture:
    """What a date is at a school: its day, or None where nothing is laid out, and its periods on the school's clock.

    `periods` are (name, starts, ends), in order.
    """

    day: Day | None
    periods: tuple
    zone: dt.tzinfo

    @property
    def is_off(self):
        return self.day is None or bool(self.day.off)

    def rings(self, date):
        """{period: (starts_at, ends_at)} on the date, as moments."""
        return {name: (moment(date, a, self.zone), moment(date, b, self.zone)) for name, a, b in self.periods}

    def taken(self, date, starts_at, ends_at):
        """The periods that a span overlaps, with the times when they ring."""
        rung = self.rings(date).items()
        return {name: times for name, times in rung if times[0] < ends_at and starts_at < times[1]}


def trouble_of(span, date, was, now, *, trouble="", school="", has_classes=True):
    """What the change from `was` to `now` breaks of a span of moments on a date; "" when nothing, or not any more.

    `trouble` is what an earlier change broke: it stays, unless this one takes it back. `school` is named for people of
    another one. Other classes meet on another day of the cycle, which matters where there is a timetable.
    """
    if now.is_off:
        return trouble if was.is_off else off_words(date, now, school)
    if was.day is None:  # nothing was laid out, and nobody counted on it
        return trouble
    if was.is_off:
        taken_back = trouble == off_words(date, was, school)
        return "" if taken_back else short(f"{day_words(date)} is a school day now{_at(school)}.")
    if span[0].astimezone(was.zone).utcoffset() != span[0].astimezone(now.zone).utcoffset():
        return short(f"The clock{_at(school)} is another one now: look at the time on {day_words(date)} again.")
    before, after = was.taken(date, *span), now.taken(date, *span)
    if has_classes and was.day.position != now.day.position and (before or after):
        names = f"“{now.day.name}” now{_at(school)}, not “{was.day.name}”"
        return short(f"{day_words(date)} is {names}: other classes meet then.")
    if was.periods and before != after:
        return short(_period_words(date, before, after, now, school))
    return trouble


def off_words(date, picture, school=""):
    why = f": {picture.day.off}" if picture.day and picture.day.off else ""
    return short(f"There is no school{_at(school)} on {day_words(date)} now{why}.")


def _period_words(date, before, after, now, school):
    """The first period that rings at another time than it did, or no longer, or that is new there."""
    gone = [name for name, times in before.items() if after.get(name) != times]
    name = gone[0] if gone else next(name for name, times in after.items() if before.get(name) != times)
    clock = {name: (starts, ends) for name, starts, ends in now.periods}.get(name)
    if clock is None:
        return f"There is no period {name}{_at(school)} on {day_words(date)} now."
    starts, ends = (f"{time.hour}:{time:%M}" for time in clock)
    return f"Period {name}{_at(school)} is now {starts} to {ends} on {day_words(date)}."


def _at(school):
    return f" at {school}" if school else ""


def short(words):
    return words if len(words) <= LONGEST_WORDS else f"{words[: LONGEST_WORDS - 1]}…"
