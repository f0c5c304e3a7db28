"""What a sentence says about a quantity."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from saferboard.papercheck.claims.mask import Masked, masked
from saferboard.papercheck.claims.number import NUMBER_WORD, Number
from saferboard.papercheck.paper import Passage
from saferboard.papercheck.quantities.lexicon import subject, words
from saferboard.papercheck.quantities.when import When, when

Kind = Literal["count", "change", "share"]
_DIGIT = re.compile(r"\d")
_SPELLED = re.compile(rf"\b(?:{NUMBER_WORD})\b", re.I)
EARLIER = ("earlier column",)
"""The `base` of a cell that a later column of its table stands beside."""

_SPLIT = re.compile(r"(?<=[.!?;])\s+(?=[A-Z“\"(\d])")
_AGES = re.compile(
    r"\b(?:aged?|under|over|between)?\s?(?P<low>\d{1,2})\s?(?:-|–|to|and)\s?(?P<high>\d{1,2})"
    r"(?=[\s-]?(?:years?|year-olds?|\b))(?!\s?%)|\b(?:under|aged\sunder|over)[\s-]?(?P<bound>\d{1,2})(?:s|'s|’s)?\b",
    re.I,
)
_EARLIER_THAN = re.compile(
    r"[,(;]?\s\(?(?:(?:up|down|a\s\w+|an\s\w+)\s(?:by\s\S+\s)?from|compared\s(?:to|with)|against|"
    r"(?:more|fewer|less|higher|lower)\sthan)\s",
    re.I,
)
"""Where the words turn to the figure before: the period behind them is not that of this one."""

_SEX = {"male": "male", "males": "male", "men": "male", "boys": "male", "female": "female",
        "females": "female", "women": "female", "girls": "female"}  # fmt: skip
_AGE_WORDS = re.compile(r"\bage[sd]?\b|year[\s-]old|\bunder\b|\bover\s(?:18|25|65)", re.I)


@dataclass(frozen=True)
class Sentence:
    """`text` stands at `offset` in the passage; `before` is the sentence before it."""

    passage: Passage
    text: str
    offset: int
    before: str = ""

    @property
    def mask(self) -> Masked:
        return masked(self.text)


@dataclass(frozen=True)
class Statement:
    """`number` is printed for `subject` (roots of words, in order), or for a `measure` of the
    lexicon with the words left over in `subject`. `marks` are ages and sexes, which part one
    quantity from another. `sign` is −1 for a fall; `base` the group of a share, or how a count
    is said; `table` the file, page and number of the table that it stands in. `sentence` holds
    the place."""

    kind: Kind
    number: Number
    measure: str
    subject: tuple[str, ...]
    marks: frozenset[str]
    when: When
    sentence: Sentence
    sign: int = 1
    base: tuple[str, ...] = ()
    table: tuple[str, int, int] | None = None

    @property
    def value(self) -> float:
        return self.sign * self.number.value

    @property
    def start(self) -> int:
        return self.sentence.offset + self.number.start

    @property
    def end(self) -> int:
        return self.sentence.offset + self.number.end


def sentences(passage: Passage, *, spelled: bool = False) -> Iterator[Sentence]:
    """The sentences of a passage with figures in them, or with numbers in words (`spelled`)."""
    start = 0
    before = ""
    for found in (*_SPLIT.finditer(passage.text), None):
        end = found.start() if found else len(passage.text)
        text = passage.text[start:end]
        if _DIGIT.search(text) or (spelled and _SPELLED.search(text)):
            yield Sentence(passage, text, start, before)
        before = text
        start = found.end() if found else end


def when_of(sentence: Sentence, number: Number) -> When:
    """The period of a figure: that of its clause where it names one, else of the sentence."""
    text = sentence.text
    first = max(text.rfind(mark, 0, number.start) for mark in (", ", "; ", "(")) + 1
    ends = [at for mark in (", ", "; ", ")") if (at := text.find(mark, number.end)) >= 0]
    near = when(text[first : min(ends, default=len(text))])
    if near.known:
        return near
    earlier = _EARLIER_THAN.search(text, number.end)
    return when(text[: earlier.start()] if earlier else text)


def marks(text: str) -> frozenset[str]:
    """Ages and sexes that the words name."""
    held = {_SEX[word.lower()] for word in words(text) if word.lower() in _SEX}
    if _AGE_WORDS.search(text):
        for found in _AGES.finditer(text):
            held.add(found["bound"] or f"{found['low']}-{found['high']}")
    return frozenset(held)


def roots(text: str) -> tuple[str, ...]:
    """The roots of the words that carry the meaning of a text, each once, in order."""
    return tuple(dict.fromkeys(subject(text)))
