"""Invitations, and the quarterly review of who still belongs."""

from __future__ import annotations

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from saferboard.workspace.partnership.models import Agency, Membership, Person


class Invitation(models.Model):
    """Somebody is asked to join an agency with these roles. Of the token that they were sent only
    a keyed hash is kept. It is open until it expires, is used or is revoked, whichever is first."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(max_length=254)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="invitations")
    roles = ArrayField(models.CharField(max_length=60), default=list)
    token_mac = models.BinaryField(unique=True)
    made = models.DateTimeField()
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    expires = models.DateTimeField()
    used = models.DateTimeField(null=True)
    used_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    revoked = models.DateTimeField(null=True)
    revoked_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(email=Lower("email")), name="invitation_email_is_small"
            ),
            models.CheckConstraint(
                condition=Q(used__isnull=True) | Q(revoked__isnull=True),
                name="invitation_used_or_revoked",
            ),
            models.CheckConstraint(
                condition=Q(used__isnull=True, used_by__isnull=True)
                | Q(used__isnull=False, used_by__isnull=False),
                name="invitation_used_by_somebody",
            ),
            models.UniqueConstraint(
                fields=["email", "agency"],
                condition=Q(used__isnull=True, revoked__isnull=True),
                name="invitation_once_at_a_time",
            ),
        )


class Answer(models.TextChoices):
    """What became of a person in a review. The last three were given by nobody."""

    WAITING = "", "Not answered yet"
    CONFIRMED = "confirmed", "Confirmed"
    ENDED = "ended", "Ended in the review"
    CLOSED = "closed", "Closed: not confirmed in time"
    LEFT = "left", "Had left already"
    KEPT = "kept", "Kept: nobody else could give roles"


class ReviewRound(models.Model):
    """Each agency's lead is asked to confirm its people, until the end of the day `deadline`. One
    round at a time; `closed` once what was not confirmed has been closed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    opened = models.DateTimeField()
    opened_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    deadline = models.DateField()
    closed = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                models.Value(1), condition=Q(closed__isnull=True), name="review_one_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(closed__isnull=True) | Q(closed__gte=F("opened")),
                name="review_closes_after_it_opens",
            ),
        )


class ReviewItem(models.Model):
    """One membership in a round, and what was answered, when and by whom (nobody: the system)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(ReviewRound, on_delete=models.PROTECT, related_name="items")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="reviews")
    answer = models.CharField(max_length=10, choices=Answer.choices, blank=True)
    answered = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["round", "membership"], name="review_item_once"),
            models.CheckConstraint(
                condition=Q(answer="", answered__isnull=True)
                | (~Q(answer="") & Q(answered__isnull=False)),
                name="review_item_answered_at_a_time",
            ),
        )


class ReviewWarning(models.Model):
    """Whoever has to answer was warned, so many days before the deadline: once."""

    round = models.ForeignKey(ReviewRound, on_delete=models.PROTECT, related_name="warnings")
    days = models.PositiveSmallIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["round", "days"], name="review_warned_once"),
        )
