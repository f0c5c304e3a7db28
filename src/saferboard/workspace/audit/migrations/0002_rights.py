"""The application adds audit rows and reads them; it changes and deletes none. Words are shredded
through one function of the owner's."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import migrations
from psycopg import sql

_STATEMENTS = (
    "revoke update, delete, truncate on audit_event, audit_seal, audit_text from {application}",
    "create function audit_shred(which uuid) returns boolean language sql volatile "
    "security definer set search_path = pg_catalog, pg_temp as "
    "'with gone as (delete from public.audit_text where id = which returning id) "
    "select exists (select 1 from gone)'",
    "revoke all on function audit_shred(uuid) from public",
    "grant execute on function audit_shred(uuid) to {application}",
)


def _run(apps: Any, editor: Any) -> None:
    application = sql.Identifier(settings.DATABASES["default"]["USER"])
    for statement in _STATEMENTS:
        words = sql.SQL(statement).format(application=application)
        editor.execute(words.as_string(editor.connection.connection))


class Migration(migrations.Migration):
    """Rights, after the tables."""

    dependencies = (("audit", "0001_initial"),)
    operations = (migrations.RunPython(_run, migrations.RunPython.noop),)
