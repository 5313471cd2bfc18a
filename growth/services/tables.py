"""The report as tables: the page, the workbook and the CSV all show these."""

from partnerships.models import SelfAssessment

from .hours import in_hours
from .layout import HIDDEN, Table
from .report import ALL, FINGERS, LEVELS, STATUS
from .walk_tables import walk_table

COUNTS = ["Started", "Completed", "Under way", "Withdrawn", "People", "Hours"]
MOMENT = SelfAssessment.Moment
LEVEL_LABELS = {
    SelfAssessment.Level.NOT_YET: "Not begun",
    SelfAssessment.Level.FIRST_STEPS: "First steps",
    SelfAssessment.Level.ON_THE_WAY: "On the way",
    SelfAssessment.Level.NEARLY: "Nearly there",
    SelfAssessment.Level.THERE: "Part of how I work",
}


def tables_of(report):
    """Every table of the report: that of the schools only where more than one is shown, that of walks if there were."""
    walks = [walk_table(report.walks, report.school)] if report.school in report.walks.cells else []
    if walks and not report.supports_here:
        return walks
    several = report.school is ALL and len(report.schools) > 1
    return [by_support(report), *([by_school(report)] if several else []), goals(report), fingers(report), *walks]


def by_support(report):
    return Table(
        "supports",
        "By support",
        "What colleagues started this year, and how far it is now.",
        ["Support"],
        COUNTS,
        lines(report, counts),
    )


def by_school(report):
    rows = [[name, *counts(report, school, ALL)] for school, name in report.schools.items()]
    meaning = "Work counts where it was started; people and hours count where each person works."
    return Table("schools", "By school", meaning, ["School"], COUNTS, [*rows, ["All", *counts(report, ALL, ALL)]])


def goals(report):
    rows = [
        [name, moment.label, *answers(report, moment.value, LEVELS, report.school, support)]
        for support, name in [*report.supports_here, (ALL, "All")]
        for moment in MOMENT
    ]
    return Table(
        "goals",
        "Own goals, before and after",
        "How close people felt to their own goals, in their own view. Somebody with two goals gives two answers.",
        ["Support", "When"],
        [*LEVEL_LABELS.values(), "People"],
        rows,
        sums=2,
    )


def fingers(report):
    def spread(report, school, support):
        return answers(report, "fingers", FINGERS, school, support)

    return Table(
        "fingers",
        "Fist to five",
        "How it went, shown by hand: 0 is a fist, 5 is very well. Somebody who reflects twice gives two answers.",
        ["Support"],
        [*map(str, FINGERS), "People"],
        lines(report, spread),
    )


def every_cell(report):
    """The long table of the files: a row for each school and support that is shown."""
    asked = [(MOMENT.BEFORE, LEVELS), (MOMENT.AFTER, LEVELS), ("fingers", FINGERS)]
    head = [f"{moment.label}: {label}" for moment in MOMENT for label in [*LEVEL_LABELS.values(), "people"]]
    head += [f"Fist to five: {label}" for label in [*FINGERS, "people"]]
    rows = [
        [school_name, name, *counts(report, school, support)]
        + [value for kind, keys in asked for value in answers(report, kind, keys, school, support)]
        for school, school_name in report.schools.items()
        for support, name in report.supports.items()
        if (school, support) in report.cells and report.school in (ALL, school)
    ]
    meaning = "Every school and support with all its figures."
    return Table("all", "By school and support", meaning, ["School", "Support"], [*COUNTS, *head], rows, sums=0)


def lines(report, values):
    """A row for each support at the school that is shown, and their sum."""
    return [[name, *values(report, report.school, support)] for support, name in [*report.supports_here, (ALL, "All")]]


def counts(report, school, support):
    figures = report.figures(school, support)
    how_far = [figures.partnerships[status] for status in (STATUS.COMPLETED, STATUS.ACTIVE, STATUS.CANCELLED)]
    work = [figures.started, *how_far, figures.people]
    if not report.shows("people", school, support):
        work = [HIDDEN] * len(work)
    return [*work, in_hours(figures.minutes) if report.shows("hours", school, support) else HIDDEN]


def answers(report, kind, keys, school, support):
    """How often each answer was given, and by how many people."""
    if not report.shows(kind, school, support):
        return [HIDDEN] * (len(keys) + 1)
    figures = report.figures(school, support)
    return [*(figures.answers[kind][key] for key in keys), len(figures.who[kind])]
