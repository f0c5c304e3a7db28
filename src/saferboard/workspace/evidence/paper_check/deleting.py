"""Deleting papers and answers: when the person says so, and after a day."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from saferboard.workspace.access.permission import Refused
from saferboard.workspace.access.session import acting, as_system
from saferboard.workspace.audit.actor import SYSTEM, Actor
from saferboard.workspace.audit.operations import record, record_first
from saferboard.workspace.evidence.paper_check.events import CHECK_DELETED, CHECK_REFUSED
from saferboard.workspace.evidence.paper_check.models import PaperCheck
from saferboard.workspace.evidence.paper_check.scratch import clear
from saferboard.workspace.files.models import File
from saferboard.workspace.files.operations import remove_file

KEPT_FOR = timedelta(hours=24)
_CHECK = "papers.check"


def delete_check(*, check: UUID, by: Actor, now: datetime) -> None:
    """Deletes the papers of a check and its answers, by the one who asked. Raises Refused where it
    is not there for them."""
    with acting(by):
        held = PaperCheck.objects.filter(id=check, deleted_at=None).first()
    if held is None:
        record_first(CHECK_REFUSED, by=by, now=now, subject_type=_CHECK, subject=check)
        raise Refused(str(check))
    _delete(held.id, "asked", by=by, now=now)


def delete_expired(*, now: datetime) -> int:
    """Deletes every check that is older than a day and says how many."""
    with transaction.atomic(), as_system():
        old = list(
            PaperCheck.objects.filter(asked_at__lte=now - KEPT_FOR, deleted_at=None).values_list(
                "id", flat=True
            )
        )
    for check in old:
        _delete(check, "expired", by=SYSTEM, now=now)
    return len(old)


def _delete(check: UUID, why: str, *, by: Actor, now: datetime) -> None:
    """The row says first that it is deleted, so that an answer that comes later is not kept; the
    files follow, those of an attempt that was lost too."""
    with transaction.atomic(), as_system():
        row = PaperCheck.objects.select_for_update().get(id=check)
        row.deleted_at, row.area, row.to, row.meeting = now, "", "", None
        row.papers, row.copies, row.report, row.findings = [], [], None, None
        row.save()
        record(
            CHECK_DELETED,
            by=by,
            now=now,
            subject_type=_CHECK,
            subject=row.id,
            parent=row.matter_id,
            details={"why": why},
        )
        files = list(
            File.objects.filter(matter=row.matter_id, removed_at=None).values_list("id", flat=True)
        )
    clear(check)
    for file in files:
        remove_file(file=file, by=SYSTEM, now=now)
