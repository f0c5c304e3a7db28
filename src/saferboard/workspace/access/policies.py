"""Row-level security, the second lock: what PostgreSQL lets an actor see, as SQL for migrations.

Every policy reads the access rows of the one who asks (`session.acting`) with the server's own
clock. Nobody named: no rows. What the resolver itself needs, it reads as the system.
"""

from __future__ import annotations

from saferboard.workspace.access.levels import Level
from saferboard.workspace.access.session import SETTING, SYSTEM_ID

SAID = f"(select nullif(current_setting('{SETTING}', true), '')::uuid)"
SYSTEM = f"{SAID} = '{SYSTEM_ID}'"


def sees(matter: str, level: Level) -> str:
    """The condition that the actor now sees the matter in column `matter` at `level` or more."""
    return sees_at(matter, str(level.value))


def sees_at(matter: str, level: str) -> str:
    """The same where the level is a column, or whatever SQL says."""
    return (
        "exists (select 1 from access_accessrow r "
        f"where r.matter_id = {matter} and r.person_id = {SAID} and r.level >= {level} "
        'and r.start <= now() and (r."end" is null or r."end" > now()))'
    )


def own(person: str) -> str:
    """The condition that the column `person` is the actor."""
    return f"{person} = {SAID}"


def secured(table: str, select: str) -> list[str]:
    """Statements that close `table` to everybody, its owner too, but for what `select` lets an
    actor read; changes are the system's."""
    return [
        f"alter table {table} enable row level security",
        f"alter table {table} force row level security",
        f"create policy {table}_read on {table} for select using (({SYSTEM}) or ({select}))",
        f"create policy {table}_write on {table} for all using ({SYSTEM}) with check ({SYSTEM})",
    ]
