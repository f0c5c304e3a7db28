"""Hashes of what is in the database and in folders: two that are equal hold the same."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg import sql

Connection = psycopg.Connection[tuple[object, ...]]

LEFT_OUT = ("django_session",)
"""Tables whose rows are no part of a backup: whoever steals it shall not be signed in."""
_TABLES = """
    select c.oid::bigint, c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = 'public' and c.relkind in ('r', 'p') order by c.relname
"""
_KEY = """
    select a.attname, a.attcollation <> 0 from pg_index i
    cross join unnest(i.indkey) with ordinality as k(number, place)
    join pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.number
    where i.indrelid = %s and i.indisprimary order by k.place
"""
_RIGHTS = """
    select format('table %s security %s forced %s rights %s', c.relname, c.relrowsecurity,
        c.relforcerowsecurity, (select string_agg(a::text, ' ' order by a::text)
            from unnest(coalesce(c.relacl, acldefault('r', c.relowner))) a))
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = 'public' and c.relkind in ('r', 'p', 'v', 'S')
    union all
    select format('function %s definer %s settings %s rights %s body %s',
        p.oid::regprocedure, p.prosecdef, p.proconfig,
        (select string_agg(a::text, ' ' order by a::text)
            from unnest(coalesce(p.proacl, acldefault('f', p.proowner))) a), md5(p.prosrc))
    from pg_proc p join pg_namespace n on n.oid = p.pronamespace where n.nspname = 'public'
    union all
    select format('policy %s on %s: %s to %s %s using %s check %s', policyname, tablename,
        permissive, roles, cmd, qual, with_check)
    from pg_policies where schemaname = 'public'
    union all
    select format('trigger %s: %s', t.tgenabled, pg_get_triggerdef(t.oid)) from pg_trigger t
    join pg_class c on c.oid = t.tgrelid join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = 'public' and not t.tgisinternal
    order by 1
"""
_PLAIN = (
    "set local datestyle = 'ISO, YMD'",
    "set local timezone = 'UTC'",
    "set local bytea_output = 'hex'",
    "set local extra_float_digits = 1",
    "set local intervalstyle = 'iso_8601'",
)


@dataclass(frozen=True)
class TableHash:
    """How many rows a table has, and the SHA-256 of all of them in the order of their key."""

    rows: int
    sha256: str


def hashes_of_tables(connection: Connection) -> dict[str, TableHash]:
    """For each table of the schema `public`, by its name. Inside the caller's transaction, so that
    all are of one moment. Neither the server's settings nor its collations make a difference."""
    for statement in _PLAIN:
        connection.execute(statement)
    return {
        str(name): _of_table(connection, int(str(number)), str(name))
        for number, name in connection.execute(_TABLES).fetchall()
        if name not in LEFT_OUT
    }


def rights_of(connection: Connection) -> list[str]:
    """Who may do what in the schema `public`: rights on tables and functions, policies of row-level
    security, triggers; a line each, in order."""
    return [str(line) for (line,) in connection.execute(_RIGHTS).fetchall()]


def _of_table(connection: Connection, number: int, name: str) -> TableHash:
    order: list[sql.Composable] = [
        sql.SQL('{} collate "C"' if texts else "{}").format(sql.Identifier(str(column)))
        for column, texts in connection.execute(_KEY, [number]).fetchall()
    ]
    if not order:
        order = [sql.SQL('{}::text collate "C"').format(sql.Identifier(name))]
    copied = sql.SQL("copy (select * from {} order by {}) to stdout").format(
        sql.Identifier(name), sql.SQL(", ").join(order)
    )
    found, rows = hashlib.sha256(), 0
    with connection.cursor() as cursor, cursor.copy(copied) as copy:
        for block in copy:
            found.update(block)
            rows += bytes(block).count(b"\n")
    return TableHash(rows, found.hexdigest())


def hash_of_file(file: Path) -> str:
    """The SHA-256 of a file's bytes."""
    with file.open("rb") as read:
        return hashlib.file_digest(read, "sha256").hexdigest()


def hashes_of_folder(folder: Path) -> dict[str, str]:
    """The SHA-256 of each file below `folder`, by its path from there."""
    return {
        file.relative_to(folder).as_posix(): hash_of_file(file)
        for file in sorted(folder.rglob("*"))
        if file.is_file() and not file.is_symlink()
    }
