"""CSV files turned into Parquet in one pass, a part of a table at a time, and checked by what was
written: no row is kept in memory for it.

This is for files whose names say which part they are. It takes them or leaves them: where
anything is amiss it gives up, and whoever asked reads the files the plain way (Desk.hold), which
takes longer and can say what is wrong with which of them.
"""

from __future__ import annotations

import shutil
from collections import defaultdict
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from saferboard.analytics.store.columns import SQL, literal, quoted
from saferboard.analytics.store.engine import DuckDB, hive_type
from saferboard.analytics.store.errors import is_disk_full, is_interruption
from saferboard.analytics.store.file_rows import PATH, FileSummary, off_map_sql
from saferboard.analytics.store.manifest import StoredFile
from saferboard.analytics.store.staging import (
    AT_ONCE,
    FORMAT,
    StagedTable,
    finished,
    sync_folders,
    unwanted_values,
)
from saferboard.analytics.tables.catalogue import TABLES
from saferboard.analytics.tables.column import LakeTable

# What tells the parts of the tables that are written so.
_PARTS = ("unit", "year")


@dataclass(frozen=True)
class CsvFile:
    """A file that says whose month it holds: `month` is its first day, `header` its columns."""

    path: Path
    header: tuple[str, ...]
    unit: str
    month: date


@dataclass(frozen=True)
class Arrangement:
    """How the columns of a file become those of a table. `types` are the file's columns with
    their SQL types, `copied` our columns by the file's, `month` the file's column that holds a
    month as `2022-01`. `label` is the file's column of labels, `shown` ours that keeps them, and
    `meaning` ours for what each means, by `meanings`."""

    types: Mapping[str, str]
    copied: Mapping[str, str]
    month: str
    label: str
    shown: str
    meaning: str
    meanings: Mapping[str, str | bool]


@dataclass(frozen=True)
class Straight:
    """What was written, and what it holds: a summary for each file with rows, and the labels
    that mean nothing to us with their rows."""

    table: StagedTable
    summaries: tuple[FileSummary, ...]
    unknown: tuple[tuple[str, int], ...]


def write_straight(
    engine: DuckDB, name: str, files: Sequence[CsvFile], how: Arrangement, folder: Path
) -> Straight | None:
    """Write the rows of `files` as the table `name` below `folder`; None, and nothing in
    `folder`, where they are not as they should be: a file that cannot be read as it was declared,
    a month that is not the file's, a point off the map, an empty cell that must not be. Raises
    what says that the disk is full or that the user stopped it."""
    import duckdb  # slow to load: see relation.py

    table = TABLES[name]
    if table.partition != _PARTS or len({(one.unit, one.month) for one in files}) < len(files):
        return None
    folder.mkdir(parents=True)
    try:
        found = _Straight(engine, table, how, folder).run(files)
    except duckdb.Error as error:
        if is_disk_full(error) or is_interruption(error):
            raise
        found = None
    if found is None:
        shutil.rmtree(folder)
    return found


@dataclass(frozen=True)
class _Straight:
    engine: DuckDB
    table: LakeTable
    how: Arrangement
    folder: Path

    def run(self, files: Sequence[CsvFile]) -> Straight | None:
        """See write_straight."""
        parts: dict[tuple[str, int], list[CsvFile]] = defaultdict(list)
        for file in files:
            parts[file.unit, file.month.year].append(file)
        # The largest first, so that none is left to be written alone at the end.
        order = sorted(parts, key=lambda key: -sum(one.path.stat().st_size for one in parts[key]))
        with ThreadPoolExecutor(AT_ONCE) as pool:
            written = list(pool.map(lambda key: self._copy(key, parts[key]), order))
        stored = tuple(sorted((one for part in written for one in part), key=lambda one: one.path))
        sync_folders(self.folder)
        columns = tuple(column.name for column in self.table.columns)
        staged = StagedTable(self.folder, columns, stored)
        if any(unwanted_values(self.table, self.folder, stored)):
            return None
        summaries = self._summaries(staged, files)
        if summaries is None:
            return None
        return Straight(staged, summaries, self._unknown(staged))

    def _copy(self, part: tuple[str, int], files: Sequence[CsvFile]) -> list[StoredFile]:
        """Write the files of one part: a file of Parquet for each order of their columns."""
        below = self.folder / f"unit={part[0]}" / f"year={part[1]}"
        below.mkdir(parents=True)
        by_header: dict[tuple[str, ...], list[CsvFile]] = defaultdict(list)
        for file in files:
            by_header[file.header].append(file)
        stored = []
        for number, (header, alike) in enumerate(by_header.items()):
            target = below / f"part-{number}.parquet"
            with self.engine.con.cursor() as cursor:
                cursor.execute(
                    f"COPY ({self._select(header, alike)}) TO {literal(str(target))} ({FORMAT})"
                )
            if (done := finished(target, self.folder, self.table)) is not None:
                stored.append(done)
        return stored

    def _select(self, header: Sequence[str], files: Sequence[CsvFile]) -> str:
        how = self.how
        given = {ours: quoted(theirs) for ours, theirs in how.copied.items()}
        given["month"] = self._month(files)
        given[how.shown] = quoted(how.label)
        known = " ".join(
            f"WHEN {literal(label)} THEN {literal(meaning)}"
            for label, meaning in how.meanings.items()
        )
        given[how.meaning] = f"CASE {quoted(how.label)} {known} END"
        columns = ", ".join(
            f"CAST({given.get(one.name, 'NULL')} AS {SQL[one.type]}) AS {quoted(one.name)}"
            for one in self.table.columns
            if one.name not in self.table.partition
        )
        types = {column: how.types.get(column, "VARCHAR") for column in header}
        paths = [str(one.path) for one in files]
        return (
            f"SELECT {columns} FROM read_csv({literal(paths)}, header=true, auto_detect=false, "
            f"delim=',', quote='\"', escape='\"', columns={literal(types)}, filename='{PATH}')"
        )

    def _month(self, files: Sequence[CsvFile]) -> str:
        """The month of a row if it is its file's, else null."""
        cases = " ".join(
            f"WHEN {literal(str(one.path))} THEN CASE WHEN {quoted(self.how.month)} = "
            f"'{one.month:%Y-%m}' THEN DATE '{one.month}' END"
            for one in files
        )
        return f"CASE {PATH} {cases} END"

    def _scan(self, staged: StagedTable) -> str:
        files = literal([str(self.folder / one.path) for one in staged.files])
        types = ", ".join(f"{quoted(key)}: {hive_type(key)}" for key in self.table.partition)
        return f"read_parquet({files}, hive_partitioning=true, hive_types={{{types}}})"

    def _summaries(
        self, staged: StagedTable, files: Sequence[CsvFile]
    ) -> tuple[FileSummary, ...] | None:
        """What each file holds, or None where a row is not its file's or lies off the map."""
        if not staged.files:
            return ()
        numbers = {(one.unit, one.month): number for number, one in enumerate(files)}
        rows = self.engine.con.execute(
            f"SELECT unit, month, count(*), count(longitude), "
            f"count(*) FILTER ({off_map_sql('longitude', 'latitude')}) "
            f"FROM {self._scan(staged)} GROUP BY unit, month"
        ).fetchall()
        found = []
        for unit, month, count, placed, off_map in rows:
            if off_map or (unit, month) not in numbers:
                return None
            number = numbers[unit, month]
            found.append(FileSummary(number, unit, month, count, placed, off_map))
        return tuple(sorted(found, key=lambda one: one.file))

    def _unknown(self, staged: StagedTable) -> tuple[tuple[str, int], ...]:
        if not staged.files:
            return ()
        shown = quoted(self.how.shown)
        rows = self.engine.con.execute(
            f"SELECT {shown}, count(*) FROM {self._scan(staged)} "
            f"WHERE {quoted(self.how.meaning)} IS NULL GROUP BY {shown}"
        ).fetchall()
        return tuple((label, count) for label, count in rows)
