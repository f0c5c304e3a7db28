"""What stands around a sentence: the measure of its section, and periods said once for many."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

from saferboard.papercheck.measures.names import measure_named, measures_in
from saferboard.papercheck.measures.periods import period_named, periods_in, year_to_in
from saferboard.papercheck.paper import Paper, Passage
from saferboard.vocabulary.period import Period

_PART = re.compile(r"\s*\((?:part\s\d+|continued)\)\s*$", re.I)
_NOTE = re.compile(r"^[¹²³⁴⁵⁶⁷⁸⁹⁰]+")
_LEADS = re.compile(r"[:;]\s*$")
_NUMBERED = re.compile(r"^\d{1,2}(?:\.\d{1,2})+\.?\s+[A-Z][^.]{3,80}$")
LONGEST_LABEL = 90
FAR = 4


@dataclass
class Context:
    """Walked from passage to passage. `measure` is that of the section, `label` a period that
    stands alone on the line before, `noted` one that a footnote gives, `listed` one that leads a
    list, `year` the last period of twelve months that the section named. A paper whose headings
    nobody marked is `loose`: there a section ends after a few paragraphs."""

    year_starts: int = 4
    loose: bool = False
    measure: str = ""
    label: Period | None = None
    listed: Period | None = None
    noted: Period | None = None
    year: Period | None = None
    _age: int = 0
    known: dict[tuple[str, float], Period] = field(default_factory=dict)

    def enter(self, passage: Passage) -> None:
        """Take note of a passage before its own claims are read."""
        text = _PART.sub("", passage.text)
        self._age += len(text) > LONGEST_LABEL
        if passage.kind == "heading" or _NUMBERED.match(text):
            self._section(section_measure(text))
        elif len(text) <= LONGEST_LABEL and not re.search(r"\d", text):
            if (named := section_measure(text)) and named != self.measure:
                self._section(named)
        elif self._age > FAR and self.loose:
            self._section("")
        if passage.kind != "item" and not _LEADS.search(text):
            self.listed = None

    @contextmanager
    def about(self, measure: str) -> Iterator[None]:
        """Read a passage that names its measure elsewhere: in the first cell of its row."""
        held = self.measure
        self.measure = measure or held
        yield
        self.measure = held

    def _section(self, measure: str) -> None:
        self.measure, self._age = measure, 0
        self.year = self.label = self.listed = self.noted = None

    def leave(self, passage: Passage) -> None:
        """Take note of what the passage says for those after it."""
        text = passage.text
        named = period_named(text, self.year_starts) if len(text) <= LONGEST_LABEL else None
        if named is not None:
            self.label = named
        elif not re.fullmatch(r"[\W\d%pointsfrom]*", text):
            self.label = None
        if _LEADS.search(text):
            periods = [one.period for one in periods_in(text, self.year_starts) if one.period]
            self.listed = periods[-1] if len(set(periods)) == 1 else None


def section_measure(text: str) -> str:
    """The measure of a heading or a line that is its name, with little beside it."""
    if named := measure_named(text):
        return named
    found = measures_in(text)
    if len(found) != 1 or not found[0].value:
        return ""
    one = found[0]
    rest = re.sub(r"\W", "", f"{text[: one.start]}{text[one.end :]}")
    at_end = not re.sub(r"\W", "", text[one.end :])
    return one.value if len(rest) <= 12 or (at_end and len(rest) <= 40) else ""


def footnotes(paper: Paper, year_starts: int) -> Mapping[str, tuple[tuple[int, Period], ...]]:
    """The periods that footnotes give, by their mark (`³`), with the index of the passage: a mark
    may come again in another part of a pack."""
    found: dict[str, list[tuple[int, Period]]] = {}
    for passage in paper.passages:
        mark = _NOTE.match(passage.text)
        if mark is None:
            continue
        words = passage.text[mark.end() :]
        periods = [one.period for one in periods_in(words, year_starts) if one.period]
        period = year_to_in(words) or (periods[0] if len(periods) == 1 else None)
        if period is not None:
            found.setdefault(mark[0], []).append((passage.index, period))
    return {mark: tuple(held) for mark, held in found.items()}


def noted(
    notes: Mapping[str, tuple[tuple[int, Period], ...]], mark: str, index: int
) -> Period | None:
    """The period of the first note with this mark after a passage, if it is near."""
    after = [(at, period) for at, period in notes.get(mark, ()) if 0 <= at - index <= 60]
    return after[0][1] if after else None
