"""Counts as officers write them: a figure, what was counted, and the period that is said."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from saferboard.papercheck.claims.mask import Masked
from saferboard.papercheck.claims.number import Number
from saferboard.papercheck.claims.timespan import Timespan, timespans

LONGEST = 600
_COUNT = re.compile(
    r"‹n(?P<number>\d+)›(?P<words>(?:\+|\s(?:or\smore|plus)\b)?)(?P<noun>[^‹›.;:,()]{0,80})"
)
_STOPS = re.compile(
    r"\s(?:in|over|during|since|between|for|from|to|were|was|have|has|had|which|who|that|this|is|are|"
    r"compared|up|down|an?|the\s\w+\smonths|and|with|while|as|by|on|at|per|resulting|reported\sto|"
    r"made|came|took|received|happened)\b.*$",
    re.I,
)
_SENTENCES = re.compile(r"(?<=[.!?])\s+(?=[A-Z(“])")


@dataclass(frozen=True)
class Counted:
    """`number` of `noun` (“cases of Residential Burglary”; "" where no words follow) in
    `period`, the only or the nearest span of time of its sentence (None where none is named).
    `least` for “50+”. `sentence` is the sentence that it stands in."""

    number: Number
    noun: str
    period: Timespan | None
    least: bool
    sentence: str


def counts(masked: Masked) -> tuple[Counted, ...]:
    """Every count of the words, in order; figures of dates, pages and ranks are none."""
    spans = timespans(masked.text)
    cuts = [0, *(found.end() for found in _SENTENCES.finditer(masked.text)), len(masked.text)]
    found = []
    for match in _COUNT.finditer(masked.mask):
        number = masked.number(match["number"])
        at = bisect_right(cuts, number.start, hi=len(cuts) - 1)
        start, end = cuts[at - 1], cuts[at]
        near = _near(spans, start, end, number)
        noun = _STOPS.sub("", f" {match['noun'].strip()}").strip()
        found.append(
            Counted(
                number,
                noun,
                min(near, key=lambda span: _distance(span, number), default=None),
                bool(match["words"]),
                masked.text[start:end].strip()[:LONGEST],
            )
        )
    return tuple(found)


def _distance(span: Timespan, number: Number) -> int:
    """Letters between the two; a span that follows its figure is the likelier one."""
    if span.start >= number.end:
        return span.start - number.end
    return 2 * max(0, number.start - span.end) + 1


def _near(
    spans: tuple[Timespan, ...], start: int, end: int, number: Number
) -> tuple[Timespan, ...]:
    """The spans of the sentence [start, end) next to the figure, one or two on either side."""
    first = bisect_right(spans, start - 1, key=lambda span: span.start)
    last = bisect_right(spans, end - 1, key=lambda span: span.start)
    here = bisect_right(spans, number.start, lo=first, hi=last, key=lambda span: span.start)
    return spans[max(first, here - 2) : min(last, here + 2)]
