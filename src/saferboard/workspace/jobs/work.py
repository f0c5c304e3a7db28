"""What a job does: an app declares it in its `tasks` module, and starts it with `start_job`.

    BUILD = work("evidence.pack.build", "Building the pack")(build)

The function is handed a `Run`. It may be called again from the beginning, when its worker was lost
or something failed that may pass: it must be able to find half of its work done.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.db import close_old_connections, connections, transaction
from django.db.models import F, Value
from django.db.models.functions import Coalesce
from procrastinate import BaseRetryStrategy, JobContext, RetryDecision
from procrastinate import jobs as queue
from procrastinate.contrib.django import app
from procrastinate.tasks import Task

from saferboard.vocabulary.problem import Problem
from saferboard.workspace.audit.actor import Actor
from saferboard.workspace.jobs.models import OPEN, Job, State

UNFORESEEN = "It stopped for a reason that nobody foresaw. The log has it under the job’s id."
_KEY = re.compile(r"[a-z][a-z0-9-]*(\.[a-z][a-z0-9-]*){1,3}")
_WORKS: dict[str, Work] = {}
_RUNNING: set[int] = set()


class Interrupted(Exception):
    """The worker is told to stop: the job goes back into the queue and no attempt is counted."""


class TryAgain(Exception):
    """What failed may pass: the queue gives the job out once more."""


@dataclass(frozen=True)
class Run:
    """What a job's function is handed: the thing that it works on and for whom."""

    job: UUID
    subject: UUID
    by: Actor
    _stopping: Callable[[], bool]

    def say(self, percent: int, words: str) -> None:
        """Tells whoever waits how far it is, in words of the program's own, at once and whatever
        becomes of the transaction of the work. Raises Interrupted where the worker stops."""
        if self._stopping():
            raise Interrupted
        Job.objects.filter(id=self.job).update(
            percent=max(0, min(100, percent)), words=words[:300], beat=datetime.now(UTC)
        )


@dataclass(frozen=True)
class Work:
    """A kind of job: `title` is what a page calls it, `attempts` how often it is begun at most."""

    key: str
    title: str
    attempts: int
    function: Callable[[Run], None]
    task: Task[..., None, ...]


class _Again(BaseRetryStrategy):
    def get_retry_decision(
        self, *, exception: BaseException, job: queue.Job
    ) -> RetryDecision | None:
        if isinstance(exception, TryAgain):
            return RetryDecision(retry_in={"seconds": min(300, 2 * 4**job.attempts)})
        return None


def work(key: str, title: str, *, attempts: int = 3) -> Callable[[Callable[[Run], None]], Work]:
    """Declares a kind of job. `key` is `app.thing.verb` and never changes. Declaring one twice
    raises ValueError."""
    if not _KEY.fullmatch(key):
        raise ValueError(f"{key}: a key is app.thing.verb, in small letters")
    if key in _WORKS:
        raise ValueError(f"{key} is declared twice")

    def declare(function: Callable[[Run], None]) -> Work:
        @app.task(name=key, pass_context=True, retry=_Again())
        def perform(context: JobContext, job: str) -> None:
            _perform(_WORKS[key], UUID(job), context)

        _WORKS[key] = Work(key, title, attempts, function, perform)
        return _WORKS[key]

    return declare


def work_called(key: str) -> Work | None:
    """The kind of job with this key, or None where the program no longer has it."""
    return _WORKS.get(key)


def running() -> frozenset[int]:
    """The queue's ids of the jobs that this very process works on."""
    return frozenset(_RUNNING)


def _perform(what: Work, job: UUID, context: JobContext) -> None:
    close_old_connections()
    number = context.job.id or 0
    _RUNNING.add(number)
    try:
        run = _begun(job, context)
        if run is not None:
            _worked(what, run)
    finally:
        _RUNNING.discard(number)
        connections.close_all()


def _begun(job: UUID, context: JobContext) -> Run | None:
    """Takes the job up; None where it is over or forgotten."""
    now = datetime.now(UTC)
    with transaction.atomic():
        taken = Job.objects.filter(id=job, state__in=OPEN).update(
            state=State.RUNNING,
            attempts=F("attempts") + 1,
            started=Coalesce(F("started"), Value(now)),
            beat=now,
        )
        held = Job.objects.get(id=job) if taken else None
    if held is None:
        return None
    by = Actor(held.person, held.agency, held.request)
    return Run(job, held.subject, by, context.should_abort)


def _worked(what: Work, run: Run) -> None:
    try:
        what.function(run)
    except Interrupted:
        _change(run, state=State.WAITING, words="", attempts=F("attempts") - 1)
        raise TryAgain from None
    except Problem as problem:
        _over(run, State.FAILED, words=problem.sentence()[:300])
    except Exception as error:  # whatever it is, whoever waits is told, and it is raised again
        if Job.objects.get(id=run.job).attempts < what.attempts:
            _change(run, state=State.WAITING, words="It failed and is tried again.")
            raise TryAgain from error
        _over(run, State.FAILED, words=UNFORESEEN)
        raise
    else:
        _over(run, State.DONE, words="", percent=100)


def _over(run: Run, state: State, **more: Any) -> None:
    _change(run, state=state, ended=datetime.now(UTC), **more)


def _change(run: Run, **what: Any) -> None:
    Job.objects.filter(id=run.job).update(**what)
