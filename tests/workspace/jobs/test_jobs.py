"""Jobs: ids only, told how far they are, taken up again when their worker was killed."""

from __future__ import annotations

import inspect
import os
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest
from django.db import connection, transaction
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.exceptions import ConnectorException
from tests.workspace.jobs import works

from saferboard.workspace.audit.actor import Actor
from saferboard.workspace.config.roles import Addresses
from saferboard.workspace.jobs.models import Job, State
from saferboard.workspace.jobs.operations import recover, start_job
from saferboard.workspace.jobs.queries import last_job_about
from saferboard.workspace.jobs.work import UNFORESEEN, Work

NOW = datetime(2026, 11, 25, 9, 30, tzinfo=UTC)
ACTOR = Actor(uuid.UUID(int=1), uuid.UUID(int=2), uuid.UUID(int=3))
LOST_AFTER = 3.0  # seconds; a worker gives a sign six times as often


@pytest.fixture(autouse=True)
def folder(database: Addresses, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SAFERBOARD_WORKS", str(tmp_path))
    return tmp_path


@contextmanager
def _worker(database: Addresses, folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A real worker in a process of its own, killed at the end."""
    environment = {
        **os.environ,
        "DATABASE_URL": database.application,
        "DATABASE_OWNER_URL": database.owner,
        "SAFERBOARD_WORKS": str(folder),
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.workspace.jobs.works", str(LOST_AFTER)], env=environment
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def _until(true: Callable[[], bool], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it did not come about"
        time.sleep(0.1)


def _start(what: Work) -> Job:
    job = start_job(what, subject=uuid.uuid4(), by=ACTOR, now=NOW)
    return Job.objects.get(id=job)


def _work_off() -> None:
    """All that waits, in this process."""
    connection.close()
    app.run_worker(wait=False, install_signal_handlers=False, listen_notify=False)


@pytest.fixture
def here() -> Iterator[None]:
    """This process may work jobs off itself."""
    with app.replace_connector(app.connector.get_worker_connector()):  # type: ignore[attr-defined]
        yield


@pytest.mark.usefixtures("here")
def test_a_job_is_done_for_the_one_who_asked_and_shows_how_far_it_is(folder: Path) -> None:
    job = _start(works.done)
    before = last_job_about(job.subject)
    assert before and (before.state, before.percent, before.open) == (State.WAITING, 0, True)
    _work_off()
    after = last_job_about(job.subject)
    assert after and (after.state, after.percent, after.open) == (State.DONE, 100, False)
    assert after.title == "Doing" and after.ended
    assert (folder / str(job.subject)).read_text().split()[2] == str(ACTOR.person)


def test_asking_twice_does_it_once() -> None:
    job = _start(works.done)
    assert start_job(works.done, subject=job.subject, by=ACTOR, now=NOW) == job.id
    assert ProcrastinateJob.objects.count() == 1
    assert start_job(works.slow, subject=job.subject, by=ACTOR, now=NOW) != job.id


def test_a_job_is_asked_for_in_the_transaction_of_the_change_or_not_at_all() -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        _start(works.done)
        raise ZeroDivisionError
    assert Job.objects.count() == ProcrastinateJob.objects.count() == 0


@pytest.mark.usefixtures("here")
def test_what_cannot_be_done_says_why_and_is_not_tried_again() -> None:
    job = _start(works.refused)
    _work_off()
    job.refresh_from_db()
    assert (job.state, job.words, job.attempts) == (
        State.FAILED,
        "The thing has no pages. Add some.",
        1,
    )


@pytest.mark.usefixtures("here")
def test_what_nobody_foresaw_says_that_it_failed_and_nothing_of_what_was_in_it() -> None:
    job = _start(works.broken)
    _work_off()
    job.refresh_from_db()
    assert (job.state, job.words) == (State.FAILED, UNFORESEEN)


@pytest.mark.usefixtures("here")
def test_what_may_pass_is_tried_again(folder: Path) -> None:
    job = _start(works.passing)
    _work_off()
    job.refresh_from_db()
    assert (job.state, job.attempts) == (State.WAITING, 1)
    time.sleep(2.2)  # the queue waits two seconds before the second attempt
    _work_off()
    job.refresh_from_db()
    assert (job.state, job.attempts) == (State.DONE, 2)


def test_a_job_whose_worker_is_killed_is_taken_up_again_by_the_next_one(
    database: Addresses, folder: Path
) -> None:
    job = _start(works.slow)
    with _worker(database, folder) as first:
        _until(lambda: Job.objects.get(id=job.id).percent == 10)
        first.send_signal(signal.SIGKILL)
        first.wait()
    assert Job.objects.get(id=job.id).state == State.RUNNING  # nobody had time to say otherwise
    with _worker(database, folder):
        _until(lambda: Job.objects.get(id=job.id).state == State.DONE)
    told = [line.split()[1] for line in (folder / str(job.subject)).read_text().splitlines()]
    assert told[0] == str(first.pid) and len(set(told)) == len(told) == 2


def test_a_job_whose_workers_are_killed_again_and_again_is_said_to_have_failed(
    database: Addresses, folder: Path
) -> None:
    job = _start(works.endless)
    for attempt in (1, 2):
        with _worker(database, folder) as worker:
            _until(lambda: Job.objects.get(id=job.id).attempts == attempt)  # noqa: B023  # at once
            worker.send_signal(signal.SIGKILL)
            worker.wait()
    with _worker(database, folder):
        _until(lambda: Job.objects.get(id=job.id).state == State.FAILED)
    assert Job.objects.get(id=job.id).words.startswith("Its worker was lost 2 times.")


def test_a_worker_that_is_told_to_stop_puts_its_job_back_and_ends_within_seconds(
    database: Addresses, folder: Path
) -> None:
    job = _start(works.endless)
    with _worker(database, folder) as worker:
        _until(lambda: Job.objects.get(id=job.id).percent == 20)
        began = time.monotonic()
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(10) == 0
        assert time.monotonic() - began < 8
    held = Job.objects.get(id=job.id)
    assert (held.state, held.attempts) == (State.WAITING, 0)
    assert ProcrastinateJob.objects.get().status == "todo"


def test_a_worker_that_lives_keeps_its_jobs() -> None:
    _start(works.done)
    done = recover(now=NOW)
    assert (done.again, done.given_up) == (0, 0)


OURS = sorted(name for name in app.tasks if "builtin" not in name)  # nobody here asks for those


@pytest.mark.parametrize("task", OURS)
def test_tasks_declare_ids_as_arguments_and_nothing_else(task: str) -> None:
    parameters = list(inspect.signature(app.tasks[task].func).parameters.values())
    given = parameters[1:] if app.tasks[task].pass_context else parameters
    for one in given:
        number = one.name == "timestamp" and one.annotation == "int"  # of what is periodic
        id_ = one.annotation == "str" and (one.name == "job" or one.name.endswith("_id"))
        assert number or id_, f"{one.name}: {one.annotation}"


@pytest.mark.parametrize(
    "args",
    [
        {"job": "sam.smith@example.org"},
        {"job": str(uuid.UUID(int=5)) + "\nSam"},
        {"job": ["a", "b"]},
        {"job": {"name": "Sam"}},
        {"job": None},
        {"job": True},
    ],
)
def test_the_database_refuses_a_job_that_carries_more_than_ids(args: dict[str, object]) -> None:
    with pytest.raises(ConnectorException) as caught:
        app.configure_task("test.thing.done").defer(**args)
    assert isinstance(caught.value.__cause__, psycopg.errors.CheckViolation)
    assert "jobs_carry_ids_only" in str(caught.value.__cause__)
    assert ProcrastinateJob.objects.count() == 0
