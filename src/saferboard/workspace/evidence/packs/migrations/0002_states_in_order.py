"""A pack's states follow each other in order, whoever changes them. Written as plain SQL: the
triggers of the library can be told to let things pass, by whoever may run one of its functions,
which the application may not; a trigger that looks at every change would therefore always fail."""

from __future__ import annotations

from django.db import migrations

_STATEMENTS = (
    """
    create function packs_states_in_order() returns trigger language plpgsql
    set search_path = pg_catalog, pg_temp as $$
    begin
        if old.state <> new.state and (old.state, new.state) not in (
            ('draft', 'checked'), ('checked', 'agreed'), ('checked', 'draft'),
            ('agreed', 'draft'), ('agreed', 'frozen')
        ) then
            raise exception 'Invalid: a pack goes from % to %', old.state, new.state;
        end if;
        return new;
    end $$
    """,
    "create trigger packs_states_in_order before update of state on packs_pack "
    "for each row execute function packs_states_in_order()",
)


class Migration(migrations.Migration):
    """After the tables."""

    dependencies = (("packs", "0001_initial"),)
    operations = tuple(
        migrations.RunSQL(statement, migrations.RunSQL.noop) for statement in _STATEMENTS
    )
