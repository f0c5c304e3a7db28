"""Outcomes from CSV files: one scan over all of them, in the columns of the lake."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import ibis
import pyarrow as pa

from saferboard.analytics.intake.force_loads import ForceFiles, unknown_labels
from saferboard.analytics.intake.source import Desk, Recognised
from saferboard.analytics.store.file_rows import FILE, month_of
from saferboard.analytics.store.relation import Relation
from saferboard.analytics.store.vintage import LoadNote
from saferboard.vocabulary.data_file import data_file

KIND = "outcomes"
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
    "Outcome type": "VARCHAR",
}


def arrange(raw: Relation, desk: Desk) -> Relation:
    """Raw rows in the columns of `street_outcomes`."""
    labels = desk.table(_labels())
    rows = raw.left_join(labels, raw["Outcome type"] == labels["label"])
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
        outcome=rows["Outcome type"],
        positive=rows["is_positive"],
    )


def inspect(held: Relation, files: Sequence[Recognised], desk: Desk) -> Sequence[LoadNote]:
    """Outcomes that are not known, with their totals: they are neither positive nor not."""
    strange = held.filter(held["positive"].isnull())
    counted = strange.group_by(label="outcome").aggregate(rows=strange.count())
    return unknown_labels(desk.run(counted).to_pylist(), "outcome")


FORCE_FILES = ForceFiles(
    kind=KIND,
    dataset="outcomes",
    table="street_outcomes",
    columns=COLUMNS,
    arrange=arrange,
    inspect=inspect,
    month_column="Month",
    force_columns=("Reported by", "Falls within"),
)


@cache
def positive() -> dict[str, bool]:
    """Every outcome that is known, and whether it is positive."""
    data: dict[str, list[str]] = data_file(__package__, "labels.yaml")
    return {label: group == "positive" for group, labels in data.items() for label in labels}


def _labels() -> pa.Table:
    known = positive()
    return pa.table({"label": list(known), "is_positive": list(known.values())})
