"""Portions: shares and parts of a whole of which some figures are left out.

`share` holds the ones that can be computed again. Here is also “18 referrals, of which 100% …”,
“91,600 children (23% of the population)”, “40% in the west and 60% in the east”, “over half”.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from saferboard.papercheck.claims.mask import Masked
from saferboard.papercheck.claims.number import Approx, Number, approx_before
from saferboard.papercheck.claims.share import shares

_WORDS = r"[^‹›.;:]"
_GAP = r"(?:[^‹›.;:]|‹[dxro]\d+›)"
_SHARED = (
    rf"‹n(?P<part>\d+)›{_GAP}{{0,80}}?[,(–-]?\s?\(?\b(?:accounting\sfor|representing|equating\sto|"
    rf"amounting\sto|or|that\sis|equivalent\sto|making\sup|=)\s{_WORDS}{{0,30}}?‹p(?P<stated>\d+)›",
    r"‹n(?P<part>\d+)›\s(?:\w+\s){0,3}\(‹p(?P<stated>\d+)›\)",
    r"‹p(?P<stated>\d+)›\s(?:of\s)?(?:[\w’'-]+\s){0,6}\((?:n\s?=\s?)?‹n(?P<part>\d+)›[^()‹›]{0,40}\)",
    r"‹p(?P<stated>\d+)›\s\((?:n\s?=\s?)?‹n(?P<part>\d+)›[^()‹›]{0,40}\)",
    rf"=\s?‹n(?P<whole>\d+)›\s\(‹n(?P<part>\d+)›\s(?:of\sthese)?{_WORDS}{{0,50}}?"
    r"(?:=\s?‹p(?P<stated>\d+)›)?\)",
    rf"\(‹n(?P<part>\d+)›\sof\sthese{_WORDS}{{0,50}}?=\s?‹p(?P<stated>\d+)›\)",
    rf"‹n(?P<whole>\d+)›{_GAP}{{0,90}}?[,;]\s?(?:\band\s)?(?:of\s(?:these|those|which|whom)|with|"
    rf"among\sthem),?\s{_WORDS}{{0,40}}?(?:‹p(?P<stated>\d+)›|‹n(?P<part>\d+)›)",
    rf"‹n(?P<whole>\d+)›{_GAP}{{0,60}}?;\s‹p(?P<stated>\d+)›\sof\b",
    rf"(?:^|[.;]\s)of\s(?:the\s)?‹n(?P<whole>\d+)›{_GAP}{{0,80}}?,?\s{_WORDS}{{0,20}}?"
    r"(?:‹p(?P<stated>\d+)›|‹n(?P<part>\d+)›)",
    rf"‹n(?P<whole>\d+)›{_GAP}{{0,60}}?,\s‹n(?P<part>\d+)›\sof\s(?:these|those|them|which)\b",
    r"‹n(?P<part>\d+)›\s(?:out\s)?of\s(?:the\s|these\s|all\s)?(?:\w+\s){0,2}(?:total\sof\s)?"
    r"‹n(?P<whole>\d+)›",
    rf"‹n(?P<part>\d+)›{_GAP}{{0,60}}?\bout\sof\s(?:the\s|a\s)?(?:total\s(?:of\s)?)?‹n(?P<whole>\d+)›"
    rf"(?:{_GAP}{{0,110}}?‹p(?P<stated>\d+)›)?",
    r"‹n(?P<part>\d+)›\s\((?:out\s)?of\s‹n(?P<whole>\d+)›\)",
    rf"‹n(?P<whole>\d+)›{_GAP}{{0,50}}?\s(?:and|with)\s‹n(?P<part>\d+)›\s(?:of\sthem\b|attended|"
    rf"accepted|completed|\w+\s(?:cautioned|convicted))(?:{_WORDS}{{0,12}}\(‹p(?P<stated>\d+)›)?",
    rf"‹n(?P<whole>\d+)›{_GAP}{{0,60}}?\bwhich\sequated\sto\s{_WORDS}{{0,20}}?‹n(?P<part>\d+)›",
)
_FORMS = tuple(re.compile(form, re.I) for form in _SHARED)
_PERCENT = re.compile(r"‹p(\d+)›")
_LISTED = re.compile(
    rf"‹p\d+›(?:{_GAP}{{0,120}}?(?:[,;.]|\band\b|\bwhile\b){_GAP}{{0,80}}?‹p\d+›)+", re.I
)
_WHOLE_BEFORE = re.compile(
    rf"‹n(?P<whole>\d+)›{_GAP}{{0,100}}?(?:,\s?(?:of\swhich|with|of\swhom)|,|\bof\swhich)\s?"
    rf"{_WORDS}{{0,20}}$",
    re.I,
)
_FRACTION = re.compile(
    r"\b(?P<word>half|majority|(?:a|one|two)[\s-]thirds?|(?:a|one|three)[\s-]quarters?)\b"
    rf"(?!\s(?:an?\s)?(?:hour|year|term|yearly))(?:{_GAP}{{0,80}}?‹p(?P<stated>\d+)›)?",
    re.I,
)
_VALUES = {"half": 0.5, "majority": 0.5, "third": 1 / 3, "quarter": 0.25}
_MANY = {"two": 2, "three": 3}
_TOTAL_PARTS = re.compile(
    rf"‹n(?P<total>\d+)›{_GAP}{{0,80}}?(?::|,?\sof\s(?:those|these|which),?)\s?"
    r"(?P<parts>‹n\d+›\s(?:was|were)[^.]*)",
    re.I,
)
_COUNT = re.compile(r"(?:^|[,;]\s?|\band\s)‹n(\d+)›")


@dataclass(frozen=True)
class Portion:
    """A part, a whole and what share the one is of the other; None for what is not said."""

    part: Number | None
    whole: Number | None
    stated: Number | None
    start: int
    end: int


@dataclass(frozen=True)
class SharesOf:
    """Several percentages in a row, of `whole` where it stands before them."""

    whole: Number | None
    stated: tuple[Number, ...]


@dataclass(frozen=True)
class PartsOf:
    """A total and the parts that are listed after it; the list may leave some out."""

    total: Number
    parts: tuple[Number, ...]


@dataclass(frozen=True)
class Fraction:
    """`half`, `majority`, `third`, `quarter` in words, as a value (a majority is more than a
    half); `stated` the percentage that stands with it."""

    word: str
    value: float
    approx: Approx
    stated: Number | None


def portions(masked: Masked) -> tuple[Portion, ...]:
    """Every part of a whole that the words claim; the ones of `share` first, and of several
    readings of the same figures the one that holds most."""
    found = [Portion(one.part, one.whole, one.stated, one.start, one.end) for one in
             shares(masked) if one.whole is not None]  # fmt: skip
    for form in _FORMS:
        for match in form.finditer(masked.mask):
            groups = match.groupdict()
            part, whole, stated = (
                masked.number(groups[name]) if groups.get(name) else None
                for name in ("part", "whole", "stated")
            )
            found.append(
                Portion(part, whole, stated, masked.back(match.start()),
                        masked.back(match.end(), end=True))
            )  # fmt: skip
    found.sort(key=lambda one: (-_held(one), one.end - one.start))
    kept: list[Portion] = []
    by_number: dict[int, list[Portion]] = {}
    for one in found:
        first = next(number.start for number in (one.part, one.whole, one.stated) if number)
        if any(_within(one, other) for other in by_number.get(first, ())):
            continue
        kept.append(one)
        for number in (one.part, one.whole, one.stated):
            if number is not None:
                by_number.setdefault(number.start, []).append(one)
    return tuple(sorted(kept, key=lambda one: one.start))


def _held(one: Portion) -> int:
    return sum(number is not None for number in (one.part, one.whole, one.stated))


def _within(one: Portion, other: Portion) -> bool:
    """Whether all that `one` says is said by `other`."""
    pairs = ((one.part, other.part), (one.whole, other.whole), (one.stated, other.stated))
    return all(mine is None or mine == theirs for mine, theirs in pairs)


def listed_shares(masked: Masked) -> Iterator[SharesOf]:
    """Lists of percentages: “56% offer mentoring, 43% offer support, and 36% both”."""
    for match in _LISTED.finditer(masked.mask):
        before = _WHOLE_BEFORE.search(masked.mask[: match.start()])
        yield SharesOf(
            masked.number(before["whole"]) if before else None,
            tuple(masked.number(index) for index in _PERCENT.findall(match[0])),
        )


def listed_parts(masked: Masked) -> Iterator[PartsOf]:
    """“21 sessions; of those, 10 were in the west, eight in the centre and three in the south”."""
    for match in _TOTAL_PARTS.finditer(masked.mask):
        parts = tuple(masked.number(index) for index in _COUNT.findall(match["parts"]))
        if len(parts) > 1:
            yield PartsOf(masked.number(match["total"]), parts)


def fractions(masked: Masked) -> Iterator[Fraction]:
    """Shares in words."""
    for match in _FRACTION.finditer(masked.mask):
        words = re.split(r"[\s-]", match["word"].lower())
        name = words[-1].rstrip("s")
        value = _VALUES[name] * _MANY.get(words[0], 1)
        approx = approx_before(masked.text, masked.back(match.start()))
        stated = masked.number(match["stated"]) if match["stated"] else None
        yield Fraction(name, value, approx, stated)
