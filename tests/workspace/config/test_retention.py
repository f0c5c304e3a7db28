"""Retention: what is due goes when it is told to, what is not due or held stays."""

from __future__ import annotations

import io
import uuid
from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import transaction
from tests.workspace.people import person

from saferboard.vocabulary.problem import Problem
from saferboard.workspace.access.session import as_system
from saferboard.workspace.audit import chain
from saferboard.workspace.audit.actor import SYSTEM
from saferboard.workspace.audit.events import HOLD_PLACED
from saferboard.workspace.audit.holds import lift_hold, place_hold
from saferboard.workspace.audit.models import Event, Text
from saferboard.workspace.audit.operations import record
from saferboard.workspace.config.retention import due, erase
from saferboard.workspace.jobs.models import Job, State
from saferboard.workspace.messages.models import Notification

pytestmark = pytest.mark.usefixtures("database")
NOW = datetime(2026, 11, 25, 9, 30, tzinfo=UTC)
YEARS = timedelta(days=2190)
ME, SOMEBODY = uuid.UUID(int=7), uuid.UUID(int=8)


def _words(age: timedelta, **about: object) -> uuid.UUID:
    """Words of the audit of this age, and their id."""
    before = set(Text.objects.using("owner").values_list("id", flat=True))
    with transaction.atomic():
        record(HOLD_PLACED, by=SYSTEM, now=NOW - age, text="why", **about)  # type: ignore[arg-type]
    (made,) = set(Text.objects.using("owner").values_list("id", flat=True)) - before
    return made


def _left() -> set[uuid.UUID]:
    return set(Text.objects.using("owner").values_list("id", flat=True))


def _counts() -> dict[str, tuple[int, int]]:
    return {one.key: (one.count, one.held) for one in due(now=NOW)}


def test_words_past_their_period_go_and_younger_ones_their_rows_and_the_chain_stay() -> None:
    old = _words(YEARS + timedelta(hours=1))
    young = _words(YEARS - timedelta(hours=1))
    chain.seal()
    assert _counts()["audit-words"] == (1, 0) and _left() == {old, young}  # asking erases nothing
    assert dict(erase(now=NOW))  # by title
    assert _left() == {young}
    assert Event.objects.using("owner").filter(text=old).exists() and not chain.check().faults
    events = list(Event.objects.using("owner").order_by("id").values_list("event", flat=True))[2:]
    assert events == ["audit.text.shredded", "config.retention.run"]


def test_what_a_legal_hold_keeps_stays_until_it_is_lifted() -> None:
    age = YEARS + timedelta(days=1)
    held = {
        _words(age, subject=ME),
        _words(age, parent=ME),
        _words(age, about=[SOMEBODY, ME]),
    }
    free = _words(age, subject=SOMEBODY)
    hold = place_hold(subject=ME, why="A claim", by=SYSTEM, now=NOW)
    assert _counts()["audit-words"] == (1, 3)
    erase(now=NOW)
    assert held <= _left() and free not in _left()
    lift_hold(hold=hold, why="Settled", by=SYSTEM, now=NOW)
    assert _counts()["audit-words"] == (3, 0)
    erase(now=NOW)
    assert not held & _left()


def test_a_hold_of_everything_holds_everything() -> None:
    words = _words(YEARS + timedelta(days=1))
    place_hold(subject=None, why="An inquiry", by=SYSTEM, now=NOW)
    erase(now=NOW)
    assert words in _left()


def test_a_hold_needs_a_reason_and_is_lifted_once() -> None:
    with pytest.raises(Problem):
        place_hold(subject=ME, why=" ", by=SYSTEM, now=NOW)
    hold = place_hold(subject=ME, why="A claim", by=SYSTEM, now=NOW)
    lift_hold(hold=hold, why="Settled", by=SYSTEM, now=NOW)
    with pytest.raises(Problem):
        lift_hold(hold=hold, why="Settled", by=SYSTEM, now=NOW)


def test_ended_sessions_old_jobs_and_notifications_go_and_others_stay() -> None:
    for key, end in (("over", -1), ("open", 1)):
        Session.objects.create(session_key=key, expire_date=NOW + timedelta(minutes=end))
    for state, ended in (
        (State.DONE, NOW - timedelta(days=31)),
        (State.FAILED, NOW - timedelta(days=29)),
        (State.RUNNING, None),
    ):
        Job.objects.create(work="a.b", subject=uuid.uuid4(), state=state, created=NOW, ended=ended)
    told = person("Robin Green", "member")
    with transaction.atomic(), as_system():
        for days in (364, 366):
            Notification.objects.create(
                person=told, kind="x", created=NOW - timedelta(days=days), letter="none"
            )
    nothing = dict.fromkeys(("sessions", "jobs", "notifications", "audit-words"), (0, 0))
    one = (1, 0)
    assert _counts() == {**nothing, "sessions": one, "jobs": one, "notifications": one}
    erase(now=NOW)
    assert Session.objects.get().session_key == "open"
    assert set(Job.objects.values_list("state", flat=True)) == {"failed", "running"}
    assert _counts() == nothing
    with transaction.atomic(), as_system():
        assert Notification.objects.get().created == NOW - timedelta(days=364)


def test_the_command_erases_nothing_unless_told() -> None:
    Session.objects.create(session_key="over", expire_date=datetime(2020, 1, 1, tzinfo=UTC))
    out = io.StringIO()
    call_command("retention", stdout=out)
    assert "Sessions that have ended: 1 are due" in out.getvalue()
    assert "Nothing was erased" in out.getvalue() and Session.objects.exists()
    call_command("retention", erase=True, stdout=out)
    assert not Session.objects.exists()


def test_the_command_places_lists_and_lifts_a_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    out = io.StringIO()
    monkeypatch.setattr("sys.stdin", io.StringIO("A claim\n"))
    call_command("legal_hold", about=str(ME), stdout=out)
    hold = out.getvalue().split()[2]
    call_command("legal_hold", list=True, stdout=out)
    assert f"{hold}: {ME}, since" in out.getvalue()
    monkeypatch.setattr("sys.stdin", io.StringIO("Settled\n"))
    call_command("legal_hold", lift=hold, stdout=out)
    assert "lifted" in out.getvalue()
    with pytest.raises(Problem, match="no id"):
        call_command("legal_hold", about="Sam", stdout=out)
