"""Figures of two papers, or of a table and a sentence, that are of one quantity.

Figures are held in an index by the roots of their words. Two are of one quantity when each is the
other's nearest by words in its part of the pack, their periods can be one, neither names a place
or group that the other's surroundings do not, and neither part says the other's value anywhere of
anything alike. A word weighs the more the fewer figures it stands beside.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from saferboard.papercheck.claims.rounding import agrees
from saferboard.papercheck.quantities.figures import Figure, figure_words
from saferboard.papercheck.quantities.lexicon import is_people
from saferboard.papercheck.quantities.when import apart, same

MOST = 60
"""A root beside more figures than this says nothing about any of them."""

SHARED = 0.6
"""Least weight that the two share, of the lighter one's words."""

OF_BOTH = 0.3
"""Least weight that the two share, of the heavier one's words; of a cell's, IN_A_CELL."""

IN_A_CELL = 0.15
HEAD = 2.0
"""How much more the noun that is counted weighs than the words about it."""

ALIKE = 0.35
FURTHEST = 2.0
"""A slip seldom doubles a figure; what is more than twice as much is another quantity."""


@dataclass(frozen=True)
class Twice:
    """Two values of one quantity; `sure` when both name the same period."""

    seen: Figure
    other: Figure
    sure: bool


@dataclass(frozen=True)
class Around:
    """The words that surround figures: by file (with its headings), and those that the pack
    writes in small letters, which are no names wherever they begin a sentence."""

    of_file: dict[str, frozenset[str]]
    small: frozenset[str]


def twice(figures: Sequence[Figure], around: Around) -> Iterator[Twice]:
    """Every pair of figures that cannot both be right, once."""
    index: dict[str, list[int]] = defaultdict(list)
    for at, one in enumerate(figures):
        for root in one.roots | one.head:
            index[root].append(at)
    weight = {root: math.log(1 + len(figures) / len(held)) for root, held in index.items()}
    near: dict[int, dict[str, list[tuple[float, int]]]] = defaultdict(lambda: defaultdict(list))
    for at, one in enumerate(figures):
        shared: Counter[int] = Counter(
            other
            for root in one.roots | one.head
            if len(index[root]) <= MOST
            for other in index[root]
        )
        for other in shared:
            against = figures[other]
            if other != at and crossing(one, against) and _kindred(one, against):
                near[at][_part_of(one, against)].append((_alike(one, against, weight), other))
    for at, parts in near.items():
        for held in parts.values():
            one = figures[at]
            score, other = max(held)
            back = near[other].get(_part_of(figures[other], one), [])
            if at > other or not back or max(back)[0] > score + 1e-9 or score < SHARED:
                continue
            if any(value >= ALIKE and equal(one, figures[k]) for value, k in held):
                continue
            if any(value >= ALIKE and equal(figures[other], figures[k]) for value, k in back):
                continue
            if sum(value >= score - 1e-9 for value, _ in held) > 1:
                continue
            if _one_quantity(one, figures[other], around):
                yield Twice(one, figures[other], same(one.when, figures[other].when))


def crossing(one: Figure, other: Figure) -> bool:
    """Whether the two stand in parts of the pack that say the same again."""
    here, there = one.passage.place, other.passage.place
    if here.file != there.file:
        return True
    if one.cell != other.cell:
        return True
    summary = figure_words().summaries
    return not one.cell and bool(summary.search(here.heading)) != bool(
        summary.search(there.heading)
    )


def _part_of(one: Figure, other: Figure) -> str:
    """The part of the pack that `other` is in, as seen from `one`."""
    return other.passage.place.file if one.passage.place.file != other.passage.place.file else ""


def _kindred(one: Figure, other: Figure) -> bool:
    if one.kind != other.kind or one.part != other.part or one.marks != other.marks:
        return False
    if one.per != other.per:
        return False
    if one.kind == "change" and not same(one.when, other.when):
        return False
    if one.kind in ("percent", "change") or not (one.when.known and other.when.known):
        first, second = (each.beside - {each.number.value} for each in (one, other))
        if first and second and not first & second:
            return False
    if one.cell and other.cell and one.when != other.when:
        return False
    for cell, said in ((one, other), (other, one)):
        if cell.cell and not cell.latest and not said.when.known:
            return False
    return not apart(one.when, other.when)


def _alike(one: Figure, other: Figure, weight: dict[str, float]) -> float:
    first, second = one.roots | one.head, other.roots | other.head
    shared = first & second
    if one.head and other.head and not one.head & second and not other.head & first:
        return 0.0
    heads = one.head | other.head
    heavy = {root: weight[root] * (HEAD if root in heads else 1.0) for root in first | second}
    common = sum(heavy[root] for root in shared)
    least, most = sorted(sum(heavy[root] for root in roots) for roots in (first, second))
    sure = same(one.when, other.when)
    row = sure and one.cell != other.cell and one.head <= second and other.head <= first
    few = len(shared) < (1 if row else 2)
    if one.kind in ("rate", "rank"):
        few = not shared - (one.names & other.names)
    elif one.head and is_people(tuple(one.head)):
        few = len(shared - heads) < (1 if sure else 2)
    both = IN_A_CELL if one.cell or other.cell else OF_BOTH
    if not least or few or common < both * most:
        return 0.0
    return (common / least + common / most / 100) if common >= ALIKE * least else 0.0


def equal(one: Figure, other: Figure) -> bool:
    """Whether one true value can have been printed both ways."""
    first, second = one.number, other.number
    return any(
        agrees(abs(a.value) - a.half, abs(a.value) + a.half, b)
        if a.approx or b.approx or not (a.whole and b.whole) or a.kind == "percent"
        else a.value == b.value
        for a, b in ((first, second), (second, first))
    )


def _one_quantity(one: Figure, other: Figure, around: Around) -> bool:
    low, high = sorted((one.number.value, other.number.value))
    if one.kind != "rank" and high > FURTHEST * low and not _turned(one, other):
        return False
    if one.part or one.number.approx == "over" or other.number.approx == "over":
        return False
    if one.kind == "money" and not one.names & other.names and not _row_of(one, other):
        return False
    for seen, against in ((one, other), (other, one)):
        extra = seen.names - around.small - against.roots
        if extra - around.of_file.get(against.passage.place.file, frozenset()):
            return False
        if seen.passage.place.file == against.passage.place.file and extra and against.names:
            return False
    return True


def _turned(one: Figure, other: Figure) -> bool:
    """Whether the two have the same digits in another order."""
    first, second = ([c for c in each.number.text if c.isdigit()] for each in (one, other))
    return len(first) > 1 and sorted(first) == sorted(second)


def _row_of(one: Figure, other: Figure) -> bool:
    """Whether the one is in a table's row whose every word the other's clause has."""
    return one.cell != other.cell and (
        one.head <= other.roots if one.cell else other.head <= one.roots
    )
