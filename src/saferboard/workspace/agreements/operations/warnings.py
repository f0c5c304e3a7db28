"""Telling whoever has to act that an agreement ends: 60, 30 and 7 days before."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction

from saferboard.workspace.access.models import Agreement
from saferboard.workspace.access.permission import holding
from saferboard.workspace.agreements.access import AGREEMENT, holders_by_agency
from saferboard.workspace.agreements.events import AGREEMENT_WARNED
from saferboard.workspace.agreements.models import Warned
from saferboard.workspace.audit.actor import SYSTEM
from saferboard.workspace.audit.operations import record
from saferboard.workspace.partnership.days import day_of, last_day, reached

STAGES = (60, 30, 7)
"""Days before the last day."""
ENDING = "agreement-ending"

Tell = Callable[[Collection[UUID], str, UUID], None]
"""Tells people (their ids) of a kind of thing and its id, inside the transaction."""


def warn_of_ends(*, now: datetime, tell: Tell) -> int:
    """Tells whoever keeps the register and the leads of the agencies that have signed, once for
    each stage, and returns of how many agreements. A stage that was missed is not caught up with
    where a later one has come; a renewed agreement is warned of anew. One that a later one already
    follows is left alone."""
    told = 0
    for agreement in (
        Agreement.objects.filter(holding(now), end__isnull=False, followed_by=None)
        .order_by("end", "id")
        .values_list("id", flat=True)
    ):
        with transaction.atomic():
            told += _warn(agreement, now, tell)
    return told


def _warn(agreement: UUID, now: datetime, tell: Tell) -> bool:
    held = Agreement.objects.select_for_update().get(id=agreement)
    if held.end is None or held.end <= now:
        return False
    days = (last_day(held.end) - day_of(now)).days
    stage = reached(days, STAGES)
    if stage is None or held.warnings.filter(end=held.end, days__lte=stage).exists():
        return False
    Warned.objects.create(agreement=held, end=held.end, days=stage, at=now)
    signing = holders_by_agency("agreements.sign", at=now)
    parties = held.parties.filter(holding(now)).values_list("agency_id", flat=True)
    keeping = holders_by_agency("agreements.manage", at=now).values()
    people = {one for group in keeping for one in group}
    people |= {one for agency in parties for one in signing.get(agency, ())}
    if people:
        tell(sorted(people), ENDING, held.id)
    record(
        AGREEMENT_WARNED,
        by=SYSTEM,
        now=now,
        subject_type=AGREEMENT,
        subject=held.id,
        details={"count": len(people), "days": days},
    )
    return True
