"""Packs, their builds and what is written beside their figures."""

from __future__ import annotations

import uuid

import pgtrigger
from django.db import models
from django.db.models import Q

from saferboard.workspace.partnership.models import Agency, Person


class State(models.TextChoices):
    """How far a pack is. `agreed` means by police and council."""

    DRAFT = "draft", "Draft"
    CHECKED = "checked", "Checked"
    AGREED = "agreed", "Agreed"
    FROZEN = "frozen", "Frozen"


class Pack(models.Model):
    """A pack about an area to a month. `kind` and `options` say what it shows; `settled` is the
    build that was checked and agreed. A frozen pack never changes: a new `edition` replaces it.
    That states follow each other in order is held by a trigger (migration 0002)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=20)
    area = models.CharField(max_length=40)
    area_name = models.CharField(max_length=200)
    to = models.CharField(max_length=7)
    options = models.JSONField(default=dict)
    edition = models.PositiveIntegerField(default=1)
    replaces = models.OneToOneField(
        "self", null=True, on_delete=models.PROTECT, related_name="replaced_by"
    )
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    version = models.PositiveIntegerField(default=1)
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    settled = models.ForeignKey("Build", null=True, on_delete=models.PROTECT, related_name="+")
    checked_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    checked_at = models.DateTimeField(null=True)
    frozen_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    frozen_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(state="draft", settled__isnull=True)
                | Q(settled__isnull=False, checked_at__isnull=False) & ~Q(state="draft"),
                name="packs_settled_from_checked_on",
            ),
        )
        triggers = (
            pgtrigger.Protect(
                name="refuse_change_of_frozen",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__state="frozen"),
            ),
        )


class Build(models.Model):
    """One making of a pack's files, in a folder of its own. `files` are names, sizes and hashes,
    empty until it is finished; a finished build never changes."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    pack = models.ForeignKey(Pack, on_delete=models.PROTECT, related_name="builds")
    number = models.PositiveIntegerField()
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    files = models.JSONField(default=list)
    remarks = models.JSONField(default=dict)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["pack", "number"], name="packs_build_number_once"),
        )
        triggers = (
            pgtrigger.Protect(
                name="refuse_change_of_finished",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__finished_at__isnull=False),
            ),
            pgtrigger.Protect(name="refuse_delete", operation=pgtrigger.Delete),
        )


class Agreement(models.Model):
    """Police or council has agreed a build. Never changed; sent back, the pack gets a new build."""

    build = models.ForeignKey(Build, on_delete=models.PROTECT, related_name="agreements")
    side = models.CharField(max_length=10, choices=[("police", "Police"), ("council", "Council")])
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["build", "side"],
                condition=Q(withdrawn_at__isnull=True),
                name="packs_one_agreement_of_a_side",
            ),
            models.UniqueConstraint(
                fields=["build", "person"],
                condition=Q(withdrawn_at__isnull=True),
                name="packs_one_side_for_a_person",
            ),
        )
        triggers = (pgtrigger.Protect(name="refuse_delete", operation=pgtrigger.Delete),)


class Remark(models.Model):
    """What somebody says about a measure of an area for a month: every pack of that area and month
    prints it, and later ones mark it as older until it is renewed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    area = models.CharField(max_length=40)
    month = models.CharField(max_length=7)
    measure = models.CharField(max_length=80)
    text = models.TextField(blank=True)
    author = models.CharField(max_length=120, blank=True)
    organisation = models.CharField(max_length=120, blank=True)
    date = models.DateField(null=True)
    version = models.PositiveIntegerField(default=1)
    written_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["area", "month", "measure"], name="packs_one_remark_for_a_month"
            ),
        )
