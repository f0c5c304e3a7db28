"""Street-level crime, from CSV files and from the API."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

import pyarrow as pa

from saferboard.analytics.intake.answers import field, place_of
from saferboard.analytics.intake.street_level import Entry, StreetLevel, placed
from saferboard.vocabulary.data_file import data_file
from saferboard.vocabulary.force import forces
from saferboard.vocabulary.period import Month

_API_FIELDS = (b'"persistent_id"', b'"location_type"', b'"category"')
# The API's outcomes hold a crime inside; people stand only in them.
_NOT_OURS = b'"person_id"'
_TRANSPORT = "BTP"


@cache
def _label_data() -> dict[str, Any]:
    """The publisher's categories: `labels` of the CSV files to our keys, `api` to labels."""
    data: dict[str, Any] = data_file(__package__, "labels.yaml")
    return data


def _labels() -> Mapping[str, Any]:
    labels: dict[str, str] = _label_data()["labels"]
    return labels


def _row(entry: Entry, file: str, number: int) -> dict[str, Any]:
    slug = str(field(entry, "category", file, number))
    label = _label_data()["api"].get(slug, slug)
    transport = entry.get("location_type") == _TRANSPORT
    return {
        "crime_id": entry.get("persistent_id") or None,
        "month": Month.parse(str(field(entry, "month", file, number))).first_day,
        "reported_by": forces()["btp"].name if transport else None,
        **placed(place_of(entry, file, number)),
        "crime_type": _labels().get(label),
        "crime_label": label,
        "last_outcome": (entry.get("outcome_status") or {}).get("category"),
    }


def _is_answer(head: bytes) -> bool:
    return all(name in head for name in _API_FIELDS) and _NOT_OURS not in head


_FILES = StreetLevel(
    kind="street",
    dataset="street",
    table="street_crimes",
    label_column="Crime type",
    labels=_labels,
    meaning="crime_type",
    shown="crime_label",
    what="category",
    row=_row,
    fields={name: pa.string() for name in ("crime_type", "crime_label", "last_outcome")},
    is_answer=_is_answer,
    more={"last_outcome": "Last outcome category"},
    # Always empty in the publisher's files; derived files leave it out.
    passed_over=("Context",),
)
recognise = _FILES.recognise
read = _FILES.read
