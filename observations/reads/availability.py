"""When substitutes can come: what is written for the date goes before what is written for the weekday."""

import datetime as dt


def can_come(substitute, coverage):
    """Whether they can take the class, by their times (prefetched) and their last day."""
    return times_allow(substitute.times.all(), substitute.ended_on, coverage)


def times_allow(times, ended_on, coverage):
    if ended_on and ended_on < coverage.day:
        return False
    on_the_date = [one for one in times if one.day == coverage.day]
    if any(not one.can_come and one.starts < coverage.ends and one.ends > coverage.starts for one in on_the_date):
        return False
    weekly = [one for one in times if one.weekday == coverage.day.weekday()]
    hours = [one for one in on_the_date if one.can_come] or weekly
    return any(one.starts <= coverage.starts and one.ends >= coverage.ends for one in hours)


def week_of(day):
    """Monday and Sunday of the week."""
    monday = day - dt.timedelta(days=day.weekday())
    return monday, monday + dt.timedelta(days=6)
