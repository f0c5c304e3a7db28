"""Health: each thing that can be wrong is found, named in words of a list, and no more is told."""

from __future__ import annotations

import json
import shutil
from datetime import UTC, datetime
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test import Client

from saferboard.workspace.audit import chain
from saferboard.workspace.audit.actor import SYSTEM
from saferboard.workspace.audit.events import CHAIN_CHECKED
from saferboard.workspace.audit.operations import record
from saferboard.workspace.config import health

pytestmark = pytest.mark.usefixtures("database")
HEAD = settings.ENVIRONMENT.audit_head


def _ask() -> tuple[int, dict[str, str]]:
    answer = Client().get("/health/ready")
    said = json.loads(answer.content)
    assert set(said) == {"ready", "checks"} and said["ready"] == (answer.status_code == 200)
    return answer.status_code, said["checks"]


@pytest.fixture(autouse=True)
def worker(superuser: Any) -> None:
    """A worker that has just given a sign of life."""
    superuser.execute("insert into procrastinate_workers (last_heartbeat) values (now())")


def test_all_is_well() -> None:
    assert _ask() == (200, dict.fromkeys(_NAMES, "ok"))
    assert Client().get("/health/live").json() == {"live": True}


_NAMES = ("database", "role", "migrations", "worker", "audit", "disk")


def _sealed() -> None:
    with transaction.atomic():
        details = {"sealed": 1, "waiting": 0, "faults": 0}
        record(CHAIN_CHECKED, by=SYSTEM, now=datetime.now(UTC), details=details)
    chain.seal()


@pytest.mark.parametrize(
    ("statement", "check", "word"),
    [
        (
            "update procrastinate_workers set last_heartbeat = now() - interval '31 seconds'",
            "worker",
            "no sign of life",
        ),
        ("delete from procrastinate_workers", "worker", "no sign of life"),
        ("delete from django_migrations where app = 'audit'", "migrations", "not applied"),
        ("alter table audit_text owner to saferboard_application", "role", "wrong role"),
        ("drop table audit_seal", "database", "failing"),
    ],
)
def test_what_is_wrong_in_the_database_is_found(
    superuser: Any, statement: str, check: str, word: str
) -> None:
    superuser.execute(statement)
    status, checks = _ask()
    assert (status, checks[check]) == (503, word)


def test_a_head_that_cannot_be_read_is_found() -> None:
    _sealed()
    assert _ask()[0] == 200
    HEAD.write_text("{")
    assert _ask()[1]["audit"] == "head unreadable"
    HEAD.unlink()
    assert _ask()[1]["audit"] == "head missing"


def test_a_tail_that_was_cut_is_found(superuser: Any) -> None:
    _sealed()
    superuser.execute("delete from audit_seal")
    assert _ask()[1]["audit"] == "rows missing"


def test_a_full_disk_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    free = shutil.disk_usage(settings.ENVIRONMENT.home).free
    monkeypatch.setattr(health, "LEAST_FREE", free * 2)
    status, checks = _ask()
    assert (status, checks["disk"]) == (503, "full")


def test_a_database_that_is_away_is_503_at_once_and_tells_no_secret() -> None:
    connection.close()
    was = connection.settings_dict["NAME"]
    connection.settings_dict["NAME"] = "not_there"
    try:
        status, checks = _ask()
    finally:
        connection.close()
        connection.settings_dict["NAME"] = was
    assert status == 503 and checks["database"] == "unreachable"
    assert set(checks.values()) <= {"unreachable", "unknown", "ok"}


def test_only_reading_is_answered_and_nothing_is_kept() -> None:
    assert Client().post("/health/ready").status_code == 405
    assert "no-store" in Client().get("/health/ready")["Cache-Control"]
