"""Money as officers write it: an amount, for how long, among how many, and years with a total."""

from __future__ import annotations

import re
from dataclasses import dataclass

from saferboard.papercheck.claims.mask import Masked
from saferboard.papercheck.claims.number import NUMBER_WORD, Number, word_value

_GAP = r"[^‹›.;:£]"
_PER_YEAR = re.compile(
    r"^\s?(?:per\s(?:annum|year)|a\syear|p\.?a\.?\b|annually|each\syear|every\syear)", re.I
)
_ANNUAL = re.compile(
    r"\b(?:annual|yearly)\s(?:budget|grant|amount|cost|income)?[^‹›.;£]{0,20}$", re.I
)
_YEARS = re.compile(rf"\b(?P<count>\d{{1,2}}|{NUMBER_WORD})[\s-]years?\b", re.I)
_AMONG = re.compile(r"\b(?:across|among(?:st)?|between|shared\sby)\s‹n(?P<count>\d+)›", re.I)
_BEFORE = re.compile(rf"(?P<index>‹[dx]\d+›)(?:\s?\((?P<inner>‹d\d+›)\))?{_GAP}{{0,25}}$")
_AFTER = re.compile(rf"^{_GAP}{{0,35}}?\b(?:in|for)\s(?P<index>‹d\d+›)")
_BESIDE = re.compile(r"^\s(?P<index>‹d\d+›)\stotal\b", re.I)
_TOTAL = re.compile(r"\b(?:total(?:ling)?|in\stotal)\b[^‹›]{0,12}$", re.I)
_MORE = re.compile(r"\b(?:additional|further|extra|another)\s$", re.I)
_FINANCIAL = re.compile(r"(20\d\d)\s?[-–/]\s?(?:20)?(\d\d)")


@dataclass(frozen=True)
class Amount:
    """`per_year` when it is an annual amount; `years` for how many it is given (None where
    not said); `among` how many share it; `years_named` the year or years it belongs to as
    printed; `total` when the words call it so, `more` for “an additional £10,000”."""

    number: Number
    per_year: bool
    years: int | None
    among: int | None
    years_named: str
    total: bool
    more: bool


def amounts(masked: Masked) -> tuple[Amount, ...]:
    """Every amount of money in the words, in order."""
    found = []
    marks = list(re.finditer(r"‹m(\d+)›", masked.mask))
    used: set[str] = set()
    for at, mark in enumerate(marks):
        first = marks[at - 1].end() if at else 0
        last = marks[at + 1].start() if at + 1 < len(marks) else len(masked.mask)
        before, after = masked.mask[first : mark.start()], masked.mask[mark.end() : last]
        named = _BEFORE.search(before)
        later = None if named else _AFTER.search(after) or _BESIDE.match(after)
        index = (named["inner"] or named["index"]) if named else later["index"] if later else ""
        if index in used or _TOTAL.search(before):
            index = ""
        used.add(index)
        found.append(
            Amount(
                masked.number(mark[1]),
                bool(_PER_YEAR.match(after) or _ANNUAL.search(before)),
                _length(masked, mark, before, after),
                _among(masked, after),
                _words(masked, index),
                bool(_TOTAL.search(before)),
                bool(_MORE.search(before)),
            )
        )
    return tuple(found)


def _length(masked: Masked, mark: re.Match[str], before: str, after: str) -> int | None:
    start, end = masked.back(mark.start()), masked.back(mark.end(), end=True)
    lead = masked.text[max(0, start - min(30, len(before) + 12)) : start]
    tail = masked.text[end : end + min(30, len(after) + 12)]
    for words in (tail, lead):
        if found := _YEARS.search(words.split("£")[0] if words is tail else words):
            count = found["count"]
            return int(count) if count.isdigit() else word_value(count)
    return None


def _among(masked: Masked, after: str) -> int | None:
    found = _AMONG.search(after)
    return int(masked.number(found["count"]).value) if found else None


def _words(masked: Masked, index: str) -> str:
    if not index:
        return ""
    token = masked.tokens[int(re.sub(r"\D", "", index))]
    found = _FINANCIAL.search(token.text)
    return found[0] if found else ""
