"""Legal holds, and the words of the audit that nothing holds any longer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from saferboard.vocabulary.problem import Problem
from saferboard.workspace.audit.actor import Actor
from saferboard.workspace.audit.events import HOLD_LIFTED, HOLD_PLACED
from saferboard.workspace.audit.models import Hold
from saferboard.workspace.audit.operations import record
from saferboard.workspace.audit.session import as_system

_OLD = """
    from audit_text t join audit_event e on e.text = t.id
    where e.at < %(before)s
"""
_HELD = """
    exists (select 1 from audit_hold h where h."end" is null and (h.subject is null
        or h.subject = e.subject or h.subject = e.parent or h.subject = e.actor
        or h.subject = any (e.about)))
"""


@dataclass(frozen=True)
class OldWords:
    """Words older than a moment: how many nothing holds and how many a legal hold keeps."""

    free: int
    held: int
    oldest: datetime | None


def place_hold(*, subject: UUID | None, why: str, by: Actor, now: datetime) -> UUID:
    """Keeps all words about `subject`, or about everything where it is None, until the hold is
    lifted, and returns the hold's id. Raises Problem without a reason, which is kept encrypted."""
    if not why.strip():
        raise Problem("A reason is missing.", remedy="Say which proceedings ask for the hold.")
    with transaction.atomic():
        hold = Hold.objects.create(subject=subject, start=now)
        record(
            HOLD_PLACED,
            by=by,
            now=now,
            subject_type="audit.hold",
            subject=subject,
            details={"hold": hold.id},
            text=why,
        )
    return hold.id


def lift_hold(*, hold: UUID, why: str, by: Actor, now: datetime) -> None:
    """Ends a hold now. Raises Problem where there is none that lasts, or without a reason."""
    if not why.strip():
        raise Problem("A reason is missing.", remedy="Say why the hold is no longer needed.")
    with transaction.atomic():
        held = Hold.objects.select_for_update().filter(id=hold, end=None).first()
        if held is None:
            raise Problem("There is no such hold, or it was lifted.", remedy="Nothing was changed.")
        held.end = now
        held.save(update_fields=["end"])
        record(
            HOLD_LIFTED,
            by=by,
            now=now,
            subject_type="audit.hold",
            subject=held.subject,
            details={"hold": hold},
            text=why,
        )


def old_words(before: datetime) -> OldWords:
    """What there is of words written before a moment."""
    with transaction.atomic(), as_system(), connection.cursor() as cursor:
        cursor.execute(
            f"select count(*) filter (where not {_HELD}), count(*) filter (where {_HELD}), "
            f"min(e.at) {_OLD}",
            {"before": before},
        )
        free, held, oldest = cursor.fetchone() or (0, 0, None)
    return OldWords(free, held, oldest)


def free_words(before: datetime, at_most: int) -> list[UUID]:
    """Ids of words written before a moment that nothing holds, the oldest first."""
    with transaction.atomic(), as_system(), connection.cursor() as cursor:
        cursor.execute(
            f"select t.id {_OLD} and not {_HELD} order by e.at, t.id limit %(most)s",
            {"before": before, "most": at_most},
        )
        return [row[0] for row in cursor.fetchall()]
