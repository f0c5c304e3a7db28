"""Adding to the data store: the same function as `saferboard data add`, on files that were sent."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import transaction

from saferboard.analytics.intake.add import add
from saferboard.analytics.intake.report_words import report_text
from saferboard.analytics.sources.registry import sources
from saferboard.vocabulary.problem import Problem
from saferboard.workspace.audit.actor import SYSTEM, Actor
from saferboard.workspace.audit.operations import record
from saferboard.workspace.evidence.data.events import DATA_ADDED
from saferboard.workspace.evidence.data.models import Adding
from saferboard.workspace.evidence.place import store
from saferboard.workspace.files.operations import remove_file
from saferboard.workspace.files.queries import path_for_job

Say = Callable[[int, str], None]
"""Told how far it is, in per cent, and what is being done. May raise to stop the work."""


def do_adding(adding: UUID, *, say: Say, by: Actor, now: datetime) -> None:
    """Adds the files to the data store and forgets them. The store takes loads whole or not at
    all; files of an attempt that was lost are skipped as known when they come again. Raises
    Problem where nothing can be written."""
    held = Adding.objects.get(id=adding)
    if held.done_at is not None:
        return
    folder = Path(settings.ENVIRONMENT.home) / "adding" / str(adding)
    shutil.rmtree(folder, ignore_errors=True)
    try:
        paths = _laid_out(held.files, folder)
        say(5, "Looking at the files")

        def progress(done: int, total: int, words: str) -> None:
            say(5 + round(90 * done / total) if total else 5, words)

        def waiting() -> None:
            say(5, "Somebody else is writing to the data store: waiting")

        report = add(
            store(),
            paths,
            sources(),
            now=now.replace(microsecond=0),
            progress=progress,
            waiting=waiting,
        )
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    with transaction.atomic():
        row = Adding.objects.select_for_update().get(id=adding)
        row.done_at, row.refused = now, len(report.refused)
        row.loads = [one.id for one in report.read]
        row.report, row.files = report_text(report), []
        row.save()
        record(
            DATA_ADDED,
            by=by,
            now=now,
            subject_type="data.adding",
            subject=adding,
            details={"loads": len(report.read), "refused": len(report.refused)},
        )
    for file in held.files:
        remove_file(file=file, by=SYSTEM, now=now)


def _laid_out(files: list[UUID], folder: Path) -> list[Path]:
    """The files under the names that they came with, which the report and the loads show."""
    laid: list[Path] = []
    for number, file in enumerate(files):
        found = path_for_job(file)
        if found is None:
            raise Problem("The files have been removed.", remedy="Send them again.")
        source, name = found
        place = folder / str(number)
        place.mkdir(parents=True, mode=0o700)
        (place / name).hardlink_to(source)
        laid.append(place / name)
    return laid
