"""Sentences that stand twice in a pack with another figure, and shares that change their whole."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from saferboard.papercheck.claims.number import Number
from saferboard.papercheck.measures.names import measures_in
from saferboard.papercheck.quantities.lexicon import measure_in, subject
from saferboard.papercheck.quantities.statement import Sentence, Statement

SHINGLE = 3
LEAST_WORDS = 6
ALIKE = 0.6
MOST = 40
SERIES = 3
LEVELS = frozenset({90.0, 95.0, 99.0, 99.8})
_LIMITS = frozenset(subject("limits interval confidence likely range level"))


@dataclass(frozen=True)
class Repeat:
    """`seen` and `other` figures at one place of two sentences that are nearly word for word
    the same."""

    seen: Number
    other: Number
    sentence: Sentence
    against: Sentence


class _Read:
    """A sentence as a list of roots and figures."""

    def __init__(self, sentence: Sentence) -> None:
        self.sentence = sentence
        self.items: list[str | Number] = []
        at = 0
        text = sentence.text
        for token in sentence.mask.tokens:
            self.items += subject(text[at : token.start])
            self.items.append(token.number or f"‹{token.text.casefold()}›")
            at = token.end
        self.items += subject(text[at:])

    @cached_property
    def roots(self) -> tuple[str, ...]:
        return tuple(item for item in self.items if isinstance(item, str) and item[0] != "‹")

    @cached_property
    def measure(self) -> str:
        """The measure that the sentence names, or the one before it, or nothing."""
        # The catalogue tells apart what lies in another name: violence with injury that is
        # domestic abuse.
        named = [one.value for one in measures_in(self.sentence.text) if one.value]
        held = named or measure_in(self.sentence.text) or measure_in(self.sentence.before)
        return held[0] if held else ""

    @cached_property
    def periods(self) -> frozenset[str]:
        """Dates, ages and ranges, which must be the same in both."""
        return frozenset(item for item in self.items if isinstance(item, str) and item[0] == "‹")

    @cached_property
    def shingles(self) -> frozenset[tuple[str, ...]]:
        return frozenset(
            self.roots[at : at + SHINGLE] for at in range(len(self.roots) - SHINGLE + 1)
        )

    def figures(self) -> dict[tuple[str, str], Number]:
        """Figures by the roots before and after them; none where two have the same ones."""
        held: dict[tuple[str, str], list[Number]] = defaultdict(list)
        padded: Sequence[str | Number] = ["^", *self.items, "$"]
        for at, item in enumerate(padded):
            if isinstance(item, Number):
                before = next((one for one in reversed(padded[:at]) if isinstance(one, str)), "")
                after = next((one for one in padded[at + 1 :] if isinstance(one, str)), "")
                if not _is_level(item, after):
                    held[(before, after)].append(item)
        return {key: numbers[0] for key, numbers in held.items() if len(numbers) == 1}


def _is_level(number: Number, after: str) -> bool:
    """Whether a figure is the level of limits (“the 95% limits”): the same in every paper, so
    that it shows no two sentences to be one."""
    return number.kind == "percent" and number.value in LEVELS and after in _LIMITS


def repeats(sentences: Iterable[Sentence]) -> Iterator[Repeat]:
    """Figures that differ between two sentences of nearly the same words, measure and periods, of
    which as many figures are the same: two, where they name no measure. A figure with three values
    or more in such sentences is no repetition: they are a series that one hand wrote, or a
    program."""
    found = [repeat for one, other in _alike(sentences) for repeat in _differing(one, other)]
    values: dict[tuple[int, int], set[float]] = defaultdict(set)
    for repeat in found:
        values[_slot(repeat)] |= {repeat.seen.value, repeat.other.value}
    for repeat in found:
        if len(values[_slot(repeat)]) < SERIES:
            yield repeat


def _slot(repeat: Repeat) -> tuple[int, int]:
    return id(repeat.sentence.passage), repeat.sentence.offset + repeat.seen.start


def _alike(sentences: Iterable[Sentence]) -> Iterator[tuple[_Read, _Read]]:
    """Pairs of sentences that share most of the shorter one's runs of three words."""
    index: dict[tuple[str, ...], list[_Read]] = defaultdict(list)
    for sentence in sentences:
        read = _Read(sentence)
        if len(read.roots) < LEAST_WORDS:
            continue
        counts: dict[int, int] = defaultdict(int)
        known: dict[int, _Read] = {}
        for shingle in read.shingles:
            held = index[shingle]
            for other in held:
                counts[id(other)] += 1
                known[id(other)] = other
            if len(held) < MOST:
                held.append(read)
        for key, shared in counts.items():
            other = known[key]
            if shared >= ALIKE * min(len(read.shingles), len(other.shingles)):
                yield read, other


def _differing(read: _Read, other: _Read) -> Iterator[Repeat]:
    if read.periods != other.periods or read.measure != other.measure:
        return
    first, second = read.figures(), other.figures()
    shared = first.keys() & second.keys()
    same = [key for key in shared if first[key].value == second[key].value]
    differ = [
        key
        for key in shared
        if first[key].value != second[key].value
        and first[key].kind == second[key].kind
        and not (first[key].approx or second[key].approx)
    ]
    if len(same) < (1 if read.measure else 2) or len(differ) > len(same):
        return
    for key in differ:
        yield Repeat(first[key], second[key], read.sentence, other.sentence)
        yield Repeat(second[key], first[key], other.sentence, read.sentence)


def shares_of_two_wholes(shares: Iterable[Statement]) -> Iterator[tuple[Statement, Statement]]:
    """One share, printed with a decimal, that is said of a group in one place and of some of it
    in another (those of an age or a sex)."""
    index: dict[tuple[float, str], list[Statement]] = defaultdict(list)
    for share in shares:
        if share.kind == "share" and share.number.step < 1:
            for root in set(share.subject):
                index[(share.number.value, root)].append(share)
    told: set[tuple[int, int]] = set()
    for held in index.values():
        for one, other in pairwise(sorted(held[:MOST], key=lambda share: sorted(share.marks))):
            for seen, against in ((one, other), (other, one)):
                key = (id(seen.sentence.passage), seen.start)
                if one.marks != other.marks and _akin(one, other) and key not in told:
                    told.add(key)
                    yield seen, against


def _akin(one: Statement, other: Statement) -> bool:
    return len(set(one.base) & set(other.base)) >= 2
