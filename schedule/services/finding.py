"""Find a time: the best openings for some people in a span of dates, with the reasons in words. Two queries."""

import datetime as dt
from dataclasses import dataclass
from functools import partial
from zoneinfo import ZoneInfo

from django.utils import timezone

from people.access import require
from people.clock import zone_of

from .. import policy
from ..busy import CLASS, blocks
from ..models import SchoolDay
from ..openings import Party, best, openings
from ..reasons import Reasons
from ..time_rows import zone_name
from .clashes import class_words

USUAL = (dt.time(8), dt.time(16))  # where no bells are known
LONGEST_SEARCH = dt.timedelta(days=62)


@dataclass(frozen=True)
class Slot:
    """A time to offer. `classes` are (person, class in words) that need cover, `reasons` say why it stands here."""

    starts_at: dt.datetime
    ends_at: dt.datetime
    class_minutes: int
    classes: tuple
    reasons: tuple


@dataclass(frozen=True)
class Known:
    """What takes people's time, as Blocks by their id; the bells of a school, {date: [(period, starts, ends)]}, or None
    where nothing is laid out; and its zone.
    """

    own: dict
    bells: dict | None
    zone: dt.tzinfo

    def between(self, first, last):
        """The same without the classes and the bells of other dates."""
        bells = {day: periods for day, periods in (self.bells or {}).items() if first <= day <= last}
        own = {
            pk: [one for one in blocks if one.kind != CLASS or first <= one.starts_at.date() <= last]
            for pk, blocks in self.own.items()
        }
        return Known(own, bells or None, self.zone)


def find_a_time(
    people,
    *,
    minutes,
    first,
    last,
    by,
    school=None,
    earliest=None,
    latest=None,
    most=5,
    visited=(),
    welcome=(),
    at=None,
    known=None,
):
    """The best times for `people` from date to date, at most `most`, best first: the fewest minutes of class that need
    cover, then the soonest. Times are of the school's clock; without hours of day, from its first bell to its last.

    Those of them who are `visited` teach meanwhile, and only times when they do are offered; those `welcome` are not
    needed. Days off, duties and what somebody needed said yes to are left alone. `known` is what was looked up of these
    people, on these dates or more. Two queries without it, whatever the number of people and weeks.
    """
    require(policy.may_find_a_time(by))
    everyone = {person.pk: person for person in [*people, *welcome]}
    names = {pk: person.name for pk, person in everyone.items()}
    needed, seen = (frozenset(person.pk for person in some) for some in (people, visited))
    party = Party(needed, frozenset(everyone) - needed, seen)
    last = min(last, first + LONGEST_SEARCH)
    known = (known or look(everyone.values(), first, last, school=school)).between(first, last)
    days = _days(known.bells, first, last, earliest, latest)
    found = best(openings(known.own, days, party, minutes=minutes, now=at or timezone.now(), zone=known.zone), most)
    tell = partial(class_words, by=by)
    reasons = Reasons(party, known.own, names=names, tell=tell, bells=known.bells or {})
    return [_slot(opening, everyone, reasons, tell, known.zone) for opening in found]


def _slot(opening, everyone, reasons, tell, zone):
    span = [moment.astimezone(zone) for moment in (opening.starts_at, opening.ends_at)]
    classes = tuple((everyone[pk], tell(block)) for pk, block in opening.classes)
    return Slot(*span, opening.class_minutes, classes, reasons.of(opening, *span))


def look(people, first, last, *, school=None):
    """The Known of these people and this school from date to date: two queries."""
    bells, zone = _bells_and_zone(school, first, last) if school else (None, None)
    return Known(blocks(people, first, last), bells, ZoneInfo(zone) if zone else zone_of(school))


def _bells_and_zone(school, first, last):
    rows = SchoolDay.objects.filter(school=school, day__range=(first, last)).order_by("day")
    period = "bell_schedule__periods"
    columns = ("day", "off", f"{period}__name", f"{period}__starts", f"{period}__ends")
    found = list(rows.values_list(*columns, zone_name("school")))
    days = {}
    for day, off, name, starts, ends, _ in found:
        periods = days.setdefault(day, [])
        if not off:
            periods.append((name, starts, ends) if name else ("", *USUAL))
    bells = {day: sorted(periods, key=lambda one: one[1:]) for day, periods in days.items()}
    return bells or None, found[0][-1] if found else None


def _days(bells, first, last, earliest, latest):
    """Each date to look at, with when periods start or end and the hours between which to look."""
    if bells is None:
        dates = (first + dt.timedelta(days=number) for number in range((last - first).days + 1))
        return [(date, (), earliest or USUAL[0], latest or USUAL[1]) for date in dates if date.weekday() < 5]
    days = []
    for date, periods in bells.items():
        if not periods:
            continue
        rings = {time for _, *hours in periods for time in hours}
        days.append((date, rings, earliest or min(rings), latest or max(rings)))
    return days
