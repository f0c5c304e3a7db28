"""Who the database believes is asking. Row-level security reads it; no actor, no rows."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from django.db import connection, transaction

from saferboard.workspace.audit.actor import Actor

SETTING = "saferboard.actor"
SYSTEM_ID = UUID(int=0)
"""Whom `as_system` names to the database. No person has this id."""


@contextmanager
def acting(by: Actor) -> Iterator[None]:
    """A transaction in which the database shows what `by` may see. The name is gone with it, so
    that the next user of the connection is nobody; inside another one it is as it was before.
    For the system itself: see `as_system`."""
    with transaction.atomic():
        before = _said()
        _say(str(by.person or ""))
        yield
        _say(before)


@contextmanager
def as_system() -> Iterator[None]:
    """Inside a transaction: the database shows everything. For the resolver, which has to see
    a matter in order to say who may; for nothing that is shown to anybody."""
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("the system acts inside a transaction")
    before = _said()
    _say(str(SYSTEM_ID))
    yield
    _say(before)


def _say(actor: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select set_config(%s, %s, true)", [SETTING, actor])


def _said() -> str:
    with connection.cursor() as cursor:
        cursor.execute("select coalesce(current_setting(%s, true), '')", [SETTING])
        row = cursor.fetchone()
    return str(row[0]) if row else ""
