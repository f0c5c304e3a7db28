"""A table in a file, whichever form it was published in: CSV, Parquet or a workbook.

A source says which header it looks for; here that header is found (on the first rows, on any
sheet) and the rows under it are read as columns of text, with every cell's place known.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Literal

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pacsv
import pyarrow.parquet as pq

from saferboard.analytics.intake.source import Candidate
from saferboard.analytics.intake.texts import decoded, encoding_of, start_of
from saferboard.vocabulary.problem import Problem

ROWS_SEARCHED = 20  # notes stand above a header, never a page of them
_PARQUET, _ZIP = b"PAR1", b"PK\x03\x04"


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
    if candidate.head.startswith(_PARQUET):
        return _parquet_header(candidate, wanted)
    if candidate.head.startswith(_ZIP):
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
        for delimiter in (",", "\t", ";")
        for number, row in _first_rows(text, delimiter)
    )


def read_text(candidate: Candidate, header: Header) -> pa.Table:
    """Every row under the header as text columns named by position (`0`, `1` …), blank cells
    null, dates as ISO text. Raises Problem for an empty table, a row that is too short or too
    long, or bytes that are not text."""
    if header.form == "parquet":
        table = _parquet_text(candidate)
    elif header.form == "xlsx":
        table = _sheet_text(candidate, header)
    else:
        table = _csv_text(candidate, header)
    if table.num_rows == 0:
        raise Problem(
            "The table has a header and nothing under it.",
            file=candidate.name,
            place=header.place(0),
            remedy="Download the file again; if it is empty there too, tell the publisher.",
        )
    return table


def _first_rows(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    rows = csv.reader(io.StringIO(text), delimiter=delimiter)
    for number, row in enumerate(rows, start=1):
        if number > ROWS_SEARCHED:
            return
        yield number, row


def _parquet_header(
    candidate: Candidate, wanted: Callable[[Sequence[str]], object]
) -> Header | None:
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
    import openpyxl  # slow to load, and most files are no workbooks

    try:
        book = openpyxl.load_workbook(candidate.path, read_only=True, data_only=True)
    except Exception:  # openpyxl lets through whatever its zip and XML readers raise
        return ()
    found = []
    try:
        for sheet in book.worksheets:
            rows = sheet.iter_rows(max_row=ROWS_SEARCHED, values_only=True)
            for number, row in enumerate(rows, start=1):
                columns = tuple(_cell_text(cell) or "" for cell in row)
                while columns and not columns[-1]:
                    columns = columns[:-1]
                if columns:
                    found.append(Header("xlsx", columns, number, sheet.title))
    finally:
        book.close()
    return tuple(found)


def _parquet_text(candidate: Candidate) -> pa.Table:
    table = pq.read_table(candidate.path)
    columns = [_as_text(column) for column in table.columns]
    return pa.table(columns, names=[str(i) for i in range(len(columns))])


def _as_text(column: pa.ChunkedArray) -> pa.ChunkedArray:
    if pa.types.is_timestamp(column.type):
        return pc.strftime(column, format="%Y-%m-%d")
    if pa.types.is_dictionary(column.type):
        column = column.cast(column.type.value_type)
    return _blank_to_null(column.cast(pa.string()))


def _blank_to_null(column: pa.ChunkedArray) -> pa.ChunkedArray:
    trimmed = pc.utf8_trim_whitespace(column)
    return pc.if_else(pc.equal(trimmed, ""), pa.scalar(None, pa.string()), trimmed)


def _sheet_text(candidate: Candidate, header: Header) -> pa.Table:
    import openpyxl

    book = openpyxl.load_workbook(candidate.path, read_only=True, data_only=True)
    width = len(header.columns)
    columns: list[list[str | None]] = [[] for _ in range(width)]
    try:
        sheet = book[header.sheet or book.sheetnames[0]]
        for row in sheet.iter_rows(min_row=header.row + 1, values_only=True):
            if all(cell is None for cell in row):
                continue
            for position, cells in enumerate(columns):
                cells.append(_cell_text(row[position]) if position < len(row) else None)
    finally:
        book.close()
    arrays = [pa.array(cells, pa.string()) for cells in columns]
    return pa.table(arrays, names=[str(i) for i in range(width)])


def _cell_text(cell: object) -> str | None:
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


def _csv_text(candidate: Candidate, header: Header) -> pa.Table:
    width = len(header.columns)
    text = decoded(candidate.path.read_bytes(), candidate.name, header.encoding)
    wrong: list[pacsv.InvalidRow] = []

    def refuse(row: pacsv.InvalidRow) -> str:
        wrong.append(row)
        return "skip"

    names = [str(i) for i in range(width)]
    try:
        table = pacsv.read_csv(
            pa.BufferReader(text.encode("utf-8")),
            read_options=pacsv.ReadOptions(
                column_names=names, skip_rows=header.row, use_threads=False, block_size=1 << 24
            ),
            parse_options=pacsv.ParseOptions(
                delimiter=header.delimiter, newlines_in_values=True, invalid_row_handler=refuse
            ),
            convert_options=pacsv.ConvertOptions(
                column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False
            ),
        )
    except pa.ArrowInvalid as error:
        if "Empty CSV" in str(error):
            return pa.table([pa.array([], pa.string()) for _ in names], names=names)
        raise Problem(
            f"The file cannot be read as a table: {error}",
            file=candidate.name,
            remedy="Download the file again.",
        ) from error
    if wrong:
        raise _ragged(wrong, candidate, header, text)
    return pa.table([_blank_to_null(column) for column in table.columns], names=names)


def _ragged(
    wrong: list[pacsv.InvalidRow], candidate: Candidate, header: Header, text: str
) -> Problem:
    rows = csv.reader(io.StringIO(text), delimiter=header.delimiter)
    place = next(
        (
            f"line {rows.line_num}"
            for number, row in enumerate(rows, start=1)
            if number > header.row and row and len(row) != len(header.columns)
        ),
        None,
    )
    first = wrong[0]
    return Problem(
        f"The row has {first.actual_columns} cells where the header has "
        f"{first.expected_columns} ({len(wrong)} such rows).",
        file=candidate.name,
        place=place,
        remedy="The file may be cut off or edited: download it again.",
    )
