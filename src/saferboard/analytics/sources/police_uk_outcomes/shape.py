"""Outcomes of crimes, from CSV files and from the API, where the crime lies inside the outcome."""

from __future__ import annotations

from functools import cache
from typing import Any

import pyarrow as pa

from saferboard.analytics.intake.answers import field, place_of
from saferboard.analytics.intake.street_level import Entry, StreetLevel, placed
from saferboard.vocabulary.data_file import data_file
from saferboard.vocabulary.period import Month

_API_FIELDS = (b'"person_id"', b'"crime"', b'"persistent_id"')


@cache
def positive() -> dict[str, bool]:
    """Every outcome that is known, and whether it is positive: the others are neither positive
    nor not."""
    data: dict[str, list[str]] = data_file(__package__, "labels.yaml")
    return {label: group == "positive" for group, labels in data.items() for label in labels}


def _row(entry: Entry, file: str, number: int) -> dict[str, Any]:
    category = entry.get("category")
    outcome = str(category.get("name") if isinstance(category, dict) else category)
    crime = entry.get("crime") or {}
    return {
        **placed(place_of(crime, file, number)),
        "crime_id": crime.get("persistent_id") or None,
        "month": Month.parse(str(field(entry, "date", file, number))).first_day,
        "outcome": outcome,
        "positive": positive().get(outcome),
    }


def _is_answer(head: bytes) -> bool:
    return all(name in head for name in _API_FIELDS)


_FILES = StreetLevel(
    kind="outcomes",
    dataset="outcomes",
    table="street_outcomes",
    label_column="Outcome type",
    labels=positive,
    meaning="positive",
    shown="outcome",
    what="outcome",
    row=_row,
    fields={"outcome": pa.string(), "positive": pa.bool_()},
    is_answer=_is_answer,
    more={},
)
recognise = _FILES.recognise
read = _FILES.read
