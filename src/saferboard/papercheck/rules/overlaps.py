"""Periods that are compared and share some of their months."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from saferboard.papercheck.claims.table import sheet
from saferboard.papercheck.claims.timespan import Timespan, timespans
from saferboard.papercheck.finding import Finding, Pack, Rule
from saferboard.papercheck.paper import Grid
from saferboard.papercheck.rules.walk import grids, passages, row_words, sentence

KEY = "compared-periods-overlap"
LEAST_MONTHS = 2
_COMPARED = re.compile(r"\b(?:compared|against|than|from|comparison|versus|vs)\b", re.I)
_SENTENCE_END = re.compile(r"[.;]\s")
_PART = frozenset({"since", "after", "until", "till", "by"})
"""Words that make another period of the one behind them."""


def find(pack: Pack) -> Iterator[Finding]:
    """Two runs of as many months that a sentence compares, or two columns of a table with one
    of changes, that share some of them."""
    for _, passage in passages(pack):
        if not _COMPARED.search(passage.text):
            continue
        for first, second in pairwise(timespans(passage.text)):
            between = passage.text[first.end : second.start]
            if not _COMPARED.search(between) or _SENTENCE_END.search(between):
                continue
            if shared := _shared(first, second):
                yield Finding(
                    KEY,
                    "warning",
                    f"“{first.text}” and “{second.text}” share {shared} months.",
                    sentence(passage, first.start, second.end),
                    passage.place,
                )
    for _, grid in grids(pack):
        yield from _columns(grid)


def _columns(grid: Grid) -> Iterator[Finding]:
    read = sheet(grid)
    if read is None:
        return
    named = [(at, timespans(head)) for at, head in enumerate(read.heads) if not read.is_change(at)]
    held = [(at, found[0]) for at, found in named if len(found) == 1]
    if len(held) != 2 or not any(map(read.is_change, range(read.width))):
        return
    (_, first), (at, second) = held
    if shared := _shared(first, second):
        yield Finding(
            KEY,
            "warning",
            f"The columns “{first.text}” and “{second.text}” share {shared} months.",
            row_words(grid, 0),
            grid.rows[0][at].place,
        )


def _shared(one: Timespan, other: Timespan) -> int:
    """How many months two periods of one length share; none where they are one period."""
    first, second = one.period, other.period
    if not (first.is_whole_months and second.is_whole_months) or one.months != other.months:
        return 0
    if one.months < LEAST_MONTHS or {one.relation, other.relation} & _PART:
        return 0
    apart = abs(first.last_month - second.last_month)
    return one.months - apart if 0 < apart < one.months else 0


RULE = Rule(
    KEY,
    "Two periods that are compared do not overlap.",
    "warning",
    4,
    "83 in the 12 months to June 2024, compared with 91 in the 12 months to December 2023",
    "See which of the two ends was left from another paper.",
    find,
)
