"""Quarters of the financial year in words against the months that stand with them, and a period
that is explained by another."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from saferboard.papercheck.claims.month_names import MONTH_NAME
from saferboard.papercheck.claims.number import NUMBER_WORD, word_value
from saferboard.papercheck.claims.period import month_number
from saferboard.papercheck.claims.timespan import timespans
from saferboard.papercheck.finding import Finding, Pack, Rule
from saferboard.papercheck.rules.walk import passages, sentence

MONTHS, EXPLAINED, LENGTH = (
    "quarter-of-other-months", "period-explained-by-another", "years-length",
)  # fmt: skip
_YEARS = re.compile(
    rf"\b(?P<count>\d{{1,2}}|{NUMBER_WORD})[\s-]years?(?:\s(?:plan|strategy|programme|period|grant))?,?\s"
    r"\(?(?:from\s|of\s|covering\s)?(?P<first>20\d\d)\s?(?:to|-|–)\s?(?P<last>20\d\d)\b(?!\s?[/-])",
    re.I,
)
_PART = re.compile(r"\b(?:quarter|half|months?)\s(?:of\s)?(?:the\sfinancial\syear\s)?$", re.I)
_LISTED = re.compile(rf"\b{MONTH_NAME}(?:\s20\d\d)?\s?,?\s?(?:and|&|,)?\s?$", re.I)
"""The months before the last of a list: “April, May and June 2025” is a quarter."""

_ORDINALS = ("first", "second", "third", "fourth")
_QUARTER = re.compile(
    r"\b(?P<word>first|second|third|fourth)\squarter\s(?:of\s)?(?:the\sfinancial\syear\s)?"
    r"20\d\d\s?[/–-]\s?(?:20)?\d\d\s?[,(:–-]{1,2}\s?"
    rf"(?P<first>{MONTH_NAME})\b\.?(?:\s20\d\d)?\s?(?:to|-|–|until)\s?(?P<last>{MONTH_NAME})\b",
    re.I,
)


def find_months(pack: Pack) -> Iterator[Finding]:
    """`the second quarter of 2023/24 (October to December 2023)`: it is July to September."""
    for _, passage in passages(pack):
        if "20" not in passage.text:
            continue
        for found in _QUARTER.finditer(passage.text):
            number = _ORDINALS.index(found["word"].lower()) + 1
            first = (3 * number) % 12 + 1
            months = (month_number(found["first"]), month_number(found["last"]))
            if months != (first, first + 2):
                right = ("April to June", "July to September", "October to December",
                         "January to March")[number - 1]  # fmt: skip
                yield Finding(
                    MONTHS,
                    "warning",
                    f"Quarter {number} of a financial year is {right}.",
                    sentence(passage, found.start(), found.end()),
                    passage.place,
                    right,
                )


def find_explained(pack: Pack) -> Iterator[Finding]:
    """`the year to March 2023 (April 2021 to March 2023)`: one end, two lengths."""
    for _, passage in passages(pack):
        if "(" not in passage.text or "20" not in passage.text:
            continue
        for one, other in pairwise(timespans(passage.text)):
            between = passage.text[one.end : other.start]
            after = passage.text[other.end : other.end + 1]
            part = _PART.search(passage.text[max(0, one.start - 30) : one.start])
            listed = _LISTED.search(passage.text[max(0, one.start - 60) : one.start])
            if between.strip() != "(" or after != ")" or part or listed:
                continue
            if one.months > 1 and other.months > 1 and one.months != other.months:
                yield Finding(
                    EXPLAINED,
                    "warning",
                    f"“{one.text}” has {one.months} months, “{other.text}” has {other.months}.",
                    sentence(passage, one.start, other.end),
                    passage.place,
                )


def find_years(pack: Pack) -> Iterator[Finding]:
    """`a five-year plan (2021-2024)`: from the first year to the last is three or four."""
    for _, passage in passages(pack):
        if "year" not in passage.text or "20" not in passage.text:
            continue
        for found in _YEARS.finditer(passage.text):
            count = found["count"]
            said = int(count) if count.isdigit() else word_value(count)
            gap = int(found["last"]) - int(found["first"])
            if gap > 0 and said not in (gap, gap + 1):
                yield Finding(
                    LENGTH,
                    "warning",
                    f"{found['first']} to {found['last']} is {gap} or {gap + 1} years, not {said}.",
                    sentence(passage, found.start(), found.end()),
                    passage.place,
                    f"{gap + 1} years",
                )


RULES = (
    Rule(
        LENGTH,
        "A number of years is the one between the two that are named.",
        "warning",
        4,
        "The five-year plan (2021-2024)",
        "Count the years.",
        find_years,
    ),
    Rule(
        MONTHS,
        "A quarter of a financial year is the three months that it names.",
        "warning",
        4,
        "the second quarter of 2023/24 (October to December 2023)",
        "April to June is the first quarter, January to March the fourth.",
        find_months,
    ),
    Rule(
        EXPLAINED,
        "A period and the months in brackets behind it are of one length.",
        "warning",
        4,
        "the year to March 2023 (April 2021 to March 2023)",
        "Correct the one that was left from another report.",
        find_explained,
    ),
)
