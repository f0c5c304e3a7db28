"""Who acts, as the audit knows them: plain ids."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class Actor:
    """`person` is None for the system itself; `agency` is the one for which they act now;
    `request` ties together what one request did."""

    person: UUID | None
    agency: UUID | None = None
    request: UUID | None = None


SYSTEM = Actor(person=None)
