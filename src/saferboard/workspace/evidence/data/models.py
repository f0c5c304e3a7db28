"""One adding of data files. The files themselves are kept until they are in the data store, which
holds what was in them and their hashes."""

from __future__ import annotations

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models

from saferboard.workspace.partnership.models import Person


class Adding(models.Model):
    """`files` are ids of files; `report` is what the intake said of them, in its own words; `loads`
    the names of the loads that came in."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    files = ArrayField(models.UUIDField(), default=list)
    names = ArrayField(models.CharField(max_length=200), default=list)
    done_at = models.DateTimeField(null=True)
    refused = models.PositiveIntegerField(default=0)
    loads = ArrayField(models.CharField(max_length=120), default=list)
    report = models.TextField(blank=True)
