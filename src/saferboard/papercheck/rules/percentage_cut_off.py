"""A percentage that was cut off where it should have been rounded."""

from __future__ import annotations

from collections.abc import Iterator

from saferboard.papercheck.claims.change import changes
from saferboard.papercheck.claims.number import Number
from saferboard.papercheck.claims.rounding import change_range, cut_off, share_range, shown, sizes
from saferboard.papercheck.claims.share import shares
from saferboard.papercheck.claims.table import change_columns, sheet
from saferboard.papercheck.finding import Finding, Pack, Rule
from saferboard.papercheck.paper import Passage
from saferboard.papercheck.rules.walk import grids, prose, row_words, sentence

KEY = "percentage-cut-off"


def find(pack: Pack) -> Iterator[Finding]:
    for _, passage, masked in prose(pack):
        for change in changes(masked):
            if change.stated and change.stated.kind == change.before.kind == "percent":
                continue
            true = change_range(change.before, change.after)
            quote = sentence(passage, change.start, change.end)
            yield from _judged(true, change.stated, quote, passage)
        for share in shares(masked):
            if share.whole is not None:
                true = share_range(share.part, share.whole)
                quote = sentence(passage, share.start, share.end)
                yield from _judged(true, share.stated, quote, passage)
    yield from _tables(pack)


def _tables(pack: Pack) -> Iterator[Finding]:
    for _, grid in grids(pack):
        read = sheet(grid)
        for columns in change_columns(read) if read else ():
            for line in read.lines if read else ():
                before, after = line.numbers[columns.before], line.numbers[columns.after]
                printed = line.numbers[columns.change]
                if before and after and printed and printed.kind == "percent":
                    cell = grid.rows[line.row][columns.change]
                    true = change_range(before, after)
                    yield from _judged(true, printed, row_words(grid, line.row), cell)


def _judged(
    true: tuple[float, float] | None, stated: Number | None, quote: str, passage: Passage
) -> Iterator[Finding]:
    if true is None or stated is None or stated.kind != "percent":
        return
    low, high = sizes(*true)
    if cut_off(low, high, stated):
        rounded = f"{shown((low + high) / 2, stated)}%"
        yield Finding(
            KEY,
            "warning",
            f"{stated.text} was cut off: {(low + high) / 2:.2f}% rounds to {rounded}.",
            quote,
            passage.place,
            rounded,
        )


RULE = Rule(
    KEY,
    "A percentage is rounded, not cut off.",
    "warning",
    1,
    "66% (n=12/18): 66.67 rounds to 67.",
    "Print the rounded value.",
    find,
)
