"""Emergency access with the notice that goes out at once."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from saferboard.workspace.access.operations import UsedEmergency, use_emergency_access
from saferboard.workspace.access.permission import holders_of
from saferboard.workspace.audit.actor import Actor
from saferboard.workspace.messages.operations import notify


def break_glass(*, matter: UUID, category: str, why: str, by: Actor, now: datetime) -> datetime:
    """Uses emergency access and tells everybody who reviews it, in one transaction; returns when it
    ends. Raises what `access.operations.use_emergency_access` raises."""

    def tell(used: UsedEmergency) -> None:
        reviewers = holders_of("emergency.review", now=now) - {by.person}
        notify(people=reviewers, kind="emergency-used", subject=used.id, by=by, now=now)

    return use_emergency_access(
        matter=matter, category=category, why=why, by=by, now=now, tell=tell
    )
