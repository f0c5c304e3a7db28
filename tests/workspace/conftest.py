"""A real PostgreSQL for the tests of the workspace: a server of this process's own, migrated once;
each test has a copy of the migrated database and works in it as the application's role. What a
test writes is committed for real."""

from __future__ import annotations

import itertools
import os
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import django
import psycopg
import pytest
from psycopg import sql

_HOME = tempfile.TemporaryDirectory(prefix="saferboard-tests-", ignore_cleanup_errors=True)
os.environ["SAFERBOARD_HOME"] = _HOME.name
os.environ["DATABASE_URL"] = "dbname=unset user=saferboard_application"
os.environ["DATABASE_OWNER_URL"] = "dbname=unset user=saferboard_owner"
os.environ["SAFERBOARD_HOSTS"] = "localhost,testserver"
# Playwright keeps an event loop in the thread of the test; the tests do not wait in it.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
os.environ["DJANGO_SETTINGS_MODULE"] = "saferboard.workspace.config.settings"
django.setup()

from django.core.management import call_command  # noqa: E402  # Django has to be set up first
from django.core.servers.basehttp import (  # noqa: E402  # likewise
    ThreadedWSGIServer,
    WSGIRequestHandler,
)
from django.db import connections  # noqa: E402  # likewise
from playwright.sync_api import Browser, sync_playwright  # noqa: E402  # likewise
from tests.workspace.browsers import CHROMIUM, FLAGS  # noqa: E402  # likewise

from saferboard.workspace.config.embedded import embedded_server  # noqa: E402  # likewise
from saferboard.workspace.config.roles import (  # noqa: E402  # likewise
    Addresses,
    make_database,
    refuse_wrong_role,
)
from saferboard.workspace.config.wsgi import application  # noqa: E402  # likewise

_TEMPLATE = "migrated"
_numbers = itertools.count(1)


def _use(addresses: Addresses, name: str) -> None:
    """Both connections of Django, closed and pointed at the database `name`."""
    for alias, address in (("default", addresses.application), ("owner", addresses.owner)):
        connection = connections[alias]
        connection.close()
        parts = psycopg.conninfo.conninfo_to_dict(address)
        connection.settings_dict.update(
            NAME=name, USER=parts["user"], HOST=parts.get("host") or "", PORT=""
        )


@pytest.fixture(scope="session")
def migrated() -> Iterator[tuple[str, Addresses]]:
    """The superuser's address of the server, and the addresses of a migrated database."""
    with embedded_server(Path(_HOME.name) / "database") as superuser:
        addresses = make_database(superuser, _TEMPLATE)
        _use(addresses, _TEMPLATE)
        call_command("migrate", database="owner", verbosity=0)
        refuse_wrong_role(addresses.application)
        for connection in connections.all(initialized_only=True):
            connection.close()
        yield superuser, addresses
        for connection in connections.all(initialized_only=True):
            connection.close()


@pytest.fixture
def database(migrated: tuple[str, Addresses]) -> Iterator[Addresses]:
    """A fresh copy of the migrated database, and Django connected to it as the application."""
    superuser, _ = migrated
    name = f"test_{next(_numbers)}"
    with psycopg.connect(superuser, autocommit=True) as server:
        server.execute(
            sql.SQL("create database {} owner saferboard_owner template {}").format(
                sql.Identifier(name), sql.Identifier(_TEMPLATE)
            )
        )
    addresses = make_database(superuser, name)
    _use(addresses, name)
    (Path(_HOME.name) / "audit" / "head.json").unlink(missing_ok=True)
    yield addresses
    for connection in connections.all(initialized_only=True):
        connection.close()
    with psycopg.connect(superuser, autocommit=True) as server:
        server.execute(sql.SQL("drop database {} with (force)").format(sql.Identifier(name)))


@pytest.fixture
def superuser(migrated: tuple[str, Addresses], database: Addresses) -> Iterator[Any]:
    """A connection that may do everything: an attacker with the whole database in hand."""
    name = psycopg.conninfo.conninfo_to_dict(database.application)["dbname"]
    with psycopg.connect(migrated[0], dbname=name, autocommit=True) as connection:
        connection.execute("set session_replication_role = replica")
        yield connection


class _Quiet(WSGIRequestHandler):
    """Says nothing about the requests that it answers."""

    def log_message(self, format: str, *args: Any) -> None:
        return


@pytest.fixture
def live_server(database: Addresses) -> Iterator[str]:
    """The address of the whole workspace, served for real on a port of its own, on the database
    of the test. By the name `localhost`, which passkeys need."""
    server = ThreadedWSGIServer(("127.0.0.1", 0), _Quiet, allow_reuse_address=False)
    server.daemon_threads = True
    server.set_app(application)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    yield f"http://localhost:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A Chromium. Tests that use it are marked `browser`; where there is none they are skipped."""
    if CHROMIUM is None:
        pytest.skip("NO CHROMIUM: the workspace was not looked at in a browser")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield running
        running.close()
