"""What is hidden stays hidden from somebody who can add and subtract."""

from hypothesis import given
from hypothesis import strategies as st

from growth.services.hiding import ALL, LEAST, hidden_cells, lines_of, with_margins

tables = st.dictionaries(
    st.tuples(st.sampled_from("ABCD"), st.sampled_from("wxyz")), st.integers(0, 12), min_size=1, max_size=16
)


def solve(counts, hidden):
    """Everything that follows from the shown cells by lines with a single gap, over and over."""
    known = {cell: count for cell, count in counts.items() if cell not in hidden}
    found = True
    while found:
        found = False
        for cells, total in lines_of(counts):
            gaps = [cell for cell in [*cells, total] if cell not in known]
            if len(gaps) == 1:
                rest = sum(known[cell] for cell in cells if cell in known)
                known[gaps[0]] = rest if gaps[0] == total else known[total] - rest
                found = True
    return known


@given(tables)
def test_no_small_group_follows_from_what_is_shown(people):
    counts = with_margins(people)
    hidden = hidden_cells(people)

    known = solve(counts, hidden)

    assert not [cell for cell, count in known.items() if 0 < count < LEAST]


@given(tables)
def test_no_line_with_a_total_gives_away_a_small_rest(people):
    counts = with_margins(people)
    hidden = hidden_cells(people)

    for cells, total in lines_of(counts):
        gone = sum(counts[cell] for cell in cells if cell in hidden)
        assert total in hidden or gone == 0 or gone >= LEAST


def test_large_groups_are_shown():
    people = {("A", "x"): 9, ("A", "y"): 7, ("B", "x"): 5, ("B", "y"): 6}

    assert hidden_cells(people) == set()


def test_a_small_group_takes_another_with_it():
    hidden = hidden_cells({("A", "x"): 3, ("A", "y"): 7, ("A", "z"): 9})

    assert ("A", "x") in hidden
    assert ("A", "y") in hidden
    assert ("A", ALL) not in hidden
