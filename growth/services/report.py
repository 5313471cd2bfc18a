"""The year-end growth report: counts of what was started, finished and given, and what people felt about it.

It counts rows and joins no confidential text. A partnership counts at the school of whoever started it, in the
school year in which it was started; its people and hours count there too, wherever they work.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import Count, Q, Sum

from partnerships.models import Member, Partnership, QuickReflection, SelfAssessment, TimeSpent

from .hiding import ALL, LEAST, hidden_cells

PARTICIPATION = ("started", "completed", "active", "withdrawn", "people", "hours")
LEVELS = [level.value for level in SelfAssessment.Level]
FINGERS = list(range(6))


@dataclass
class Figures:
    """The figures of one school and support, or of a sum of them. `hours` is Decimal, of 60 minutes."""

    started: int = 0
    completed: int = 0
    active: int = 0
    withdrawn: int = 0
    people: int = 0
    hours: Decimal = Decimal(0)
    before: dict = field(default_factory=lambda: dict.fromkeys(LEVELS, 0))
    after: dict = field(default_factory=lambda: dict.fromkeys(LEVELS, 0))
    fingers: dict = field(default_factory=lambda: dict.fromkeys(FINGERS, 0))
    assessed: int = 0
    felt: int = 0

    def add(self, other):
        for name in (*PARTICIPATION, "assessed", "felt"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        for name in ("before", "after", "fingers"):
            mine = getattr(self, name)
            for key, count in getattr(other, name).items():
                mine[key] += count


@dataclass
class Report:
    """`cells` has Figures by (school name, support name), with ALL for sums; the three sets say what is not shown."""

    year: str
    schools: list
    supports: list
    cells: dict
    hidden: set
    hidden_before_after: set
    hidden_fingers: set

    def figures(self, school=ALL, support=ALL):
        return self.cells.get((school, support)) or Figures()

    def shows(self, name, school=ALL, support=ALL):
        sets = {"before": self.hidden_before_after, "after": self.hidden_before_after, "fingers": self.hidden_fingers}
        return (school, support) not in sets.get(name, self.hidden)


def year_report(year, *, schools=None, own=False):
    """The report of a school year: of the whole district, or of the schools with these ids.

    Seen from beyond the school, every figure about fewer than five people is hidden; with `own`, a principal sees
    the counts of participation of her own schools. What people felt or assessed is hidden under five for everyone.
    Seven queries, whatever the number of rows.
    """
    scope = Q(year=year) & (Q() if schools is None else Q(school__in=schools))
    cells = defaultdict(Figures)
    count_partnerships(cells, scope)
    count_people(cells, within(scope))
    count_hours(cells, within(scope))
    count_feelings(cells, within(scope))
    names = sorted(cells)
    with_sums = add_sums(cells)
    return Report(
        year=str(year),
        schools=sorted({school for school, _ in names}),
        supports=sorted({support for _, support in names}),
        cells=with_sums,
        hidden=set() if own else hidden_cells({name: cells[name].people for name in names}),
        hidden_before_after=hidden_cells({name: cells[name].assessed for name in names}),
        hidden_fingers=hidden_cells({name: cells[name].felt for name in names}),
    )


def within(scope):
    """The same scope, asked of rows that belong to a partnership."""
    return Q(partnership__in=Partnership.objects.filter(scope).values("pk"))


def count_partnerships(cells, scope):
    status = Partnership.Status
    rows = Partnership.objects.filter(scope).order_by().values_list("school__name", "support__name")
    rows = rows.annotate(
        Count("pk"),
        Count("pk", filter=Q(status=status.COMPLETED)),
        Count("pk", filter=Q(status=status.ACTIVE)),
        Count("pk", filter=Q(status=status.CANCELLED)),
    )
    for school, support, *counts in rows:
        cell = cells[school, support]
        cell.started, cell.completed, cell.active, cell.withdrawn = counts


BY_CELL = ("partnership__school__name", "partnership__support__name")


def count_people(cells, within_scope):
    took_part = Member.objects.filter(within_scope, state__in=[Member.State.ACTIVE, Member.State.LEFT])
    for school, support, people in took_part.order_by().values_list(*BY_CELL).annotate(Count("person", distinct=True)):
        cells[school, support].people = people


def count_hours(cells, within_scope):
    for school, support, minutes in (
        TimeSpent.objects.filter(within_scope).order_by().values_list(*BY_CELL).annotate(Sum("minutes"))
    ):
        cells[school, support].hours = (Decimal(minutes) / 60).quantize(Decimal("0.1"))


def count_feelings(cells, within_scope):
    """Goal attainment and fist to five: counted by level; the group is the people who answered."""
    moment = SelfAssessment.Moment
    assessed = SelfAssessment.objects.filter(within_scope).order_by()
    for school, support, when, level, count in assessed.values_list(*BY_CELL, "moment", "level").annotate(Count("pk")):
        cell = cells[school, support]
        (cell.before if when == moment.BEFORE else cell.after)[level] = count
    for school, support, people in assessed.values_list(*BY_CELL).annotate(Count("person", distinct=True)):
        cells[school, support].assessed = people
    felt = QuickReflection.objects.filter(within_scope, fist_to_five__isnull=False).order_by()
    for school, support, fingers, count in felt.values_list(*BY_CELL, "fist_to_five").annotate(Count("pk")):
        cells[school, support].fingers[fingers] = count
    for school, support, people in felt.values_list(*BY_CELL).annotate(Count("person", distinct=True)):
        cells[school, support].felt = people


def add_sums(cells):
    """The cells with their sums by school, by support, and over all. A person in two of them counts in each."""
    sums = defaultdict(Figures, dict(cells))
    for (school, support), figures in cells.items():
        for name in ((school, ALL), (ALL, support), (ALL, ALL)):
            sums[name].add(figures)
    return dict(sums)


__all__ = ["ALL", "LEAST", "Figures", "Report", "year_report"]
