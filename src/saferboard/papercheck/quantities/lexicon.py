"""The words by which it is known what a figure counts, from `words.yaml`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from saferboard.papercheck.names.capitals import plain, stem
from saferboard.vocabulary.data_file import data_file

_LETTER = "A-Za-zÀ-ÖØ-öø-ÿ"
_WORD = re.compile(rf"[{_LETTER}](?:[{_LETTER}]|['’-](?=[{_LETTER}]))*|&")
LONGEST_PHRASE = 6


@dataclass(frozen=True)
class Lexicon:
    """`measures` maps a phrase, as stems, to the measure that it names."""

    measures: dict[tuple[str, ...], str]
    generic: frozenset[str]
    empty: frozenset[str]
    same: dict[str, str]
    not_counted: frozenset[str]
    ends: frozenset[str]
    people: frozenset[str]


@cache
def lexicon() -> Lexicon:
    """The lexicon, read once."""
    body = data_file(__package__ or "", "words.yaml")
    same = {str(word): str(other) for word, other in body["same"].items()}
    return Lexicon(
        {
            tuple(stem(plain(word)) for word in _WORD.findall(phrase)): measure
            for measure, phrases in body["measures"].items()
            for phrase in phrases
        },
        frozenset(body["generic"]),
        frozenset(body["empty"]),
        same,
        frozenset(body["not_counted"]),
        frozenset(body["ends"]),
        frozenset(body["people"]),
    )


def words(text: str) -> list[str]:
    """The words of a text, as they stand."""
    return _WORD.findall(text)


@lru_cache(maxsize=65_536)
def root(word: str) -> str:
    """A word as it is compared: lower case, singular, without the endings of verbs."""
    known = lexicon().same
    short = plain(word)
    short = known.get(short, short)
    short = stem(short)
    short = known.get(short, short)
    for ending in ("ing", "ed"):
        if short.endswith(ending) and len(short) > len(ending) + 4:
            short = short[: -len(ending)]
            break
    return short[:-1] if short.endswith("e") and len(short) > 4 else short


@cache
def _roots(name: str) -> frozenset[str]:
    held = lexicon()
    listed = {"empty": held.empty, "generic": held.generic, "people": held.people}[name]
    return frozenset(root(word) for word in listed) | listed


def subject(text: str) -> tuple[str, ...]:
    """The words of a text that say what is meant, as roots, in order."""
    empty = _roots("empty")
    return tuple(
        short for word in words(text) if (short := root(word)) not in empty and len(short) > 1
    )


def is_generic(short: str) -> bool:
    """Whether a root only says that something is counted."""
    return short in _roots("generic")


def is_people(roots: Sequence[str]) -> bool:
    """Whether the roots say that people are counted, and not which."""
    return set(roots) <= _roots("people")


def measure_in(text: str) -> tuple[str, tuple[str, ...]] | None:
    """The measure that the text names and the roots of the other words in it; None where it
    names none, or two that are not part of one phrase."""
    said = [stem(plain(word)) for word in words(text)]
    known = lexicon().measures
    found: list[str] = []
    rest: list[str] = []
    at = 0
    while at < len(said):
        for size in range(min(LONGEST_PHRASE, len(said) - at), 0, -1):
            measure = known.get(tuple(said[at : at + size]))
            if measure:
                found.append(measure)
                at += size
                break
        else:
            rest.append(said[at])
            at += 1
    if len(set(found)) != 1:
        return None
    return found[0], _left(rest)


def _left(rest: Sequence[str]) -> tuple[str, ...]:
    return tuple(one for one in subject(" ".join(rest)) if not is_generic(one))
