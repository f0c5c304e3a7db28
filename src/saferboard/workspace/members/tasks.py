"""What the worker does for members without being asked: the access review, day by day."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, datetime
from uuid import UUID

from django.db import connections
from procrastinate.contrib.django import app

from saferboard.workspace.audit.actor import SYSTEM
from saferboard.workspace.members.models import ReviewRound
from saferboard.workspace.members.operations.reviews import close_review, open_review_when_due
from saferboard.workspace.members.operations.warnings import Tell, warn_of_review
from saferboard.workspace.messages.operations import notify


@app.periodic(cron="10 5 * * *")
@app.task(name="members.review.daily", queueing_lock="members.review.daily")
def review_daily(timestamp: int) -> None:
    """Each morning: closes the round whose deadline has passed, opens one where a quarter has, and
    warns whoever has to answer."""
    now = datetime.now(UTC)
    try:
        review_day(now=now, tell=telling(now))
    finally:
        connections.close_all()


def review_day(*, now: datetime, tell: Tell) -> None:
    """What the task does on a day. Doing it twice does nothing twice."""
    for review in ReviewRound.objects.filter(closed=None).values_list("id", flat=True):
        close_review(review=review, now=now)
    open_review_when_due(now=now)
    warn_of_review(now=now, tell=tell)


def telling(now: datetime) -> Tell:
    """Tells people by notification, in the transaction of what it is about."""

    def tell(people: Collection[UUID], kind: str, subject: UUID) -> None:
        notify(people=people, kind=kind, subject=subject, by=SYSTEM, now=now)

    return tell
