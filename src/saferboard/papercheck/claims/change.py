"""Changes as officers write them: a figure, the figure before, and what is said about the two.

The forms, on masked words (see `mask`): A is the later figure, B the earlier, P a percentage.

    from B to A                          increased from 1,265 to 1,395
    A compared to B                      8,379 compared to 9,944 a year ago
    A, up from B / an increase from B    1,598 were completed, up from 1,464
    A, down P from B                     217, down 9% from 239
    A … . … prior … B                    There were 251 … In the same period … there were 194.
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
    r"jump(?:ed)?|uplift"
)
DOWN = (
    r"decreas(?:e[ds]?|ing)|reduc(?:tions?|ed|es|ing)|fall(?:en|s|ing)?|fell|down|"
    r"drop(?:ped|s)?|declin(?:e[ds]?|ing)|lower|fewer|less"
)
_UP = re.compile(rf"^(?:{UP})$", re.I)
_WORDS = r"[^‹›.;:]"
_GAP = rf"(?:{_WORDS}|‹[dxro]\d+›)"
_NEAR = r"(?:[^‹›.;:,]|‹[dxro]\d+›)"
_HEDGE = (
    r"(?:(?:by|of|around|approximately|approx|about|nearly|almost|over|more|than|just|under|a|an|"
    r"slightly|roughly|some|to)\s){0,4}"
)
_EARLIER = r"(?:prior|previous|preceding|before|earlier|last\syear|year\sago|years\sago)"


def _value(name: str) -> str:
    return rf"‹[npm](?P<{name}>\d+)›"


_PAIRS = tuple(
    re.compile(form, re.I)
    for form in (
        rf"\bfrom\s(?:(?:(?!\bfrom\b){_WORDS}){{0,25}}?\s)?{_value('before')}{_GAP}{{0,45}}?\s?\bto\s"
        rf"(?:{_WORDS}{{0,20}}?\s)?{_value('after')}",
        rf"{_value('after')}{_GAP}{{0,90}}?\b(?:compared|in\scomparison)\s(?:to|with)\s"
        rf"(?:(?!\band\b){_GAP}){{0,50}}?{_value('before')}",
        rf"\b(?P<direction>{UP}|{DOWN})\s(?:\w+\s){{0,2}}?to\s{_value('after')},?\sfrom\s"
        rf"(?:the\s)?{_value('before')}",
        rf"{_value('after')}{_GAP}{{0,90}}?\b(?P<direction>{UP}|{DOWN})\s(?:(?:on|from|of)\s)?"
        rf"(?:{_WORDS}{{0,20}}?‹[pt]\d+›\s)?(?:on|from)\s{_NEAR}{{0,25}}?{_value('before')}",
        rf"\bthere\s(?:were|was|have\sbeen)\s(?:{_WORDS}{{0,20}}?\s)?{_value('after')}"
        rf"{_GAP}{{0,220}}?\.\s(?=[^.]{{0,160}}\b{_EARLIER}\b){_GAP}{{0,160}}?{_value('before')}"
        rf"(?=\s?(?:\.|,|$|\sthis|\scases|\soffences))",
    )
)
_PHRASES = tuple(
    re.compile(form, re.I)
    for form in (
        rf"\b(?P<direction>{UP}|{DOWN})\s(?:(?:on|over|from|in)\s{_WORDS}{{0,40}}?\s(?:of|by)\s)?"
        rf"{_HEDGE}‹(?P<unit>[pt])(?P<size>\d+)›",
        r"‹(?P<unit>[pt])(?P<size>\d+)›\s(?:\w+\s)?"
        r"(?P<direction>increase|rise|growth|decrease|reductions?|fall|drop|decline|higher|lower|"
        r"more|fewer|less|uplift|improvement)\b",
    )
)
_VERB_BEFORE = re.compile(rf"\b(?P<direction>{UP}|{DOWN})(?:\s\w+)?\s*\(?$", re.I)
_VERB_AND_BRACKET = re.compile(
    rf"\b(?P<direction>{UP}|{DOWN})(?:\s(?!(?:{UP}|{DOWN})\b)[\w'’-]+){{0,6}}\s\($", re.I
)
_DIFFERENCE = re.compile(
    rf"^{_WORDS}{{0,45}}?\b(?:equivalent\sto|that\sis|or|equating\sto)\s‹n(?P<size>\d+)›\s"
    r"(?:more|fewer|less|additional)\b",
    re.I,
)
_BETWEEN = re.compile(
    rf"^[\s,(–-]*(?:{_GAP}{{0,60}}?|\.\s(?:this|that|which|it)\s(?:is|was|represents|equates\sto|"
    rf"equals|means)\s{_WORDS}{{0,20}}?)[\s,(–-]*$",
    re.I,
)
_CLOSES = re.compile(r"\)|\band\b|\bwhile\b|\bwith\b|\bbut\b", re.I)
FACTORS = {"doubled": 2.0, "trebled": 3.0, "tripled": 3.0, "quadrupled": 4.0, "halved": 0.5}
_FACTOR = re.compile(rf"\b(?P<word>{'|'.join(FACTORS)})\s?(?:\w+\s)?$", re.I)


@dataclass(frozen=True)
class Change:
    """`direction` is +1, −1 or 0 (not said), from the words; `stated` the percentage or the
    points that are said; `difference` the number more or fewer; `factor` of “doubled”.
    `start` and `end` span all of it in the passage's words."""

    before: Number
    after: Number
    direction: int
    stated: Number | None
    difference: Number | None
    factor: float | None
    start: int
    end: int


@dataclass(frozen=True)
class _Phrase:
    direction: int
    number: Number
    start: int
    end: int


def sign_of(word: str) -> int:
    """+1 for a word that means more, −1 for one that means less."""
    return 1 if _UP.match(word) else -1


def changes(masked: Masked) -> tuple[Change, ...]:
    """Every change that the words claim, in order."""
    pairs = list(_pairs(masked))
    if not pairs:
        return ()
    phrases = list(_phrases(masked))
    chosen = _assigned(masked, pairs, phrases)
    return tuple(
        _change(masked, pair, phrases[chosen[at]] if at in chosen else None)
        for at, pair in enumerate(pairs)
    )


def _pairs(masked: Masked) -> Iterator[re.Match[str]]:
    """Pairs of figures of one kind; an inner pair wins over one that stretches further."""
    found = sorted(
        (match for form in _PAIRS for match in form.finditer(masked.mask)),
        key=lambda match: match.end() - match.start(),
    )
    taken: list[re.Match[str]] = []
    for match in found:
        before, after = masked.number(match["before"]), masked.number(match["after"])
        at = bisect_right(taken, match.start(), key=lambda one: one.start())
        overlaps = (at and taken[at - 1].end() > match.start()) or (
            at < len(taken) and taken[at].start() < match.end()
        )
        if before.kind == after.kind and not overlaps:
            taken.insert(at, match)
    yield from taken


def _phrases(masked: Masked) -> Iterator[_Phrase]:
    seen: set[str] = set()
    for form in _PHRASES:
        for match in form.finditer(masked.mask):
            if match["size"] not in seen:
                seen.add(match["size"])
                yield _Phrase(
                    sign_of(match["direction"]),
                    masked.number(match["size"]),
                    match.start(),
                    match.end(),
                )


def _assigned(masked: Masked, pairs: list[re.Match[str]], phrases: list[_Phrase]) -> dict[int, int]:
    """Which phrase belongs to which pair: the nearest with nothing but words between, before a
    pair in brackets and after any other; a phrase belongs to one pair only."""
    options: list[tuple[float, int, int]] = []
    for at, pair in enumerate(pairs):
        bracketed = masked.mask[: pair.start()].rstrip().endswith("(")
        for number, phrase in enumerate(phrases):
            if phrase.number in (masked.number(pair["before"]), masked.number(pair["after"])):
                continue
            if pair.start() <= phrase.start and phrase.end <= pair.end():
                options.append((0.0, at, number))
                continue
            after = phrase.start >= pair.end()
            between = (
                masked.mask[pair.end() : phrase.start]
                if after
                else masked.mask[phrase.end : pair.start()]
            )
            if phrase.start < pair.end() and phrase.end > pair.start():
                options.append((0.0, at, number))
            elif _BETWEEN.match(between) and not (
                _CLOSES.search(between) and (after or "and" in between)
            ):
                cost = len(between) + (100.0 if after == bracketed else 1.0)
                options.append((cost, at, number))
    chosen: dict[int, int] = {}
    for _, at, number in sorted(options):
        if at not in chosen and number not in chosen.values():
            chosen[at] = number
    return chosen


def _change(masked: Masked, pair: re.Match[str], phrase: _Phrase | None) -> Change:
    before, after = masked.number(pair["before"]), masked.number(pair["after"])
    named = pair.groupdict().get("direction")
    direction = sign_of(named) if named else 0
    lead = masked.mask[: pair.start()]
    if not direction and masked.mask[pair.start() :].lower().startswith("from"):
        verb = _VERB_BEFORE.search(lead[-40:]) or _VERB_AND_BRACKET.search(lead[-50:])
        direction = sign_of(verb["direction"]) if verb else 0
    factor = _FACTOR.search(lead[-40:])
    start, end = pair.start(), pair.end()
    difference = None
    if phrase:
        direction = phrase.direction
        start, end = min(start, phrase.start), max(end, phrase.end)
    if said := _DIFFERENCE.match(masked.mask[end:]):
        difference = masked.number(said["size"])
        end += said.end()
    return Change(
        before,
        after,
        direction,
        phrase.number if phrase else None,
        difference,
        FACTORS[factor["word"].lower()] if factor else None,
        masked.back(start),
        masked.back(end, end=True),
    )
