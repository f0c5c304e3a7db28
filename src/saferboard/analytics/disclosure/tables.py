"""A cross-tabulation of people and what may be shown of it."""

from __future__ import annotations

from dataclasses import dataclass

from saferboard.analytics.disclosure.cells import Cell, State, protect
from saferboard.analytics.disclosure.rule import Rule


@dataclass(frozen=True)
class Table:
    """Counts by row and column. The totals are computed, and shown where the table says so."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    counts: tuple[tuple[int, ...], ...]
    row_totals: bool = True
    column_totals: bool = True
    grand_total: bool = True

    def __post_init__(self) -> None:
        if len(self.counts) != len(self.rows) or any(
            len(line) != len(self.columns) for line in self.counts
        ):
            raise ValueError("the counts must fill the rows and columns")
        if any(count < 0 for line in self.counts for count in line):
            raise ValueError("a count cannot be negative")


@dataclass(frozen=True)
class ProtectedTable:
    """What may be shown: None where a count is withheld (or a total was not asked for), with the
    `state` of each. A withheld cell reads `words` if primary, else the words for secondary."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    counts: tuple[tuple[float | None, ...], ...]
    row_totals: tuple[float | None, ...]
    column_totals: tuple[float | None, ...]
    grand_total: float | None
    states: tuple[tuple[State, ...], ...]
    words: str


def protect_table(table: Table, rule: Rule) -> ProtectedTable:
    """Suppress the small counts and as many others as it takes."""
    cells: list[Cell] = []
    for i, line in enumerate(table.counts):
        for j, count in enumerate(line):
            tells = count == 0 and (
                _all_in_one(line) or _all_in_one([other[j] for other in table.counts])
            )
            cells.append(Cell((i, j), frozenset({f"{i}|{j}"}), count, discloses=tells))
    height, width = range(len(table.rows)), range(len(table.columns))
    if table.row_totals:
        for i in height:
            atoms = frozenset(f"{i}|{j}" for j in width)
            cells.append(Cell(("row", i), atoms, sum(table.counts[i])))
    if table.column_totals:
        for j in width:
            atoms = frozenset(f"{i}|{j}" for i in height)
            cells.append(Cell(("column", j), atoms, sum(line[j] for line in table.counts)))
    if table.grand_total:
        atoms = frozenset(f"{i}|{j}" for i in height for j in width)
        cells.append(Cell("all", atoms, sum(map(sum, table.counts))))
    states = protect(cells, rule).states
    shown = {cell.key: rule.rounded(cell.value) for cell in cells if states[cell.key] == "shown"}
    return ProtectedTable(
        table.rows,
        table.columns,
        tuple(tuple(shown.get((i, j)) for j in width) for i in height),
        tuple(shown.get(("row", i)) for i in height),
        tuple(shown.get(("column", j)) for j in width),
        shown.get("all"),
        tuple(tuple(states[i, j] for j in width) for i in height),
        rule.words,
    )


def _all_in_one(counts: tuple[int, ...] | list[int]) -> bool:
    """Whether everybody is in one cell: the zeros beside it then say what nobody is."""
    return len(counts) > 1 and sum(1 for count in counts if count) == 1
