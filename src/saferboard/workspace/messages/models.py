"""What somebody is told, how they want to be told, and whether letters reach them."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from saferboard.workspace.partnership.models import Person


class Letter(models.TextChoices):
    """What becomes of a notification's e-mail."""

    NONE = "none", "No letter"
    WAITING = "waiting", "Waiting"
    DAILY = "daily", "In the letter of the day"
    SENT = "sent", "Sent"
    FAILED = "failed", "Could not be sent"


class Choice(models.TextChoices):
    """How somebody wants the letters of a kind."""

    AT_ONCE = "at-once", "At once"
    DAILY = "daily", "Once a day, together"
    NEVER = "never", "Not at all"


class Notification(models.Model):
    """One person is told one thing. `kind` is a key of kinds.yaml, `subject` the thing by its id:
    whether they may see it is asked when they go there. `line` tells it from others of its kind, in
    the app and never in a letter."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="notifications")
    kind = models.CharField(max_length=60)
    subject = models.UUIDField(null=True)
    line = models.CharField(max_length=200, blank=True)
    created = models.DateTimeField()
    read = models.DateTimeField(null=True)
    letter = models.CharField(max_length=10, choices=Letter.choices, default=Letter.NONE)
    mailed = models.DateTimeField(null=True)

    class Meta:
        indexes = (
            models.Index(fields=["person", "created"], name="notices_of_person"),
            models.Index(
                fields=["person"], condition=Q(read__isnull=True), name="notices_unread_of_person"
            ),
            models.Index(
                fields=["letter", "created"],
                condition=Q(letter__in=["waiting", "daily"]),
                name="notices_to_send",
            ),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(letter="sent", mailed__isnull=False)
                | (~Q(letter="sent") & Q(mailed__isnull=True)),
                name="notices_sent_has_a_time",
            ),
        )


class Preference(models.Model):
    """How one person wants the letters of one kind; without a row: at once."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=60)
    choice = models.CharField(max_length=10, choices=Choice.choices)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["person", "kind"], name="notices_one_preference"),
        )


class Mailbox(models.Model):
    """What is known of somebody's e-mail: how many letters in a row it refused for good, and since
    when none is sent any more."""

    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="+")
    refused = models.PositiveSmallIntegerField(default=0)
    stopped = models.DateTimeField(null=True)
