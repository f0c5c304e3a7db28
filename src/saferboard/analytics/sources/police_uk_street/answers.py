"""Street-level crime from answers of the API: other names for the same things."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pyarrow as pa

from saferboard.analytics.intake.answers import API_UNIT, Place, answer_list, field, place_of
from saferboard.analytics.intake.force_loads import unknown_labels
from saferboard.analytics.intake.source import Desk, Load, Recognised
from saferboard.analytics.sources.police_uk_street.rows import label_data
from saferboard.analytics.store.vintage import LoadNote
from saferboard.vocabulary.force import forces
from saferboard.vocabulary.period import Month

_TRANSPORT = {"BTP": "btp"}


def load(file: Recognised, desk: Desk) -> Load:
    """One answer of the API as one load. Raises Problem for an answer that is not a list of
    crimes, with the number of the entry that is wrong."""
    entries = answer_list(file.candidate)
    desk.progress(0, len(entries), file.candidate.name)
    labels, slugs = label_data()["labels"], label_data()["api"]
    rows: list[dict[str, Any]] = []
    unknown: dict[str, int] = {}
    for number, entry in enumerate(entries, start=1):
        slug = str(field(entry, "category", file.candidate.name, number))
        label = slugs.get(slug, slug)
        if label not in labels:
            unknown[label] = unknown.get(label, 0) + 1
        month = Month.parse(str(field(entry, "month", file.candidate.name, number)))
        place = place_of(entry, file.candidate.name, number)
        rows.append(_row(entry, place, month, label, labels.get(label)))
    months = tuple(sorted({Month.of(row["month"]) for row in rows}))
    counted = [{"label": label, "rows": count} for label, count in unknown.items()]
    return Load(
        dataset="street-api",
        generation="api",
        tables={"street_crimes": pa.Table.from_pylist(rows, schema=_SCHEMA)},
        coverage={API_UNIT: months},
        files=(file,),
        rows={file.candidate.name: len(rows)},
        notes=(
            LoadNote("remark", "An answer of the API: it covers the area that was asked for only."),
            *unknown_labels(counted, "category"),
        ),
    )


def _row(
    entry: Mapping[str, Any], place: Place, month: Month, label: str, offence: str | None
) -> dict[str, Any]:
    force = forces().get(_TRANSPORT.get(str(entry.get("location_type")), ""))
    return {
        "crime_id": entry.get("persistent_id") or None,
        "month": month.first_day,
        "unit": API_UNIT,
        "reported_by": force.name if force else None,
        "longitude": place.longitude,
        "latitude": place.latitude,
        "location": place.street,
        "crime_type": offence,
        "crime_label": label,
        "last_outcome": (entry.get("outcome_status") or {}).get("category"),
    }


_SCHEMA = pa.schema(
    [
        ("crime_id", pa.string()),
        ("month", pa.date32()),
        ("unit", pa.string()),
        ("reported_by", pa.string()),
        ("longitude", pa.float64()),
        ("latitude", pa.float64()),
        ("location", pa.string()),
        ("crime_type", pa.string()),
        ("crime_label", pa.string()),
        ("last_outcome", pa.string()),
    ]
)
