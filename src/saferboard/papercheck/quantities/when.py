"""When a figure is of, as far as its sentence says."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from saferboard.papercheck.claims.month_names import MONTH_NAME
from saferboard.papercheck.claims.period import month_number

_MONTHS = r"(?P<length>\d{1,2}|twelve|three|six|nine|four|rolling)[\s-]+months?(?:\speriod)?"
_LENGTHS = {"twelve": 12, "three": 3, "six": 6, "nine": 9, "four": 4, "rolling": 12}
_UNTIL = re.compile(
    rf"(?:{_MONTHS}|\byear(?:[\s-]end(?:ing)?)?)\s(?:to|up\sto|until|ending|ended|end)?\s?"
    rf"(?:(?:end\s)?(?:of\s)?|(?:\d{{1,2}}(?:st|nd|rd|th)?\s))(?P<month>{MONTH_NAME})\b\.?\s?"
    r"(?P<year>20\d\d)",
    re.I,
)
_BETWEEN = re.compile(
    rf"(?P<first>{MONTH_NAME})\b\.?\s?(?P<first_year>20\d\d)?\s?(?:to|-|–|and|until)\s?"
    rf"(?P<month>{MONTH_NAME})\b\.?\s?(?P<year>20\d\d)",
    re.I,
)
_FINANCIAL = re.compile(r"\b(?P<first>20\d\d)\s?[/–-]\s?(?P<last>\d\d|20\d\d)\b(?![/–-])")
_QUARTER = re.compile(r"\bQ(?:uarter\s)?(?P<quarter>[1-4])\b", re.I)
_YEAR = re.compile(r"\b(?P<word>in|during|of|since|for|to)?\s?(?P<year>20\d\d)\b(?![/–-]\d)")
_PART_OF_A_YEAR = re.compile(
    r"\b(?:quarter|half|summer|winter|spring|autumn|month|week|night|day)\b", re.I
)
_YEARS = re.compile(r"\b20\d\d\s?(?:to|-|–|and|until)\s?20\d\d\b", re.I)
_RECENT = re.compile(r"\b(?:last|past|rolling|recent)\b(?:\s\w+){0,2}\s(?:year|months?)\b", re.I)


@dataclass(frozen=True)
class When:
    """`first` and `last` are months as year × 12 + month, or None where the words do not say;
    `months` how long; `quarter` one of its four."""

    first: int | None = None
    last: int | None = None
    months: int | None = None
    quarter: int | None = None

    @property
    def known(self) -> bool:
        return self.last is not None


@lru_cache(maxsize=16_384)
def when(text: str) -> When:
    """The period that a sentence names; an empty one where it names none or two. Remembered: it is
    asked once for each figure of the sentence."""
    if found := _UNTIL.search(text):
        last = _month(found["year"], found["month"])
        said = (found["length"] or "12").lower()
        months = _LENGTHS.get(said) or int(said)
        return When(last - months + 1, last, months)
    if found := _BETWEEN.search(text):
        last = _month(found["year"], found["month"])
        number = month_number(found["first"])
        year = int(found["first_year"] or 0)
        if not year:
            year = int(found["year"]) - (number > month_number(found["month"]))
        first = year * 12 + number - 1
        if first <= last:
            return When(first, last, last - first + 1)
    quarter = _QUARTER.search(text)
    financial = _FINANCIAL.search(text)
    if financial:
        first_year, end = int(financial["first"]), int(financial["last"])
        end = end if end > 1000 else first_year - first_year % 100 + end
        if end > first_year:
            held = (first_year * 12 + 3, end * 12 + 2)
            return When(*held, held[1] - held[0] + 1, int(quarter["quarter"]) if quarter else None)
    if _PART_OF_A_YEAR.search(text):
        return When()
    years = {int(found["year"]) for found in _YEAR.finditer(text)}
    if len(years) == 1 or (len(years) == 2 and _YEARS.search(text)):
        return When(min(years) * 12, max(years) * 12 + 11, 12 * (max(years) - min(years) + 1))
    return When(None, None, 12) if _RECENT.search(text) else When()


def _month(year: str, name: str) -> int:
    return int(year) * 12 + month_number(name) - 1


def same(one: When, other: When) -> bool:
    """Both say when, and mean the same: “between October and October” is twelve months."""
    if one.last is None or other.last is None or one.first is None or other.first is None:
        return False
    return (
        one.last == other.last
        and abs(one.first - other.first) <= 1
        and one.quarter == other.quarter
    )


def apart(one: When, other: When) -> bool:
    """Whether the two cannot mean one period, as far as they say."""
    if one.quarter != other.quarter and one.quarter and other.quarter:
        return True
    if one.last is not None and other.last is not None:
        return not same(one, other)
    return bool(one.months and other.months and one.months != other.months)


def overlap(one: When, other: When) -> bool:
    """Whether the two can have months in common; one that does not say when can."""
    if one.last is None or other.last is None or one.first is None or other.first is None:
        return True
    return one.first <= other.last and other.first <= one.last
