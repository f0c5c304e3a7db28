"""Matters, and what is known of who may see them, are shown to those who may."""

from __future__ import annotations

from django.db import migrations

from saferboard.workspace.access.levels import Level
from saferboard.workspace.access.policies import own, secured, sees

_STATEMENTS = [
    *secured("access_matter", sees("access_matter.id", Level.PRESENCE)),
    *secured("access_accessrow", own("access_accessrow.person_id")),
    *(
        statement
        for table in ("matterparty", "mattercircle", "named", "exclusion", "emergency")
        for statement in secured(f"access_{table}", sees(f"access_{table}.matter_id", Level.FULL))
    ),
]


class Migration(migrations.Migration):
    """Row-level security, after the tables."""

    dependencies = (("access", "0001_initial"),)
    operations = tuple(
        migrations.RunSQL(statement, migrations.RunSQL.noop) for statement in _STATEMENTS
    )
