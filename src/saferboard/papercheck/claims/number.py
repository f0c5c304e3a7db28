"""A figure as an officer wrote it, with the span it came from and how exact it is meant."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

NumberKind = Literal["count", "percent", "points", "money"]
Approx = Literal["", "about", "over", "under"]

DIGITS = r"(?:\d{1,3}(?:,\d{3})+(?!\d)|\d{1,3}(?:\u202f\d{3})+(?!\d)|\d+)(?:\.\d+)?"
_WORDS = {
    word: value
    for value, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        ]
    )
}
_TENS = {
    word: 10 * value
    for value, word in enumerate(
        ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], start=2
    )
}
_UNITS = "|".join(sorted((*_WORDS, *_TENS), key=len, reverse=True))
_TO_NINE = "one|two|three|four|five|six|seven|eight|nine"
_TO_99 = rf"(?:{'|'.join(_TENS)})[- ](?:{_TO_NINE})|{_UNITS}"
NUMBER_WORD = (
    rf"(?:{_TO_NINE})[- ]hundred(?:\sand\s(?:{_TO_99}))?|a\shundred\sand\s(?:{_TO_99})|{_TO_99}"
)
SCALES = {
    "k": 1e3, "thousand": 1e3, "m": 1e6, "mn": 1e6, "million": 1e6, "bn": 1e9, "billion": 1e9,
}  # fmt: skip

_APPROX: tuple[tuple[Approx, re.Pattern[str]], ...] = (
    (
        "about",
        re.compile(
            r"(?:about|around|approximate(?:ly)?|approx\.?|roughly|some|circa|\bca?\.|c\.?|"
            r"in the region of|close to|nearer|an? estimated|estimated|~)\s*$",
            re.I,
        ),
    ),
    ("over", re.compile(r"(?:over|more than|above|at least|in excess of|exceeding|>)\s*$", re.I)),
    (
        "under",
        re.compile(
            r"(?:nearly|almost|just under|under|less than|fewer than|below|up to|at most|<)\s*$",
            re.I,
        ),
    ),
)
_LOOK_BACK = 24


@dataclass(frozen=True)
class Number:
    """`value` in its own unit (a percentage of 13.3 is 13.3; £1.2m is 1,200,000). `step` is
    what one unit of the last printed digit is worth; `whole` whether it was printed without
    decimals or a scale, so that it is an exact count. `start` and `end` are positions in the
    cleaned words of the passage."""

    value: float
    kind: NumberKind
    text: str
    start: int
    end: int
    step: float = 1.0
    whole: bool = True
    approx: Approx = ""

    @property
    def half(self) -> float:
        """How far the true value may lie from the printed one by rounding: nothing for a
        count, half a step for a decimal, a scaled number or a percentage."""
        return 0.0 if self.whole and self.kind in ("count", "money") else self.step / 2


def number_at(
    text: str, start: int, end: int, kind: NumberKind, digits: str, scale: str = "", sign: str = ""
) -> Number:
    """The number printed as `digits` (`1,234.5`) with an optional scale word, at a span."""
    plain = digits.replace(",", "").replace("\u202f", "")
    factor = SCALES.get(scale.strip().lower(), 1.0)
    places = len(plain.partition(".")[2])
    step = factor * 10.0**-places
    value = float(plain) * factor * (-1 if sign.strip() in ("-", "–") else 1)
    return Number(
        value,
        kind,
        text[start:end],
        start,
        end,
        step,
        whole=not places and factor == 1.0,
        approx=approx_before(text, start),
    )


def word_value(word: str) -> int:
    """`twenty-one` is 21, `one hundred and sixty` 160. Raises KeyError for anything that is not
    a number word."""
    parts = re.split(r"[-\s]", word.lower())
    if "hundred" in parts:
        hundreds, _, rest = word.lower().replace("-", " ").partition(" hundred")
        more = rest.removeprefix(" and ").strip()
        return 100 * (1 if hundreds == "a" else word_value(hundreds)) + (
            word_value(more) if more else 0
        )
    return sum(_TENS[part] if part in _TENS else _WORDS[part] for part in parts)


def approx_before(text: str, start: int) -> Approx:
    """What the words just before a number say about how exact it is."""
    before = text[max(0, start - _LOOK_BACK) : start]
    for name, pattern in _APPROX:
        found = pattern.search(before)
        if found and (found.start() == 0 or not before[found.start() - 1].isalnum()):
            return name
    return ""


_CELL = re.compile(
    rf"^(?P<arrow>[↑↓▲▼→↗↘])?\s*(?P<sign>[-–+])?\s*(?P<money>£)?\s*(?P<digits>{DIGITS})"
    r"\s*(?P<scale>k|m|bn)?\s*(?P<unit>%|pp)?\s*(?P<after>[↑↓▲▼→↗↘*¹²³⁴⁵⁶⁷⁸⁹⁰]*)?$"
)


def cell_number(text: str) -> Number | None:
    """The number that a table cell holds, or None when it holds anything else. A downward
    arrow with an unsigned number means a fall: `↓6.9%` is −6.9."""
    found = _CELL.match(text.strip())
    if not found:
        return None
    kind: NumberKind = "money" if found["money"] else "count"
    if found["unit"]:
        kind = "percent" if found["unit"] == "%" else "points"
    marks = (found["arrow"] or "") + (found["after"] or "")
    sign = found["sign"] or ("-" if any(mark in marks for mark in "↓▼↘") else "")
    return number_at(text, 0, len(text), kind, found["digits"], found["scale"] or "", sign)
