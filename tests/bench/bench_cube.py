"""A national cube: 20 million made-up street rows counted by LSOA, month and type; through the
lake and Ibis, by bare DuckDB SQL, by pandas and by Polars, all from the same Parquet."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from saferboard.analytics.store.lake import Lake
from saferboard.analytics.store.writer import writing
from saferboard.analytics.tables.catalogue import STREET_CRIMES
from tests.bench.machine import interleaved, timed
from tests.bench.report import Report
from tests.made_vintages import span, vintage

# The issue asks for 20 million; a smaller machine may ask for fewer.
_ROWS = int(os.environ.get("SAFERBOARD_BENCH_ROWS", 20_000_000))
_FORCES = 43
_LSOAS = 35_672  # of England and Wales, 2021
_TYPES = 14
_ROUNDS = 5
_BY = ["lsoa_code", "month", "crime_type"]
_AIM = "within 1.1 times bare DuckDB, ahead of pandas"


def run(report: Report, rows: int = _ROWS) -> None:
    """Median of five, in turns, after checking that all four count the same."""
    report.section(f"National cube: {rows:,} street rows by LSOA, month and type")
    folder = Path(tempfile.mkdtemp(prefix="saferboard-cube-"))
    try:
        lake = folder / "lake"
        make(lake, rows)
        files = sorted(str(path) for path in lake.rglob("*.parquet"))
        works: dict[str, Callable[[], int]] = {
            "bare DuckDB": lambda: by_duckdb(files),
            "saferboard (lake and Ibis)": lambda: by_lake(lake),
            "Polars": lambda: by_polars(files),
            "pandas": lambda: by_pandas(files),
        }
        cells = {name: work() for name, work in works.items()}
        if len(set(cells.values())) > 1:
            raise AssertionError(f"the tools count differently: {cells}")
        seconds = interleaved(
            [lambda work=work: timed(work) for work in works.values()],  # type: ignore[misc]
            _ROUNDS,
        )
    finally:
        shutil.rmtree(folder)
    bare = seconds[0]
    for name, took in zip(works, seconds, strict=True):
        aim = _AIM if name.startswith("saferboard") else ""
        report.add(name, took, against=("bare DuckDB", bare) if took != bare else None, aim=aim)


def by_lake(lake: Path) -> int:
    """Our path, from opening the lake to rows in Arrow; the number of cells."""
    with Lake.open(lake) as opened:
        rows = opened.table("street_crimes")
        return opened.run(rows.group_by(_BY).aggregate(n=rows.count())).num_rows


def by_duckdb(files: list[str]) -> int:
    """SQL on the files, from connecting to rows in Arrow."""
    with duckdb.connect() as connection:
        sql = f"SELECT {', '.join(_BY)}, count(*) AS n FROM read_parquet({files!r}) GROUP BY ALL"
        return int(connection.sql(sql).to_arrow_table().num_rows)


def by_polars(files: list[str]) -> int:
    """A lazy scan."""
    return pl.scan_parquet(files).group_by(_BY).agg(n=pl.len()).collect().height


def by_pandas(files: list[str]) -> int:
    """The columns that are needed, as categories, then a count."""
    frame = pd.concat([pd.read_parquet(file, columns=_BY) for file in files], ignore_index=True)
    return len(frame.groupby(_BY, observed=True).size())


def make(lake: Path, rows: int) -> None:
    """A lake of `rows` rows over 43 forces and three years: counts by place are uneven, as
    crime is. Written a force at a time, so that little memory is needed."""
    draw = np.random.default_rng(1)
    months = span("2021-01", "2023-12")
    days = pa.array([month.first_day for month in months])
    types = pa.array([f"type-{number:02d}" for number in range(_TYPES)])
    source = lake.parent / "raw"
    source.mkdir()
    each, places = rows // _FORCES, _LSOAS // _FORCES
    for force in range(_FORCES):
        size = each if force else rows - each * (_FORCES - 1)
        codes = pa.array([f"E01{force * places + n:06d}" for n in range(places)])
        where = (draw.beta(1.2, 3.0, size) * places).astype(np.int32)
        chosen = {
            "unit": pa.array([f"force-{force:02d}"]).take(pa.array(np.zeros(size, np.int32))),
            "month": days.take(pa.array(draw.integers(0, len(months), size, np.int32))),
            "lsoa_code": codes.take(pa.array(where)),
            "crime_type": types.take(pa.array(draw.integers(0, _TYPES, size, np.int32))),
            "longitude": pa.array(draw.uniform(-3, 1, size)),
            "latitude": pa.array(draw.uniform(50, 55, size)),
        }
        pq.write_table(pa.table(chosen), source / f"{force:02d}.parquet")
    with writing(lake) as writer:
        load = vintage("national", {f"force-{n:02d}": months for n in range(_FORCES)})
        rows_of = writer.desk.parquet(sorted(source.glob("*.parquet")))
        writer.publish([writer.stage(load, {STREET_CRIMES.name: rows_of})])
    shutil.rmtree(source)
