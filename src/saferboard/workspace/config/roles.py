"""The three roles of the database: owner, application, backup; and the proof at every start
that the application is the one that row-level security holds for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from saferboard.vocabulary.problem import Problem

OWNER, APPLICATION, BACKUP = "saferboard_owner", "saferboard_application", "saferboard_backup"

_ATTRIBUTES = {
    OWNER: "LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEROLE",
    APPLICATION: "LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE",
    BACKUP: "LOGIN NOSUPERUSER BYPASSRLS NOCREATEDB NOCREATEROLE",
}
_OWNED = """
    select count(*) from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = 'public' and c.relkind in ('r', 'p')
      and pg_has_role(current_user, c.relowner, 'member')
"""
_SELF = "select rolsuper, rolbypassrls from pg_roles where rolname = current_user"


@dataclass(frozen=True)
class Addresses:
    """One database as its three roles, each as a conninfo string."""

    application: str
    owner: str
    backup: str


def make_database(superuser: str, name: str, *, template: str = "template0") -> Addresses:
    """Makes the roles where they are missing and the database `name` where it is missing, from
    `template`, with the rights of each role. `superuser` is the conninfo of a superuser, used
    for nothing else. Calling it again changes nothing."""
    with psycopg.connect(superuser, autocommit=True) as connection:
        for role, attributes in _ATTRIBUTES.items():
            _make_role(connection, role, attributes)
        found = connection.execute("select 1 from pg_database where datname = %s", [name])
        if found.fetchone() is None:
            connection.execute(
                sql.SQL("create database {} owner {} template {} encoding 'UTF8'").format(
                    sql.Identifier(name), sql.Identifier(OWNER), sql.Identifier(template)
                )
            )
    with psycopg.connect(superuser, dbname=name, autocommit=True) as connection:
        _grant(connection, name)
    addresses = [
        make_conninfo(superuser, dbname=name, user=role) for role in (APPLICATION, OWNER, BACKUP)
    ]
    return Addresses(*addresses)


def _make_role(connection: psycopg.Connection[tuple[object, ...]], role: str, words: str) -> None:
    known = connection.execute("select 1 from pg_roles where rolname = %s", [role])
    verb = "create" if known.fetchone() is None else "alter"
    connection.execute(
        sql.SQL("{} role {} {}").format(sql.SQL(verb), sql.Identifier(role), sql.SQL(words))
    )


def _grant(connection: psycopg.Connection[tuple[object, ...]], name: str) -> None:
    """The application may use what the owner makes and make nothing itself; the backup reads."""
    names = {
        "database": sql.Identifier(name),
        "owner": sql.Identifier(OWNER),
        "application": sql.Identifier(APPLICATION),
        "backup": sql.Identifier(BACKUP),
    }
    for statement in (
        "revoke all on database {database} from public",
        "grant connect on database {database} to {application}, {backup}",
        "alter schema public owner to {owner}",
        "revoke all on schema public from public",
        "grant usage on schema public to {application}, {backup}",
        "alter default privileges for role {owner} in schema public "
        "grant select, insert, update, delete on tables to {application}",
        "alter default privileges for role {owner} in schema public "
        "grant usage, select on sequences to {application}",
        "alter default privileges for role {owner} in schema public "
        "grant select on tables to {backup}",
        "alter default privileges for role {owner} in schema public "
        "grant select on sequences to {backup}",
        "alter default privileges for role {owner} revoke execute on functions from public",
    ):
        connection.execute(sql.SQL(statement).format(**names))


def role_faults(cursor: Any) -> list[str]:
    """What is wrong with the role of this connection for an application: nothing, or words like
    “is a superuser”."""
    row = cursor.execute(_SELF).fetchone()
    owned = cursor.execute(_OWNED).fetchone()
    return [
        words
        for words, true in (
            ("is a superuser", row is None or bool(row[0])),
            ("passes row-level security by", row is None or bool(row[1])),
            ("owns tables", owned is None or bool(owned[0])),
        )
        if true
    ]


def refuse_wrong_role(address: str) -> None:
    """Raises Problem when the role of `address` is a superuser, passes row-level security by, or
    owns tables: the second lock would not hold. Server, worker and tests call it at start."""
    with psycopg.connect(address) as connection, connection.cursor() as cursor:
        faults = role_faults(cursor)
    user = conninfo_to_dict(address).get("user", "")
    if faults:
        raise Problem(
            f"The database role “{user}” {' and '.join(faults)}: the workspace does not start.",
            remedy="Set DATABASE_URL to the application's role, DATABASE_OWNER_URL to the owner's.",
        )
