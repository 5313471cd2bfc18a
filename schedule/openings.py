"""Which times fit several people best: a pure ranking over what takes their time. It asks the database nothing.

A time is out when it is over already, when a day off or a firm booking or a duty of somebody needed is in the way, or
when a class is to be visited and none is on. What is left is ordered by the minutes of class that need cover, then by
how soon. Moments are compared in UTC, so that no change of the clock makes a span longer or shorter.
"""

import datetime as dt
from dataclasses import dataclass

from people import clock

from .busy import CLASS, COVER, EVENT, OFF
from .time_rows import DUTY

STEP = dt.timedelta(minutes=15)


@dataclass(frozen=True)
class Party:
    """Who is to meet, by id. Those `visited` teach meanwhile; those `welcome` are not needed."""

    needed: frozenset
    welcome: frozenset = frozenset()
    visited: frozenset = frozenset()

    @property
    def leaving(self):
        """Those who miss a class of theirs."""
        return self.needed - self.visited


@dataclass(frozen=True)
class Opening:
    """A time that fits. `classes` are the class blocks that it takes, by person id; each class once."""

    starts_at: dt.datetime
    ends_at: dt.datetime
    class_minutes: int
    classes: tuple = ()
    kept: tuple = ()  # classes that a co-teacher stays with
    seen: tuple = ()  # classes of those who are visited
    in_the_way: tuple = ()  # (person id, "unsure" or "not needed"), of those whose time is taken all the same

    @property
    def rank(self):
        return self.class_minutes, self.starts_at


def openings(own, days, party, *, minutes, now, zone):
    """Every time that fits, unordered: `own` are Blocks by person id, `days` are (date, starts, from, until) with the
    times of day at which a period starts or ends, and between which to look.
    """
    length = dt.timedelta(minutes=minutes)
    with_class = {pk for pk in party.visited if any(block.kind == CLASS for block in own.get(pk, ()))}
    # In UTC from here on: moments of one zone are compared much faster than those of two.
    spans = {pk: [_in_utc(block) for block in blocks] for pk, blocks in own.items()}
    for date, bells, earliest, latest in days:
        first, last = (_moment(date, time, zone) for time in (earliest, latest))
        near = {pk: [one for one in blocks if one.overlaps(first, last)] for pk, blocks in spans.items()}
        for starts_at in starts_of(date, bells, first, last, zone):
            if starts_at >= now and starts_at + length <= last:
                opening = _opening(near, party, with_class, starts_at, starts_at + length)
                if opening:
                    yield opening


def best(found, most):
    """The first of each stretch by rank: times that overlap a better one say nothing new."""
    chosen = []
    for one in sorted(found, key=lambda one: one.rank):
        if len(chosen) == most:
            break
        if all(one.starts_at >= other.ends_at or other.starts_at >= one.ends_at for other in chosen):
            chosen.append(one)
    return chosen


def starts_of(date, bells, first, last, zone):
    """Moments to begin at: whenever a period starts or ends, and every quarter of an hour."""
    quarters = range(int((last - first) / STEP) + 1)
    moments = {first + number * STEP for number in quarters} | {_moment(date, time, zone) for time in bells}
    return sorted(moment for moment in moments if first <= moment < last)


def _opening(near, party, with_class, starts_at, ends_at):
    there = {pk: [one for one in own if one.overlaps(starts_at, ends_at)] for pk, own in near.items()}
    if any(_stops(block) for pk in party.needed for block in there.get(pk, ())):
        return None
    seen = tuple((pk, block) for pk in sorted(with_class) for block in there[pk] if block.kind == CLASS)
    if with_class - {pk for pk, _ in seen}:
        return None
    taken, kept = _classes(there, party.leaving)
    return Opening(
        starts_at,
        ends_at,
        sum(_shared(block, starts_at, ends_at) for _, block in taken),
        tuple(taken),
        tuple(kept),
        seen,
        tuple(_in_the_way(there, party)),
    )


def _stops(block):
    return block.kind in (OFF, DUTY) or (block.kind in (EVENT, COVER) and block.firm)


def _classes(there, leaving):
    """Classes that need cover, each once whoever teaches it together, and those that somebody stays with."""
    taken, kept = {}, {}
    for pk in sorted(leaving):
        for block in there.get(pk, ()):
            if block.kind == CLASS:
                stays = set(block.co_teachers) - leaving
                # Co-teachers who leave share a class, and two classes that one teaches together are one.
                team = leaving.intersection({pk, *block.co_teachers})
                together = (block.starts_at, block.ends_at, block.school_id, min(team))
                (kept if stays else taken).setdefault(together, (pk, block))
    return taken.values(), kept.values()


def _in_the_way(there, party):
    for pk in sorted(party.needed):
        if any(block.kind in (EVENT, COVER) for block in there.get(pk, ())):
            yield pk, "unsure"
    for pk in sorted(party.welcome):
        if there.get(pk):
            yield pk, "not needed"


def _shared(block, starts_at, ends_at):
    span = min(block.ends_at, ends_at) - max(block.starts_at, starts_at)
    return int(span.total_seconds() // 60)


def _in_utc(block):
    return block._replace(starts_at=block.starts_at.astimezone(dt.UTC), ends_at=block.ends_at.astimezone(dt.UTC))


def _moment(date, time, zone):
    return clock.moment(date, time, zone).astimezone(dt.UTC)
