"""The same relations on PySpark, for lakes past one machine. Needs the extra `spark`."""

from __future__ import annotations

import importlib.util
import os
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from saferboard.analytics.store.columns import IBIS, VINTAGE, ibis_schema
from saferboard.analytics.store.engine import Scan
from saferboard.analytics.store.relation import Relation
from saferboard.analytics.tables.column import LakeTable
from saferboard.vocabulary.problem import Problem

if TYPE_CHECKING:
    import pyarrow as pa


class Spark:
    """Spark in local mode, or the session that the surroundings have configured
    (`SPARK_REMOTE`, `spark-submit`)."""

    def __init__(self) -> None:
        if importlib.util.find_spec("pyspark") is None:
            raise Problem(
                "The engine “spark” is not installed.",
                remedy="Install it with: pip install 'saferboard[spark]' (it needs Java 17).",
            )
        if not os.environ.get("SPARK_REMOTE") and not _has_java():
            raise Problem(
                "The engine “spark” needs Java, and there is none on this machine.",
                remedy="Install Java 17 or newer, or name a Spark server in SPARK_REMOTE.",
            )
        import ibis

        self._session = _session()
        self.connection = ibis.pyspark.connect(self._session)
        self._views = 0

    def scan(self, table: LakeTable, scans: Sequence[Scan], root: Path) -> Relation:
        """See Engine."""
        self._views += 1
        name = f"lake_{table.name}_{self._views}"
        frame = None
        for scan in scans:
            files = [str(file) for file in scan.files]
            rows = self._session.read.option("basePath", str(root)).parquet(*files)
            rows = rows.selectExpr(*_columns(table, scan))
            frame = rows if frame is None else frame.unionAll(rows)
        if frame is None:
            import ibis

            return self.lend(name, ibis.schema(ibis_schema(table)).to_pyarrow().empty_table())
        frame.createOrReplaceTempView(name)
        return self.connection.table(name)

    def run(self, relation: Relation) -> pa.Table:
        """See Engine."""
        return self.connection.to_pyarrow(relation)

    def lend(self, name: str, table: pa.Table) -> Relation:
        """See Engine."""
        frame = self._session.createDataFrame(table)
        frame.createOrReplaceTempView(name)
        return self.connection.table(name)

    def close(self) -> None:
        """See Engine."""
        self.connection.disconnect()


_SPARK_TYPES = {
    "string": "STRING",
    "int64": "BIGINT",
    "float64": "DOUBLE",
    "date": "DATE",
    "timestamp": "TIMESTAMP_NTZ",
    "boolean": "BOOLEAN",
    "binary": "BINARY",
}


def _columns(table: LakeTable, scan: Scan) -> list[str]:
    stored = set(scan.columns)
    shown = [
        f"CAST({column.name if column.name in stored else 'NULL'} "
        f"AS {_SPARK_TYPES[IBIS[column.type]]}) AS {column.name}"
        for column in table.columns
    ]
    return [*shown, f"CAST({VINTAGE} AS STRING) AS {VINTAGE}"]


def _has_java() -> bool:
    home = os.environ.get("JAVA_HOME")
    return bool(shutil.which("java") or (home and (Path(home) / "bin" / "java").exists()))


def _session() -> Any:
    from pyspark.sql import SparkSession  # an extra: absent from the base install

    return (
        SparkSession.builder.appName("saferboard")
        .config("spark.sql.session.timeZone", "UTC")
        # Folder names such as unit=… are text even where they look like numbers.
        .config("spark.sql.sources.partitionColumnTypeInference.enabled", "false")
        .config("spark.ui.enabled", "false")
        .config("spark.ui.showConsoleProgress", "false")
        .getOrCreate()
    )
