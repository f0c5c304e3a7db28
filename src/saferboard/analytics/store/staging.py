"""From a source's relation to checked Parquet files in a staging folder."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeGuard

from saferboard.analytics.store.columns import SQL, literal, quoted
from saferboard.analytics.store.engine import DuckDB, hive_type
from saferboard.analytics.store.manifest import StoredFile, StoredTable, sync_folder
from saferboard.analytics.store.relation import Relation
from saferboard.analytics.tables.catalogue import TABLES
from saferboard.analytics.tables.column import Column, LakeTable
from saferboard.vocabulary.problem import Problem

if TYPE_CHECKING:
    import pyarrow as pa

# How the desk names the tables that it holds.
HELD = "held_"
_NO_VALUE = "__HIVE_DEFAULT_PARTITION__"
FORMAT = "FORMAT parquet, COMPRESSION snappy, ROW_GROUP_SIZE 200000"
# Above this many parts a scan for each costs more than gathering them all at once.
_FEW_PARTS = 40
AT_ONCE = 3  # two write while the disk takes in what the third has written
# What stands in the name of a folder as it is. None does not: it is left to PARTITION_BY.
_FOLDER_NAME = re.compile(r"^(?!None$)[A-Za-z0-9._-]+$")


@dataclass(frozen=True)
class StagedTable:
    """Files of one table of one load, still outside the lake: `folder` holds them."""

    folder: Path
    columns: tuple[str, ...]
    files: tuple[StoredFile, ...]  # paths are relative to `folder`

    def stored(self, below: str) -> StoredTable:
        """The same, with paths below the lake's folder `below`."""
        moved = tuple(StoredFile(f"{below}/{f.path}", f.rows, f.size, f.sha256) for f in self.files)
        return StoredTable(self.columns, moved)


class Stage:
    """Writes tables on the writer's connection. Every refusal is a Problem that names the
    table and the column; nothing of a refused load reaches the lake."""

    def __init__(self, engine: DuckDB) -> None:
        self._engine = engine
        self._views = 0

    def write(self, name: str, data: pa.Table | Relation, folder: Path) -> StagedTable:
        """Check `data` against the catalogue's table `name` and write it below `folder`."""
        if name not in TABLES:
            raise Problem(f"The catalogue has no table “{name}”.")
        table = TABLES[name]
        view = self._view(data)
        try:
            given = self._columns_of(view)
            _refuse_unknown(table, given)
            self._refuse_fractions(table, view, given)
            folder.mkdir(parents=True)
            self._copy(table, view, given, folder, held=is_held(data))
            files = _written(table, folder)
            self._refuse_bad_values(table, view, given, folder, files)
        finally:
            self._let_go(view, data)
        return StagedTable(folder, tuple(c.name for c in table.columns), files)

    def _view(self, data: pa.Table | Relation) -> str:
        self._views += 1
        name = f"stage_{self._views}"
        if _is_arrow(data):
            self._engine.con.register(name, data)
        else:
            self._engine.connection.create_view(name, data)
        return name

    def _let_go(self, name: str, data: pa.Table | Relation) -> None:
        """Rows lent for one load would fill the memory by the next."""
        self._engine.con.execute(f"DROP VIEW IF EXISTS {quoted(name)}")
        if _is_arrow(data):
            self._engine.con.unregister(name)

    def _columns_of(self, view: str) -> dict[str, str]:
        rows = self._engine.con.execute(f"DESCRIBE {quoted(view)}").fetchall()
        return {row[0]: row[1] for row in rows}

    def _refuse_fractions(self, table: LakeTable, view: str, given: Mapping[str, str]) -> None:
        """A cast to whole numbers would round: a fraction has to be refused before."""
        for column in table.columns:
            kind = given.get(column.name, "")
            if column.type == "whole" and kind.startswith(("DOUBLE", "FLOAT", "DECIMAL")):
                self._refuse_where(
                    table,
                    view,
                    column,
                    f"{quoted(column.name)} <> floor({quoted(column.name)})",
                    "is not a whole number",
                )

    def _copy(
        self, table: LakeTable, view: str, given: Mapping[str, str], folder: Path, *, held: bool
    ) -> None:
        columns = [
            f"CAST({quoted(c.name) if c.name in given else 'NULL'} AS {SQL[c.type]}) "
            f"AS {quoted(c.name)}"
            for c in table.columns
        ]
        names = {c.name for c in table.columns}
        columns += [
            f"CAST(year(month) AS {hive_type(key)}) AS {quoted(key)}"
            for key in table.partition
            if key not in names
        ]
        query = f"SELECT {', '.join(columns)} FROM {quoted(view)}"
        run = self._engine.con.execute
        if not table.partition:
            run(f"COPY ({query}) TO {literal(str(folder / 'part-0.parquet'))} ({FORMAT})")
            return
        keys = ", ".join(quoted(key) for key in table.partition)
        parts = run(f"SELECT DISTINCT {keys} FROM ({query})").fetchall() if held else []
        plain = all(_FOLDER_NAME.match(str(value)) for part in parts for value in part)
        if 0 < len(parts) <= _FEW_PARTS and plain:
            self._copy_parts(table, query, parts, folder)
        else:
            run(
                f"COPY ({query}) TO {literal(str(folder))} ({FORMAT}, "
                f"PARTITION_BY ({keys}), FILENAME_PATTERN 'part-{{i}}')"
            )

    def _copy_parts(
        self, table: LakeTable, query: str, parts: Sequence[tuple[object, ...]], folder: Path
    ) -> None:
        """A COPY for each part of rows that are held, a few at a time. With few parts this takes
        half the time of PARTITION_BY, which first gathers the rows of every part (measured on
        13 forces). The disk takes one part in while the next is written."""

        def copy(part: tuple[object, ...]) -> None:
            below = folder
            for key, value in zip(table.partition, part, strict=True):
                below = below / f"{key}={value}"
            below.mkdir(parents=True)
            which = " AND ".join(
                f"{quoted(key)} = {literal(value)}"
                for key, value in zip(table.partition, part, strict=True)
            )
            kept = f"SELECT * EXCLUDE ({', '.join(map(quoted, table.partition))})"
            target = below / "part-0.parquet"
            with self._engine.con.cursor() as cursor:
                cursor.execute(
                    f"COPY ({kept} FROM ({query}) WHERE {which}) "
                    f"TO {literal(str(target))} ({FORMAT})"
                )
            _sync(target)

        with ThreadPoolExecutor(AT_ONCE) as pool:
            list(pool.map(copy, parts))

    def _refuse_bad_values(
        self,
        table: LakeTable,
        view: str,
        given: Mapping[str, str],
        folder: Path,
        files: tuple[StoredFile, ...],
    ) -> None:
        nulls, negative = unwanted_values(table, folder, files)
        for column in table.columns:
            name = quoted(column.name)
            if column.name in nulls:
                if column.name not in given:
                    raise Problem(f"The column “{column.name}” of “{table.name}” is missing.")
                self._refuse_where(table, view, column, f"{name} IS NULL", "is empty")
            if column.name in negative:
                self._refuse_where(table, view, column, f"{name} < 0", "is below zero")

    def _refuse_where(
        self, table: LakeTable, view: str, column: Column, condition: str, words: str
    ) -> None:
        run = self._engine.con.execute
        found = run(f"SELECT count(*) FROM {quoted(view)} WHERE {condition}").fetchall()[0][0]
        if not found:
            return
        cursor = run(f"SELECT * FROM {quoted(view)} WHERE {condition} LIMIT 1")
        names = [d[0] for d in cursor.description]
        row = dict(zip(names, cursor.fetchall()[0], strict=True))
        shown = ", ".join(f"{k} {v}" for k, v in row.items() if v is not None)
        raise Problem(
            f"“{column.name}” {words} in {found} row{'s' if found != 1 else ''} of "
            f"“{table.name}”; the first: {shown[:300]}.",
            place=f"column “{column.name}”",
            remedy="Put the file right or download it again, then add it again.",
        )


def is_held(data: pa.Table | Relation) -> bool:
    """Whether a relation reads nothing but rows that the desk holds: every connection sees
    those, and reading them again costs little."""
    from ibis.expr.operations import DatabaseTable

    if _is_arrow(data):
        return False
    tables = data.op().find(DatabaseTable)
    return bool(tables) and all(table.name.startswith(HELD) for table in tables)


def _is_arrow(data: pa.Table | Relation) -> TypeGuard[pa.Table]:
    import pyarrow as pa  # slow to load: see relation.py

    return isinstance(data, pa.Table)


def _refuse_unknown(table: LakeTable, given: Mapping[str, str]) -> None:
    known = {column.name for column in table.columns} | set(table.partition)
    if strange := sorted(set(given) - known):
        raise Problem(
            f"The table “{table.name}” has no column “{strange[0]}”.",
            remedy="It is described in tables/catalogue.py.",
        )


def _written(table: LakeTable, folder: Path) -> tuple[StoredFile, ...]:
    found = (finished(path, folder, table) for path in sorted(folder.rglob("*.parquet")))
    files = tuple(file for file in found if file is not None)
    sync_folders(folder)
    return files


def finished(path: Path, folder: Path, table: LakeTable) -> StoredFile | None:
    """A file of Parquet that was written below `folder`, made to survive a loss of power; None,
    and the file is gone, where it is a part without a row."""
    import pyarrow.parquet as pq

    rows = pq.read_metadata(path).num_rows
    if rows == 0 and table.partition:
        path.unlink()
        return None
    with path.open("rb") as stream:
        sha256 = hashlib.file_digest(stream, "sha256").hexdigest()
    _sync(path)
    return StoredFile(path.relative_to(folder).as_posix(), rows, path.stat().st_size, sha256)


def _sync(path: Path) -> None:
    """Make a file survive a loss of power."""
    with path.open("rb") as stream:
        os.fsync(stream.fileno())


def sync_folders(folder: Path) -> None:
    """Make the names of what was written below `folder` survive a loss of power."""
    for place in {folder, *(path for path in folder.rglob("*") if path.is_dir())}:
        sync_folder(place)


def unwanted_values(
    table: LakeTable, folder: Path, files: tuple[StoredFile, ...]
) -> tuple[set[str], set[str]]:
    """Columns that hold a null, or a number below zero, where they may not, by the
    statistics in the Parquet footers: no row is read for it."""
    import pyarrow.parquet as pq

    required = {c.name for c in table.columns if c.required}
    counts = {c.name for c in table.columns if c.not_negative}
    nulls = {
        key
        for key in table.partition
        for file in files
        if key in required and f"{key}={_NO_VALUE}" in file.path
    }
    negative: set[str] = set()
    for file in files:
        metadata = pq.read_metadata(folder / file.path)
        for group in range(metadata.num_row_groups):
            for index in range(metadata.num_columns):
                part = metadata.row_group(group).column(index)
                stats = part.statistics
                name = part.path_in_schema
                # Without statistics we look at the rows themselves.
                if name in required and (stats is None or stats.null_count):
                    nulls.add(name)
                if name in counts and (stats is None or (stats.has_min_max and stats.min < 0)):
                    negative.add(name)
    return nulls, negative
