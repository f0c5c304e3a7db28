"""Jobs of the data app."""

from __future__ import annotations

from django.utils import timezone

from saferboard.workspace.evidence.data.adding import do_adding
from saferboard.workspace.jobs.work import Run, work


@work("data.files.add", "Adding the files to the data store")
def ADD(run: Run) -> None:
    """Adds the files that the job is about."""
    do_adding(run.subject, say=run.say, by=run.by, now=timezone.now())
