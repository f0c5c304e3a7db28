"""Files: what they hang on and who kept them."""

import uuid

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("access", "0002_row_level_security"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="File",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("sha256", models.CharField(max_length=64)),
                ("size", models.BigIntegerField()),
                ("kind", models.CharField(max_length=20)),
                ("name", models.CharField(blank=True, max_length=200)),
                ("permission", models.CharField(blank=True, max_length=60)),
                ("version", models.PositiveIntegerField(default=1)),
                ("kept_at", models.DateTimeField()),
                ("removed_at", models.DateTimeField(null=True)),
                (
                    "before",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="after",
                        to="files.file",
                    ),
                ),
                (
                    "kept_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "matter",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="files",
                        to="access.matter",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["sha256"], name="files_file_sha256")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("matter__isnull", True), ("permission", ""), _connector="XOR"
                        ),
                        name="files_hangs_on_one_thing",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("removed_at__isnull", True), ("name", ""), _connector="OR"
                        ),
                        name="files_removed_has_no_name",
                    ),
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="file",
            trigger=pgtrigger.compiler.Trigger(
                name="refuse_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                    hash="ecdd548eaf427971df7421faef8e27b5b4171a49",
                    operation="DELETE",
                    pgid="pgtrigger_refuse_delete_9eb15",
                    table="files_file",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="file",
            trigger=pgtrigger.compiler.Trigger(
                name="refuse_other_bytes",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.sha256 is distinct from NEW.sha256 or OLD.size is distinct from NEW.size)",
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="4b5b3a638b73aaf7bfec2e4d03373e6b85c9c401",
                    operation="UPDATE",
                    pgid="pgtrigger_refuse_other_bytes_3578f",
                    table="files_file",
                    when="BEFORE",
                ),
            ),
        ),
    ]
