"""Writing the audit: with a change, before an answer, and shredding words."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from psycopg.types.json import Jsonb

from saferboard.workspace.audit.actor import Actor
from saferboard.workspace.audit.event_types import EventType
from saferboard.workspace.audit.events import TEXT_SHREDDED
from saferboard.workspace.audit.words import encrypted, mac_of_text

Detail = str | int | bool | None | UUID
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:+-]{0,79}")
_INSERT = """
    insert into audit_event (at, event, kind, actor, agency, subject_type, subject, parent, about,
        purpose, reason, request, details, text, text_mac)
    values (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
"""


def record(
    event: EventType,
    *,
    by: Actor,
    now: datetime,
    subject_type: str = "",
    subject: UUID | None = None,
    parent: UUID | None = None,
    about: Iterable[UUID] = (),
    purpose: str = "",
    reason: str = "",
    details: Mapping[str, Detail] | None = None,
    text: str = "",
) -> None:
    """Writes one row into the transaction of the change that it tells of. `text` goes into the
    table of encrypted words. Raises TransactionManagementError outside a transaction, and
    ValueError for a detail that the type does not know or that is not an id or a code: nothing
    that a person typed stands in a row."""
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError(
            f"{event.key} must be recorded in the transaction of its change"
        )
    codes = {name: _code(event, name, value) for name, value in (details or {}).items()}
    text_id, mac = None, None
    with connection.cursor() as cursor:
        if text:
            text_id, mac = uuid.uuid4(), mac_of_text(text)
            cursor.execute(
                "insert into audit_text (id, cipher) values (%s, %s)", [text_id, encrypted(text)]
            )
        values: list[Any] = [now, event.key, event.kind.value, by.person, by.agency]
        values += [subject_type, subject, parent, sorted(set(about)), purpose, reason]
        values += [by.request, Jsonb(codes), text_id, mac]
        cursor.execute(_INSERT, values)


def record_first(event: EventType, *, by: Actor, now: datetime, **what: object) -> None:
    """Writes one row and commits it before anything is answered: for what is read or refused.
    Takes what `record` takes. Raises where it stands inside another transaction, which could
    still be rolled back; where it fails there must be no answer."""
    if not event.kind.before_the_answer:
        raise ValueError(f"{event.key} is a change: it belongs into the transaction of the change")
    with transaction.atomic(durable=True):
        record(event, by=by, now=now, **what)  # type: ignore[arg-type]  # passed on as they came


def shred_text(text: UUID, *, by: Actor, now: datetime) -> bool:
    """Deletes the words of one row for ever; the row, its hash and the chain stay. False where
    they were gone already."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("select audit_shred(%s)", [text])
        row = cursor.fetchone()
        shredded = bool(row and row[0])
        if shredded:
            record(TEXT_SHREDDED, by=by, now=now, subject_type="audit.text", subject=text)
    return shredded


def _code(event: EventType, name: str, value: Detail) -> str | int | bool | None:
    if name not in event.details:
        raise ValueError(f"{event.key} has no detail “{name}”")
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, str) and not _CODE.fullmatch(value):
        raise ValueError(f"{event.key}: the detail “{name}” is not an id or a code")
    return value
