"""Counts in tables: the head of the row names the measure, the head of the column the period."""

from __future__ import annotations

import re
from collections.abc import Iterator

from saferboard.papercheck.claims.table import sheet
from saferboard.papercheck.paper import Grid
from saferboard.papercheck.quantities.lexicon import measure_in, words
from saferboard.papercheck.quantities.statement import EARLIER, Sentence, Statement
from saferboard.papercheck.quantities.when import When, when

MOST_LABEL_WORDS = 8
_NO_COUNT = re.compile(r"%|\brates?\b|\brank|average|\bmean\b|median|\bper\b|percent|score", re.I)


def table_counts(grid: Grid) -> Iterator[Statement]:
    """Every whole count of a measure of the lexicon whose column names its period."""
    read = sheet(grid)
    if read is None:
        return
    periods = [
        When() if read.is_change(at) or _NO_COUNT.search(head) else when(head)
        for at, head in enumerate(read.heads)
    ]
    latest = max((one.last for one in periods if one.last is not None), default=None)
    for line in read.lines:
        if len(words(line.label)) > MOST_LABEL_WORDS:
            continue
        measure = measure_in(line.label)
        if measure is None or measure[1]:
            continue
        for column, number in enumerate(line.numbers):
            if number is None or number.kind != "count" or not number.whole:
                continue
            if periods[column].known:
                cell = grid.rows[line.row][column]
                yield Statement(
                    "count",
                    number,
                    measure[0],
                    (),
                    frozenset(),
                    periods[column],
                    Sentence(cell, cell.text, 0),
                    base=() if periods[column].last == latest else EARLIER,
                    table=(cell.place.file, cell.place.page, cell.place.table),
                )
