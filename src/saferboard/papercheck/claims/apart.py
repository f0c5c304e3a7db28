"""Clauses with two figures and their difference and nothing else, in whatever words.

“There were 31 fires last quarter and 44 now, nine more”; “71% are satisfied; last year it was 78%,
a loss of nine percentage points”. Only what no form of `change` has read, and what is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from saferboard.papercheck.claims.alone import EARLIER, OTHER, Alone, of_two_things
from saferboard.papercheck.claims.change import changes
from saferboard.papercheck.claims.mask import Masked
from saferboard.papercheck.claims.number import Number

_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z‹“(])")
_MORE = re.compile(
    r"‹(?P<unit>[nmt])(?P<size>\d+)›\s(?:\w+\s)?(?:more|fewer|higher|lower)\b(?!\sthan\s‹p)(?!\sor\b)"
    r"|\b(?:rise|increase|fall|drop|decrease|reduction|gain|loss|difference)\sof\s"
    r"‹(?P<noun_unit>[nmt])(?P<noun>\d+)›|\b(?:up|down|by)\s‹(?P<by_unit>t)(?P<by>\d+)›",
    re.I,
)
_FIGURES = re.compile(r"‹([npmt])(\d+)›")


def apart(masked: Masked) -> Iterator[Alone]:
    """The two figures and the difference that they do not have."""
    if not _MORE.search(masked.mask):
        return
    read = {
        one.start
        for change in changes(masked)
        for one in (change.before, change.after, change.stated, change.difference)
        if one
    }
    for sentence in _SENTENCE_END.split(masked.mask):
        more = list(_MORE.finditer(sentence))
        if len(more) != 1 or OTHER.search(sentence.replace("‹t", "‹_")):
            continue
        groups = more[0].groupdict()
        index = groups["size"] or groups["noun"] or groups["by"]
        unit = groups["unit"] or groups["noun_unit"] or groups["by_unit"]
        letters = {"t": "p"}.get(unit, unit)
        found = [(letter, at) for letter, at in _FIGURES.findall(sentence) if at != index]
        if len(found) != 2 or any(letter != letters for letter, _ in found):
            continue
        one, two, size = (masked.number(at) for at in (found[0][1], found[1][1], index))
        if not EARLIER.search(sentence) or of_two_things(sentence):
            continue
        if size.start not in read and not _holds(one, two, size):
            yield Alone(one, two, size, True)


def _holds(one: Number, two: Number, size: Number) -> bool:
    if one.approx or two.approx or size.approx:
        return True
    slack = one.half + two.half + (size.step / 2 if size.kind == "points" else size.half)
    return abs(abs(one.value - two.value) - size.value) <= slack + 1e-9
