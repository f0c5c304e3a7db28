"""Measure claims in tables: a row for each measure and a column for each period, or a table
about one measure with a row for each month."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from saferboard.papercheck.claims.number import Number, cell_number
from saferboard.papercheck.claims.rounding import EPSILON
from saferboard.papercheck.measures.claim import MeasureClaim
from saferboard.papercheck.measures.context import section_measure
from saferboard.papercheck.measures.names import is_unit, measure_named
from saferboard.papercheck.measures.periods import period_named, periods_in
from saferboard.papercheck.paper import Grid, Passage
from saferboard.papercheck.rules.walk import row_words
from saferboard.vocabulary.period import Period

_NOT_A_COUNT = re.compile(r"%|change|rate|per\s1|rank|share|diff|target|average|mean", re.I)
# A control chart shows figures without their season.
_CONTROL_CHART = re.compile(r"\bcentre\b|control", re.I)
MOST_COLUMNS = 16


def claims_in(grid: Grid, caption: str, section: str, year_starts: int) -> Iterator[MeasureClaim]:
    """The counts of a table. `caption` is its own or the line before it, `section` the measure of
    the section it stands in."""
    if not 2 <= len(grid.rows[0]) <= MOST_COLUMNS or len(grid.rows) < 2:
        return
    yield from _by_measure(grid, year_starts)
    yield from _by_month(grid, section_measure(caption) or section, year_starts)


def _by_measure(grid: Grid, year_starts: int) -> Iterator[MeasureClaim]:
    """Rows are measures. A head that is nothing but a period makes a column of counts."""
    heads: dict[int, Period] = {}
    for row, cells in enumerate(grid.rows):
        named = {
            at: period
            for at, cell in enumerate(cells)
            if cell.text
            and not _NOT_A_COUNT.search(cell.text)
            and (period := period_named(cell.text, year_starts)) is not None
        }
        if len(named) >= 2 and not measure_named(cells[0].text):
            heads = named if _side_by_side(grid, row, named) else {}
            continue
        measure = measure_named(cells[0].text) if cells[0].text else ""
        if not measure:
            continue
        for at, period in heads.items():
            number = cell_number(cells[at].text) if at < len(cells) else None
            if number is not None and number.kind == "count" and number.whole:
                yield _claim(grid, row, cells[at], measure, period, number)


def _side_by_side(grid: Grid, row: int, named: Collection[int]) -> bool:
    """Whether every column under these heads has its own: an empty head beside a period means
    that the period spans several columns."""
    first, last = min(named), max(named)
    cells = grid.rows[row]
    return all(cells[at].text for at in range(first, last + 1)) and not (
        last + 1 < len(cells)
        and not cells[last + 1].text
        and any(below[last + 1].text for below in grid.rows[row + 1 :])
    )


def _by_month(grid: Grid, measure: str, year_starts: int) -> Iterator[MeasureClaim]:
    """Rows are months, and one column counts what the measure counts."""
    head = [cell.text for cell in grid.rows[0]]
    if not measure or any(_CONTROL_CHART.search(words) for words in head):
        return
    columns = [at for at, words in enumerate(head) if at and is_unit(words, measure)]
    if len(columns) != 1:
        return
    for row, cells in enumerate(grid.rows[1:], start=1):
        found = periods_in(cells[0].text, year_starts)
        period = found[0].period if len(found) == 1 else None
        number = cell_number(cells[columns[0]].text)
        if period and period.month_count == 1 and number and number.kind == "count":
            yield _claim(grid, row, cells[columns[0]], measure, period, number)


def _claim(
    grid: Grid, row: int, cell: Passage, measure: str, period: Period, number: Number
) -> MeasureClaim:
    return MeasureClaim(
        measure, "count", period, number, cell.place, row_words(grid, row), given=True
    )


def same(one: float, other: float) -> bool:
    """Whether two printed figures are one number."""
    return abs(one - other) <= EPSILON * max(1.0, abs(one))
