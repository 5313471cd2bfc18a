"""What the figures of the report mean: under the page, and on the first sheet of the workbook."""

from .layout import WHY_HIDDEN
from .report import ALL
from .walk_tables import NOTES as OF_WALKS


def notes_of(report, *, at):
    """[(word, what it means)]; `at` is the moment of counting."""
    year = report.year
    return [
        ("School year", f"{year.name}: {day(year.starts_on)} to {day(year.ends_on)}."),
        ("Schools", schools_of(report)),
        ("Counted on", f"{day(at)}. Figures of a year that is under way still change."),
        (
            "Started, completed, under way, withdrawn",
            "Work that was started in this school year, at the school where it was started, and how far it is now. "
            "Work that goes on into the next year stays with the year in which it began.",
        ),
        (
            "People",
            "Everyone who took part, also who left on the way, at the school where each works. Sums count each "
            "person once, so they can be less than their lines add up to.",
        ),
        ("Hours", "The time that people noted with this work, at the school where each works. An hour has 60 minutes."),
        (
            "Goal, before and after",
            "How close each person felt to their own goal, in their own view. Not everyone answers both times.",
        ),
        ("Fist to five", "The fingers that people held up in their reflections: 0 is a fist, 5 is very well."),
        *(OF_WALKS if report.walks.cells else ()),
        ("hidden", f"{WHY_HIDDEN} A school's own principal sees the counts of people, work and hours there."),
        ("Not in here", "No words of anybody, and no figure about one person. Only the numbers are read."),
    ]


def schools_of(report):
    if report.school is not ALL:
        return f"{report.every_school.get(report.school, 'A school without work in this year')}."
    return ", ".join(report.every_school.values()) + "." if report.every_school else "None with work in this year."


def day(moment):
    return f"{moment:%A} {moment.day} {moment:%B %Y}"
