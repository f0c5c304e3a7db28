"""Audit rows and words are shown to whoever has the duty to read them, and to the system that seals
and checks. Everybody adds. Not forced upon the owner of the tables, as which nothing runs but
migrations and `restore`: PostgreSQL's COPY, which that uses, refuses tables with forced policies.

`about` is an array, and PostgreSQL will not let an array's operator run before a policy: searched
for plainly, every row is looked at. One function of the owner's asks the same duty once and then
uses the index.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import migrations
from psycopg import sql

from saferboard.workspace.access.policies import SYSTEM, on_duty

_MAY = f"({SYSTEM}) or {on_duty('audit.read')}"
_TABLES = tuple(
    statement
    for table in ("audit_event", "audit_text")
    for statement in (
        f"alter table {table} enable row level security",
        f"create policy {table}_read on {table} for select using ({_MAY})",
        f"create policy {table}_add on {table} for insert with check (true)",
    )
)
_ABOUT = (
    "create function audit_about(whom uuid, since timestamptz, until timestamptz) "
    "returns setof bigint language sql stable security definer "
    "set search_path = pg_catalog, pg_temp as $about$ "
    "select e.id from public.audit_event e where e.about @> array[whom] "
    "and (since is null or e.at >= since) and (until is null or e.at < until) "
    f"and ({_MAY}) $about$",
    "revoke all on function audit_about(uuid, timestamptz, timestamptz) from public",
    "grant execute on function audit_about(uuid, timestamptz, timestamptz) to {application}",
)


def _run(apps: Any, editor: Any) -> None:
    application = sql.Identifier(settings.DATABASES["default"]["USER"])
    for statement in _TABLES:
        editor.execute(statement)
    editor.execute(_ABOUT[0])
    for statement in _ABOUT[1:]:
        words = sql.SQL(statement).format(application=application)
        editor.execute(words.as_string(editor.connection.connection))


class Migration(migrations.Migration):
    """After the tables of both."""

    dependencies = (("access", "0002_row_level_security"), ("audit", "0003_filters"))
    operations = (migrations.RunPython(_run, migrations.RunPython.noop),)
