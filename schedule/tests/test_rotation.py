"""What each date is, for any years, cycles, days off and special days; and when bells ring, in every time zone."""

import datetime as dt
import zoneinfo
from functools import lru_cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from people.clock import moment
from schedule.plausible import LEVELS, plausible
from schedule.rotation import DATES, NAMES, SCHOOL_DAYS, WEEKDAYS, Cycle, Day, Special, lay_out

FIRST = dt.date(2026, 8, 17)  # a Monday
YEAR = (FIRST, dt.date(2027, 6, 11))
NEXT_YEAR = (dt.date(2027, 8, 16), dt.date(2028, 6, 9))
ZONES = sorted(zoneinfo.available_timezones() - {"localtime"})

days_of_year = st.dates(*YEAR)
sets_of_days = st.sets(days_of_year, max_size=40)
sizes = st.sampled_from([2, 5, 6, 10])


def turns(follows, size, starts_on=FIRST):
    return Cycle(starts_on, follows, tuple((f"Day {number + 1}", None) for number in range(size)))


def off_on(days):
    return dict.fromkeys(days, "Snow")


def weekdays(first, last):
    span = (first + dt.timedelta(days=number) for number in range((last - first).days + 1))
    return [day for day in span if day.weekday() < 5]


def taught(laid):
    return [one for one in laid.values() if not one.off]


@given(sets_of_days, sets_of_days, st.sampled_from([WEEKDAYS, SCHOOL_DAYS, DATES]), sizes)
def test_every_weekday_of_the_year_is_one_day(off, special, follows, size):
    size = 5 if follows == WEEKDAYS else size

    laid = lay_out(
        [YEAR], usual="usual", cycles=[turns(follows, size)], off=off_on(off), special=dict.fromkeys(special, Special())
    )

    assert list(laid) == sorted({*weekdays(*YEAR), *special})
    assert {day for day, one in laid.items() if one.off} == {day for day in off if day in laid}
    assert all(one == Day(None, "", None, "Snow") for day, one in laid.items() if day in off)
    assert all(one.bells == "usual" for one in taught(laid))


@given(sets_of_days, sizes)
def test_a_rotation_of_school_days_neither_skips_nor_repeats(off, size):
    laid = lay_out([YEAR], usual=1, cycles=[turns(SCHOOL_DAYS, size)], off=off_on(off))

    assert [one.position for one in taught(laid)] == [number % size for number in range(len(taught(laid)))]


@given(sets_of_days, sizes)
def test_a_rotation_of_dates_does_not_mind_days_off(off, size):
    cycle = turns(DATES, size)

    laid, calm = (lay_out([YEAR], usual=1, cycles=[cycle], off=days) for days in (off_on(off), {}))

    assert [calm[day].position for day in calm] == [number % size for number in range(len(calm))]
    assert all(laid[day] == calm[day] for day in laid if not laid[day].off)


@given(sets_of_days)
def test_days_of_the_week_are_themselves(off):
    laid = lay_out([YEAR], usual=1, off=off_on(off))

    assert all(
        (one.position, one.name) == (day.weekday(), NAMES[day.weekday()]) for day, one in laid.items() if not one.off
    )


@given(
    sets_of_days, st.dictionaries(days_of_year, st.integers(0, 5), max_size=20), st.sampled_from([SCHOOL_DAYS, DATES])
)
def test_a_special_day_changes_that_date_alone(off, special, follows):
    cycles = [turns(follows, 6)]
    shown = {day: Special("half", position) for day, position in special.items()}

    plain, laid = (
        lay_out([YEAR], usual="full", cycles=cycles, off=off_on(off), special=with_) for with_ in ({}, shown)
    )

    for day in laid.keys() - off:
        wanted = Day(special[day], f"Day {special[day] + 1}", "half") if day in special else plain[day]
        assert laid[day] == wanted


@given(st.dates(FIRST + dt.timedelta(days=1), YEAR[1]), sets_of_days, sizes, sizes)
def test_a_new_cycle_holds_from_its_day_and_leaves_what_was(starts_on, off, size, other):
    old, new = turns(SCHOOL_DAYS, size), turns(SCHOOL_DAYS, other, starts_on)

    alone, both = (lay_out([YEAR], usual=1, cycles=cycles, off=off_on(off)) for cycles in ([old], [new, old]))

    later = [one.position for day, one in both.items() if day >= starts_on and not one.off]
    assert later == [number % other for number in range(len(later))]
    assert all(both[day] == alone[day] for day in both if day < starts_on)


@given(sets_of_days, sizes)
def test_a_rotation_begins_again_with_the_school_year(off, size):
    laid = lay_out([YEAR, NEXT_YEAR], usual=1, cycles=[turns(SCHOOL_DAYS, size)], off=off_on(off))

    assert laid[NEXT_YEAR[0]].position == 0
    assert list(laid) == weekdays(*YEAR) + weekdays(*NEXT_YEAR)


def test_each_day_of_the_cycle_has_its_bells():
    cycle = Cycle(FIRST, WEEKDAYS, tuple((name, "early" if name == "Wednesday" else None) for name in NAMES))
    thursday = FIRST + dt.timedelta(days=3)

    laid = lay_out([YEAR], usual="regular", cycles=[cycle], special={thursday: Special("assembly")})

    assert [one.bells for one in laid.values()][:5] == ["regular", "regular", "early", "assembly", "regular"]


def test_a_saturday_has_the_day_it_is_given_and_takes_no_turn():
    saturday = FIRST + dt.timedelta(days=5)

    laid = lay_out([YEAR], usual=1, cycles=[turns(SCHOOL_DAYS, 6)], special={saturday: Special(position=2)})
    unnamed = lay_out([YEAR], usual=1, special={saturday: Special()})

    assert laid[saturday] == Day(2, "Day 3", 1)
    assert laid[saturday + dt.timedelta(days=2)].position == 5
    assert unnamed[saturday] == Day(None, "", 1)


def test_a_day_of_a_longer_cycle_that_is_gone_is_no_day_of_this_one():
    laid = lay_out([YEAR], usual=1, cycles=[turns(SCHOOL_DAYS, 2)], special={FIRST: Special(position=5)})

    assert laid[FIRST] == Day(None, "", 1)


# --- on the clock -----------------------------------------------------------------------------------------------


@lru_cache
def changes(zone, year):
    """The days of a year on which the clocks of a zone change."""
    days = [dt.datetime(year, 1, 1, tzinfo=zone) + dt.timedelta(days=number) for number in range(366)]
    return [a.date() for a, b in zip(days, days[1:], strict=False) if a.utcoffset() != b.utcoffset()]


@st.composite
def zoned_days(draw):
    """A day in a time zone: one in two is a day on which its clocks change, when it has any."""
    zone = zoneinfo.ZoneInfo(draw(st.sampled_from(ZONES)))
    year = draw(st.sampled_from([2011, 2024, 2026]))
    found = changes(zone, year)
    if found and draw(st.booleans()):
        return zone, draw(st.sampled_from(found))
    return zone, draw(st.dates(dt.date(year, 1, 1), dt.date(year, 12, 31)))


# Clocks change in the small hours nearly everywhere: bells ring then too, or no change would ever be met.
NIGHT = st.integers(0, 20).map(lambda quarters: dt.time(quarters // 4, quarters % 4 * 15))
times = NIGHT | st.integers(0, 24 * 60 - 1).map(lambda minutes: dt.time(minutes // 60, minutes % 60))


@st.composite
def bells(draw):
    """The periods of a day, in order, some of them one right after another, at any hour."""
    marks = sorted(draw(st.sets(times, min_size=2)))
    spans = list(zip(marks, marks[1:], strict=False))
    return draw(st.lists(st.sampled_from(spans), min_size=1, unique=True).map(sorted))


def exact(day, time, zone):
    return moment(day, time, zone).astimezone(dt.UTC)


@given(zoned_days(), bells())
@settings(max_examples=400)
def test_periods_follow_one_another_on_every_day_in_every_zone(place, periods):
    zone, day = place

    rung = [(exact(day, starts, zone), exact(day, ends, zone)) for starts, ends in periods]

    assert all(starts <= ends for starts, ends in rung)
    for (one, ring), (two, later) in zip(
        zip(periods, rung, strict=True), list(zip(periods, rung, strict=True))[1:], strict=False
    ):
        assert ring[1] <= later[0]
        assert (ring[1] == later[0]) >= (one[1] == two[0])


@given(zoned_days(), times)
@settings(max_examples=400)
def test_bells_ring_at_the_same_wall_time_all_year(place, time):
    zone, day = place

    shown = moment(day, time, zone)

    first = exact(day, time, zone) - dt.timedelta(seconds=1)
    skipped = shown.replace(tzinfo=None) != dt.datetime.combine(day, time)
    # Either the clock shows that time, or it jumps over it in that very second.
    assert not skipped or (
        first.astimezone(zone).replace(tzinfo=None) < dt.datetime.combine(day, time) < shown.replace(tzinfo=None)
    )


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize(
    "day", [dt.date(2026, 10, 30), dt.date(2026, 11, 2), dt.date(2027, 3, 12), dt.date(2027, 3, 15)]
)
def test_a_school_day_is_the_same_before_and_after_both_changes(level, day):
    zone = zoneinfo.ZoneInfo("America/New_York")

    for rings in plausible(level, ["Ana"]).bells.values():
        spans = [(moment(day, ring.starts, zone), moment(day, ring.ends, zone)) for ring in rings]

        assert [(one.time(), two.time()) for one, two in spans] == [(ring.starts, ring.ends) for ring in rings]
        assert all(one[1] <= two[0] for one, two in zip(spans, spans[1:], strict=False))


def test_a_time_that_the_clock_skips_is_the_moment_of_the_change():
    zone, change = zoneinfo.ZoneInfo("America/New_York"), dt.date(2027, 3, 14)

    assert [exact(change, dt.time(hour, 30), zone).time() for hour in (1, 2, 3)] == [
        dt.time(6, 30),
        dt.time(7),
        dt.time(7, 30),
    ]
