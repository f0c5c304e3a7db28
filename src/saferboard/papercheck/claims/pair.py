"""Two figures that are set against each other, the earlier and the later one.

The forms, on masked words (see `mask`); A is the later figure, B the earlier, P a percentage:

    from B to A                      increased from 1,265 to 1,395
    A compared to B, A against B     8,379 compared to 9,944 a year ago
    compared with B, there were A    compared with 100 last year, there were 130
    up to A from B                   increased to 89.8%, from 87.8%
    A, up from B                     1,598 were completed, up from 1,464
    A, P more than B                 130, 20% more than last year's 100
    A, up P … when there were B      251, up 29.4% on the same quarter when there were 194
    A, n fewer than B; A, up n on B  74, up nine on the 65 of 2023
    A; a year ago it was B           92%; a year ago it was 88%
    A, in the … prior B              3,200 offences; in the 12 months prior there were 3,000
    A this year and B last year      130 this year and 100 last year
    A (B in the previous year)       2,400 (2,310 in the previous year)
    (B to A), (A vs B)               decreased by 12% (1,200 to 1,056)
    A, P up on B                     1,150 victims, 25% up on the 920 of 2022
    A (P from B), A (P, B)           robbery 64 (-20% from 80); burglary 310 (+4%, 298)
    n fewer (A) than … (B)           12 fewer robberies (48) than in 2022/23 (60)
    A (2022/23: B)                   45 (2022/23: 60), down by a quarter
    2022/23 B; 2023/24 A             2022/23 1,400; 2023/24 1,190
    down P on 2022, when it was B, to A
    There were A. In the … prior B.  There were 251 …. In the same period … there were 194.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from saferboard.papercheck.claims.mask import Masked
from saferboard.papercheck.claims.number import Number

UP = (
    r"increas(?:e[ds]?|ing)|ris(?:e[ns]?|ing)|rose|up|gr(?:ew|own|owth|owing)|higher|more|greater|"
    r"jump(?:ed)?|uplift|climb(?:ed|ing)?|soar(?:ed|ing)?|surg(?:e[ds]?|ing)"
)
DOWN = (
    r"decreas(?:e[ds]?|ing)|reduc(?:tions?|ed|es|ing)|fall(?:en|s|ing)?|fell|down|"
    r"cut|slipped|dipped|shrank|shrunk|tumbled|drop(?:ped|s)?|declin(?:e[ds]?|ing)|lower|fewer|less"
)
_WORDS = r"[^‹›.;:]"
_GAP = rf"(?:{_WORDS}|‹[dxro]\d+›)"
_NEAR = r"(?:[^‹›.;:,]|‹[dxro]\d+›)"
_EARLIER = (
    r"(?:prior|previous|preceding|before|earlier|last\s(?:year|quarter|period)|years?\sago|"
    r"same\s(?:period|quarter|month)\slast\syear)"
)
_NOT_TARGET = (
    r"(?!(?:an?\s|the\s|its\s|our\s)?(?:\w+\s){0,2}(?:target|goal|average|baseline\sof\sthe))"
)


def _value(name: str) -> str:
    return rf"‹[npm](?P<{name}>\d+)›"


_A, _B = _value("after"), _value("before")
_FORMS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(form, re.I))
    for name, form in (
        ("from", rf"\bfrom\s(?:(?:(?!\bfrom\b){_WORDS}){{0,25}}?\s)?{_B}{_GAP}{{0,45}}?\s?\bto\s"
                 rf"(?:{_WORDS}{{0,20}}?\s)?{_A}"),
        ("compared", rf"{_A}{_GAP}{{0,90}}?\b(?:compared|in\scomparison)\s(?:to|with)\s"
                     rf"(?:(?!\band\b){_GAP}){{0,50}}?{_B}"),
        ("against", rf"{_A}{_GAP}{{0,60}}?,?\s(?:against|versus|vs\.?)\s{_NOT_TARGET}"
                    rf"{_NEAR}{{0,20}}?{_B}(?=\sin\s‹d|{_GAP}{{0,30}}?\b{_EARLIER}\b)"),
        ("compared-first", rf"\bcompared\s(?:to|with)\s{_GAP}{{0,70}}?{_B}{_GAP}{{0,60}}?,\s"
                           rf"(?:there\s(?:were|was|have\sbeen)|we\s\w+|it\swas|‹d\d+›\s\w+|this\s\w+\s\w+|this\s\w+['’]s)"
                           rf"\s(?:{_WORDS}{{0,20}}?\s)?{_A}"),
        ("size-on", rf"{_A}{_GAP}{{0,60}}?\s‹[pt]\d+›\s(?P<direction>{UP}|{DOWN})\s(?:on|from)\s"
                    rf"{_NEAR}{{0,25}}?{_B}"),
        ("listed-from", rf"{_A}\s(?:\w+\s){{0,3}}?\(‹p\d+›\s(?:on|from|against|vs?\.?)\s"
                        rf"(?:the\s)?{_B}[^‹›()]{{0,20}}\)"),
        ("listed", rf"{_A}\s(?:\w+\s){{0,3}}?\(‹p\d+›[,;]\s(?:from\s|was\s)?{_B}\)"),
        ("listed-last", rf"{_A}\s(?:\w+\s){{0,3}}?\((?:from\s|was\s)?{_B}[,;]\s‹p\d+›\)"),
        ("when", rf"{_A}{_GAP}{{0,60}}?,?\s(?:an?\s)?‹[pt]\d+›\s(?P<direction>{UP}|{DOWN})\s"
                 rf"(?:since|on|from|in|over)\s{_NEAR}{{0,40}}?\bwhen\s(?:there\s(?:were|was)|it\swas|the\s\w+\swas)"
                 rf"\s{_B}"),
        ("size-on", rf"{_A}{_GAP}{{0,60}}?,?\s(?:an?\s)(?P<direction>{UP}|{DOWN})\sof\s"
                    rf"‹[nm]\d+›\s(?:on|from|over)\s{_NEAR}{{0,25}}?{_B}"),
        ("to-from", rf"\bby\s‹[pt]\d+›,?\sto\s{_A}{_NEAR}{{0,30}}?,?\s\(?from\s(?:the\s)?{_B}"),
        ("listed-date", rf"{_A},?\s\(?‹p\d+›\s(?:on|from|v|against)\s‹d\d+›\s?\({_B}\)"),
        ("then-now", rf"\({_B}\sthen[,;]?\s(?:and\s)?{_A}\snow\)"),
        ("size-on", rf"{_A}{_NEAR}{{0,60}},\s‹[nm]\d+›\s(?:\w+\s)?"
                    rf"(?P<direction>{UP}|{DOWN})\s(?:on|from)\s(?:{_NEAR}{{0,25}}?\s)?(?:‹d\d+›['’]s\s)?{_B}"),
        ("size-on", rf"\({_A}\)\s(?:is|are|was|were)\s‹[nm]\d+›\s(?P<direction>{UP}|{DOWN})\son\s"
                    rf"{_NEAR}{{0,50}}?{_B}"),
        ("from-far", rf"\bfrom\s(?:an?|the|its)\s\w+\s(?:of\s)?{_B}{_GAP}{{0,90}}?"
                     rf"\b(?P<direction>{UP}|{DOWN})\sto\s{_A}"),
        ("dated-bracket", rf"{_A}\s(?:\w+\s){{0,3}}?\((?:in\s|for\s)?‹d\d+›[:,]?\s{_B}\)"),
        ("dated-bracket", rf"{_A}\s(?:\w+\s){{0,3}}?\({_B}\s(?:in|for|during)\s‹d\d+›\)"),
        ("dated", rf"‹d\d+›:?\s{_B}[;,]\s(?:and\s)?‹d\d+›:?\s{_A}"),
        ("than-bracketed", rf"‹[nmpt]\d+›\s(?:\w+\s)?(?P<direction>{UP}|{DOWN})\s(?:\w+\s){{0,7}}?"
                           rf"\({_A}\)\s(?:than|on|from)\s{_WORDS}{{0,40}}?(?:‹d\d+›\s)?\({_B}\)"),
        ("when-to", rf"\b(?P<direction>{UP}|{DOWN})\s(?:by\s)?‹[pt]\d+›\s(?:on|from|since)\s"
                    rf"{_NEAR}{{0,30}}?,?\swhen\s{_NEAR}{{0,30}}?{_B}{_GAP}{{0,40}}?,?\sto\s{_A}"),
        ("to-from", rf"\b(?:(?P<direction>{UP}|{DOWN})|improved|worsened|moved|changed)\s(?:by\s)?"
                    rf"(?:‹[pt]\d+›,?\s)?(?:\w+\s){{0,2}}?to\s{_A}{_NEAR}{{0,30}}?,?\s\(?from\s(?:the\s)?{_B}"),
        ("from-word", rf"{_A}{_GAP}{{0,90}}?\b(?P<direction>{UP}|{DOWN})\s(?:(?:on|from|of)\s)?"
                      rf"(?:{_WORDS}{{0,20}}?‹[pt]\d+›\s)?(?:on|from)\s{_NEAR}{{0,40}}?{_B}"),
        ("beside", rf"{_A}\s(?:\w+\s){{0,2}}?against\s{_NOT_TARGET}(?:the\s)?{_B}"),
        ("above", rf"{_A}{_GAP}{{0,60}}?\s(?:‹[npmt]\d+›\s(?:\w+\s)?)(?P<direction>above|below)\s"
                  rf"{_NOT_TARGET}(?:the\s)?{_NEAR}{{0,20}}?{_B}"),
        ("up-on", rf"{_A}{_GAP}{{0,60}}?\b(?P<direction>{UP}|{DOWN})\s(?:by\s)?‹[nm]\d+›\s"
                  rf"(?:\w+\s)?(?:on|from)\s{_NEAR}{{0,25}}?{_B}"),
        ("year-before", r"‹p(?P<after>\d+)›\)?[;,]\s(?:a\syear\s(?:ago|earlier|before)|"
                        r"the\syear\sbefore|last\syear|(?:in\s)?the\sprevious\s\w+)\s(?:\w+\s){1,2}"
                        r"(?:was|stood\sat)\s‹p(?P<before>\d+)›"),
        ("than", rf"{_A}{_GAP}{{0,60}}?,?\s(?:‹[npmt]\d+›\s(?:\w+\s)?)(?P<direction>{UP}|{DOWN})"
                 rf"\sthan\s{_NOT_TARGET}(?:the\s|last\syear['’]s\s|a\syear\sago['’]s\s|in\s|for\s|during\s)"
                 rf"{_NEAR}{{0,20}}?{_B}"),
        ("when", rf"{_A}{_GAP}{{0,60}}?,?\s(?P<direction>{UP}|{DOWN})\s(?:by\s)?‹[pt]\d+›"
                 rf"{_NEAR}{{0,70}}?\b(?:when\s(?:there\swere|it\swas|the\s\w+\swas)|which\swas)\s{_B}"),
        ("this-year", rf"{_A}\s(?:\w+\s){{0,2}}?this\s(?:year|quarter|period)\s?,?\s?"
                      rf"(?:and|against|compared\s(?:to|with)|versus|vs\.?)\s{_B}\s(?:\w+\s){{0,2}}?"
                      rf"(?:in\s)?(?:the\s)?{_EARLIER}"),
        ("prior-clause", rf"{_A}{_GAP}{{0,90}}?[,;]\s(?:and\s)?(?:in|during|over)\s(?:the\s)?"
                         r"(?:‹d\d+›\s(?:prior|before|previously|earlier)|"
                         r"(?:prior|previous|preceding)\s(?:‹d\d+›|\w+))[\s,]{1,2}"
                         rf"(?:there\s(?:were|was|had\sbeen)\s|it\swas\s)?{_B}"),
        ("last-bracketed", rf"{_A}\s(?:\w+\s){{0,2}}?\({_B}\s(?:\w+\s){{0,2}}?(?:in\s|for\s)?"
                           rf"(?:the\s)?(?:same\s\w+\s(?:in\s)?(?:the\s)?)?{_EARLIER}\b[^‹›()]{{0,12}}\)"),
        ("bracketed", rf"\({_B}\s(?:\w+\s)?to\s{_A}(?:\s\w+)?\)"),
        ("versus", rf"\({_A}\s(?:\w+\s)?(?:vs\.?|versus|v)\s{_B}(?:\s\w+)?\)"),
        ("there-were", rf"\bthere\s(?:were|was|have\sbeen)\s(?:{_WORDS}{{0,20}}?\s)?{_A}"
                       rf"{_GAP}{{0,220}}?\.\s(?=[^.]{{0,160}}\b{_EARLIER}\b){_GAP}{{0,160}}?{_B}"
                       r"(?=\s?(?:\.|,|$|\sthis|\scases|\soffences))"),
    )
)  # fmt: skip
_VERB = rf"\b(?P<direction>{UP}|{DOWN})"
_LEAD = (
    re.compile(rf"{_VERB}(?:\s(?!(?:{UP}|{DOWN})\b)[\w'’-]+)?\s*[,(]?\s?\(?$", re.I),
    re.compile(rf"{_VERB}\s(?:in|of)(?:\s(?!(?:{UP}|{DOWN})\b)[\w'’-]+){{1,7}}\s?[,(]?\s?$", re.I),
    re.compile(rf"{_VERB}(?:\s(?!(?:{UP}|{DOWN})\b)[\w'’-]+){{0,6}}\s\($", re.I),
    re.compile(
        rf"{_VERB}\s(?:by\s)?(?:\w+\s)?‹[nptm]\d+›(?:\s[\w'’-]+){{0,3}}\s?[,(]?\s?\(?$", re.I
    ),
    re.compile(rf"{_VERB}\s(?:sharply\s|slightly\s)?to\s$", re.I),
)
_SIZE_FIRST = re.compile(rf"‹[nm]\d+›\s(?:{UP}|{DOWN})\son\b", re.I)
LEAD = 90
"""How far before a pair the word for its direction may stand, in letters of the mask."""


@dataclass(frozen=True)
class Pair:
    """`start` and `end` are positions in the mask. `direction` from the words of the pair or
    just before it, 0 where they say nothing. `form` is the name above; of `versus` and `dated`
    nobody knows which figure is the later one."""

    before: Number
    after: Number
    direction: int
    form: str
    start: int
    end: int

    @property
    def either_way(self) -> bool:
        return self.form in ("versus", "dated", "dated-bracket")


def sign_of(word: str) -> int:
    """+1 for a word that means more, −1 for one that means less."""
    return 1 if re.fullmatch(rf"{UP}|above", word, re.I) else -1


def pairs(masked: Masked) -> Iterator[Pair]:
    """Pairs of figures of one kind; an inner pair wins over one that stretches further, but
    “1,230 homes, 130 up on 1,100” is no 130."""
    if sum(map(masked.mask.count, ("‹n", "‹p", "‹m"))) < 2:
        return
    found = sorted(
        ((name, match) for name, form in _FORMS for match in form.finditer(masked.mask)),
        key=lambda one: (one[0] != "size-on", one[1].end() - one[1].start()),
    )
    taken: list[Pair] = []
    for name, match in found:
        before, after = masked.number(match["before"]), masked.number(match["after"])
        at = bisect_right(taken, match.start(), key=lambda one: one.start)
        overlaps = (at and taken[at - 1].end > match.start()) or (
            at < len(taken) and taken[at].start < match.end()
        )
        if name == "from-word" and _is_size(masked.mask, match):
            continue
        if before.kind == after.kind and not overlaps:
            direction = _direction(masked.mask, name, match)
            taken.insert(at, Pair(before, after, direction, name, match.start(), match.end()))
    yield from taken


def _is_size(mask: str, match: re.Match[str]) -> bool:
    """“Referrals (235) were 35 up on … (200)”: the figure before the word is no later one."""
    clause = re.split(r"[.;:]\s", mask[max(0, match.start() - LEAD) : match.start()])[-1]
    return bool(_SIZE_FIRST.match(match[0]) and re.search(r"‹[nm]\d+›", clause))


def _direction(mask: str, name: str, match: re.Match[str]) -> int:
    named = match.groupdict().get("direction")
    if named:
        return sign_of(named)
    if name not in ("from", "bracketed", "versus", "last-bracketed", "compared"):
        return 0
    lead = mask[max(0, match.start() - LEAD) : match.start()]
    lead = re.split(r"[.;:]\s", lead)[-1]
    if name == "compared" and not lead.endswith("("):
        return 0
    for form in _LEAD:
        if verb := form.search(lead):
            return sign_of(verb["direction"])
    return 0
