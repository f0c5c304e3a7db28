"""Rows of registers and tables: numbered without gaps, not copied, not said twice in one cell."""

from __future__ import annotations

import re
from collections.abc import Iterator

from saferboard.papercheck.claims.number import Number, cell_number
from saferboard.papercheck.finding import Finding, Pack, Rule
from saferboard.papercheck.paper import Grid, Passage
from saferboard.papercheck.rules.walk import grids, row_words

ITEM, COPIED, DOUBLE = "item-number", "row-copied", "entry-twice"
LEAST_RUNS = 3
LEAST_FIGURES = 4
LEAST_ROWS = 4
MOST_NUMBER = 60
_ITEM = re.compile(r"^\d{1,2}\.?$")
HEADS = 4
# The data of a chart with limits, where small counts repeat and limits hardly change.
_LIMITS = re.compile(r"^(?:centre|usual range|(?:lower|upper)(?: limit)?$)", re.I)
# A sheet that prints the figures of sentences again.
_FIGURES = re.compile(r"^figures\b", re.I)
_TWICE = re.compile(r"^(?P<one>[A-Za-z][A-Za-z -]{2,20}?)\s(?P=one)$", re.I)


def find_items(pack: Pack) -> Iterator[Finding]:
    """A list of numbered rows, one after the other, that leaves out one number. Only where
    several lists of the same table count without a gap, so that the numbers are known to be
    places in a list."""
    for _, grid in grids(pack):
        if any(_FIGURES.match(cell.text) for cell in grid.rows[0]):
            continue
        for column in range(min(3, len(grid.rows[0]))):
            runs = list(_runs(grid, column))
            whole = [run for run in runs if _gap(run) is None and len(run) > 1]
            if len(whole) < LEAST_RUNS:
                continue
            for run in runs:
                gap = _gap(run)
                if gap is None:
                    continue
                row, number = run[gap]
                yield Finding(
                    ITEM,
                    "warning",
                    f"Number {number} follows number {run[gap - 1][1]}.",
                    row_words(grid, row),
                    grid.rows[row][column].place,
                    f"{run[gap - 1][1] + 1}",
                )


def _runs(grid: Grid, column: int) -> Iterator[list[tuple[int, int]]]:
    """Row and number of each numbered row; a 1 begins another list."""
    run: list[tuple[int, int]] = []
    for at, row in enumerate(grid.rows):
        words = row[column].text
        if not _ITEM.match(words) or sum(1 for cell in row if len(cell.text) > 20) == 0:
            continue
        number = int(words.rstrip("."))
        if number == 1 and run:
            yield run
            run = []
        if run or number == 1:
            run.append((at, number))
    if run:
        yield run


def _gap(run: list[tuple[int, int]]) -> int | None:
    """Where the run leaves out exactly one number between two rows that stand together."""
    for at in range(1, len(run)):
        step = run[at][1] - run[at - 1][1]
        if step == 2 and run[at][0] == run[at - 1][0] + 1 and run[at][1] <= MOST_NUMBER:
            return at
    return None


def find_copies(pack: Pack) -> Iterator[Finding]:
    """Two rows one under the other with other labels and the same figures, four or more, not all
    alike. A table with several such pairs is made that way."""
    for _, grid in grids(pack):
        if any(_LIMITS.search(cell.text) for row in grid.rows[:HEADS] for cell in row):
            continue
        pairs = list(_alike(grid))
        for at, label, above in pairs if len(pairs) == 1 else ():
            yield Finding(
                COPIED,
                "warning",
                f"“{label[:50]}” has the same figures as “{above[:50]}” above it.",
                row_words(grid, at),
                grid.rows[at][0].place,
                "its own figures",
            )


def _alike(grid: Grid) -> Iterator[tuple[int, str, str]]:
    """Row, label and the label above, for each row with the figures of the row above."""
    before: tuple[str, tuple[float, ...]] = ("", ())
    columns = _columns_of_rows(grid)
    for at, row in enumerate(grid.rows):
        numbers = [number for one in columns if (number := cell_number(row[one].text))]
        values = tuple(number.value for number in numbers)
        label = row[0].text
        other = bool(label) and before[0].casefold() != label.casefold()
        if other and before[1] == values and _tells(numbers):
            yield at, label, before[0]
        before = (label, values)


def _columns_of_rows(grid: Grid) -> list[int]:
    """The columns whose figures tell one row from another: a column that stands twice counts
    once, and an average of all that a chart's data repeat in every row does not count."""
    told: dict[tuple[float | None, ...], int] = {}
    for column in range(1, len(grid.rows[0])):
        numbers = [cell_number(row[column].text) for row in grid.rows]
        values = tuple(None if number is None else number.value for number in numbers)
        held = [value for value in values if value is not None]
        if len(held) < LEAST_ROWS or len(set(held)) > 1:
            told.setdefault(values, column)
    return list(told.values())


def _tells(numbers: list[Number]) -> bool:
    """Enough figures, and enough different ones, for chance not to make them alike."""
    values = {number.value for number in numbers}
    return len(numbers) >= LEAST_FIGURES and len(values) >= LEAST_FIGURES - 1


def find_doubles(pack: Pack) -> Iterator[Finding]:
    """A short cell that says the same twice: `Non-Key Non-key`."""
    for _, grid in grids(pack):
        for at, row in enumerate(grid.rows):
            for cell in row:
                if found := _TWICE.match(cell.text):
                    yield _double(grid, at, cell, found["one"])


def _double(grid: Grid, at: int, cell: Passage, words: str) -> Finding:
    return Finding(
        DOUBLE,
        "warning",
        f"“{cell.text}” says “{words}” twice.",
        row_words(grid, at),
        cell.place,
        words,
    )


RULES = (
    Rule(
        ITEM,
        "The numbers of a list of actions leave none out.",
        "warning",
        5,
        "Actions 1, 2 and 4 of a theme, in a plan whose other themes count without a gap.",
        "See whether an action was dropped, or number afresh.",
        find_items,
    ),
    Rule(
        COPIED,
        "Two rows of a table do not have all their figures in common.",
        "warning",
        2,
        "Housing | 23% | 50% | 25% | 15% over Employment | 23% | 50% | 25% | 15%",
        "Put in the row's own figures.",
        find_copies,
    ),
    Rule(
        DOUBLE,
        "An entry stands once in its cell.",
        "warning",
        5,
        "Issue type: Non-Key Non-key",
        "Delete one of them.",
        find_doubles,
    ),
)
