"""Workbooks: the values that were saved, sheet by sheet; formulas are never computed."""

from __future__ import annotations

import io
from datetime import date, datetime
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from saferboard.papercheck.paper import Paper
from saferboard.papercheck.place import Place
from saferboard.papercheck.reading.builder import Builder
from saferboard.vocabulary.period import day_label

MOST_CELLS = 2_000_000


def read_workbook(name: str, data: bytes) -> Paper:
    """Every sheet as tables, divided where whole rows are empty. A cell shows what its number
    format shows, as far as per cents and decimals go."""
    book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    builder = Builder(name, "xlsx")
    try:
        seen = 0
        for page, sheet in enumerate(book.worksheets, start=1):
            builder.pages = page
            builder.heading(sheet.title, 2, builder.place(sheet=sheet.title))
            rows: list[list[tuple[str, Place]]] = []
            for row in sheet.iter_rows():
                seen += len(row)
                if seen > MOST_CELLS:
                    builder.notes.append(f"Only the first {MOST_CELLS} cells were read.")
                    break
                cells = _row(builder, sheet.title, row)
                if any(words for words, _ in cells):
                    rows.append(cells)
                else:
                    _block(builder, sheet.title, rows)
                    rows = []
            _block(builder, sheet.title, rows)
    finally:
        book.close()
    return builder.paper()


def _block(builder: Builder, sheet: str, rows: list[list[tuple[str, Place]]]) -> None:
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
        builder.table(rows, builder.place(sheet=sheet, table=builder.tables + 1))


def _row(builder: Builder, sheet: str, row: Any) -> list[tuple[str, Place]]:
    cells: list[tuple[str, Place]] = []
    for at, cell in enumerate(row, start=1):
        number = getattr(cell, "row", 0)
        where = builder.place(
            sheet=sheet,
            cell=f"{get_column_letter(at)}{number}" if number else "",
            table=builder.tables + 1,
            column=at,
        )
        cells.append((shown(cell.value, getattr(cell, "number_format", "General")), where))
    return cells


def shown(value: object, code: str) -> str:
    """What a reader sees: `12.5%`, `1,234`, `8 September 2017`."""
    if value is None:
        return ""
    if isinstance(value, datetime | date):
        return day_label(value if not isinstance(value, datetime) else value.date())
    if isinstance(value, bool) or not isinstance(value, int | float):
        return str(value)
    first = code.split(";")[0]
    decimals = len(first.split(".")[1].rstrip('%"_ )').split("%")[0]) if "." in first else 0
    quoted_percent = '"%"' in first
    if "%" in first and not quoted_percent:
        return f"{value * 100:.{decimals}f}%"
    if code == "General":
        return f"{value:.10g}"
    decimals = len(first.split(".")[1].split('"')[0]) if "." in first else 0
    comma = "," if "," in first else ""
    return f"{value:{comma}.{decimals}f}" + ("%" if quoted_percent else "")
