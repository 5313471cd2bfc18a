"""Which days the calendar shows: reading its address and laying out weeks. It asks the database nothing."""

import calendar
import datetime as dt
import re
from dataclasses import dataclass, replace
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.utils import timezone

VIEWS = {"month": "Month", "week": "Week", "list": "List"}
LIST_DAYS = 28
FIRST, LAST = dt.date(2000, 1, 1), dt.date(2099, 12, 31)
THREAD = re.compile(r"[a-z_]{1,30}:[0-9]{1,18}")
WEEK = dt.timedelta(days=7)


@dataclass(frozen=True)
class Look:
    """What the reader asked to see. `school` is set for a school's calendar, `thread` for one partnership's."""

    view: str
    day: dt.date
    today: dt.date
    zone: dt.tzinfo
    school: object = None
    thread: str = ""

    @property
    def days(self):
        """Every day on the page; a month's begins on a Monday and ends on a Sunday."""
        if self.view == "list":
            return [self.day + dt.timedelta(days=number) for number in range(LIST_DAYS)]
        if self.view == "week":
            return [_monday(self.day) + dt.timedelta(days=number) for number in range(7)]
        return list(calendar.Calendar().itermonthdates(self.day.year, self.day.month))

    @property
    def span(self):
        """The moments between which an event is on the page, in the zone that the page shows."""
        days = self.days
        ends = (days[0], days[-1] + dt.timedelta(days=1))
        return tuple(dt.datetime.combine(day, dt.time(0), tzinfo=self.zone) for day in ends)

    @property
    def heading(self):
        days = self.days
        if self.view == "month":
            return f"{self.day:%B %Y}"
        first, last = days[0], days[-1]
        if first.year != last.year:
            return f"{first.day} {first:%B %Y} to {last.day} {last:%B %Y}"
        month = f" {first:%B}" if first.month != last.month else ""
        return f"{first.day}{month} to {last.day} {last:%B %Y}"

    @property
    def earlier(self):
        first = self.day.replace(day=1)
        before = {"month": (first - dt.timedelta(days=1)).replace(day=1), "week": self.day - WEEK}
        return _to(self, before.get(self.view, self.day - dt.timedelta(days=LIST_DAYS)))

    @property
    def later(self):
        after = {"month": (self.day.replace(day=28) + WEEK).replace(day=1), "week": self.day + WEEK}
        return _to(self, after.get(self.view, self.day + dt.timedelta(days=LIST_DAYS)))

    def at(self, **changes):
        """The address of this page with something changed."""
        look = replace(self, **changes)
        kept = {"view": look.view, "day": look.day.isoformat()}
        if look.school:
            kept |= {"of": "school", "school": look.school.pk}
        if look.thread:
            kept["thread"] = look.thread
        return f"?{urlencode(kept, safe=':')}"


def read_look(params, schools):
    """The look that a query string asks for. Whatever makes no sense in it is left out: the page opens all the same."""
    thread = params.get("thread", "")
    thread = thread if THREAD.fullmatch(thread) else ""
    school = _chosen(schools, params.get("school")) if params.get("of") == "school" and not thread else None
    zone = ZoneInfo(school.zone) if school else timezone.get_current_timezone()
    today = timezone.now().astimezone(zone).date()
    view = params.get("view") if params.get("view") in VIEWS else "month"
    return Look(view, read_day(params.get("day"), today), today, zone, school, thread)


def asks_for_school(params):
    return params.get("of") == "school"


def read_day(text, today):
    """The day that an address names; today for nonsense."""
    try:
        day = dt.date.fromisoformat(text or "")
    except ValueError:
        return today
    return day if FIRST <= day <= LAST else today


def _chosen(schools, pk):
    return next((school for school in schools if str(school.pk) == pk), schools[0] if schools else None)


def _monday(day):
    return day - dt.timedelta(days=day.weekday())


def _to(look, day):
    return look.at(day=day) if FIRST <= day <= LAST else ""
