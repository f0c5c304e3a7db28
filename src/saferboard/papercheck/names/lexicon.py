"""The words by which names are known, from `words.yaml`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import resources

import yaml


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
    text = resources.files(__package__ or "").joinpath("words.yaml").read_text("utf-8")
    body = yaml.safe_load(text)
    same = body.pop("same_word")
    return Lexicon(**{key: frozenset(words) for key, words in body.items()}, same_word=same)
