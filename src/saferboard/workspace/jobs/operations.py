"""Starting a job, and taking up again what a lost worker left."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Now
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.exceptions import UniqueViolation
from procrastinate.jobs import Status
from procrastinate.manager import JobManager
from procrastinate.sql import queries
from procrastinate.tasks import configure_task

from saferboard.workspace.audit.actor import Actor
from saferboard.workspace.jobs.models import OPEN, Job, State
from saferboard.workspace.jobs.work import Work, running, work_called

LOST_AFTER = 30.0
"""Seconds without a sign of life after which a worker counts as lost."""
BARE_ATTEMPTS = 3


@dataclass(frozen=True)
class Recovered:
    """What was done with the jobs of lost workers."""

    again: int
    given_up: int


def start_job(what: Work, *, subject: UUID, by: Actor, now: datetime) -> UUID:
    """Puts a job into the queue, in the transaction of the change that asks for it, and returns
    its id. Where the same work on the same thing already waits or runs, that one's id: asking
    twice does nothing twice. Whether `by` may is the question of the app that asks."""
    with transaction.atomic():
        job, new = Job.objects.get_or_create(
            work=what.key,
            subject=subject,
            state__in=OPEN,
            defaults={
                "state": State.WAITING,
                "person": by.person,
                "agency": by.agency,
                "request": by.request,
                "created": now,
            },
        )
        if new:
            lock = f"{what.key}:{subject}"
            configure_task(name=what.key, job_manager=_manager(), lock=lock).defer(job=str(job.id))
    return job.id


def recover(*, now: datetime, lost_after: float = LOST_AFTER) -> Recovered:
    """Gives out again what lost workers had begun, or says that it failed where it was begun often
    enough. What this process works on itself is left alone."""
    again = given_up = 0
    silent = Q(worker__last_heartbeat__lt=Now() - timedelta(seconds=lost_after))
    lost = ProcrastinateJob.objects.filter(Q(worker=None) | silent, status="doing")
    for stalled in lost.exclude(id__in=running()):
        with transaction.atomic():
            if _give_out(stalled, now):
                again += 1
            else:
                given_up += 1
    return Recovered(again, given_up)


def _manager() -> JobManager:
    """The queue on Django's own connection, in a worker too: in the same transaction."""
    return JobManager(DjangoConnector())


def _give_out(stalled: ProcrastinateJob, now: datetime) -> bool:
    what = work_called(stalled.task_name)
    job = Job.objects.filter(id=stalled.args.get("job")).first() if what else None
    if what and job:
        enough = job.attempts >= what.attempts
    else:
        enough = stalled.attempts + 1 >= BARE_ATTEMPTS or stalled.task_name not in app.tasks
    again = not enough and _back(stalled.id, now)
    if not again:
        DjangoConnector().execute_query(
            queries["finish_job"],
            job_id=stalled.id,
            status=Status.FAILED.value,
            delete_job=False,
        )
    if job and again:
        words = "Its worker was lost. It waits to be taken up again."
        Job.objects.filter(id=job.id).update(state=State.WAITING, words=words)
    elif job:
        words = f"Its worker was lost {job.attempts} times. Nothing half done was kept."
        Job.objects.filter(id=job.id).update(state=State.FAILED, words=words, ended=now)
    return again


def _back(number: int, now: datetime) -> bool:
    """Puts it back into the queue; False where another one like it waits there already."""
    try:
        with transaction.atomic():
            _manager().retry_job_by_id(number, retry_at=now)
    except UniqueViolation:
        return False
    return True
