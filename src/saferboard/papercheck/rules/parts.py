"""Parts that stand with their total: in a cell, in columns that complete each other, in prose."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from saferboard.papercheck.claims.counted import counts
from saferboard.papercheck.claims.mask import masked
from saferboard.papercheck.claims.number import DIGITS, Number, cell_number
from saferboard.papercheck.claims.timespan import timespans
from saferboard.papercheck.finding import Finding, Pack, Rule
from saferboard.papercheck.paper import Grid, Paper, Passage
from saferboard.papercheck.rules.walk import grids, row_words

KEY = "parts-do-not-add"
NEAR = 8
_SEXES = r"(?:fe)?males?|women|men|boys|girls"
_LABELLED = re.compile(
    rf"^(?P<total>{DIGITS})\s*[(:–-]?\s*(?P<first_label>[A-Za-z]+)\s?[:=]\s?(?P<first>{DIGITS})[\s,;]*"
    rf"(?:and\s)?(?P<second_label>[A-Za-z]+)\s?[:=]\s?(?P<second>{DIGITS})\)?$"
)
_SEX_COUNTS = re.compile(rf"(?P<count>{DIGITS})\s(?:were\s|was\s|are\s)?(?P<sex>{_SEXES})\b", re.I)
_NOT = re.compile(r"^not\s(?P<what>[^/]+?)(?:\s?/.*|\sor\s.*)?$", re.I)
_NUMBER = re.compile(rf"^(?P<digits>{DIGITS})(?:\s?\(.*\))?$")
_OPPOSITE = {
    "male": "female", "males": "females", "men": "women", "man": "woman", "boys": "girls",
    "boy": "girl",
}  # fmt: skip


def find(pack: Pack) -> Iterator[Finding]:
    for paper, grid in grids(pack):
        for at, row in enumerate(grid.rows):
            for cell in row:
                yield from _inside(grid, at, cell)
        yield from _complements(grid)
        yield from _against_prose(paper, grid)


def _inside(grid: Grid, at: int, cell: Passage) -> Iterator[Finding]:
    """`1,390 Male: 1,390 Female: 226` in one cell."""
    found = _LABELLED.match(cell.text)
    if not found or _OPPOSITE.get(found["first_label"].lower()) != found["second_label"].lower():
        return
    total, first, second = (
        number for name in ("total", "first", "second") if (number := cell_number(found[name]))
    )
    true = first.value + second.value
    if abs(true - total.value) > total.half + first.half + second.half + 1e-9:
        yield _finding(grid, at, cell, f"{first.text} and {second.text}", true, total.text)


def _complements(grid: Grid) -> Iterator[Finding]:
    """Two columns “X” and “Not X” add up to a figure of their row that stands before them."""
    heads = [cell.text.strip().casefold() for cell in grid.rows[0]]
    for at, head in enumerate(heads):
        negated = _NOT.match(head)
        if not negated or negated["what"].strip() not in heads[:at]:
            continue
        first = heads.index(negated["what"].strip())
        for row in range(max(1, grid.header_rows), len(grid.rows)):
            one, other = _first_number(grid, row, first), _first_number(grid, row, at)
            before = [
                number for column in range(first) if (number := _first_number(grid, row, column))
            ]
            if one is None or other is None or not before:
                continue
            true = one.value + other.value
            whole = before[0]
            if whole.value < max(one.value, other.value) or true in [n.value for n in before]:
                continue
            cell = grid.rows[row][at]
            yield Finding(
                KEY,
                "warning",
                f"“{grid.rows[0][first].text}” and its opposite make {true:,.10g}; "
                f"“{grid.rows[0][1].text}” says {whole.text}.",
                row_words(grid, row),
                cell.place,
                f"{whole.value - one.value:,.10g} or another total",
            )


def _first_number(grid: Grid, row: int, column: int) -> Number | None:
    found = _NUMBER.match(grid.rows[row][column].text)
    return cell_number(found["digits"]) if found else None


def _against_prose(paper: Paper, grid: Grid) -> Iterator[Finding]:
    """Numbers of each sex under a head that names a period, against the number of people that
    the words above the table give for the same period."""
    heads = [timespans(cell.text) for cell in grid.rows[0]]
    if sum(len(spans) == 1 for spans in heads) < 2:
        return
    said = _said_before(paper, grid)
    for at, row in enumerate(grid.rows[1:], start=1):
        sums = {}
        for column, cell in enumerate(row):
            parts = _SEX_COUNTS.findall(cell.text)
            if len(parts) == 2 and len({sex.lower() for _, sex in parts}) == 2:
                numbers = [cell_number(count) for count, _ in parts]
                sums[column] = sum(number.value for number in numbers if number)
        judged = {
            column: said[heads[column][0].period.slug()]
            for column in sums
            if len(heads[column]) == 1 and heads[column][0].period.slug() in said
        }
        right = [column for column in judged if judged[column] == sums[column]]
        for column, whole in judged.items():
            if right and column not in right:
                yield Finding(
                    KEY,
                    "warning",
                    f"The two make {sums[column]:,.10g}; the words above the table say "
                    f"{whole:,.10g} for {grid.rows[0][column].text}.",
                    row_words(grid, at),
                    row[column].place,
                    f"parts of {whole:,.10g}",
                )


def _said_before(paper: Paper, grid: Grid) -> dict[str, float]:
    """Counts with a period in the passages just above a table, by period."""
    first = grid.rows[0][0].index
    said: dict[str, float] = {}
    for passage in _before(paper.passages, first):
        for count in counts(masked(passage.text)):
            if count.period is not None and count.number.whole:
                said.setdefault(count.period.period.slug(), count.number.value)
    return said


def _before(held: Sequence[Passage], first: int) -> Iterator[Passage]:
    for passage in held[max(0, first - NEAR) : first]:
        if passage.kind != "cell":
            yield passage


def _finding(grid: Grid, at: int, cell: Passage, parts: str, true: float, printed: str) -> Finding:
    return Finding(
        KEY,
        "error" if grid.certain else "warning",
        f"{parts} make {true:,.10g}, not {printed}.",
        row_words(grid, at),
        cell.place,
        f"{true:,.10g}",
    )


RULES = (
    Rule(
        KEY,
        "Parts that are printed beside their total add up to it.",
        "error",
        2,
        "1,390 Male: 1,390 Female: 226",
        "See whether a part was copied into the total, or the other way round.",
        find,
    ),
)
