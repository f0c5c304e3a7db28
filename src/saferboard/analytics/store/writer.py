"""Writing the lake: stage, check, move into place, replace the manifest; sweep what was left."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from saferboard.analytics.store import locks, manifest
from saferboard.analytics.store.desk import Progress, WriterDesk
from saferboard.analytics.store.engine import DuckDB
from saferboard.analytics.store.lake import TABLES_FOLDER
from saferboard.analytics.store.manifest import Entry, Manifest
from saferboard.analytics.store.relation import Relation
from saferboard.analytics.store.staging import Stage, StagedTable
from saferboard.analytics.store.vintage import Vintage
from saferboard.vocabulary.problem import Problem

if TYPE_CHECKING:
    import pyarrow as pa

_STAGING = ".staging"
_SCRATCH = "scratch"
# The engine's own limit; Python, Arrow and Ibis take about 200 MB beside it.
_MEMORY = "600MB"
_THREADS = 2


@dataclass(frozen=True)
class Staged:
    """A load that is written and checked but not yet in the lake."""

    vintage: Vintage
    tables: Mapping[str, StagedTable]


class Writer:
    """The one writer of a lake, holding its lock. Get it from `writing`."""

    def __init__(self, path: Path, progress: Progress) -> None:
        self.path = path
        self.manifest = manifest.read(path)
        self._staging = path / _STAGING
        self._sweep()
        self.scratch = self._staging / _SCRATCH
        self.scratch.mkdir(parents=True)
        self._progress = progress

    @cached_property
    def _engine(self) -> DuckDB:
        return DuckDB(
            memory_limit=_MEMORY,
            threads=_THREADS,
            temp_directory=str(self._staging / "spill"),
            preserve_insertion_order=False,
        )

    @cached_property
    def _stage(self) -> Stage:
        return Stage(self._engine)

    @cached_property
    def desk(self) -> WriterDesk:
        """Where sources read; it implements intake's Desk."""
        return WriterDesk(
            self.path, self._staging, self._engine, lambda: self.manifest, self._progress
        )

    def warm_up(self) -> None:
        """Load the engine now, and what Arrow loads when it first sees a Python list."""
        import pyarrow as pa

        self._engine.con.execute("SELECT 1").fetchall()
        pa.array([""])

    def stage(
        self, vintage: Vintage, tables: Mapping[str, pa.Table | Relation | StagedTable]
    ) -> Staged:
        """Write the tables of a load beside the lake and check them, but for those that were
        written and checked already. `vintage.tables` is filled with the number of rows of each.
        Raises Problem."""
        folder = self._staging / vintage.id
        try:
            written = {
                name: _moved(data, folder / name)
                if isinstance(data, StagedTable)
                else self._stage.write(name, data, folder / name)
                for name, data in tables.items()
            }
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        rows = {name: sum(file.rows for file in done.files) for name, done in written.items()}
        return Staged(replace(vintage, tables=rows), written)

    def publish(self, staged: Sequence[Staged]) -> tuple[Vintage, ...]:
        """Take these loads into the lake, all or none."""
        entries = []
        for load in staged:
            stored = {}
            for name, table in load.tables.items():
                below = f"{TABLES_FOLDER}/{name}/source={load.vintage.source}"
                target = self.path / below / f"vintage={load.vintage.id}"
                target.parent.mkdir(parents=True, exist_ok=True)
                table.folder.rename(target)
                for folder in (target.parent, target.parent.parent, self.path / TABLES_FOLDER):
                    manifest.sync_folder(folder)
                stored[name] = table.stored(f"{below}/vintage={load.vintage.id}")
            entries.append(Entry(load.vintage, stored))
        fresh = self.manifest.with_entries(entries)
        manifest.write(self.path, fresh)
        self.manifest = fresh
        return tuple(entry.vintage for entry in entries)

    def forget(self, staged: Staged) -> None:
        """Throw a staged load away."""
        shutil.rmtree(self._staging / staged.vintage.id, ignore_errors=True)

    def remove(self, vintages: Collection[str]) -> tuple[Vintage, ...]:
        """Take loads out: first out of the manifest, then their files, unless somebody is
        reading (the next writer deletes them then). Raises Problem for an unknown id."""
        gone = tuple(self.manifest.entry(name).vintage for name in vintages)
        fresh = self.manifest.without(vintages)
        manifest.write(self.path, fresh)
        self.manifest = fresh
        self._sweep_tables()
        return gone

    def close(self) -> None:
        """Let go of the engine and clear the staging folder."""
        if "_engine" in vars(self):
            self._engine.close()
        shutil.rmtree(self._staging, ignore_errors=True)

    def _sweep(self) -> None:
        shutil.rmtree(self._staging, ignore_errors=True)
        (self.path / f"{manifest.FILE_NAME}.new").unlink(missing_ok=True)
        self._sweep_tables()

    def _sweep_tables(self) -> None:
        """Delete folders of loads that the manifest does not name: a writer was killed
        before it published them, or they were removed while somebody was reading."""
        known = {vintage.id for vintage in self.manifest.vintages}
        strays = [
            folder
            for folder in (self.path / TABLES_FOLDER).glob("*/source=*/vintage=*")
            if folder.name.removeprefix("vintage=") not in known
        ]
        if not strays:
            return
        with locks.nobody_reading(self.path) as free:
            if free:
                for folder in strays:
                    shutil.rmtree(folder, ignore_errors=True)
                    with contextlib.suppress(OSError):
                        folder.parent.rmdir()


def _moved(table: StagedTable, folder: Path) -> StagedTable:
    folder.parent.mkdir(parents=True, exist_ok=True)
    table.folder.rename(folder)
    return replace(table, folder=folder)


def _ignore(done: int, total: int, words: str) -> None:
    """Nobody wants to know how far it has come."""


def _wait_in_silence() -> None:
    """Nobody wants to know that we wait."""


@contextlib.contextmanager
def writing(
    path: Path,
    *,
    progress: Progress = _ignore,
    waiting: Callable[[], None] = _wait_in_silence,
) -> Iterator[Writer]:
    """Hold the lake in the folder `path` for writing, making the folder if need be;
    `waiting` is called when another writer has to finish first. Raises Problem when the
    folder cannot be written to or its manifest is damaged."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _unwritable(path, error) from error
    if not os.access(path, os.W_OK):
        raise _unwritable(path, PermissionError("no permission"))
    with locks.writing(path, waiting):
        writer = Writer(path, progress)
        try:
            yield writer
        finally:
            writer.close()


def _unwritable(path: Path, error: OSError) -> Problem:
    return Problem(
        f"The data store's folder cannot be written to ({error.strerror or error}).",
        file=str(path),
        remedy="Choose another folder with --lake or SAFERBOARD_LAKE.",
    )


def held(path: Path) -> Manifest:
    """What the lake in `path` holds, without opening an engine."""
    return manifest.read(path)
