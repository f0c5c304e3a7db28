"""Which period of whole months a figure is about, as officers write periods.

12 months to December 2023        the 12 months up to, ending, year ending …
October to December 2023          the 3 months of October 2023 to December 2023
December 2023, Dec 23             one month
2016/17, Q3 2023/24               a financial year, a quarter of one
in 2023                           a calendar year
the same period a year before     relative: the period before, a year earlier
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from saferboard.papercheck.claims.month_names import MONTH_NAME
from saferboard.papercheck.claims.number import NUMBER_WORD, word_value
from saferboard.papercheck.claims.period import month_number
from saferboard.vocabulary.period import Month, Period

_YEAR = r"(?:19[89]\d|20[0-5]\d)"
_MONTH = rf"{MONTH_NAME}\b\.?"
_COUNT = rf"(?P<count>\d{{1,2}}|{NUMBER_WORD})"
_TO = r"(?:up\sto|to|ending(?:\sin)?|ended|until|preceding|prior\sto|before)"
_END_OF = r"(?:the\send\sof\s|end\s(?:of\s)?)?"

_ROLLING = re.compile(
    rf"\b(?:{_COUNT}[\s-]+months?(?:\speriod)?|(?P<year_word>year))\s(?P<link>{_TO})\s(?:and\sincluding\s)?"
    rf"{_END_OF}(?P<day>\d{{1,2}}(?:st|nd|rd|th)?\s)?(?P<month>{_MONTH})\s?,?\s?(?P<year>{_YEAR})\b",
    re.I,
)
_SPAN = re.compile(
    rf"(?<!\d\s)\b(?P<first>{_MONTH})\s?(?P<first_year>{_YEAR})?\s*(?:to|-|–|and|until|through)\s*"
    rf"(?P<last>{_MONTH})\s?(?P<last_year>{_YEAR})\b",
    re.I,
)
_QUARTER = re.compile(
    r"\b(?:Q|Qtr\.?\s?|Quarter\s)(?P<quarter>[1-4])\s?(?:of\s|,\s?|\()?\s?(?P<year>20\d\d)\s?[/–-]\s?"
    r"(?P<next>\d{2,4})\b",
    re.I,
)
_BARE_QUARTER = re.compile(r"\b(?:Q[1-4]|Qtr\.?\s?[1-4]|quarter\s[1-4])\b", re.I)
_FINANCIAL = re.compile(rf"\b(?:FY\s?)?(?P<year>{_YEAR})\s?[/–-]\s?(?P<next>(?:20)?\d\d)\b(?!\s?%)")
# A month behind “to”, “as at” or a day is an end, not the month that is counted.
_MONTH_ALONE = re.compile(
    rf"(?P<day>\b(?:\d{{1,2}}(?:st|nd|rd|th)?\s(?:of\s)?|(?:up\sto|to|as\sat|until|since|by)\s(?:the\s)?"
    rf"(?:end\sof\s|end\s)?))?\b(?P<month>{_MONTH})[\s,-]?\s?(?P<year>{_YEAR})\b",
    re.I,
)
_CALENDAR = re.compile(
    rf"\b(?:in|during|for|throughout|over|calendar\syear|the\syear|year)\s(?:the\s)?(?:calendar\s)?"
    rf"(?:year\s)?(?:of\s)?(?P<year>{_YEAR})\b(?![/–,.-]\d|\s?%)",
    re.I,
)
_RELATIVE = re.compile(
    r"\b(?:the\ssame\s(?:period|months?|quarter|time)(?:\s(?:of|in|a|one|the))*"
    r"(?:\s(?:previous|prior|preceding|last|year))*(?:\s(?:12|twelve)\smonths)?"
    r"(?:\s(?:prior|before|earlier|ago|year))*|"
    r"(?:the\s)?(?:previous|prior|preceding)\s(?:12\smonths|twelve\smonths|year)|"
    r"(?:the\s)?(?:12|twelve)\smonths\s(?:prior|before|earlier|previous(?:ly)?|ago)|"
    r"(?:a|one)\syear\s(?:ago|before|earlier|previous(?:ly)?)|last\syear|the\syear\sbefore)\b",
    re.I,
)
_OTHER_STEP = re.compile(
    r"\b(?:(?:previous|last|preceding|prior)\s(?:month|quarter|week|6\smonths|six\smonths)|"
    r"month\s(?:before|earlier|ago)|quarter\s(?:before|earlier|ago)|"
    rf"(?:[2-9]|{NUMBER_WORD})\syears\s(?:ago|before|earlier)|baseline|pre[-\s]?covid|lockdown)\b",
    re.I,
)
_END_ONLY = re.compile(
    rf"^\W*(?:as\s)?(?:to|at)\s(?:the\send\sof\s)?(?P<month>{_MONTH})\s(?P<year>{_YEAR})\W*$", re.I
)
_COMPARED = re.compile(
    r"(?:compared\s(?:to|with)|in\scomparison\s(?:to|with)|than(?:\sin)?|since|against|versus|vs\.?|"
    r"on)\s(?:the\s)?$",
    re.I,
)
_HAS_TIME = re.compile(r"\d{2}|year|month|period|quarter|Q[1-4]", re.I)


@dataclass(frozen=True)
class When:
    """A period where a text names one. `period` is None for a relative one (“a year ago”) and
    for one that is not of whole months (“the 12 months to 20 January 2016”), which `relative`
    tells apart."""

    period: Period | None
    start: int
    end: int
    relative: bool = False


def periods_in(text: str, year_starts: int = 4) -> list[When]:
    """Every period that a text names, in order, none inside another. `year_starts` is the month
    in which the financial year begins."""
    if not _HAS_TIME.search(text):
        return []
    found: list[When] = []
    for one in _all(text, year_starts):
        if not any(one.start < held.end and held.start < one.end for held in found):
            found.append(one)
    return sorted(found, key=lambda one: one.start)


def period_named(text: str, year_starts: int = 4) -> Period | None:
    """The period of a text that is nothing but its name: the head of a column, a line alone."""
    words = text.strip(" .:,()*")
    if re.fullmatch(_YEAR, words):
        return _calendar(int(words))
    found = periods_in(words, year_starts)
    if len(found) != 1 or found[0].period is None:
        return None
    rest = f"{words[: found[0].start]} {words[found[0].end :]}"
    rest = re.sub(
        r"\b(?:rolling|volume|during|in|the|offences?|total|number|of|for|count|year|baseline|"
        r"figures?|data|quarter|3|three|months?|FY)\b|[\W_]",
        "",
        rest,
        flags=re.I,
    )
    return None if rest else found[0].period


def year_to_in(text: str) -> Period | None:
    """The year that ends where a note says: “To June 2017”, “As at January 2016”."""
    found = _END_ONLY.match(text)
    if found is None:
        return None
    return Period.year_to(Month(int(found["year"]), month_number(found["month"])))


def compared(text: str, when: When) -> bool:
    """Whether a period is what another is compared with: “compared to 2011/12”, “than in 2019”."""
    return bool(_COMPARED.search(text, max(0, when.start - 40), when.start))


def other_step(text: str) -> bool:
    """Whether the words compare with something else than a year before: the month before, five
    years ago, a baseline."""
    return bool(_OTHER_STEP.search(text))


def _all(text: str, year_starts: int) -> Iterator[When]:
    for found in _ROLLING.finditer(text):
        yield When(_rolling(found), found.start(), found.end())
    for found in _SPAN.finditer(text):
        yield When(_span(found), found.start(), found.end())
    for found in _QUARTER.finditer(text):
        year, quarter = int(found["year"]), int(found["quarter"])
        if int(found["next"]) % 100 == (year + 1) % 100:
            first = Month(year, year_starts) + 3 * (quarter - 1)
            yield When(Period.of_months(first, first + 2), found.start(), found.end())
    for found in _FINANCIAL.finditer(text):
        year = int(found["year"])
        if int(found["next"]) % 100 == (year + 1) % 100:
            first = Month(year, year_starts)
            yield When(Period.of_months(first, first + 11), found.start(), found.end())
        else:
            yield When(None, found.start(), found.end())
    for found in _MONTH_ALONE.finditer(text):
        month = Month(int(found["year"]), month_number(found["month"]))
        whole = None if found["day"] else Period.of_months(month, month)
        yield When(whole, found.start(), found.end())
    for found in _BARE_QUARTER.finditer(text):
        yield When(None, found.start(), found.end())
    for found in _RELATIVE.finditer(text):
        yield When(None, found.start(), found.end(), relative=True)
    for found in _CALENDAR.finditer(text):
        yield When(_calendar(int(found["year"])), found.start(), found.end())


def _rolling(found: re.Match[str]) -> Period | None:
    if found["day"]:
        return None
    last = Month(int(found["year"]), month_number(found["month"]))
    if found["link"].lower() in ("prior to", "before"):
        last = last + -1
    count = 12 if found["year_word"] else _number(found["count"])
    return Period.of_months(last + -(count - 1), last) if 1 <= count <= 60 else None


def _span(found: re.Match[str]) -> Period | None:
    last = Month(int(found["last_year"]), month_number(found["last"]))
    number = month_number(found["first"])
    if found["first_year"]:
        first = Month(int(found["first_year"]), number)
    else:
        first = Month(last.year if number <= last.month else last.year - 1, number)
    return Period.of_months(first, last) if first <= last else None


def _calendar(year: int) -> Period:
    return Period.of_months(Month(year, 1), Month(year, 12))


def _number(words: str) -> int:
    return int(words) if words.isdigit() else word_value(words)
