import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schedule.shorter import SHORTEST, TooShort, at_most, ending_at


def minute(time):
    return 60 * time.hour + time.minute


def time(minutes):
    return dt.time(minutes // 60, minutes % 60)


@st.composite
def days(draw):
    """One to ten periods of ten minutes to an hour and a half, with up to a quarter of an hour between them."""
    moment, made = draw(st.integers(420, 560)), []
    for number in range(draw(st.integers(1, 10))):
        ends = moment + draw(st.integers(10, 80))
        made.append((str(number), time(moment), time(ends)))
        moment = ends + draw(st.integers(0, 15))
    return made


def check(periods, day):
    """The same periods in order, each of some minutes, none while another is on."""
    assert [name for name, _, _ in periods] == [name for name, _, _ in day]
    assert periods[0][1] == day[0][1]
    assert all(starts < ends for _, starts, ends in periods)
    assert all(one[2] <= two[1] for one, two in zip(periods, periods[1:], strict=False))


@given(days(), st.integers(5, 90))
def test_periods_last_at_most_so_long_and_breaks_stay(day, minutes):
    made = at_most(day, minutes)

    check(made, day)
    assert [minute(two) - minute(one) for _, one, two in made] == [
        min(minutes, minute(two) - minute(one)) for _, one, two in day
    ]
    gaps = [[minute(two[1]) - minute(one[2]) for one, two in zip(them, them[1:], strict=False)] for them in (made, day)]
    assert gaps[0] == gaps[1]


@given(days(), st.data())
def test_a_day_ends_when_it_should(day, data):
    first, last = minute(day[0][1]), minute(day[-1][2])
    wanted = data.draw(st.integers(first + 1, last))

    try:
        made = ending_at(day, time(wanted))
    except TooShort:
        # Only where periods of that length do not fit, the shortest of them taken for its share.
        assert (wanted - first) * 10 < SHORTEST * (last - first)
    else:
        check(made, day)
        assert minute(made[-1][2]) == wanted
        assert all(minute(ends) - minute(starts) >= SHORTEST for _, starts, ends in made)


def test_a_half_day_of_a_real_one():
    day = [("1", dt.time(8, 10), dt.time(9)), ("2", dt.time(9, 5), dt.time(9, 55)), ("3", dt.time(10), dt.time(10, 50))]

    assert ending_at(day, dt.time(9, 50)) == [
        ("1", dt.time(8, 10), dt.time(8, 40)),
        ("2", dt.time(8, 45), dt.time(9, 15)),
        ("3", dt.time(9, 20), dt.time(9, 50)),
    ]


def test_no_day_fits_into_a_minute():
    with pytest.raises(TooShort):
        ending_at([("1", dt.time(8), dt.time(9))], dt.time(8, 1))
    assert ending_at([], dt.time(12)) == at_most([], 30) == []
