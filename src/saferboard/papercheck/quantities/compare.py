"""Two values of one quantity, found through an index by subject.

What is compared: statements of one kind about one measure (or one subject, word for word at its
beginning), with the same ages and sexes, whose periods can be one. What agrees by rounding, or
by “about” and “over”, is one value.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from saferboard.papercheck.claims.rounding import agrees
from saferboard.papercheck.quantities.lexicon import is_people
from saferboard.papercheck.quantities.statement import EARLIER, Statement
from saferboard.papercheck.quantities.when import apart, overlap, same

MOST = 60
"""More statements than this under one key of the index are a series, and no repetition."""

A_LIST = 8
"""Passages so near each other are items of one list, which says in its head what parts them."""

NEAR_LINES = 12
LONG_SUBJECT = 4
SHARED = 2
ALIKE = 0.5


@dataclass(frozen=True)
class Conflict:
    """`seen` and `other` are two values of one quantity; `sure` whether both say the same
    period in words."""

    seen: Statement
    other: Statement
    sure: bool


def equal(one: Statement, other: Statement) -> bool:
    """Whether one true value can have been printed both ways."""
    first, second = one.number, other.number
    if one.value * other.value < 0:
        return False
    if first.kind == second.kind == "count" and not (first.approx or second.approx):
        return abs(first.value - second.value) <= first.half + second.half
    low, high = abs(first.value) - first.half, abs(first.value) + first.half
    if agrees(low, high, second):
        return True
    low, high = abs(second.value) - second.half, abs(second.value) + second.half
    return agrees(low, high, first)


class Index:
    """Statements by key; `groups` gives those with two or more, and none that is a series."""

    def __init__(self) -> None:
        self._held: dict[Hashable, list[Statement]] = defaultdict(list)

    def add(self, key: Hashable, statement: Statement) -> None:
        """Puts a statement under a key."""
        self._held[key].append(statement)

    def groups(self) -> Iterator[Sequence[Statement]]:
        """Lists of two statements or more under one key."""
        for held in self._held.values():
            if 2 <= len(held) <= MOST:
                yield held


def conflicts(statements: Iterable[Statement]) -> Iterator[Conflict]:
    """Every pair of statements that cannot both be right, each from both of its ends."""
    index = Index()
    for one in statements:
        for key in _keys(one):
            index.add(key, one)
    told: set[tuple[int, int, int, int]] = set()
    for held in index.groups():
        for at, one in enumerate(held):
            for other in held[:at]:
                pair = (
                    id(one.sentence.passage),
                    one.start,
                    id(other.sentence.passage),
                    other.start,
                )
                if pair[:2] == pair[2:] or pair in told or equal(one, other):
                    continue
                verdict = _comparable(one, other)
                if verdict is not None:
                    told.add(pair)
                    yield Conflict(one, other, verdict)
                    yield Conflict(other, one, verdict)


def _keys(one: Statement) -> Iterator[Hashable]:
    match one.kind:
        case "count" if one.measure:
            yield ("count", one.measure, frozenset(one.subject), one.marks)
        case "count" if one.base:
            yield ("there", one.subject, one.marks)
        case "count" if len(set(one.subject)) >= SHARED and not is_people(one.subject):
            yield ("words", frozenset(one.subject), one.marks)
        case "change" if one.measure:
            yield ("change", one.measure, frozenset(one.subject), one.marks)
        case "change" if len(one.subject) >= LONG_SUBJECT:
            yield ("change", one.subject[:LONG_SUBJECT], one.marks)
        case "share":
            for root in sorted(set(one.subject)):
                yield ("share", root, one.marks)


def _comparable(one: Statement, other: Statement) -> bool | None:
    """True: the same period is said; False: it may be the same; None: not comparable."""
    exact = same(one.when, other.when)
    if one.kind == "share":
        alike = _overlap(one.subject, other.subject) and _overlap(one.base, other.base)
        return exact if alike and not apart(one.when, other.when) else None
    if one.kind == "change" and not one.measure:
        return exact if overlap(one.when, other.when) else None
    if one.kind == "change":
        return True if exact else None
    if not one.measure:
        if not one.base and _listed(one, other):
            return None
        return exact if not apart(one.when, other.when) else None
    if apart(one.when, other.when) or not (one.when.months and other.when.months):
        return None
    if not exact and EARLIER in (one.base, other.base):
        return None
    return exact


def _listed(one: Statement, other: Statement) -> bool:
    """Whether the two stand in one list, which says in its head what parts its items."""
    first, second = one.sentence.passage, other.sentence.passage
    if first.place.file != second.place.file:
        return False
    lines = abs(first.place.line - second.place.line) if first.place.line else NEAR_LINES + 1
    return abs(first.index - second.index) <= A_LIST or lines <= NEAR_LINES


def _overlap(one: Sequence[str], other: Sequence[str]) -> bool:
    first, second = set(one), set(other)
    shared = first & second
    return len(shared) >= SHARED and len(shared) >= ALIKE * min(len(first), len(second))
