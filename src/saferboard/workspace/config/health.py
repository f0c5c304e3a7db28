"""Is the workspace well? `/health/live`: this process answers. `/health/ready`: so does everything
that it needs. Words of a fixed list, no addresses, no secrets: anybody may ask."""

from __future__ import annotations

import shutil
from functools import cache
from typing import Any

from django.conf import settings
from django.db import DatabaseError, InterfaceError, connection, transaction
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from saferboard.workspace.audit import chain
from saferboard.workspace.config.roles import role_faults
from saferboard.workspace.jobs.operations import LOST_AFTER

OK = "ok"
LEAST_FREE = 256 * 1024 * 1024
"""Bytes that the disk of the home folder has to have left."""
_PATIENCE = "2s"
_WORKER = (
    "select coalesce(max(last_heartbeat) > now() - make_interval(secs => %s), false) "
    "from procrastinate_workers"
)


@require_safe
@never_cache
def live(request: HttpRequest) -> JsonResponse:
    """This process is up."""
    return JsonResponse({"live": True})


@require_safe
@never_cache
def ready(request: HttpRequest) -> JsonResponse:
    """200 where every check is “ok”, 503 where not; either way all checks are named."""
    found = checks()
    well = all(word == OK for word in found.values())
    return JsonResponse({"ready": well, "checks": found}, status=200 if well else 503)


def checks() -> dict[str, str]:
    """What was looked at, and `ok` or what is wrong with it in one or two words."""
    return {**_of_database(), "disk": _disk()}


def _of_database() -> dict[str, str]:
    found = dict.fromkeys(("database", "role", "migrations", "worker", "audit"), "unknown")
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("select set_config('statement_timeout', %s, true)", [_PATIENCE])
            found["database"] = OK
            found["role"] = "wrong role" if role_faults(cursor) else OK
            applied = set(MigrationRecorder(connection).applied_migrations())
            if not _expected() <= applied:
                return {**found, "migrations": "not applied"}
            found["migrations"] = OK
            cursor.execute(_WORKER, [LOST_AFTER])
            found["worker"] = OK if _first(cursor) else "no sign of life"
            cursor.execute("select coalesce(max(seq), 0) from audit_seal")
            found["audit"] = _audit(int(_first(cursor)))
    except (DatabaseError, InterfaceError):
        found["database"] = "unreachable" if found["database"] != OK else "failing"
    return found


@cache
def _expected() -> frozenset[tuple[str, str]]:
    """The migrations that this program knows."""
    return frozenset(MigrationLoader(None, ignore_no_migrations=True).disk_migrations)


def _audit(sealed: int) -> str:
    """Whether the head of the chain, outside the database, can be read and fits."""
    try:
        head = chain.head_outside()
    except (OSError, ValueError, KeyError, TypeError):
        return "head unreadable"
    if head is None:
        return "head missing" if sealed else OK
    return "rows missing" if head.seq > sealed else OK


def _disk() -> str:
    try:
        free = shutil.disk_usage(settings.ENVIRONMENT.home).free
    except OSError:
        return "unreadable"
    return OK if free >= LEAST_FREE else "full"


def _first(cursor: Any) -> Any:
    row = cursor.fetchone()
    return row[0] if row else None
