"""The number of a quarter against the months that are named with it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from saferboard.papercheck.claims.period import Span, spans
from saferboard.papercheck.finding import Finding, Pack, Rule
from saferboard.papercheck.paper import Passage
from saferboard.papercheck.rules.walk import passages, sentence

KEY = "quarter-number"
_QUARTER = re.compile(
    r"\b(?:Q|Quarter\s|Qtr\.?\s?)(?P<number>[1-4])\b(?:,?\s?(?:of\s)?(?P<year>20\d\d)\s?[/–-]\s?"
    r"(?:20)?\d\d)?[\s,:;(–-]{1,4}(?:that\sis,?\s|i\.e\.\s|covering\s|for\s)?$",
    re.I,
)
_FINANCIAL, _CALENDAR = 4, 1
_THREE_MONTHS = 3


@dataclass(frozen=True)
class _Named:
    """`financial` and `calendar` say by which count of quarters the number is right."""

    passage: Passage
    span: Span
    number: int
    year: int | None

    @property
    def by_financial_year(self) -> bool:
        return self._fits(_FINANCIAL)

    @property
    def by_calendar_year(self) -> bool:
        return self.year is None and self._fits(_CALENDAR)

    def _fits(self, start: int) -> bool:
        months = self.span.first.ordinal - (start - 1)
        right_year = self.year is None or months // 12 == self.year
        return right_year and months % 12 == _THREE_MONTHS * (self.number - 1)


def find(pack: Pack) -> Iterator[Finding]:
    """A quarter of the financial year is meant where its year is named or most quarters of the
    pack are counted so; else either count will do, and one that fits neither is wrong."""
    named = [one for _, passage in passages(pack) for one in _quarters(passage)]
    financial = sum(one.by_financial_year for one in named)
    calendar = sum(one.by_calendar_year for one in named)
    undecided = financial == calendar and not any(one.year for one in named)
    for one in named:
        if one.by_financial_year if financial >= calendar else one.by_calendar_year:
            continue
        if undecided and (one.by_financial_year or one.by_calendar_year):
            continue
        start = _FINANCIAL if financial >= calendar else _CALENDAR
        expected = (one.span.first.month - start) % 12 // _THREE_MONTHS + 1
        label = f"{one.span.first.label()} to {one.span.last.label()}"
        wrong_year = expected == one.number
        yield Finding(
            KEY,
            "warning",
            f"{label} is in another year than the one that is named."
            if wrong_year
            else f"{label} is quarter {expected}, not {one.number}.",
            sentence(one.passage, one.span.start, one.span.end),
            one.passage.place,
            "" if wrong_year else f"quarter {expected}",
        )


def _quarters(passage: Passage) -> Iterator[_Named]:
    if "uarter" not in passage.text and not re.search(r"Q[1-4]|Qtr", passage.text):
        return
    for span in spans(passage.text):
        found = _QUARTER.search(passage.text[: span.start])
        if found and span.months == _THREE_MONTHS:
            year = found["year"]
            yield _Named(passage, span, int(found["number"]), int(year) if year else None)


RULE = Rule(
    KEY,
    "The number of a quarter is the one of its months.",
    "warning",
    4,
    "Quarter 2 2024/25 (October to December 2024)",
    "See whether the number or the months were left from the paper before.",
    find,
)
