"""The desk at which a source reads: DuckDB over the files that a user gave, and the lake."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from saferboard.analytics.store.columns import literal, quoted
from saferboard.analytics.store.engine import DuckDB
from saferboard.analytics.store.lake import TABLES_FOLDER, scans_of
from saferboard.analytics.store.manifest import Entry, Manifest
from saferboard.analytics.store.relation import Relation
from saferboard.analytics.store.staging import HELD
from saferboard.analytics.store.straight import Arrangement, CsvFile, Straight, write_straight
from saferboard.analytics.tables.catalogue import TABLES

if TYPE_CHECKING:
    import pyarrow as pa

Progress = Callable[[int, int, str], None]


class WriterDesk:
    """Implements intake's Desk on the writer's own connection."""

    def __init__(
        self,
        lake: Path,
        staging: Path,
        engine: DuckDB,
        held: Callable[[], Manifest],
        progress: Progress,
    ) -> None:
        self._lake = lake
        self.staging = staging
        self._engine = engine
        self._held = held
        self._progress = progress
        self._names = 0
        self._held_rows: list[str] = []
        self._lent: list[str] = []

    def csv(self, paths: Sequence[Path], **options: object) -> Relation:
        """Scan CSV files. `options` are those of DuckDB's read_csv: `columns` (name to SQL
        type, for files whose header is known: fastest, nothing is guessed), `types`,
        `delim`, `encoding` ("utf-16", "latin-1"), `skip`, `nullstr`, `filename` …
        Without `columns` every column is text unless `types` says otherwise."""
        said: dict[str, object] = {"header": True, "delim": ",", "quote": '"', "escape": '"'}
        if "columns" in options:
            said["auto_detect"] = False
        else:
            said["all_varchar"] = True
        said |= options
        types = said.get("types")
        if types and "columns" not in said:
            # all_varchar would overrule `types`; sniffing every row keeps text as text.
            said.pop("all_varchar")
            said["auto_type_candidates"] = ["VARCHAR"]
        listed = ", ".join(f"{key}={literal(value)}" for key, value in said.items())
        return self._view("csv", f"read_csv({literal([str(p) for p in paths])}, {listed})")

    def parquet(self, paths: Sequence[Path]) -> Relation:
        """Scan Parquet files that hold the same columns."""
        return self._view("parquet", f"read_parquet({literal([str(p) for p in paths])})")

    def hold(self, relation: Relation) -> Relation:
        """Run a relation once and keep its rows (on disk, where they are many)."""
        name = f"{HELD}{self._name('rows')}"
        self._held_rows.append(name)
        return self._engine.connection.create_table(name, relation)

    def straight(self, table: str, files: Sequence[CsvFile], how: Arrangement) -> Straight | None:
        """Write files as they come and say what they hold; see intake's Desk."""
        folder = self.staging / self._name("straight")
        return write_straight(self._engine, table, files, how, folder)

    def run(self, relation: Relation) -> pa.Table:
        """The rows of a relation, for small answers."""
        return self._engine.run(relation)

    def table(self, data: pa.Table) -> Relation:
        """Lend a pyarrow table to the connection."""
        self._lent.append(self._name("lent"))
        return self._engine.lend(self._lent[-1], data)

    def lake(self, name: str) -> Relation | None:
        """The newest load of each source and data set that fills the table `name`, or None."""
        newest: dict[tuple[str, str], Entry] = {}
        for entry in self._held().entries:  # in order of publication: the last one stands
            if name in entry.tables:
                newest[(entry.vintage.source, entry.vintage.dataset)] = entry
        if not newest:
            return None
        scans = scans_of(self._lake, name, newest.values())
        return self._engine.scan(TABLES[name], scans, self._lake / TABLES_FOLDER / name)

    def progress(self, done: int, total: int, words: str) -> None:
        """Pass on how far a long read has come."""
        self._progress(done, total, words)

    def clear(self) -> None:
        """Let go of the rows that were held or lent for a source."""
        for name in self._held_rows:
            self._engine.con.execute(f"DROP TABLE IF EXISTS {quoted(name)}")
        for name in self._lent:
            self._engine.con.unregister(name)
        self._held_rows.clear()
        self._lent.clear()

    def _view(self, kind: str, scan: str) -> Relation:
        name = self._name(kind)
        self._engine.con.execute(f"CREATE TEMP VIEW {quoted(name)} AS FROM {scan}")
        return self._engine.connection.table(name)

    def _name(self, kind: str) -> str:
        self._names += 1
        return f"desk_{kind}_{self._names}"
