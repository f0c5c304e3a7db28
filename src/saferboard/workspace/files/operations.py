"""Keeping a file and removing one. The bytes come first and the row after: a row never names bytes
that are not there, and bytes that no row names are swept away."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import BinaryIO
from uuid import UUID

from django.db import connection, transaction

from saferboard.vocabulary.problem import Problem
from saferboard.workspace.access.levels import Level
from saferboard.workspace.access.permission import Refused, record_refused, require
from saferboard.workspace.access.queries import decision_about
from saferboard.workspace.access.session import as_system
from saferboard.workspace.audit.actor import SYSTEM, Actor
from saferboard.workspace.audit.operations import record
from saferboard.workspace.files import storage
from saferboard.workspace.files.events import FILE_KEPT, FILE_REMOVED
from saferboard.workspace.files.kinds import Accepts, checked_kind
from saferboard.workspace.files.models import File

_FILE = "files.file"
_MOST_NAME = 200


def keep_file(
    *,
    content: BinaryIO,
    name: str,
    accepts: Accepts,
    matter: UUID | None = None,
    permission: str = "",
    before: UUID | None = None,
    by: Actor,
    now: datetime,
) -> UUID:
    """Checks and keeps a file, and returns its id. It hangs on `matter`, which `by` has to see in
    full, or on `permission`, which `by` has to have: exactly one of them (ValueError). `before`
    is the file of which it is a new version. Raises Refused, and Problem for what cannot be
    taken: empty, too large, not what it claims, macros, a bomb, no room."""
    if (matter is None) == (not permission):
        raise ValueError("a file hangs on a matter or on a permission")
    _may_keep(matter, permission, by, now)
    plain = plain_name(name)
    with storage.arriving(content, plain, accepts.most_bytes) as arrived:
        kind = checked_kind(arrived.content, plain, accepts)
        file = uuid.uuid4()
        with transaction.atomic(), as_system():
            _alone_with(arrived.sha256)
            storage.keep(arrived)
            File.objects.create(
                id=file,
                sha256=arrived.sha256,
                size=arrived.size,
                kind=kind.key,
                name=plain,
                matter_id=matter,
                permission=permission,
                version=_version(before, matter, permission),
                before_id=before,
                kept_by_id=by.person,
                kept_at=now,
            )
            record(
                FILE_KEPT,
                by=by,
                now=now,
                subject_type=_FILE,
                subject=file,
                parent=matter,
                details={"kind": kind.key, "size": arrived.size, "sha256": arrived.sha256},
                text=plain,
            )
    return file


def remove_file(*, file: UUID, by: Actor, now: datetime) -> None:
    """Removes a file: its name and, where no other file has the same ones, its bytes. By somebody
    who may have it, or by the system. Nothing happens where it is gone already."""
    with transaction.atomic(), as_system():
        held = File.objects.filter(id=file).first()
    if held is None:
        raise Refused(str(file))
    if by != SYSTEM:
        _may_keep(held.matter_id, held.permission, by, now)
    with transaction.atomic(), as_system():
        _alone_with(held.sha256)
        gone = File.objects.filter(id=file, removed_at=None).update(removed_at=now, name="")
        if gone:
            record(
                FILE_REMOVED,
                by=by,
                now=now,
                subject_type=_FILE,
                subject=file,
                parent=held.matter_id,
                details={"sha256": held.sha256},
            )
    forget_unused(held.sha256)


def forget_unused(sha256: str) -> bool:
    """Deletes the bytes where no file has them any more; says whether it did."""
    with transaction.atomic(), as_system():
        _alone_with(sha256)
        if File.objects.filter(sha256=sha256, removed_at=None).exists():
            return False
        storage.forget(sha256)
        return True


def plain_name(name: str) -> str:
    """The last part of a name as a browser sends it, without control characters, its ending
    kept where it is long; “file” where nothing is left."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    clean = "".join(one for one in last if one.isprintable()).strip(". ")
    if len(clean) > _MOST_NAME:
        stem, dot, ending = clean.rpartition(".")
        ending = f"{dot}{ending}"[:20]
        clean = f"{stem[: _MOST_NAME - len(ending)]}{ending}"
    return clean or "file"


def _may_keep(matter: UUID | None, permission: str, by: Actor, now: datetime) -> None:
    if matter is None:
        require(by, permission, now=now)
        return
    decision = decision_about(matter, by.person, now=now)
    if decision.level < Level.FULL:
        record_refused(matter, decision.why, by=by, now=now)
        raise Refused(str(matter))


def _version(before: UUID | None, matter: UUID | None, permission: str) -> int:
    if before is None:
        return 1
    older = File.objects.filter(
        id=before, matter=matter, permission=permission, removed_at=None, after=None
    ).first()
    if older is None:
        raise Problem(
            "There is a newer version of this file already.",
            remedy="Look at the newest version, and replace that one.",
        )
    return older.version + 1


def _alone_with(sha256: str) -> None:
    """Until the transaction ends nobody else keeps or forgets these bytes."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 0))", [sha256])
