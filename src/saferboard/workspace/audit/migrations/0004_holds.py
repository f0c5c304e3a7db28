"""Legal holds. The application places and lifts them and takes none away."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.db import migrations, models
from psycopg import sql


def _rights(apps: Any, editor: Any) -> None:
    application = sql.Identifier(settings.DATABASES["default"]["USER"])
    words = sql.SQL("revoke delete, truncate on audit_hold from {}").format(application)
    editor.execute(words.as_string(editor.connection.connection))


class Migration(migrations.Migration):
    """After the rights on the audit itself."""

    dependencies = (("audit", "0003_filters"),)
    operations = (
        migrations.CreateModel(
            name="Hold",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("subject", models.UUIDField(null=True)),
                ("start", models.DateTimeField()),
                ("end", models.DateTimeField(null=True)),
            ],
        ),
        migrations.RunPython(_rights, migrations.RunPython.noop),
    )
