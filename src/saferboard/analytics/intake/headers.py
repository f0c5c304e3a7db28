"""The header of a table in a file, whichever form it was published in: CSV, Parquet or a workbook.

A source says which header it looks for; here it is found, on the first rows, on any sheet. The
rows under it are read by tabular.py.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Literal

from saferboard.analytics.intake.sheets import ZIP_HEAD, UnreadableWorkbook, sheet_rows
from saferboard.analytics.intake.source import Candidate
from saferboard.analytics.intake.texts import encoding_of, start_of

ROWS_SEARCHED = 20  # notes stand above a header, never a page of them
_DELIMITERS = (",", "\t", ";")
PARQUET_HEAD = b"PAR1"


@dataclass(frozen=True)
class Header:
    """Where a table starts: its column names (trimmed), the row they stand on (from 1), and
    the sheet of a workbook. `encoding` and `delimiter` matter to CSV only."""

    form: Literal["csv", "parquet", "xlsx"]
    columns: tuple[str, ...]
    row: int = 1
    sheet: str | None = None
    encoding: str = "utf-8"
    delimiter: str = ","

    def place(self, row: int, column: int | None = None) -> str:
        """The words for a cell: `row` counts from 0 under the header, `column` from 0."""
        where = f"line {self.row + 1 + row}" if self.form == "csv" else f"row {row + 1}"
        if self.form == "xlsx":
            from openpyxl.utils import get_column_letter

            cell = f"{get_column_letter(column + 1)}" if column is not None else "row "
            return f"sheet “{self.sheet}”, {cell}{self.row + 1 + row}"
        return where if column is None else f"{where}, column “{self.columns[column]}”"


def find_header(candidate: Candidate, wanted: Callable[[Sequence[str]], object]) -> Header | None:
    """The first header that `wanted` agrees to, or None. Never raises for a file of another
    kind: an unreadable one is simply not ours."""
    if candidate.head.startswith(PARQUET_HEAD):
        return _parquet_header(candidate, wanted)
    if candidate.head.startswith(ZIP_HEAD):
        could_be = _sheet_headers(candidate)
    else:
        could_be = _text_headers(candidate)
    return next((header for header in could_be if wanted(header.columns)), None)


# Every source asks about every file: the rows of the last few are kept.
@lru_cache(maxsize=8)
def _text_headers(candidate: Candidate) -> tuple[Header, ...]:
    """The first rows of a text file as the headers that they could be, for every delimiter."""
    encoding = encoding_of(candidate.head)
    if encoding is None:
        return ()
    text = start_of(candidate)
    return tuple(
        Header("csv", tuple(cell.strip() for cell in row), number, None, encoding, delimiter)
        for delimiter in _DELIMITERS
        for number, row in _first_rows(text, delimiter)
        # Every line is one cell under a delimiter that the file does not use.
        if len(row) > 1 or delimiter == _DELIMITERS[0]
    )


def cell_text(cell: object) -> str | None:
    """A cell as the publisher's CSV would print it: whole numbers without `.0`, ISO dates."""
    if cell is None:
        return None
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip() or None


def _first_rows(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    rows = csv.reader(io.StringIO(text), delimiter=delimiter)
    for number, row in enumerate(rows, start=1):
        if number > ROWS_SEARCHED:
            return
        yield number, row


def _parquet_header(
    candidate: Candidate, wanted: Callable[[Sequence[str]], object]
) -> Header | None:
    import pyarrow as pa  # slow to load, and most files are text
    import pyarrow.parquet as pq

    try:
        names = pq.read_schema(candidate.path).names
    except (pa.ArrowInvalid, OSError):
        return None
    columns = tuple(name.strip() for name in names)
    return Header("parquet", columns) if wanted(columns) else None


@lru_cache(maxsize=8)
def _sheet_headers(candidate: Candidate) -> tuple[Header, ...]:
    """The first rows of every sheet as the headers that they could be; none for what is no
    workbook."""
    try:
        sheets = sheet_rows(candidate.path, last=ROWS_SEARCHED)
    except UnreadableWorkbook:
        return ()
    found = []
    for title, rows in sheets.items():
        for number, row in enumerate(rows, start=1):
            columns = tuple(cell_text(cell) or "" for cell in row)
            while columns and not columns[-1]:
                columns = columns[:-1]
            if columns:
                found.append(Header("xlsx", columns, number, title))
    return tuple(found)
