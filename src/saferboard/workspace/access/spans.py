"""Spans of time, `[start, end)`: the end is None while they last."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Span:
    """From `start` (included) to `end` (excluded)."""

    start: datetime
    end: datetime | None = None

    def holds(self, at: datetime) -> bool:
        """Whether `at` lies inside."""
        return self.start <= at and (self.end is None or at < self.end)


def any_holds(spans: Iterable[Span], at: datetime) -> bool:
    """Whether one of them holds at `at`."""
    return any(span.holds(at) for span in spans)


def edges(spans: Iterable[Span]) -> list[datetime]:
    """Every moment at which one of them begins or ends, in order, once."""
    both = ((span.start, span.end) for span in spans)
    return sorted({moment for pair in both for moment in pair if moment is not None})
