"""Everything about those who could cover at some schools, in two queries: who they are, and what they cover already."""

import datetime as dt
from typing import NamedTuple

from django.db.models import (
    BooleanField,
    CharField,
    Count,
    DateField,
    F,
    IntegerField,
    Q,
    TimeField,
    Value,
)
from django.db.models.functions import Cast

from people.models import SchoolYear
from people.written import Given, IsAmong, Written
from schedule.models import TeachingSlot

from ..models import Coverage, CoverOffer, Substitute, SubstituteTime

OFFER, SUBSTITUTE, TIME, SUBJECT, YEAR = "offer", "substitute", "time", "subject", "year"


class WhoRow(NamedTuple):
    """`who` is a person's id or a substitute's, as its kind says; what a kind does not have is None."""

    kind: str
    who: int
    school: int | None
    name: str | None
    words: str | None  # an e-mail address, or subjects
    day: dt.date | None  # or the first of a span of days
    last: dt.date | None
    weekday: int | None
    starts: dt.time | None
    ends: dt.time | None
    can_come: bool | None


TYPES = {
    "who": IntegerField, "school": IntegerField, "name": CharField, "words": CharField, "day": DateField,
    "last": DateField, "weekday": IntegerField, "starts": TimeField, "ends": TimeField, "can_come": BooleanField,
}  # fmt: skip
FIRST, LAST = Given("first", DateField), Given("last", DateField)


class CoverRow(NamedTuple):
    """A class that they are away from or cover, or on how many classes of a day (`count`) they cover."""

    pk: int | None
    asker: int | None
    coverer: int | None
    substitute: int | None
    day: dt.date
    starts: dt.time | None
    ends: dt.time | None
    count: int | None


def who_rows(schools, first, last):
    """WhoRows of colleagues who offered and of substitutes, with what of their times matters between two dates."""
    return [WhoRow(*row) for row in WHO.rows(schools=schools, first=first, last=last)]


def cover_rows(people, substitutes, days, between):
    """CoverRows of these ids: each class on one of the days, and counts for each day between two dates."""
    given = {"people": people, "substitutes": substitutes, "days": days, "first": between[0], "last": between[1]}
    return [CoverRow(*row) for row in COVER.rows(**given)]


def _who():
    offers = CoverOffer.objects.filter(IsAmong("school", "schools"), person__is_active=True)
    there = Substitute.schools.through.objects.filter(IsAmong("school", "schools"))
    times = SubstituteTime.objects.filter(
        Q(day=None) | Q(day__range=(FIRST, LAST)), substitute__in=there.values("substitute")
    )
    taught = TeachingSlot.objects.filter(
        Q(timetable__ends_on=None) | Q(timetable__ends_on__gte=FIRST),
        subject__gt="",
        teacher__in=offers.values("person"),
        timetable__starts_on__lte=LAST,
    )
    years = SchoolYear.objects.filter(starts_on__lte=LAST, ends_on__gte=FIRST)
    of_sub = {"name": F("substitute__name"), "words": F("substitute__subjects"), "last": F("substitute__ended_on")}
    hours = {"weekday": F("weekday"), "starts": F("starts"), "ends": F("ends"), "can_come": F("can_come")}
    held = {"day": F("timetable__starts_on"), "last": F("timetable__ends_on")}
    return _columns(
        offers, OFFER, who=F("person"), school=F("school"), name=F("person__name"), words=F("person__email")
    ).union(
        _columns(there, SUBSTITUTE, who=F("substitute"), school=F("school"), **of_sub),
        _columns(times, TIME, who=F("substitute"), day=F("day"), **hours),
        _columns(taught, SUBJECT, who=F("teacher"), words=F("subject"), **held).distinct(),
        _columns(years, YEAR, who=F("pk"), day=F("starts_on"), last=F("ends_on")),
        all=True,
    )


def _columns(rows, kind, **given):
    names = {f"u_{name}": given.get(name) or Cast(Value(None), TYPES[name]()) for name in WhoRow._fields[1:]}
    kind = Cast(Value(kind), CharField())
    return rows.order_by().annotate(u_kind=kind, **names).values_list("u_kind", *names)


def _cover():
    by_them = IsAmong("coverer", "people") | IsAmong("substitute", "substitutes")
    none, number = Cast(Value(None), TimeField()), Cast(Value(None), IntegerField())
    who = {"u_asker": F("asker"), "u_coverer": F("coverer"), "u_substitute": F("substitute"), "u_day": F("day")}
    classes = Coverage.objects.live().filter(by_them | IsAmong("asker", "people"), IsAmong("day", "days", DateField))
    classes = classes.order_by().annotate(u_pk=F("pk"), **who, u_starts=F("starts"), u_ends=F("ends"), u_count=number)
    counted = Coverage.objects.named().filter(by_them, day__range=(FIRST, LAST)).order_by()
    counted = counted.annotate(u_pk=number, **who | {"u_asker": number}, u_starts=none, u_ends=none)
    names = [f"u_{name}" for name in CoverRow._fields]
    counted = counted.values(*names[:-1]).annotate(u_count=Count("pk")).values_list(*names)
    return classes.values_list(*names).union(counted, all=True)


WHO, COVER = Written(_who), Written(_cover)
