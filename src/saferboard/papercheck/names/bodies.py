"""Boards, services, offices, funds: bodies whose names stand in more than one form.

Names are compared by their longest common windows, from three words upwards; a shorter window
that was told already is not told again inside a longer one.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from itertools import combinations

from saferboard.papercheck.names.capitals import Run, Word, stem
from saferboard.papercheck.names.lexicon import lexicon
from saferboard.papercheck.names.variants import (
    Forms,
    Sighting,
    Variant,
    dominates,
    near,
    neighbours,
    told,
)

LEAST, MOST = 3, 6
SHORTEST_SUBSTITUTE = 5
Form = tuple[str, ...]


class _Told:
    """Which words were told already, so that longer windows around them stay quiet."""

    def __init__(self) -> None:
        self._spans: dict[int, list[tuple[int, int]]] = defaultdict(list)

        self._new: list[Sighting] = []

    def all(self, places: Sequence[Sighting]) -> bool:
        return all(self._overlaps(one) for one in places)

    def add(self, variants: Iterable[Variant]) -> Iterator[Variant]:
        for variant in variants:
            if not self._overlaps(variant.seen):
                self._new.append(variant.seen)
                yield variant

    def close(self) -> None:
        """Windows of one length are done: what they told counts from now on."""
        for seen in self._new:
            self._spans[id(seen.passage)].append((seen.start, seen.end))
        self._new = []

    def _overlaps(self, one: Sighting) -> bool:
        held = self._spans.get(id(one.passage), ())
        return any(start < one.end and one.start < end for start, end in held)


def bodies_differ(runs: Sequence[Run]) -> Iterator[Variant]:
    """Names of bodies that hold the same words in another order or number or with other links:
    `Safer Town` and `Safer Towns Partnership Board`, `Office for` and `of Fair Statistics`."""
    said = _Told()
    for size in range(LEAST, MOST + 1):
        forms = Forms()
        for words, span in _bodies(runs, size):
            content = [word for word in words if not word.link]
            form = ["and" if word.text == "&" else word.plain for word in words]
            last = form[-1] if _opens(words) else stem(form[-1])
            forms.add(
                tuple(sorted(word.stem for word in content)),
                tuple(word for word in (*form[:-1], last) if word != "the"),
                span,
            )
        for _, held in forms.groups():
            for one, other in combinations(held, 2):
                places = held[one], held[other]
                if any(said.all(some) for some in places) or _only_and(one, other, places):
                    continue
                yield from said.add(told(*places))
        said.close()


def _only_and(
    one: Hashable, other: Hashable, places: tuple[Sequence[Sighting], Sequence[Sighting]]
) -> bool:
    """Whether nothing but an `and` parts the two, and neither is the usual form."""
    if not (isinstance(one, tuple) and isinstance(other, tuple)):
        return False
    few, many = sorted(map(len, places))
    bare = [tuple(word for word in form if word != "and") for form in (one, other)]
    return bare[0] == bare[1] and not dominates(many, few)


def a_word_differs(runs: Sequence[Run], ordinary: Counter[str]) -> Iterator[Variant]:
    """Names of which one word differs but begins with the same letter, so that both have one
    abbreviation: `Local` and `Londinium Crime Fund`. Three words are enough where the two that
    differ are nearly the same. The first word of a name is often the place, and two places
    are two bodies: there one of the two must be a word of everyday English."""
    said = _Told()
    for size in range(LEAST, MOST + 1):
        forms = Forms()
        for words, span in _bodies(runs, size):
            content = [word for word in words if not word.link]
            stems = [word.stem for word in content]
            for slot, word in enumerate(content):
                key = (slot, slot == size - 1, word.stem[0], *stems[:slot], "*", *stems[slot + 1 :])
                if len(word.plain) >= SHORTEST_SUBSTITUTE:
                    forms.add(key, word.stem, span)
        for where, held in forms.groups():
            slot, last = where[:2] if isinstance(where, tuple) else (0, False)
            first = slot == 0
            for one, other in combinations(held, 2):
                alike = near(str(one), str(other))
                usual = ordinary[str(one)] or ordinary[str(other)]
                if (last or size == LEAST) and not alike:
                    continue
                if (first or alike) and not usual:
                    continue
                if not any(said.all(some) for some in (held[one], held[other])):
                    yield from said.add(told(held[one], held[other]))
        said.close()


def members_bodies_differ(runs: Iterable[Run], listed: Iterable[Run]) -> Iterator[Variant]:
    """Organisations of two words as the list of members has them, and elsewhere in the
    plural or with another ending: `Witness Care` on the list, `Witnesses Care` in the text."""
    known: dict[tuple[str, str], tuple[str, str]] = {}
    for run in listed:
        if len(run.words) == 2 and len(run.content) == 2:
            one, other = run.words
            known[(one.stem, other.stem)] = (one.plain, other.plain)
    forms = Forms()
    for run in runs:
        for at, one, other in neighbours(run):
            key = (one.stem, other.stem)
            whole = at + 2 == len(run.words) and (not at or run.words[at - 1].link)
            if key in known and whole:
                span = Sighting(run.passage, run.words[at].start, run.words[at + 1].end)
                forms.add(key, (one.plain, other.stem), span)
    for _, held in forms.groups():
        for pair in combinations(held, 2):
            yield from told(held[pair[0]], held[pair[1]])


def _bodies(runs: Iterable[Run], size: int) -> Iterator[tuple[Sequence[Word], Sighting]]:
    """Every window of `size` words, links not counted, that can be the name of a body."""
    for run in runs:
        content = run.content
        for at in range(len(content) - size + 1):
            first, last = content[at], content[at + size - 1]
            words = run.words[first : last + 1]
            if _is_body(words):
                yield words, Sighting(run.passage, words[0].start, words[-1].end)


def _opens(words: Sequence[Word]) -> bool:
    """`Office for …`, `Department of …`."""
    return words[0].plain in lexicon().opening_bodies and words[1].text.lower() in ("of", "for")


def _is_body(words: Sequence[Word]) -> bool:
    """Ends with a word like Board, or begins like Office for …; is no role and holds not two
    bodies."""
    known = lexicon()
    content = [word for word in words if not word.link]
    if content[0].plain in known.roles:
        return False
    inner = any(word.stem in known.bodies for word in content[1:-1])
    ends = content[-1].stem in known.bodies
    if inner and ends and any(word.link for word in words):
        return False
    anywhere = any(word.plain in known.bodies_anywhere for word in content)
    return _opens(words) or anywhere or (ends and content[0].stem not in known.bodies)
