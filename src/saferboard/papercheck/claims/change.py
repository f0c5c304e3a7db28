"""Changes as officers write them: a figure, the figure before (see `pair`), and what is said
about the two (see `phrase`)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from saferboard.papercheck.claims.mask import Masked
from saferboard.papercheck.claims.number import Approx, Number, approx_before
from saferboard.papercheck.claims.pair import DOWN, UP, Pair, pairs, sign_of
from saferboard.papercheck.claims.phrase import Phrase, bare_after, phrases

__all__ = ["DOWN", "FACTORS", "UP", "Change", "changes", "sign_of"]

_WORDS = r"[^‹›.;:]"
_GAP = rf"(?:{_WORDS}|‹[dxro]\d+›)"
_DIFFERENCE = re.compile(
    rf"^{_WORDS}{{0,45}}?\b(?:equivalent\sto|that\sis|or|equating\sto|which\smeans|meaning|making)\s"
    r"(?:there\swere\s|it\sis\s)?‹n(?P<size>\d+)›\s"
    r"(?:more|fewer|less|additional)\b",
    re.I,
)
_DIFFERENCE_BEFORE = re.compile(
    rf"\b(?P<direction>{UP}|{DOWN})\s(?:by\s)?(?:\w+\s)?‹[nm](?P<size>\d+)›"
    r"(?:\s[\w'’-]+){0,3}(?:\s‹d\d+›)?\s?,?\s?\(?$",
    re.I,
)
_DIFFERENCE_NOUN = re.compile(
    rf"^(?:\s[\w'’-]+){{0,3}}[,;:–-]?\s\(?(?:(?:which|that|this)\sis\s)?an?\s(?:\w+\s)?(?P<direction>{UP}|{DOWN})\s"
    r"of\s‹[nm](?P<size>\d+)›(?!\stimes)",
    re.I,
)
_DIFFERENCE_BRINGS = re.compile(
    r"‹n(?P<size>\d+)›[^‹›.;:]{0,60}\b(?:br(?:ing|ings|inging|ought)|tak(?:e|es|en|ing)|took)\s"
    r"(?:[\w'’-]+\s){1,4}$",
    re.I,
)
_DIFFERENCE_BESIDE = re.compile(r"‹p\d+›\s\(‹n(?P<size>\d+)›(?:\s[\w'’-]+){0,2}\)\s?,?\s?$", re.I)
_DIFFERENCE_THAN = re.compile(
    rf"‹[nm](?P<size>\d+)›\s(?:\w+\s)?(?:(?:more|fewer|less|higher|lower)\sthan|above|below)\b"
    rf"|\b(?:{UP}|{DOWN})\s(?:by\s)?‹[nm](?P<on>\d+)›\s(?:\w+\s)?(?:on|from)\b",
    re.I,
)
_DIFFERENCE_AFTER = re.compile(
    r"^,?\s(?:or|that\sis|i\.e\.|equal\sto)\s‹[nm](?P<size>\d+)›"
    r"(?!\s(?:in|out|of|per|times|months|years)\b)"
    r"|^,\s‹[nm](?P<more>\d+)›\s(?:\w+\s)?(?P<direction>more|fewer|less|higher|lower)\s(?:than|on)\b",
    re.I,
)
_TO_BY = re.compile(r"^\w+\sby\s‹[nm](?P<size>\d+)›", re.I)
_SIZE_ON = re.compile(
    rf"(?:,|is|are|was|were)\s‹[nm](?P<size>\d+)›\s(?:\w+\s)?(?:{UP}|{DOWN})\s(?:on|from)\s"
    rf"|\b(?:{UP}|{DOWN})\sof\s‹[nm](?P<noun>\d+)›\s(?:on|from|over)\s",
    re.I,
)
_OR_POINTS = re.compile(r"^,?\s(?:or|that\sis|i\.e\.)\s(?:by\s)?‹[pt](?P<size>\d+)›", re.I)
_BETWEEN = re.compile(
    rf"^;\s(?:an?\s)?$|^[\s,:)(–-]*(?:{_GAP}{{0,60}}?|{_GAP}{{0,40}}?\.\s(?:this|that|which|it)\s(?:is|was|represents|equates\sto|"
    rf"equals|means)\s{_WORDS}{{0,20}}?)[\s,:(–-]*(?:an?\s)?$",
    re.I,
)
_BETWEEN_DATES = re.compile(r"\bbetween\s‹d\d+›\sand\s‹d\d+›", re.I)
_CLOSES = re.compile(r"\)|\band\b|\bwhile\b|\bwith\b|\bbut\b", re.I)
_CLOSED_CHANGE = re.compile(r"^\s?\(‹n\d+›(?:\s[\w'’-]+){0,2}\)\s?,?\s?$")
MOST_BETWEEN = 120
FACTORS = {"doubled": 2.0, "trebled": 3.0, "tripled": 3.0, "quadrupled": 4.0, "halved": 0.5}
_FACTOR = re.compile(rf"\b(?P<word>{'|'.join(FACTORS)})(?:,?\s\w+|\s‹d\d+›){{0,3}}[\s,(]*$", re.I)


@dataclass(frozen=True)
class Change:
    """`direction` is +1, −1 or 0 (not said), from the words; `stated` the percentage or the
    points that are said, `bare` when they stand in brackets without a word; `difference` the
    number more or fewer; `factor` of “doubled”, with the hedge before it (“more than doubled”).
    `start` and `end` span all of it in the passage's words."""

    before: Number
    after: Number
    direction: int
    stated: Number | None
    difference: Number | None
    factor: float | None
    start: int
    end: int
    factor_approx: Approx = ""
    bare: bool = False


@lru_cache(maxsize=16_384)
def changes(masked: Masked) -> tuple[Change, ...]:
    """Every change that the words claim, in order."""
    found = list(pairs(masked))
    if not found:
        return ()
    sizes = list(phrases(masked))
    chosen = _assigned(masked, found, sizes)
    return tuple(
        _change(masked, pair, sizes[chosen[at]] if at in chosen else None)
        for at, pair in enumerate(found)
    )


def _assigned(masked: Masked, found: list[Pair], sizes: list[Phrase]) -> dict[int, int]:
    """Which phrase belongs to which pair: the nearest with nothing but words between, before a
    pair in brackets and after any other; a phrase belongs to one pair only."""
    options: list[tuple[float, int, int]] = []
    for at, pair in enumerate(found):
        bracketed = masked.mask[: pair.start].rstrip().endswith("(") or pair.form in (
            "bracketed", "versus",
        )  # fmt: skip
        for number, phrase in enumerate(sizes):
            if phrase.number in (pair.before, pair.after):
                continue
            if phrase.start < pair.end and phrase.end > pair.start:
                options.append((0.0, at, number))
                continue
            after = phrase.start >= pair.end
            between = (
                masked.mask[pair.end : phrase.start]
                if after
                else masked.mask[phrase.end : pair.start]
            )
            between = _BETWEEN_DATES.sub("", between)
            if len(between) > MOST_BETWEEN:
                continue
            closed = _CLOSES.search(between) and (after or "and" in between)
            if _CLOSED_CHANGE.match(between) or (_BETWEEN.match(between) and not closed):
                cost = len(between) + (100.0 if after == bracketed else 1.0)
                options.append((cost, at, number))
    chosen: dict[int, int] = {}
    for _, at, number in sorted(options):
        if at not in chosen and number not in chosen.values():
            chosen[at] = number
    return chosen


def _change(masked: Masked, pair: Pair, phrase: Phrase | None) -> Change:
    before, after, direction = pair.before, pair.after, pair.direction
    start, end = pair.start, pair.end
    lead = masked.mask[max(0, start - 70) : start]
    bare = None if phrase else bare_after(masked, end, direction)
    phrase = phrase or bare
    if phrase:
        direction = _said(direction, phrase.direction, after.value - before.value)
        start, end = min(start, phrase.start), max(end, phrase.end)
    if pair.either_way and direction * (after.value - before.value) < 0:
        before, after = after, before
    stated = phrase.number if phrase else None
    if not stated and pair.form == "from" and (said := _OR_POINTS.match(masked.mask[end:])):
        stated, end = masked.number(said["size"]), end + said.end()
    factor = _FACTOR.search(lead)
    if more := _more_than(masked.mask[end:]):
        direction = _said(direction, more, after.value - before.value)
    difference, end = _difference(masked, pair, lead, end)
    return Change(
        before,
        after,
        direction,
        stated,
        difference,
        FACTORS[factor["word"].lower()] if factor else None,
        masked.back(start),
        masked.back(end, end=True),
        approx_before(lead, factor.start("word")) if factor else "",
        bare is not None,
    )


def _said(verb: int, noun: int, gap: float) -> int:
    """The direction that is said; where verb and noun differ, the one that the figures deny."""
    if not noun:
        return verb
    if verb and verb != noun:
        return -1 if gap > 0 else 1
    return noun


def _more_than(tail: str) -> int:
    """+1 or −1 when “, six fewer than” follows a pair, else 0."""
    found = _DIFFERENCE_AFTER.match(tail)
    return sign_of(found["direction"]) if found and found["direction"] else 0


def _difference(masked: Masked, pair: Pair, lead: str, end: int) -> tuple[Number | None, int]:
    """The number more or fewer, and where the claim ends with it."""
    if said := _DIFFERENCE.match(masked.mask[end : end + 100]):
        return masked.number(said["size"]), end + said.end()
    if said := _DIFFERENCE_AFTER.match(masked.mask[end : end + 100]):
        return masked.number(said["size"] or said["more"]), end + said.end()
    if said := _DIFFERENCE_NOUN.match(masked.mask[end : end + 100]):
        return masked.number(said["size"]), end + said.end()
    for form in (_DIFFERENCE_BRINGS, _DIFFERENCE_BEFORE, _DIFFERENCE_BESIDE):
        if said := form.search(lead):
            return masked.number(said["size"]), end
    inside = masked.mask[pair.start : pair.end]
    if pair.form == "to-from" and (said := _TO_BY.match(inside)):
        return masked.number(said["size"]), end
    if pair.form == "size-on" and (said := _SIZE_ON.search(inside)):
        return masked.number(said["size"] or said["noun"]), end
    if pair.form == "than-bracketed" and inside.startswith(("‹n", "‹m")):
        return masked.number(inside[2 : inside.index("›")]), end
    if pair.form in ("than", "above", "up-on") and (said := _DIFFERENCE_THAN.search(inside)):
        return masked.number(said["size"] or said["on"]), end
    return None, end
