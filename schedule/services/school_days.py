"""What each date is at a school: laid out anew whenever a fact beneath it changes, and asked by everyone who plans."""

import datetime as dt
from collections import defaultdict
from contextlib import contextmanager
from itertools import islice

from django.db import transaction
from django.utils import timezone

from people.clock import zone_of
from people.models import School

from ..breaking import Picture
from ..followers import ON_DAYS_CHANGED
from ..models import BellSchedule, SchoolDay
from ..rotation import NAMES, Day
from .day_facts import clocks_of, laid_out, years_from
from .trouble import flag_events

BATCH = 100  # schools: about 20,000 rows a year
FACTS = ["position", "cycle_day", "bell_schedule_id", "off"]


@contextmanager
def change_of_days(schools=None, *, at=None):
    """Around whatever changes school years, days off, bells, cycles or clocks, in the transaction of that change.

    `schools` are those concerned, None for all; one may be new, and saved inside. Afterwards their days are laid out
    again, and future events that the change breaks are flagged; see `lay_out_days`.
    """
    before = clocks_of(_ids(schools))
    yield
    lay_out_days(schools, at=at, before=before)


def lay_out_days(schools=None, *, at=None, before=None):
    """Write what each date is at these schools (None: all that are open), from the first day of this school year on.

    Only rows that differ are written, at most a hundred schools at a time, each hundred in a transaction and with a
    fixed number of queries. Years that are over stay as they were. Events that lie ahead and that the new days break
    are flagged, their people told and followers called. `before` are the clocks and bells as they were, where those
    have changed. Returns {school: {date, ...}}, the dates from today on that are other days now, or ring otherwise.
    """
    at = at or timezone.now()
    changed, ids = {}, iter(_ids(schools))
    while batch := list(islice(ids, BATCH)):
        changed |= _lay_out(batch, at, before)
    return changed


@transaction.atomic
def _lay_out(ids, at, before):
    # The bells stand for the days of their school: who lays out the same ones waits. (The schools themselves are
    # locked later, by those who follow events.)
    list(BellSchedule.objects.select_for_update(no_key=True).filter(school__in=ids).order_by("pk").values_list("pk"))
    schools = list(School.objects.filter(pk__in=ids).order_by("pk"))
    today = at.astimezone(zone_of()).date()
    years = years_from(today)
    first = min([today, *(first for first, _ in years)])
    were, laid = _rows(ids, first), laid_out(schools, years)
    _write(were, laid)
    now = clocks_of(ids)
    changes = _changes(were, laid, before or now, now, today)
    flag_events({school: changes[school.pk] for school in schools if changes[school.pk]}, at=at)
    return _follow(schools, changes, at)


def _rows(ids, first):
    """{school id: {date: Day}} as it is written now."""
    rows = {pk: {} for pk in ids}
    written = SchoolDay.objects.filter(school__in=ids, day__gte=first).values_list("school_id", "day", *FACTS)
    for school, day, *facts in written.iterator(chunk_size=5000):
        rows[school][day] = Day(*facts)
    return rows


def _write(were, laid):
    new = [
        SchoolDay(school_id=pk, day=day, **dict(zip(FACTS, one, strict=True)))
        for pk, days in laid.items()
        for day, one in days.items()
        if were[pk].get(day) != one
    ]
    SchoolDay.objects.bulk_create(
        new,
        batch_size=2000,
        update_conflicts=True,
        unique_fields=["school", "day"],
        update_fields=["position", "cycle_day", "bell_schedule", "off"],
    )
    gone = defaultdict(list)  # mostly the same dates at many schools
    for pk, days in were.items():
        gone[frozenset(days.keys() - laid[pk].keys())].append(pk)
    for days, pks in gone.items():
        if days:
            SchoolDay.objects.filter(school__in=pks, day__in=days).delete()


def _changes(were, laid, before, now, today):
    """{school id: {date: (was, is)}} of the dates from today on that are other days now, or ring at other times."""
    changes = {}
    for pk, days in laid.items():
        # A school that is new has no clock of before.
        zones = (before.zones.get(pk, now.zones[pk]), now.zones[pk])
        found = changes[pk] = {}
        for date in were[pk].keys() | days.keys():
            was, one = were[pk].get(date), days.get(date)
            rings = before.periods.get(was and was.bells, ()), now.periods.get(one and one.bells, ())
            if date >= today and (was != one or rings[0] != rings[1] or zones[0] != zones[1]):
                found[date] = Picture(was, rings[0], zones[0]), Picture(one, rings[1], zones[1])
    return changes


def _follow(schools, changes, at):
    changed = {school: set(changes[school.pk]) for school in schools if changes[school.pk]}
    for school, days in changed.items():
        for follow in ON_DAYS_CHANGED:
            follow(school, days, at)
    return changed


def _ids(schools):
    """The schools' ids in order, those that are not saved yet left out."""
    if schools is None:
        return list(School.objects.open().order_by("pk").values_list("pk", flat=True))
    return sorted(school.pk for school in schools if school.pk)


def school_days_between(school, first, last):
    """How many school days come after `first`, up to and with `last`. 0 when last is not after first.

    Where no year is made yet, Monday to Friday count: a date in the fall is not near because June is over.
    """
    rows = SchoolDay.objects.filter(school=school)
    count = rows.filter(day__gt=first, day__lte=last, off="").count()
    laid_until = rows.order_by("-day").values_list("day", flat=True).first()
    return count + _weekdays(max(first, laid_until or first), last)


def next_school_day(school, day):
    """The first school day after this one; the next weekday where no year is made yet."""
    rows = SchoolDay.objects.filter(school=school, day__gt=day)
    found = rows.filter(off="").order_by("day").values_list("day", flat=True).first()
    return found or _weekday_from(rows.order_by("-day").values_list("day", flat=True).first() or day, 1)


def previous_school_day(school, day):
    """The last school day before this one; the weekday before it where nothing is laid out."""
    rows = SchoolDay.objects.filter(school=school, day__lt=day)
    found = rows.filter(off="").order_by("-day").values_list("day", flat=True).first()
    return found or _weekday_from(rows.order_by("day").values_list("day", flat=True).first() or day, -1)


def _weekday_from(day, step):
    day += dt.timedelta(days=step)
    while day.weekday() >= len(NAMES):
        day += dt.timedelta(days=step)
    return day


def _weekdays(first, last):
    """Monday to Friday after `first`, up to and with `last`."""
    days = (first + dt.timedelta(days=number) for number in range(1, (last - first).days + 1))
    return sum(day.weekday() < len(NAMES) for day in days)
