"""How far a job is. Asked by the app that knows who may see the thing that it works on, after that
app has fetched the thing for whoever asks."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from saferboard.workspace.jobs.models import OPEN, Job, State
from saferboard.workspace.jobs.work import work_called


@dataclass(frozen=True)
class Progress:
    """A job as a page shows it; `percent` is a whole number from 0 to 100."""

    job: UUID
    title: str
    state: State
    percent: int
    words: str
    created: datetime
    ended: datetime | None

    @property
    def open(self) -> bool:
        """Whether something still happens."""
        return self.state in OPEN


def last_job_about(subject: UUID, works: Collection[str] = ()) -> Progress | None:
    """The newest job about a thing, of these kinds where any are named."""
    rows = Job.objects.filter(subject=subject).order_by("-created", "id")
    job = (rows.filter(work__in=works) if works else rows).first()
    if job is None:
        return None
    what = work_called(job.work)
    return Progress(
        job=job.id,
        title=what.title if what else job.work,
        state=State(job.state),
        percent=job.percent,
        words=job.words,
        created=job.created,
        ended=job.ended,
    )
