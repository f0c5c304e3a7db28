"""Differences against the figures that they are differences of.

`590 fewer burglaries (a reduction of 15%)`, where another page gives 3,878 and 3,297: the
percentage shows that the same change is meant, and 3,878 less 3,297 is 581.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import permutations

from saferboard.papercheck.claims.change import DOWN, UP, changes
from saferboard.papercheck.claims.number import Number
from saferboard.papercheck.claims.rounding import agrees, change_range, sizes
from saferboard.papercheck.quantities.lexicon import measure_in
from saferboard.papercheck.quantities.statement import Sentence, Statement

_GAP = re.compile(
    r"‹n(?P<n>\d+)›\s(?P<way>fewer|more|less|additional)\s(?P<phrase>[^‹›.;:()]{3,60})"
    rf"[^‹›.;:]{{0,60}}?(?:{UP}|{DOWN})\s(?:of|by)\s(?:\w+\s){{0,2}}?‹p(?P<p>\d+)›",
    re.I,
)
NEAR = 0.10
"""Differences further apart than this are not meant to be one."""

MOST_FIGURES = 40


@dataclass(frozen=True)
class Gap:
    """`number` fewer or more of `measure`, which is `percent`; `sign` −1 for fewer."""

    number: Number
    percent: Number
    sign: int
    measure: str
    sentence: Sentence


@dataclass(frozen=True)
class Figures:
    """Two counts of a measure, and where the later one stands."""

    before: Number
    after: Number
    sentence: Sentence


def gaps(sentence: Sentence) -> Iterator[Gap]:
    """Differences of a measure that are said with their percentage."""
    mask = sentence.mask
    if "fewer" not in sentence.text and "more" not in sentence.text and "less" not in sentence.text:
        return
    for found in _GAP.finditer(mask.mask):
        measure = measure_in(found["phrase"])
        if measure:
            sign = -1 if found["way"].lower() in ("fewer", "less") else 1
            yield Gap(mask.number(found["n"]), mask.number(found["p"]), sign, measure[0], sentence)


def pairs(sentence: Sentence) -> Iterator[tuple[str, Figures]]:
    """Changes from one count to another in a sentence that names one measure."""
    measure = measure_in(sentence.text)
    if measure is None:
        return
    for change in changes(sentence.mask):
        if change.before.kind == change.after.kind == "count":
            yield measure[0], Figures(change.before, change.after, sentence)


def contradicted(
    said: Iterable[Gap], in_sentences: Iterable[tuple[str, Figures]], in_tables: Iterable[Statement]
) -> Iterator[tuple[Gap, Figures]]:
    """Differences for which there are two figures that give the same percentage and nearly, but
    not exactly, the same difference; none where two figures give just that difference."""
    known: dict[str, list[Figures]] = defaultdict(list)
    for measure, figures in in_sentences:
        known[measure].append(figures)
    rows: dict[tuple[str, int, int], list[Statement]] = defaultdict(list)
    for cell in in_tables:
        place = cell.sentence.passage.place
        rows[(cell.measure, place.table, place.row or place.line)].append(cell)
    for (measure, _, _), cells in rows.items():
        for one, other in permutations(cells[:4], 2):
            known[measure].append(Figures(one.number, other.number, other.sentence))
    for gap in said:
        meant = [one for one in known[gap.measure][:MOST_FIGURES] if _meant(gap, one)]
        if meant and not any(_gives(gap, one) for one in meant):
            yield gap, meant[0]


def _meant(gap: Gap, figures: Figures) -> bool:
    true = change_range(figures.before, figures.after)
    difference = figures.after.value - figures.before.value
    if true is None or difference * gap.sign <= 0:
        return False
    same = agrees(*sizes(*true), gap.percent)
    return same and abs(abs(difference) - gap.number.value) <= NEAR * abs(difference)


def _gives(gap: Gap, figures: Figures) -> bool:
    difference = abs(figures.after.value - figures.before.value)
    slack = figures.after.half + figures.before.half
    return (
        agrees(difference - slack, difference + slack, gap.number)
        if gap.number.approx
        else (abs(difference - gap.number.value) <= slack)
    )
