"""What the worker does for the audit without being asked."""

from __future__ import annotations

from django.db import connections
from procrastinate.contrib.django import app

from saferboard.workspace.audit import chain


@app.periodic(cron="* * * * *")
@app.task(name="audit.chain.seal", queueing_lock="audit.chain.seal")
def seal(timestamp: int) -> None:
    """Each minute: seals the rows that have no seal yet."""
    try:
        chain.seal()
    finally:
        connections.close_all()
