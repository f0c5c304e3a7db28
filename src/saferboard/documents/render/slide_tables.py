"""How a table is laid out on slides: letter size, room in cells, which columns stand together.

A table that fits on one slide with smaller letters or tighter rows is not cut in two.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from saferboard.documents.model import Cell, Table, plain
from saferboard.documents.render import fitting
from saferboard.documents.render.slide_text import LEADING, Line

_SIZES = (12.0, 11.0, 10.0, 9.0)
# Above and below the words of a cell, in points.
_ROOMY, _TIGHT = 2.5, 1.2


@dataclass(frozen=True)
class Arranged:
    """One part of a table: its columns (numbered from the left), their widths, and the heights
    of its header and body rows, in points."""

    columns: tuple[int, ...]
    widths: tuple[float, ...]
    size: float
    padding: float
    head: tuple[float, ...]
    body: tuple[float, ...]

    @property
    def height(self) -> float:
        return sum(self.head) + sum(self.body)


def arranged(table: Table, width: float, heights: Sequence[float]) -> list[Arranged]:
    """`table` in a slide's `width`, as one part where its columns allow. `heights` are the
    rooms that it may stand in, best first: the largest letters that leave it whole in the
    first of them are taken, else in the next; if it has to be cut, the largest of all."""
    fitted = [
        (size, widths)
        for size in _SIZES
        if (widths := fitting.column_widths(_words(table), size, width)) is not None
    ]
    if not fitted:
        return list(_by_columns(table, width))
    everything = tuple(range(columns_of(table)))
    ways = [
        _part(table, everything, widths, size, padding)
        for size, widths in fitted
        for padding in (_ROOMY, _TIGHT)
    ]
    for room in heights:
        for way in ways:
            if way.height <= room:
                return [way]
    return ways[:1]


def columns_of(table: Table) -> int:
    """How many columns a table has, spans counted."""
    return sum(cell.span for cell in table.head[0])


def _by_columns(table: Table, width: float) -> Iterator[Arranged]:
    """A table wider than a slide is cut by columns, with its first column in every part; one
    with spans keeps them all, however narrow."""
    columns, size = _words(table), _SIZES[-1]
    everything = tuple(range(len(columns)))
    if any(cell.span > 1 for row in (*table.head, *table.body) for cell in row):
        yield _part(table, everything, [width / len(columns)] * len(columns), size, _ROOMY)
        return

    def part(held: Sequence[int]) -> Arranged:
        found = fitting.column_widths([columns[number] for number in held], size, width)
        return _part(table, tuple(held), found or [width / len(held)] * len(held), size, _ROOMY)

    held = [0]
    for number in everything[1:]:
        if fitting.column_widths([columns[i] for i in (*held, number)], size, width) is None:
            yield part(held)
            held = [0]
        held.append(number)
    yield part(held)


def _part(
    table: Table, columns: tuple[int, ...], widths: Sequence[float], size: float, padding: float
) -> Arranged:
    def high(row: Sequence[Cell], *, bold: bool) -> float:
        kept = row if len(row) != columns_of(table) else [row[number] for number in columns]
        return row_height(kept, widths, size, bold=bold, padding=padding)

    return Arranged(
        columns,
        tuple(widths),
        size,
        padding,
        tuple(high(row, bold=True) for row in table.head),
        tuple(high(row, bold=at in table.emphasis) for at, row in enumerate(table.body)),
    )


def _words(table: Table) -> list[list[str]]:
    rows = (*table.head, *table.body)
    return [
        [plain(row[number].parts) if number < len(row) else "" for row in rows]
        for number in range(columns_of(table))
    ]


def row_height(
    row: Sequence[Cell], widths: Sequence[float], size: float, *, bold: bool, padding: float
) -> float:
    """Points that a row needs when its cells wrap within `widths`, `padding` above and below."""
    return max(_cell_lines(row, widths, size, bold=bold)) * size * LEADING + 2 * padding + 1


def _cell_lines(
    row: Sequence[Cell], widths: Sequence[float], size: float, *, bold: bool
) -> list[int]:
    from_column, counts = 0, []
    for cell in row:
        room = sum(widths[from_column : from_column + cell.span]) - 9
        line = Line(cell.parts, size, bold=bold, after=0)
        counts.append(round(line.height(room) / (size * LEADING)))
        from_column += cell.span
    return counts
