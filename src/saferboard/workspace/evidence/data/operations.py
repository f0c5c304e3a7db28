"""Sending data files."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import BinaryIO
from uuid import UUID, uuid4

from django.db import transaction

from saferboard.analytics.intake.limits import Limits as IntakeLimits
from saferboard.vocabulary.problem import Problem
from saferboard.workspace.access.permission import Refused, require
from saferboard.workspace.audit.actor import Actor
from saferboard.workspace.audit.operations import record
from saferboard.workspace.evidence.data.events import DATA_SENT
from saferboard.workspace.evidence.data.models import Adding
from saferboard.workspace.evidence.data.tasks import ADD
from saferboard.workspace.files.archives import Limits
from saferboard.workspace.files.kinds import Accepts
from saferboard.workspace.files.operations import keep_file, plain_name, remove_file
from saferboard.workspace.jobs.operations import start_job

LOAD = "data.load"
_INTAKE = IntakeLimits()
FILES = Accepts(
    frozenset({"text", "xlsx", "ods", "zip", "gzip", "json"}),
    2_400_000_000,
    Limits(_INTAKE.unpacked, _INTAKE.ratio, _INTAKE.small, _INTAKE.members),
)
MOST_FILES = 20


def send_files(*, files: Sequence[tuple[str, BinaryIO]], by: Actor, now: datetime) -> UUID:
    """Takes data files (name, content) in, asks for them to be added to the data store and returns
    the id of the adding. Raises Refused, and Problem for a file that cannot be taken: then none
    is kept."""
    require(by, LOAD, now=now)
    if by.person is None:
        raise Refused(LOAD)
    if not 0 < len(files) <= MOST_FILES:
        raise Problem(
            f"Choose at least one file and at most {MOST_FILES}.", remedy="Or put them in a zip."
        )
    kept: list[UUID] = []
    try:
        for name, content in files:
            kept.append(
                keep_file(
                    content=content, name=name, accepts=FILES, permission=LOAD, by=by, now=now
                )
            )
    except Problem:
        for file in kept:
            remove_file(file=file, by=by, now=now)
        raise
    with transaction.atomic():
        adding = Adding.objects.create(
            id=uuid4(),
            asked_by_id=by.person,
            asked_at=now,
            files=kept,
            names=[plain_name(name) for name, _ in files],
        )
        record(
            DATA_SENT,
            by=by,
            now=now,
            subject_type="data.adding",
            subject=adding.id,
            details={"files": len(kept)},
        )
        start_job(ADD, subject=adding.id, by=by, now=now)
    return adding.id
