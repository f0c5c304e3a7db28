"""A job as a person waits for it. The queue itself is procrastinate's, in tables of its own."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q


class State(models.TextChoices):
    """How far a job is."""

    WAITING = "waiting", "Waiting"
    RUNNING = "running", "Running"
    DONE = "done", "Done"
    FAILED = "failed", "Failed"


OPEN = (State.WAITING, State.RUNNING)


class Job(models.Model):
    """One job: `work` is the key of what it does, `subject` the thing that it does it to, `person`,
    `agency` and `request` who asked. `words` are the program's own, never a person's. `attempts`
    counts how often it was begun; `beat` is when it last gave a sign of life."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    work = models.CharField(max_length=80)
    subject = models.UUIDField()
    person = models.UUIDField(null=True)
    agency = models.UUIDField(null=True)
    request = models.UUIDField(null=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    percent = models.PositiveSmallIntegerField(default=0)
    words = models.CharField(max_length=300, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    created = models.DateTimeField()
    started = models.DateTimeField(null=True)
    beat = models.DateTimeField(null=True)
    ended = models.DateTimeField(null=True)

    class Meta:
        indexes = (models.Index(fields=["subject", "created"], name="jobs_job_subject"),)
        constraints = (
            models.UniqueConstraint(
                fields=["work", "subject"],
                condition=Q(state__in=[State.WAITING, State.RUNNING]),
                name="jobs_one_open_job_for_a_subject",
            ),
            models.CheckConstraint(condition=Q(percent__lte=100), name="jobs_percent_to_100"),
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "running"], ended__isnull=True)
                | Q(state__in=["done", "failed"], ended__isnull=False),
                name="jobs_over_means_ended",
            ),
        )
