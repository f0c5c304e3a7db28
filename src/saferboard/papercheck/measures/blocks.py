"""The tables inside a table: what a workbook holds side by side, the data of a native chart, and a
table that a PDF prints as a paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from saferboard.papercheck.measures.periods import period_named
from saferboard.papercheck.paper import Grid, Passage

_FIRST = ("month", "area", "ward", "measure")
_HEADS_WITHIN = 4
_IN_WORDS = re.compile(
    r"^(?P<caption>[^()]+) \((?P<first>[A-Z]\w+): (?P<heads>[^()]+)\)\. (?P<rows>.+)$"
)
_NEXT_HEAD = re.compile(r", (?=[A-Z])")


def blocks(grid: Grid) -> Iterator[Grid]:
    """The tables that a grid is made of, each with its heads in the first row; the grid itself
    where nothing tells it apart."""
    found = False
    for at, row in enumerate(grid.rows[:_HEADS_WITHIN]):
        for column, cell in enumerate(row):
            if cell.text.casefold() in _FIRST and (column == 0 or not row[column - 1].text):
                found = True
                yield _part(grid, at, column)
        if found:
            return
    if (named := _of_chart(grid)) is not None:
        yield named
        return
    yield grid


def _part(grid: Grid, first: int, column: int) -> Grid:
    """From a head to the last column that has one, down to the first row without a label."""
    last = column
    while last < len(grid.rows[first]) and grid.rows[first][last].text:
        last += 1
    rows = [_heads(grid, first)[column:last]]
    for row in grid.rows[first + 1 :]:
        if column >= len(row) or not row[column].text:
            break
        rows.append(row[column:last])
    return replace(grid, rows=tuple(rows), header_rows=1)


def _heads(grid: Grid, first: int) -> tuple[Passage, ...]:
    """The heads of a row; in a table that was read from a layout with the lines above them."""
    heads = grid.rows[first]
    above = grid.rows[:first] if not grid.certain else ()
    return tuple(
        replace(cell, text=" ".join([*(row[at].text for row in above if row[at].text), cell.text]))
        for at, cell in enumerate(heads)
    )


def _of_chart(grid: Grid) -> Grid | None:
    """The data of a chart has no head over its labels."""
    if len(grid.rows) < 2 or grid.rows[0][0].text or not grid.rows[1][0].text:
        return None
    month = period_named(grid.rows[1][0].text) is not None
    rates = any(cell.text.startswith("Per ") for cell in grid.rows[0])
    if not month and not rates:
        return None
    head = replace(grid.rows[0][0], text="Month" if month else "Area")
    return replace(grid, rows=((head, *grid.rows[0][1:]), *grid.rows[1:]))


def block_in_words(passage: Passage) -> Grid | None:
    """The table that a paragraph spells out: `Robbery by month (Month: Offences, Remark). Jul 2023:
    37, –; Aug 2023: 47, –`. None for any other paragraph."""
    found = _IN_WORDS.match(passage.text)
    if found is None:
        return None
    rows = [[found["first"], *_NEXT_HEAD.split(found["heads"])]]
    for line in found["rows"].rstrip(".").split("; "):
        label, _, values = line.partition(": ")
        rows.append([label, *values.split(", ")])
    width = len(rows[0])
    cells = [
        tuple(replace(passage, text=text, kind="cell") for text in (*row, *[""] * width)[:width])
        for row in rows
    ]
    return Grid(tuple(cells), passage.place, 1, found["caption"], certain=False)
