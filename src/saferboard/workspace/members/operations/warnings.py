"""Warning whoever has to answer a review, and whoever would be closed by it."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction

from saferboard.workspace.audit.actor import SYSTEM
from saferboard.workspace.audit.operations import record
from saferboard.workspace.members.access import waiting_items
from saferboard.workspace.members.events import REVIEW_WARNED
from saferboard.workspace.members.models import ReviewRound, ReviewWarning
from saferboard.workspace.partnership.days import day_of, reached

STAGES = (28, 14, 7, 1)
"""Days before the deadline; the first is when a usual round opens."""
PERSONS_TOO = 7
"""From so many days before, whoever is not confirmed yet is told as well."""
TO_ANSWER, NOT_CONFIRMED = "review-to-answer", "review-not-confirmed"

Tell = Callable[[Collection[UUID], str, UUID], None]
"""Tells people (their ids) of a kind of thing and its id, inside the transaction."""


def warn_of_review(*, now: datetime, tell: Tell) -> int:
    """Warns, once for each stage, whoever has people to answer for in the open round, and in the
    last days the people themselves; returns how many were told. A stage that was missed is not
    caught up with where a later one has come."""
    with transaction.atomic():
        held = ReviewRound.objects.select_for_update().filter(closed=None).first()
        if held is None:
            return 0
        days = (held.deadline - day_of(now)).days
        stage = reached(days, STAGES)
        if stage is None or days < 0 or held.warnings.filter(days__lte=stage).exists():
            return 0
        ReviewWarning.objects.create(round=held, days=stage, at=now)
        items = waiting_items(held.id, now=now)
        answering = sorted({one for item in items for one in item.answerers})
        late = sorted({item.person for item in items}) if stage <= PERSONS_TOO else []
        if answering:
            tell(answering, TO_ANSWER, held.id)
        if late:
            tell(late, NOT_CONFIRMED, held.id)
        told = len({*answering, *late})
        record(
            REVIEW_WARNED,
            by=SYSTEM,
            now=now,
            subject_type="members.review",
            subject=held.id,
            details={"count": told, "days": days},
        )
        return told
