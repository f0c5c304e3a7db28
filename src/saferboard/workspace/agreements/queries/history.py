"""What happened to an agreement or an assessment, as its page shows it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from saferboard.workspace.agreements.models import Step, What


@dataclass(frozen=True)
class Happened:
    """A step of the history. `fields` are (label, before, after)."""

    at: datetime
    by: str
    what: str
    agency: str
    fields: tuple[tuple[str, str, str], ...]


def history_of(steps: QuerySet[Step], words: Callable[[str], str]) -> tuple[Happened, ...]:
    """Steps, newest first, with the words of their fields."""
    return tuple(
        Happened(
            at=one.at,
            by=one.by.name if one.by else "The system",
            what=str(What(one.what).label),
            agency=one.agency.name if one.agency else "",
            fields=tuple(
                (words(name), str(before), str(after))
                for name, (before, after) in sorted(one.fields.items())
            ),
        )
        for one in steps.select_related("by", "agency").order_by("-at", "-id")
    )
