"""The signed copy of an agreement: a file for whoever reads the register."""

from __future__ import annotations

from datetime import datetime
from typing import BinaryIO
from uuid import UUID

from django.db import transaction

from saferboard.workspace.access.models import Agreement
from saferboard.workspace.access.permission import require
from saferboard.workspace.agreements.access import AGREEMENT, not_there
from saferboard.workspace.agreements.events import AGREEMENT_CHANGED
from saferboard.workspace.agreements.models import Step, What
from saferboard.workspace.audit.actor import Actor
from saferboard.workspace.audit.operations import record
from saferboard.workspace.files.kinds import Accepts
from saferboard.workspace.files.operations import keep_file

COPIES = Accepts(kinds=frozenset({"pdf", "docx", "png", "jpeg"}), most_bytes=20 * 1024 * 1024)
READ = "agreements.read"


def keep_signed_copy(
    *, agreement: UUID, content: BinaryIO, name: str, by: Actor, now: datetime
) -> UUID:
    """Keeps the signed copy of an agreement, a new version where there is one, and returns the
    file's id. Whoever has `agreements.read` may have it. Raises Refused; and Problem for a file
    that cannot be taken, or where somebody else just replaced it."""
    require(by, "agreements.manage", now=now)
    before = Agreement.objects.filter(id=agreement).values_list("signed_copy", flat=True)
    if not before:
        raise not_there(AGREEMENT, agreement, by=by, now=now)
    file = keep_file(
        content=content,
        name=name,
        accepts=COPIES,
        permission=READ,
        before=before[0],
        by=by,
        now=now,
    )
    with transaction.atomic():
        held = Agreement.objects.select_for_update().get(id=agreement)
        held.signed_copy = file
        held.version += 1
        held.changed_by_id = by.person
        held.save(update_fields=["signed_copy", "version", "changed_by"])
        Step.objects.create(
            agreement=held,
            at=now,
            by_id=by.person,
            what=What.CHANGED.value,
            fields={"signed_copy": ["on file" if before[0] else "", "on file"]},
        )
        record(
            AGREEMENT_CHANGED,
            by=by,
            now=now,
            subject_type=AGREEMENT,
            subject=agreement,
            details={"version": held.version, "fields": "signed-copy"},
        )
    return file
