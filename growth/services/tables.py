"""The report as tables: the page, the workbook and the CSV all show these."""

from dataclasses import dataclass

from partnerships.models import SelfAssessment

from .report import ALL, FINGERS, LEAST, LEVELS

HIDDEN = f"<{LEAST}"
COUNTS = {
    "started": "Started",
    "completed": "Completed",
    "active": "Under way",
    "withdrawn": "Withdrawn",
    "people": "People",
    "hours": "Hours",
}


@dataclass
class Table:
    """`rows` are lists of finished values: a label or two, then numbers or HIDDEN; the last row is the sum."""

    key: str
    title: str
    meaning: str
    labels: list
    columns: list
    rows: list

    @property
    def head(self):
        return [*self.labels, *self.columns]


def tables_of(report):
    """Every table of the report, those of more than one school only where there is more than one."""
    tables = [by_support(report)]
    if len(report.schools) > 1:
        tables += [by_school(report)]
    return [*tables, goals(report), fingers(report)]


COUNTED = "A partnership counts at the school and in the year where it was started. "


def by_support(report):
    rows = [[name, *counts(report, ALL, name)] for name in report.supports]
    return Table(
        "supports",
        "By support",
        COUNTED + "People counts everyone who took part; somebody in two supports counts in both.",
        ["Support"],
        list(COUNTS.values()),
        [*rows, ["All supports", *counts(report, ALL, ALL)]],
    )


def by_school(report):
    rows = [[name, *counts(report, name, ALL)] for name in report.schools]
    return Table(
        "schools",
        "By school",
        COUNTED + f"Groups of fewer than {LEAST} people are not shown, nor what would give them away.",
        ["School"],
        list(COUNTS.values()),
        [*rows, ["All schools", *counts(report, ALL, ALL)]],
    )


def goals(report):
    """How close people felt to their goals, before and after: in their own view, by nobody else."""
    labels = dict(SelfAssessment.Level.choices)
    names = {"before": "before", "after": "after"}
    columns = [f"{labels[level]}, {when}" for level in LEVELS for when in names]
    rows = [[name, *levels(report, ALL, name)] for name in report.supports]
    return Table(
        "goals",
        "How close people felt to their own goal",
        f"Each person's own view, before and after. Groups of fewer than {LEAST} people are not shown.",
        ["Support"],
        columns,
        [*rows, ["All supports", *levels(report, ALL, ALL)]],
    )


def fingers(report):
    rows = [[name, *spread(report, ALL, name)] for name in report.supports]
    return Table(
        "fingers",
        "Fist to five",
        f"0 is a fist, 5 is very well. Groups of fewer than {LEAST} people are not shown.",
        ["Support"],
        [str(number) for number in FINGERS],
        [*rows, ["All supports", *spread(report, ALL, ALL)]],
    )


def every_cell(report):
    """The long table of the CSV: a row for each school and support."""
    rows = [
        [school, support, *counts(report, school, support), *levels(report, school, support)]
        + spread(report, school, support)
        for school, support in sorted(cell for cell in report.cells if ALL not in cell)
    ]
    head = [*COUNTS.values(), *goals(report).columns, *(f"Fist to five: {number}" for number in FINGERS)]
    return Table("all", "By school and support", COUNTED, ["School", "Support"], head, rows)


def counts(report, school, support):
    figures = report.figures(school, support)
    shown = report.shows("people", school, support)
    return [getattr(figures, name) if shown else HIDDEN for name in COUNTS]


def levels(report, school, support):
    figures = report.figures(school, support)
    shown = report.shows("before", school, support)
    return [getattr(figures, when)[level] if shown else HIDDEN for level in LEVELS for when in ("before", "after")]


def spread(report, school, support):
    figures = report.figures(school, support)
    shown = report.shows("fingers", school, support)
    return [figures.fingers[number] if shown else HIDDEN for number in FINGERS]
