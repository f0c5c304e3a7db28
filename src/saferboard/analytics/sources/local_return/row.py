"""One row of a return, checked cell by cell."""

from __future__ import annotations

import re
from datetime import date

from saferboard.analytics.intake.columns import day
from saferboard.vocabulary.period import Month
from saferboard.vocabulary.problem import Problem

_KEBAB = re.compile(r"^[a-z0-9]+(-[a-z0-9]+)*$")
_MONTH = re.compile(r"^\d{4}-\d{1,2}$")
_NUMBER = re.compile(r"^(\d{1,3}(,\d{3})+|\d+)(\.\d+)?$")
_YES, _NO = frozenset({"yes", "y", "true", "1"}), frozenset({"no", "n", "false", "0"})


def measure(text: str | None) -> str:
    """The key of a measure. ValueError unless it is written like `asb-calls`."""
    if text is None or not _KEBAB.match(text):
        raise ValueError(
            f"“{text or ''}” is not the key of a measure: small letters, figures and hyphens, "
            "such as asb-calls."
        )
    return text


def value(text: str | None) -> tuple[float | None, bool]:
    """The number in a cell and whether it is said to be a percentage; None for a blank, which
    is never zero. ValueError for what is negative, no number, or more than 100%."""
    if text is None:
        return None, False
    percentage = text.endswith("%")
    plain = text.removesuffix("%").strip()
    if plain.startswith("-") and _NUMBER.match(plain[1:]):
        raise ValueError(f"{text} is negative.")
    if not _NUMBER.match(plain):
        raise ValueError(f"“{text}” is not a number; leave the cell blank if nothing is known.")
    number = float(plain.replace(",", ""))
    if percentage and number > 100:
        raise ValueError(f"{text} is more than 100%.")
    return number, percentage


def denominator(text: str | None) -> float | None:
    """What the value is out of; None for a blank. ValueError unless it is above zero."""
    number, percentage = value(text)
    if percentage:
        raise ValueError(f"{text} is a percentage; a base is a number of people or things.")
    if number == 0:
        raise ValueError("A base of 0 cannot be divided by; leave the cell blank if not known.")
    return number


def period(first: str | None, last: str | None) -> tuple[date, date]:
    """First and last day from days or months; without a last one the month (or day) of the
    first. ValueError for what is no date, or ends before it starts."""
    start, end_of_start = _days(first)
    end = _days(last)[1] if last is not None else end_of_start
    if end < start:
        raise ValueError(f"The period ends ({end}) before it starts ({start}).")
    return start, end


def _days(text: str | None) -> tuple[date, date]:
    if text is not None and _MONTH.match(text):
        year, number = (int(part) for part in text.split("-"))
        try:
            month = Month(year, number)
        except Problem as problem:
            raise ValueError(problem.message) from None
        return month.first_day, month.last_day
    one = day(text)
    return one, one


def comparable(text: str | None) -> bool | None:
    """Yes or no; None for a blank. ValueError for another word."""
    if text is None:
        return None
    if text.casefold() in _YES:
        return True
    if text.casefold() in _NO:
        return False
    raise ValueError(f"“{text}” is neither yes nor no.")


def breakdown(text: str | None) -> str | None:
    """`name=value; name=value`, names in order; None for the whole. ValueError otherwise."""
    if text is None:
        return None
    parts: dict[str, str] = {}
    for part in text.split(";"):
        name, equals, said = (piece.strip() for piece in part.partition("="))
        if not (name and equals and said) or name in parts:
            raise ValueError(f"“{text}” is not a breakdown such as sex=Female; age=18-24.")
        parts[name] = said
    return "; ".join(f"{name}={parts[name]}" for name in sorted(parts))
