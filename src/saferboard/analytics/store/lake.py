"""Reading the lake: a snapshot of the manifest, and relations over its Parquet."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from saferboard.analytics.store import locks, manifest, spark
from saferboard.analytics.store.engine import DuckDB, Engine, Scan
from saferboard.analytics.store.manifest import Entry, Manifest
from saferboard.analytics.store.relation import Relation
from saferboard.analytics.store.vintage import Vintage
from saferboard.analytics.tables.catalogue import TABLES
from saferboard.vocabulary.problem import Problem

if TYPE_CHECKING:
    import pyarrow as pa

TABLES_FOLDER = "tables"


class Lake:
    """A snapshot of the data store. What is added later is not seen; what is removed later
    stays readable until `close`. Use as a context manager."""

    def __init__(self, path: Path, held: Manifest, engine: Engine, mark: int | None) -> None:
        self.path = path
        self.manifest = held
        self._engine = engine
        self._mark = mark
        self._relations: dict[tuple[str, frozenset[str]], Relation] = {}
        self._lent = 0

    @classmethod
    def open(cls, path: Path, *, engine: str = "duckdb") -> Lake:
        """Open the lake in the folder `path` (a missing folder is an empty lake) with the
        engine `duckdb` or `spark`. Raises Problem for a damaged manifest, an unknown
        engine or an engine that is not installed."""
        mark = locks.read_mark(path)
        try:
            return cls(path, manifest.read(path), _engine(engine), mark)
        except BaseException:
            if mark is not None:
                os.close(mark)
            raise

    @property
    def vintages(self) -> tuple[Vintage, ...]:
        """Every load, sorted by (published, loaded)."""
        return self.manifest.vintages

    def table(self, name: str) -> Relation:
        """Every row of every load of the table `name`, with the column `vintage`; an empty
        relation with the same types where there is none. Raises KeyError."""
        holders = {e.vintage.id for e in self.manifest.entries if name in e.tables}
        return self.rows(name, holders)

    def rows(self, name: str, vintages: Collection[str]) -> Relation:
        """The rows of these loads only: no other file is opened. Raises KeyError for a
        table that the catalogue does not have."""
        key = (name, frozenset(vintages))
        if key not in self._relations:
            entries = [e for e in self.manifest.entries if e.vintage.id in key[1]]
            root = self.path / TABLES_FOLDER / name
            self._relations[key] = self._engine.scan(
                TABLES[name], scans_of(self.path, name, entries), root
            )
        return self._relations[key]

    def run(self, relation: Relation) -> pa.Table:
        """Run a query and give its rows."""
        return self._engine.run(relation)

    def lend(self, table: pa.Table) -> Relation:
        """A small table to join with."""
        self._lent += 1
        return self._engine.lend(f"lent_{self._lent}", table)

    def close(self) -> None:
        """Let go of the engine, and of the files of removed loads."""
        self._engine.close()
        if self._mark is not None:
            os.close(self._mark)
            self._mark = None

    def __enter__(self) -> Lake:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def scans_of(lake: Path, name: str, entries: Iterable[Entry]) -> list[Scan]:
    """The files of the table `name` in these loads, those with equal columns together."""
    by_columns: dict[tuple[str, ...], list[Path]] = {}
    for entry in entries:
        if (stored := entry.tables.get(name)) is not None:
            files = by_columns.setdefault(stored.columns, [])
            files.extend(lake / file.path for file in stored.files)
    return [Scan(columns, tuple(files)) for columns, files in by_columns.items() if files]


def _engine(name: str) -> Engine:
    if name == "duckdb":
        return DuckDB()
    if name == "spark":
        return spark.Spark()
    raise Problem(f"There is no engine “{name}”.", remedy="Choose duckdb or spark.")
