"""Percentage points in a sentence with two percentages, however the three are put together."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from saferboard.papercheck.claims.change import changes
from saferboard.papercheck.claims.mask import Masked
from saferboard.papercheck.claims.number import Number
from saferboard.papercheck.claims.rounding import agrees
from saferboard.papercheck.finding import Finding, Pack, Rule
from saferboard.papercheck.paper import Passage
from saferboard.papercheck.rules.walk import prose, sentence

KEY = "points-do-not-follow"
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z“‹])")
_COMPARED = re.compile(
    r"\b(?:compared|from|against|than|above|below|last\syear|years?\s(?:before|ago|earlier)|"
    r"previous|earlier)\b",
    re.I,
)
_MOVED = (
    r"(?:increase[ds]?|decrease[ds]?|rise|rose|risen|fell|fall(?:en)?|up|down|improve[ds]?|"
    r"improvement|worsened|dropp?(?:ed)?|reduction|grew|grown|gain(?:ed)?)"
)
_MORE = re.compile(
    r"\b(?:increase[ds]?|rise|rose|risen|up|grew|grown|gain(?:ed)?|higher|above)\b", re.I
)
_LESS = re.compile(
    r"\b(?:decrease[ds]?|fell|fall(?:en)?|down|dropp?(?:ed)?|reduction|lower|below)\b", re.I
)


@dataclass(frozen=True)
class Difference:
    """The two percentages of a sentence and the figure that is called their difference, which
    is written in points or in per cent."""

    one: Number
    other: Number
    stated: Number
    direction: int

    @property
    def gap(self) -> float:
        return abs(self.one.value - self.other.value)

    @property
    def follows(self) -> bool:
        """Whether the figure is the difference, as closely as the two are printed."""
        slack = self.one.half + self.other.half
        return agrees(max(0.0, self.gap - slack), self.gap + slack, self.stated)

    @property
    def relative(self) -> bool:
        """Whether the figure is the change in per cent of the printed percentages, from the
        lower one where the words say more, from the higher one where they say less."""
        low, high = sorted((self.one.value, self.other.value))
        bases = [base for base, way in ((low, 1), (high, -1)) if self.direction in (0, way)]
        return any(
            base == 0 or abs(100 * self.gap / base - self.stated.value) <= self.stated.half + 0.05
            for base in bases
        )

    @property
    def exact(self) -> bool:
        return abs(self.gap - self.stated.value) < self.stated.step / 1000


def differences(words: Masked) -> Iterator[Difference]:
    """One for each sentence with two percentages that are compared and one figure that says by
    how much they differ. A sentence with more figures of the kind may mean any two of them."""
    at = 0
    for part in _SENTENCE.split(words.mask):
        start = words.mask.index(part, at)
        at = start + len(part)
        if not _COMPARED.search(part):
            continue
        held = [
            (found, words.tokens[int(found[2])].number)
            for found in re.finditer(r"‹([pt])(\d+)›", part)
        ]
        sizes_said = [
            (found, number)
            for found, number in held
            if number and (number.kind == "points" or _is_size(part, found))
        ]
        if len(sizes_said) != 1:
            continue
        levels = [number for found, number in held if number and found is not sizes_said[0][0]]
        if len(levels) == 2 and all(one.kind == "percent" for one in levels):
            found, stated = sizes_said[0]
            yield Difference(levels[0], levels[1], stated, _direction(part, found))


def _is_size(part: str, found: re.Match[str]) -> bool:
    if re.search(rf"\b(?:saw|seen|had|reported|recorded)\s(?:an?\s)?{_MOVED}", part, re.I):
        return False
    before = re.search(rf"\b{_MOVED}\s(?:of\s|by\s)?$", part[: found.start()], re.I)
    after = re.match(r"\s(?:higher|lower|above|below)\b", part[found.end() :], re.I)
    return bool(before or after)


def _direction(part: str, found: re.Match[str]) -> int:
    """+1 where the words beside the figure say more, −1 less, 0 neither or both."""
    near = part[max(0, found.start() - 16) : found.end() + 8]
    return bool(_MORE.search(near)) - bool(_LESS.search(near))


def find(pack: Pack) -> Iterator[Finding]:
    """The figure is called points and is not the difference."""
    for _, passage, words in prose(pack):
        known = {one.stated.start for one in changes(words) if one.stated}
        for one in differences(words):
            if one.stated.kind != "points" or one.follows or one.stated.start in known:
                continue
            yield _finding(KEY, passage, one, f"not {one.stated.text}")


def called_per_cent(passage: Passage, words: Masked) -> Iterator[tuple[int, Finding]]:
    """Where the figure stands and the finding, where it is called per cent, is exactly the
    difference, and not the change in per cent."""
    for one in differences(words):
        if one.stated.kind != "percent" or not one.exact or one.stated.value == 0:
            continue
        if not one.relative:
            said = f"“{one.stated.text}” says something else"
            yield one.stated.start, _finding("points-called-per-cent", passage, one, said)


def _finding(key: str, passage: Passage, one: Difference, but: str) -> Finding:
    first, *_, last = sorted((one.one, one.other, one.stated), key=lambda number: number.start)
    return Finding(
        key,
        "warning",
        f"{one.one.text} and {one.other.text} are {one.gap:.10g} percentage points apart, {but}.",
        sentence(passage, first.start, last.end),
        passage.place,
        f"{one.gap:.10g} percentage points",
    )


RULE = Rule(
    KEY,
    "Percentage points are the difference of the two percentages in the sentence.",
    "warning",
    1,
    "Satisfaction was 91%, 5 percentage points above the 87% of the year before.",
    "Take one percentage from the other again.",
    find,
)
