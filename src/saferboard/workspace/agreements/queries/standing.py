"""How it stands with an agreement."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from saferboard.workspace.partnership.days import day_of, last_day

SOON = 60
"""Days before its last day from which an agreement counts as ending soon."""


class Standing(StrEnum):
    """In words, as the register shows it."""

    UNSIGNED = "Not signed yet"
    TO_COME = "Not in force yet"
    IN_FORCE = "In force"
    SOON = "Ends soon"
    OVER = "Over"


def standing(start: datetime, end: datetime | None, *, signed: int, now: datetime) -> Standing:
    """What an agreement from `start` until `end`, which `signed` agencies have signed, is at `now`.
    Over comes first: an agreement that nobody signed ends too."""
    if end is not None and end <= now:
        return Standing.OVER
    if not signed:
        return Standing.UNSIGNED
    if now < start:
        return Standing.TO_COME
    days = days_left(end, now=now)
    return Standing.SOON if days is not None and days <= SOON else Standing.IN_FORCE


def days_left(end: datetime | None, *, now: datetime) -> int | None:
    """Days from today to the last day: 0 on the last day itself, None where there is no end."""
    return (last_day(end) - day_of(now)).days if end else None
