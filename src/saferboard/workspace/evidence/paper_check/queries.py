"""Reading what a check found: by the one who asked, and by nobody else."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from saferboard.workspace.access.permission import require
from saferboard.workspace.access.session import acting
from saferboard.workspace.audit.actor import Actor
from saferboard.workspace.audit.operations import record_first
from saferboard.workspace.evidence.paper_check.deleting import KEPT_FOR
from saferboard.workspace.evidence.paper_check.events import (
    CHECK_READ,
    CHECK_REFUSED,
    CHECKS_LISTED,
)
from saferboard.workspace.evidence.paper_check.models import PaperCheck
from saferboard.workspace.files.models import File
from saferboard.workspace.files.queries import GivenFile, fetch_file, path_for_job
from saferboard.workspace.jobs.queries import Progress, last_job_about

_CHECK = "papers.check"


@dataclass(frozen=True)
class FindingShown:
    """One finding. `severity` is error, warning or advice."""

    severity: str
    message: str
    where: str
    quote: str
    expected: str


@dataclass(frozen=True)
class CopyShown:
    """A Word paper with comments."""

    file: UUID
    name: str


@dataclass(frozen=True)
class CheckLine:
    """A check in the list of one's own."""

    id: UUID
    papers: tuple[str, ...]
    asked_at: datetime
    until: datetime
    done: bool
    counts: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class CheckPage:
    """What a check found, or how far it is. `many` is how many findings there are in all."""

    line: CheckLine
    job: Progress | None
    findings: tuple[FindingShown, ...]
    copies: tuple[CopyShown, ...]


def list_checks(*, by: Actor, now: datetime) -> list[CheckLine]:
    """One's own checks that are not deleted yet, newest first."""
    require(by, "papers.check", now=now)
    with acting(by):
        rows = list(
            PaperCheck.objects.filter(
                deleted_at=None, asked_at__gt=now - KEPT_FOR, asked_by=by.person
            ).order_by("-asked_at")
        )
        names = _names(rows)
    record_first(CHECKS_LISTED, by=by, now=now, details={"count": len(rows)})
    return [_line(one, names) for one in rows]


def fetch_check(check: UUID, *, by: Actor, now: datetime) -> CheckPage | None:
    """A check; None where it is not there for `by`, was deleted or is too old. Either is recorded
    first."""
    require(by, "papers.check", now=now)
    with acting(by):
        held = _held(check, now)
        names = _names([held]) if held else {}
        files = File.objects.filter(id__in=held.copies, removed_at=None) if held else ()
        copies = tuple(CopyShown(one.id, one.name) for one in files)
    if held is None:
        record_first(CHECK_REFUSED, by=by, now=now, subject_type=_CHECK, subject=check)
        return None
    found: tuple[FindingShown, ...] = ()
    if held.findings_id is not None and (kept := path_for_job(held.findings_id)):
        found = tuple(_finding(one) for one in json.loads(kept[0].read_text("utf-8")))
    record_first(
        CHECK_READ, by=by, now=now, subject_type=_CHECK, subject=check, parent=held.matter_id
    )
    job = last_job_about(held.id) if held.done_at is None else None
    return CheckPage(_line(held, names), job, found, copies)


def fetch_report(check: UUID, *, by: Actor, now: datetime) -> GivenFile | None:
    """The report of a check, with the papers' own words; None where there is none for `by`."""
    require(by, "papers.check", now=now)
    with acting(by):
        held = _held(check, now)
    if held is None or held.report_id is None:
        record_first(CHECK_REFUSED, by=by, now=now, subject_type=_CHECK, subject=check)
        return None
    return fetch_file(held.report_id, by=by, now=now)


def fetch_copy(check: UUID, file: UUID, *, by: Actor, now: datetime) -> GivenFile | None:
    """A Word paper of the check with its comments; None where there is none for `by`."""
    require(by, "papers.check", now=now)
    with acting(by):
        held = _held(check, now)
    if held is None or file not in held.copies:
        record_first(CHECK_REFUSED, by=by, now=now, subject_type=_CHECK, subject=check)
        return None
    return fetch_file(file, by=by, now=now)


def _held(check: UUID, now: datetime) -> PaperCheck | None:
    return PaperCheck.objects.filter(id=check, deleted_at=None, asked_at__gt=now - KEPT_FOR).first()


def _names(rows: list[PaperCheck]) -> dict[UUID, str]:
    wanted = [file for row in rows for file in row.papers]
    return dict(File.objects.filter(id__in=wanted).values_list("id", "name"))


def _line(row: PaperCheck, names: dict[UUID, str]) -> CheckLine:
    return CheckLine(
        id=row.id,
        papers=tuple(names[file] for file in row.papers if file in names),
        asked_at=row.asked_at,
        until=row.asked_at + KEPT_FOR,
        done=row.done_at is not None,
        counts=tuple(row.counts.items()),
    )


def _finding(held: dict[str, object]) -> FindingShown:
    place = f"line {held['line']}" if "line" in held else str(held.get("place", ""))
    return FindingShown(
        severity=str(held["severity"]),
        message=str(held["message"]),
        where=", ".join(part for part in (str(held["file"]), place) if part),
        quote=str(held["quote"]),
        expected=str(held["expected"]),
    )
