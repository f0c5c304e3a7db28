"""Giving a file out, and listing those of a matter: the only ways to one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.db import transaction

from saferboard.vocabulary.problem import Problem
from saferboard.workspace.access.levels import Level
from saferboard.workspace.access.permission import may
from saferboard.workspace.access.queries import decision_about, fetch_matter
from saferboard.workspace.access.session import acting, as_system
from saferboard.workspace.audit.actor import Actor
from saferboard.workspace.audit.operations import record_first
from saferboard.workspace.files import storage
from saferboard.workspace.files.events import FILE_GIVEN, FILE_REFUSED, FILES_LISTED
from saferboard.workspace.files.kinds import file_kinds
from saferboard.workspace.files.models import File

_FILE = "files.file"


@dataclass(frozen=True)
class GivenFile:
    """A file to hand over: `inline` whether a browser may show it, else it is an attachment."""

    path: Path
    name: str
    media: str
    size: int
    sha256: str
    inline: bool


@dataclass(frozen=True)
class ListedFile:
    """A file as a list shows it; `kind` is what it is, in words."""

    id: UUID
    name: str
    kind: str
    size: int
    version: int
    kept_at: datetime


def fetch_file(file: UUID, *, by: Actor, now: datetime) -> GivenFile | None:
    """The file, where `by` may have it: they see its matter in full, or have its permission.
    None where not, where it was removed and where there is none. Either answer is recorded
    first. Raises Problem where the bytes are lost or not those that were kept."""
    with acting(by):
        held = File.objects.filter(id=file, removed_at=None).first()
    if held is None or not _may(held, by, now):
        record_first(FILE_REFUSED, by=by, now=now, subject_type=_FILE, subject=file)
        return None
    path = storage.path_of(held.sha256)
    if not path.is_file() or path.stat().st_size != held.size:
        raise Problem(
            "This file is not in its place on the server.",
            remedy="Tell whoever runs the server: it is in the backup.",
        )
    kind = file_kinds()[held.kind]
    record_first(
        FILE_GIVEN,
        by=by,
        now=now,
        subject_type=_FILE,
        subject=file,
        parent=held.matter_id,
        details={"kind": held.kind, "sha256": held.sha256},
    )
    return GivenFile(path, held.name, kind.media, held.size, held.sha256, kind.inline)


def list_files(matter: UUID, *, by: Actor, now: datetime) -> list[ListedFile] | None:
    """The files of a matter, newest versions only and oldest first, where `by` sees it in full;
    None where not."""
    if fetch_matter(matter, by=by, now=now, least=Level.FULL) is None:
        return None
    with acting(by):
        rows = list(
            File.objects.filter(matter=matter, removed_at=None, after=None).order_by("kept_at")
        )
    record_first(
        FILES_LISTED,
        by=by,
        now=now,
        subject_type="access.matter",
        subject=matter,
        details={"count": len(rows)},
    )
    return [
        ListedFile(
            one.id, one.name, file_kinds()[one.kind].title, one.size, one.version, one.kept_at
        )
        for one in rows
    ]


def path_for_job(file: UUID) -> tuple[Path, str] | None:
    """The bytes of a file and its name, for a job that somebody who may have the file asked for;
    None where it was removed. Shown to nobody."""
    with transaction.atomic(), as_system():
        held = File.objects.filter(id=file, removed_at=None).first()
    return (storage.path_of(held.sha256), held.name) if held else None


def _may(held: File, by: Actor, now: datetime) -> bool:
    if held.matter_id is None:
        return may(by.person, held.permission, now=now)
    return decision_about(held.matter_id, by.person, now=now).level >= Level.FULL
