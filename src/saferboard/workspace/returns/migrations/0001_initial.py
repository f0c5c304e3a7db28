"""Returns, their periods and what was filed."""

import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("partnership", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Due",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("period_start", models.DateField()),
                ("period_end", models.DateField()),
                ("day", models.DateField()),
                ("created", models.DateTimeField()),
                ("withdrawn", models.DateTimeField(null=True)),
                ("withdrawn_why", models.CharField(blank=True, max_length=500)),
                (
                    "withdrawn_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Reminder",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("step", models.SmallIntegerField()),
                ("sent", models.DateTimeField()),
                (
                    "due",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reminders",
                        to="returns.due",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ReturnDefinition",
            fields=[
                ("start", models.DateTimeField()),
                ("end", models.DateTimeField(null=True)),
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("title", models.CharField(max_length=200)),
                ("about", models.TextField(blank=True)),
                ("area", models.CharField(max_length=9)),
                (
                    "cycle",
                    models.CharField(
                        choices=[
                            ("monthly", "Every month"),
                            ("quarterly", "Every quarter"),
                            ("six-monthly", "Every six months"),
                            ("annual", "Every year"),
                        ],
                        max_length=12,
                    ),
                ),
                ("first", models.DateField()),
                ("due_days", models.PositiveSmallIntegerField()),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="returns",
                        to="partnership.agency",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Line",
            fields=[
                ("start", models.DateTimeField()),
                ("end", models.DateTimeField(null=True)),
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("position", models.PositiveSmallIntegerField()),
                ("measure", models.CharField(max_length=80)),
                ("area", models.CharField(max_length=9)),
                ("breakdown", models.CharField(blank=True, max_length=120)),
                ("lowest", models.FloatField(null=True)),
                ("highest", models.FloatField(null=True)),
                ("denominator_required", models.BooleanField(default=False)),
                ("rare", models.FloatField(default=0.003)),
                (
                    "definition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
                        to="returns.returndefinition",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Filler",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("start", models.DateTimeField()),
                ("end", models.DateTimeField(null=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "definition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="fillers",
                        to="returns.returndefinition",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="due",
            name="definition",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="dues",
                to="returns.returndefinition",
            ),
        ),
        migrations.CreateModel(
            name="Filing",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(default=1)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("submitted", "Waits to be signed off"),
                            ("signed", "Signed off, not yet in the data store"),
                            ("loaded", "In the data store"),
                        ],
                        default="draft",
                        max_length=10,
                    ),
                ),
                ("entries", models.JSONField(default=dict)),
                ("nil", models.BooleanField(default=False)),
                ("recording_change", models.CharField(blank=True, max_length=500)),
                ("comparable", models.BooleanField(default=True)),
                (
                    "hands",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.UUIDField(), default=list, size=None
                    ),
                ),
                ("saved", models.DateTimeField()),
                ("submitted", models.DateTimeField(null=True)),
                ("sent_back", models.CharField(blank=True, max_length=500)),
                ("signed", models.DateTimeField(null=True)),
                ("alone", models.BooleanField(default=False)),
                ("rows", models.JSONField(null=True)),
                ("sha256", models.CharField(blank=True, max_length=64)),
                (
                    "loads",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=120), default=list, size=None
                    ),
                ),
                ("problem", models.TextField(blank=True)),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "due",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="filings",
                        to="returns.due",
                    ),
                ),
                (
                    "saved_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "signed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "submitted_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("due", "number"), name="returns_version_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["draft", "submitted"])),
                        fields=("due",),
                        name="returns_one_open_version",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("signed__isnull", True), ("state__in", ["draft", "submitted"])
                            ),
                            models.Q(
                                ("rows__isnull", False),
                                ("signed__isnull", False),
                                ("signed_by__isnull", False),
                                ("state__in", ["signed", "loaded"]),
                            ),
                            _connector="OR",
                        ),
                        name="returns_signed_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "loaded"), _negated=True),
                            models.Q(("sha256", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="returns_loaded_has_bytes",
                    ),
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="filing",
            trigger=pgtrigger.compiler.Trigger(
                name="refuse_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                    hash="6bfed41fd0240421cc1874715efc6e9b0050081f",
                    operation="DELETE",
                    pgid="pgtrigger_refuse_delete_84e90",
                    table="returns_filing",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="filing",
            trigger=pgtrigger.compiler.Trigger(
                name="refuse_signed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.signed is not null and (OLD.rows is distinct from NEW.rows or OLD.entries is distinct from NEW.entries or OLD.nil is distinct from NEW.nil or OLD.signed is distinct from NEW.signed or OLD.signed_by_id is distinct from NEW.signed_by_id or OLD.recording_change is distinct from NEW.recording_change or OLD.number is distinct from NEW.number or OLD.due_id is distinct from NEW.due_id))",
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="0a360e76c55cd9ec9b22bcd91d1a4ca181e80ce0",
                    operation="UPDATE",
                    pgid="pgtrigger_refuse_signed_6ff41",
                    table="returns_filing",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="reminder",
            constraint=models.UniqueConstraint(
                fields=("due", "step"), name="returns_reminded_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="returndefinition",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("end__isnull", True), ("end__gte", models.F("start")), _connector="OR"
                ),
                name="returndefinition_ends_after_start",
            ),
        ),
        migrations.AddConstraint(
            model_name="returndefinition",
            constraint=models.CheckConstraint(
                condition=models.Q(("due_days__gte", 1), ("due_days__lte", 365)),
                name="returns_due_within_a_year",
            ),
        ),
        migrations.AddConstraint(
            model_name="line",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("end__isnull", True), ("end__gte", models.F("start")), _connector="OR"
                ),
                name="line_ends_after_start",
            ),
        ),
        migrations.AddConstraint(
            model_name="line",
            constraint=models.UniqueConstraint(
                condition=models.Q(("end__isnull", True)),
                fields=("definition", "measure", "area", "breakdown"),
                name="returns_one_line_for_a_figure",
            ),
        ),
        migrations.AddConstraint(
            model_name="line",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("lowest__isnull", True),
                    ("highest__isnull", True),
                    ("lowest__lte", models.F("highest")),
                    _connector="OR",
                ),
                name="returns_range_is_one",
            ),
        ),
        migrations.AddConstraint(
            model_name="line",
            constraint=models.CheckConstraint(
                condition=models.Q(("rare__gt", 0), ("rare__lte", 0.2)), name="returns_rare_is_rare"
            ),
        ),
        migrations.AddConstraint(
            model_name="filler",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("end__isnull", True), ("end__gte", models.F("start")), _connector="OR"
                ),
                name="filler_ends_after_start",
            ),
        ),
        migrations.AddIndex(
            model_name="due",
            index=models.Index(fields=["day"], name="returns_due_day"),
        ),
        migrations.AddConstraint(
            model_name="due",
            constraint=models.UniqueConstraint(
                fields=("definition", "period_start"), name="returns_period_once"
            ),
        ),
    ]
