"""What is hidden stays hidden from somebody who can add and subtract."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from growth.services.hiding import ALL, LEAST, hidden_cells, lines_of, with_margins

# In each cell a set of people out of few, so that the same person stands in several cells.
cells = st.tuples(st.sampled_from("ABCDE"), st.sampled_from("vwxyz"))
tables = st.dictionaries(cells, st.frozensets(st.integers(0, 25), max_size=9), min_size=1, max_size=25)


def those_that_follow(groups, hidden):
    """Which hidden cells the shown ones determine: every line is an equation, and these are all solved at once."""
    unknown = sorted(hidden, key=str)
    rows = []
    for parts, total in lines_of(groups):
        row = [Fraction((cell in parts) - (cell == total)) for cell in unknown]
        rows.append(row)
    return {unknown[columns[0]] for row in reduced(rows) if len(columns := [i for i, x in enumerate(row) if x]) == 1}


def reduced(rows):
    """Gauss-Jordan: a cell is determined exactly when a row of the reduced form has nothing but that cell."""
    done = 0
    for column in range(len(rows[0]) if rows else 0):
        pivot = next((i for i in range(done, len(rows)) if rows[i][column]), None)
        if pivot is None:
            continue
        rows[done], rows[pivot] = rows[pivot], rows[done]
        rows[done] = [x / rows[done][column] for x in rows[done]]
        for i, row in enumerate(rows):
            if i != done and row[column]:
                rows[i] = [x - row[column] * y for x, y in zip(row, rows[done], strict=True)]
        done += 1
    return rows


@given(tables)
def test_no_hidden_cell_follows_from_what_is_shown(people):
    groups = with_margins(people)
    hidden = hidden_cells(people)

    assert {cell for cell, who in groups.items() if len(who) < LEAST} <= hidden
    assert those_that_follow(groups, hidden) == set()


@given(tables)
def test_what_is_missing_from_a_line_is_five_people_or_more(people):
    groups = with_margins(people)
    hidden = hidden_cells(people)

    for parts, total in lines_of(groups):
        missing = set().union(*(groups[cell] for cell in parts if cell in hidden))
        assert total in hidden or not missing or len(missing) >= LEAST


def test_a_cell_that_only_two_lines_together_give_away_is_found():
    """Two rings joined by one cell: no line has a single gap, and yet that cell follows from four lines at once."""
    groups = with_margins({(row, column): {1} for row in "ABCD" for column in "wxyz"})
    rings = [("A", "w"), ("A", "x"), ("B", "w"), ("B", "x"), ("C", "y"), ("C", "z"), ("D", "y"), ("D", "z")]

    assert those_that_follow(groups, {*rings}) == set()
    assert those_that_follow(groups, {*rings, ("B", "y")}) == {("B", "y")}


def test_large_groups_are_shown():
    people = {("A", "x"): range(9), ("A", "y"): range(7), ("B", "x"): range(5), ("B", "y"): range(6)}

    assert hidden_cells(people) == set()


def test_a_small_group_takes_the_smallest_others_with_it():
    people = {("A", "x"): range(3), ("A", "y"): range(7), ("B", "x"): range(10, 15), ("B", "y"): range(20, 28)}

    assert hidden_cells(people) == {("A", "x"), ("A", "y"), ("B", "x"), ("B", "y")}


def test_the_same_four_people_in_two_cells_are_four():
    people = {("A", "x"): range(4), ("A", "y"): range(4), ("B", "x"): range(10, 18), ("B", "y"): range(20, 28)}

    assert ("A", ALL) in hidden_cells(people)


def test_nobody_is_not_hidden():
    people = {("A", "x"): set(), ("A", "y"): range(6)}

    assert hidden_cells(people) == set()


def test_what_another_table_hides_is_hidden_with_its_ring():
    people = {(row, column): range(9) for row in "AB" for column in "xy"}

    assert hidden_cells(people, also={("A", "x"), ("Z", "z")}) == set(people)
