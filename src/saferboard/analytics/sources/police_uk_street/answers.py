"""Street-level crime from answers of the API: other names for the same things."""

from __future__ import annotations

from typing import Any

import pyarrow as pa

from saferboard.analytics.intake.answers import answer_list, field, place_of, unit_of
from saferboard.analytics.intake.force_loads import unknown_labels
from saferboard.analytics.intake.source import Desk, Load, Recognised
from saferboard.analytics.sources.police_uk_street.rows import label_data
from saferboard.analytics.store.vintage import LoadNote
from saferboard.vocabulary.force import forces
from saferboard.vocabulary.period import Month

_TRANSPORT = "BTP"


def load(file: Recognised, desk: Desk) -> Load:
    """One answer of the API as one load. Raises Problem for an answer that is not a list of
    crimes, with the number of the entry that is wrong."""
    name, unit = file.candidate.name, unit_of(file.candidate)
    entries = answer_list(file.candidate)
    desk.progress(0, len(entries), name)
    labels, slugs = label_data()["labels"], label_data()["api"]
    rows: list[dict[str, Any]] = []
    unknown: dict[str, int] = {}
    for number, entry in enumerate(entries, start=1):
        slug = str(field(entry, "category", name, number))
        label = slugs.get(slug, slug)
        if label not in labels:
            unknown[label] = unknown.get(label, 0) + 1
        place = place_of(entry, name, number)
        transport = entry.get("location_type") == _TRANSPORT
        rows.append(
            {
                "crime_id": entry.get("persistent_id") or None,
                "month": Month.parse(str(field(entry, "month", name, number))).first_day,
                "unit": unit,
                "reported_by": forces()["btp"].name if transport else None,
                "longitude": place.longitude,
                "latitude": place.latitude,
                "location": place.street,
                "crime_type": labels.get(label),
                "crime_label": label,
                "last_outcome": (entry.get("outcome_status") or {}).get("category"),
            }
        )
    counted = [{"label": label, "rows": count} for label, count in unknown.items()]
    return Load(
        dataset="street-api",
        generation="api",
        tables={"street_crimes": pa.Table.from_pylist(rows, schema=_SCHEMA)},
        coverage={unit: tuple(sorted({Month.of(row["month"]) for row in rows}))},
        files=(file,),
        rows={name: len(rows)},
        notes=(
            LoadNote("remark", "An answer of the API: it covers the area that was asked for only."),
            *unknown_labels(counted, "category"),
        ),
    )


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
