"""Cells of a file as counts. A count that is negative, a fraction or no number is refused
with its line and column; the one place where that is decided."""

from __future__ import annotations

import re

import pyarrow as pa
import pyarrow.compute as pc

from saferboard.vocabulary.problem import Problem

_WHOLE = re.compile(r"^\+?(\d{1,3}(,\d{3})+|\d+)(\.0*)?$")
_NUMBER = re.compile(r"^[+-]?(\d{1,3}(,\d{3})+|\d+)?(\.\d+)?([eE][+-]?\d+)?$")
_REMEDY = "Put it right or download the file again, then add it again."


def count(cell: object, *, file: str, line: int, column: str) -> int | None:
    """The count in a cell: `12`, `1,234`, `12.0`, 12; None for an empty cell. Raises
    Problem for a negative, fractional or non-numeric one, naming `line` and `column`."""
    if cell is None:
        return None
    text = str(cell).strip()
    if not text:
        return None
    if _WHOLE.match(text):
        return int(text.split(".")[0].replace(",", "").lstrip("+"))
    raise _not_a_count(text, file, f"line {line}, column “{column}”")


def number(cell: object, *, file: str, line: int, column: str) -> float | None:
    """The number in a cell (`1,234.5`, `-3`); None for an empty cell. Raises Problem."""
    if cell is None:
        return None
    text = str(cell).strip()
    if not text:
        return None
    if _NUMBER.match(text) and any(sign.isdigit() for sign in text):
        return float(text.replace(",", ""))
    raise Problem(
        f"“{text}” is not a number.",
        file=file,
        place=f"line {line}, column “{column}”",
        remedy=_REMEDY,
    )


def counts(
    column: pa.Array | pa.ChunkedArray, *, file: str, name: str, first_line: int = 2
) -> pa.Array:
    """A whole column of cells as int64, nulls for empty cells: text or numbers, checked at
    once. `first_line` is the line of the first cell. Raises Problem at the first bad cell."""
    if isinstance(column, pa.ChunkedArray):
        column = column.combine_chunks()
    if pa.types.is_integer(column.type):
        return _not_negative(column.cast(pa.int64()), file, name, first_line)
    if pa.types.is_floating(column.type):
        fractional = pc.fill_null(pc.not_equal(column, pc.floor(column)), False)
        _refuse(fractional, column, file, name, first_line)
        return _not_negative(column.cast(pa.int64()), file, name, first_line)
    text = pc.utf8_trim_whitespace(column.cast(pa.string()))
    text = pc.if_else(pc.equal(text, ""), None, text)
    good = pc.fill_null(pc.match_substring_regex(text, _WHOLE.pattern), True)
    _refuse(pc.invert(good), text, file, name, first_line)
    digits = pc.replace_substring_regex(text, r"(\.0*$)|[,+]", "")
    return digits.cast(pa.int64())


def _not_negative(column: pa.Array, file: str, name: str, first_line: int) -> pa.Array:
    _refuse(pc.fill_null(pc.less(column, 0), False), column, file, name, first_line)
    return column


def _refuse(bad: pa.Array, column: pa.Array, file: str, name: str, first_line: int) -> None:
    place = pc.index(bad, True).as_py()
    if place >= 0:
        shown = str(column[place].as_py())
        raise _not_a_count(shown, file, f"line {first_line + place}, column “{name}”")


def _not_a_count(text: str, file: str, place: str) -> Problem:
    if _NUMBER.match(text) and any(sign.isdigit() for sign in text):
        value = float(text.replace(",", ""))
        message = (
            f"The count {text} is below zero."
            if value < 0
            else f"The count {text} is not a whole number."
        )
    else:
        message = f"“{text}” is not a number, and a count is expected here."
    return Problem(message, file=file, place=place, remedy=_REMEDY)
