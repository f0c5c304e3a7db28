"""The job worker: a process of its own that works off the queue and takes up what others left."""

from __future__ import annotations

import asyncio
import logging
from datetime import UTC, datetime

from asgiref.sync import sync_to_async
from django.db import OperationalError, connections
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector

from saferboard.workspace.jobs.operations import LOST_AFTER, Recovered, recover

CONCURRENCY = 2
"""Jobs at one time: a long one does not hold up the short ones."""
GRACE = 3.0
"""Seconds that a job has left when the worker is told to stop."""
BEATS = 6
"""Signs of life in the time after which a worker without any counts as lost."""
_log = logging.getLogger("saferboard.worker")


def run_worker(*, lost_after: float = LOST_AFTER) -> None:
    """Works until it is told to stop (SIGINT, SIGTERM), or until the database is gone: then it
    ends, and whoever supervises it starts it anew."""
    connector = app.connector
    if isinstance(connector, DjangoConnector):
        connector = connector.get_worker_connector()
    with app.replace_connector(connector):
        asyncio.run(_work(lost_after))


def work_off() -> None:
    """Works off what waits in the queue now, in this process, and returns."""
    connector = app.connector
    if isinstance(connector, DjangoConnector):
        connector = connector.get_worker_connector()
    connections.close_all()
    with app.replace_connector(connector):
        app.run_worker(wait=False, listen_notify=False, delete_jobs="successful")


async def _work(lost_after: float) -> None:
    async with app.open_async():
        working = asyncio.create_task(
            app.run_worker_async(
                concurrency=CONCURRENCY,
                shutdown_graceful_timeout=GRACE,
                update_heartbeat_interval=lost_after / BEATS,
                stalled_worker_timeout=lost_after,
                delete_jobs="successful",
            )
        )
        recovering = asyncio.create_task(_recover(lost_after))
        done, _ = await asyncio.wait({working, recovering}, return_when=asyncio.FIRST_COMPLETED)
        for one in (working, recovering):
            if one not in done:
                one.cancel()
        await asyncio.gather(working, recovering, return_exceptions=True)
        for one in done:
            one.result()  # what went wrong is the worker's end, and is said


async def _recover(lost_after: float) -> None:
    while True:
        try:
            done = await sync_to_async(_recovered, thread_sensitive=False)(lost_after)
        except OperationalError:
            _log.warning("The jobs of lost workers could not be looked for.")
        else:
            if done.again or done.given_up:
                _log.warning(
                    "Jobs of lost workers: %s given out again, %s given up.",
                    done.again,
                    done.given_up,
                )
        await asyncio.sleep(lost_after / BEATS)


def _recovered(lost_after: float) -> Recovered:
    try:
        return recover(now=datetime.now(UTC), lost_after=lost_after)
    finally:
        connections.close_all()
