"""Street-level crime from CSV files: one scan over all of them, in the columns of the lake."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib import resources
from typing import Any

import ibis
import pyarrow as pa
import yaml

from saferboard.analytics.intake.force_loads import ForceFiles, unknown_labels
from saferboard.analytics.intake.source import Desk, Recognised
from saferboard.analytics.store.file_rows import FILE, PATH, facts_table, month_of, with_facts
from saferboard.analytics.store.relation import Relation
from saferboard.analytics.store.vintage import LoadNote
from saferboard.vocabulary.force import forces

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


def scan(files: Sequence[Recognised], desk: Desk) -> Relation:
    """All files as one relation in the columns of `street_crimes`, with the file's number."""
    by_header: dict[str, list[Recognised]] = {}
    for file in files:
        by_header.setdefault(file.shape.facts["header"], []).append(file)
    scans = [_scan(header.split("\t"), found, desk) for header, found in by_header.items()]
    together = ibis.union(*scans) if len(scans) > 1 else scans[0]
    raw = with_facts(together, desk.table(facts_table(FORCE_FILES.facts(files))))
    labels, names = desk.table(_labels()), desk.table(_names())
    rows = raw.left_join(labels, raw["Crime type"] == labels["label"])
    rows = rows.left_join(names, rows["Reported by"] == names["printed"])
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
    kind="street",
    dataset="street",
    table="street_crimes",
    scan=scan,
    inspect=inspect,
    month_column="Month",
)


def _scan(header: Sequence[str], files: Sequence[Recognised], desk: Desk) -> Relation:
    columns = {name: COLUMNS.get(name, "VARCHAR") for name in header}
    paths = [file.candidate.path for file in files]
    return desk.csv(paths, columns=columns, filename=PATH).select(*COLUMNS, PATH)


def _labels() -> pa.Table:
    labels = label_data()["labels"]
    return pa.table({"label": list(labels), "offence": list(labels.values())})


def _names() -> pa.Table:
    found = list(forces().values())
    return pa.table({"printed": [one.name for one in found], "slug": [one.slug for one in found]})


@cache
def label_data() -> dict[str, Any]:
    """The publisher's categories: `labels` of the CSV files to our keys, `api` to labels."""
    text = resources.files(__package__).joinpath("labels.yaml").read_text("utf-8")
    data: dict[str, Any] = yaml.safe_load(text)
    return data
