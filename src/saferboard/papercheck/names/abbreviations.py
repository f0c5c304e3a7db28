"""Abbreviations: what the pack says that they stand for, and their slips of the pen."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from saferboard.papercheck.names.capitals import Run, Word
from saferboard.papercheck.names.variants import Sighting, Variant, told
from saferboard.papercheck.paper import Passage

_AFTER = re.compile(r"^[\s,]{0,2}[(\[‘'“\"]{1,2}(?P<letters>[A-Z][A-Za-z&]{1,7})[)\]’'”\"]")
_BEFORE = re.compile(r"(?<![\w&])(?P<letters>[A-Z][A-Z&]{1,7}s?)\s\((?:the\s)?$")
_LETTERS = re.compile(r"(?<![\w.@/-])[A-Z]{3,6}(?![\w@-]|\.\w)")
_PAIR = re.compile(r"(?<![\w.@/-])(?P<before>[A-Z]{2,5}) (?P<letters>[A-Z]{3,6})(?![\w@-])")
FREQUENT = 3


@dataclass(frozen=True)
class Meaning:
    """`letters` is the abbreviation without a plural ending; `words` what it stands for."""

    letters: str
    words: tuple[str, ...]
    stems: tuple[str, ...]
    sighting: Sighting


def meanings(runs: Iterable[Run]) -> Iterator[Meaning]:
    """`Name of a Body (NOAB)`, `NOAB (Name of a Body)`, where the first letters agree."""
    for run in runs:
        text = run.passage.text
        after = _AFTER.match(text[run.words[-1].end :])
        if after:
            letters = _singular(after["letters"])
            for first in range(len(run.words) - 1, -1, -1):
                if _spelled(run.words[first:], letters):
                    yield _meaning(run, first, len(run.words), letters)
                    break
        before = _BEFORE.search(text[max(0, run.words[0].start - 14) : run.words[0].start])
        if before and text[run.words[-1].end :].startswith((")", "’s)", "'s)")):
            letters = _singular(before["letters"])
            if _spelled(run.words, letters):
                yield _meaning(run, 0, len(run.words), letters)


def _singular(letters: str) -> str:
    return letters[:-1] if letters.endswith("s") else letters


def _spelled(words: Sequence[Word], letters: str) -> bool:
    """Whether the words begin with these letters, with or without their links; a plural S at
    the end is forgiven."""
    if words[0].link:
        return False
    every = "".join(word.text[0] for word in words).upper()
    content = "".join(word.text[0] for word in words if not word.link).upper()
    said = letters.upper().replace("&", "")
    return len(said) >= 2 and any(
        one in (every, content, content.replace("&", "")) for one in (said, said.removesuffix("S"))
    )


def _meaning(run: Run, first: int, last: int, letters: str) -> Meaning:
    words = run.words[first:last]
    said = "".join(word.text[0] for word in words if not word.link).upper()
    plain = ["and" if word.text == "&" else word.plain for word in words]
    return Meaning(
        said if said == letters.removesuffix("S") else letters,
        tuple(word for word in plain if word != "the"),
        tuple(word.stem for word in words if not word.link),
        Sighting(run.passage, words[0].start, words[-1].end),
    )


def resolved_two_ways(runs: Iterable[Run]) -> Iterator[tuple[str, Variant]]:
    """Abbreviations that two places of the pack resolve otherwise (but for number)."""
    held: dict[str, dict[tuple[str, ...], list[Sighting]]] = defaultdict(lambda: defaultdict(list))
    for meaning in meanings(runs):
        links = tuple(word for word in meaning.words if word in ("of", "for"))
        held[meaning.letters][(*meaning.stems, *links)].append(meaning.sighting)
    for letters, forms in held.items():
        for one, other in combinations(forms, 2):
            for variant in told(forms[one], forms[other]):
                yield letters, variant


def mistyped(passages: Iterable[Passage]) -> Iterator[Variant]:
    """Abbreviations that stand once or twice, with two letters of a frequent one swapped, or
    with another last letter after the same neighbour (`NW BCS` beside `NW BCU`)."""
    seen: dict[str, list[Sighting]] = defaultdict(list)
    pairs: dict[tuple[str, str], dict[str, list[Sighting]]] = defaultdict(lambda: defaultdict(list))
    for passage in passages:
        if passage.kind == "heading" or passage.text.isupper():
            continue
        for found in _LETTERS.finditer(passage.text):
            seen[found[0]].append(Sighting(passage, found.start(), found.end()))
        for found in _PAIR.finditer(passage.text):
            sighting = Sighting(passage, found.start(), found.end())
            pairs[(found["before"], found["letters"][:-1])][found["letters"]].append(sighting)
    sets: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for letters, places in seen.items():
        if len(places) >= FREQUENT and len(letters) > FREQUENT:
            sets[tuple(sorted(letters))].append(letters)
    for letters, places in seen.items():
        for known in sets.get(tuple(sorted(letters)), ()):
            if len(places) < len(seen[known]) / 2 and _swapped(letters, known):
                yield from told(places, seen[known])
    for forms in pairs.values():
        for one, other in combinations(forms, 2):
            few, many = sorted((forms[one], forms[other]), key=len)
            alone = len(seen[few[0].text.split()[-1]]) == len(few)
            if len(few) == 1 and len(many) >= FREQUENT and alone:
                yield from told(few, many)


def _swapped(one: str, other: str) -> bool:
    apart = [at for at in range(len(one)) if one[at] != other[at]]
    return len(apart) == 2 and apart[1] == apart[0] + 1
