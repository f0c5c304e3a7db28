"""Outcomes from answers of the API: the crime lies inside the outcome."""

from __future__ import annotations

from typing import Any

import pyarrow as pa

from saferboard.analytics.intake.answers import answer_list, field, place_of, unit_of
from saferboard.analytics.intake.force_loads import unknown_labels
from saferboard.analytics.intake.source import Desk, Load, Recognised
from saferboard.analytics.sources.police_uk_outcomes.rows import positive
from saferboard.analytics.store.vintage import LoadNote
from saferboard.vocabulary.period import Month


def load(file: Recognised, desk: Desk) -> Load:
    """One answer of the API as one load. Raises Problem for an answer that is not a list of
    outcomes, with the number of the entry that is wrong."""
    name, unit = file.candidate.name, unit_of(file.candidate)
    entries = answer_list(file.candidate)
    desk.progress(0, len(entries), name)
    rows: list[dict[str, Any]] = []
    unknown: dict[str, int] = {}
    for number, entry in enumerate(entries, start=1):
        category = entry.get("category")
        outcome = category.get("name") if isinstance(category, dict) else category
        crime = entry.get("crime") or {}
        if outcome not in positive():
            unknown[str(outcome)] = unknown.get(str(outcome), 0) + 1
        place = place_of(crime, name, number)
        rows.append(
            {
                "crime_id": crime.get("persistent_id") or None,
                "month": Month.parse(str(field(entry, "date", name, number))).first_day,
                "unit": unit,
                "longitude": place.longitude,
                "latitude": place.latitude,
                "location": place.street,
                "outcome": str(outcome),
                "positive": positive().get(str(outcome)),
            }
        )
    counted = [{"label": label, "rows": count} for label, count in unknown.items()]
    return Load(
        dataset="outcomes-api",
        generation="api",
        tables={"street_outcomes": pa.Table.from_pylist(rows, schema=_SCHEMA)},
        coverage={unit: tuple(sorted({Month.of(row["month"]) for row in rows}))},
        files=(file,),
        rows={name: len(rows)},
        notes=(
            LoadNote("remark", "An answer of the API: it covers the area that was asked for only."),
            *unknown_labels(counted, "outcome"),
        ),
    )


_SCHEMA = pa.schema(
    [
        ("crime_id", pa.string()),
        ("month", pa.date32()),
        ("unit", pa.string()),
        ("longitude", pa.float64()),
        ("latitude", pa.float64()),
        ("location", pa.string()),
        ("outcome", pa.string()),
        ("positive", pa.bool_()),
    ]
)
