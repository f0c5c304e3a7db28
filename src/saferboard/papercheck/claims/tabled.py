"""What the tables of a paper hold, by the words beside each figure: to look a claim up in them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from saferboard.papercheck.claims.number import DIGITS, Number, cell_number
from saferboard.papercheck.claims.words import stems
from saferboard.papercheck.paper import Grid, Paper, Passage

_COMPOSITE = re.compile(rf"^(?P<count>{DIGITS})\s*\((?P<share>{DIGITS}\s?%)\)$")
_WORDED = re.compile(
    rf"(?P<count>{DIGITS})\s(?:(?:were|was|are|had|has|have|is)\s)?(?:an?\s)?(?P<label>[A-Za-z][^\d]{{2,80}})"
)
MOST_WORDED = 120


@dataclass(frozen=True)
class Entry:
    """A row of a table with figures: `numbers` in the order of the columns, with the share in
    brackets behind each in `shares`; `stems` of its label."""

    label: str
    stems: frozenset[str]
    numbers: tuple[Number, ...]
    shares: tuple[Number | None, ...]
    heads: tuple[str, ...]
    cell: Passage


@dataclass(frozen=True)
class Worded:
    """`7 had a recorded EHCP, or SEN` in a cell: a count with its words, and its column."""

    count: Number
    stems: frozenset[str]
    column: int
    cell: Passage


def entries(paper: Paper) -> Iterator[Entry]:
    """Every row of every table whose first filled cell is words and that holds figures."""
    for grid in paper.grids:
        for row in grid.rows:
            if entry := _entry(grid, row):
                yield entry


def _entry(grid: Grid, row: tuple[Passage, ...]) -> Entry | None:
    label = next((cell for cell in row if cell.text), None)
    if label is None or cell_number(label.text) is not None:
        return None
    numbers: list[Number] = []
    shares: list[Number | None] = []
    heads: list[str] = []
    for column, cell in enumerate(row):
        both = _COMPOSITE.match(cell.text)
        number = cell_number(both["count"] if both else cell.text)
        if number is not None:
            numbers.append(number)
            shares.append(cell_number(both["share"]) if both else None)
            heads.append(grid.rows[0][column].text)
    if not numbers:
        return None
    return Entry(label.text, stems(label.text), tuple(numbers), tuple(shares), tuple(heads), label)


def worded(grid: Grid) -> Iterator[Worded]:
    """Counts that stand with their words inside cells."""
    for row in grid.rows:
        for column, cell in enumerate(row):
            if len(cell.text) > MOST_WORDED:
                continue
            for found in _WORDED.finditer(cell.text):
                count = cell_number(found["count"])
                if count is not None and stems(found["label"]):
                    yield Worded(count, stems(found["label"]), column, cell)
