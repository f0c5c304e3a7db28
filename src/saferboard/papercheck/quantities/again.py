"""A figure that one paper says again, elsewhere, with a digit changed or two exchanged.

Sections of a paper repeat what others say: the summary, the conclusions, the comments. Two figures
of prose are taken for one when the words that are about the one are all about the other too, their
periods can be one, and their digits are so alike that a slip of the keys explains the difference.
A value that other places give as well is no slip, unless the other value stands alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from saferboard.papercheck.quantities.figures import Figure, figure_words
from saferboard.papercheck.quantities.matched import MOST, Around, Twice, equal
from saferboard.papercheck.quantities.when import apart, same

FAR = 8
"""Passages nearer to each other than this are items of one list, or of one argument."""

FEW_DIGITS = 2
"""Among figures of two digits a slip is as near as chance: more words must agree."""

ENOUGH, MANY = 2, 3
SERIES = 2
"""More values than this of one thing are a series, and no repetition."""


def again(figures: Sequence[Figure], around: Around) -> Iterator[Twice]:
    """Every pair of such figures, once."""
    held = [one for one in figures if not one.cell and one.kind in ("count", "money", "percent")]
    about = [one.roots - figure_words().filler for one in held]
    index: dict[str, list[int]] = defaultdict(list)
    for at, roots in enumerate(about):
        for root in roots:
            index[root].append(at)
    alike: dict[int, list[int]] = {}
    for at, roots in enumerate(about):
        rare = [root for root in roots if len(index[root]) <= MOST]
        near = {other for root in rare for other in index[root] if other != at}
        alike[at] = sorted(
            other for other in near if _one_thing(held[at], held[other], about[at], about[other])
        )
    for at, others in alike.items():
        values = {held[other].number.value for other in others} | {held[at].number.value}
        if len(values) > SERIES:
            continue
        for other in others:
            one, against = held[at], held[other]
            if at > other or equal(one, against) or not _far(one, against):
                continue
            if one.number.value in against.beside or against.number.value in one.beside:
                continue
            if _said_elsewhere(at, other, held, alike) and _said_elsewhere(other, at, held, alike):
                continue
            if _slip(one, against) and _enough(one, against, about[at], about[other], around):
                yield Twice(one, against, same(one.when, against.when))
                break


def _one_thing(one: Figure, other: Figure, words: frozenset[str], more: frozenset[str]) -> bool:
    """Whether the words about the one are all about the other too."""
    if one.kind != other.kind or one.part != other.part or one.marks != other.marks:
        return False
    if apart(one.when, other.when) or not (words <= more or more <= words):
        return False
    return not (one.head and other.head) or bool(one.head & other.head)


def _far(one: Figure, other: Figure) -> bool:
    first, second = one.passage, other.passage
    return (
        first.place.file == second.place.file
        and first.place.heading != second.place.heading
        and abs(first.index - second.index) > FAR
    )


def _said_elsewhere(at: int, but: int, held: Sequence[Figure], alike: dict[int, list[int]]) -> bool:
    """Whether another place gives the value of `at` for the same thing."""
    return any(equal(held[at], held[other]) for other in alike[at] if other != but)


def _slip(one: Figure, other: Figure) -> bool:
    """Whether the digits are the same in another order, or one of them is another."""
    first, second = _digits(one), _digits(other)
    if len(first) != len(second) or len(first) < FEW_DIGITS:
        return False
    differ = sum(a != b for a, b in zip(first, second, strict=True))
    return differ == 1 or (differ == 2 and sorted(first) == sorted(second))


def _enough(
    one: Figure, other: Figure, words: frozenset[str], more: frozenset[str], around: Around
) -> bool:
    """Whether so many words agree that the two are of one thing, and no name parts them."""
    for seen, against in ((one, other), (other, one)):
        if seen.names - around.small - against.roots:
            return False
    sure = same(one.when, other.when)
    need = MANY if one.kind == "percent" or len(_digits(one)) <= FEW_DIGITS else ENOUGH
    if sure and need == ENOUGH and one.head and one.head == other.head:
        need -= 1
    return len(words & more) >= need + (0 if sure or words == more else 1)


def _digits(one: Figure) -> str:
    return "".join(letter for letter in one.number.text if letter.isdigit())
