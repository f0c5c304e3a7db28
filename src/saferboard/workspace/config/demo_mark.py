"""Whether this is a demonstration: marked at an empty database and in its home folder, and never
afterwards. Passwords of a demonstration are good for nothing anywhere else."""

from __future__ import annotations

from typing import Any

import psycopg
from django.conf import settings
from django.contrib.auth.hashers import ScryptPasswordHasher
from django.db import connection
from psycopg import sql

from saferboard.vocabulary.problem import Problem
from saferboard.workspace.config.environment import Environment
from saferboard.workspace.partnership.models import Person

MARK = "saferboard: a demonstration, nothing in it is real"
_SAID = (
    "select shobj_description(oid, 'pg_database') from pg_database "
    "where datname = current_database()"
)


def is_demo() -> bool:
    """Whether both the database and the home folder are marked."""
    if not settings.ENVIRONMENT.demo_mark.is_file():
        return False
    with connection.cursor() as cursor:
        cursor.execute(_SAID)
        row = cursor.fetchone()
    return bool(row and row[0] == MARK)


def mark_demo(environment: Environment) -> None:
    """Marks an empty database as a demonstration's. The mark is not part of a backup: what is
    restored elsewhere is none. Raises Problem where anybody is in the database already."""
    if is_demo():
        return
    if Person.objects.exists():
        raise Problem(
            "There are people in this database: it is not made a demonstration.",
            file=str(environment.home),
            remedy="Choose a home folder of its own: SAFERBOARD_HOME=demo/workspace.",
        )
    with psycopg.connect(environment.owner, autocommit=True) as owner:
        name = owner.info.dbname
        owner.execute(
            sql.SQL("comment on database {} is {}").format(sql.Identifier(name), sql.Literal(MARK))
        )
    environment.demo_mark.parent.mkdir(parents=True, exist_ok=True)
    environment.demo_mark.write_text(f"{MARK}\n", "utf-8")


class DemoPasswordHasher(ScryptPasswordHasher):
    """Hashes of its own name, which fit no password outside a demonstration."""

    algorithm = "demo"  # no longer than scrypt: a password's column has room for that

    def verify(self, password: str, encoded: str) -> bool:
        """Whether the password is right and this is a demonstration."""
        right: Any = super().verify(password, encoded)
        return bool(right) and is_demo()
