"""From which date to which a timetable holds, and who hears that one changed."""

import datetime as dt
from collections import defaultdict

from django.db.models import Min, Q

from people import clock
from people.models import School
from schedule import followers
from schedule.models import BellSchedule, SchoolDay, Timetable


def hold(schools):
    """These schools (ids), by their bells, locked in one order: one change of a school's timetables at a time.

    Not by their own rows: whoever follows a change holds events, and events are held before schools.
    """
    list(
        BellSchedule.objects.select_for_update(no_key=True).filter(school__in=schools).order_by("pk").values_list("pk")
    )
    return list(School.objects.filter(pk__in=schools).order_by("pk"))


def timetables_from(schools, day, *, by, at, file_name=""):
    """{school id: its timetable that starts on the day}, made where there is none yet.

    A new one ends the one before it on the day before, and itself ends before the next. The caller holds the schools.
    """
    there = {table.school_id: table for table in Timetable.objects.filter(school__in=schools, starts_on=day)}
    bare = [school for school in schools if school.pk not in there]
    others = Timetable.objects.filter(school__in=bare).order_by()
    later = others.filter(starts_on__gt=day).values_list("school").annotate(Min("starts_on"))
    ends = {school: first - dt.timedelta(days=1) for school, first in later}
    others.filter(Q(ends_on=None) | Q(ends_on__gte=day), starts_on__lt=day).update(ends_on=day - dt.timedelta(days=1))
    made = [
        Timetable(school=s, starts_on=day, ends_on=ends.get(s.pk), file_name=file_name[:200], made_by=by, made_at=at)
        for s in bare
    ]
    return there | {table.school_id: table for table in Timetable.objects.bulk_create(made)}


def announce(timetables, *, at):
    """Note that slots of these timetables changed, and tell those who follow the days of a school."""
    tables = {table.school_id: table for table in timetables}
    Timetable.objects.filter(pk__in=[table.pk for table in tables.values()]).update(edited_at=at)
    days = defaultdict(set)
    laid = SchoolDay.objects.filter(school__in=tables, day__gte=at.date() - dt.timedelta(days=1), off="")
    for school, day in laid.order_by().values_list("school", "day"):
        table = tables[school]
        if table.starts_on <= day and (table.ends_on is None or day <= table.ends_on):
            days[school].add(day)
    for school in School.objects.filter(pk__in=days).order_by("pk"):
        coming = {day for day in days[school.pk] if day >= clock.today(school, at)}
        for follow in followers.ON_DAYS_CHANGED:
            follow(school, coming, at)
