"""Ranges and bounds: “between 2 and 3 problems”, “10-15%”, “50+”, “up to ten”."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from saferboard.papercheck.claims.number import (
    DIGITS,
    NUMBER_WORD,
    Approx,
    approx_before,
    word_value,
)

_ONE = rf"(?:{DIGITS}|\b(?:{NUMBER_WORD})\b)"
_UNIT = r"(?:\s?(?P<unit>%|per\s?cent\b|[a-z]+\b))?"
_RANGE = re.compile(
    rf"(?P<lead>\bbetween\s|\baged?\s(?:between\s)?|\bages\s|\bfrom\s)?(?<![\d/.,£-])(?P<low>{_ONE})"
    rf"\s?(?P<first>%|years?\b)?\s?(?P<link>-|–|\bto\b|\band\b)\s?(?P<high>{_ONE})(?![\d/-])"
    rf"(?:\s|-)?(?P<unit>%|per\s?cent\b|[a-z]+\b)?",
    re.I,
)
_LEAST = re.compile(
    rf"(?<![\d/.,£-])(?P<low>{_ONE})\s?(?:\+|(?:or|and)\s(?:more|over|above)\b){_UNIT}", re.I
)
_MOST = re.compile(
    rf"\b(?P<word>up\sto|within|at\smost|no\smore\sthan|a\smaximum\sof)\s(?P<high>{_ONE}){_UNIT}",
    re.I,
)
_YEAR = range(1900, 2100)


@dataclass(frozen=True)
class Bounds:
    """`low` to `high`, both included; None where it is open. `unit` is the word after it
    (`percent` for %). `word` says how the bound was named: `at-most`, `within` or ""."""

    low: float | None
    high: float | None
    unit: str
    approx: Approx
    word: str
    start: int
    end: int


def bounds(text: str) -> tuple[Bounds, ...]:
    """Every range of the words, in order; spans of years and months are none."""
    found = (*_ranges(text), *_open(text))
    return tuple(sorted(found, key=lambda one: one.start))


def _ranges(text: str) -> Iterator[Bounds]:
    for match in _RANGE.finditer(text):
        low, high = _value(match["low"]), _value(match["high"])
        lead, link = (match["lead"] or "").lower(), match["link"].lower()
        words = link in ("to", "and")
        named = lead.startswith(("between", "age")) or bool(match["first"])
        if low >= high or low in _YEAR or high in _YEAR:
            continue
        if (words and not named) or (link == "and" and not lead.startswith(("b", "a"))):
            continue
        unit = "years" if "age" in lead else _unit(match["unit"] or match["first"] or "")
        approx = approx_before(text, match.start("low"))
        yield Bounds(low, high, unit, approx, "", match.start(), match.end())


def _open(text: str) -> Iterator[Bounds]:
    for match in _LEAST.finditer(text):
        yield Bounds(_value(match["low"]), None, _unit(match["unit"] or ""), "", "",
                     match.start(), match.end())  # fmt: skip
    for match in _MOST.finditer(text):
        word = "within" if match["word"].lower() == "within" else "at-most"
        yield Bounds(None, _value(match["high"]), _unit(match["unit"] or ""), "", word,
                     match.start(), match.end())  # fmt: skip


def _unit(words: str) -> str:
    if words.startswith(("%", "per")):
        return "percent"
    return "years" if words.lower().startswith("year") else words.lower()


def _value(words: str) -> float:
    if words[0].isdigit():
        return float(words.replace(",", "").replace("\u202f", ""))
    return float(word_value(words))
