"""What stands in the calendar on which day, as finished values for the page."""

import datetime as dt
from dataclasses import dataclass, field

from django.db.models import F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce, NullIf

from people.models import District, NoSchoolDay, School

from .followers import FEED_ROWS
from .models import Attendance, Event
from .words import clock, day_words

IN_A_CELL = 4
TAGS = {"asked": ("Not answered yet", "wait"), "declined": ("You cannot come", "quiet")}
TENTATIVE = ("Tentative until class cover is settled", "wait")


@dataclass(frozen=True)
class Row:
    """One line of a day. Without an address it is only busy time."""

    starts_at: dt.datetime
    time: str
    until: str
    title: str
    place: str
    url: str
    tag: tuple


@dataclass
class Day:
    date: dt.date
    is_today: bool
    is_out: bool  # of a neighbouring month
    off: str = ""
    rows: list = field(default_factory=list)
    more: int = 0
    url: str = ""  # of its week, where the rest stands

    @property
    def name(self):
        return day_words(self.date)

    @property
    def is_weekend(self):
        return self.date.weekday() > 4

    @property
    def is_empty(self):
        return not (self.rows or self.off)


def schools_of(user):
    """The schools whose calendar the person may open, each with the zone of its clock."""
    everywhere = user.standing.is_admin or user.standing.is_district_facilitator
    schools = School.objects.visible_to(user).open()
    zone = Coalesce(NullIf("time_zone", Value("")), Subquery(District.objects.values("time_zone")[:1]))
    return list((schools if everywhere else schools.filter(pk__in=user.standing.schools)).annotate(zone=zone))


def agenda(user, look):
    """The days of the look, in order, with what stands in them: two queries, and what upper apps add to one's own."""
    month = look.day.month if look.view == "month" else None
    days = {day: Day(day, day == look.today, bool(month) and day.month != month) for day in look.days}
    for off in _days_off(user, look):
        days[off.day].off = off.name
    first = look.days[0]
    for event in _events(user, look):
        starts, ends = event["starts_at"].astimezone(look.zone), event["ends_at"].astimezone(look.zone)
        away = not look.school and event["school"] not in user.standing.schools
        days[max(starts.date(), first)].rows.append(_row(event, starts, ends, away))
    for cover in _covers(user, look):
        starts, ends = cover.starts_at.astimezone(look.zone), cover.ends_at.astimezone(look.zone)
        days[starts.date()].rows.append(_cover_row(cover, starts, ends))
    for day in days.values():
        day.rows.sort(key=lambda row: row.starts_at)
    if look.view == "month":
        for day in days.values():
            day.more = max(0, len(day.rows) - IN_A_CELL)
            day.rows = day.rows[:IN_A_CELL]
            day.url = look.at(view="week", day=day.date) if day.more else ""
    return list(days.values())


def _events(user, look):
    events = Event.objects.standing().between(*look.span).annotate(school_name=F("school__name"))
    mine = Attendance.objects.filter(event=OuterRef("pk"), person=user).values("answer")[:1]
    if look.school:
        events = events.listed_at([look.school.pk]).marked_for(user)
    elif look.thread:
        events = events.visible_to(user).filter(thread=look.thread).annotate(is_open=Value(True))
    else:
        events = events.expecting(user).annotate(is_open=Value(True))
    columns = (
        "pk",
        "title",
        "starts_at",
        "ends_at",
        "place",
        "school",
        "school_name",
        "is_open",
        "answer",
        "awaits_cover",
    )
    return events.annotate(answer=Subquery(mine)).order_by("starts_at", "pk").values(*columns)


def _covers(user, look):
    """The classes that the reader takes for colleagues, in their own calendar."""
    if look.school or look.thread:
        return []
    rows = (row for rows in FEED_ROWS for row in rows(user.pk, look.span[0]))
    return [row for row in rows if not row.cancelled and look.span[0] <= row.starts_at < look.span[1]]


def _days_off(user, look):
    schools = [look.school.pk] if look.school else user.standing.schools
    days = look.days
    rows = NoSchoolDay.objects.visible_to(user).filter(day__range=(days[0], days[-1]))
    return rows.filter(Q(school=None) | Q(school__in=schools))


def _row(event, starts, ends, away):
    """`away` is at a school that is not the reader's own: only then its name says something new."""
    is_open = event["is_open"]
    return Row(
        starts_at=starts,
        time=clock(starts),
        until=clock(ends),
        title=event["title"] if is_open else "Busy",
        place=", ".join(part for part in (event["place"], away and event["school_name"]) if part),
        url=f"/events/{event['pk']}/" if is_open else "",
        tag=_tag(event) if is_open else (),
    )


def _cover_row(cover, starts, ends):
    tag = ("Say yes or no", "wait") if cover.tentative else ()
    return Row(starts, clock(starts), clock(ends), "You cover a class", cover.where, cover.path, tag)


def _tag(event):
    return TAGS.get(event["answer"]) or (TENTATIVE if event["awaits_cover"] else ())
