"""Periods put on the list ahead of time, and people reminded of them: the daily job's work."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from saferboard.workspace.access.permission import holders_of, holding
from saferboard.workspace.audit.actor import SYSTEM, Actor
from saferboard.workspace.audit.operations import record
from saferboard.workspace.messages.operations import notify
from saferboard.workspace.returns.events import PERIODS_ADDED, REMINDED
from saferboard.workspace.returns.models import Due, Filing, Reminder, ReturnDefinition, State
from saferboard.workspace.returns.people import DUE, SIGN, fillers, line_of
from saferboard.workspace.returns.periods import (
    AHEAD,
    STEPS,
    Cycle,
    due_day,
    periods_until,
    reminder_step,
)


def add_periods(definition: ReturnDefinition, *, by: Actor, now: datetime) -> int:
    """Puts every period that has begun, or begins within a month, on the list where it is not, and
    returns how many. Inside the transaction of whoever calls it."""
    today = timezone.localdate(now)
    held = set(Due.objects.filter(definition=definition).values_list("period_start", flat=True))
    made = [
        Due(
            definition=definition,
            period_start=period.start,
            period_end=period.end,
            day=due_day(period.end, definition.due_days),
            created=now,
        )
        for period in periods_until(definition.first, Cycle(definition.cycle), today + AHEAD)
        if period.start not in held
    ]
    Due.objects.bulk_create(made, ignore_conflicts=True)
    if made:
        record(
            PERIODS_ADDED, by=by, now=now, subject_type="returns.return", subject=definition.id,
            details={"count": len(made)},
        )  # fmt: skip
    return len(made)


def add_all_periods(*, now: datetime) -> int:
    """The same for every return that is owed now, each in a transaction of its own."""
    count = 0
    for definition in ReturnDefinition.objects.filter(holding(now)).order_by("id"):
        with transaction.atomic():
            ReturnDefinition.objects.select_for_update().get(id=definition.id)
            count += add_periods(definition, by=SYSTEM, now=now)
    return count


def remind(*, now: datetime) -> int:
    """Reminds people of what is due within 14 days, today, or overdue, once for each step, and
    returns of how many periods. Those who fill in are reminded; where a version waits to be
    signed off, those who sign off; of what is overdue, both."""
    today = timezone.localdate(now)
    waiting = (
        Due.objects.filter(withdrawn=None, day__lte=today + timedelta(days=max(STEPS)))
        .exclude(filings__state__in=[State.SIGNED, State.LOADED])
        .order_by("day", "id")
    )
    return sum(_remind(due, now) for due in waiting.values_list("id", flat=True))


def _remind(due: UUID, now: datetime) -> int:
    with transaction.atomic():
        held = Due.objects.select_for_update(of=("self",)).select_related("definition").get(id=due)
        step = reminder_step(held.day, timezone.localdate(now))
        if step is None or Reminder.objects.filter(due=held, step=step).exists():
            return 0
        people = _people(held, step, now)
        Reminder.objects.create(due=held, step=step, sent=now)
        kind = "return-overdue" if step < 0 else "return-due"
        notify(people=people, kind=kind, subject=held.id, line=line_of(held), by=SYSTEM, now=now)
        record(
            REMINDED,
            by=SYSTEM,
            now=now,
            subject_type=DUE,
            subject=held.id,
            parent=held.definition_id,
            details={"count": len(people), "step": step},
        )
    return 1


def _people(due: Due, step: int, now: datetime) -> frozenset[UUID]:
    signing = holders_of(SIGN, now=now, agency=due.definition.agency_id)
    if Filing.objects.filter(due=due, state=State.SUBMITTED).exists():
        return signing
    filling = fillers(due.definition, now=now)
    return filling | signing if step < 0 or not filling else filling
