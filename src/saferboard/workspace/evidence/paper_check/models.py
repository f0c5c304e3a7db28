"""One asking for a check. The papers and the answers are files of its matter, which only the one
who asked sees."""

from __future__ import annotations

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from saferboard.workspace.access.models import Matter
from saferboard.workspace.files.models import File
from saferboard.workspace.partnership.models import Person


class PaperCheck(models.Model):
    """`area`, `to` and `meeting` are what the papers are held against, `counts` how much of each
    severity was found. Once it is deleted nothing is left but that it was."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    matter = models.OneToOneField(Matter, on_delete=models.PROTECT, related_name="+")
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    area = models.CharField(max_length=40, blank=True)
    to = models.CharField(max_length=7, blank=True)
    meeting = models.DateField(null=True)
    papers = ArrayField(models.UUIDField(), default=list)
    done_at = models.DateTimeField(null=True)
    counts = models.JSONField(default=dict)
    report = models.ForeignKey(File, null=True, on_delete=models.PROTECT, related_name="+")
    findings = models.ForeignKey(File, null=True, on_delete=models.PROTECT, related_name="+")
    copies = ArrayField(models.UUIDField(), default=list)
    deleted_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(deleted_at__isnull=True) | Q(report__isnull=True, area="", papers=[]),
                name="paper_check_deleted_is_empty",
            ),
        )
