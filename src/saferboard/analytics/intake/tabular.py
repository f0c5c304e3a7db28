"""The rows of a table in a file, whichever form it was published in: CSV, Parquet or a workbook.

What lies under a header that headers.py has found is read as columns of text, with every cell's
place known.
"""

from __future__ import annotations

import csv
import io

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pacsv
import pyarrow.parquet as pq

from saferboard.analytics.intake.headers import Header, cell_text
from saferboard.analytics.intake.sheets import UnreadableWorkbook, sheet_rows
from saferboard.analytics.intake.source import Candidate
from saferboard.analytics.intake.texts import decoded
from saferboard.analytics.intake.workbook import damaged_workbook
from saferboard.vocabulary.problem import Problem


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
    width = len(header.columns)
    columns: list[list[str | None]] = [[] for _ in range(width)]
    try:
        sheets = sheet_rows(candidate.path, (header.sheet or "").__eq__, first=header.row + 1)
    except UnreadableWorkbook as error:
        raise damaged_workbook(candidate.name) from error
    for row in sheets[header.sheet or ""]:
        if all(cell is None for cell in row):
            continue
        for position, cells in enumerate(columns):
            cells.append(cell_text(row[position]) if position < len(row) else None)
    arrays = [pa.array(cells, pa.string()) for cells in columns]
    return pa.table(arrays, names=[str(i) for i in range(width)])


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
    more = f", and {len(wrong) - 1} more rows are wrong" if len(wrong) > 1 else ""
    return Problem(
        f"The row has {first.actual_columns} cells where the header has "
        f"{first.expected_columns}{more}.",
        file=candidate.name,
        place=place,
        remedy="The file may be cut off or edited: download it again.",
    )
