"""Figures as publishers write them: thousands commas, `.0` behind counts, marks for missing."""

from __future__ import annotations

import re

from saferboard.vocabulary.problem import Problem

_MARK = re.compile(r"^\[\s*\w{1,3}\s*\]$")
_ABSENT = frozenset({"", ".", "..", "-", "n/a", "na", "nan", "null", "none", "no data", ":", "*"})


def is_missing(cell: object) -> bool:
    """Whether a cell says that there is no figure: blank, `.`, `n/a`, `[x]`, `No data`."""
    if cell is None:
        return True
    words = str(cell).strip().casefold()
    return words in _ABSENT or bool(_MARK.match(words))


def mark_of(cell: object) -> str | None:
    """The publisher's mark for a missing figure (`[x]`), lower case, or None."""
    words = str(cell).strip().casefold() if cell is not None else ""
    return words.replace(" ", "") if _MARK.match(words) else None


def number(cell: object, file: str, place: str) -> float | None:
    """A cell as a number, None where it is missing: missing is never zero. Raises Problem for
    anything that is neither."""
    if isinstance(cell, bool):
        raise _not_a_number(cell, file, place)
    if isinstance(cell, int | float):
        return None if cell != cell else float(cell)
    if is_missing(cell):
        return None
    try:
        return float(str(cell).replace(",", "").replace(" ", ""))
    except ValueError as error:
        raise _not_a_number(cell, file, place) from error


def amount(cell: object, file: str, place: str) -> float | None:
    """As `number`, for what cannot be below zero (people, households)."""
    value = number(cell, file, place)
    if value is not None and value < 0:
        raise Problem(
            f"“{cell}” is below zero.",
            file=file,
            place=place,
            remedy="Ask the publisher, or load another edition of the file.",
        )
    return value


def _not_a_number(cell: object, file: str, place: str) -> Problem:
    return Problem(
        f"“{cell}” is not a number.",
        file=file,
        place=place,
        remedy="Load the file as the publisher gives it.",
    )
