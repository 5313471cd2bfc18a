"""Find a time: the ranking against a reference that looks at every minute."""

import datetime as dt
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from people.clock import moment
from schedule.busy import Block
from schedule.openings import Opening, Party, best, openings, starts_of

MINUTE = dt.timedelta(minutes=1)
ZONES = [ZoneInfo(name) for name in ("America/New_York", "Pacific/Auckland", "UTC")]
# Plain days, and the days of both clock changes in New York and in Auckland.
DATES = [dt.date(2027, 3, 11), dt.date(2027, 3, 14), dt.date(2027, 11, 7), dt.date(2027, 4, 4), dt.date(2027, 9, 26)]
KINDS = ["class", "class", "class", "duty", "event", "cover"]

times = st.integers(0, 23 * 12).map(lambda five: dt.time(five // 12, five % 12 * 5))


@st.composite
def worlds(draw):
    """People 1 to 3 with blocks on a date, and who of them is needed, visited or merely welcome."""
    date, zone = draw(st.sampled_from(DATES)), draw(st.sampled_from(ZONES))
    own = {}
    for pk in (1, 2, 3):
        blocks = []
        for starts, length in draw(st.lists(st.tuples(times, st.integers(1, 12)), max_size=4)):
            begins = moment(date, starts, zone)
            ends = (begins.astimezone(dt.UTC) + length * 10 * MINUTE).astimezone(zone)
            with_them = draw(st.sampled_from([(), (4,), (2,) if pk != 2 else (1,)]))
            kind, firm = draw(st.sampled_from(KINDS)), draw(st.booleans())
            blocks.append(Block(kind, begins, ends, firm, class_name=str(pk), school_id=1, co_teachers=with_them))
        own[pk] = blocks
    if draw(st.integers(0, 9)) == 0:
        own[1].append(Block("off", moment(date, dt.time(0), zone), moment(date + dt.timedelta(1), dt.time(0), zone)))
    needed = frozenset(draw(st.sets(st.sampled_from([1, 2, 3]), min_size=1)))
    visited = frozenset(draw(st.sets(st.sampled_from(sorted(needed)), max_size=1)))
    return own, Party(needed, frozenset(own) - needed, visited), date, zone


def overlap(block, starts_at, ends_at):
    """The minutes of a block in a span, counted one by one."""
    start, end = block.starts_at.astimezone(dt.UTC), block.ends_at.astimezone(dt.UTC)
    minutes = (starts_at + number * MINUTE for number in range(int((ends_at - starts_at) / MINUTE)))
    return [minute for minute in minutes if start <= minute < end]


def cost(own, party, starts_at, ends_at):
    """The minutes of class that need cover, or None where it cannot be: every person and block looked at anew."""
    classes, seen = {}, set()
    for pk in party.needed:
        for block in own[pk]:
            taken = overlap(block, starts_at, ends_at)
            if not taken:
                continue
            if block.kind in ("off", "duty") or block.kind in ("event", "cover") and block.firm:
                return None
            if block.kind == "class" and pk in party.visited:
                seen.add(pk)
            elif block.kind == "class":
                gone = party.needed - party.visited
                if set(block.co_teachers) <= gone:
                    team = min({pk, *block.co_teachers} & gone)
                    classes[block.starts_at, block.ends_at, team] = len(taken)
    teach = {pk for pk in party.visited if any(block.kind == "class" for block in own[pk])}
    return None if teach - seen else sum(classes.values())


@settings(max_examples=300, deadline=None)
@given(
    worlds(), st.sampled_from([5, 20, 45, 90]), st.sets(times, max_size=4), st.tuples(times, times), st.integers(1, 5)
)
def test_the_best_times_are_those_of_the_reference(world, minutes, bells, hours, most):
    own, party, date, zone = world
    earliest, latest = min(hours), max(hours)
    length, now = minutes * MINUTE, moment(date, dt.time(9), zone).astimezone(dt.UTC)

    found = best(openings(own, [(date, bells, earliest, latest)], party, minutes=minutes, now=now, zone=zone), most)

    first, last = (moment(date, time, zone).astimezone(dt.UTC) for time in (earliest, latest))
    starts = [first + number * MINUTE for number in range(int((last - first) / MINUTE))]
    rung = {moment(date, time, zone).astimezone(dt.UTC) for time in bells}
    fits = []
    for start in starts:
        is_candidate = (start - first) % (15 * MINUTE) == dt.timedelta(0) or start in rung
        if is_candidate and start >= now and start + length <= last:
            price = cost(own, party, start, start + length)
            if price is not None:
                fits.append((price, start))
    wanted = []
    for price, start in sorted(fits):
        if len(wanted) < most and all(abs(start - other) >= length for _, other in wanted):
            wanted.append((price, start))
    assert [(one.class_minutes, one.starts_at) for one in found] == wanted
    assert all(one.ends_at - one.starts_at == length for one in found)


def test_starts_are_the_quarters_and_the_bells_between_the_hours():
    zone, date = ZONES[0], DATES[0]
    first, last = (moment(date, dt.time(8, minute), zone).astimezone(dt.UTC) for minute in (0, 40))

    found = starts_of(date, {dt.time(8, 5), dt.time(8, 40), dt.time(7, 50)}, first, last, zone)

    assert [int((one - first) / MINUTE) for one in found] == [0, 5, 15, 30]


def test_times_that_overlap_a_better_one_say_nothing_new():
    first = moment(DATES[0], dt.time(8), ZONES[0]).astimezone(dt.UTC)
    found = [
        Opening(first + n * 15 * MINUTE, first + (n * 15 + 30) * MINUTE, price) for n, price in enumerate([5, 0, 0, 5])
    ]

    assert [one.starts_at for one in best(found, 5)] == [first + 15 * MINUTE, first + 45 * MINUTE]
