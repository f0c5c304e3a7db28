"""Workbooks: opened read-only, with one clear message when that cannot be done."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from typing import Any

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from saferboard.analytics.intake.source import Candidate
from saferboard.vocabulary.problem import Problem


def is_workbook(candidate: Candidate) -> bool:
    """Whether this is an .xlsx by content: a zip that holds a workbook."""
    if not candidate.head.startswith(b"PK\x03\x04"):
        return False
    try:
        with zipfile.ZipFile(candidate.path) as archive:
            return "xl/workbook.xml" in archive.namelist()
    except (zipfile.BadZipFile, OSError):
        return False


def open_workbook(candidate: Candidate) -> Any:
    """The workbook, read-only, values instead of formulas. Raises Problem. Close it."""
    try:
        return openpyxl.load_workbook(candidate.path, read_only=True, data_only=True)
    except (zipfile.BadZipFile, InvalidFileException, KeyError, OSError, ValueError) as error:
        raise Problem(
            "This workbook is cut short, damaged or protected by a password.",
            file=candidate.name,
            remedy="Download it again, or save it without a password.",
        ) from error


def sheet_names(candidate: Candidate) -> list[str]:
    """The names of the sheets as they stand (some have trailing blanks)."""
    book = open_workbook(candidate)
    try:
        return list(book.sheetnames)
    finally:
        book.close()


def rows(
    candidate: Candidate, sheet: str, *, limit: int | None = None
) -> Iterator[tuple[int, list[object]]]:
    """(row number from 1, cells) of a sheet, found by its trimmed name. Text is trimmed.
    Raises Problem when the sheet is not there."""
    book = open_workbook(candidate)
    try:
        real = next((name for name in book.sheetnames if name.strip() == sheet.strip()), None)
        if real is None:
            raise Problem(
                f"There is no sheet “{sheet}” in this workbook.",
                file=candidate.name,
                remedy=f"Its sheets are {', '.join(name.strip() for name in book.sheetnames)}.",
            )
        for number, cells in enumerate(
            book[real].iter_rows(values_only=True, max_row=limit), start=1
        ):
            yield number, [cell.strip() if isinstance(cell, str) else cell for cell in cells]
    finally:
        book.close()


def find_header(
    candidate: Candidate, sheet: str, needed: set[str], *, within: int = 60
) -> tuple[int, list[str]]:
    """(row number, trimmed cells) of the first row of `sheet` that holds every name in
    `needed` (compared in lower case, without `[note n]`): headers move between releases.
    Raises Problem when there is none in the first `within` rows."""
    wanted = {plain(name) for name in needed}
    for number, cells in rows(candidate, sheet, limit=within):
        texts = [str(cell) if cell is not None else "" for cell in cells]
        if wanted <= {plain(text) for text in texts}:
            return number, texts
    raise Problem(
        f"No row of the sheet “{sheet.strip()}” has the columns {', '.join(sorted(needed))}.",
        file=candidate.name,
        place=f"sheet “{sheet.strip()}”, rows 1 to {within}",
        remedy="The publisher may have changed the table: compare it with the one in the docs.",
    )


def plain(text: str) -> str:
    """A header cell to compare by: lower case, single blanks, without `[note n]`."""
    head = text.split("[note")[0]
    return " ".join(head.replace("\n", " ").split()).lower()
