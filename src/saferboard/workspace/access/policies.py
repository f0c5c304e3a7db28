"""Row-level security, the second lock: what PostgreSQL lets an actor see, as SQL for migrations.

Every policy reads the access rows of the one who asks (`session.acting`) with the server's own
clock. Nobody named: no rows. What the resolver itself needs, it reads as the system.
"""

from __future__ import annotations

from saferboard.workspace.access.catalogue import roles
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


def somebody() -> str:
    """The condition that an actor is named at all."""
    return f"{SAID} is not null"


def on_duty(permission: str) -> str:
    """The condition that the actor holds now, in an agency to which they belong now, a role that
    gives `permission`. It does not look at the row: PostgreSQL asks it once for a statement.
    The roles are those of roles.yaml when the migration runs; a test holds the two together."""
    keys = ", ".join(f"'{key}'" for key, role in sorted(roles().items()) if permission in role.may)
    return (
        "(select exists (select 1 from public.access_rolegrant g "
        "join public.partnership_membership m "
        "on m.person_id = g.person_id and m.agency_id = g.agency_id "
        f"where g.person_id = {SAID} and g.role in ({keys}) "
        'and g.start <= now() and (g."end" is null or g."end" > now()) '
        'and m.start <= now() and (m."end" is null or m."end" > now())))'
    )


def secured(table: str, select: str) -> list[str]:
    """Statements that close `table` to everybody, its owner too, but for what `select` lets an
    actor read; changes are the system's."""
    return [
        f"alter table {table} enable row level security",
        f"alter table {table} force row level security",
        f"create policy {table}_read on {table} for select using (({SYSTEM}) or ({select}))",
        f"create policy {table}_write on {table} for all using ({SYSTEM}) with check ({SYSTEM})",
    ]
