"""Shorter days made of a usual one: the same periods, (name, starts, ends), in order. It asks the database nothing."""

import datetime as dt

SHORTEST = 5  # minutes of a period


class TooShort(ValueError):
    """A period would not last five minutes."""


def at_most(periods, minutes):
    """The day with no period longer than so many minutes; what lies between them stays."""
    return _rung(periods, [min(length, minutes) for length in _lengths(periods)], _gaps(periods))


def ending_at(periods, time):
    """The day made to end at this time: each period loses its share, and what lies between them stays.

    Where there is no room for that, the gaps shrink too. Raises TooShort when a period would last under five minutes.
    """
    periods = list(periods)
    if not periods:
        return []
    lengths, gaps = _lengths(periods), _gaps(periods)
    wanted = _minute(time) - _minute(periods[0][1])
    for apart in (gaps, _shared(gaps, wanted * sum(gaps) // (sum(gaps) + sum(lengths)))):
        shares = _shared(lengths, wanted - sum(apart))
        if min(shares) >= SHORTEST:
            return _rung(periods, shares, apart)
    raise TooShort


def _shared(parts, total):
    """Whole minutes that sum to the total, in proportion to the parts."""
    whole, seen, given, shares = sum(parts), 0, 0, []
    for part in parts:
        seen += part
        upto = total * seen // whole if whole else 0
        shares.append(upto - given)
        given = upto
    return shares


def _rung(periods, lengths, gaps):
    moment, made = _minute(periods[0][1]) if periods else 0, []
    for (name, _, _), length, gap in zip(periods, lengths, [*gaps, 0], strict=False):
        made.append((name, _time(moment), _time(moment + length)))
        moment += length + gap
    return made


def _lengths(periods):
    return [_minute(ends) - _minute(starts) for _, starts, ends in periods]


def _gaps(periods):
    periods = list(periods)
    return [_minute(two[1]) - _minute(one[2]) for one, two in zip(periods, periods[1:], strict=False)]


def _minute(time):
    return 60 * time.hour + time.minute


def _time(minute):
    return dt.time(minute // 60, minute % 60)
