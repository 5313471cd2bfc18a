"""Small numbers are hidden: groups under five, and what would reveal them by subtraction (TRUST 3).

A table of sums is a set of equations: every line (a row, a column, or a margin) adds up to its total. Drawn as a
graph, each row and each column is a point, margins included, and each cell a line between two points. A hidden cell
can be worked out from the shown ones exactly when it lies on no ring of hidden cells ("A graph theoretic
approach to statistical data security", SIAM J. Comput. 17, 1988); so each is given a ring, the cheapest there is.
"""

from heapq import heappop, heappush
from itertools import count

LEAST = 5
ALL = None  # the margin of a row or a column


def hidden_cells(people, *, also=(), least=LEAST):
    """Which cells of a table must not be shown.

    `people` is {(row, column): set of those who stand behind the cell}, without margins; empty cells may be left out.
    `also` are cells to hide in any case, since another table of the same people hides them. Returns a set of
    (row, column) in which ALL stands for a margin: (row, ALL), (ALL, column), (ALL, ALL). A cell with nobody behind it
    is shown. No hidden cell follows from those shown, and what is missing from a line whose total is shown belongs to
    `least` different people or more.
    """
    groups = with_margins(people)
    leads = beside(groups)
    hidden = {cell for cell, who in groups.items() if len(who) < least or cell in also}
    ringed = set()
    while grown := scant(groups, hidden, least) | hidden - ringed:
        hidden |= grown
        for cell in sorted(grown, key=str):
            if cell not in ringed:
                ring = {cell, *way_round(cell, groups, hidden, leads)}
                hidden |= ring
                ringed |= ring
    return hidden


def with_margins(people):
    """The cells that have people, and their sums: a person in two cells stands once behind their sum."""
    groups = {}
    for (row, column), who in people.items():
        for cell in {(row, column), (row, ALL), (ALL, column), (ALL, ALL)} if who else ():
            groups.setdefault(cell, set()).update(who)
    return groups


def lines_of(groups):
    """Each equation that a reader could solve: (its cells, its total)."""
    for side in (0, 1):
        lines = {}
        for cell in groups:
            lines.setdefault(cell[side], []).append(cell)
        for cells in lines.values():
            total = next(cell for cell in cells if cell[1 - side] is ALL)
            yield [cell for cell in cells if cell != total], total


def scant(groups, hidden, least):
    """What else must go, one cell for each line: its total is shown, and its gaps are too few people."""
    more = set()
    for cells, total in lines_of(groups):
        gaps = [cell for cell in cells if cell in hidden]
        if gaps and total not in hidden and len(set().union(*(groups[cell] for cell in gaps))) < least:
            more.add(cheapest(groups, [cell for cell in cells if cell not in hidden]) or total)
    return more


def cheapest(groups, cells):
    return min(cells, key=lambda cell: (len(groups[cell]), str(cell)), default=None)


def beside(groups):
    """For each row and column its cells, each with the column or row that it leads to."""
    leads = {}
    for cell in sorted(groups, key=str):
        row, column = ("row", cell[0]), ("column", cell[1])
        leads.setdefault(row, []).append((cell, column))
        leads.setdefault(column, []).append((cell, row))
    return leads


def way_round(cell, groups, hidden, leads):
    """The cells that close a ring with this one, with the fewest people on those that are still shown (Dijkstra)."""
    start, end = ("row", cell[0]), ("column", cell[1])
    turn = count()
    ways, came_by = [(0, next(turn), start, None)], {}
    while end not in came_by:
        cost, _, point, came = heappop(ways)
        if point in came_by:
            continue
        came_by[point] = came
        for step, other in leads[point]:
            if step != cell and other not in came_by:
                price = 0 if step in hidden else len(groups[step])
                heappush(ways, (cost + price, next(turn), other, (step, point)))
    way, came = [], came_by[end]
    while came:
        way.append(came[0])
        came = came_by[came[1]]
    return way
