"""The tables of the audit. Rows hold ids and codes; words stand apart, encrypted."""

from __future__ import annotations

import uuid

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models.functions import Now


def _append_only(*, deletes: bool = False) -> list[pgtrigger.Trigger]:
    """Triggers that refuse to change a row or to empty the table, and to delete unless told."""
    update = pgtrigger.Protect(name="refuse_update", operation=pgtrigger.Update)
    delete = pgtrigger.Protect(name="refuse_delete", operation=pgtrigger.Delete)
    truncate = pgtrigger.Trigger(
        name="refuse_truncate",
        operation=pgtrigger.Truncate,
        level=pgtrigger.Statement,
        when=pgtrigger.Before,
        func="raise exception 'the audit is append-only: % keeps its rows', tg_table_name;",
    )
    return [update, truncate] if deletes else [update, truncate, delete]


class Event(models.Model):
    """One thing that happened. `event` is the key of its type; `actor` the person (none for the
    system or before sign-in), `agency` the agency for which they acted; `subject` the thing;
    `parent` what it belongs to; `about` the people whose data it was; `purpose` and `reason`
    codes; `request` ties the events of one request; `details` more ids and codes; `text_mac`
    the keyed hash of words that stand in `Text`."""

    at = models.DateTimeField()
    event = models.CharField(max_length=80)
    kind = models.CharField(max_length=20)
    actor = models.UUIDField(null=True)
    agency = models.UUIDField(null=True)
    subject_type = models.CharField(max_length=60, blank=True)
    subject = models.UUIDField(null=True)
    parent = models.UUIDField(null=True)
    about = ArrayField(models.UUIDField(), default=list)
    purpose = models.CharField(max_length=60, blank=True)
    reason = models.CharField(max_length=60, blank=True)
    request = models.UUIDField(null=True)
    details = models.JSONField(default=dict)
    text = models.UUIDField(null=True)
    text_mac = models.BinaryField(null=True)

    class Meta:
        indexes = (
            models.Index(fields=["at"], name="audit_event_at"),
            models.Index(fields=["actor", "at"], name="audit_event_actor"),
            models.Index(fields=["subject", "at"], name="audit_event_subject"),
            models.Index(fields=["parent", "at"], name="audit_event_parent"),
            models.Index(fields=["event", "at"], name="audit_event_event"),
            models.Index(fields=["kind", "at"], name="audit_event_kind"),
            models.Index(fields=["agency", "at"], name="audit_event_agency"),
            models.Index(
                fields=["purpose", "at"],
                name="audit_event_purpose",
                condition=models.Q(purpose__gt=""),
            ),
            models.Index(
                fields=["request"],
                name="audit_event_request",
                condition=models.Q(request__isnull=False),
            ),
            GinIndex(fields=["about"], name="audit_event_about"),
        )
        triggers = _append_only()


class Seal(models.Model):
    """The place of an event in the chain: `mac` is made of the seal before and the event."""

    seq = models.BigIntegerField(primary_key=True)
    event = models.BigIntegerField(unique=True)
    mac = models.BinaryField()

    class Meta:
        triggers = _append_only()


class Text(models.Model):
    """Words of an event, encrypted: a reason, a search. Can be shredded; its hash stays."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    cipher = models.BinaryField()
    at = models.DateTimeField(db_default=Now())

    class Meta:
        triggers = _append_only(deletes=True)


class Hold(models.Model):
    """A legal hold: words about `subject` (a person, a thing or what it belongs to), or all words
    where it is empty, are not shredded while it lasts."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    subject = models.UUIDField(null=True)
    start = models.DateTimeField()
    end = models.DateTimeField(null=True)
