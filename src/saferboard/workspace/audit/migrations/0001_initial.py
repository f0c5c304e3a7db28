"""The tables of the audit and the triggers that keep them append-only."""

import uuid

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.functions.datetime
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Seal",
            fields=[
                ("seq", models.BigIntegerField(primary_key=True, serialize=False)),
                ("event", models.BigIntegerField(unique=True)),
                ("mac", models.BinaryField()),
            ],
        ),
        migrations.CreateModel(
            name="Text",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("cipher", models.BinaryField()),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
        ),
        migrations.CreateModel(
            name="Event",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField()),
                ("event", models.CharField(max_length=80)),
                ("kind", models.CharField(max_length=20)),
                ("actor", models.UUIDField(null=True)),
                ("agency", models.UUIDField(null=True)),
                ("subject_type", models.CharField(blank=True, max_length=60)),
                ("subject", models.UUIDField(null=True)),
                ("parent", models.UUIDField(null=True)),
                (
                    "about",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.UUIDField(), default=list, size=None
                    ),
                ),
                ("purpose", models.CharField(blank=True, max_length=60)),
                ("reason", models.CharField(blank=True, max_length=60)),
                ("request", models.UUIDField(null=True)),
                ("details", models.JSONField(default=dict)),
                ("text", models.UUIDField(null=True)),
                ("text_mac", models.BinaryField(null=True)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["at"], name="audit_event_at"),
                    models.Index(fields=["actor", "at"], name="audit_event_actor"),
                    models.Index(fields=["subject", "at"], name="audit_event_subject"),
                    models.Index(fields=["parent", "at"], name="audit_event_parent"),
                    models.Index(fields=["event", "at"], name="audit_event_event"),
                    models.Index(fields=["kind", "at"], name="audit_event_kind"),
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["about"], name="audit_event_about"
                    ),
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="event",
            trigger=pgtrigger.compiler.Trigger(
                name="refuse_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="c7014843d77031052caed9f941bbd209aa5c7bb8",
                    operation="UPDATE",
                    pgid="pgtrigger_refuse_update_be35e",
                    table="audit_event",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="event",
            trigger=pgtrigger.compiler.Trigger(
                name="refuse_truncate",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="raise exception 'the audit is append-only: % keeps its rows', tg_table_name;",
                    hash="f464ffd8f5e0dbb9e3d8578cfd376cf53125efe7",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_refuse_truncate_035de",
                    table="audit_event",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="event",
            trigger=pgtrigger.compiler.Trigger(
                name="refuse_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                    hash="4deb84225489fabfac74fdcf63b454001c6a808f",
                    operation="DELETE",
                    pgid="pgtrigger_refuse_delete_5ba93",
                    table="audit_event",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="seal",
            trigger=pgtrigger.compiler.Trigger(
                name="refuse_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="47c34f852d7efdcd1e97b9a07af65a430e112714",
                    operation="UPDATE",
                    pgid="pgtrigger_refuse_update_47ded",
                    table="audit_seal",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="seal",
            trigger=pgtrigger.compiler.Trigger(
                name="refuse_truncate",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="raise exception 'the audit is append-only: % keeps its rows', tg_table_name;",
                    hash="8c3ce1681c87950c5a9f20a44d19b6c0ca8cb0ad",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_refuse_truncate_d6b65",
                    table="audit_seal",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="seal",
            trigger=pgtrigger.compiler.Trigger(
                name="refuse_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                    hash="80f222e6c9569a46e842b94383bc79e10b14f097",
                    operation="DELETE",
                    pgid="pgtrigger_refuse_delete_23259",
                    table="audit_seal",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="text",
            trigger=pgtrigger.compiler.Trigger(
                name="refuse_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="574444a0abff030312ee56afff55dc8deabf0e4d",
                    operation="UPDATE",
                    pgid="pgtrigger_refuse_update_ce16c",
                    table="audit_text",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="text",
            trigger=pgtrigger.compiler.Trigger(
                name="refuse_truncate",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="raise exception 'the audit is append-only: % keeps its rows', tg_table_name;",
                    hash="01cb3881c059c5ffb2bb97ab4c98555cde0b0e0a",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_refuse_truncate_99bae",
                    table="audit_text",
                    when="BEFORE",
                ),
            ),
        ),
    ]
