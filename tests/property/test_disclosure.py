"""No small number of a protected table can be worked out: attacked with every whole-number table
that fits, and with a linear programme of its own."""

from itertools import product

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import optimize

from saferboard.analytics.disclosure import (
    Cell,
    ProtectedTable,
    Rule,
    Table,
    protect,
    protect_table,
)


def tables(most_rows: int, most_columns: int, most: int) -> st.SearchStrategy[Table]:
    def build(shape: tuple[int, int]) -> st.SearchStrategy[Table]:
        rows, columns = shape
        line = st.tuples(*[st.integers(0, most)] * columns)
        return st.tuples(*[line] * rows).map(
            lambda counts: Table(
                tuple(f"r{i}" for i in range(rows)), tuple(f"c{j}" for j in range(columns)), counts
            )
        )

    return st.tuples(st.integers(1, most_rows), st.integers(2, most_columns)).flatmap(build)


def small(table: Table, shown: ProtectedTable) -> list[tuple[int, int]]:
    return [
        (i, j)
        for i, line in enumerate(table.counts)
        for j, count in enumerate(line)
        if 0 < count < 5 and shown.states[i][j] == "primary"
    ]


@given(tables(4, 5, 40))
@settings(max_examples=40, deadline=None)
def test_subtracting_and_bounding_by_linear_programme_leaves_two_values(table: Table) -> None:
    """The attacker knows that a secondary cell is not negative, and that a small one is 0 to 4."""
    shown = protect_table(table, Rule())
    height, width = len(table.rows), len(table.columns)
    index = np.arange(height * width).reshape(height, width)
    equations, values = [], []

    def learn(cells: np.ndarray, value: float | None) -> None:
        if value is not None:
            row = np.zeros(height * width)
            row[cells.ravel()] = 1
            equations.append(row)
            values.append(value)

    for i in range(height):
        learn(index[i], shown.row_totals[i])
        for j in range(width):
            learn(index[i, j], shown.counts[i][j])
    for j in range(width):
        learn(index[:, j], shown.column_totals[j])
    learn(index, shown.grand_total)
    bounds = [
        (0, 4) if shown.states[i][j] == "primary" else (0, None)
        for i in range(height)
        for j in range(width)
    ]
    for i, j in small(table, shown):
        aim = np.zeros(height * width)
        aim[index[i, j]] = 1
        known = {
            "A_eq": np.array(equations) if equations else None,
            "b_eq": values or None,
            "bounds": bounds,
        }
        low, high = optimize.linprog(aim, **known), optimize.linprog(-aim, **known)
        assert low.status == high.status == 0
        assert -high.fun - low.fun > 0.99, (table.counts, shown.states)


@given(tables(2, 3, 7))
@settings(max_examples=20, deadline=None)
def test_every_whole_table_that_fits_leaves_two_values(table: Table) -> None:
    """Brute force, with the sharper knowledge of what primary and secondary mean."""
    shown = protect_table(table, Rule())
    flat = [count for line in shown.counts for count in line]
    states = [state for line in shown.states for state in line]
    hides_zero = any(
        state == "primary" and count == 0
        for state, count in zip(states, [c for line in table.counts for c in line], strict=True)
    )
    lowest = 0 if hides_zero else 1
    ranges = [
        [int(value)] if value is not None else
        (range(lowest, 5) if state == "primary" else range(12))
        for value, state in zip(flat, states, strict=True)
    ]  # fmt: skip
    height, width = len(table.rows), len(table.columns)
    seen: dict[tuple[int, int], set[int]] = {}
    for guess in product(*ranges):
        grid = [guess[i * width : (i + 1) * width] for i in range(height)]
        fits = (
            all(t in (None, sum(line)) for t, line in zip(shown.row_totals, grid, strict=True))
            and all(
                t in (None, sum(line[j] for line in grid))
                for j, t in enumerate(shown.column_totals)
            )
            and shown.grand_total in (None, sum(guess))
        )
        if fits:
            for i, j in small(table, shown):
                seen.setdefault((i, j), set()).add(grid[i][j])
    for place in small(table, shown):
        assert len(seen[place]) > 1, (table.counts, shown.states)


@given(tables(4, 4, 30), st.sampled_from([5, 7, 10]))
@settings(max_examples=40, deadline=None)
def test_no_small_number_is_shown_and_what_is_shown_is_true(table: Table, threshold: int) -> None:
    shown = protect_table(table, Rule(threshold))
    for line, truth in zip(shown.counts, table.counts, strict=True):
        for value, count in zip(line, truth, strict=True):
            assert value is None or (value == count and not 0 < count < threshold)


@given(st.lists(st.integers(0, 30), min_size=6, max_size=12), st.data())
@settings(max_examples=20, deadline=None)
def test_overlapping_spans_cannot_be_subtracted_to_a_small_one(
    months: list[int], data: st.DataObject
) -> None:
    """Spans of months, some released before: nothing shown inside something shown leaves 1 to 4,
    unless both were public already."""
    ends = st.tuples(st.integers(0, len(months) - 1), st.integers(1, len(months)))
    spans = data.draw(
        st.lists(ends.filter(lambda e: e[0] < e[1]), min_size=2, max_size=6, unique=True)
    )
    cells = [
        Cell((a, b), frozenset(str(m) for m in range(a, b)), sum(months[a:b]), public=k == 0)
        for k, (a, b) in enumerate(spans)
    ]
    states = protect(cells, Rule()).states
    shown = [cell for cell in cells if states[cell.key] == "shown"]
    public = cells[0].atoms
    for outer in shown:
        for inner in shown:
            if inner.atoms < outer.atoms and outer.atoms - inner.atoms != public:
                assert not 0 < outer.value - inner.value < 5
