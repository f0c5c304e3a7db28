"""`saferboard-workspace`: what an operator does on the server. `manage.py` calls it too."""

from __future__ import annotations

import os
import sys
from contextlib import ExitStack

from django.core.management import execute_from_command_line

from saferboard.vocabulary.problem import Problem
from saferboard.workspace.config.embedded import DATABASE, embedded_server
from saferboard.workspace.config.environment import (
    APPLICATION_URL,
    BACKUP_URL,
    OWNER_URL,
    read_environment,
)
from saferboard.workspace.config.roles import make_database, refuse_wrong_role


def main(arguments: list[str] | None = None) -> int:
    """Runs one command and returns its exit status. Where no DATABASE_URL is set the embedded
    database runs for as long as the command does."""
    given = sys.argv[1:] if arguments is None else arguments
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "saferboard.workspace.config.settings")
    try:
        with ExitStack() as running:
            environment = read_environment()
            if environment.embedded:
                superuser = running.enter_context(embedded_server(environment.database_folder))
                addresses = make_database(superuser, DATABASE)
                os.environ[APPLICATION_URL] = addresses.application
                os.environ[OWNER_URL] = addresses.owner
                os.environ[BACKUP_URL] = addresses.backup
            refuse_wrong_role(os.environ[APPLICATION_URL])
            execute_from_command_line(["saferboard-workspace", *_with_role(given)])
    except Problem as problem:
        sys.stderr.write(f"{problem.sentence()}\n")
        return 1
    return 0


def _with_role(arguments: list[str]) -> list[str]:
    """Migrations run as the owner of the tables; everything else as the application."""
    named = any(one.startswith("--database") for one in arguments)
    if arguments and arguments[0] == "migrate" and not named:
        return [arguments[0], "--database", "owner", *arguments[1:]]
    return arguments


if __name__ == "__main__":
    sys.exit(main())
