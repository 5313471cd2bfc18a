"""What walks came to as a table: the same on the facilitators' page, in the report and in its files."""

from .hiding import ALL
from .hours import in_hours
from .layout import HIDDEN, Table

COLUMNS = ["Walks", "Visits", "Hosts", "Visit hours", "Classes covered", "Covered per visit hour"]
COLUMNS += ["Next steps", "Tried"]
MEANING = "Half days in colleagues' rooms, at the school that was visited, and what people did afterwards."
NOTES = [
    (
        "Walks, visits, hosts",
        "Walks that were held, the visits to classes on them, and how many teachers were visited. A walk counts once "
        "its day is over, at the school that was visited, with all that came of it.",
    ),
    ("Visit hours", "The time that each visitor spent in colleagues' classes, added up."),
    (
        "Classes covered",
        "Classes that somebody else took, or was to take, so that their teachers could walk; and how many that is for "
        "each visit hour. Hidden where it would tell of fewer than five people at another school.",
    ),
    (
        "Next steps, tried",
        "How many said at the debrief what they will try, and how many have marked it as tried. What it was is read "
        "by no one here.",
    ),
]


def walk_table(walks, school=ALL):
    """A row for each school and their sum, or that of the one school that is shown."""
    table = walk_rows(walks, school)
    if len(table.rows) > 1:
        table.rows.append(["All", *counts(walks, ALL)])
        table.sums = 1
    return table


def walk_rows(walks, school=ALL):
    """The same without the sum, for files."""
    rows = [[name, *counts(walks, pk)] for pk, name in walks.schools.items() if school in (ALL, pk)]
    return Table("walks", "Learning walks", MEANING, ["School"], COLUMNS, rows, sums=0)


def counts(walks, school):
    figures = walks.cells[school]
    groups = {
        "hosts": [figures.walks, figures.visits, figures.hosts],
        "visitors": [in_hours(figures.minutes)],
        "cover": [figures.covered, "none" if figures.covered_per_hour is None else figures.covered_per_hour],
        "steps": [figures.steps, figures.tried],
    }
    return [value if walks.shows(kind, school) else HIDDEN for kind, values in groups.items() for value in values]
