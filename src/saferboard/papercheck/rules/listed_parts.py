"""A total in a sentence and the parts that are listed after it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from saferboard.papercheck.claims.number import Number
from saferboard.papercheck.finding import Finding, Pack, Rule
from saferboard.papercheck.rules.walk import prose, sentence

KEY, MONEY = "listed-parts-do-not-add", "money-parts-above-total"
LEAST = 2
_PART = r"‹n\d+›\s(?:[\w’'/-]+\s?){1,6}"
_LIST = rf"(?P<parts>{_PART}(?:,\s{_PART}){{0,8}},?\s?(?:and|&)\s{_PART})"
_CLOSED = re.compile(
    rf"‹n(?P<total>\d+)›\s(?P<noun>(?:[\w’'/-]+\s){{0,6}}[\w’'/-]+)"
    rf"(?:,?\s(?:comprising|consisting\sof|made\sup\sof|comprised\sof|which\swere|split\sinto|that\sis,)\s"
    rf"(?:of\s)?|:\s|\s\(){_LIST}(?=\)|[.;]|$)",
    re.I,
)
_PERIODS = re.compile(r"‹n(?P<index>\d+)›")
_OPEN = re.compile(r"\b(?:including|of\swhich|such\sas|among|e\.g)\b", re.I)
_MONEY = re.compile(
    r"‹m(?P<total>\d+)›[^‹›.;]{0,40}?\bof\swhich\s‹m(?P<first>\d+)›[^‹›.;]{2,60}?(?:,|\band)\s"
    r"(?:and\s)?‹m(?P<second>\d+)›(?:[^‹›.;]{2,60}?(?:,|\band)\s(?:and\s)?‹m(?P<third>\d+)›)?",
    re.I,
)


def find(pack: Pack) -> Iterator[Finding]:
    for _, passage, masked in prose(pack):
        if masked.mask.count("‹n") <= LEAST:
            continue
        for found in _CLOSED.finditer(masked.mask):
            total = masked.number(found["total"])
            parts = [masked.number(index) for index in _PERIODS.findall(found["parts"])]
            if _OPEN.search(found[0]) or not _countable(total, parts):
                continue
            true = sum(part.value for part in parts)
            some = len(parts) == LEAST and true < total.value and "(" in found[0]
            if abs(true - total.value) > 0.5 and not some:
                start = masked.back(found.start())
                yield Finding(
                    KEY,
                    "warning",
                    f"The parts make {true:,.10g}, not {total.text}.",
                    sentence(passage, start, parts[-1].end),
                    passage.place,
                    f"{true:,.10g}",
                )


def _countable(total: Number, parts: list[Number]) -> bool:
    """Counts without a hedge. Two parts that make less may well be some of more."""
    held = [total, *parts]
    return len(parts) >= LEAST and all(one.whole and not one.approx for one in held)


def find_money(pack: Pack) -> Iterator[Finding]:
    for _, passage, masked in prose(pack):
        if passage.text.count("£") < 3:
            continue
        for found in _MONEY.finditer(masked.mask):
            total = masked.number(found["total"])
            parts = [masked.number(found[name]) for name in ("first", "second", "third")
                     if found[name]]  # fmt: skip
            true = sum(part.value for part in parts)
            slack = total.half + sum(part.half for part in parts)
            if true > total.value + slack + 0.5:
                yield Finding(
                    MONEY,
                    "warning",
                    f"The parts make £{true:,.10g}, more than {total.text}.",
                    sentence(passage, total.start, parts[-1].end),
                    passage.place,
                    f"£{true:,.10g}",
                )


RULES = (
    Rule(
        KEY,
        "Parts that are listed after their total add up to it.",
        "warning",
        1,
        "45 incidents were reported (20 assaults, 15 thefts and 12 others).",
        "Count again; where people are in several parts, say so.",
        find,
    ),
    Rule(
        MONEY,
        "Parts of an amount are not more than it.",
        "warning",
        6,
        "£30,000, of which £20,000 came from the council and £12,000 from the police",
        "Add up again.",
        find_money,
    ),
)
