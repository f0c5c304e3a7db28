"""The spans of time that a sentence names, as periods of whole days."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from saferboard.papercheck.claims.month_names import MONTH_NAME
from saferboard.papercheck.claims.number import NUMBER_WORD, word_value
from saferboard.papercheck.claims.period import day_of, month_number, spans
from saferboard.vocabulary.period import Month, Period

LONGEST_YEARS = 12
_YEAR = r"(?:19[5-9]\d|20[0-5]\d)"
_LENGTH = re.compile(
    rf"\b(?P<count>\d{{1,2}}|{NUMBER_WORD})[\s-]months?(?:\speriod)?\s\(?(?:up\s)?"
    r"(?P<link>to|until|ending|ended|preceding|prior\sto)\s(?:in\s)?(?:the\send\sof\s)?"
    rf"(?:(?P<date>(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[\s./](?:of\s)?(?P<on>{MONTH_NAME}|\d\d?)[\s./,]+"
    rf"(?P<in>{_YEAR}))|(?P<month>{MONTH_NAME})\.?\s(?P<year>{_YEAR}))\b",
    re.I,
)
_YEAR_TO = re.compile(
    rf"\byear\s(?:ending|ended|to)\s(?:in\s)?(?:the\send\sof\s)?(?:\d{{1,2}}(?:st|nd|rd|th)?\s)?"
    rf"(?P<month>{MONTH_NAME})\.?\s(?P<year>{_YEAR})\b",
    re.I,
)
_QUARTER = re.compile(
    rf"\b(?:Q|quarter\s|Qtr\.?\s)(?P<quarter>[1-4])\s(?:of\s)?(?P<first>{_YEAR})\s?[/–-]\s?"
    r"(?:20)?(?P<last>\d\d)(?!\d)",
    re.I,
)
_YEARS = re.compile(rf"(?<![\d/.£-])(?P<first>{_YEAR})\s?[/–-]\s?(?P<last>20\d\d|\d\d)(?![\d/%])")
_FIRST_TO_LAST = re.compile(
    rf"\b(?:between|period|from|years)\s(?P<first>{_YEAR})\s?(?:to|and|until|-|–)\s?(?P<last>{_YEAR})\b",
    re.I,
)
_MONTH = re.compile(rf"\b(?P<month>{MONTH_NAME})\b\.?\s(?P<year>{_YEAR})\b", re.I)
_ALONE = re.compile(rf"(?<![\d,.£/–-])(?P<year>{_YEAR})(?![\d/–-]|[.,]\d|\s?%)")
_SINCE = re.compile(r"\b(?P<word>since|from|after|until|till|by)\s(?:the\s)?$", re.I)
_SINCE_SPACE = 12


@dataclass(frozen=True)
class Timespan:
    """`period` in whole days. `relation` is the word before it where that changes what it
    means: “since 2021” begins with it, “until March 2024” ends with it. `start` and `end` are
    positions in the words."""

    period: Period
    text: str
    start: int
    end: int
    relation: str = ""

    @property
    def months(self) -> int:
        """How many months the period touches."""
        return self.period.month_count


@lru_cache(maxsize=16_384)
def timespans(text: str) -> tuple[Timespan, ...]:
    """Every span that `text` names, in order; where two overlap, the one that says more. A
    period that ends before it begins is no span (a rule of its own finds it)."""
    if "20" not in text and "19" not in text:
        return ()
    found: list[Timespan] = []
    for read in _READERS:
        for span in read(text):
            if all(span.end <= one.start or one.end <= span.start for one in found):
                found.append(span)
    return tuple(sorted(found, key=lambda one: one.start))


def _months(text: str) -> Iterator[Timespan]:
    for span in spans(text):
        if span.first <= span.last:
            yield _made(text, Period.of_months(span.first, span.last), span.start, span.end)


def _lengths(text: str) -> Iterator[Timespan]:
    for found in _LENGTH.finditer(text):
        count = found["count"]
        months = int(count) if count.isdigit() else word_value(count)
        if not 1 <= months <= 12 * LONGEST_YEARS:
            continue
        if found["date"]:
            month = found["on"]
            number = int(month) if month.isdigit() else month_number(month)
            last = day_of(int(found["in"]), number, int(found["day"]))
            if last is None:
                continue
            before = Month.of(last) + -months
            first = date(before.year, before.month, min(last.day, before.days)) + timedelta(days=1)
            yield _made(text, Period(first, last), found.start(), found.end())
        else:
            end = Month(int(found["year"]), month_number(found["month"]))
            yield _made(text, Period.of_months(end + (1 - months), end), found.start(), found.end())


def _years_to(text: str) -> Iterator[Timespan]:
    for found in _YEAR_TO.finditer(text):
        last = Month(int(found["year"]), month_number(found["month"]))
        yield _made(text, Period.year_to(last), found.start(), found.end())


def _quarters(text: str) -> Iterator[Timespan]:
    """Quarters of the financial year: the first is April to June."""
    for found in _QUARTER.finditer(text):
        first = Month(int(found["first"]), 4) + 3 * (int(found["quarter"]) - 1)
        yield _made(text, Period.of_months(first, first + 2), found.start(), found.end())


def _years(text: str) -> Iterator[Timespan]:
    """`2021/22` is a financial year; `2022-25` runs from the first year to the last."""
    for found in _YEARS.finditer(text):
        first, words = int(found["first"]), found["last"]
        last = int(words) if len(words) == 4 else first // 100 * 100 + int(words)
        if last == first + 1:
            period = Period.of_months(Month(first, 4), Month(last, 3))
        elif first < last <= first + LONGEST_YEARS:
            period = Period.of_months(Month(first, 1), Month(last, 12))
        else:
            continue
        yield _made(text, period, found.start(), found.end())


def _year_pairs(text: str) -> Iterator[Timespan]:
    for found in _FIRST_TO_LAST.finditer(text):
        first, last = int(found["first"]), int(found["last"])
        if first < last:
            period = Period.of_months(Month(first, 1), Month(last, 12))
            yield _made(text, period, found.start("first"), found.end())


def _single_months(text: str) -> Iterator[Timespan]:
    for found in _MONTH.finditer(text):
        month = Month(int(found["year"]), month_number(found["month"]))
        yield _made(text, Period.of_months(month, month), found.start(), found.end())


def _single_years(text: str) -> Iterator[Timespan]:
    for found in _ALONE.finditer(text):
        year = int(found["year"])
        period = Period.of_months(Month(year, 1), Month(year, 12))
        yield _made(text, period, found.start(), found.end())


_READERS: tuple[Callable[[str], Iterator[Timespan]], ...] = (
    _months,
    _lengths,
    _years_to,
    _year_pairs,
    _quarters,
    _years,
    _single_months,
    _single_years,
)


def _made(text: str, period: Period, start: int, end: int) -> Timespan:
    word = _SINCE.search(text, max(0, start - _SINCE_SPACE), start)
    return Timespan(period, text[start:end], start, end, word["word"].lower() if word else "")
