"""Movements: changes and comparisons of which some figures are left out.

`change` holds the ones with both figures, which can be computed again. Here is also what stands
with one figure or none: “decreased by 17.8%”, “up from 143”, “24% lower than the average”,
“over 500 fewer robberies”, “almost doubled”.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from saferboard.papercheck.claims.change import DOWN, FACTORS, UP, Change, changes, sign_of
from saferboard.papercheck.claims.mask import Masked
from saferboard.papercheck.claims.number import Approx, Number, approx_before

_WORDS = r"[^‹›.;:]"
_GAP = r"(?:[^‹›.;:]|‹[dxro]\d+›)"
_UP = rf"{UP}|double|surg(?:e[ds]?|ing)|spike[ds]?|soar(?:ed|ing)|improve(?:d|ment)|above"
_DOWN = rf"{DOWN}|reduces?|cut(?:ting|s)?|below"
_BETWEEN = (
    r"(?:\s(?:by|of|around|about|approximately|approx\.?|nearly|almost|over|more|than|just|under|at|"
    r"c\.|an|a|overall|notable|now|still|have|has|is|was|been|the|cost|figure|factor|increases?|"
    r"total)){0,6}\s?"
)
_SIZED = (
    re.compile(
        rf"\b(?!(?:more|less|fewer|greater)\sthan\b)(?P<direction>{_UP}|{_DOWN})\b(?:\s(?!from\b|to\b|than\b){_WORDS}{{0,60}}?\s"
        rf"(?:by|of))?{_BETWEEN}(?:c\.\s?)?‹(?P<unit>[ptm])(?P<size>\d+)›"
        rf"(?:\s\([^‹›()]{{0,20}}\))?(?P<more>(?:,|\sand)(?:\sand)?\s‹p\d+›\s\([^‹›()]{{0,20}}\))?",
        re.I,
    ),
    re.compile(
        rf"‹(?P<unit>[pt])(?P<size>\d+)›\s(?:\w+\s){{0,1}}?(?P<direction>{_UP}|{_DOWN})\b", re.I
    ),
    re.compile(
        r"‹(?P<unit>n)(?P<size>\d+)›\s(?:\w+\s)?(?P<direction>fewer|more|less|additional|extra|below|"
        rf"above)\b(?!\sthan\s‹|\s(?:or|of)\b)(?:{_GAP}{{0,60}}?\({_WORDS}{{0,50}}?‹p(?P<beside>\d+)›)?",
        re.I,
    ),
    re.compile(r"‹(?P<unit>n)(?P<size>\d+)›\stimes\s(?P<direction>higher|more|lower|greater|less)",
               re.I),
)  # fmt: skip
_FROM_ONLY = re.compile(
    rf"(?:‹(?P<unit>[np])(?P<after>\d+)›{_GAP}{{0,110}}?)?\b(?P<direction>{UP}|{DOWN})\s(?:on|from)\s"
    rf"(?:the\s)?{_GAP}{{0,25}}?‹(?P<kind>[np])(?P<before>\d+)›"
    rf"(?:{_GAP}{{0,20}}?\(‹p(?P<size>\d+)›\s\w+(?:\sequivalent\sto\s‹n(?P<difference>\d+)›)?)?",
    re.I,
)
_AFTERWARDS = re.compile(
    r"‹(?P<unit>[np])(?P<after>\d+)›(?:[^‹›.;:]|‹[dxr]\d+›){0,80}?,?\s(?:which|this|that)\s"
    r"(?:is|was|represents|equates\sto)\s(?:an?\s|down\s|up\s|\w+\s){0,5}(?:of\s)?‹[pt](?P<size>\d+)›",
    re.I,
)
_NEXT = re.compile(
    rf"‹(?P<unit>[np])(?P<after>\d+)›{_GAP}{{0,90}}?[.,]?\s(?:this|which)\srepresents\s(?:an?\s)?"
    r"(?:\w+\s){0,6}(?:of\s)?‹[pt](?P<size>\d+)›",
    re.I,
)
_TARGET = re.compile(
    rf"(?:‹n(?P<after>\d+)›{_GAP}{{0,90}}?)?(?:(?:‹n(?P<difference>\d+)›\s(?:\w+\s)?)?"
    rf"\b(?P<direction>above|below|over|under)\s{_WORDS}{{0,25}}?)?\b(?:target|goal)\b"
    rf"{_WORDS}{{0,12}}‹[np](?P<target>\d+)›",
    re.I,
)
_TO_BY = re.compile(
    rf"\bto\s‹p(?P<after>\d+)›,?\s(?:an?|which\sis\san?)\s(?P<direction>{_UP}|{_DOWN})\sof\s"
    r"‹[pt](?P<size>\d+)›",
    re.I,
)
_PRIOR = re.compile(
    rf"\b(?:prior|previous|preceding|before|earlier|last|previous\syear)\b{_WORDS}{{0,30}}?\s?there\s"
    r"(?:were|was)\s‹n(?P<before>\d+)›",
    re.I,
)
_TO = re.compile(r"^(?:[^‹›.;:]|‹[dx]\d+›){0,40}?\bto\s‹[np](?P<after>\d+)›", re.I)
_OVER_TIME = re.compile(
    r"^[^.;]{0,50}?(?:\byear|baseline|before|‹d\d+›|last\b|previous|period|ago)", re.I
)
_LEVEL = re.compile(r"^(?:higher|lower|above|below)$", re.I)
_CONTRAST = re.compile(
    rf"‹(?P<unit>[npm])(?P<after>\d+)›{_GAP}{{0,110}}?[,(–-]?\s?(?:\bin\scontrast\sto|\bcompared|"
    rf"\bin\scomparison)\s?(?:to|with)?\s{_GAP}{{0,50}}?‹(?P<kind>[npm])(?P<before>\d+)›",
    re.I,
)
_RANGE = re.compile(r"\bfrom\s‹g(?P<both>\d+)›", re.I)
_GAP_OF = re.compile(
    rf"\b(?:gap|difference)\b{_GAP}{{0,40}}?(?:‹n\d+›\s)?\bis\s‹[tp](?P<size>\d+)›", re.I
)
_SAME = re.compile(r"‹(?P<unit>[np])(?P<after>\d+)›\s\(?(?:→\s)?(?:the\s)?same\sas\b", re.I)
_FACTOR = re.compile(
    r"\b(?P<word>double|treble|triple|halve|doubled|trebled|tripled|quadrupled|halved)\b", re.I
)


@dataclass(frozen=True)
class Move:
    """What is said of a movement; None for a part that is not said. `size` is a percentage,
    points or an amount; `direction` +1, −1 or 0; `level` when it compares places or groups
    instead of times (“8% higher than the average”); `factor` of “doubled” or “3 times”;
    `approx` the word before the factor. `target` what was to be reached."""

    before: Number | None
    after: Number | None
    size: Number | None
    difference: Number | None
    direction: int
    level: bool
    factor: float | None
    approx: Approx
    target: Number | None
    start: int
    end: int


def moves(masked: Masked) -> tuple[Move, ...]:
    """Every movement that the words claim, in order. A change with both figures comes as in
    `change`; the rest is read from what `changes` left."""
    full = changes(masked)
    found = [_full(one) for one in full]
    taken = {number.start for one in full for number in _numbers(one)}
    sizes = {one.stated.start for one in full if one.stated}
    for move in _sized(masked):
        size = move.size or move.difference
        if size is None or size.start not in sizes:
            found.append(move)
            taken |= {size.start} if size else set()
    for move in (*_pairs(masked), *_half(masked), *_factors(masked)):
        own = {one.start for one in (move.before, move.after, move.size, move.difference) if one}
        new = own - taken
        if new or not own:
            found.append(move)
            taken |= own
    return tuple(sorted(found, key=lambda one: one.start))


def _numbers(change: Change) -> Iterator[Number]:
    for number in (change.before, change.after, change.stated, change.difference):
        if number is not None:
            yield number


def _full(change: Change) -> Move:
    return _move(
        change.start,
        change.end,
        before=change.before,
        after=change.after,
        size=change.stated,
        difference=change.difference,
        direction=change.direction,
        factor=change.factor,
    )


def _pairs(masked: Masked) -> Iterator[Move]:
    """Pairs that are set against each other without a word for more or less."""
    for match in _CONTRAST.finditer(masked.mask):
        if match["unit"] == match["kind"]:
            yield _of(masked, match, before=match["before"], after=match["after"])
    for match in _RANGE.finditer(masked.mask):
        token = masked.tokens[int(match["both"])]
        if token.parts:
            lead = masked.mask[: match.start()].split(".")[-1]
            words = re.findall(rf"\b(?:{UP}|{DOWN})\b", lead, re.I)
            direction = sign_of(words[-1]) if words else 0
            start, end = masked.back(match.start()), token.end
            yield _move(start, end, before=token.parts[0], after=token.parts[1],
                        direction=direction)  # fmt: skip
    for match in _GAP_OF.finditer(masked.mask):
        yield _of(masked, match, size=match["size"])
    for match in _SAME.finditer(masked.mask):
        yield _of(masked, match, before=match["after"], after=match["after"])
    for match in _TARGET.finditer(masked.mask):
        side = {"above": 1, "over": 1, "below": -1, "under": -1}
        yield _of(masked, match, after=match["after"], target=match["target"],
                  difference=match["difference"],
                  direction=side.get((match["direction"] or "").lower(), 0))  # fmt: skip


def _half(masked: Masked) -> Iterator[Move]:
    """One figure of the pair, and perhaps the size."""
    for match in _PRIOR.finditer(masked.mask):
        rest = masked.mask[match.end() :]
        size = next((one for form in _SIZED for one in form.finditer(rest)), None)
        direction = sign_of_more(size["direction"]) if size else 0
        yield _of(masked, match, before=match["before"], size=size["size"] if size else None,
                  direction=direction)  # fmt: skip
    for form in (_AFTERWARDS, _NEXT):
        for match in form.finditer(masked.mask):
            word = re.findall(rf"\b(?:{_UP}|{_DOWN})\b", masked.mask[match.start() :], re.I)
            level = bool(word and _LEVEL.match(word[0])) and not _OVER_TIME.match(
                masked.mask[match.end() :]
            )
            yield _of(masked, match, after=match["after"], size=match["size"], level=level,
                      direction=sign_of_more(word[0]) if word else 0)  # fmt: skip
    for match in _TO_BY.finditer(masked.mask):
        yield _of(masked, match, after=match["after"], size=match["size"],
                  direction=sign_of_more(match["direction"]))  # fmt: skip
    for match in _FROM_ONLY.finditer(masked.mask):
        same = match["unit"] == match["kind"]
        yield _of(masked, match, before=match["before"], after=match["after"] if same else None,
                  size=match["size"], difference=match["difference"],
                  direction=sign_of(match["direction"]))  # fmt: skip


def _sized(masked: Masked) -> Iterator[Move]:
    for form in _SIZED:
        for match in form.finditer(masked.mask):
            word, rest = match["direction"], masked.mask[match.end() :]
            level = bool(_LEVEL.match(word)) and not _OVER_TIME.match(rest)
            direction = sign_of_more(word)
            after = _TO.match(rest) if match["unit"] != "n" else None
            times = "times" in match[0]
            difference = match["size"] if match["unit"] in "nm" and not times else None
            yield _of(
                masked,
                match,
                after=after["after"] if after else None,
                size=match.groupdict().get("beside")
                if difference
                else None
                if times
                else match["size"],
                difference=difference,
                direction=direction,
                level=level,
                factor=masked.number(match["size"]).value if times else None,
            )
            for size in re.findall(r"‹p(\d+)›", match.groupdict().get("more") or ""):
                yield _of(masked, match, size=size, direction=direction)


def _factors(masked: Masked) -> Iterator[Move]:
    for match in _FACTOR.finditer(masked.mask):
        word = match["word"].lower()
        factor = FACTORS[word if word.endswith("d") else f"{word}d"]
        start = masked.back(match.start())
        yield _move(start, masked.back(match.end(), end=True), factor=factor,
                    direction=-1 if factor < 1 else 1, approx=approx_before(masked.text, start)
                    )  # fmt: skip


def sign_of_more(word: str) -> int:
    """As `sign_of`, for the wider list of words of this module."""
    return -1 if re.fullmatch(_DOWN, word, re.I) else 1


def _of(
    masked: Masked,
    match: re.Match[str],
    *,
    before: str | None = None,
    after: str | None = None,
    size: str | None = None,
    difference: str | None = None,
    target: str | None = None,
    direction: int = 0,
    level: bool = False,
    factor: float | None = None,
) -> Move:
    return _move(
        masked.back(match.start()),
        masked.back(match.end(), end=True),
        before=masked.number(before) if before else None,
        after=masked.number(after) if after else None,
        size=masked.number(size) if size else None,
        difference=masked.number(difference) if difference else None,
        target=masked.number(target) if target else None,
        direction=direction,
        level=level,
        factor=factor,
    )


def _move(
    start: int,
    end: int,
    *,
    before: Number | None = None,
    after: Number | None = None,
    size: Number | None = None,
    difference: Number | None = None,
    direction: int = 0,
    level: bool = False,
    factor: float | None = None,
    approx: Approx = "",
    target: Number | None = None,
) -> Move:
    return Move(
        before, after, size, difference, direction, level, factor, approx, target, start, end
    )
