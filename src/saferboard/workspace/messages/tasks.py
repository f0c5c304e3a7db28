"""Jobs of messages: letters."""

from __future__ import annotations

from django.db import connections
from django.utils import timezone
from procrastinate.contrib.django import app

from saferboard.workspace.audit.actor import SYSTEM
from saferboard.workspace.jobs.operations import start_job
from saferboard.workspace.jobs.work import Run, work
from saferboard.workspace.messages.sending import people_with_letters, send_digest, send_letter


@work("messages.letter.send", "Sending a letter", attempts=6)
def LETTER(run: Run) -> None:
    """Sends the letter of the notification that the job is about."""
    send_letter(run.subject, now=timezone.now())


@work("messages.digest.send", "Sending the letter of the day", attempts=6)
def DIGEST(run: Run) -> None:
    """Sends the letter of the day to the person that the job is about."""
    send_digest(run.subject, now=timezone.now())


@app.periodic(cron="30 6 * * *")
@app.task(name="messages.digests.start", queueing_lock="messages.digests.start")
def start_digests(timestamp: int) -> None:
    """Each morning: a job for everybody whose letter of the day has something in it."""
    try:
        now = timezone.now()
        for person in people_with_letters(now):
            start_job(DIGEST, subject=person, by=SYSTEM, now=now)
    finally:
        connections.close_all()
