"""The one reader of workbooks: rows of sheets as values, and whether a workbook is whole."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

Cell = object
Row = tuple[Cell, ...]
ZIP_HEAD = b"PK\x03\x04"
_BOOK = "xl/workbook.xml"


class UnreadableWorkbook(Exception):
    """A file that cannot be opened as a workbook."""


def is_workbook(path: Path, head: bytes) -> bool:
    """Whether a file is an Excel workbook (.xlsx), by its bytes: a zip with a book inside."""
    if not head.startswith(ZIP_HEAD) or not zipfile.is_zipfile(path):
        return False
    try:
        with zipfile.ZipFile(path) as parts:
            return _BOOK in parts.namelist()
    except (zipfile.BadZipFile, OSError):
        return False


def sheet_rows(
    path: Path,
    wanted: Callable[[str], bool] = lambda title: True,
    *,
    first: int = 1,
    last: int | None = None,
) -> dict[str, tuple[Row, ...]]:
    """The rows `first` to `last` (from 1, both included) of every sheet whose trimmed title is
    `wanted`, by that title; values, not formulas. Raises UnreadableWorkbook."""
    with _opened(path) as book:
        return {
            sheet.title.strip(): tuple(
                sheet.iter_rows(min_row=first, max_row=last, values_only=True)
            )
            for sheet in book.worksheets
            if wanted(sheet.title.strip())
        }


@contextmanager
def _opened(path: Path) -> Iterator[Any]:
    from openpyxl import load_workbook  # slow to load, and most files are no workbooks

    try:
        book = load_workbook(path, read_only=True, data_only=True)
    except Exception as error:  # openpyxl lets through whatever its zip and XML readers raise
        raise UnreadableWorkbook(str(error)) from error
    try:
        yield book
    except Exception as error:  # rows are read as they are asked for, and may be cut off
        raise UnreadableWorkbook(str(error)) from error
    finally:
        book.close()
