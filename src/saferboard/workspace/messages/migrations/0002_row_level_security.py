"""What somebody was told is shown to them alone."""

from __future__ import annotations

from django.db import migrations

from saferboard.workspace.access.policies import own, secured

_STATEMENTS = [
    statement
    for table in ("notification", "preference", "mailbox")
    for statement in secured(f"notices_{table}", own(f"notices_{table}.person_id"))
]


class Migration(migrations.Migration):
    """Row-level security, after the tables."""

    dependencies = (("notices", "0001_initial"), ("access", "0002_row_level_security"))
    operations = tuple(
        migrations.RunSQL(statement, migrations.RunSQL.noop) for statement in _STATEMENTS
    )
