"""Dates that repeat each week: every one is an event of its own, and those of one series share a mark.

The same time of day on the clock, whatever the clock does meanwhile; days without school are left out.
"""

import datetime as dt
import uuid
from collections import defaultdict
from functools import partial

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from people import clock
from people.access import require
from people.models import NoSchoolDay

from .. import policy
from ..models import Attendance, Event, SchoolDay
from ..words import day_words
from .clashes import Wanted, clashes_of_dates
from .events import cancel_event, create_event, move_event
from .expecting import answer_event
from .telling import only_invite, tell_people

WEEK = dt.timedelta(weeks=1)


@transaction.atomic
def repeat_event(*, by, weeks, starts_at, ends_at, school=None, uid=None, at=None, **given):
    """Put an event into the calendar for so many weeks in a row; `given` is what `create_event` takes.

    Its people are told once. Returns the events, and {date: why} for the days without school that were left out. A
    second call under the same `uid` makes nothing new. Raises as `create_event` does, and when no date is left.
    """
    series = uid or uuid.uuid4()
    spans, left_out = weekly(starts_at, ends_at, weeks, school)
    if not spans:
        raise ValidationError("There is no school on any of these days. Choose another day.")
    told = partial(tell_people, weekly=f"each week until {day_words(spans[-1][0])}")
    given |= {"by": by, "school": school, "series": series, "at": at or timezone.now()}
    events = [
        create_event(
            **given,
            starts_at=start,
            ends_at=end,
            uid=uuid.uuid5(series, start.date().isoformat()),
            tell=only_invite if number else told,
        )
        for number, (start, end) in enumerate(spans)
    ]
    return events, left_out


def weekly(starts_at, ends_at, weeks, school, *, off=None):
    """The spans of a repeated event on the school's clock, and {date: why} for the days that are left out, which are
    looked up unless they are given.
    """
    zone = _zone(school)
    start, end = starts_at.astimezone(zone), ends_at.astimezone(zone)
    nights = end.date() - start.date()
    dates = [start.date() + number * WEEK for number in range(weeks)]
    off = _days_off(school, dates) if off is None else off
    spans = [
        (clock.moment(date, start.time(), zone), clock.moment(date + nights, end.time(), zone))
        for date in dates
        if date not in off
    ]
    return spans, off


def clashes_of_weeks(*, people, weeks, starts_at, ends_at, school=None, **asked):
    """What stands in the way of each of the dates; what is said of several is said once."""
    spans, _ = weekly(starts_at, ends_at, weeks, school)
    return _each_once(clashes_of_dates([Wanted(people, *span) for span in spans], school=school, **asked))


def clashes_of_series(event, *, starts_at, ends_at, **asked):
    """What stands in the way when this date and the later ones of its series are moved, as `move_series` does it."""
    moves = _moves([event, *later_in_series(event)], starts_at, ends_at)
    come = defaultdict(list)
    expected = Attendance.objects.filter(event__in=[one for one, *_ in moves]).exclude(
        answer=Attendance.Answer.DECLINED
    )
    for one in expected.select_related("person"):
        come[one.event_id].append(one)
    dates = [
        Wanted(
            [one.person for one in come[moved.pk]], *span, visited=[one.person for one in come[moved.pk] if one.visited]
        )
        for moved, *span in moves
    ]
    leave_out = [one for one, *_ in moves]
    return _each_once(clashes_of_dates(dates, school=event.school, leave_out=leave_out, **asked))


def _each_once(found):
    return list({clash.sentence: clash for clash in found}.values())


def later_in_series(event):
    """The dates after this one that stand, in order."""
    if event.series is None:
        return Event.objects.none()
    return Event.objects.standing().filter(series=event.series, starts_at__gt=event.starts_at).order_by("starts_at")


@transaction.atomic
def move_series(event, *, by, starts_at, ends_at, place, at=None):
    """Move this date and the later ones of its series by as many days, to the same hours. Raises as `move_event`."""
    require(policy.may_move(by, event))
    at, told = at or timezone.now(), partial(tell_people, weekly="and the later dates as well")
    moves = _moves(_hold_with_later(event), starts_at, ends_at)
    # Away from each other: one that moves onto the next one's old time waits until that has moved.
    for one, start, end in reversed(moves) if starts_at > event.starts_at else moves:
        tell = told if one == event else only_invite
        move_event(one, by=by, starts_at=start, ends_at=end, place=place, at=at, tell=tell)
    return event


def _moves(events, starts_at, ends_at):
    """(event, start, end) of each, when the first of these gets this span and the others go as many days with it."""
    zone = _zone(events[0].school)
    start, end = starts_at.astimezone(zone), ends_at.astimezone(zone)
    days, nights = start.date() - events[0].starts_at.astimezone(zone).date(), end.date() - start.date()
    dates = [one.starts_at.astimezone(zone).date() + days for one in events]
    return [
        (one, clock.moment(date, start.time(), zone), clock.moment(date + nights, end.time(), zone))
        for one, date in zip(events, dates, strict=True)
    ]


def _hold_with_later(event):
    """The event and the later dates of its series, locked in the order of their keys, as all who lock several do."""
    rows = Event.objects.select_for_update(of=["self"]).filter(Q(pk=event.pk) | Q(pk__in=later_in_series(event)))
    list(rows.order_by("pk").values_list("pk"))
    return [event, *later_in_series(event)]


@transaction.atomic
def cancel_series(event, *, by, word="", at=None):
    """Call off this date and the later ones of its series; its people are told once."""
    require(policy.may_change(by, event))
    at, told = at or timezone.now(), partial(tell_people, weekly="and the later dates as well")
    for one in _hold_with_later(event):
        cancel_event(one, by=by, word=word, at=at, tell=told if one == event else only_invite)


@transaction.atomic
def answer_series(event, *, by, answer, at=None):
    """Answer for this date and the later ones of its series to which one was asked."""
    asked = set(by.attendances.values_list("event", flat=True))
    for one in _hold_with_later(event):
        if one == event or one.pk in asked:
            answer_event(one, by=by, answer=answer, at=at)


def _zone(school):
    return clock.zone_of(school) if school else timezone.get_current_timezone()


def _days_off(school, dates):
    days = NoSchoolDay.objects.filter(Q(school=None) | Q(school=school), day__in=dates).values_list("day", "name")
    laid_out = SchoolDay.objects.filter(school=school, day__in=dates).exclude(off="").values_list("day", "off")
    return dict(sorted([*days, *laid_out]))
