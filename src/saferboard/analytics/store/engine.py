"""What an engine does for the lake, and DuckDB doing it through Ibis."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from saferboard.analytics.store.columns import SQL, VINTAGE, ibis_schema, literal, quoted
from saferboard.analytics.store.relation import Relation
from saferboard.analytics.tables.column import LakeTable

if TYPE_CHECKING:
    import pyarrow as pa


@dataclass(frozen=True)
class Scan:
    """Parquet files that hold the same columns."""

    columns: tuple[str, ...]
    files: tuple[Path, ...]


class Engine(Protocol):
    """DuckDB or Spark: the same relations on either."""

    def scan(self, table: LakeTable, scans: Sequence[Scan], root: Path) -> Relation:
        """The rows of these files of `table` with the column `vintage`; `root` is the
        table's folder, below which folder names hold partition columns."""
        ...

    def run(self, relation: Relation) -> pa.Table:
        """Run a query."""
        ...

    def lend(self, name: str, table: pa.Table) -> Relation:
        """Make a small table known to the engine under `name`."""
        ...

    def close(self) -> None:
        """Let go of the engine."""
        ...


class DuckDB:
    """An in-memory DuckDB: the Parquet stays where it is. `con` is the engine's own connection,
    for SQL; `connection` is the same through Ibis."""

    def __init__(self, **config: Any) -> None:
        import duckdb  # slow to load: see relation.py

        self.con = duckdb.connect(config=config)
        # As Ibis sets it, so that a time is the same whether Ibis is there yet or not.
        self.con.execute("SET TimeZone = 'UTC'")
        self._views = 0

    @cached_property
    def connection(self) -> Any:
        """The connection through Ibis, which is loaded when it is first asked for: adding files
        that are written as they come does without."""
        import ibis

        return ibis.duckdb.from_connection(self.con)

    def scan(self, table: LakeTable, scans: Sequence[Scan], root: Path) -> Relation:
        """See Engine. Columns that a load was written without come back as null."""
        self._views += 1
        name = f"lake_{table.name}_{self._views}"
        parts = [self._select(table, scan) for scan in scans] or [_empty(table)]
        sql = f"CREATE TEMP VIEW {quoted(name)} AS " + " UNION ALL ".join(parts)
        self.con.execute(sql)
        return self.connection.table(name)

    def _select(self, table: LakeTable, scan: Scan) -> str:
        stored = set(scan.columns)
        shown = [
            quoted(column.name)
            if column.name in stored
            else f"CAST(NULL AS {SQL[column.type]}) AS {quoted(column.name)}"
            for column in table.columns
        ]
        hive = ["source", VINTAGE, *table.partition]
        types = ", ".join(f"{quoted(key)}: {hive_type(key)}" for key in hive)
        files = literal([str(file) for file in scan.files])
        return (
            f"SELECT {', '.join([*shown, VINTAGE])} FROM read_parquet({files}, "
            f"hive_partitioning=true, hive_types={{{types}}})"
        )

    def run(self, relation: Relation) -> pa.Table:
        """See Engine. Ibis's own `to_pyarrow` loads pandas first, which takes longer than
        most of our queries; only tables made by ibis.memtable need it."""
        from ibis.expr.operations import InMemoryTable

        if relation.op().find(InMemoryTable):
            return self.connection.to_pyarrow(relation)
        rows = self.con.sql(self.connection.compile(relation)).to_arrow_table()
        return rows.cast(relation.schema().to_pyarrow())

    def lend(self, name: str, table: pa.Table) -> Relation:
        """See Engine. The rows stay where they are: the engine reads Arrow."""
        self.con.register(name, table)
        return self.connection.table(name)

    def close(self) -> None:
        """See Engine."""
        self.con.close()


def hive_type(key: str) -> str:
    """Partition columns are text, but for the year."""
    return "BIGINT" if key == "year" else "VARCHAR"


def _empty(table: LakeTable) -> str:
    columns = [
        f"CAST(NULL AS {SQL[column.type]}) AS {quoted(column.name)}" for column in table.columns
    ]
    return f"SELECT {', '.join([*columns, f'CAST(NULL AS VARCHAR) AS {VINTAGE}'])} WHERE false"


def empty_arrow(table: LakeTable) -> pa.Table:
    """No rows of `table`, typed."""
    import ibis

    return ibis.schema(ibis_schema(table)).to_pyarrow().empty_table()
