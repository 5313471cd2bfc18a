"""How peer learning went at some schools, for the coaching team to talk about: counts, and nobody's words.

Built on the year-end report, so that what it hides is hidden here, and nothing follows by comparing the two.
"""

from collections import Counter

from django.db.models import Count, Q
from django.utils import timezone

from partnerships.models import Member, Step

from ..models import GrowthMeeting
from .layout import HIDDEN, Table
from .report import ALL, STATUS, year_report
from .tables import fingers

COLUMNS = ["Started", "Completed", "People", "Steps done", "Steps in all", "Growth meetings held"]


def model_report(year, *, schools, school=ALL):
    """(the year-end report, the tables of this page) of these schools (ids; None: the district), or of one of them."""
    report = year_report(year, own_schools=schools, school=school)
    return report, [by_support(report, counts_of(year, schools)), fingers(report)]


def counts_of(year, schools):
    """Counter of (kind, school, support), with ALL for sums: steps that are done, steps in all, meetings held."""
    here = Q() if schools is None else Q(partnership__school__in=schools)
    cell = ("partnership__school", "partnership__support")
    steps = Step.objects.filter(here, partnership__year=year).exclude(member__state=Member.State.LEFT)
    counted = {"number": Count("pk"), "finished": Count("pk", filter=Q(completed_at__isnull=False))}
    met = GrowthMeeting.objects.held(timezone.now()).filter(here, partnership__year=year)
    counts = Counter()
    for school, support, number, finished in steps.order_by().values_list(*cell).annotate(**counted):
        add(counts, school, support, steps=number, done=finished)
    for school, support, number in met.order_by().values_list(*cell).annotate(Count("pk")):
        add(counts, school, support, met=number)
    return counts


def add(counts, school, support, **numbers):
    for kind, number in numbers.items():
        for place in ((school, support), (school, ALL), (ALL, support), (ALL, ALL)):
            counts[kind, *place] += number


def by_support(report, counts):
    rows = [[name, *line(report, counts, support)] for support, name in [*report.supports_here, (ALL, "All")]]
    meaning = "What teams started this year, how many of their steps are done, and how many have met their principal."
    return Table("model", "Taking part", meaning, ["Support"], COLUMNS, rows)


def line(report, counts, support):
    """Where few people stand behind it and it is read from beyond the school, all of a line is hidden."""
    if not report.shows("people", report.school, support):
        return [HIDDEN] * len(COLUMNS)
    figures = report.figures(report.school, support)
    work = [figures.started, figures.partnerships[STATUS.COMPLETED], figures.people]
    return [*work, *(counts[kind, report.school, support] for kind in ("done", "steps", "met"))]
