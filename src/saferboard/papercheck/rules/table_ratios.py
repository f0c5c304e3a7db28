"""Rates, shares row by row and arrows in tables."""

from __future__ import annotations

from collections.abc import Iterator

from saferboard.papercheck.claims.rounding import shown
from saferboard.papercheck.claims.table import Sheet, sheet
from saferboard.papercheck.claims.table_ratios import Ratio, arrows, rates, row_shares
from saferboard.papercheck.finding import Finding, Pack, Rule, Severity
from saferboard.papercheck.paper import Grid
from saferboard.papercheck.rules.walk import grids, row_words

RATE, ROW_SHARE, ARROW = "table-rate", "table-row-share", "table-arrow"


def find_rates(pack: Pack) -> Iterator[Finding]:
    for grid, read in _sheets(pack):
        for wrong in rates(read):
            yield _ratio(RATE, grid, wrong, f" per {wrong.scale:,.0f}")


def find_row_shares(pack: Pack) -> Iterator[Finding]:
    for grid, read in _sheets(pack):
        for wrong in row_shares(read):
            yield _ratio(ROW_SHARE, grid, wrong, "%")


def find_arrows(pack: Pack) -> Iterator[Finding]:
    for grid, read in _sheets(pack):
        for wrong in arrows(read):
            yield Finding(
                ARROW,
                "warning",
                f"{wrong.line.label}: the arrow {wrong.pointed} stands beside {wrong.now.text}, "
                f"and {wrong.before.text} before; the other arrows of the column fit.",
                row_words(grid, wrong.line.row),
                grid.rows[wrong.line.row][wrong.column].place,
            )


def _sheets(pack: Pack) -> Iterator[tuple[Grid, Sheet]]:
    for _, grid in grids(pack):
        read = sheet(grid)
        if read is not None:
            yield grid, read


def _ratio(key: str, grid: Grid, wrong: Ratio, unit: str) -> Finding:
    printed = wrong.line.numbers[wrong.column]
    true = shown(wrong.true, printed) if printed else f"{wrong.true:.1f}"
    grave: Severity = "error" if grid.certain else "warning"
    return Finding(
        key,
        grave,
        f"{wrong.line.label}: {wrong.part.text} of {wrong.whole.text} is {true}{unit}, "
        f"not {printed.text if printed else ''}; the other rows of this column follow.",
        row_words(grid, wrong.line.row),
        grid.rows[wrong.line.row][wrong.column].place,
        f"{true}{unit}",
    )


RULES = (
    Rule(
        RATE,
        "A rate in a table is the count of its row over the population of its row.",
        "error",
        2,
        "Ward | 24,300 residents | 331 offences | 16.3 per 1,000, where it is 13.6.",
        "Divide the count by the population again.",
        find_rates,
    ),
    Rule(
        ROW_SHARE,
        "A percentage of one count of a row over another follows, as in the other rows.",
        "error",
        2,
        "Drugs | 648 stops | 187 found | 25%, where it is 29%.",
        "Divide the one count by the other again.",
        find_row_shares,
    ),
    Rule(
        ARROW,
        "An arrow in a table points the way that the figures of its row go.",
        "warning",
        2,
        "Care home | 25.0% | ↑ | last year 28.4%",
        "Turn the arrow round, or see which figure is wrong.",
        find_arrows,
    ),
)
