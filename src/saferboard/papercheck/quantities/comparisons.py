"""What a figure is measured against: another area, or so many people."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from saferboard.papercheck.claims.number import Number
from saferboard.papercheck.names.capitals import plain
from saferboard.papercheck.paper import Passage
from saferboard.papercheck.quantities.lexicon import measure_in
from saferboard.papercheck.quantities.statement import Sentence
from saferboard.papercheck.quantities.when import When, when

_AGAINST = re.compile(
    r"‹p(?P<p>\d+)›\s(?P<way>higher|lower|above|below|greater|more|less|fewer)\s(?:than\s)?"
    r"(?:the\s)?(?P<area>[A-Z][\w’']+|national|regional|similar)",
)
_UP = ("higher", "above", "greater", "more")
_PER = re.compile(
    r"\brates?\b(?P<of>[^.;|]{0,100}?)\bper\s(?P<base>100[,\s]?000|100k|10[,\s]?000|10k|1[,\s]?000|1k)"
    r"(?P<whom>[^.;|]{0,40})",
    re.I,
)
_LEAD = 60


@dataclass(frozen=True)
class Against:
    """A measure `number` per cent above (`sign` 1) or below an area."""

    number: Number
    sign: int
    measure: str
    area: str
    when: When
    sentence: Sentence


@dataclass(frozen=True)
class PerBase:
    """A rate of a measure that is per `base` people or households."""

    measure: str
    base: int
    households: bool
    passage: Passage
    start: int
    end: int


def against(sentence: Sentence) -> Iterator[Against]:
    """`the burglary rate is 22% higher than Vale’s`: with the last measure named before it."""
    mask = sentence.mask
    for found in _AGAINST.finditer(mask.mask):
        measure = measure_in(mask.mask[: found.start()])
        if measure:
            yield Against(
                mask.number(found["p"]),
                1 if found["way"] in _UP else -1,
                measure[0],
                plain(found["area"]),
                when(sentence.text),
                sentence,
            )


def bases(passage: Passage) -> Iterator[PerBase]:
    """`rate of burglary per 1,000 households`, `FTE rate per 100k`."""
    if "per" not in passage.text:
        return
    for found in _PER.finditer(passage.text):
        lead = re.split(r"[.;]", passage.text[max(0, found.start() - _LEAD) : found.start()])[-1]
        measure = measure_in(lead + found["of"])
        if measure:
            digits = re.sub(r"[,\s]", "", found["base"].lower()).replace("k", "000")
            yield PerBase(
                measure[0],
                int(digits),
                "household" in found["whom"].lower(),
                passage,
                found.start(),
                found.end(),
            )
