"""Workbooks: the values that were saved, sheet by sheet; formulas are never computed."""

from __future__ import annotations

import io
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from saferboard.papercheck.paper import Paper
from saferboard.papercheck.place import Place
from saferboard.papercheck.reading.builder import Builder
from saferboard.papercheck.reading.number_format import shown
from saferboard.papercheck.reading.package import Package
from saferboard.papercheck.reading.word import MACROS

MOST_CELLS = 2_000_000
MOST_COLUMNS = 2_000
"""A sheet wider than this is data, not a paper."""

_Cells = list[tuple[str, Place]]


def read_paper(name: str, package: Package) -> Paper:
    """Every sheet as tables, divided where whole rows are empty. A cell shows what its number
    format shows. Hidden sheets are read too, and named in a note."""
    book = load_workbook(io.BytesIO(package.data), read_only=True, data_only=True, keep_links=False)
    builder = Builder(name, "xlsx")
    builder.fields["title"] = book.properties.title or ""
    try:
        _sheets(builder, book)
    finally:
        book.close()
    if package.macros:
        builder.notes.append(MACROS)
    return builder.paper()


def _sheets(builder: Builder, book: Any) -> None:
    hidden = []
    seen = 0
    for page, sheet in enumerate(book.worksheets, start=1):
        builder.pages = page
        if sheet.sheet_state != "visible":
            hidden.append(sheet.title)
        builder.heading(sheet.title, 2, builder.place(sheet=sheet.title))
        # what a file says of the size of a sheet is often wrong, and can be a million rows
        sheet.reset_dimensions()
        rows: list[_Cells] = []
        wide = 0
        for row in sheet.iter_rows():
            seen += len(row)
            wide = max(wide, len(row))
            if seen > MOST_CELLS:
                break
            cells = _row(builder, sheet.title, row[:MOST_COLUMNS])
            if any(words for words, _ in cells):
                rows.append(cells)
            elif rows:
                _block(builder, sheet.title, rows)
                rows = []
        _block(builder, sheet.title, rows)
        if wide > MOST_COLUMNS:
            builder.notes.append(
                f"Sheet {sheet.title} has {wide:,} columns: the first {MOST_COLUMNS:,} were read."
            )
        if seen > MOST_CELLS:
            builder.notes.append(
                f"Only the first {MOST_CELLS:,} cells were read: the rest begins in sheet "
                f"{sheet.title}."
            )
            break
    if hidden:
        builder.notes.append(
            f"Hidden sheets were read too: {', '.join(hidden)}. Whoever has the file can show them."
        )


def _block(builder: Builder, sheet: str, rows: list[_Cells]) -> None:
    """Rows between two empty ones: lines of words above it, then a table, without the empty
    columns at its left."""
    filled = [sum(1 for words, _ in row if words) for row in rows]
    while filled and filled[0] == 1 and max(filled) > 1:
        words, place = next(pair for pair in rows[0] if pair[0])
        builder.text(words, place)
        rows, filled = rows[1:], filled[1:]
    if filled and max(filled) == 1:
        for row in rows:
            for words, place in row:
                builder.text(words, place)
    elif rows:
        first = min(next(at for at, (words, _) in enumerate(row) if words) for row in rows)
        wide = [row[first:] for row in rows]
        builder.table(wide, builder.place(sheet=sheet, table=builder.tables + 1))


def _row(builder: Builder, sheet: str, row: Any) -> _Cells:
    """The cells up to the last that holds something."""
    cells: _Cells = []
    last = 0
    for at, cell in enumerate(row, start=1):
        words = shown(cell.value, getattr(cell, "number_format", "General"))
        number = getattr(cell, "row", 0)
        where = builder.place(
            sheet=sheet,
            cell=f"{get_column_letter(at)}{number}" if number else "",
            table=builder.tables + 1,
            row=number or 0,
            column=at,
        )
        cells.append((words, where))
        if words.strip():
            last = at
    return cells[:last]
