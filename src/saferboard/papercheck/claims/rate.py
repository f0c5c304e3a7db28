"""Rates as officers write them: “7.3 per 1,000 population”, “293 per 100,000”."""

from __future__ import annotations

import re
from dataclasses import dataclass

from saferboard.papercheck.claims.mask import Masked
from saferboard.papercheck.claims.number import Number

NEAR = 300
"""How far behind a rate what it is compared with may stand, in letters."""

_GAP = r"(?:[^‹›.;:]|‹[dxo]\d+›)"
_FORM = re.compile(
    r"(?:‹n(?P<low>\d+)›\s?(?:to|-|–)\s?)?"
    r"(?:‹(?P<letter>[ng])(?P<value>\d+)›(?P<what>[^‹›.;:]{0,60}?)[\s(]*)?‹r(?P<per>\d+)›"
    r"(?:\s(?P<base>(?:the\s)?(?:population|people|residents|households|homes|dwellings|"
    r"young\speople|children|adults|inhabitants)))?",
    re.I,
)
_COMPARED = re.compile(
    rf"^{_GAP}{{0,80}}?\b(?:vs\.?|versus|compared|comparison|than|against|average|while)\b"
    r"(?P<rest>[^;]{0,100})",
    re.I,
)
_DIRECTION = re.compile(r"\b(?P<word>lower|below|less|higher|above|more)\b", re.I)
_TARGET = re.compile(r"\btarget\s(?:of\s|is\s|:\s)?‹n(?P<target>\d+)›", re.I)
_POSITION = re.compile(r"\b(?:position|currently|actual|performance)\s(?:is\s|:\s)?‹n(?P<now>\d+)›",
                       re.I)  # fmt: skip
_BARE = re.compile(
    rf"\brate\b{_GAP}{{0,40}}?\bis\s‹n(?P<first>\d+)›,?\s(?:and\s)?in\s{_GAP}{{0,40}}?"
    r"\b(?:it\s)?is\s‹n(?P<second>\d+)›",
    re.I,
)
_COUNTED = re.compile(r"‹n(\d+)›(?!\s?(?:months?|years?|boroughs|of\b))")


@dataclass(frozen=True)
class Rate:
    """`value` per `per` (1,000, 10,000 …; 0 where the base is not said) of `base` (population,
    households; "" where not said); None where only the base is named, as in a caption. `low`
    begins a range. `comparisons` are rates that it is compared with and `direction` the side
    (+1 above them, −1 below, 0 not said); `target` what it should be."""

    value: Number | None
    per: int
    base: str
    low: Number | None
    comparisons: tuple[Number, ...]
    direction: int
    target: Number | None
    start: int
    end: int


def rates(masked: Masked) -> tuple[Rate, ...]:
    """Every rate that the words claim, in order."""
    found = [_rate(masked, match) for match in _FORM.finditer(masked.mask)]
    for match in _BARE.finditer(masked.mask):
        first, second = masked.number(match["first"]), masked.number(match["second"])
        found.append(Rate(second, 0, "", None, (first,), 0, None, second.start, second.end))
    return tuple(sorted(found, key=lambda one: one.start))


def per_of(text: str) -> int:
    """`per 1,000` is 1000, `per million` 1000000."""
    digits = re.sub(r"\D", "", text)
    if not digits:
        return 1_000_000 if "million" in text.lower() else 1_000
    return int(digits) * (1_000 if text.rstrip().lower().endswith("k") else 1)


def _rate(masked: Masked, match: re.Match[str]) -> Rate:
    per = per_of(masked.tokens[int(match["per"])].text)
    value = masked.number(match["value"]) if match["letter"] == "n" else None
    rest = masked.mask[match.end() : match.end() + NEAR]
    target, now = _TARGET.search(rest), _POSITION.search(rest)
    if value is None and now:
        value = masked.number(now["now"])
    compared = None if target else _COMPARED.match(rest)
    words = compared["rest"] if compared else ""
    side = _DIRECTION.search(rest[: compared.end()]) if compared else None
    return Rate(
        value,
        per,
        (match["base"] or "").lower(),
        masked.number(match["low"]) if match["low"] else None,
        tuple(masked.number(index) for index in _COUNTED.findall(words)),
        0 if not side else -1 if side["word"].lower() in ("lower", "below", "less") else 1,
        masked.number(target["target"]) if target else None,
        masked.back(match.start()),
        masked.back(match.end(), end=True),
    )
