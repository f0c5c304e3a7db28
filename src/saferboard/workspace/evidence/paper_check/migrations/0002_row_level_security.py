"""A check is shown to whoever sees its matter in full: the one who asked."""

from __future__ import annotations

from django.db import migrations

from saferboard.workspace.access.levels import Level
from saferboard.workspace.access.policies import secured, sees

_TABLE = "paper_check_papercheck"


class Migration(migrations.Migration):
    """Row-level security, after the table."""

    dependencies = (("paper_check", "0001_initial"),)
    operations = tuple(
        migrations.RunSQL(statement, migrations.RunSQL.noop)
        for statement in secured(_TABLE, sees(f"{_TABLE}.matter_id", Level.FULL))
    )
