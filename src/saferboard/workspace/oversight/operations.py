"""Emergency access with the notice that goes out at once."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from saferboard.workspace.access.operations import use_emergency_access
from saferboard.workspace.audit.actor import Actor


def break_glass(*, matter: UUID, category: str, why: str, by: Actor, now: datetime) -> datetime:
    """Uses emergency access and tells everybody who reviews it, in one transaction; returns when it
    ends. Raises what `access.operations.use_emergency_access` raises."""
    return use_emergency_access(matter=matter, category=category, why=why, by=by, now=now)
