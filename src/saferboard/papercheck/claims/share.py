"""Shares as officers write them: a part, a whole and a percentage.

n of m (p%)                12 of 18 referrals (66%)
p% (n of m), p% (n=12/18)  66% (n=12/18)
m … of which p% (n=…)      there were 21 referrals of which 71% (n=15)
m … . Of these, n (p%)     There were 752 …. Out of these, 286 cases (38%)
the remaining p%           49% … The remaining 51%
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from saferboard.papercheck.claims.mask import Masked
from saferboard.papercheck.claims.number import Number
from saferboard.papercheck.claims.rounding import agrees, share_range

_WORDS = r"[^‹›.;:]"
_GAP = rf"(?:{_WORDS}|‹[dxro]\d+›)"
_NEAR = r"(?:[^‹›.;:,()]|‹[dxro]\d+›)"
_THE = r"(?:the\s|these\s|those\s|all\s|its\s|our\s|their\s)?"
_OF = rf"(?:out\s)?of\s{_THE}"
_IS = (
    r"(?:is|was|are|were|represent(?:s|ed|ing)?|account(?:s|ed|ing)?\sfor|ma[dk]e\sup|making\sup|"
    r"or|equal\sto|equivalent\sto)"
)

_WHOLE = re.compile(r"‹n(?P<whole>\d+)›(?!\s?(?:per|times)\b)")
_FORMS = tuple(
    re.compile(form, re.I)
    for form in (
        rf"‹n(?P<part>\d+)›\s(?:(?!of\b)\w+\s){{0,2}}{_OF}(?:\w+\s){{0,2}}‹n(?P<whole>\d+)›{_GAP}{{0,60}}?"
        r"[(=,]\s?(?:or\s|i\.e\.\s|which\sis\s|that\sis\s|an?\s(?:\w+\s){0,2}(?:rate|share|proportion)\sof\s)?"
        r"‹p(?P<share>\d+)›\s?(?:\)|,|[.;]|$|of\b)",
        rf"(?<!\bto\s)‹n(?P<part>\d+)›(?!\s(?:to|age|year)\b){_NEAR}{{0,50}}?,?\s{_IS}\s(?:\w+\s){{0,2}}?‹p(?P<share>\d+)›\s{_OF}"
        r"(?:\w+\s){0,3}?‹n(?P<whole>\d+)›",
        rf"‹p(?P<share>\d+)›\s{_OF}(?:\w+\s){{0,2}}?‹n(?P<whole>\d+)›{_NEAR}{{0,50}}?\(‹n(?P<part>\d+)›"
        r"(?:\s\w+)?\)",
        rf"‹n(?P<whole>\d+)›{_NEAR}{{0,40}}?,\s(?:and\s)?‹n(?P<part>\d+)›\s\(‹p(?P<share>\d+)›\)\sof\s"
        r"(?:which|whom|these|those|them)\b",
        rf"\bof\s(?:an?\s|the\s|our\s)?(?:\w+\s){{0,3}}?‹m(?P<whole>\d+)›{_NEAR}{{0,60}}?,?\s‹m(?P<part>\d+)›"
        rf"{_NEAR}{{0,20}}?[,(]\s?(?:or\s|that\sis\s|which\sis\s)?‹p(?P<share>\d+)›(?=[.,;)]|$)",
        rf"‹p(?P<share>\d+)›\s\(‹n(?P<part>\d+)›\)\s{_OF}(?:\w+\s){{0,2}}?‹n(?P<whole>\d+)›",
        rf"‹n(?P<part>\d+)›\s(?:\w+\s){{0,3}}?\(‹p(?P<share>\d+)›\)\s{_OF}(?:\w+\s){{0,2}}?‹n(?P<whole>\d+)›",
        rf"‹n(?P<whole>\d+)›{_NEAR}{{0,50}}?,?\s(?:and\s)?‹n(?P<part>\d+)›\s{_OF}(?:them|whom|which)\b"
        rf"{_NEAR}{{0,40}}?\(‹p(?P<share>\d+)›\)",
        rf"‹p(?P<share>\d+)›\sof\s{_GAP}{{0,60}}?(?::\s|\()(?:n\s?=\s?)?‹n(?P<part>\d+)›\s(?:\w+\s){{0,2}}"
        rf"{_OF}(?:\w+\s){{0,2}}‹n(?P<whole>\d+)›",
        rf"‹m(?P<part>\d+)›\s{_OF}(?:\w+\s){{0,2}}‹m(?P<whole>\d+)›{_GAP}{{0,30}}?"
        r"[(=,]\s?(?:or\s)?‹p(?P<share>\d+)›\s?(?:\)|,|[.;]|$|of\b)",
        rf"‹p(?P<share>\d+)›\sof\s{_GAP}{{0,60}}?\(‹m(?P<part>\d+)›\s{_OF}‹m(?P<whole>\d+)›",
        rf"‹m(?P<whole>\d+)›{_GAP}{{0,60}}?\bof\s(?:which|whom)\s{_GAP}{{0,40}}?‹m(?P<part>\d+)›"
        rf"{_GAP}{{0,40}}?\(‹p(?P<share>\d+)›\)",
        rf"‹p(?P<share>\d+)›\s?\((?:n\s?=\s?)?‹n(?P<part>\d+)›\s(?:\w+\s){{0,2}}{_OF}"
        r"(?:\w+\s){0,2}‹n(?P<whole>\d+)›",
        rf"‹n(?P<whole>\d+)›{_GAP}{{0,60}}?\bof\s(?:which|whom)\s‹p(?P<share>\d+)›\s?"
        r"\((?:n\s?=\s?)?‹n(?P<part>\d+)›\)",
        rf"‹n(?P<whole>\d+)›{_GAP}{{0,60}}?\bof\s(?:which|whom)\s‹n(?P<part>\d+)›"
        rf"{_GAP}{{0,40}}?\(‹p(?P<share>\d+)›\)",
        rf"\bof\s(?:the\s|all\s|our\s)?‹n(?P<whole>\d+)›{_NEAR}{{0,60}}?,\s‹n(?P<part>\d+)›"
        rf"{_NEAR}{{0,20}}?\(‹p(?P<share>\d+)›\)",
        rf"\bof\s(?:the\s|all\s|our\s|those\s|these\s)?(?:total\s)?‹m(?P<whole>\d+)›{_NEAR}{{0,60}}?,\s"
        rf"‹m(?P<part>\d+)›{_NEAR}{{0,20}}?\(‹p(?P<share>\d+)›\)",
        rf"\bof\s(?:the\s|all\s|our\s)?‹n(?P<whole>\d+)›{_NEAR}{{0,60}}?,\s‹p(?P<share>\d+)›\s"
        r"\((?:n\s?=\s?)?‹n(?P<part>\d+)›\)",
        r"‹p(?P<share>\d+)›\s(?:of\s)?(?:[\w’'-]+\s){0,6}\((?:n\s?=\s?)?‹n(?P<part>\d+)›\s"
        r"(?:out\s)?of\s(?:the\s|all\s)?‹n(?P<whole>\d+)›(?:\s\w+)?\)",
        rf"‹n(?P<whole>\d+)›{_NEAR}{{0,40}}?,\s‹n(?P<part>\d+)›\sof\s(?:which|whom|these|them)\s"
        r"\(‹p(?P<share>\d+)›\)",
        rf"\b(?:increase|decrease|rise|fall|reduction|drop)\sof\s‹n(?P<part>\d+)›{_NEAR}{{0,20}}?"
        rf"\(‹p(?P<share>\d+)›\)\s(?:on|from|over)\s{_NEAR}{{0,20}}?‹n(?P<whole>\d+)›",
        rf"‹n(?P<whole>\d+)›{_NEAR}{{0,30}}?\bincluded\s‹n(?P<part>\d+)›{_NEAR}{{0,30}}?"
        r"\(‹p(?P<share>\d+)›\)",
    )
)
_FRACTIONS = tuple(
    re.compile(form, re.I)
    for form in (
        r"‹p(?P<share>\d+)›\s?(?:\w+\s)?\((?:n\s?=\s?)?‹f(?P<both>\d+)›",
        r"‹p(?P<share>\d+)›\sof\s(?:\w+\s){1,5}\((?:n\s?=\s?)?‹f(?P<both>\d+)›",
        r"\(‹p(?P<share>\d+)›,\s(?:n\s?=\s?)‹f(?P<both>\d+)›",
        r"‹f(?P<both>\d+)›\s?(?:\w+\s){0,2}\(‹p(?P<share>\d+)›\)",
        r"‹f(?P<both>\d+)›(?:\s\w+){0,4}?\s?[,=:]\s(?:or\s|that\sis\s)?‹p(?P<share>\d+)›(?=[.,;)]|$|\sof\b)",
    )
)
_OF_THESE = re.compile(
    rf"(?:^|[.;]\s)(?:out\s)?of\s(?:these|those|which)\b{_GAP}{{0,40}}?‹n(?P<part>\d+)›"
    rf"{_GAP}{{0,40}}?\(‹p(?P<share>\d+)›\)",
    re.I,
)
_OF_THEM = tuple(
    re.compile(form, re.I)
    for form in (
        r"‹n(?P<part>\d+)›\s\(‹p(?P<share>\d+)›\)\sof\s(?:them|these|those)\b",
        r"‹p(?P<share>\d+)›\sof\s(?:them|these|those)\s\(‹n(?P<part>\d+)›\)",
        r"\bof\s(?:them|these|those),?\s‹p(?P<share>\d+)›\s\(‹n(?P<part>\d+)›\)",
    )
)
_OF_FIRST = re.compile(
    rf"(?:^|[.;]\s)(?:out\s)?of\s(?:the\s|all\s|our\s|these\s|those\s)?‹n(?P<whole>\d+)›"
    rf"{_NEAR}{{0,60}}?,\s(?P<list>‹n\d+›(?:[^‹›.;]|‹[npdo]\d+›)+)",
    re.I,
)
_LISTED = re.compile(
    r"(?:^|(?:,|\band)\s(?:\w+\s){0,2}?)‹n(?P<part>\d+)›\s(?:\w+\s){0,3}?\(‹p(?P<share>\d+)›\)"
)
_REMAINING = re.compile(r"\b(?:the\s)?(?:remaining|other|remainder\sof)\s‹p(?P<rest>\d+)›", re.I)
_SENTENCES = re.compile(r"(?<=[.!?])\s")


@dataclass(frozen=True)
class Share:
    """`whole` None means that the printed shares must make up 100 (“the remaining 51%”):
    then `part` is the other share."""

    part: Number
    whole: Number | None
    stated: Number
    start: int
    end: int


@lru_cache(maxsize=16_384)
def shares(masked: Masked) -> tuple[Share, ...]:
    """Every share that the words claim, one for each printed percentage."""
    if "%" not in masked.text and "cent" not in masked.text:
        return ()
    found: dict[int, Share] = {}
    for share in (
        *_plain(masked),
        *_fractions(masked),
        *_of_first(masked),
        *_of_these(masked),
        *_of_them(masked),
        *_remaining(masked),
    ):
        found.setdefault(share.stated.start, share)
    return tuple(share for _, share in sorted(found.items()))


def _plain(masked: Masked) -> Iterator[Share]:
    for form in _FORMS:
        for match in form.finditer(masked.mask):
            yield _share(
                masked,
                match,
                masked.number(match["part"]),
                masked.number(match["whole"]),
                masked.number(match["share"]),
            )


def _fractions(masked: Masked) -> Iterator[Share]:
    for form in _FRACTIONS:
        for match in form.finditer(masked.mask):
            parts = masked.tokens[int(match["both"])].parts
            if parts and parts[0].value <= parts[1].value:
                yield _share(masked, match, *parts, masked.number(match["share"]))


def _of_first(masked: Masked) -> Iterator[Share]:
    """“Of 320 breaches, 256 (80%) were …, and 64 (20%) were …”: each part is of the whole before
    the comma."""
    for match in _OF_FIRST.finditer(masked.mask):
        whole = masked.number(match["whole"])
        for part in _LISTED.finditer(match["list"]):
            count, stated = masked.number(part["part"]), masked.number(part["share"])
            yield Share(count, whole, stated, whole.start, stated.end)


def _of_these(masked: Masked) -> Iterator[Share]:
    """The whole is the only count of the sentence before; with two nobody can tell."""
    for match in _OF_THESE.finditer(masked.mask):
        before = _SENTENCES.split(masked.mask[: match.start() + 1])[-1]
        wholes = [found["whole"] for found in _WHOLE.finditer(before)]
        rates = re.findall(r"rate\sof\s‹n(\d+)›", before)
        counts = [one for one in wholes if one not in rates]
        if len(counts) == 1:
            yield _share(
                masked,
                match,
                masked.number(match["part"]),
                masked.number(counts[0]),
                masked.number(match["share"]),
            )


def _of_them(masked: Masked) -> Iterator[Share]:
    """“866 (71%) of them”: the whole is a count of the sentence before or of the same one, the
    one that fits where there are several, and else the first of them."""
    for form in _OF_THEM:
        for match in form.finditer(masked.mask):
            part, stated = masked.number(match["part"]), masked.number(match["share"])
            near = " ".join(_SENTENCES.split(masked.mask[: match.start()])[-2:])
            wholes = [masked.number(one["whole"]) for one in _WHOLE.finditer(near)]
            wholes = [one for one in wholes if one.value >= part.value]
            if wholes:
                fits = [one for one in wholes if _fits(part, one, stated)]
                yield _share(masked, match, part, (fits or wholes)[0], stated)


def _fits(part: Number, whole: Number, stated: Number) -> bool:
    true = share_range(part, whole)
    return true is not None and agrees(true[0], true[1], stated)


def _remaining(masked: Masked) -> Iterator[Share]:
    """“The remaining 51%” after one percentage in the sentence before or the same one."""
    for match in _REMAINING.finditer(masked.mask):
        sentences = _SENTENCES.split(masked.mask[: match.start()])
        near = " ".join(sentences[-2:]) if not sentences[-1].strip() else sentences[-1]
        shares_before = re.findall(r"‹p(\d+)›", near)
        if len(shares_before) == 1:
            other, rest = masked.number(shares_before[0]), masked.number(match["rest"])
            yield Share(other, None, rest, other.start, rest.end)


def _share(
    masked: Masked, match: re.Match[str], part: Number, whole: Number, stated: Number
) -> Share:
    start, end = masked.back(match.start()), masked.back(match.end(), end=True)
    return Share(part, whole, stated, min(start, part.start, whole.start), end)
