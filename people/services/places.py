"""The district, its schools, its years and its days without classes."""

import datetime as dt
from contextlib import nullcontext

from django.db import transaction

from people import policy
from people.access import require
from people.models import Deputy, District, NoSchoolDay, Post, School
from people.registry import calendar_change

from .changing import days, differences, in_words, kept_now, note_change


@transaction.atomic
def keep(place, *, by):
    """Save the district's settings, a school or a school year, new or edited."""
    require(policy.may_run_district(by))
    before = kept_now(place)
    with _change_of(place):
        place.save()
    _note(place, before, by)
    return place


def _note(place, before, by):
    """That it is new, or what of it is other than before. Saving what was there already says nothing."""
    details = differences(place, before, personal=["help_email"]) if before else []
    if isinstance(place, District):
        act, about = "settings", {}
    elif isinstance(place, School):
        act, about = "school", {"school": place}
    else:
        act, about = "year", {"title": place.name, "number": place.pk}
    if details or before is None:
        note_change(f"{act}_changed" if before else f"{act}_added", by=by, details=details, **about)


def _change_of(place):
    """A year changes the days of all schools; the district's row only when its clock is another one."""
    if isinstance(place, School):
        return calendar_change([place])
    same_clock = (
        isinstance(place, District) and District.objects.filter(pk=place.pk, time_zone=place.time_zone).exists()
    )
    return nullcontext() if same_clock else calendar_change()


@transaction.atomic
def close_school(school, *, on, by):
    """Close a school from a day on: its posts and deputies end the day before. Its past work stays readable."""
    require(policy.may_run_district(by))
    school.closed_on = on
    with calendar_change([school]):
        school.save(update_fields=["closed_on"])
    last_day = on - dt.timedelta(days=1)
    for rows in (Post.objects.filter(school=school), Deputy.objects.filter(school=school)):
        rows.filter(starts_on__gt=last_day).delete()
        rows.exclude(ends_on__lte=last_day).update(ends_on=last_day)
    note_change("school_closed", by=by, school=school, details=days(None, last_day))
    return school


@transaction.atomic
def reopen_school(school, *, by):
    """Open a closed school again; posts that ended with it stay ended."""
    require(policy.may_run_district(by))
    school.closed_on = None
    with calendar_change([school]):
        school.save(update_fields=["closed_on"])
    note_change("school_reopened", by=by, school=school)
    return school


@transaction.atomic
def add_no_school_days(name, *, first, last, school, by, weekends=False):
    """Add each weekday from first to last, for one school or (None) for all; a day that is there stays as it is.

    Returns how many were added.
    """
    require(policy.may_change_days_off(by, school))
    there = set(NoSchoolDay.objects.filter(day__range=(first, last), school=school).values_list("day", flat=True))
    span = (first + dt.timedelta(days=n) for n in range((last - first).days + 1))
    free = [day for day in span if day not in there and (weekends or day.weekday() < 5)]
    with calendar_change([school] if school else None):
        # Whoever wrote one of them meanwhile is not in the way: it is there.
        rows = [NoSchoolDay(day=day, name=name, school=school) for day in free]
        NoSchoolDay.objects.bulk_create(rows, ignore_conflicts=True)
    if free:
        note_change("days_off_added", by=by, school=school, title=name, details=days(free[0], free[-1]))
    return len(free)


@transaction.atomic
def remove_no_school_day(day, *, by):
    require(policy.may_change_days_off(by, day.school))
    with calendar_change([day.school] if day.school else None):
        day.delete()
    note_change("day_off_removed", by=by, school=day.school, title=day.name, details=[["Day", "", in_words(day.day)]])


def next_year_after(year, *, today):
    """Name, first and last day that the school year after this one (or, without one, the first) might have."""
    day = dt.timedelta(days=1)
    if year is None:
        first = dt.date(today.year if today.month > 6 else today.year - 1, 8, 15)
        return name_of_year(first), first, dt.date(first.year + 1, 6, 15)
    # 52 weeks keep the weekday; the 53rd is added when that would begin before this one ends.
    first, last = year.starts_on + 364 * day, year.ends_on + 364 * day
    if first <= year.ends_on:
        first, last = year.ends_on + day, last + 7 * day
    return name_of_year(first), first, last


def name_of_year(first):
    return f"{first.year}-{(first.year + 1) % 100:02}"
