"""Stop and search from answers of the API: other field names, and only stops with a place."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pyarrow as pa

from saferboard.analytics.intake.answers import answer_list, field, place_of, unit_of
from saferboard.analytics.intake.force_loads import unknown_labels
from saferboard.analytics.intake.source import Desk, Load, Recognised
from saferboard.analytics.sources.police_uk_stops.words import LONDON, ethnicities, outcomes
from saferboard.analytics.store.vintage import LoadNote
from saferboard.vocabulary.period import Month
from saferboard.vocabulary.problem import Problem


def load(file: Recognised, desk: Desk) -> Load:
    """One answer of the API as one load. Raises Problem for an answer that is not a list of
    stops, with the number of the entry that is wrong."""
    name, unit = file.candidate.name, unit_of(file.candidate)
    entries = answer_list(file.candidate)
    desk.progress(0, len(entries), name)
    rows: list[dict[str, Any]] = []
    unknown: dict[str, dict[str, int]] = {"outcome": {}, "ethnic group": {}}
    for number, entry in enumerate(entries, start=1):
        at = _time(str(field(entry, "datetime", name, number)), name, number)
        day = at.astimezone(LONDON).date()
        place = place_of(entry, name, number)
        outcome, stated = _outcome(entry), entry.get("self_defined_ethnicity")
        _note(unknown["outcome"], outcome, outcomes())
        _note(unknown["ethnic group"], stated, ethnicities())
        rows.append(
            {
                "month": Month.of(day).first_day,
                "unit": unit,
                "at": at.astimezone(UTC).replace(tzinfo=None),
                "local_date": day,
                "type": entry.get("type"),
                "operation": entry.get("operation_name"),
                "longitude": place.longitude,
                "latitude": place.latitude,
                "gender": entry.get("gender"),
                "age_range": entry.get("age_range"),
                "ethnicity_self": ethnicities().get(stated, stated) if stated else None,
                "ethnicity_officer": entry.get("officer_defined_ethnicity"),
                "legislation": entry.get("legislation"),
                "object": entry.get("object_of_search"),
                "outcome": outcomes().get(outcome, outcome) if outcome else None,
                "outcome_label": outcome,
                "linked": entry.get("outcome_linked_to_object_of_search"),
                "stripped": entry.get("removal_of_more_than_outer_clothing"),
            }
        )
    placed = sum(row["longitude"] is not None for row in rows)
    notes = [
        LoadNote("remark", "An answer of the API: it covers what was asked for only."),
    ]
    if placed == len(rows):
        words = "The API leaves out stops without a place: this is not all of them."
        notes.append(LoadNote("not-placed", words))
    for what, counts in unknown.items():
        notes += unknown_labels(list(counts.items()), what)
    return Load(
        dataset="stops-api",
        generation="api",
        tables={"stop_searches": pa.Table.from_pylist(rows, schema=_SCHEMA)},
        coverage={unit: tuple(sorted({Month.of(row["month"]) for row in rows}))},
        files=(file,),
        rows={name: len(rows)},
        notes=tuple(notes),
    )


def _time(text: str, file: str, number: int) -> datetime:
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        at = None
    if at is None or at.tzinfo is None:
        raise Problem(
            f"“{text}” is not a time with a zone.",
            file=file,
            place=f"entry {number}",
            remedy="Keep the answer as it came from the API.",
        )
    return at


def _outcome(entry: Any) -> str | None:
    """The outcome's words: `outcome` is false where nothing was found, or words; the object
    beside it has the words as well."""
    within = entry.get("outcome_object")
    named = within.get("name") if isinstance(within, dict) else None
    said = entry.get("outcome")
    return named or (said if isinstance(said, str) and said else None)


def _note(counts: dict[str, int], label: str | None, known: dict[str, str]) -> None:
    if label and label not in known:
        counts[label] = counts.get(label, 0) + 1


_SCHEMA = pa.schema(
    [
        ("month", pa.date32()),
        ("unit", pa.string()),
        ("at", pa.timestamp("us")),
        ("local_date", pa.date32()),
        *((name, pa.string()) for name in ("type", "operation")),
        ("longitude", pa.float64()),
        ("latitude", pa.float64()),
        *(
            (name, pa.string())
            for name in (
                "gender",
                "age_range",
                "ethnicity_self",
                "ethnicity_officer",
                "legislation",
                "object",
                "outcome",
                "outcome_label",
            )
        ),
        ("linked", pa.bool_()),
        ("stripped", pa.bool_()),
    ]
)
