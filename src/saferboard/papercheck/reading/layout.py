"""A page as runs of letters at places, into lines of words and rows of columns.

A PDF knows no tables. Two or more lines that each hold runs with a gap between them, and whose
runs stand under one another in at least two columns, are read as rows of a table that nobody
vouches for. Everything else stays a line of words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

GAP = 0.32
"""Of the height of a line: a wider gap between two runs parts two columns. A blank between
words is about a quarter."""

TOUCHING = 0.2
"""Of the height of a line: letters no further apart belong to one word."""

LEAST_ROWS = 2
LEAST_COLUMNS = 2


@dataclass(frozen=True)
class Run:
    """Letters in a box; positions in points from the bottom left of the page."""

    left: float
    bottom: float
    right: float
    top: float
    text: str


@dataclass(frozen=True)
class Row:
    """A row of a table: one text for each column, empty where nothing stands."""

    cells: tuple[str, ...]


@dataclass(frozen=True)
class Words:
    """A line of words; `width` in points, `height` of its letters."""

    text: str
    left: float
    right: float
    height: float


def arranged(runs: Sequence[Run]) -> list[Words | list[Row]]:
    """Lines from top to bottom; a list of rows where lines form a table."""
    lines = [_segments(line) for line in lines_of(runs)]
    found: list[Words | list[Row]] = []
    block: list[list[Run]] = []
    for line in [*lines, []]:
        if len(line) >= LEAST_COLUMNS:
            block.append(line)
            continue
        found += _block(block)
        block = []
        if line:
            found.append(_words(line))
    return found


def lines_of(runs: Sequence[Run]) -> list[list[Run]]:
    """Runs whose middles lie on one height, from left to right."""
    lines: list[list[Run]] = []
    for run in sorted(runs, key=lambda one: (-(one.top + one.bottom) / 2, one.left)):
        if not run.text.strip():
            continue
        middle = (run.top + run.bottom) / 2
        last = lines[-1][0] if lines else None
        if last is not None and last.bottom <= middle <= last.top:
            lines[-1].append(run)
        else:
            lines.append([run])
    return [sorted(line, key=lambda one: one.left) for line in lines]


def _segments(line: Sequence[Run]) -> list[Run]:
    """Runs with no more than a blank between them, joined."""
    joined: list[Run] = []
    for run in line:
        before = joined[-1] if joined else None
        height = max(run.top - run.bottom, before.top - before.bottom if before else 0.0)
        if before is not None and run.left - before.right <= GAP * height:
            space = (
                ""
                if before.text[-1:].isspace() or run.left - before.right < TOUCHING * height
                else " "
            )
            joined[-1] = Run(
                before.left,
                min(before.bottom, run.bottom),
                max(before.right, run.right),
                max(before.top, run.top),
                f"{before.text}{space}{run.text}",
            )
        else:
            joined.append(run)
    return joined


def _block(block: list[list[Run]]) -> list[Words | list[Row]]:
    """The rows of a table, or the lines as words where their columns do not line up."""
    if len(block) < LEAST_ROWS:
        return [_words(line) for line in block]
    columns = _columns([run for line in block for run in line])
    rows: list[Row] = []
    for line in block:
        cells = [""] * len(columns)
        for run in line:
            at = next(
                n
                for n, (left, right) in enumerate(columns)
                if left <= run.left and run.right <= right
            )
            cells[at] = f"{cells[at]} {run.text}".strip()
        rows.append(Row(tuple(cells)))
    shared = sum(1 for at in range(len(columns)) if sum(bool(row.cells[at]) for row in rows) > 1)
    if len(columns) < LEAST_COLUMNS or shared < LEAST_COLUMNS:
        return [_words(line) for line in block]
    return [rows]


def _columns(runs: Sequence[Run]) -> list[tuple[float, float]]:
    """Stretches of the page's width that are covered by runs, parted by white gutters."""
    columns: list[tuple[float, float]] = []
    for run in sorted(runs, key=lambda one: one.left):
        if columns and run.left <= columns[-1][1]:
            columns[-1] = (columns[-1][0], max(columns[-1][1], run.right))
        else:
            columns.append((run.left, run.right))
    return columns


def _words(line: Sequence[Run]) -> Words:
    text = " ".join(run.text.strip() for run in line)
    return Words(text, line[0].left, line[-1].right, max(one.top - one.bottom for one in line))
