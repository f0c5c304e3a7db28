"""A column of ranks in a table against the column of figures that it orders."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from saferboard.papercheck.claims.number import Number
from saferboard.papercheck.claims.table import Line, Sheet, sheet
from saferboard.papercheck.finding import Finding, Pack, Rule
from saferboard.papercheck.rules.walk import grids, row_words

KEY = "rank-against-column"
LEAST_LINES = 4
MOST_WRONG = 0.34
_RANK = re.compile(r"\brank(?:ing|ed)?\b|\bposition\b", re.I)
_NOT_OF_THE_TABLE = re.compile(
    r"national|england|london|region|country|previous|last|out\sof", re.I
)


@dataclass(frozen=True)
class _Fit:
    """How the ranks follow one column from one side: `wrong` lines with the rank that is due."""

    held: int
    wrong: tuple[tuple[Line, Number, Number, int], ...]


def find(pack: Pack) -> Iterator[Finding]:
    """Every other column is tried from both sides; the one that most ranks follow is meant. A
    table in which no column orders most lines is ranked by something else."""
    for _, grid in grids(pack):
        read = sheet(grid)
        for column in range(read.width) if read else ():
            if not read or not _RANK.search(read.heads[column]):
                continue
            if _NOT_OF_THE_TABLE.search(read.heads[column]):
                continue
            fits = [
                fit
                for other in range(read.width)
                if other != column and not _RANK.search(read.heads[other])
                for fit in (_fit(read, column, other, 1), _fit(read, column, other, -1))
                if fit.held >= LEAST_LINES
            ]
            best = min(fits, key=lambda fit: len(fit.wrong), default=None)
            if best is None or len(best.wrong) > MOST_WRONG * best.held:
                continue
            for line, rank, figure, due in best.wrong:
                yield Finding(
                    KEY,
                    "warning",
                    f"{line.label} has rank {rank.text}; by its {figure.text} it is number {due}.",
                    row_words(grid, line.row),
                    grid.rows[line.row][column].place,
                    str(due),
                )


def _fit(read: Sheet, column: int, other: int, side: int) -> _Fit:
    """`side` is 1 where rank 1 is the highest. Figures that are printed alike may take any of
    the places that they share."""
    lines = [
        (line, rank, figure)
        for line in read.lines
        if not line.is_total
        and (rank := line.numbers[column]) is not None
        and (figure := line.numbers[other]) is not None
    ]
    wrong = []
    for line, rank, figure in lines:
        before = sum(1 for _, _, one in lines if side * (one.value - figure.value) > 0)
        alike = sum(1 for _, _, one in lines if one.value == figure.value)
        if not before + 1 <= rank.value <= before + alike:
            wrong.append((line, rank, figure, before + 1))
    return _Fit(len(lines), tuple(wrong))


RULE = Rule(
    KEY,
    "A rank in a table is the place of its row by the figures that the table is ranked by.",
    "warning",
    2,
    "A ward with rank 3 and the highest rate of the table.",
    "Rank the rows again; equal figures share a place.",
    find,
)
