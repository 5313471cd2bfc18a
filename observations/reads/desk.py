"""The desk: what waits by date, what each date costs, who is out then, and who could cover."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass, field

from django.db.models import Count, DateField, OuterRef, Q, Subquery
from django.utils import timezone

from people.models import Deputy, Role, SchoolYear
from people.paging import OneQueryPaginator
from people.written import Given, IsAmong, Written
from schedule.time_rows import zone_name

from ..models import Coverage, CoverRule
from ..policy import decided_schools, desk_schools
from .suggesting import suggest

State = Coverage.State
PER_PAGE = 25
OPEN_ONES = 25
YEAR = dt.timedelta(days=366)
PEOPLE = ("asker__name", "asker__email", "school__name")
# What a page shows of a request, and no more: notes and plans are for those who open it.
WAITING = ("day", "starts", "ends", "class_name", "subject", "room", "asked_at", "period__name", *PEOPLE)
RULE = tuple(f"school__cover_rule__{name}" for name in ("school", "most_a_week", "most_out", "too_many", "year_budget"))
OPEN = (*WAITING[:4], "room", "state", "coverer__name", "coverer__email", "substitute__name", *PEOPLE)
# Periods that the school pays a substitute for, as far as one knows: no colleague takes them.
BY_SUBSTITUTES = Q(state__in=Coverage.GOING, coverer=None)


def waiting_for(user):
    """What waits for an answer at the desk's schools, by date; one's own request is somebody else's to answer."""
    rows = Coverage.objects.visible_to(user).waiting().filter(school__in=desk_schools(user)).exclude(asker=user)
    return rows.select_related("asker", "school__cover_rule", "period").order_by("day", "school__name", "starts", "pk")


def desk_page(user, number, *, refused=None, picked=None):
    """Finished values for the page. `refused` are reasons by id of what was just tried, `picked` who was chosen."""
    waiting = waiting_for(user).only(*WAITING, *RULE).annotate(zone=zone_name("school"))
    page = OneQueryPaginator(waiting, PER_PAGE).get_page(number)
    rows, decides = list(page), decided_schools(user)
    suggestions = suggest([one for one in rows if one.school_id in decides])
    for one in rows:
        one.may_decide = one.school_id in decides
        one.refused = (refused or {}).get(one.pk, "")
        one.chosen = one.pk in (refused or {})
        one.suggestion = suggestions.get(one.pk)
        one.pick = (picked or {}).get(one.pk, one.suggestion.pick if one.suggestion else "")
        best = one.suggestion.best if one.suggestion else ()
        one.options = [(each.key, f"{each.who}: {each.reason}", each.key == one.pick) for each in best]
    return {
        "page": page,
        "days": days_of(rows),
        "may_decide": any(one.may_decide for one in rows),
        "many": len(desk_schools(user)) > 1,
        "decides": bool(decides),
        "leads": user.standing.holds(Role.PRINCIPAL),
        "open": open_ones(user),
        "deputies": deputies_of(user),
    }


@dataclass
class Day:
    """A date at a school: what waits, what it costs, and who is out."""

    day: object
    school: object
    rule: CoverRule
    waiting: list = field(default_factory=list)
    asked: int = 0  # periods that wait, on this page or another
    taken: int = 0  # substitute periods that are approved on this day
    used: int = 0  # of this school year
    out: int = 0  # people who are out already
    would_be_out: int = 0  # if all that waits were approved

    @property
    def cost(self):
        """12 of 120 substitute periods are used this year; this day would take 3."""
        budget = "" if self.rule.year_budget is None else f" of {self.rule.year_budget}"
        is_one = self.used == 1 and not budget
        used = f"{self.used}{budget} substitute {'period is' if is_one else 'periods are'} used this year"
        takes = (
            f"has {self.taken} of them and would take {self.asked} more" if self.taken else f"would take {self.asked}"
        )
        return f"{used}; this day {takes}."

    @property
    def is_over_budget(self):
        return self.rule.year_budget is not None and self.used + self.asked > self.rule.year_budget

    @property
    def people(self):
        """2 people are out already, 4 if you approve all."""
        if self.out == 0:
            return f"{persons(self.would_be_out)} would be out."
        return f"{persons(self.out)} out already, {self.would_be_out} if all of these go."

    @property
    def is_too_many(self):
        return self.rule.most_out is not None and self.would_be_out > self.rule.most_out

    @property
    def is_refused(self):
        return self.is_too_many and self.rule.too_many == CoverRule.TooMany.REFUSE


def persons(number):
    return "1 person" if number == 1 else f"{number} people"


def days_of(rows):
    """The rows by date and school, with what each costs: one query, whatever their number."""
    if not rows:
        return []
    facts, used = facts_of({one.school_id for one in rows}, {one.day for one in rows})
    days = {}
    for one in rows:
        key = (one.school_id, one.day)
        if key not in days:
            rule = getattr(one.school, "cover_rule", None) or CoverRule()
            days[key] = Day(one.day, one.school, rule, used=used.get(key, 0), **facts.get(key, {}))
        days[key].waiting.append(one)
    return list(days.values())


def facts_of(schools, dates):
    """By (school, date): what waits, is taken and who is out; and the substitute periods of the date's school year."""
    first, last = min(dates), max(dates)
    given = {"schools": list(schools), "days": sorted(dates), "first": first, "last": last}
    rows = FACTS.rows(**given, since=first - YEAR, until=last + YEAR)
    in_year, year_of = Counter(), {}
    for school, day, year, _, taken, _, _ in rows:
        in_year[school, year] += taken if year else 0
        year_of[school, day] = (school, year)
    facts = {(school, day): dict(zip(COUNTED, counts, strict=True)) for school, day, _, *counts in rows}
    return facts, {key: in_year[year] for key, year in year_of.items()}


def _facts():
    """Each of the days, and each day of their school years, as far as anything of these schools stands there."""
    first, last = Given("first", DateField), Given("last", DateField)
    near = (Given("since", DateField), Given("until", DateField))
    year = SchoolYear.objects.filter(starts_on__lte=last, ends_on__gte=first)
    year = year.filter(starts_on__lte=OuterRef("day"), ends_on__gte=OuterRef("day")).order_by()
    rows = Coverage.objects.filter(
        IsAmong("school", "schools"), day__range=near, state__in=[State.ASKED, *Coverage.GOING]
    ).annotate(year=Subquery(year.values("starts_on")[:1]))
    rows = rows.filter(IsAmong("day", "days", DateField) | Q(year__isnull=False)).order_by()
    counts = (
        Count("pk", filter=Q(state=State.ASKED)),
        Count("pk", filter=BY_SUBSTITUTES),
        Count("asker", filter=Q(state__in=Coverage.GOING), distinct=True),
        Count("asker", distinct=True),
    )
    counted = rows.values("school", "day", "year").annotate(**dict(zip(COUNTED, counts, strict=True)))
    return counted.values_list("school", "day", "year", *COUNTED)


COUNTED = ("asked", "taken", "out", "would_be_out")
FACTS = Written(_facts)


def open_ones(user):
    """Approved ones that nobody is named for, and named ones who have not said yes: by date, the next few."""
    rows = Coverage.objects.visible_to(user).filter(school__in=desk_schools(user), day__gte=timezone.localdate())
    rows = rows.filter(state__in=[State.APPROVED, State.ASSIGNED]).only(*OPEN)
    rows = rows.select_related("asker", "school", "coverer", "substitute")
    found = list(rows.order_by("day", "starts", "pk")[: OPEN_ONES + 1])
    shown = found[:OPEN_ONES]
    return {
        "unnamed": [one for one in shown if one.state == State.APPROVED],
        "unconfirmed": [one for one in shown if one.state == State.ASSIGNED],
        "more": len(found) > OPEN_ONES,
    }


def deputies_of(user):
    """Who decides for whom, now or soon: where the person is the principal or the deputy."""
    rows = Deputy.objects.visible_to(user).not_over(timezone.localdate())
    rows = rows.filter(Q(principal=user) | Q(deputy=user)).select_related("principal", "deputy", "school")
    today = timezone.localdate()
    for one in rows:
        one.is_mine = one.principal_id == user.pk
        one.is_now = one.starts_on is None or one.starts_on <= today
    return list(rows)
