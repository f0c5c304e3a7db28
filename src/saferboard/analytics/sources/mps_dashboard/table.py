"""The long form of the dashboard turned into rows of `recorded_offences`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from saferboard.analytics.intake.area_names import Gazetteer, Place
from saferboard.analytics.intake.columns import day, distinct, row_numbers
from saferboard.analytics.intake.forms import Cells, Form
from saferboard.analytics.intake.offence_labels import offence_of, plain
from saferboard.analytics.intake.wide import named_ward_notes, unknown_area_notes
from saferboard.analytics.store.vintage import LoadNote
from saferboard.vocabulary.data_file import data_file
from saferboard.vocabulary.period import Month
from saferboard.vocabulary.problem import Problem

UNIT = "metropolitan"
_AREA = ("area_type", "borough", "name", "code")
_KEY = (*_AREA, "major", "minor", "measure")


@dataclass(frozen=True)
class Dashboard:
    """A whole file: rows of `recorded_offences`, the day on which each was refreshed (null
    where the file does not say), the months it covers, and notes on areas and words."""

    table: pa.Table
    refreshed: pa.Array
    months: tuple[Month, ...]
    notes: tuple[LoadNote, ...]


@cache
def words() -> dict[str, Any]:
    """The meanings of words in the cells (words.yaml)."""
    meanings: dict[str, Any] = data_file(__package__, "words.yaml")
    return meanings


def refresh_column() -> Form:
    """The column that says when a row was refreshed; older files have none."""
    return {"refresh": frozenset(plain(name) for name in words()["refresh"])}


def recorded(cells: Cells, names: Gazetteer) -> Dashboard:
    """The rows of a file. Raises Problem for a cell that is no month, date or count, and for
    two rows on one thing of one refresh."""
    months, counts = cells.months("month"), cells.counts("count")
    refreshed = (
        cells.each("refresh", lambda cell: day(cell) if cell else None, pa.date32())
        if "refresh" in cells.columns
        else pa.nulls(len(cells), pa.date32())
    )
    keep, overlap = _latest(cells, months, refreshed)
    notes = [overlap] if overlap else []
    area_keys, area_of = distinct([cells[role] for role in _AREA])
    places = [_place(names, *key) for key in area_keys]
    label_keys, label_of = distinct([cells["major"], cells["minor"]])
    offences = [offence_of(*key) for key in label_keys]
    notes += _area_notes(places, area_of, counts.to_numpy())

    def spread(values: list[str | None], of: NDArray[np.int64]) -> pa.Array:
        return pa.array(values, pa.string()).take(pa.array(of))

    table = pa.table(
        {
            "unit": spread([UNIT], np.zeros(len(cells), dtype=np.int64)),
            "area_kind": spread([place.kind for place in places], area_of),
            "area_code": spread([place.code for place in places], area_of),
            "area_name": spread([place.name for place in places], area_of),
            "within": spread([place.within for place in places], area_of),
            "month": months,
            "counted": cells.each("measure", _counted, pa.string()),
            "offence": spread(offences, label_of),
            "major": spread([key[0] for key in label_keys], label_of),
            "minor": spread([key[1] for key in label_keys], label_of),
            "count": counts,
        }
    )
    covered, gaps = _months(months)
    return Dashboard(
        table if keep is None else table.filter(pa.array(keep)),
        refreshed if keep is None else refreshed.filter(pa.array(keep)),
        covered,
        tuple(notes + gaps),
    )


def _counted(cell: str | None) -> str:
    for meaning, printed in words()["measures"].items():
        if plain(cell) in {plain(one) for one in printed}:
            return str(meaning)
    raise ValueError(f"“{cell or ''}” is neither offences nor positive outcomes.")


def _place(
    names: Gazetteer, area_type: str | None, borough: str | None, name: str | None, code: str | None
) -> Place:
    types = {plain(one): kind for kind, all_ in words()["area_types"].items() for one in all_}
    if types.get(plain(area_type)) == "ward":
        # “Barnet Edgware”: the borough's name stands before the ward's (quirk 14).
        printed = (borough or "").removesuffix(name or "").strip()
        return names.ward(code, name or borough, names.authority(printed))
    if types.get(plain(area_type)) == "authority":
        place = names.authority(code)
        return place if place.code else names.authority(name or borough)
    return Place("other", None, name or borough or "Unknown", known=False)


def _latest(
    cells: Cells, months: pa.Array, refreshed: pa.Array
) -> tuple[NDArray[np.bool_] | None, LoadNote | None]:
    """Which rows stand: of several refreshes of one thing the latest. None for all of them."""
    key = row_numbers([months, *(cells[role] for role in _KEY)])
    if len(np.unique(key)) == len(key):
        return None, None
    days = refreshed.cast(pa.int32()).fill_null(0).to_numpy(zero_copy_only=False)
    order = np.lexsort((days, key))
    same = (key[order][1:] == key[order][:-1]) & (days[order][1:] == days[order][:-1])
    if same.any():
        first = int(np.flatnonzero(same)[0])
        rows = sorted((int(order[first]), int(order[first + 1])))
        raise Problem(
            f"The row is about the same area, month and label as {cells.header.place(rows[0])}.",
            file=cells.file,
            place=cells.header.place(rows[1]),
            remedy="Two files were pasted together: add the publisher's own files instead.",
        )
    last = np.append(key[order][1:] != key[order][:-1], True)
    keep = np.zeros(len(key), dtype=np.bool_)
    keep[order[last]] = True
    older = int((~keep).sum())
    note = f"{older:,} rows of an earlier refresh stand in the file beside later ones: left out."
    return keep, LoadNote("overlap", note, float(older))


def _months(months: pa.Array) -> tuple[tuple[Month, ...], list[LoadNote]]:
    found = sorted(Month.of(day_) for day_ in pc.unique(months).to_pylist())
    every = range(found[0].ordinal, found[-1].ordinal + 1)
    absent = sorted(set(every) - {one.ordinal for one in found})
    notes = [
        LoadNote("missing-month", f"{Month.from_ordinal(one).label()} is not in the file.")
        for one in absent
    ]
    return tuple(found), notes


def _area_notes(
    places: list[Place], area_of: NDArray[np.int64], counts: NDArray[np.int64]
) -> list[LoadNote]:
    sums = np.bincount(area_of, weights=counts, minlength=len(places))
    unknown: dict[str, float] = {}
    for place, total in zip(places, sums, strict=True):
        if not place.known:
            unknown[place.name] = unknown.get(place.name, 0.0) + float(total)
    return [*unknown_area_notes(unknown), *named_ward_notes(places)]
