"""The desk: what waits by date, what each date costs, who is out then, and who could cover."""

from dataclasses import dataclass, field

from django.db.models import Case, Count, IntegerField, Q, Value, When
from django.utils import timezone

from people.models import Deputy, Role, SchoolYear
from people.paging import OneQueryPaginator

from ..models import Coverage, CoverRule
from ..policy import decided_schools, desk_schools
from .suggesting import suggest

State = Coverage.State
PER_PAGE = 25
OPEN_ONES = 50
NAMES = ("asker", "coverer", "substitute", "school", "period")
# Periods that the school pays a substitute for, as far as one knows: no colleague takes them.
BY_SUBSTITUTES = Q(state__in=Coverage.GOING, coverer=None)


def waiting_for(user):
    """What waits for an answer at the desk's schools, by date; one's own request is somebody else's to answer."""
    rows = Coverage.objects.visible_to(user).waiting().filter(school__in=desk_schools(user)).exclude(asker=user)
    return rows.select_related(*NAMES).order_by("day", "school__name", "starts", "pk")


def desk_page(user, number, *, refused=None, picked=None):
    """Finished values for the page. `refused` are reasons by id of what was just tried, `picked` who was chosen."""
    page = OneQueryPaginator(waiting_for(user), PER_PAGE).get_page(number)
    rows, decides = list(page), decided_schools(user)
    suggestions = suggest([one for one in rows if one.school_id in decides])
    for one in rows:
        one.may_decide = one.school_id in decides
        one.refused = (refused or {}).get(one.pk, "")
        one.chosen = one.pk in (refused or {})
        one.suggestion = suggestions.get(one.pk)
        one.pick = (picked or {}).get(one.pk, one.suggestion.pick if one.suggestion else "")
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
    """The rows by date and school, with what each costs: three queries, whatever their number."""
    if not rows:
        return []
    schools, dates = {one.school_id for one in rows}, {one.day for one in rows}
    rules = {rule.school_id: rule for rule in CoverRule.objects.filter(school__in=schools)}
    on_day, used = counts_of(schools, dates), used_of(schools, dates)
    days = {}
    for one in rows:
        key = (one.school_id, one.day)
        if key not in days:
            facts = on_day.get(key, {}) | {"used": used(one.school_id, one.day)}
            days[key] = Day(one.day, one.school, rules.get(one.school_id) or CoverRule(), **facts)
        days[key].waiting.append(one)
    return list(days.values())


def counts_of(schools, dates):
    """{(school, date): periods asked and taken, people who are out and who would be}: one query."""
    rows = Coverage.objects.filter(school__in=schools, day__in=dates, state__in=[State.ASKED, *Coverage.GOING])
    facts = {
        "asked": Count("pk", filter=Q(state=State.ASKED)),
        "taken": Count("pk", filter=BY_SUBSTITUTES),
        "out": Count("asker", filter=Q(state__in=Coverage.GOING), distinct=True),
        "would_be_out": Count("asker", distinct=True),
    }
    found = rows.order_by().values("school", "day").annotate(**facts)
    return {(one.pop("school"), one.pop("day")): one for one in found}


def used_of(schools, dates):
    """How many substitute periods a school has used in the school year of a date, as a function of both."""
    years = [one for one in SchoolYear.objects.all() if any(one.starts_on <= day <= one.ends_on for day in dates)]
    if not years:
        return lambda school, day: 0
    cases = [When(day__range=(one.starts_on, one.ends_on), then=Value(one.pk)) for one in years]
    rows = Coverage.objects.filter(BY_SUBSTITUTES, school__in=schools)
    rows = rows.filter(day__range=(min(one.starts_on for one in years), max(one.ends_on for one in years)))
    by_year = rows.order_by().values("school").annotate(year=Case(*cases, output_field=IntegerField()), n=Count("pk"))
    found = {(school, year): n for school, year, n in by_year.values_list("school", "year", "n")}

    def used(school, day):
        year = next((one.pk for one in years if one.starts_on <= day <= one.ends_on), None)
        return found.get((school, year), 0)

    return used


def open_ones(user):
    """Approved ones that nobody is named for, and named ones who have not said yes: by date, the next few."""
    rows = Coverage.objects.visible_to(user).filter(school__in=desk_schools(user), day__gte=timezone.localdate())
    rows = rows.filter(state__in=[State.APPROVED, State.ASSIGNED]).select_related(*NAMES)
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
