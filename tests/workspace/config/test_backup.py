"""A backup, and a restored one that holds the same; and what neither of them will do."""

from __future__ import annotations

import dataclasses
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.db import transaction
from psycopg import sql
from tests.workspace.people import person, signed_in
from tests.workspace.worlds import make_world

from saferboard.vocabulary.problem import Problem
from saferboard.workspace.access.session import as_system
from saferboard.workspace.audit import chain
from saferboard.workspace.audit.actor import SYSTEM
from saferboard.workspace.audit.models import Text
from saferboard.workspace.audit.operations import record
from saferboard.workspace.config.backup import back_up, restore
from saferboard.workspace.config.environment import Environment
from saferboard.workspace.config.events import BACKUP_BEGUN
from saferboard.workspace.config.hashes import hashes_of_tables, rights_of
from saferboard.workspace.config.roles import Addresses, make_database

pytestmark = pytest.mark.usefixtures("database")
NOW = datetime(2026, 11, 25, 9, 30, tzinfo=UTC)


@pytest.fixture
def here() -> Iterator[Environment]:
    """The tests' own environment, with a file of somebody's, and people and matters in the
    database."""
    environment: Environment = settings.ENVIRONMENT
    with transaction.atomic(), as_system():
        make_world(5, NOW)
    signed_in(person("Sam Brown", "member"))
    for _ in range(3):
        with transaction.atomic():
            record(BACKUP_BEGUN, by=SYSTEM, now=NOW, text='why it was made: ünïcode\t\\N\n"x"')
    chain.seal()
    file = environment.home / "files" / "ab" / "paper"
    file.parent.mkdir(parents=True)
    file.write_bytes(b"\0paper")
    yield environment
    shutil.rmtree(environment.home / "files")


@pytest.fixture
def empty(migrated: tuple[str, Addresses]) -> Iterator[Addresses]:
    """An empty database with our roles, as `restore` finds it on a new server."""
    addresses = make_database(migrated[0], "restored")
    yield addresses
    with psycopg.connect(migrated[0], autocommit=True) as server:
        server.execute(sql.SQL("drop database {} with (force)").format(sql.Identifier("restored")))


def _elsewhere(here: Environment, home: Path) -> Environment:
    return dataclasses.replace(here, home=home)


def _made(here: Environment, database: Addresses, folder: Path) -> tuple[Path, Path]:
    made, keys = folder / "backup", folder / "safe" / "keys"
    back_up(made, environment=here, address=database.backup, keys=keys, now=NOW)
    return made, keys


def _hashes(address: str) -> dict[str, object]:
    with psycopg.connect(address) as connection:
        return dict(hashes_of_tables(connection))


def test_what_is_restored_is_what_was_backed_up_table_by_table_and_file_by_file(
    here: Environment, database: Addresses, empty: Addresses, tmp_path: Path
) -> None:
    made, keys = _made(here, database, tmp_path)
    home = tmp_path / "home"
    there = _elsewhere(here, home)
    listed = restore(made, environment=there, owner=empty.owner, backup=empty.backup, keys=keys)
    assert _hashes(empty.backup) == _hashes(database.backup) == listed.tables
    assert len(listed.tables) > 15 and listed.tables["audit_event"].rows >= 3
    assert (home / "files" / "ab" / "paper").read_bytes() == b"\0paper"
    assert there.key("audit-text") == here.key("audit-text")
    assert there.audit_head.read_text() == here.audit_head.read_text()
    with psycopg.connect(empty.application) as asks:
        assert asks.execute("select count(*) from access_matter").fetchone() == (0,)  # no actor
        assert asks.execute("select count(*) from audit_event").fetchone() == (0,)
    with psycopg.connect(database.backup) as was, psycopg.connect(empty.backup) as is_:
        assert rights_of(is_) == rights_of(was)


def test_a_difference_of_one_letter_is_a_difference(database: Addresses) -> None:
    one = person("Sam Brown", "member")
    before = _hashes(database.backup)
    assert _hashes(database.backup) == before
    one.job_title = "x"
    one.save()
    after = _hashes(database.backup)
    assert {name for name in after if after[name] != before[name]} == {"partnership_person"}


def test_nobody_is_signed_in_by_a_backup(
    here: Environment, database: Addresses, empty: Addresses, tmp_path: Path
) -> None:
    made, keys = _made(here, database, tmp_path)
    there = _elsewhere(here, tmp_path / "home")
    restore(made, environment=there, owner=empty.owner, backup=empty.backup, keys=keys)
    with psycopg.connect(database.backup) as was, psycopg.connect(empty.backup) as is_:
        count = "select count(*) from django_session"
        assert was.execute(count).fetchone() == (1,)
        assert is_.execute(count).fetchone() == (0,)


def test_backup_and_keys_lie_apart_and_neither_holds_the_other(
    here: Environment, database: Addresses, tmp_path: Path
) -> None:
    made, keys = _made(here, database, tmp_path)
    secret = here.key("audit-text").hex()
    for file in made.rglob("*"):
        assert not file.is_file() or secret.encode() not in file.read_bytes()
    assert (keys / "keys" / "audit-text").read_text() == secret
    assert {file.stat().st_mode & 0o077 for file in (made, keys)} == {0}
    with pytest.raises(Problem, match="one place"):
        back_up(
            tmp_path / "b",
            environment=here,
            address=database.backup,
            keys=tmp_path / "b" / "keys",
            now=NOW,
        )
    assert not (tmp_path / "b").exists()


def test_a_database_that_is_not_empty_is_refused_and_left_as_it_was(
    here: Environment, database: Addresses, tmp_path: Path
) -> None:
    made, keys = _made(here, database, tmp_path)
    before = _hashes(database.backup)
    with pytest.raises(Problem, match="not empty"):
        restore(
            made,
            environment=_elsewhere(here, tmp_path / "home"),
            owner=database.owner,
            backup=database.backup,
            keys=keys,
        )
    assert _hashes(database.backup) == before
    assert not (tmp_path / "home").exists()


@pytest.mark.parametrize(
    ("harm", "words"),
    [
        ("dump", "not as it was written"),
        ("file", "not as they were written"),
        ("more", "not as they were written"),
        ("list", "was changed"),
        ("gone", "no backup"),
        ("keys", "not here"),
        ("other keys", "belong to another"),
    ],
)
def test_a_backup_that_was_touched_is_refused_before_anything_is_changed(
    here: Environment, database: Addresses, empty: Addresses, tmp_path: Path, harm: str, words: str
) -> None:
    made, keys = _made(here, database, tmp_path)
    dump, listed = made / "database.dump", made / "manifest.json"
    if harm == "dump":
        body = bytearray(dump.read_bytes())
        body[len(body) // 2] ^= 1
        dump.write_bytes(body)
    elif harm == "file":
        (made / "files" / "ab" / "paper").write_bytes(b"another")
    elif harm == "more":
        (made / "files" / "more").write_bytes(b"more")
    elif harm == "list":
        held = json.loads(listed.read_text())
        held["tables"]["audit_event"]["rows"] -= 1
        listed.write_text(json.dumps(held))
    elif harm == "gone":
        listed.unlink()
    elif harm == "keys":
        keys = tmp_path / "nowhere"
    else:
        (keys / "keys" / "backup").write_text("00" * 32)
    there = _elsewhere(here, tmp_path / "home")
    with pytest.raises(Problem, match=words):
        restore(made, environment=there, owner=empty.owner, backup=empty.backup, keys=keys)
    with psycopg.connect(empty.owner) as connection:
        count = connection.execute("select count(*) from pg_tables where schemaname = 'public'")
        assert count.fetchone() == (0,)
    assert not (tmp_path / "home" / "files").exists()


def test_a_backup_that_fails_leaves_nothing(here: Environment, tmp_path: Path) -> None:
    with pytest.raises(psycopg.OperationalError):
        back_up(
            tmp_path / "backup",
            environment=here,
            address="dbname=nowhere host=/nowhere",
            keys=tmp_path / "keys",
            now=NOW,
        )
    assert not list(tmp_path.iterdir())
    with pytest.raises(Problem, match="there already"):
        back_up(tmp_path, environment=here, address="", keys=None, now=NOW)


def test_backup_and_restore_as_an_operator_types_them(tmp_path: Path) -> None:
    def command(home: str, *words: str) -> subprocess.CompletedProcess[str]:
        kept = {name: value for name, value in os.environ.items() if "DATABASE" not in name}
        return subprocess.run(
            [sys.executable, "-m", "saferboard.workspace.config.operators", *words],
            env={**kept, "SAFERBOARD_HOME": str(tmp_path / home)},
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )

    backup, keys = str(tmp_path / "backup"), str(tmp_path / "keys")
    assert command("one", "migrate", "-v0").returncode == 0
    done = command("one", "backup", backup, "--keys", keys)
    assert done.returncode == 0, done.stderr
    assert "rows" in done.stdout and "apart" in done.stdout
    done = command("two", "restore", backup, "--keys", keys)
    assert done.returncode == 0, done.stderr
    assert "1 rows of the audit hold their place" in done.stdout
    done = command("two", "check_audit")
    assert done.returncode == 0 and "1 rows hold their place; 1 wait" in done.stdout
    done = command("two", "restore", backup, "--keys", keys)
    assert done.returncode == 1 and "not empty" in done.stderr


def test_the_words_of_the_audit_can_be_read_again(
    here: Environment, database: Addresses, empty: Addresses, tmp_path: Path
) -> None:
    assert Text.objects.using("owner").count() == 3
    made, keys = _made(here, database, tmp_path)
    there = _elsewhere(here, tmp_path / "home")
    restore(made, environment=there, owner=empty.owner, backup=empty.backup, keys=keys)
    with psycopg.connect(empty.backup) as connection:
        ciphers = connection.execute("select cipher from audit_text order by id").fetchall()
    ours = list(Text.objects.using("owner").order_by("id").values_list("cipher", flat=True))
    assert [bytes(row[0]) for row in ciphers] == [bytes(one) for one in ours]
