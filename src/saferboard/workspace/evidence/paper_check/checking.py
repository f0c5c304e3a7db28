"""The check itself: the same functions as the command line, on the files of one matter."""

from __future__ import annotations

import io
import json
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import transaction

from saferboard.papercheck.against import with_data
from saferboard.papercheck.answers.as_json import as_json
from saferboard.papercheck.answers.copies import copies
from saferboard.papercheck.answers.page import page
from saferboard.papercheck.check import SEVERITIES, check
from saferboard.papercheck.finding import Finding, Pack
from saferboard.papercheck.reading.read import read_all
from saferboard.vocabulary.period import Month
from saferboard.vocabulary.problem import Problem
from saferboard.workspace.access.session import as_system
from saferboard.workspace.audit.actor import Actor
from saferboard.workspace.audit.operations import record
from saferboard.workspace.evidence.paper_check.events import CHECK_DONE
from saferboard.workspace.evidence.paper_check.models import PaperCheck
from saferboard.workspace.evidence.paper_check.scratch import scratch
from saferboard.workspace.evidence.place import store
from saferboard.workspace.files.kinds import Accepts
from saferboard.workspace.files.operations import keep_file, remove_file
from saferboard.workspace.files.queries import path_for_job

Say = Callable[[int, str], None]
"""Told how far it is, in per cent, and what is being done. May raise to stop the work."""

ANSWERS = Accepts(frozenset({"html", "json", "docx"}), 300_000_000)
REPORT, FINDINGS = "report.html", "findings.json"


def do_check(asked: UUID, *, say: Say, by: Actor, now: datetime) -> None:
    """Checks the papers and keeps the answers beside them. What was done already, or deleted in
    the meantime, is left alone. Raises Problem where no paper can be read, and where the data
    store that they are held against is not there."""
    with transaction.atomic(), as_system():
        held = PaperCheck.objects.get(id=asked)
    if held.done_at is not None or held.deleted_at is not None:
        return
    try:
        found, answers = _found(held, say)
    except FileNotFoundError:
        if _deleted(asked):  # in the middle of it, with everything that it works on
            return
        raise
    _answer(held, found, answers, by=by, now=now)


def _found(held: PaperCheck, say: Say) -> tuple[tuple[Finding, ...], dict[str, bytes]]:
    """What is wrong, and the files that say so, by their names."""
    with scratch(held.id) as folder, ExitStack() as on:
        papers, made = _laid_out(held.papers, folder / "papers"), folder / "copies"
        made.mkdir()
        say(5, "Reading the papers")
        reading = read_all(papers, told=lambda name: say(10, "Reading a paper"))
        if not reading.papers:
            raise reading.unread[0]
        pack = Pack(reading.papers, meeting=held.meeting, unread=reading.unread)
        if held.area:
            say(30, "Opening the data store")
            file: Path = settings.ENVIRONMENT.partnership
            to = Month.parse(held.to) if held.to else None
            known = file if file.exists() else None
            pack = on.enter_context(with_data(pack, store(), held.area, to=to, partnership=known))
        found = check(pack, told=lambda rule: say(50, f"Checking: {rule}"))
        say(90, "Writing the answers")
        copies(papers, pack, found, made)
        return found, {
            REPORT: page(pack, found).encode(),
            FINDINGS: json.dumps(as_json(found), ensure_ascii=False).encode(),
            **{one.name: one.read_bytes() for one in sorted(made.iterdir())},
        }


def _deleted(check: UUID) -> bool:
    with transaction.atomic(), as_system():
        return PaperCheck.objects.filter(id=check, deleted_at__isnull=False).exists()


def _answer(
    held: PaperCheck,
    found: Sequence[Finding],
    answers: dict[str, bytes],
    *,
    by: Actor,
    now: datetime,
) -> None:
    kept = {
        name: keep_file(
            content=io.BytesIO(data),
            name=name,
            accepts=ANSWERS,
            matter=held.matter_id,
            by=by,
            now=now,
        )
        for name, data in answers.items()
    }
    severities = Counter(one.severity for one in found)
    with transaction.atomic(), as_system():
        row = PaperCheck.objects.select_for_update().get(id=held.id)
        gone = row.deleted_at is not None
        if not gone:
            row.done_at = now
            row.counts = {severity: severities[severity] for severity in SEVERITIES}
            row.report_id, row.findings_id = kept.pop(REPORT), kept.pop(FINDINGS)
            row.copies = list(kept.values())
            row.save()
            record(
                CHECK_DONE,
                by=by,
                now=now,
                subject_type="papers.check",
                subject=row.id,
                parent=row.matter_id,
                details={
                    "errors": severities["error"],
                    "warnings": severities["warning"],
                    "advice": severities["advice"],
                },
            )
    for file in kept.values() if gone else ():
        remove_file(file=file, by=by, now=now)


def _laid_out(papers: Sequence[UUID], folder: Path) -> list[Path]:
    """The papers in a folder under the names that they came with, which the answers show; two of
    one name are numbered. Raises Problem where they were deleted."""
    folder.mkdir()
    laid: list[Path] = []
    for number, paper in enumerate(papers, start=1):
        found = path_for_job(paper)
        if found is None:
            raise Problem("The papers have been deleted.", remedy="Send them again.")
        source, called = found
        target = folder / called
        if target.is_symlink():
            target = folder / f"{number} {called}"
        target.symlink_to(source)
        laid.append(target)
    return laid
