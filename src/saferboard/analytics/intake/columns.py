"""Columns of text turned into counts, days and words; a cell that is none is refused by place."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, TypeVar

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from saferboard.analytics.intake.headers import Header
from saferboard.vocabulary.period import Month
from saferboard.vocabulary.problem import Problem

T = TypeVar("T")
_WHOLE = re.compile(r"^\+?\d{1,3}(,\d{3})+$|^\+?\d+(\.0+)?$")
_ISO_DAY = re.compile(r"^(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T].*)?$")
_BRITISH_DAY = re.compile(r"^(\d{1,2})/(\d{1,2})/(\d{4})(?: .*)?$")
_MONTH_NAMES = [name.lower() for name in calendar.month_abbr[1:]]
_NAMED_DAY = re.compile(r"^(\d{1,2})[ -]([A-Za-z]{3})[a-z]*[ -](\d{4}|\d{2})$")
_NAMED_MONTH = re.compile(r"^([A-Za-z]{3})[a-z]*[ -](\d{4}|\d{2})$")


def by_value(
    column: pa.ChunkedArray,
    give: Callable[[str | None], T],
    type_: pa.DataType,
    *,
    file: str,
    header: Header,
    position: int,
) -> pa.Array:
    """Each cell through `give`, which is called once for each different text. What `give`
    raises as ValueError becomes a Problem with the place of the first such cell."""
    coded = _coded(column)
    texts = coded.dictionary.to_pylist()
    values: list[T] = []
    for code, text in enumerate(texts):
        try:
            values.append(give(text))
        except ValueError as error:
            row = pc.index(coded.indices, pa.scalar(code, coded.indices.type)).as_py()
            raise Problem(
                str(error),
                file=file,
                place=header.place(row, position),
                remedy="Correct the cell or download the file again; nothing of it was loaded.",
            ) from error
    return pa.array(values, type_).take(coded.indices)


def whole(text: str | None) -> int:
    """A count. ValueError for a blank, a fraction, a negative, or what is no number."""
    if text is None:
        raise ValueError("There is no count in this cell; a blank is not a zero.")
    if _WHOLE.match(text):
        return int(text.replace(",", "").partition(".")[0])
    try:
        number = float(text)
    except ValueError:
        raise ValueError(f"“{text}” is not a count.") from None
    if number < 0:
        raise ValueError(f"{text} is negative; a count cannot be.")
    raise ValueError(f"{text} is not a whole number; a count must be.")


def day(text: str | None) -> date:
    """A day written as `2022-03-01`, `01/03/2022` (day first), `01 Jan 2009` or `01-Jan-20`."""
    if text is not None:
        if found := _ISO_DAY.match(text):
            return date(int(found[1]), int(found[2]), int(found[3]))
        if found := _BRITISH_DAY.match(text):
            return date(int(found[3]), int(found[2]), int(found[1]))
        if found := _NAMED_DAY.match(text):
            return date(_year(found[3]), _month_number(found[2]), int(found[1]))
    raise ValueError(f"“{text or ''}” is not a date such as 2022-03-01 or 01/03/2022.")


def month(text: str | None) -> Month:
    """A month written as a day in it, as `2022-03`, `202203`, `Mar-22` or `March 2022`."""
    if text is not None:
        if found := _NAMED_MONTH.match(text):
            return Month(_year(found[2]), _month_number(found[1]))
        try:
            return Month.parse(text)
        except Problem:
            return Month.of(day(text))
    raise ValueError("There is no month in this cell.")


def _year(text: str) -> int:
    number = int(text)
    if len(text) == 4:
        return number
    # Two digits: publishers' series begin no earlier than 1970.
    return 2000 + number if number < 70 else 1900 + number


def _month_number(name: str) -> int:
    if name.lower() not in _MONTH_NAMES:
        raise ValueError(f"“{name}” is not the name of a month.")
    return _MONTH_NAMES.index(name.lower()) + 1


def distinct(
    columns: Sequence[pa.ChunkedArray | pa.Array],
) -> tuple[list[tuple[Any, ...]], NDArray[np.int64]]:
    """The different rows of some columns, and for every row which of them it is."""
    coded = [_coded(column) for column in columns]
    _, first, which = np.unique(_numbers(coded), return_index=True, return_inverse=True)
    at = pa.array(first)
    values = [column.dictionary.take(column.indices.take(at)).to_pylist() for column in coded]
    return list(zip(*values, strict=True)), which.astype(np.int64)


def row_numbers(columns: Sequence[pa.ChunkedArray | pa.Array]) -> NDArray[np.int64]:
    """A number for each row, equal where the rows are equal."""
    return _numbers([_coded(column) for column in columns])


def _numbers(coded: Sequence[pa.DictionaryArray]) -> NDArray[np.int64]:
    numbers = np.zeros(len(coded[0]), dtype=np.int64)
    size = 1
    for column in coded:
        if size > 2**62 // max(len(column.dictionary), 1):
            _, numbers = np.unique(numbers, return_inverse=True)
            size = int(numbers.max(initial=0)) + 1
        numbers = numbers * len(column.dictionary) + column.indices.to_numpy(zero_copy_only=False)
        size *= len(column.dictionary)
    return numbers


def _coded(column: pa.ChunkedArray | pa.Array) -> pa.DictionaryArray:
    whole_ = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    return pc.dictionary_encode(whole_, null_encoding="encode")
