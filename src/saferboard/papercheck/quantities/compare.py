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
from saferboard.papercheck.quantities.lexicon import is_generic, is_people, subject
from saferboard.papercheck.quantities.statement import EARLIER, Statement
from saferboard.papercheck.quantities.when import apart, overlap, same

MOST = 60
"""More statements than this under one key of the index are a series, and no repetition."""

A_LIST = 8
"""Passages so near each other are items of one list, which says in its head what parts them."""

NEAR_LINES = 12
LONG_SUBJECT = 4
SHARED = 2
SERIES = 3
MOST_VALUES = 8
AGREE = 0.6
LEAST_VALUE = 10
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


class _Copies:
    """Which tables give the same figures: a table of another place or group has the same heads
    too, but not the same figures."""

    def __init__(self, statements: Iterable[Statement]) -> None:
        self._cells: dict[Hashable, dict[Hashable, float]] = defaultdict(dict)
        for one in statements:
            if one.table:
                self._cells[one.table][(one.measure, one.when)] = one.value

    def of(self, one: Hashable, other: Hashable) -> bool:
        """Whether most of the figures that both tables have are the same."""
        first, second = self._cells[one], self._cells[other]
        shared = first.keys() & second.keys()
        return sum(first[key] == second[key] for key in shared) >= AGREE * len(shared)


def conflicts(statements: Sequence[Statement]) -> Iterator[Conflict]:
    """Every pair of statements that cannot both be right, each from both of its ends."""
    index = Index()
    for one in statements:
        for key in _keys(one):
            index.add(key, one)
    copies = _Copies(statements)
    told: set[tuple[int, int, int, int]] = set()
    for held in index.groups():
        if _series(held):
            continue
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
                if one.table and other.table and not copies.of(one.table, other.table):
                    continue
                verdict = _comparable(one, other)
                if verdict is not None:
                    told.add(pair)
                    yield Conflict(one, other, verdict)
                    yield Conflict(other, one, verdict)


def _series(held: Sequence[Statement]) -> bool:
    """Counts of words without a measure that take three values or more are rows of one list:
    `28 offences could not be placed`, for one measure after the other. Counts of one measure in
    many values are those of many places."""
    values = len({one.value for one in held})
    if all(one.kind == "count" and one.measure for one in held):
        return values > MOST_VALUES
    return values >= SERIES and all(one.kind == "count" and not one.base for one in held)


def _keys(one: Statement) -> Iterator[Hashable]:
    match one.kind:
        case "count" if one.measure:
            key = (one.measure, frozenset(one.subject), one.marks)
            yield ("count", *key)
            if one.when.known:
                yield ("count", *key, one.when.last, one.when.quarter)
        case "count" if one.base:
            yield ("there", one.subject, one.marks)
        case "count" if _specific(one):
            yield ("words", frozenset(one.subject), one.marks)
        case "count" if one.subject and one.when.known and one.number.value >= LEAST_VALUE:
            yield ("root", frozenset(one.subject), one.marks, one.when)
        case "change" if one.measure:
            yield ("change", one.measure, frozenset(one.subject), one.marks)
        case "change" if len(one.subject) >= LONG_SUBJECT:
            yield ("change", one.subject[:LONG_SUBJECT], one.marks)
        case "share":
            for root in sorted(set(one.subject)):
                yield ("share", root, one.marks)


def _specific(one: Statement) -> bool:
    """A count in a sentence whose words name more than that people are counted."""
    cell = one.sentence.passage.kind == "cell" and one.number.value < LEAST_VALUE
    return not cell and len(set(one.subject)) >= SHARED and not is_people(one.subject)


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
        if not one.base and (_listed(one, other) or _one_form(one, other)):
            return None
        if not one.base and not _specific(one) and not _same_matter(one, other):
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


def _one_form(one: Statement, other: Statement) -> bool:
    """Whether the two are one sentence with another figure under two headings: a form that is
    filled in for one measure after the other, and the headings say which. A sentence that says
    of whom it speaks (ages, sexes) is repeated, and no form."""
    if one.marks or other.marks:
        return False
    first, second = one.sentence, other.sentence
    headings = first.passage.place.heading, second.passage.place.heading
    return headings[0] != headings[1] and first.mask.mask == second.mask.mask


def _same_matter(one: Statement, other: Statement) -> bool:
    """Whether the rest of the two sentences is about one thing: `the hub had 600 referrals`."""
    first, second = (
        {root for root in subject(each.sentence.text) if not is_generic(root)} - set(each.subject)
        for each in (one, other)
    )
    return bool(first & second) and 2 * len(first & second) >= min(len(first), len(second))


def _overlap(one: Sequence[str], other: Sequence[str]) -> bool:
    first, second = set(one), set(other)
    shared = first & second
    return len(shared) >= SHARED and len(shared) >= ALIKE * min(len(first), len(second))
