"""The words by which names are known, from `words.yaml`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from saferboard.vocabulary.data_file import data_file


@dataclass(frozen=True)
class Lexicon:
    """Sets of words in lower case; the file says what each is for."""

    links: frozenset[str]
    bodies: frozenset[str]
    opening_bodies: frozenset[str]
    bodies_anywhere: frozenset[str]
    endings: frozenset[str]
    titles: frozenset[str]
    roles: frozenset[str]
    lists: frozenset[str]
    same_word: dict[str, str]


@cache
def lexicon() -> Lexicon:
    """The lexicon, read once."""
    body = data_file(__package__ or "", "words.yaml")
    same = body.pop("same_word")
    return Lexicon(**{key: frozenset(words) for key, words in body.items()}, same_word=same)
