"""Recognise and read the London Fire Brigade's records."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from saferboard.analytics.intake.area_names import Gazetteer, Place, gazetteer
from saferboard.analytics.intake.columns import day, distinct, row_numbers
from saferboard.analytics.intake.forms import Cells, Form, header_for, read_form, read_forms
from saferboard.analytics.intake.offence_labels import plain
from saferboard.analytics.intake.published import area_columns, months_in, published_counts
from saferboard.analytics.intake.source import Candidate, Desk, Load, Recognised, Shape
from saferboard.analytics.store.vintage import LoadNote
from saferboard.vocabulary.period import Month
from saferboard.vocabulary.problem import Problem

UNIT = "london-fire-brigade"
# The boroughs that the brigade serves are those of the Metropolitan Police and the City.
NAMES = "metropolitan"


@cache
def forms() -> dict[str, Form]:
    """The columns of the three files."""
    return read_forms(__package__, "forms.yaml")


def recognise(candidate: Candidate) -> Shape | None:
    """Incidents, mobilisations or stations, by their columns."""
    for name, form in forms().items():
        if header_for(candidate, form) is not None:
            return Shape(f"lfb-{name}", "1", candidate.sha256, {"form": name})
    return None


def read(files: Sequence[Recognised], desk: Desk) -> Iterator[Load]:
    """One load for each file."""
    names = gazetteer(desk, NAMES)
    for number, file in enumerate(files):
        desk.progress(number, len(files), file.candidate.name)
        form = file.shape.facts["form"]
        cells = read_form(file.candidate, forms()[form])
        assert cells is not None  # recognise found it
        if form == "stations":
            yield _stations(file, cells)
        elif form == "mobilisations":
            yield _mobilisations(file, cells)
        else:
            yield _incidents(file, cells, names)


def _incidents(file: Recognised, cells: Cells, names: Gazetteer) -> Load:
    cells, notes = _once(cells, "number", "incident")
    months = _months(cells)
    keys, which = distinct(
        [cells[role] for role in ("borough", "borough_name", "ward", "ward_name")]
    )
    boroughs = [names.authority(code or name) for code, name, _, _ in keys]
    wards = [
        names.ward(code, name, borough)
        for (_, _, code, name), borough in zip(keys, boroughs, strict=True)
    ]
    in_ward = np.array([place.kind == "ward" and place.code is not None for place in wards])
    kinds = pc.coalesce(cells["service"], cells["stop"])
    tables = []
    for places, kept in ((boroughs, np.ones(len(cells), dtype=np.bool_)), (wards, in_ward[which])):
        rows = pa.array(np.flatnonzero(kept))
        tables.append(
            published_counts(
                unit=UNIT,
                topic="fire-incidents",
                areas=area_columns(places, which[kept]),
                months=months.take(rows),
                labels={"major": cells["group"].take(rows), "minor": kinds.take(rows)},
                breakdown={"property": cells["property"].take(rows)},
                counts=_ones(len(rows)),
            )
        )
    outside = sum(int(count) for place, count in _sizes(boroughs, which) if not place.known)
    if outside:
        words = f"{outside:,} incidents are in no known borough."
        notes += (LoadNote("unknown-area", words, float(outside)),)
    return _load(file, cells, pa.concat_tables(tables), months, notes)


def _mobilisations(file: Recognised, cells: Cells) -> Load:
    cells, notes = _once(cells, "resource", "mobilisation")
    months = _months(cells)
    keys, which = distinct([cells["station"]])
    stations = [Place("other", None, name or "Not recorded") for (name,) in keys]
    table = published_counts(
        unit=UNIT,
        topic="fire-mobilisations",
        areas=area_columns(stations, which),
        months=months,
        labels={"minor": cells["plus"]},
        breakdown={"order": cells["order"]},
        counts=_ones(len(cells)),
    )
    return _load(file, cells, table, months, notes)


def _stations(file: Recognised, cells: Cells) -> Load:
    """The list has no month: it covers the month in which its newest station opened or closed,
    and is a register of areas of kind `other`."""
    years = [
        int(text)
        for role in ("opened", "closed")
        for text in cells[role].to_pylist()
        if text is not None and text.isdigit()
    ]
    if not years:
        raise Problem(
            "No station has a year in which it opened.",
            file=cells.file,
            place=cells.header.place(0, cells.columns["opened"]),
            remedy="Download the file again.",
        )
    names = cells["name"].to_pylist()
    table = pa.table(
        {
            "code": pa.array([f"station:{plain(name)}" for name in names], pa.string()),
            "name": pa.array(names, pa.string()),
            "kind": pa.array(["other"] * len(cells), pa.string()),
            "edition": cells["opened"],
        }
    )
    return Load(
        dataset=file.shape.dataset,
        generation=file.shape.generation,
        tables={"areas": table},
        coverage={UNIT: (Month(max(years), 12),)},
        files=(file,),
        rows={cells.file: len(cells)},
    )


def _load(
    file: Recognised,
    cells: Cells,
    table: pa.Table,
    months: pa.Array,
    notes: tuple[LoadNote, ...],
) -> Load:
    return Load(
        dataset=file.shape.dataset,
        generation=file.shape.generation,
        tables={"published_counts": table},
        coverage={UNIT: months_in(months)},
        files=(file,),
        rows={cells.file: len(cells)},
        notes=notes,
    )


def _months(cells: Cells) -> pa.Array:
    return cells.each("date", lambda cell: Month.of(day(cell)).first_day, pa.date32())


def _ones(size: int) -> pa.Array:
    return pa.array(np.ones(size, dtype=np.int64))


def _sizes(places: list[Place], which: NDArray[np.int64]) -> Iterator[tuple[Place, int]]:
    return zip(places, np.bincount(which, minlength=len(places)), strict=True)


def _once(cells: Cells, role: str, what: str) -> tuple[Cells, tuple[LoadNote, ...]]:
    """Each number once: files of several years pasted together repeat the days at the seam."""
    numbers = row_numbers([cells[role]])
    _, first = np.unique(numbers, return_index=True)
    again = len(numbers) - len(first)
    if not again:
        return cells, ()
    words = f"{again:,} {what} numbers stand in the file more than once: each is counted once."
    return replace(cells, text=cells.text.take(pa.array(np.sort(first)))), (
        LoadNote("overlap", words, float(again)),
    )
