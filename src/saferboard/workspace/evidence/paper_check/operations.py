"""Asking for a check."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import BinaryIO
from uuid import UUID, uuid4

from django.db import transaction

from saferboard.vocabulary.period import Month
from saferboard.vocabulary.problem import Problem
from saferboard.workspace.access.operations import open_matter
from saferboard.workspace.access.permission import Refused, require
from saferboard.workspace.access.session import as_system
from saferboard.workspace.audit.actor import Actor
from saferboard.workspace.audit.operations import record
from saferboard.workspace.evidence.paper_check.events import CHECK_ASKED
from saferboard.workspace.evidence.paper_check.models import PaperCheck
from saferboard.workspace.evidence.paper_check.tasks import CHECK
from saferboard.workspace.evidence.place import described, store
from saferboard.workspace.files.kinds import Accepts
from saferboard.workspace.files.operations import keep_file, remove_file
from saferboard.workspace.jobs.operations import start_job

PAPERS = Accepts(frozenset({"pdf", "docx", "pptx", "xlsx", "html", "text"}), 60_000_000)
MOST_PAPERS = 10


def ask_check(
    *,
    papers: Sequence[tuple[str, BinaryIO]],
    area: str = "",
    to: Month | None = None,
    meeting: date | None = None,
    by: Actor,
    now: datetime,
) -> UUID:
    """Takes papers (name, content) in, asks for their check and returns its id. Only `by` sees it.
    `area` is the code of one of the partnership's areas to look figures up for. Raises Refused,
    and Problem for a paper that cannot be taken: then none is kept."""
    require(by, "papers.check", now=now)
    if by.person is None:
        raise Refused("papers.check")
    if not 0 < len(papers) <= MOST_PAPERS:
        raise Problem(
            f"Choose at least one paper and at most {MOST_PAPERS}.",
            remedy="Check the papers of one meeting together, those of another after them.",
        )
    if area and area not in {one.code for one in described().areas}:
        raise Problem("This is not one of the partnership’s areas.", remedy="Choose one, or none.")
    if area and not store().is_dir():
        raise Problem("There is no data yet to look figures up in.", remedy="Choose no area.")
    matter = open_matter(kind="paper-check", purpose="governance", parties=(), by=by, now=now)
    kept = _kept(papers, matter, by, now)
    with transaction.atomic(), as_system():
        check = PaperCheck.objects.create(
            id=uuid4(),
            matter_id=matter,
            asked_by_id=by.person,
            asked_at=now,
            area=area,
            to=str(to) if to else "",
            meeting=meeting,
            papers=kept,
        )
        record(
            CHECK_ASKED,
            by=by,
            now=now,
            subject_type="papers.check",
            subject=check.id,
            parent=matter,
            details={"papers": len(kept)},
        )
        start_job(CHECK, subject=check.id, by=by, now=now)
    return check.id


def _kept(
    papers: Sequence[tuple[str, BinaryIO]], matter: UUID, by: Actor, now: datetime
) -> list[UUID]:
    kept: list[UUID] = []
    try:
        for name, content in papers:
            kept.append(
                keep_file(content=content, name=name, accepts=PAPERS, matter=matter, by=by, now=now)
            )
    except Problem:
        for file in kept:
            remove_file(file=file, by=by, now=now)
        raise
    return kept
