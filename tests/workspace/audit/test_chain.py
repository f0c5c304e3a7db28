"""The audit: append-only for those who use it, and a chain that shows what others did to it."""

from __future__ import annotations

import threading
import uuid
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from saferboard.workspace.audit import chain
from saferboard.workspace.audit.actor import Actor
from saferboard.workspace.audit.event_types import EventType, event_types
from saferboard.workspace.audit.kinds import Kind
from saferboard.workspace.audit.models import Event, Seal, Text
from saferboard.workspace.audit.operations import record, record_first, shred_text
from saferboard.workspace.audit.words import decrypted
from saferboard.workspace.config.roles import Addresses

pytestmark = pytest.mark.usefixtures("database")
NOW = datetime(2026, 11, 25, 9, 30, tzinfo=UTC)
ACTOR = Actor(uuid.UUID(int=1), uuid.UUID(int=2), uuid.UUID(int=3))
CHANGED = EventType("test.thing.changed", Kind.ALTERATION, "Level {level}.", frozenset({"level"}))
READ = EventType("test.thing.read", Kind.CONSULTATION, "It was read.")


def _write(count: int) -> None:
    for number in range(count):
        with transaction.atomic():
            record(
                CHANGED,
                by=ACTOR,
                now=NOW,
                subject_type="test.thing",
                subject=uuid.UUID(int=number),
                about=[uuid.UUID(int=9), uuid.UUID(int=8)],
                details={"level": number},
            )


def _words(report: chain.Report) -> list[tuple[str, int]]:
    return [(fault.what, fault.seq) for fault in report.faults]


def test_a_row_holds_what_was_said_of_it() -> None:
    _write(1)
    row = Event.objects.using("owner").get()
    assert (row.event, row.kind) == ("test.thing.changed", "alteration")
    assert (row.actor, row.agency, row.request) == (ACTOR.person, ACTOR.agency, ACTOR.request)
    assert row.about == [uuid.UUID(int=8), uuid.UUID(int=9)]
    assert (row.at, row.details) == (NOW, {"level": 0})


def test_a_change_is_recorded_in_its_own_transaction_or_not_at_all() -> None:
    with pytest.raises(transaction.TransactionManagementError):
        record(CHANGED, by=ACTOR, now=NOW)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        record(CHANGED, by=ACTOR, now=NOW, text="why")
        raise ZeroDivisionError
    assert Event.objects.using("owner").count() == Text.objects.using("owner").count() == 0


def test_a_read_is_committed_before_the_answer_and_never_inside_another_transaction() -> None:
    record_first(READ, by=ACTOR, now=NOW)
    assert Event.objects.using("owner").count() == 1
    with pytest.raises(RuntimeError), transaction.atomic():
        record_first(READ, by=ACTOR, now=NOW)
    with pytest.raises(ValueError, match="belongs into the transaction"):
        record_first(CHANGED, by=ACTOR, now=NOW)


@pytest.mark.parametrize("value", ["Mrs Smith of 4 High Street", "", "a" * 81, "x\ny"])
def test_what_a_person_typed_is_refused_in_a_row(value: str) -> None:
    with pytest.raises(ValueError, match="not an id or a code"), transaction.atomic():
        record(CHANGED, by=ACTOR, now=NOW, details={"level": value})


def test_a_detail_that_the_type_does_not_know_is_refused() -> None:
    with pytest.raises(ValueError, match="no detail"), transaction.atomic():
        record(CHANGED, by=ACTOR, now=NOW, details={"name": 1})


@pytest.mark.parametrize("role", ["application", "owner"])
@pytest.mark.parametrize(
    "statement",
    [
        "update audit_event set actor = null",
        "delete from audit_event",
        "truncate audit_event",
        "update audit_seal set mac = mac",
        "delete from audit_seal",
        "truncate audit_seal",
        "update audit_text set cipher = cipher",
        "truncate audit_text",
    ],
)
def test_the_database_refuses_to_change_the_past(
    database: Addresses, role: str, statement: str
) -> None:
    _write(2)
    with transaction.atomic():
        record(CHANGED, by=ACTOR, now=NOW, text="a reason")
    chain.seal()
    with psycopg.connect(getattr(database, role)) as other, pytest.raises(psycopg.Error):
        other.execute(statement)
    assert chain.check() == chain.Report(3, 0, ())


def test_the_application_deletes_no_words_but_by_shredding() -> None:
    with transaction.atomic():
        record(CHANGED, by=ACTOR, now=NOW, text="a name")
    with pytest.raises(DatabaseError), transaction.atomic():
        Text.objects.all().delete()
    row = Event.objects.using("owner").get()
    assert row.text is not None
    held = bytes(Text.objects.using("owner").get(pk=row.text).cipher)
    assert b"a name" not in held
    assert decrypted(held) == "a name"
    chain.seal()
    assert shred_text(row.text, by=ACTOR, now=NOW)
    assert not shred_text(row.text, by=ACTOR, now=NOW)
    assert Text.objects.using("owner").count() == 0
    assert (
        Event.objects.using("owner").filter(event="audit.text.shredded", subject=row.text).count()
        == 1
    )
    chain.seal()
    assert chain.check() == chain.Report(2, 0, ())


def test_sealing_in_pieces_gives_the_same_chain_as_at_once() -> None:
    _write(3)
    assert chain.seal() == 3
    assert chain.seal() == 0
    _write(2)
    assert chain.check() == chain.Report(3, 2, ())
    assert chain.seal() == 2
    assert [one.event for one in Seal.objects.order_by("seq")] == [
        one.pk for one in Event.objects.using("owner").order_by("pk")
    ]
    assert chain.check() == chain.Report(5, 0, ())


def test_a_row_that_commits_late_is_sealed_late() -> None:
    """Ids are given before the commit: the row with the lower id can appear after a higher one
    was sealed."""
    began, go_on = threading.Event(), threading.Event()

    def slow() -> None:
        with transaction.atomic():
            record(CHANGED, by=ACTOR, now=NOW)
            began.set()
            assert go_on.wait(10)
        connection.close()

    thread = threading.Thread(target=slow)
    thread.start()
    assert began.wait(10)
    _write(1)
    assert chain.seal() == 1
    go_on.set()
    thread.join(10)
    assert chain.seal() == 1
    assert [one.event for one in Seal.objects.order_by("seq")] == [2, 1]
    assert chain.check() == chain.Report(2, 0, ())


def test_a_second_sealer_leaves_the_first_one_alone(database: Addresses) -> None:
    _write(1)
    with psycopg.connect(database.application) as other:
        other.execute("select pg_advisory_xact_lock(%s)", [chain._LOCK])
        assert chain.seal() == 0
    assert chain.seal() == 1


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        (
            "update audit_event set actor = null where id = 3",
            [("the row or its place was changed", 3)],
        ),
        (
            "update audit_event set at = at + interval '1 microsecond' where id = 3",
            [("the row or its place was changed", 3)],
        ),
        (
            "update audit_event set details = '{\"level\": 7}' where id = 3",
            [("the row or its place was changed", 3)],
        ),
        ("delete from audit_event where id = 3", [("the row was removed", 3)]),
        (
            "update audit_seal set event = 7 - event where seq in (3, 4); ",
            [("the row or its place was changed", 3), ("the row or its place was changed", 4)],
        ),
        (
            "delete from audit_seal where seq = 3",
            [
                ("seals are missing before this one", 4),
                ("the row or its place was changed", 4),
            ],
        ),
        (
            "delete from audit_seal where seq > 3; delete from audit_event where id > 3",
            [("the tail was cut off: the head outside is further on", 3)],
        ),
    ],
)
def test_whoever_holds_the_whole_database_is_still_seen(
    superuser: Any, statement: str, expected: list[tuple[str, int]]
) -> None:
    _write(5)
    chain.seal()
    superuser.execute("alter table audit_seal drop constraint audit_seal_event_key cascade")
    superuser.execute(statement)
    assert _words(chain.check()) == expected


def test_a_chain_made_anew_with_another_key_is_seen(superuser: Any) -> None:
    _write(3)
    chain.seal()
    head = settings.ENVIRONMENT.audit_head.read_text()
    superuser.execute("delete from audit_seal")
    chain.seal()
    assert chain.check().faults == ()
    superuser.execute("update audit_event set actor = null; delete from audit_seal")
    chain.seal()
    settings.ENVIRONMENT.audit_head.write_text(head)
    assert _words(chain.check()) == [("the chain was made anew: the head outside differs", 3)]


def test_a_lost_head_is_said(database: Addresses) -> None:
    _write(1)
    chain.seal()
    Path(settings.ENVIRONMENT.audit_head).unlink()
    assert _words(chain.check()) == [
        ("the head of the chain, which lies outside, is gone", 1),
    ]


def test_types_of_events_know_their_words() -> None:
    assert CHANGED.words({"level": 3}) == "Level 3."
    assert CHANGED.words({}) == "Level unknown."
    assert CHANGED in event_types()
    with pytest.raises(ValueError, match="declared twice"):
        EventType("test.thing.changed", Kind.ALTERATION, "Again.")
    with pytest.raises(ValueError, match="names"):
        EventType("test.thing.other", Kind.ALTERATION, "By {whom}.")
    with pytest.raises(ValueError, match="in small letters"):
        EventType("Changed", Kind.ALTERATION, "So.")


def test_the_operators_command_seals_checks_and_says_where(superuser: Any) -> None:
    _write(3)
    out, err = StringIO(), StringIO()
    call_command("check_audit", "--seal", stdout=out, stderr=err)
    assert out.getvalue() == "3 rows sealed.\n3 rows hold their place; 0 wait.\n"
    superuser.execute("delete from audit_event where id = 2")
    with pytest.raises(CommandError, match="broken in 1 place"):
        call_command("check_audit", stdout=out, stderr=err)
    assert err.getvalue() == "Place 2, row 2: the row was removed.\n"
    checks = Event.objects.using("owner").filter(event="audit.chain.checked").order_by("id")
    assert [one.details["faults"] for one in checks] == [0, 1]
