"""Periods of a return, the days by which they are owed, and the days of reminders."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from enum import StrEnum

from saferboard.vocabulary.period import Month, Period


class Cycle(StrEnum):
    """How often a return is owed."""

    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    SIX_MONTHLY = "six-monthly"
    ANNUAL = "annual"

    @property
    def months(self) -> int:
        """How many months a period has."""
        return {"monthly": 1, "quarterly": 3, "six-monthly": 6, "annual": 12}[self.value]


AHEAD = timedelta(days=31)
"""A period is put on the list this long before it begins."""
STEPS = (14, 7, 1, 0)
"""So many days before it is due people are reminded; afterwards on the next day and every week."""


def periods_until(first: date, cycle: Cycle, last: date) -> Iterator[Period]:
    """The periods of a return from the month of `first` on, in order, that begin by `last`."""
    month = Month.of(first)
    while month.first_day <= last:
        yield Period.of_months(month, month + (cycle.months - 1))
        month = month + cycle.months


def due_day(end: date, days: int) -> date:
    """The day by which a period that ends on `end` is owed."""
    return end + timedelta(days=days)


def reminder_step(due: date, today: date) -> int | None:
    """The reminder that is in order today: 14, 7, 1 or 0 days before, -1, -8, -15 … days after;
    None while it is too early. A reminder that was missed is not made up for: the present one
    says all."""
    left = (due - today).days
    if left >= 0:
        return next((step for step in reversed(STEPS) if left <= step), None)
    return -(1 + 7 * ((-left - 1) // 7))
