"""What is asked of a data store, and how it answers: apart from the store itself, which takes long
to load and which a paper without an area does not need."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from saferboard.papercheck.measures.names import Places
from saferboard.vocabulary.area import Area
from saferboard.vocabulary.period import Month, Period, day_label

ASSUMED_PHI = 1.5
"""The dispersion of monthly counts where no series tells it."""


@dataclass(frozen=True)
class Answer:
    """The value that one publication gives. `assumed` says that its day is the end of its last
    month; `note` what is special about it."""

    value: float
    published: date
    assumed: bool
    title: str
    last: Month | None
    note: str = ""

    def words(self) -> str:
        """`MPS borough level crime to January 2024`, with the day where the publisher gave it."""
        reach = f" to {self.last.label()}" if self.last else ""
        day = "" if self.assumed else f", published {day_label(self.published)}"
        note = f" ({self.note})" if self.note else ""
        return f"{self.title}{reach}{day}{note}"


class Answers(Protocol):
    """A data store asked about one area; `to` is the last month that the papers report, where it
    is known, `year_starts` the month in which the financial year begins."""

    area: Area
    to: Month | None
    year_starts: int

    def places(self) -> Places:
        """The own area's name, and those of others that papers may name beside it."""
        ...

    def counts(self, measure: str, period: Period) -> tuple[Answer, ...]:
        """What each publication gives, the oldest first; empty where none covers the period."""
        ...

    def rates(self, measure: str, period: Period, per: int) -> tuple[Answer, ...]:
        """The rate per so many of the measure's own denominator, by publication."""
        ...

    def ranks(self, measure: str, period: Period, of: int, *, highest: bool) -> tuple[Answer, ...]:
        """The place by rate in the area sets of that size: 1 is the lowest rate, or the highest."""
        ...

    def changes(self, measure: str, period: Period, against: Period) -> tuple[Answer, ...]:
        """The change in per cent, by publication."""
        ...

    def phi(self, measure: str, last: Month) -> float:
        """The dispersion of the monthly counts to `last`."""
        ...

    def source_of(self, measure: str) -> tuple[str, tuple[str, ...]]:
        """The source that answers first for the measure, and its reporting bodies."""
        ...
