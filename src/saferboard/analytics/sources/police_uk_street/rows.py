"""Street-level crime from CSV files: one scan over all of them, in the columns of the lake."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

import ibis
import pyarrow as pa

from saferboard.analytics.intake.force_loads import ForceFiles, unknown_labels
from saferboard.analytics.intake.source import Desk, Recognised
from saferboard.analytics.store.file_rows import FILE, month_of
from saferboard.analytics.store.relation import Relation
from saferboard.analytics.store.vintage import LoadNote
from saferboard.vocabulary.data_file import data_file

KIND = "street"
COLUMNS = {
    "Crime ID": "VARCHAR",
    "Month": "VARCHAR",
    "Reported by": "VARCHAR",
    "Falls within": "VARCHAR",
    "Longitude": "DOUBLE",
    "Latitude": "DOUBLE",
    "Location": "VARCHAR",
    "LSOA code": "VARCHAR",
    "LSOA name": "VARCHAR",
    "Crime type": "VARCHAR",
    "Last outcome category": "VARCHAR",
}
# Always empty in the publisher's files; derived files leave it out.
PASSED_OVER = ("Context",)


def arrange(raw: Relation, desk: Desk) -> Relation:
    """Raw rows in the columns of `street_crimes`."""
    labels = desk.table(_labels())
    rows = raw.left_join(labels, raw["Crime type"] == labels["label"])
    return rows.select(
        rows[FILE],
        crime_id=rows["Crime ID"],
        month=month_of(rows["Month"]),
        unit=ibis.coalesce(rows["named_unit"], rows["slug"]),
        reported_by=rows["Reported by"],
        falls_within=rows["Falls within"],
        longitude=rows["Longitude"],
        latitude=rows["Latitude"],
        location=rows["Location"],
        lsoa_code=rows["LSOA code"],
        lsoa_name=rows["LSOA name"],
        crime_type=rows["offence"],
        crime_label=rows["Crime type"],
        last_outcome=rows["Last outcome category"],
    )


def inspect(held: Relation, files: Sequence[Recognised], desk: Desk) -> Sequence[LoadNote]:
    """Categories that are not known, with their totals."""
    strange = held.filter(held["crime_type"].isnull())
    counted = strange.group_by(label="crime_label").aggregate(rows=strange.count())
    return unknown_labels(desk.run(counted).to_pylist(), "category")


FORCE_FILES = ForceFiles(
    kind=KIND,
    dataset="street",
    table="street_crimes",
    columns=COLUMNS,
    arrange=arrange,
    inspect=inspect,
    month_column="Month",
    force_columns=("Reported by", "Falls within"),
)


def _labels() -> pa.Table:
    labels = label_data()["labels"]
    return pa.table({"label": list(labels), "offence": list(labels.values())})


@cache
def label_data() -> dict[str, Any]:
    """The publisher's categories: `labels` of the CSV files to our keys, `api` to labels."""
    data: dict[str, Any] = data_file(__package__, "labels.yaml")
    return data
