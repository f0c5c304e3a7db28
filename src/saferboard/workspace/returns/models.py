"""Who owes which return, the periods of it, and what was filed: a version is never overwritten."""

from __future__ import annotations

import uuid

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from saferboard.workspace.partnership.models import Agency, Dated, Person


class State(models.TextChoices):
    """How far one version of a return is."""

    DRAFT = "draft", "Draft"
    SUBMITTED = "submitted", "Waits to be signed off"
    SIGNED = "signed", "Signed off, not yet in the data store"
    LOADED = "loaded", "In the data store"


CYCLES = (
    ("monthly", "Every month"),
    ("quarterly", "Every quarter"),
    ("six-monthly", "Every six months"),
    ("annual", "Every year"),
)


class ReturnDefinition(Dated):
    """An agency owes a return: from the period that holds `first` on, `due_days` after the end of
    each period. `area` is the GSS code that its figures are about. It has ended with `end`."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    title = models.CharField(max_length=200)
    about = models.TextField(blank=True)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="returns")
    area = models.CharField(max_length=9)
    cycle = models.CharField(max_length=12, choices=CYCLES)
    first = models.DateField()
    due_days = models.PositiveSmallIntegerField()
    version = models.PositiveIntegerField(default=1)

    class Meta(Dated.Meta):
        constraints = (
            *Dated.Meta.constraints,
            models.CheckConstraint(
                condition=Q(due_days__gte=1, due_days__lte=365), name="returns_due_within_a_year"
            ),
        )


class Line(Dated):
    """One figure that a return asks for: a measure, of an area, of the whole or of one part. What
    is outside `lowest` and `highest` is refused; a change that chance brings about less often
    than `rare` has to be explained."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    definition = models.ForeignKey(ReturnDefinition, on_delete=models.PROTECT, related_name="lines")
    position = models.PositiveSmallIntegerField()
    measure = models.CharField(max_length=80)
    area = models.CharField(max_length=9)
    breakdown = models.CharField(max_length=120, blank=True)
    lowest = models.FloatField(null=True)
    highest = models.FloatField(null=True)
    denominator_required = models.BooleanField(default=False)
    rare = models.FloatField(default=0.003)

    class Meta(Dated.Meta):
        constraints = (
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=["definition", "measure", "area", "breakdown"],
                condition=Q(end__isnull=True),
                name="returns_one_line_for_a_figure",
            ),
            models.CheckConstraint(
                condition=Q(lowest__isnull=True)
                | Q(highest__isnull=True)
                | Q(lowest__lte=F("highest")),
                name="returns_range_is_one",
            ),
            models.CheckConstraint(
                condition=Q(rare__gt=0, rare__lte=0.2), name="returns_rare_is_rare"
            ),
        )


class Filler(Dated):
    """Somebody who may fill in a return. Where nobody is named, everybody of the agency may whose
    role says so."""

    definition = models.ForeignKey(
        ReturnDefinition, on_delete=models.PROTECT, related_name="fillers"
    )
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")


class Due(models.Model):
    """One period of a return, owed by `day`; `withdrawn` says that it is not owed any more."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    definition = models.ForeignKey(ReturnDefinition, on_delete=models.PROTECT, related_name="dues")
    period_start = models.DateField()
    period_end = models.DateField()
    day = models.DateField()
    created = models.DateTimeField()
    withdrawn = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_why = models.CharField(max_length=500, blank=True)

    class Meta:
        indexes = (models.Index(fields=["day"], name="returns_due_day"),)
        constraints = (
            models.UniqueConstraint(
                fields=["definition", "period_start"], name="returns_period_once"
            ),
        )


_SIGNED_CHANGED = pgtrigger.Condition(
    "OLD.signed is not null and (OLD.rows is distinct from NEW.rows "
    "or OLD.entries is distinct from NEW.entries or OLD.nil is distinct from NEW.nil "
    "or OLD.signed is distinct from NEW.signed or OLD.signed_by_id is distinct from "
    "NEW.signed_by_id or OLD.recording_change is distinct from NEW.recording_change "
    "or OLD.number is distinct from NEW.number or OLD.due_id is distinct from NEW.due_id)"
)


class Filing(models.Model):
    """One version of what was filed for a period. `entries` are as they were typed, by the id of
    their line; `rows` what was signed, in the columns of the local return. `hands` are all who
    wrote in it. What was signed never changes: a correction is another version."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    due = models.ForeignKey(Due, on_delete=models.PROTECT, related_name="filings")
    number = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    entries = models.JSONField(default=dict)
    nil = models.BooleanField(default=False)
    recording_change = models.CharField(max_length=500, blank=True)
    comparable = models.BooleanField(default=True)
    hands = ArrayField(models.UUIDField(), default=list)
    saved_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    saved = models.DateTimeField()
    submitted_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    submitted = models.DateTimeField(null=True)
    sent_back = models.CharField(max_length=500, blank=True)
    signed_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    signed = models.DateTimeField(null=True)
    alone = models.BooleanField(default=False)
    rows = models.JSONField(null=True)
    sha256 = models.CharField(max_length=64, blank=True)
    loads = ArrayField(models.CharField(max_length=120), default=list)
    problem = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["due", "number"], name="returns_version_once"),
            models.UniqueConstraint(
                fields=["due"],
                condition=Q(state__in=["draft", "submitted"]),
                name="returns_one_open_version",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "submitted"], signed__isnull=True)
                | Q(
                    state__in=["signed", "loaded"],
                    signed__isnull=False,
                    signed_by__isnull=False,
                    rows__isnull=False,
                ),
                name="returns_signed_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state="loaded") | ~Q(sha256=""), name="returns_loaded_has_bytes"
            ),
        )
        triggers = (
            pgtrigger.Protect(name="refuse_delete", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="refuse_signed", operation=pgtrigger.Update, condition=_SIGNED_CHANGED
            ),
        )


class Reminder(models.Model):
    """People were reminded: `step` days before the day, negative after it."""

    due = models.ForeignKey(Due, on_delete=models.PROTECT, related_name="reminders")
    step = models.SmallIntegerField()
    sent = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["due", "step"], name="returns_reminded_once"),
        )
