"""Fractions in words against the percentage that stands with them: “over half (45%)”."""

from __future__ import annotations

import re
from collections.abc import Iterator

from saferboard.papercheck.finding import Finding, Pack, Rule
from saferboard.papercheck.rules.walk import prose, sentence

KEY, OPPOSITES = "fraction-against-percentage", "opposites-above-hundred"
_FRACTION = re.compile(
    r"\b(?:(?P<hedge>just\sover|over|more\sthan|just\sunder|under|less\sthan|fewer\sthan|nearly|"
    r"almost|around|about|approximately|exactly|some|at\sleast)\s)?(?P<words>a\s(?:half|third|quarter|"
    r"fifth|tenth)|half|one[\s-](?:third|quarter|fifth|tenth)|two[\s-](?:thirds|fifths)|"
    r"three[\s-](?:quarters|fifths))(?:\sof\s(?:the\s|all\s|our\s|these\s)?(?:[\w’'-]+\s){0,4}?[\w’'-]+)?"
    r"\s?\(‹p(?P<share>\d+)›\)",
    re.I,
)
_MOST = re.compile(r"\b(?P<words>most)\s(?:[\w’'-]+\s){0,4}\(‹p(?P<share>\d+)›\)", re.I)
_VALUES = {"half": 50.0, "third": 100 / 3, "thirds": 200 / 3, "quarter": 25.0, "quarters": 75.0,
           "fifth": 20.0, "fifths": 40.0, "tenth": 10.0}  # fmt: skip
_OVER = re.compile(r"over|more|least", re.I)
_UNDER = re.compile(r"under|less|fewer|nearly|almost", re.I)
ABOUT = 5.0
FAR = 15.0
"""How many points “over a third” may lie above it, and “nearly” below."""

_PAIRS = (("men", "women"), ("males", "females"), ("male", "female"), ("boys", "girls"))


def find(pack: Pack) -> Iterator[Finding]:
    for _, passage, masked in prose(pack):
        if "(" not in passage.text:
            continue
        for found in _FRACTION.finditer(masked.mask):
            share = masked.number(found["share"])
            words = re.split(r"[\s-]", found["words"].lower())
            value = _VALUES[words[-1]] * (
                1.5 if words[0] == "three" and words[-1] == "fifths" else 1
            )
            low, high = _range(value, found["hedge"] or "")
            if not low - share.step / 2 <= share.value <= high + share.step / 2:
                start, end = masked.back(found.start()), masked.back(found.end(), end=True)
                said = masked.text[start:end].split("(")[0].strip()
                yield Finding(
                    KEY,
                    "warning",
                    f"“{said}” is not {share.text}.",
                    sentence(passage, start, end),
                    passage.place,
                    share.text,
                )
        for found in _MOST.finditer(masked.mask):
            share = masked.number(found["share"])
            if share.value + share.step / 2 < 50:
                yield Finding(
                    KEY,
                    "warning",
                    f"{share.text} is not most: it is less than half.",
                    sentence(passage, masked.back(found.start()), share.end),
                    passage.place,
                    "the largest group",
                )


def _range(value: float, hedge: str) -> tuple[float, float]:
    """What the words allow, in per cent."""
    if _OVER.search(hedge):
        return value, 100.0 if value >= 50 else value + FAR
    if _UNDER.search(hedge):
        return (0.0 if re.search("less|fewer|under", hedge, re.I) else value - FAR), value
    return value - ABOUT, value + ABOUT


def find_opposites(pack: Pack) -> Iterator[Finding]:
    """“60% of victims were men and 45% were women”: two groups that leave no third above 100."""
    for _, passage, masked in prose(pack):
        if passage.text.count("%") < 2:
            continue
        for one, other in _PAIRS:
            if not re.search(rf"\b{one}\b", passage.text, re.I):
                continue
            for first, second in ((one, other), (other, one)):
                found = _both(first, second).search(masked.mask)
                if not found:
                    continue
                numbers = [masked.number(found[name]) for name in ("first", "second")]
                total = sum(number.value for number in numbers)
                if total > 100 + sum(number.step for number in numbers):
                    yield Finding(
                        OPPOSITES,
                        "warning",
                        f"{numbers[0].text} and {numbers[1].text} make {total:.10g}%.",
                        sentence(passage, numbers[0].start, numbers[1].end),
                        passage.place,
                        "100% together",
                    )
                    break


def _both(first: str, second: str) -> re.Pattern[str]:
    gap = r"[^‹›.;%]{0,40}?"
    return re.compile(
        rf"(?:‹p(?P<first>\d+)›\s(?:(?:of\s[^‹›.;,]{{1,30}}?\s)?(?:were|are|being)\s)?{first}\b{gap}"
        rf"(?:and|,|;)\s(?:only\s)?‹p(?P<second>\d+)›\s(?:(?:of\s[^‹›.;,]{{1,30}}?\s)?"
        rf"(?:were|are|being)\s)?{second}\b)",
        re.I,
    )


RULES = (
    Rule(
        KEY,
        "A fraction in words is the percentage beside it.",
        "warning",
        1,
        "Over half (45%) of victims were women.",
        "Change the words, or see whether the percentage is of another group.",
        find,
    ),
    Rule(
        OPPOSITES,
        "The shares of two groups that leave no third make no more than 100.",
        "warning",
        1,
        "60% of victims were men and 45% were women.",
        "Compute both shares of the same whole.",
        find_opposites,
    ),
)
