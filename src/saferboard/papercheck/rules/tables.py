"""Arithmetic in tables: changes, totals and shares."""

from __future__ import annotations

import re
from collections.abc import Iterator

from saferboard.papercheck.claims.rounding import shown
from saferboard.papercheck.claims.table import (
    Line,
    Sheet,
    change_columns,
    column_shares,
    column_sums,
    row_sums,
    sexes_above_total,
    sheet,
)
from saferboard.papercheck.finding import Finding, Pack, Rule, Severity
from saferboard.papercheck.paper import Grid
from saferboard.papercheck.rules.walk import grids, row_words

CHANGE, TOTAL, SHARE, HUNDRED = (
    "table-change", "table-total", "table-share", "table-percentages-of-a-whole",
)  # fmt: skip
NEAR_HUNDRED = (95.0, 105.0)
# Shares of a whole that is not the table: crime of a kind that lies in a ward.
_OF_ANOTHER = re.compile(
    r"share of (?:the|its)(?: (?:area|borough|district|city|county|force|total)|$)", re.I
)


def _sheets(pack: Pack) -> Iterator[tuple[Grid, Sheet]]:
    for _, grid in grids(pack):
        read = sheet(grid)
        if read is not None:
            yield grid, read


def _grave(grid: Grid) -> Severity:
    """Nobody vouches for a table that was read from a layout."""
    return "error" if grid.certain else "warning"


def find_changes(pack: Pack) -> Iterator[Finding]:
    for grid, read in _sheets(pack):
        for columns in change_columns(read):
            for line in columns.wrong:
                before, after = line.numbers[columns.before], line.numbers[columns.after]
                printed = line.numbers[columns.change]
                if before is None or after is None or printed is None:
                    continue
                gap = after.value - before.value
                percent = printed.kind == "percent"
                true = 100 * gap / before.value if percent else gap
                expected = f"{shown(true, printed)}{'%' if percent else ''}"
                yield Finding(
                    CHANGE,
                    _grave(grid),
                    f"{line.label}: from {before.text} to {after.text} is {expected}, "
                    f"not {printed.text}; the other rows of this column add up.",
                    row_words(grid, line.row),
                    grid.rows[line.row][columns.change].place,
                    expected,
                )


def find_totals(pack: Pack) -> Iterator[Finding]:
    for grid, read in _sheets(pack):
        for wrong in (*column_sums(read), *row_sums(read), *sexes_above_total(read)):
            severity = _grave(grid) if wrong.supported else "warning"
            pounds = "£" if wrong.printed.kind == "money" else ""
            expected = f"{pounds}{shown(wrong.true, wrong.printed)}"
            yield Finding(
                TOTAL,
                severity,
                f"The total is printed as {wrong.printed.text}; its parts add up to {expected}.",
                row_words(grid, wrong.line.row),
                grid.rows[wrong.line.row][wrong.column].place,
                expected,
            )


def find_shares(pack: Pack) -> Iterator[Finding]:
    for grid, read in _sheets(pack):
        for wrong in column_shares(read):
            true = 100 * wrong.part.value / wrong.whole.value
            expected = f"{shown(true, wrong.printed)}%"
            yield Finding(
                SHARE,
                _grave(grid),
                f"{wrong.line.label}: {wrong.part.text} of {wrong.whole.text} is {expected}, "
                f"not {wrong.printed.text}.",
                row_words(grid, wrong.line.row),
                grid.rows[wrong.line.row][wrong.column].place,
                expected,
            )


def _says_hundred(line: Line, column: int) -> bool:
    number = line.numbers[column]
    return line.is_total and number is not None and number.value == 100


def find_hundreds(pack: Pack) -> Iterator[Finding]:
    for grid, read in _sheets(pack):
        for column in range(1, read.width):
            if read.is_change(column) or _OF_ANOTHER.search(read.heads[column]):
                continue
            held = [pair for pair in read.figures(column) if not pair[0].is_total]
            numbers = [number for _, number in held if number.kind == "percent"]
            if any(number.text.lstrip()[:1] in "+-" for number in numbers):
                continue
            if len(numbers) < 3 or len(numbers) != len(read.lines) - sum(
                line.is_total for line in read.lines
            ):
                continue
            total = sum(number.value for number in numbers)
            slack = sum(number.half for number in numbers)
            whole = any(_says_hundred(line, column) for line in read.lines)
            near = whole or NEAR_HUNDRED[0] <= total <= NEAR_HUNDRED[1]
            if abs(total - 100) > slack + 1e-9 and near:
                yield Finding(
                    HUNDRED,
                    "warning",
                    f"The percentages of this column add up to {total:.10g}, more than rounding "
                    "explains.",
                    row_words(grid, held[-1][0].row),
                    grid.rows[held[-1][0].row][column].place,
                    "100%",
                )


RULES = (
    Rule(
        CHANGE,
        "A change in a table follows from the two columns that the other rows compare.",
        "error",
        2,
        "Robbery | 587 | 757 | +28.9%, where 757 is 29.0% more than 587.",
        "Compute the row again, or see whether one of its figures was mistyped.",
        find_changes,
    ),
    Rule(
        TOTAL,
        "A total in a table is the sum of its parts.",
        "error",
        2,
        "Three rows of 10, 20 and 30 over a total of 64.",
        "Add up again; see whether a row is missing or counted twice.",
        find_totals,
    ),
    Rule(
        SHARE,
        "A share in a table is the share of the whole that the other rows are shares of.",
        "error",
        2,
        "Female | 183,710 (51.5%) in a column whose total is 389,300.",
        "Divide the count by the total again; see whether the count was copied from elsewhere.",
        find_shares,
    ),
    Rule(
        HUNDRED,
        "Percentages of one whole reach 100 but for rounding.",
        "warning",
        2,
        "45%, 30% and 28% of one group.",
        "See which share is wrong, or say that people could choose more than one.",
        find_hundreds,
    ),
)
