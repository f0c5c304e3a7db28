"""Rows scanned from many files at once: which file each came from, and what each file holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from saferboard.analytics.store.relation import Relation

if TYPE_CHECKING:
    import ibis
    import pyarrow as pa

PATH = "path"
FILE = "file"
# The British Isles and the waters around them, in degrees (WGS84): a point outside is a mistake
# (latitude and longitude swapped, metres instead of degrees), not a place.
_WEST, _EAST, _SOUTH, _NORTH = -11.0, 4.0, 48.5, 62.0


@dataclass(frozen=True)
class FileFacts:
    """What is known of a file before it is read: its number, where it lies, and the unit and
    the month that its name gives, if it gives any."""

    file: int
    path: Path
    unit: str | None
    month: date | None


@dataclass(frozen=True)
class FileSummary:
    """What one file holds for one unit and month: `rows`, of them `placed` (with a point),
    `off_map` (a point that is none, or half of one). `month` is None where it is no month."""

    file: int
    unit: str | None
    month: date | None
    rows: int
    placed: int
    off_map: int


def facts_table(facts: Sequence[FileFacts]) -> pa.Table:
    """The facts as a table to join with: path, file, named_unit, named_month."""
    import pyarrow as pa  # slow to load: see relation.py

    return pa.table(
        {
            PATH: pa.array([str(one.path) for one in facts], pa.string()),
            FILE: pa.array([one.file for one in facts], pa.int32()),
            "named_unit": pa.array([one.unit for one in facts], pa.string()),
            "named_month": pa.array([one.month for one in facts], pa.date32()),
        }
    )


def with_facts(rows: Relation, facts: Relation) -> Relation:
    """`rows` (with the column `path`) and the facts of the file that each row lies in."""
    return rows.join(facts, PATH).drop(PATH)


def month_of(text: ibis.Value) -> ibis.Value:
    """`2022-01` as the first day of that month; null for anything else."""
    return text.concat("-01").try_cast("date")


def summary(rows: Relation) -> Relation:
    """For each file, unit and month of `rows` (columns file, unit, month, longitude, latitude):
    see FileSummary, which `summaries` makes of the result."""
    lon, lat = rows["longitude"], rows["latitude"]
    on_map = lon.between(_WEST, _EAST) & lat.between(_SOUTH, _NORTH)
    absent = lon.isnull() & lat.isnull()
    return rows.group_by([FILE, "unit", "month"]).aggregate(
        rows=rows.count(),
        placed=lon.count(),
        off_map=(~(absent | on_map.fill_null(False))).sum(),
    )


def off_map_sql(longitude: str, latitude: str) -> str:
    """The same test of a point as SQL, on two columns."""
    return (
        f"NOT (({longitude} IS NULL AND {latitude} IS NULL) OR coalesce("
        f"{longitude} BETWEEN {_WEST} AND {_EAST} AND {latitude} BETWEEN {_SOUTH} AND {_NORTH}, "
        "false))"
    )


def summaries(table: pa.Table) -> tuple[FileSummary, ...]:
    """The answer of `summary`, in the order of the files."""
    found = [FileSummary(**{**row, "off_map": int(row["off_map"])}) for row in table.to_pylist()]
    return tuple(sorted(found, key=lambda one: (one.file, one.unit or "", str(one.month))))


def is_off_map(longitude: str, latitude: str) -> bool:
    """The same test on the cells of one row, to find its line."""
    if not longitude and not latitude:
        return False
    try:
        lon, lat = float(longitude), float(latitude)
    except ValueError:
        return True
    return not (_WEST <= lon <= _EAST and _SOUTH <= lat <= _NORTH)
