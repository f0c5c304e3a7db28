"""The application may use the queue, and the queue takes ids only: the database refuses a job whose
arguments are anything but UUIDs and whole numbers."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import migrations
from psycopg import sql

_UUID = "^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"
_FUNCTIONS = """
    select p.oid::regprocedure::text from pg_proc p join pg_namespace n on n.oid = p.pronamespace
    where n.nspname = 'public' and p.proname like 'procrastinate%'
"""
_IDS_ONLY = f"""
    alter table procrastinate_jobs add constraint jobs_carry_ids_only check (
        jsonb_typeof(args) = 'object' and not jsonb_path_exists(args, 'strict $.* ? (
            !(@.type() == "number" || @.type() == "string" && @ like_regex "{_UUID}"))'))
"""


def _run(apps: Any, editor: Any) -> None:
    application = sql.Identifier(settings.DATABASES["default"]["USER"])
    with editor.connection.cursor() as cursor:
        cursor.execute(_FUNCTIONS)
        functions = [row[0] for row in cursor.fetchall()]
    for function in functions:
        words = sql.SQL("grant execute on function {} to {}").format(sql.SQL(function), application)
        editor.execute(words.as_string(editor.connection.connection))


class Migration(migrations.Migration):
    """After the queue's own tables."""

    dependencies = (
        ("jobs", "0001_initial"),
        ("procrastinate", "0041_post_retry_failed_job"),
    )
    operations = (
        migrations.RunPython(_run, migrations.RunPython.noop),
        migrations.RunSQL(_IDS_ONLY, migrations.RunSQL.noop),
    )
