"""Small counts about people in a paper that the public will read."""

from __future__ import annotations

from collections.abc import Iterator

from saferboard.papercheck.claims.table import sheet
from saferboard.papercheck.finding import Finding, Pack, Rule
from saferboard.papercheck.paper import Grid, Paper
from saferboard.papercheck.quantities.people import (
    Small,
    implied_counts,
    lone_gaps,
    parts_of_people,
    revealing_shares,
    small_cells,
    small_counts,
)
from saferboard.papercheck.quantities.statement import sentences
from saferboard.papercheck.rules.walk import SHORT_CELL, grids, passages, row_words, sentence

COUNT, CELLS, GAP = "small-count-of-people", "small-cells-of-people", "hidden-count-follows"
THRESHOLD = 5
FAR = 24


def find_counts(pack: Pack) -> Iterator[Finding]:
    if not pack.public:
        return
    least = pack.threshold or THRESHOLD
    for _, passage in passages(pack):
        if passage.kind == "heading" or (passage.kind == "cell" and len(passage.text) < SHORT_CELL):
            continue
        for held in sentences(passage, spelled=True):
            small = [
                *small_counts(held, least),
                *parts_of_people(held, least),
                *implied_counts(held, least),
            ]
            if small:
                first, last = small[0].number, small[-1].number
                yield Finding(
                    COUNT,
                    "warning" if small[0].fine else "advice",
                    f"{'; '.join(_said(held.text, one) for one in small)}: under {least}, somebody "
                    "may be known by it.",
                    sentence(passage, held.offset + first.start, held.offset + last.end),
                    passage.place,
                    f"fewer than {least}",
                )


def _said(text: str, small: Small) -> str:
    """What is small: `“three girls were” counts people`, `6% of 16 is 1`."""
    words = " ".join(text[small.number.start :].split()[:3]).rstrip(",.;:")
    return small.worked_out or f"“{words}” counts people"


def find_cells(pack: Pack) -> Iterator[Finding]:
    """One finding for each table, at its first small cell."""
    if not pack.public:
        return
    least = pack.threshold or THRESHOLD
    for paper, grid in grids(pack):
        for row, column, small in revealing_shares(grid, least, _around(paper, grid, FAR)):
            yield Finding(
                CELLS,
                "warning",
                f"{small.worked_out}: under {least}, somebody may be known by it.",
                row_words(grid, row),
                grid.rows[row][column].place,
                f"fewer than {least}",
            )
        read = sheet(grid)
        if read is None:
            continue
        cells = small_cells(read, least, _around(paper, grid))
        if cells:
            row, column, number = cells[0]
            more = f", and {len(cells) - 1} more cells of this table" if len(cells) > 1 else ""
            yield Finding(
                CELLS,
                "warning",
                f"{number.text} is a count of people under {least}{more}: somebody may be known "
                "by it.",
                row_words(grid, row),
                grid.rows[row][column].place,
                f"fewer than {least}",
            )


def find_gaps(pack: Pack) -> Iterator[Finding]:
    """The one count of a column that was left out is its total less the rest."""
    for _, grid in grids(pack):
        read = sheet(grid)
        if read is None:
            continue
        for row, column, value in lone_gaps(read):
            yield Finding(
                GAP,
                "warning",
                f"The count that was left out follows from the total: it is {value:,.10g}.",
                row_words(grid, row),
                grid.rows[row][column].place,
            )


def _around(paper: Paper, grid: Grid, far: int = 1) -> str:
    """The caption of a table and the passages around it, where captions of text files stand;
    `far` how many before it."""
    first, last = grid.rows[0][0].index, grid.rows[-1][-1].index
    before = paper.passages[max(0, first - far) : first]
    after = paper.passages[last + 1 : last + 2]
    return " ".join([grid.caption, *(passage.text for passage in (*before, *after))])


RULES = (
    Rule(
        COUNT,
        "A public paper gives no count of people, printed or worked out from a percentage, by "
        "which somebody may be known.",
        "warning",
        9,
        "Three girls of the ward were referred; 20% of the 16 referrals were of children under 10.",
        "Say “fewer than 5”, or join groups. What a publisher has already published may stay.",
        find_counts,
    ),
    Rule(
        CELLS,
        "A table of people by age, sex, ethnic group or place has no small counts.",
        "warning",
        9,
        "Victims by age: under 10 | 2, 10 to 17 | 31.",
        "Suppress the cell and one more of its row or column, or join groups.",
        find_cells,
    ),
    Rule(
        GAP,
        "A count that was left out does not follow from the total and the rest.",
        "warning",
        9,
        "White 31, Black 12, Asian *, Total 46.",
        "Leave out a second count of the column, or the total.",
        find_gaps,
    ),
)
