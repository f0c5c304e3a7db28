"""Jobs of the paper check."""

from __future__ import annotations

from django.db import connections
from django.utils import timezone
from procrastinate.contrib.django import app

from saferboard.workspace.evidence.paper_check.checking import do_check
from saferboard.workspace.evidence.paper_check.deleting import delete_expired
from saferboard.workspace.jobs.work import Run, work


@work("papers.check.do", "Checking the papers")
def CHECK(run: Run) -> None:
    """Checks the papers that the job is about."""
    do_check(run.subject, say=run.say, by=run.by, now=timezone.now())


@app.periodic(cron="*/10 * * * *")
@app.task(name="papers.checks.delete", queueing_lock="papers.checks.delete")
def delete_old_checks(timestamp: int) -> None:
    """Deletes what is older than a day."""
    try:
        delete_expired(now=timezone.now())
    finally:
        connections.close_all()
