"""What belongs to the register beside the agreements themselves, which `access` reads: who is asked
to sign, impact assessments, what happened to each, and who was warned."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from saferboard.workspace.access.models import Agreement
from saferboard.workspace.partnership.models import Agency, Person


class AskedParty(models.Model):
    """An agency is meant to be party to an agreement. It is one from the moment that it signs."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="asked")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["agreement", "agency"], name="asked_party_once"),
        )


class Outcome(models.TextChoices):
    """What an impact assessment comes to (UK GDPR, Articles 35 and 36)."""

    DRAFT = "draft", "Not decided yet"
    GO = "go", "Go ahead: the risks are acceptable"
    GO_IF = "go-if", "Go ahead once the measures are in place"
    CONSULT = "consult", "Ask the Information Commissioner first: a high risk is left"
    STOP = "stop", "Do not go ahead"


class Assessment(models.Model):
    """A data protection impact assessment. `advice` is the data protection officer's. `version`
    counts its changes, `changed_by` made the last one."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    title = models.CharField(max_length=200)
    purpose = models.TextField()
    risks = models.TextField()
    mitigations = models.TextField()
    outcome = models.CharField(max_length=10, choices=Outcome.choices, default=Outcome.DRAFT)
    advice = models.TextField(blank=True)
    review = models.DateField()
    entered = models.DateTimeField()
    agreements = models.ManyToManyField(Agreement, related_name="assessments")
    version = models.PositiveIntegerField(default=1)
    changed_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")


class What(models.TextChoices):
    """Steps in the life of an agreement or an assessment."""

    ENTERED = "entered", "Entered"
    CHANGED = "changed", "Changed"
    SIGNED = "signed", "Signed"
    LEFT = "left", "Left"
    RENEWED = "renewed", "Renewed"
    FOLLOWED = "followed", "Followed by a new agreement"
    ENDED = "ended", "Ended"


class Step(models.Model):
    """One thing that happened to an agreement or an assessment: the history that its page shows.
    `fields` holds what was changed, by the field's words: what stood there and what stands now."""

    agreement = models.ForeignKey(
        Agreement, null=True, on_delete=models.PROTECT, related_name="steps"
    )
    assessment = models.ForeignKey(
        Assessment, null=True, on_delete=models.PROTECT, related_name="steps"
    )
    at = models.DateTimeField()
    by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    what = models.CharField(max_length=10, choices=What.choices)
    agency = models.ForeignKey(Agency, null=True, on_delete=models.PROTECT, related_name="+")
    fields = models.JSONField(default=dict)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(agreement__isnull=True) ^ Q(assessment__isnull=True),
                name="step_of_one_thing",
            ),
        )


class Warned(models.Model):
    """Whoever has to act was told that an agreement ends, so many days before: once for the day on
    which it is to end."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="warnings")
    end = models.DateTimeField()
    days = models.PositiveSmallIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["agreement", "end", "days"], name="warned_once"),
        )
