"""Names that are spelled two ways in one pack.

Every comparison runs through an index (the words around the one that differs), so that the
work grows with the number of names and not with its square.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from saferboard.papercheck.names.capitals import Run, Word, stem
from saferboard.papercheck.names.lexicon import lexicon
from saferboard.papercheck.names.spelling import distance, without_a_letter
from saferboard.papercheck.paper import Passage

DOMINANT = 2
"""A spelling that stands this many times as often as another is the right one; otherwise
nobody can tell, and both are named."""

MOST_FORMS = 120
"""More forms than this in one place of the index are no spellings of one name."""

SHORTEST = 3
LONG = 7


@dataclass(frozen=True)
class Sighting:
    """A name at a place, as written."""

    passage: Passage
    start: int
    end: int

    @property
    def text(self) -> str:
        return self.passage.text[self.start : self.end]


@dataclass(frozen=True)
class Variant:
    """`seen` has another spelling than `other`; `times` is how often each stands in the pack.
    `sure` is whether the other spelling is so much more frequent that it is the right one."""

    seen: Sighting
    other: Sighting
    times: tuple[int, int]

    @property
    def sure(self) -> bool:
        return dominates(self.times[1], self.times[0])


class Forms:
    """Forms of names by a key under which they would be one name, with all sightings."""

    def __init__(self) -> None:
        self._held: dict[Hashable, dict[Hashable, list[Sighting]]] = defaultdict(
            lambda: defaultdict(list)
        )

    def add(self, key: Hashable, form: Hashable, sighting: Sighting) -> None:
        """Remembers one sighting of `form`."""
        self._held[key][form].append(sighting)

    def groups(self) -> Iterator[tuple[Hashable, dict[Hashable, list[Sighting]]]]:
        """Keys with two forms or more."""
        for key, forms in self._held.items():
            if 2 <= len(forms) <= MOST_FORMS:
                yield key, forms


def dominates(many: int, few: int) -> bool:
    """Whether the spelling that stands `many` times is taken for the right one."""
    return many >= DOMINANT * few


def told(one: Sequence[Sighting], other: Sequence[Sighting]) -> Iterator[Variant]:
    """The rarer form at each of its places; the other one too where neither dominates."""
    few, many = sorted((one, other), key=len)
    for seen in few:
        yield Variant(seen, many[0], (len(few), len(many)))
    if not dominates(len(many), len(few)):
        for seen in many:
            yield Variant(seen, few[0], (len(many), len(few)))


def is_title(word: Word) -> bool:
    """Written with capitals, but not in capitals throughout."""
    return not word.link and not word.text.isupper()


def neighbours(run: Run) -> Iterator[tuple[int, Word, Word]]:
    """Pairs of words that stand side by side, with the position of the first."""
    for at in range(len(run.words) - 1):
        one, other = run.words[at], run.words[at + 1]
        if not one.link and not other.link:
            yield at, one, other


def misspelled(runs: Iterable[Run], ordinary: Counter[str]) -> Iterator[Variant]:
    """Pairs of words of which one is the same and the other nearly: `Ann Exampel`, `Ann
    Example`. Words of everyday English are left alone: they are not spelled, but chosen."""
    forms = Forms()
    for run in runs:
        for at, one, other in neighbours(run):
            if not (is_title(one) and is_title(other)) or "-" in other.before:
                continue
            span = Sighting(run.passage, run.words[at].start, run.words[at + 1].end)
            for slot, word, context in ((0, one, other), (1, other, one)):
                if len(word.plain) >= SHORTEST and not ordinary[word.plain]:
                    forms.add((slot, context.plain, word.plain[0]), word.plain, span)
    for _, held in forms.groups():
        for one_form, other_form in combinations(held, 2):
            if near(str(one_form), str(other_form)):
                yield from told(held[one_form], held[other_form])


def near(one: str, other: str) -> bool:
    """A letter or two apart for their length; or longer words of nearly the same letters."""
    first, second = sorted((one, other), key=len)
    short = len(first)
    derived = second.startswith(first) and second[short:] in lexicon().endings
    if stem(one) == stem(other) or short < SHORTEST or derived:
        return False
    if distance(one, other, 2) <= (1 if short < 6 else 2):
        return True
    letters, others = Counter(one), Counter(other)
    strange = (letters - others).total() + (others - letters).total()
    return short >= LONG and strange <= 2 and distance(one, other, 4) <= 4


def capitals_differ(runs: Iterable[Run], ordinary: Counter[str]) -> Iterator[Variant]:
    """`Laetitia McExample` and `Laetitia Mcexample`: the same letters with another capital
    inside. A word of everyday English needs the same neighbour too."""
    forms = Forms()
    for run in runs:
        for at, word in enumerate(run.words):
            if not is_title(word) or len(word.text) < SHORTEST + 2:
                continue
            span = Sighting(run.passage, word.start, word.end)
            if not ordinary[word.plain]:
                forms.add(word.plain, _bare(word), span)
                continue
            for near in (at - 1, at + 1):
                if 0 <= near < len(run.words) and not run.words[near].link:
                    key = (near - at, run.words[near].plain, word.plain)
                    forms.add(key, _bare(word), span)
    for _, held in forms.groups():
        for one, other in combinations(held, 2):
            yield from told(held[one], held[other])


def _bare(word: Word) -> str:
    return word.text.replace("’s", "").replace("'s", "").replace("’", "'")


def hyphens_differ(runs: Iterable[Run], ordinary: Counter[str]) -> Iterator[Variant]:
    """`Ann Sample-Example` and `Ann Sample Example`, after the same given name."""
    forms = Forms()
    for run in runs:
        for at in range(len(run.words) - 2):
            three = run.words[at : at + 3]
            if any(not is_title(word) or ordinary[word.plain] for word in three):
                continue
            if three[1].before == " ":
                span = Sighting(run.passage, three[0].start, three[2].end)
                key = tuple(word.plain for word in three)
                forms.add(key, three[2].before == "-", span)
    for _, held in forms.groups():
        yield from told(held[True], held[False])


def stops_inside(runs: Iterable[Run]) -> Iterator[Variant]:
    """`Ann.Example` beside `Ann Example`."""
    forms = Forms()
    for run in runs:
        for at, one, other in neighbours(run):
            if other.before in (" ", ".") and len(one.text) > 2:
                span = Sighting(run.passage, run.words[at].start, run.words[at + 1].end)
                forms.add((one.plain, other.plain), other.before, span)
    for _, held in forms.groups():
        for seen in held["."]:
            yield Variant(seen, held[" "][0], (1, max(len(held[" "]), 1 + DOMINANT)))


def near_a_frequent_one(runs: Iterable[Run], ordinary: Counter[str]) -> Iterator[Variant]:
    """A word with a slip of the pen in it, next to one that stands often: two letters swapped,
    or in a long word one left out or doubled."""
    seen: dict[str, list[Sighting]] = defaultdict(list)
    for run in runs:
        for word in run.words:
            if not word.link and len(word.plain) > SLIP_LENGTH and not ordinary[word.plain]:
                seen[word.plain].append(Sighting(run.passage, word.start, word.end))
    index: dict[str, list[str]] = defaultdict(list)
    for name in seen:
        for form in without_a_letter(name):
            index[form].append(name)
    for names in index.values():
        for pair in combinations(names, 2) if 2 <= len(names) <= SERIES else ():
            rare, known = sorted(pair, key=lambda one: len(seen[one]))
            if _slip(rare, known, len(seen[rare]), len(seen[known])):
                yield from told(seen[rare], seen[known])


def _slip(rare: str, known: str, few: int, many: int) -> bool:
    if stem(rare) == stem(known) or few > RARE:
        return False
    if len(rare) == len(known):
        swapped = sorted(rare) == sorted(known) and distance(rare, known, 1) == 1
        return swapped and many >= (FREQUENT if len(rare) < SLIP_LONG else few * FEW_TIMES)
    first, second = sorted((rare, known), key=len)
    derived = second.startswith(first) and second[len(first) :] in lexicon().endings
    return not derived and len(rare) >= SLIP_LONG and many >= few * FEW_TIMES


SLIP_LONG = 8
FEW_TIMES = 3
SERIES = 12
SLIP_LENGTH = 4
FREQUENT = 20
RARE = 2
