"""What the worker does for the register without being asked."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, datetime
from uuid import UUID

from django.db import connections
from procrastinate.contrib.django import app

from saferboard.workspace.agreements.operations.warnings import Tell, warn_of_ends
from saferboard.workspace.audit.actor import SYSTEM
from saferboard.workspace.messages.operations import notify


@app.periodic(cron="20 5 * * *")
@app.task(name="agreements.ends.daily", queueing_lock="agreements.ends.daily")
def ends_daily(timestamp: int) -> None:
    """Each morning: tells whoever has to act that an agreement ends. Closing needs no task: the
    resolver and the database ask the clock."""
    now = datetime.now(UTC)
    try:
        warn_of_ends(now=now, tell=telling(now))
    finally:
        connections.close_all()


def telling(now: datetime) -> Tell:
    """Tells people by notification, in the transaction of what it is about."""

    def tell(people: Collection[UUID], kind: str, subject: UUID) -> None:
        notify(people=people, kind=kind, subject=subject, by=SYSTEM, now=now)

    return tell
