"""Columns of a table that are rates, shares row by row, or arrows: found, like changes, by what
most rows say of each pair of other columns."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from saferboard.papercheck.claims.number import Number
from saferboard.papercheck.claims.rounding import agrees, share_range
from saferboard.papercheck.claims.table import MAJORITY, Line, Sheet

LEAST_LINES = 4
"""With fewer lines a pair of columns may agree by chance."""
LEAST_RATIO_LINES = 3

_BASE = re.compile(r"\bper\s(?P<base>1,?000,?000|100,?000|10,?000|1,?000|million)\b", re.I)
_ARROWS = {"↑": 1, "▲": 1, "↗": 1, "↓": -1, "▼": -1, "↘": -1, "→": 0}


@dataclass(frozen=True)
class Ratio:
    """The cell of `line` in `column` is not `part` ÷ `whole` × `scale`."""

    line: Line
    column: int
    part: Number
    whole: Number
    scale: float

    @property
    def true(self) -> float:
        return self.scale * self.part.value / self.whole.value


def rates(of: Sheet) -> Iterator[Ratio]:
    """Rates per so many that are not the count over the population of their row."""
    for column in range(1, of.width):
        base = _BASE.search(of.heads[column])
        if base:
            words = base["base"].replace(",", "")
            scale = 1e6 if words.lower() == "million" else float(words)
            yield from _ratios(of, column, scale, LEAST_LINES)


def row_shares(of: Sheet) -> Iterator[Ratio]:
    """Percentages that are not one count of their row over another."""
    for column in range(2, of.width):
        if not of.is_change(column):
            yield from _ratios(of, column, 100.0, LEAST_RATIO_LINES)


def _ratios(of: Sheet, column: int, scale: float, least: int) -> Iterator[Ratio]:
    """The pair of columns with which most lines agree; their other lines."""
    kinds = ("percent",) if scale == 100.0 else ("count",)
    best: list[tuple[Ratio, bool]] = []
    for part in range(1, of.width):
        for whole in range(1, of.width):
            if column in (part, whole) or part == whole:
                continue
            judged = [
                judged
                for line in of.lines
                if (judged := _judged(line, part, whole, column, scale, kinds)) is not None
            ]
            right = sum(good for _, good in judged)
            varied = len({ratio.whole.value for ratio, _ in judged}) > 1
            if len(judged) >= least and varied and right >= max(2, MAJORITY * len(judged)):
                best = max(best, judged, key=lambda one: sum(good for _, good in one))
    yield from (ratio for ratio, good in best if not good)


def _judged(
    line: Line, part: int, whole: int, column: int, scale: float, kinds: tuple[str, ...]
) -> tuple[Ratio, bool] | None:
    above, below, printed = line.numbers[part], line.numbers[whole], line.numbers[column]
    if above is None or below is None or printed is None or printed.kind not in kinds:
        return None
    if above.kind != "count" or below.kind != "count":
        return None
    true = share_range(above, below)
    if true is None or above.value > below.value:
        return None
    low, high = (one * scale / 100 for one in true)
    return Ratio(line, column, above, below, scale), agrees(max(0.0, low), high, printed)


@dataclass(frozen=True)
class WrongArrow:
    line: Line
    column: int
    now: Number
    before: Number
    pointed: str


def arrows(of: Sheet) -> Iterator[WrongArrow]:
    """Arrows that stand alone in a cell and point against the two figures of their row."""
    for column in range(1, of.width):
        pointed = {line.row: of.grid.rows[line.row][column].text.strip() for line in of.lines}
        marked = [line for line in of.lines if pointed[line.row] in _ARROWS]
        if len(marked) < LEAST_LINES:
            continue
        best: list[tuple[WrongArrow, bool]] = []
        for now in range(1, of.width):
            for before in range(1, of.width):
                if now == before:
                    continue
                judged = []
                for line in marked:
                    one, other = line.numbers[now], line.numbers[before]
                    if one is None or other is None or one.kind != other.kind:
                        continue
                    arrow = pointed[line.row]
                    good = _sign(one.value - other.value) == _ARROWS[arrow]
                    judged.append((WrongArrow(line, column, one, other, arrow), good))
                right = sum(good for _, good in judged)
                if len(judged) >= LEAST_LINES and right >= max(3, MAJORITY * len(judged)):
                    best = max(best, judged, key=_right)
        yield from (wrong for wrong, good in best if not good)


def _right(judged: list[tuple[WrongArrow, bool]]) -> int:
    return sum(good for _, good in judged)


def _sign(value: float) -> int:
    return (value > 0) - (value < 0)
