"""Workbooks as they come: notes above the header, blanks behind names, `[note 3]` in cells."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from saferboard.analytics.intake.sheets import (
    Cell,
    Row,
    UnreadableWorkbook,
    is_workbook,
    sheet_rows,
)
from saferboard.analytics.intake.source import Candidate
from saferboard.vocabulary.problem import Problem

_NOTE = re.compile(r"\s*\[\s*notes?\s*[\d,\s]*\]", re.IGNORECASE)
_SPACE = re.compile(r"\s+")
_PEEK = _LIMIT = 60


@dataclass(frozen=True)
class SheetTable:
    """A table found on a sheet: `header` cleaned, `rows` below it until the end, `first_row`
    the sheet's number of the first of them."""

    file: str
    sheet: str
    header: tuple[str, ...]
    rows: tuple[Row, ...]
    first_row: int
    above: tuple[str, ...]

    def index(self, name: str) -> int | None:
        """Where the column called `name` is, or None."""
        return self.header.index(name) if name in self.header else None

    def place(self, row: int, column: int) -> str:
        """Where a cell is, for a message: `sheet “Table C2”, cell D9`."""
        from openpyxl.utils import get_column_letter

        return f"sheet “{self.sheet}”, cell {get_column_letter(column + 1)}{self.first_row + row}"


def clean(cell: Cell) -> str:
    """A cell as words: `[note 3]` taken out, line breaks and runs of blanks made one blank."""
    if cell is None:
        return ""
    return _SPACE.sub(" ", _NOTE.sub("", str(cell))).strip()


def peek(candidate: Candidate) -> Mapping[str, tuple[Row, ...]]:
    """The first rows of every sheet, by the sheet's trimmed name; empty where the candidate is
    no workbook that can be opened. Read once per file, however many sources ask."""
    if not is_workbook(candidate.path, candidate.head):
        return {}
    return _peek(candidate.path, candidate.sha256)


@lru_cache(maxsize=8)
def _peek(path: Path, sha256: str) -> Mapping[str, tuple[Row, ...]]:
    try:
        return sheet_rows(path, last=_PEEK)
    except UnreadableWorkbook:
        return {}


def tables(
    candidate: Candidate, wanted: Callable[[str], bool], columns: Sequence[str]
) -> list[SheetTable]:
    """The tables of the sheets whose trimmed name is `wanted`, found by their header: the first
    row, not further down than row 60, that holds every one of `columns` (compared cleaned, case
    aside). Raises Problem where the workbook cannot be read or a sheet has no such row."""
    try:
        sheets = sheet_rows(candidate.path, wanted)
    except UnreadableWorkbook as error:
        raise damaged_workbook(candidate.name) from error
    return [_table(candidate.name, name, rows, columns) for name, rows in sheets.items()]


def damaged_workbook(file: str) -> Problem:
    """What a user is told of a workbook that cannot be opened."""
    return Problem(
        "This workbook is damaged: it is cut short, or its parts cannot be read.",
        file=file,
        remedy="Download it again, or open it in a spreadsheet program and save it as .xlsx.",
    )


def header_row(rows: Sequence[Row], columns: Sequence[str]) -> int | None:
    """The number (from 0) of the first row that holds every one of `columns`, or None."""
    needed = {name.casefold() for name in columns}
    for at, row in enumerate(rows[:_LIMIT]):
        if needed <= {clean(cell).casefold() for cell in row}:
            return at
    return None


def _table(file: str, sheet: str, rows: tuple[Row, ...], columns: Sequence[str]) -> SheetTable:
    at = header_row(rows, columns)
    if at is None:
        raise Problem(
            f"No row holds the columns {', '.join(f'“{name}”' for name in columns)}.",
            file=file,
            place=f"sheet “{sheet}”",
            remedy="Load the workbook as the publisher gives it.",
        )
    below = list(rows[at + 1 :])
    while below and not any(clean(cell) for cell in below[-1]):
        below.pop()
    if not below:
        raise Problem(
            "There is a header and nothing below it.",
            file=file,
            place=f"sheet “{sheet}”",
            remedy="Download the workbook again.",
        )
    return SheetTable(
        file=file,
        sheet=sheet,
        header=tuple(clean(cell) for cell in rows[at]),
        rows=tuple(below),
        first_row=at + 2,
        above=tuple(clean(cell) for row in rows[:at] for cell in row if clean(cell)),
    )
