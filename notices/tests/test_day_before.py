"""The same time by the clock on the school day before: held for every zone that there is, on every day."""

import datetime as dt
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notices.day_before import DAY, LONGEST, DaysOff, is_school_day, last_school_day, one_day_before
from people.models import NoSchoolDay

ZONES = sorted(available_timezones())
FIRST = dt.date(2026, 1, 1)
days = st.dates(dt.date(1990, 1, 1), dt.date(2037, 12, 31))
moments = st.datetimes(dt.datetime(1990, 2, 1), dt.datetime(2037, 12, 1), timezones=st.just(dt.UTC))


def exists(day, time, zone):
    """Whether the clock of the zone shows this time on this day."""
    wall = dt.datetime.combine(day, time, tzinfo=zone)
    return wall.astimezone(dt.UTC).astimezone(zone).replace(tzinfo=None) == wall.replace(tzinfo=None)


def check(moment, zone, days_off=frozenset()):
    told = one_day_before(moment, zone, days_off)
    local, back = moment.astimezone(zone), told.astimezone(dt.UTC).astimezone(zone)
    day = last_school_day(local.date() - DAY, days_off)
    assert told <= moment
    if exists(day, local.time(), zone):
        assert (back.date(), back.time()) == (day, local.time())
    else:
        # The clock skipped it: told at the change, when it had shown less a second ago and shows more now.
        wanted = dt.datetime.combine(day, local.time())
        a_second_ago = (told.astimezone(dt.UTC) - dt.timedelta(seconds=1)).astimezone(zone)
        assert a_second_ago.replace(tzinfo=None) < wanted < back.replace(tzinfo=None)


@settings(max_examples=400, deadline=None)
@given(moments, st.sampled_from(ZONES), st.sets(st.integers(-20, 20)))
def test_one_day_before_is_the_same_wall_time_in_any_zone(moment, name, off):
    zone = ZoneInfo(name)
    check(moment, zone, frozenset(moment.date() + n * DAY for n in off))


def changes(zone):
    """The days of two years on which the zone's clock was changed."""
    noon = [dt.datetime.combine(FIRST + n * DAY, dt.time(12), tzinfo=zone) for n in range(730)]
    return [day.date() for before, day in zip(noon, noon[1:], strict=False) if before.utcoffset() != day.utcoffset()]


def test_one_day_before_over_every_clock_change_of_two_years():
    changed = {zone: changes(zone) for zone in map(ZoneInfo, ZONES)}

    for zone, found in changed.items():
        for day in found:
            for n in range(5):
                for time in (dt.time(0, 30), dt.time(2, 30), dt.time(8)):
                    check(dt.datetime.combine(day + n * DAY, time, tzinfo=zone).astimezone(dt.UTC), zone)
    assert len(changed[ZoneInfo("America/New_York")]) == 4
    assert sum(map(bool, changed.values())) > 150


@given(days, st.sets(st.integers(-25, 5)))
def test_the_school_day_before_has_school_or_lies_in_a_long_break(day, off):
    days_off = frozenset(day + n * DAY for n in off)
    found = last_school_day(day, days_off)

    between = [found + n * DAY for n in range(1, (day - found).days + 1)]
    assert not any(is_school_day(one, days_off) for one in between)
    if not is_school_day(found, days_off):
        assert found == day
        assert not any(is_school_day(day - n * DAY, days_off) for n in range(LONGEST + 1))


@pytest.mark.django_db
@settings(max_examples=60, deadline=None)
@given(st.sets(st.integers(-16, 30)), st.integers(0, 6), st.sampled_from([1, 2, 7]))
def test_looking_ahead_reaches_every_day_to_tell_of_today(off, weekday, days_before):
    NoSchoolDay.objects.all().delete()
    today = dt.datetime(2027, 3, 1 + weekday, 12, tzinfo=dt.UTC)
    NoSchoolDay.objects.bulk_create(NoSchoolDay(day=today.date() + n * DAY, name="Off") for n in off)
    days_off = DaysOff(today)

    for n in range(days_before, 2 * LONGEST):
        day = today.date() + n * DAY
        if last_school_day(day - days_before * DAY, days_off.at(None)) == today.date():
            assert n * DAY <= days_off.ahead(days_before)
