"""Months, dates and spans of time as officers write them."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from saferboard.papercheck.claims.month_names import MONTH_NAME
from saferboard.papercheck.claims.number import NUMBER_WORD, word_value
from saferboard.vocabulary.period import Month
from saferboard.vocabulary.problem import Problem

_NAMES = [name.lower() for name in calendar.month_name][1:]
_SPAN = re.compile(
    rf"(?:(?P<count>\d{{1,2}}|{NUMBER_WORD})[\s-]+months?(?P<link>\s(?:of|from|between|period|,|:|\(|-|–)"
    rf"[\s(]*(?:of\s|from\s|between\s)?)\s*)?"
    rf"\b(?P<first>{MONTH_NAME})\.?\s?(?P<first_year>(?:19|20)\d\d)?\s*(?P<joint>to|-|–|and|until|through|up\sto\sand\sincluding)\s*"
    rf"(?P<last>{MONTH_NAME})\b\.?\s?(?P<last_year>(?:19|20)\d\d)\b",
    re.I,
)
_DAY_WORDS = "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday"
_DATED = re.compile(
    rf"(?:\b(?P<weekday>{_DAY_WORDS}|Mon|Tues?|Wed|Thurs?|Fri|Sat|Sun)\b[\s,]*(?:the\s)?)?"
    rf"\b(?P<day>\d{{1,2}})(?:\s?(?:st|nd|rd|th))?(?:\sof)?\s+(?P<month>{MONTH_NAME})\b[\s,]*"
    rf"(?P<year>(?:19|20)\d\d)\b",
    re.I,
)
_NUMERIC = re.compile(
    r"(?<![\d./-])(?P<day>\d{1,2})(?P<mark>[./])(?P<month>\d{1,2})(?P=mark)(?P<year>(?:19|20)\d\d)"
    r"(?![\d/]|\.\d)"
)


@dataclass(frozen=True)
class Span:
    """`October 2023 to December 2023`, with the number of months that is said before it (0
    when none is). `strict` when the words are “the 3 months of …”: every month counts."""

    first: Month
    last: Month
    said: int
    strict: bool
    year_said_twice: bool
    start: int
    end: int

    @property
    def months(self) -> int:
        return self.last - self.first + 1


@dataclass(frozen=True)
class Dated:
    """A day as printed. `day` is None when there is no such day; `weekday` 0 is Monday."""

    day: date | None
    weekday: int | None
    text: str
    start: int
    end: int


@lru_cache(maxsize=16_384)
def spans(text: str) -> tuple[Span, ...]:
    """Every span of months. A first month without a year takes the year that puts it before
    the last one."""
    return tuple(_spans(text)) if _has_year(text) else ()


def _spans(text: str) -> Iterator[Span]:
    for found in _SPAN.finditer(text):
        last = Month(int(found["last_year"]), month_number(found["last"]))
        number = month_number(found["first"])
        if found["first_year"]:
            first = Month(int(found["first_year"]), number)
        else:
            first = Month(last.year if number <= last.month else last.year - 1, number)
        said = found["count"]
        count = 0 if not said else int(said) if said.isdigit() else word_value(said)
        strict = bool(found["link"] and found["link"].strip().lower().startswith("of"))
        yield Span(
            first, last, count, strict, bool(found["first_year"]), found.start(), found.end()
        )


def dates(text: str) -> Iterator[Dated]:
    """Every full date, whether there is such a day or not."""
    if not _has_year(text):
        return
    for found in _DATED.finditer(text):
        weekday = found["weekday"]
        yield Dated(
            day_of(int(found["year"]), month_number(found["month"]), int(found["day"])),
            _weekday(weekday) if weekday else None,
            found[0],
            found.start(),
            found.end(),
        )
    for found in _NUMERIC.finditer(text):
        day = day_of(int(found["year"]), int(found["month"]), int(found["day"]))
        yield Dated(day, None, found[0], found.start(), found.end())


def _has_year(text: str) -> bool:
    """A cheap look before the patterns: both need a year of four digits."""
    return "20" in text or "19" in text


def month_number(name: str) -> int:
    """1 for January and Jan. Raises Problem for another word."""
    for number, full in enumerate(_NAMES, start=1):
        if full.startswith(name.lower()[:3]):
            return number
    raise Problem(f"“{name}” is not the name of a month.")


def _weekday(name: str) -> int:
    starts = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
    return starts.index(name.lower()[:3])


def day_of(year: int, month: int, day: int) -> date | None:
    """The day, or None where there is no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None
