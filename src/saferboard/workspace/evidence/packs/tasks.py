"""Jobs of packs."""

from __future__ import annotations

from django.utils import timezone

from saferboard.workspace.evidence.packs.making import make_build
from saferboard.workspace.jobs.work import Run, work


@work("packs.pack.build", "Building the pack")
def BUILD(run: Run) -> None:
    """Makes the build that the job is about."""
    make_build(run.subject, say=run.say, by=run.by, now=timezone.now())
