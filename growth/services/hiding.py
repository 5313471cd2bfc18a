"""Small numbers are hidden: groups under five, and what would reveal them by subtraction (TRUST 3)."""

LEAST = 5
ALL = None  # the margin of a row or a column


def hidden_cells(people, *, least=LEAST):
    """Which cells of a table must not be shown.

    `people` is {(row, column): how many people stand behind the cell}, without margins; empty cells may be left out.
    Returns a set of (row, column) in which ALL stands for a margin: (row, ALL), (ALL, column), (ALL, ALL). A cell
    with no people is shown, since it hides nobody. In each line (a row, a column or a margin, with its total) either
    nothing is hidden, or two numbers at least; and where its total is shown, those hidden are `least` people or more.
    """
    counts = with_margins(people)
    hidden = {cell for cell, count in counts.items() if 0 < count < least}
    lines = list(lines_of(counts))
    while grown := next((more for line in lines if (more := to_hide_too(line, counts, hidden, least))), None):
        hidden |= grown
    return hidden


def with_margins(people):
    counts = {}
    for (row, column), count in people.items():
        for cell in {(row, column), (row, ALL), (ALL, column), (ALL, ALL)}:
            counts[cell] = counts.get(cell, 0) + count
    return counts


def lines_of(counts):
    """Each equation that a reader could solve: (its cells, its total)."""
    rows = sorted({row for row, _ in counts}, key=str)
    columns = sorted({column for _, column in counts}, key=str)
    for row in rows:
        yield [(row, column) for column in columns if column is not ALL and (row, column) in counts], (row, ALL)
    for column in columns:
        yield [(row, column) for row in rows if row is not ALL and (row, column) in counts], (ALL, column)


def to_hide_too(line, counts, hidden, least):
    """What else must go so that this line gives nothing away: one more cell, its total, or nothing."""
    cells, total = line
    gone = [cell for cell in [*cells, total] if cell in hidden]
    rest = sum(counts[cell] for cell in gone)
    if not gone or (len(gone) > 1 and (total in hidden or rest >= least)):
        return set()
    shown = [cell for cell in cells if cell not in hidden and counts[cell]]
    return {min(shown, key=lambda cell: (counts[cell], str(cell)))} if shown else {total}
