"""What is said of the size of a change: “an increase of 12%”, “down 3 points”, “by a quarter”."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from saferboard.papercheck.claims.mask import Masked
from saferboard.papercheck.claims.number import Number, approx_before
from saferboard.papercheck.claims.pair import DOWN, UP, sign_of

_WORDS = r"[^‹›.;:]"
_HEDGE = (
    r"(?:(?:by|of|around|approximately|approx|about|nearly|almost|over|more|than|just|under|a|an|"
    r"slightly|roughly|some|to)\s){0,4}"
)
_NUMERALS = tuple(
    re.compile(form, re.I)
    for form in (
        rf"\b(?P<direction>{UP}|{DOWN})\s(?:(?:on|over|from|in)\s{_WORDS}{{0,40}}?\s(?:of|by)\s)?"
        rf"{_HEDGE}‹(?P<unit>[pt])(?P<size>\d+)›",
        rf"‹(?P<unit>[pt])(?P<size>\d+)›\s(?P<direction>{UP}|{DOWN})(?=\s(?:on|from)\b|[).,;]|$)",
        r"‹(?P<unit>[pt])(?P<size>\d+)›\s(?P<direction>above|below)\s(?:the|last|that)\s(?:same\s)?"
        r"(?:number|figure|total|level|year|previous|count)",
        r"\b(?P<direction>by)\s‹(?P<unit>[pt])(?P<size>\d+)›(?=,?\s\(?(?:to|from)\s)",
        r"\b(?P<direction>improvement|change|difference|loss|gain|saving)(?:\sof|:)?\s‹(?P<unit>[pt])(?P<size>\d+)›",
        rf"\b(?P<direction>{UP}|{DOWN})\son\s(?:{_WORDS}|‹[dn]\d+›){{0,60}}?\sof\s"
        rf"‹(?P<unit>[pt])(?P<size>\d+)›",
        r"‹(?P<unit>[pt])(?P<size>\d+)›\s(?:\w+\s)?"
        r"(?P<direction>increase|rise|growth|decrease|reductions?|fall|drop|decline|higher|lower|"
        r"more|fewer|less|uplift|improvement)\b",
    )
)
_SIGNED = re.compile(
    r"(?:\((?:‹n\d+›[,;]\s)?|,\s)‹p(?P<size>\d+)›(?=\s(?:on|from|against|vs?)\b|[,;]\s|\))"
)
UNSIGNED = ("improvement", "change", "difference", "loss", "gain", "saving", "by")
_WORDED = re.compile(
    rf"\b(?P<direction>{UP}|{DOWN})\s(?:by\s|of\s)(?P<hedge>(?:\w+\s){{0,2}}?)"
    r"(?P<words>an?\s(?:fifth|quarter|third|half|tenth)|half|two[\s-]thirds|three[\s-]quarters)\b",
    re.I,
)
_BARE = re.compile(
    r"(?:\s(?:in|during)\s‹d\d+›|(?:\s[\w’']+){0,4}?)?\s?(?:\(|,\sor\s|\sor\s|,\s\()[^\w‹]{0,2}(?:by\s)?"
    r"‹p(?P<size>\d+)›\)?(?!\))(?=\s?[.,;)]|\s?$|\s(?:and|in)\b)"
)
MOST_BARE = 70
_SHARES = {"fifth": 20.0, "quarter": 25.0, "third": 100 / 3, "half": 50.0, "tenth": 10.0,
           "thirds": 200 / 3, "quarters": 75.0}  # fmt: skip


@dataclass(frozen=True)
class Phrase:
    """`direction` +1, −1 or 0 (an improvement may be either); `number` a percentage or points;
    positions in the mask."""

    direction: int
    number: Number
    start: int
    end: int


def phrases(masked: Masked) -> Iterator[Phrase]:
    """Every size of a change that the words give, in numerals or in words."""
    seen: set[str] = set()
    for form in _NUMERALS:
        for match in form.finditer(masked.mask):
            if match["size"] not in seen:
                seen.add(match["size"])
                yield Phrase(
                    0 if match["direction"].lower() in UNSIGNED else sign_of(match["direction"]),
                    masked.number(match["size"]),
                    match.start(),
                    match.end(),
                )
    for match in _SIGNED.finditer(masked.mask):
        number = masked.number(match["size"])
        if match["size"] not in seen and number.text.strip()[0] in "+-":
            seen.add(match["size"])
            sign = -1 if number.text.strip()[0] == "-" else 1
            yield Phrase(sign, number, match.start("size") - 2, match.end("size") + 1)
    for match in _WORDED.finditer(masked.mask):
        yield Phrase(
            sign_of(match["direction"]), _worded(masked, match), match.start(), match.end()
        )


def _worded(masked: Masked, match: re.Match[str]) -> Number:
    """“By a quarter” as about 25%."""
    start, end = masked.back(match.start("words")), masked.back(match.end("words"), end=True)
    value = _SHARES[re.split(r"[\s-]", match["words"].lower())[-1]]
    approx = approx_before(masked.text, start) or "about"
    return Number(value, "percent", masked.text[start:end], start, end, 1.0, False, approx)


def bare_after(masked: Masked, end: int, direction: int) -> Phrase | None:
    """The percentage in brackets just behind a pair whose words, or whose own sign, say that it
    is a change: `rose from 100 to 130 (30%)`, `100 against 130 in the previous year (-23%)`."""
    found = _BARE.match(masked.mask[end : end + MOST_BARE])
    if not found:
        return None
    number = masked.number(found["size"])
    sign = {"+": 1, "-": -1}.get(number.text.strip()[0], direction)
    return Phrase(sign, number, end, end + found.end()) if sign else None
