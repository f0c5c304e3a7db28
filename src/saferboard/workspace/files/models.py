"""The table of files. The bytes lie outside the database."""

from __future__ import annotations

import uuid

import pgtrigger
from django.db import models
from django.db.models import Q

from saferboard.workspace.access.models import Matter
from saferboard.workspace.partnership.models import Person


class File(models.Model):
    """A file that was kept. Who may have it: whoever sees `matter` in full, or whoever has
    `permission`; one of the two is set. `name` is the name that it came with, for people: no
    path is made of it, and it goes when the file is removed. A new version names the one
    `before`."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    sha256 = models.CharField(max_length=64)
    size = models.BigIntegerField()
    kind = models.CharField(max_length=20)
    name = models.CharField(max_length=200, blank=True)
    matter = models.ForeignKey(Matter, null=True, on_delete=models.PROTECT, related_name="files")
    permission = models.CharField(max_length=60, blank=True)
    version = models.PositiveIntegerField(default=1)
    before = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="after")
    kept_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    kept_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (models.Index(fields=["sha256"], name="files_file_sha256"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(matter__isnull=True) ^ Q(permission=""),
                name="files_hangs_on_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(removed_at__isnull=True) | Q(name=""),
                name="files_removed_has_no_name",
            ),
        )
        triggers = (
            pgtrigger.Protect(name="refuse_delete", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="refuse_other_bytes",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "OLD.sha256 is distinct from NEW.sha256 or OLD.size is distinct from NEW.size"
                ),
            ),
        )
