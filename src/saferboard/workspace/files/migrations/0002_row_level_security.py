"""A file that hangs on a matter is shown to those who see the matter in full; one that hangs on a
permission to anybody who is named, and the permission decides."""

from __future__ import annotations

from django.db import migrations

from saferboard.workspace.access.levels import Level
from saferboard.workspace.access.policies import secured, sees, somebody

_SEES = sees("files_file.matter_id", Level.FULL)
_STATEMENTS = secured(
    "files_file", f"case when matter_id is null then {somebody()} else {_SEES} end"
)


class Migration(migrations.Migration):
    """Row-level security, after the table."""

    dependencies = (("files", "0001_initial"),)
    operations = tuple(
        migrations.RunSQL(statement, migrations.RunSQL.noop) for statement in _STATEMENTS
    )
