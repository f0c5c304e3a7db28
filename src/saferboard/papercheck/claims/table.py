"""What the columns of a table are to each other: found by what most of its rows say.

A column of changes names its two columns only in words. So every ordered pair of columns of
figures is tried, and the pair with which most rows agree is the one that is meant; the few
rows that then disagree are wrong. A table in which no pair wins says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from saferboard.papercheck.claims.number import Number, cell_number
from saferboard.papercheck.claims.rounding import agrees, change_range, cut_off, share_range, sizes
from saferboard.papercheck.paper import Grid

MOST_COLUMNS = 14
ENOUGH_ROWS = 3
LEAST_SUM = 10
"""Below this a foot line without a name may be the sum of a column by chance."""
NEAR_SUM = 0.5
"""How far a line that is only perhaps a total may be from its parts' sum, as a share of it."""
MAJORITY = 0.6

_CHANGE = re.compile(
    r"\bchange|differen|increase|decrease|variance|\bvs\b|reduction|\bdiff\b", re.I
)
_TOTAL = re.compile(r"^\W*(?:grand\s|overall\s|sub-?\s?)?totals?\W*$|^all$", re.I)
_TOTAL_AT_FOOT = re.compile(
    r"^\W*(?:all|total|sum)\s(?:\w+\s?){1,4}$|^\W*(?:(?:the\s|full\s|whole\s)?year|sum|overall)\W*$",
    re.I,
)
_NOT_SUMMED = re.compile(r"%|rate|rank|average|mean|median|per\s1|percent|score|year|date", re.I)
# A year by its date or by its number in a plan (“Year 2”) is a column of amounts.
_YEAR_OF_A_PLAN = re.compile(
    r"\b(?:19|20)\d\d.*|year[- ]end|^\W*(?:year|yr)\s?(?:\d|one|two|three|four|five)\b", re.I
)
_COMPOSITE = re.compile(r"^(?P<count>[\d,\u202f]+)\s*\((?P<share>\d+(?:\.\d+)?\s?%)\)$")


@dataclass(frozen=True)
class Line:
    """A row of the body: its position in the grid and the number in each column."""

    row: int
    label: str
    numbers: tuple[Number | None, ...]
    shares: tuple[Number | None, ...]
    last: bool = False

    @property
    def is_total(self) -> bool:
        return self.totals(self.label)

    @property
    def is_total_for_certain(self) -> bool:
        return bool(_TOTAL.match(self.label))

    def totals(self, label: str) -> bool:
        """Whether `label` names this line as a total; “All strands” does so at the foot only."""
        return bool(_TOTAL.match(label) or (self.last and _TOTAL_AT_FOOT.match(label)))


@dataclass(frozen=True)
class Sheet:
    """A grid with its cells read: `heads` the words above each column."""

    grid: Grid
    heads: tuple[str, ...]
    lines: tuple[Line, ...]

    @cached_property
    def width(self) -> int:
        return len(self.heads)

    def is_change(self, column: int) -> bool:
        return bool(_CHANGE.search(self.heads[column]))

    def summed(self, column: int) -> bool:
        """Whether adding up the column can mean anything."""
        return not self.is_change(column) and not _NOT_SUMMED.search(
            _YEAR_OF_A_PLAN.sub("", self.heads[column])
        )

    def figures(self, column: int) -> list[tuple[Line, Number]]:
        """The lines with a number in `column`."""
        held = [(line, line.numbers[column]) for line in self.lines]
        return [(line, number) for line, number in held if number is not None]


@lru_cache(maxsize=512)
def sheet(grid: Grid) -> Sheet | None:
    """The grid as figures; None where it is too wide or too narrow to mean anything."""
    width = len(grid.rows[0])
    if not 2 <= width <= MOST_COLUMNS or len(grid.rows) < 2:
        return None
    headers = max(1, grid.header_rows)
    heads = tuple(
        " ".join(grid.rows[row][column].text for row in range(headers)).strip()
        for column in range(width)
    )
    lines = tuple(_line(grid, row) for row in range(headers, len(grid.rows)))
    return Sheet(grid, heads, lines)


def _line(grid: Grid, row: int) -> Line:
    numbers: list[Number | None] = []
    shares: list[Number | None] = []
    for cell in grid.rows[row]:
        if both := _COMPOSITE.match(cell.text):
            numbers.append(cell_number(both["count"]))
            shares.append(cell_number(both["share"]))
        else:
            numbers.append(cell_number(cell.text))
            shares.append(None)
    label = next((cell.text for cell in grid.rows[row] if cell.text), "")
    return Line(row, label, tuple(numbers), tuple(shares), row == len(grid.rows) - 1)


@dataclass(frozen=True)
class Columns:
    """`change` holds what became of `before` in `after`; `wrong` the lines that disagree."""

    before: int
    after: int
    change: int
    wrong: tuple[Line, ...]


def change_columns(of: Sheet) -> Iterator[Columns]:
    """For each column of changes the two columns it compares, where most lines say so."""
    for change in range(1, of.width):
        if not of.is_change(change):
            continue
        others = [
            column for column in range(of.width) if column != change and not of.is_change(column)
        ]
        best: tuple[int, Columns] | None = None
        for before in others:
            for after in others:
                if before == after:
                    continue
                judged = [(line, _change_agrees(line, before, after, change)) for line in of.lines]
                known = [(line, good) for line, good in judged if good is not None]
                right = sum(1 for _, good in known if good)
                if not _won(right, len(known)):
                    continue
                wrong = tuple(line for line, good in known if not good)
                if best is None or right > best[0]:
                    best = (right, Columns(before, after, change, wrong))
        if best:
            yield best[1]


def _won(right: int, known: int) -> bool:
    if known < ENOUGH_ROWS:
        return known == right == ENOUGH_ROWS - 1
    return right >= 2 and right >= MAJORITY * known


def _change_agrees(line: Line, before: int, after: int, change: int) -> bool | None:
    """Whether the printed change is the one of the two figures; None where nobody can say."""
    first, second, printed = line.numbers[before], line.numbers[after], line.numbers[change]
    if first is None or second is None or printed is None or first.kind != second.kind:
        return None
    gap = second.value - first.value
    if first.kind == "percent" and printed.kind in ("count", "points"):
        slack = first.half + second.half + printed.step / 2
        return abs(gap - printed.value) <= slack + 1e-9
    if first.kind not in ("count", "money"):
        return None
    if printed.kind == "percent":
        true = change_range(first, second)
        if true is None:
            return None
        low, high = sizes(*true)
        return agrees(low, high, printed) and gap * printed.value >= 0
    slack = first.half + second.half + printed.half
    return abs(gap - printed.value) <= slack + 1e-9


@dataclass(frozen=True)
class Sum:
    """`total` is printed in the line `line`, `column`; `true` is what the parts give."""

    line: Line
    column: int
    printed: Number
    true: float
    supported: bool


def column_sums(of: Sheet) -> list[Sum]:
    """Totals at the foot of columns that the lines above do not give. `supported` when another
    column of the same line does add up, so that the lines are certainly its parts."""
    wrong: list[Sum] = []
    for at, line in enumerate(of.lines):
        start = max((i + 1 for i in range(at) if of.lines[i].is_total), default=0)
        parts = of.lines[start:at]
        named = any(line.totals(_label_of(of, line, column)) for column in range(of.width))
        results = [
            result
            for column in range(1 if line.last and not named else 0, of.width)
            if of.summed(column)
            and (line.totals(_label_of(of, line, column)) or (line.last and not named))
            and (result := _column_sum(of, parts, line, column)) is not None
        ]
        right = any(good and (named or one.true >= LEAST_SUM) for good, one in results)
        if not named and (not right or len(parts) < ENOUGH_ROWS):
            continue
        wrong += [
            Sum(one.line, one.column, one.printed, one.true, right and named)
            for good, one in results
            if not good and (right or line.is_total_for_certain or _near(one, parts))
            if named or _near(one, parts)
        ]
    return wrong


def _near(one: Sum, parts: Sequence[Line]) -> bool:
    """Whether “All strands” over `parts` can be meant as their sum."""
    off = abs(one.true - one.printed.value)
    return len(parts) >= ENOUGH_ROWS - 1 and off <= NEAR_SUM * abs(one.printed.value)


def _label_of(of: Sheet, line: Line, column: int) -> str:
    """The words nearest to the left of a cell: two lists may stand side by side."""
    for at in range(column - 1, -1, -1):
        words = of.grid.rows[line.row][at].text
        if words and line.numbers[at] is None:
            return words
    return ""


def _column_sum(
    of: Sheet, parts: Sequence[Line], line: Line, column: int
) -> tuple[bool, Sum] | None:
    printed = line.numbers[column]
    if printed is None or printed.kind not in ("count", "money") or len(parts) < ENOUGH_ROWS - 1:
        return None
    numbers = [part.numbers[column] for part in parts]
    held = [number for number in numbers if number is not None]
    words = [of.grid.rows[part.row][column].text for part in parts]
    if len(held) < 2 or any(
        word and number is None for word, number in zip(words, numbers, strict=True)
    ):
        return None
    if any(number.kind != printed.kind for number in held):
        return None
    true = sum(number.value for number in held)
    slack = sum(number.half for number in held) + printed.half
    good = abs(true - printed.value) <= slack + 1e-9
    return good, Sum(line, column, printed, true, False)


def row_sums(of: Sheet) -> list[Sum]:
    """Totals at the end of rows: where most rows are the sum of the columns before."""
    wrong: list[Sum] = []
    for column in range(3, of.width):
        if not re.match(r"^\W*(?:grand\s|overall\s)?total\b", of.heads[column], re.I):
            continue
        alone = len(of.lines) == 1 and of.lines[0].numbers[0] is not None
        parts = [
            at
            for at in range(0 if alone else 1, column)
            if of.summed(at) or re.search(r"\d{4}", of.heads[at])
        ]
        results: list[tuple[bool, Sum]] = []
        for line in of.lines:
            printed = line.numbers[column]
            held = [line.numbers[at] for at in parts]
            numbers = [one for one in held if one is not None and one.kind in ("count", "money")]
            if printed is None or len(numbers) < 2 or len(numbers) != len(parts):
                continue
            true = sum(one.value for one in numbers)
            slack = sum(one.half for one in numbers) + printed.half
            good = abs(true - printed.value) <= slack + 1e-9
            results.append((good, Sum(line, column, printed, true, True)))
        if _won(sum(1 for good, _ in results if good), len(results)):
            wrong += [one for good, one in results if not good]
        elif len(of.lines) == len(results) == 1 and len(parts) > ENOUGH_ROWS:
            good, one = results[0]
            if not good and abs(one.true - one.printed.value) <= NEAR_SUM * one.printed.value:
                wrong.append(Sum(one.line, one.column, one.printed, one.true, False))
    return wrong


@dataclass(frozen=True)
class WrongShare:
    line: Line
    column: int
    part: Number
    whole: Number
    printed: Number


def column_shares(of: Sheet) -> list[WrongShare]:
    """Shares beside counts (`90,464 (25.4%)`, or a column of its own) that are not the share
    of the whole which most lines are shares of."""
    wrong: list[WrongShare] = []
    for column in range(of.width):
        composite = [
            (line, number, line.shares[column])
            for line, number in of.figures(column)
            if line.shares[column] is not None
        ]
        wrong += _shares_of(of, column, column, [(a, b, c) for a, b, c in composite if c])
    for column in range(1, of.width - 1):
        beside = column + 1
        if of.is_change(beside):
            continue
        pairs = [
            (line, number, share)
            for line, number in of.figures(column)
            if number.kind == "count"
            and (share := line.numbers[beside]) is not None
            and share.kind == "percent"
        ]
        wrong += _shares_of(of, column, beside, pairs)
    return wrong


def _shares_of(
    of: Sheet, column: int, shown_in: int, pairs: list[tuple[Line, Number, Number]]
) -> list[WrongShare]:
    if len(pairs) < ENOUGH_ROWS:
        return []
    wholes = [number for line, number in of.figures(column) if line.is_total]
    wholes += [
        number for line, number in of.figures(column) if line.label.lower().startswith("total")
    ]

    def right(whole: Number) -> list[bool]:
        return [_share_agrees(part, whole, share) for _, part, share in pairs]

    if not wholes and len(pairs) > ENOUGH_ROWS:
        wholes = [_added([part for _, part, _ in pairs])]
    best = max(wholes, key=lambda whole: sum(right(whole)), default=None)
    if best is None or not _won(sum(right(best)), len(pairs)):
        return []
    return [
        WrongShare(line, shown_in, part, best, share)
        for (line, part, share), good in zip(pairs, right(best), strict=True)
        if not good or _share_cut_off(part, best, share)
    ]


def _added(parts: Sequence[Number]) -> Number:
    """The sum of a column that prints none."""
    value = sum(part.value for part in parts)
    step = max(part.step for part in parts)
    return Number(value, "count", f"{value:,.10g}", 0, 0, step, all(part.whole for part in parts))


def _share_cut_off(part: Number, whole: Number, share: Number) -> bool:
    true = share_range(part, whole)
    return true is not None and cut_off(true[0], true[1], share)


def _share_agrees(part: Number, whole: Number, share: Number) -> bool:
    true = share_range(part, whole)
    return true is not None and agrees(max(0.0, true[0]), true[1], share)


def sexes_above_total(of: Sheet) -> list[Sum]:
    """Rows in which males and females together are more than the count before them."""
    heads = [head.strip().lower() for head in of.heads]
    wrong: list[Sum] = []
    for names in (("male", "female"), ("males", "females"), ("men", "women"), ("boys", "girls")):
        if not all(name in heads for name in names):
            continue
        first, second = heads.index(names[0]), heads.index(names[1])
        total = min(first, second) - 1
        if total < 1 or of.is_change(total) or max(first, second) - total != 2:
            continue
        for line in of.lines:
            one, other, printed = line.numbers[first], line.numbers[second], line.numbers[total]
            kinds = {number.kind for number in (one, other, printed) if number}
            if one and other and printed and kinds == {"count"}:
                true = one.value + other.value
                if true > printed.value:
                    wrong.append(Sum(line, total, printed, true, True))
    return wrong
