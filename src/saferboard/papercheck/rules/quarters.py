"""Quarters of the financial year against the months that stand with them, and a period that is
explained by another."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from saferboard.papercheck.claims.month_names import MONTH_NAME
from saferboard.papercheck.claims.period import month_number
from saferboard.papercheck.claims.timespan import timespans
from saferboard.papercheck.finding import Finding, Pack, Rule
from saferboard.papercheck.rules.walk import passages, sentence

MONTHS, EXPLAINED = "quarter-of-other-months", "period-explained-by-another"
_ORDINALS = ("first", "second", "third", "fourth")
_QUARTER = re.compile(
    r"\b(?:(?:Q|quarter\s|Qtr\.?\s)(?P<number>[1-4])|(?P<word>first|second|third|fourth)\squarter)\s"
    r"(?:of\s)?(?:the\sfinancial\syear\s)?20\d\d\s?[/–-]\s?(?:20)?\d\d\s?[,(:–-]{1,2}\s?"
    rf"(?P<first>{MONTH_NAME})\b\.?(?:\s20\d\d)?\s?(?:to|-|–|until)\s?(?P<last>{MONTH_NAME})\b",
    re.I,
)


def find_months(pack: Pack) -> Iterator[Finding]:
    """`Q2 2023/24 (October to December 2023)`: the second quarter is July to September."""
    for _, passage in passages(pack):
        if "20" not in passage.text:
            continue
        for found in _QUARTER.finditer(passage.text):
            number = (
                int(found["number"])
                if found["number"]
                else _ORDINALS.index(found["word"].lower()) + 1
            )
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
            if between.strip() != "(" or after != ")":
                continue
            if one.months > 1 and other.months > 1 and one.months != other.months:
                yield Finding(
                    EXPLAINED,
                    "warning",
                    f"“{one.text}” has {one.months} months, “{other.text}” has {other.months}.",
                    sentence(passage, one.start, other.end),
                    passage.place,
                )


RULES = (
    Rule(
        MONTHS,
        "A quarter of a financial year is the three months that it names.",
        "warning",
        4,
        "Q2 2023/24 (October to December 2023)",
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
