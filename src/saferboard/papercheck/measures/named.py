"""What the sentences of a passage name: measures, places, periods."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from saferboard.papercheck.measures.names import NAMED, OTHER, measures_in
from saferboard.papercheck.measures.periods import When, periods_in
from saferboard.papercheck.measures.phrases import Mention, Phrases, plain_words

_BREAK = re.compile(r"(?<=[.!?])\s+(?=[A-Z“\"(])|(?<=;)\s+|\n")
_OPPOSITES = ("non", "other", "not")


@dataclass(frozen=True)
class Sentence:
    """A sentence of a passage with what it names: [start, end) in the passage's words."""

    start: int
    end: int
    measures: tuple[Mention[str], ...]
    places: tuple[Mention[str], ...]
    periods: tuple[When, ...]


def sentences_of(text: str, year_starts: int, places: Phrases[str]) -> list[Sentence]:
    """The sentences of a passage; a gap between two belongs to the first."""
    measures = named_again(text, measures_in(text))
    held, periods = _places(places, text), periods_in(text, year_starts)
    starts = [0, *(found.end() for found in _BREAK.finditer(text))]
    return [
        Sentence(
            start,
            end,
            tuple(one for one in measures if start <= one.start < end),
            tuple(one for one in held if start <= one.start < end),
            tuple(one for one in periods if start <= one.start < end),
        )
        for start, end in zip(starts, [*starts[1:], len(text) + 1], strict=True)
    ]


def _places(places: Phrases[str], text: str) -> list[Mention[str]]:
    """The places of a text. Names of areas are often ordinary words: they count with a capital."""
    found = []
    for one in places.find(text):
        if one.value != NAMED:
            found.append(one)
        elif text[one.start].isupper():
            found.append(replace(one, value=OTHER))
    return found


def named_again(text: str, found: Sequence[Mention[str]]) -> list[Mention[str]]:
    """A short name after a longer one that ends with it means the longer one: “residential burglary
    … the reductions in burglary”."""
    words = [plain_words(text[one.start : one.end]) for one in found]
    again: list[Mention[str]] = []
    for at, one in enumerate(found):
        longer = [
            before
            for before, held in zip(again, words, strict=False)
            if len(held) > len(words[at])
            and held[-len(words[at]) :] == words[at]
            and held[0] not in _OPPOSITES
        ]
        again.append(replace(one, value=longer[-1].value) if longer and one.value else one)
    return again
