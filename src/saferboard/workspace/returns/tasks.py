"""Jobs of returns."""

from __future__ import annotations

from django.db import connections
from django.utils import timezone
from procrastinate.contrib.django import app

from saferboard.workspace.jobs.work import Run, work
from saferboard.workspace.returns.loading import load_filing
from saferboard.workspace.returns.scheduling import add_all_periods, remind


@work("returns.return.load", "Taking the return into the data store")
def LOAD(run: Run) -> None:
    """Takes the signed version that the job is about into the data store."""
    run.say(10, "Writing the return.")
    load_filing(run.subject, now=timezone.now())


@app.periodic(cron="10 5 * * *")
@app.task(name="returns.day.begin", queueing_lock="returns.day.begin")
def begin_day(timestamp: int) -> None:
    """Each morning: periods are put on the list, and people are reminded."""
    try:
        now = timezone.now()
        add_all_periods(now=now)
        remind(now=now)
    finally:
        connections.close_all()
