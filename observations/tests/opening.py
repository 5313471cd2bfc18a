"""How tests open doors."""

import datetime as dt

from observations.models import DoorTime
from observations.services.doors import open_door

FIRST, LAST = dt.date(2027, 3, 8), dt.date(2027, 3, 19)  # the two weeks of `school_days`


def period(position, name, class_name="Grade 4 math", **fields):
    return DoorTime(position=position, period=name, class_name=class_name, **{"subject": "Math"} | fields)


def hours(starts, ends, *, position=None, **fields):
    return DoorTime(position=position, starts=starts, ends=ends, **{"class_name": "Reading club"} | fields)


def opened(by, school, *times, **fields):
    given = {"doing": "We talk about fractions", "starts_on": FIRST, "ends_on": LAST}
    return open_door(by=by, school=school, times=list(times), **given | fields)
