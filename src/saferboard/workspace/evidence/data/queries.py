"""What is in the data store, and what became of files that were sent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from saferboard.analytics.intake.report_words import notes_text, published_text, span_text
from saferboard.analytics.store.coverage import gaps
from saferboard.analytics.store.manifest import read as read_manifest
from saferboard.analytics.store.vintage import Vintage
from saferboard.workspace.access.permission import may, require
from saferboard.workspace.audit.actor import Actor
from saferboard.workspace.audit.operations import record_first
from saferboard.workspace.evidence.data.events import LOAD_READ, LOADS_LISTED
from saferboard.workspace.evidence.data.models import Adding
from saferboard.workspace.evidence.data.operations import LOAD
from saferboard.workspace.evidence.place import store
from saferboard.workspace.jobs.queries import Progress, last_job_about

READ = "evidence.read"


@dataclass(frozen=True)
class LoadLine:
    """A load in the list."""

    id: str
    what: str
    publisher: str
    months: str
    published: str
    loaded: datetime
    rows: int


@dataclass(frozen=True)
class LoadList:
    """What is in the data store, newest first; `may_add` whether the reader may add to it."""

    loads: tuple[LoadLine, ...]
    addings: tuple[AddingLine, ...]
    may_add: bool


@dataclass(frozen=True)
class AddingLine:
    """Files that were sent."""

    id: UUID
    names: tuple[str, ...]
    asked_at: datetime
    by: str
    done: bool
    refused: int


@dataclass(frozen=True)
class AddingPage:
    """What became of files that were sent: `report` in the words of the command line."""

    line: AddingLine
    job: Progress | None
    loads: tuple[str, ...]
    report: str


@dataclass(frozen=True)
class LoadPage:
    """Everything about a load. `coverage` names units, their months and the months that are
    missing; `files` are names, rows, bytes and hashes, the hash empty for a partner's return,
    whose withheld numbers it would let be guessed."""

    line: LoadLine
    licence: str
    url: str
    tables: tuple[tuple[str, int], ...]
    coverage: tuple[tuple[str, str, str], ...]
    files: tuple[tuple[str, int, int, str], ...]
    notes: tuple[str, ...]


def list_loads(*, by: Actor, now: datetime) -> LoadList:
    """The loads of the data store, and the last files that were sent. Raises Refused."""
    require(by, READ, now=now)
    vintages = read_manifest(store()).vintages
    lines = tuple(_line(one) for one in reversed(vintages))
    may_add = may(by.person, LOAD, now=now)
    rows = Adding.objects.select_related("asked_by").order_by("-asked_at")[:10] if may_add else ()
    record_first(LOADS_LISTED, by=by, now=now, details={"count": len(lines)})
    return LoadList(lines, tuple(_adding(one) for one in rows), may_add)


def fetch_load(load: str, *, by: Actor, now: datetime) -> LoadPage | None:
    """A load by its whole name; None where there is none."""
    require(by, READ, now=now)
    found = next((one for one in read_manifest(store()).vintages if one.id == load), None)
    if found is None:
        return None
    record_first(LOAD_READ, by=by, now=now, details={"load": found.id[:80]})
    withheld = found.source == "local-return"
    return LoadPage(
        line=_line(found),
        licence=found.licence,
        url=found.url,
        tables=tuple(found.tables.items()),
        coverage=tuple(
            (
                unit,
                f"{months[0]} to {months[-1]}" if months else "none",
                ", ".join(map(str, gaps(months))),
            )
            for unit, months in sorted(found.coverage.items())
        ),
        files=tuple(
            (one.name, one.rows, one.size, "" if withheld else one.sha256) for one in found.files
        ),
        notes=tuple(notes_text(found.notes)),
    )


def fetch_adding(adding: UUID, *, by: Actor, now: datetime) -> AddingPage | None:
    """What became of files that were sent, for whoever may add some; None where there is none."""
    require(by, LOAD, now=now)
    held = Adding.objects.select_related("asked_by").filter(id=adding).first()
    if held is None:
        return None
    job = last_job_about(held.id) if held.done_at is None else None
    return AddingPage(_adding(held), job, tuple(held.loads), held.report)


def _line(one: Vintage) -> LoadLine:
    return LoadLine(
        id=one.id,
        what=one.words,
        publisher=one.publisher,
        months=span_text(one),
        published=published_text(one),
        loaded=one.loaded,
        rows=sum(one.tables.values()),
    )


def _adding(row: Adding) -> AddingLine:
    return AddingLine(
        id=row.id,
        names=tuple(row.names),
        asked_at=row.asked_at,
        by=row.asked_by.name,
        done=row.done_at is not None,
        refused=row.refused,
    )
