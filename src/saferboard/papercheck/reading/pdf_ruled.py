"""Tables whose cells are drawn with lines: the lines say where each cell begins and ends."""

from __future__ import annotations

import ctypes
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as raw

from saferboard.papercheck.reading.pdf_chars import boxed, joined

THIN = 3.0
"""Points: a path that is not thicker is a line."""

NEAR = 3.0
MOST_PATHS = 6000
LEAST_LENGTH = 8.0


@dataclass(frozen=True)
class Line:
    """A line along one axis: `at` its place on the other, from `start` to `end` (points)."""

    at: float
    start: float
    end: float


@dataclass(frozen=True)
class Ruled:
    """A table: `columns` and `rows` are the places of its lines, left to right and top to
    bottom; `level` and `upright` its lines, which say where cells are merged."""

    columns: tuple[float, ...]
    rows: tuple[float, ...]
    level: tuple[Line, ...]
    upright: tuple[Line, ...]

    def holds(self, x: float, y: float) -> bool:
        """Whether a point lies in the table."""
        return self.columns[0] <= x <= self.columns[-1] and self.rows[-1] <= y <= self.rows[0]

    def cell(self, x: float, y: float) -> tuple[int, int]:
        """Row and column of a point; those of the first row and column for a merged cell."""
        row = max(at for at in range(len(self.rows) - 1) if self.rows[at] >= y or not at)
        column = max(at for at in range(len(self.columns) - 1) if self.columns[at] <= x or not at)
        height = (self.rows[row] + self.rows[row + 1]) / 2
        while column and not _parted(self.upright, self.columns[column], height):
            column -= 1
        width = (self.columns[column] + self.columns[column + 1]) / 2
        while row and not _parted(self.level, self.rows[row], width):
            row -= 1
        return row, column


def _parted(lines: Sequence[Line], at: float, middle: float) -> bool:
    return any(abs(one.at - at) <= NEAR and one.start <= middle <= one.end for one in lines)


def ruled_tables(page: Any) -> list[Ruled]:
    """Every group of crossing lines that makes two columns and two rows or more."""
    level, upright = _lines(page)
    if len(level) < 3 or len(upright) < 3:
        return []
    return [
        table
        for group_level, group_upright in _groups(level, upright)
        if (table := _table(group_level, group_upright)) is not None
    ]


def cells(textpage: Any, tables: Sequence[Ruled]) -> list[list[list[str]]]:
    """The words of the cells of each table."""
    held: list[list[list[list[str]]]] = [
        [[[] for _ in range(len(one.columns) - 1)] for _ in range(len(one.rows) - 1)]
        for one in tables
    ]
    last: tuple[int, int, int] | None = None
    for text, x, y in boxed(textpage):
        for at, table in enumerate(tables):
            if table.holds(x, y):
                row, column = table.cell(x, y)
                into = held[at][row][column]
                if last != (at, row, column) and into and not into[-1].isspace():
                    into.append(" ")
                into.append(text)
                last = (at, row, column)
                break
        else:
            last = None
    return [[[joined("".join(cell)).strip() for cell in row] for row in table] for table in held]


def _lines(page: Any) -> tuple[list[Line], list[Line]]:
    level: list[Line] = []
    upright: list[Line] = []
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    seen = 0
    for at in range(raw.FPDFPage_CountObjects(page)):
        shape = raw.FPDFPage_GetObject(page, at)
        if raw.FPDFPageObj_GetType(shape) != raw.FPDF_PAGEOBJ_PATH:
            continue
        seen += 1
        if seen > MOST_PATHS:
            return [], []
        if not raw.FPDFPageObj_GetBounds(shape, left, bottom, right, top):
            continue
        x0, y0, x1, y1 = left.value, bottom.value, right.value, top.value
        if y1 - y0 <= THIN and x1 - x0 >= LEAST_LENGTH:
            level.append(Line((y0 + y1) / 2, x0, x1))
        elif x1 - x0 <= THIN and y1 - y0 >= LEAST_LENGTH:
            upright.append(Line((x0 + x1) / 2, y0, y1))
        elif x1 - x0 >= LEAST_LENGTH and y1 - y0 >= LEAST_LENGTH and _is_box(shape):
            level += [Line(y0, x0, x1), Line(y1, x0, x1)]
            upright += [Line(x0, y0, y1), Line(x1, y0, y1)]
    return _merged(level), _merged(upright)


def _is_box(shape: Any) -> bool:
    """A rectangle whose outline is drawn."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    drawn = raw.FPDFPath_GetDrawMode(shape, fill, stroke) and stroke.value
    return bool(drawn) and raw.FPDFPath_CountSegments(shape) in (4, 5)


def _merged(lines: list[Line]) -> list[Line]:
    """Pieces that lie on one line and touch, as one."""
    found: list[Line] = []
    for line in sorted(lines, key=lambda one: (round(one.at / NEAR), one.start)):
        last = found[-1] if found else None
        if last is not None and abs(last.at - line.at) <= NEAR and line.start <= last.end + NEAR:
            found[-1] = Line(last.at, last.start, max(last.end, line.end))
        else:
            found.append(line)
    return found


def _groups(level: list[Line], upright: list[Line]) -> list[tuple[list[Line], list[Line]]]:
    """Lines that hang together by crossing or touching."""
    parents = list(range(len(level) + len(upright)))

    def root(at: int) -> int:
        while parents[at] != at:
            parents[at] = parents[parents[at]]
            at = parents[at]
        return at

    for i, flat in enumerate(level):
        for j, tall in enumerate(upright, start=len(level)):
            if (
                flat.start - NEAR <= tall.at <= flat.end + NEAR
                and tall.start - NEAR <= flat.at <= tall.end + NEAR
            ):
                parents[root(i)] = root(j)
    groups: dict[int, tuple[list[Line], list[Line]]] = {}
    for at, line in enumerate([*level, *upright]):
        groups.setdefault(root(at), ([], []))[0 if at < len(level) else 1].append(line)
    return list(groups.values())


def _table(level: list[Line], upright: list[Line]) -> Ruled | None:
    columns = _places(upright)
    rows = _places(level)[::-1]
    if len(columns) < 3 or len(rows) < 3:
        return None
    return Ruled(tuple(columns), tuple(rows), tuple(level), tuple(upright))


def _places(lines: list[Line]) -> list[float]:
    """The different places of lines, in order."""
    places: list[float] = []
    for line in sorted(lines, key=lambda one: one.at):
        if not places or line.at - places[-1] > NEAR:
            places.append(line.at)
    return places
