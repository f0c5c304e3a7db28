"""Recognise and read the tables on violence against women and girls."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from saferboard.analytics.intake.area_names import Gazetteer, Place, gazetteer
from saferboard.analytics.intake.columns import distinct
from saferboard.analytics.intake.forms import Cells, Form, header_for, read_form, read_forms
from saferboard.analytics.intake.published import area_columns, months_in, published_counts
from saferboard.analytics.intake.source import Candidate, Desk, Load, Recognised, Shape
from saferboard.analytics.intake.wide import named_ward_notes
from saferboard.analytics.store.vintage import LoadNote

UNIT = "metropolitan"
TOPIC = "violence-against-women-and-girls"


@cache
def forms() -> dict[str, Form]:
    """The columns of the two tables."""
    return read_forms(__package__, "forms.yaml")


def recognise(candidate: Candidate) -> Shape | None:
    """The columns of one of the tables or of both."""
    found = [name for name in forms() if header_for(candidate, forms()[name]) is not None]
    return Shape("mps-vawg", "1", candidate.sha256) if found else None


def read(files: Sequence[Recognised], desk: Desk) -> Iterator[Load]:
    """A load for each table of a file, because they count the same offences twice."""
    names = gazetteer(desk, UNIT)
    for number, file in enumerate(files):
        desk.progress(number, len(files), file.candidate.name)
        for name in forms():
            cells = read_form(file.candidate, forms()[name])
            if cells is not None:
                yield from _load(file, name, cells, names)


def _load(file: Recognised, name: str, every: Cells, names: Gazetteer) -> Iterator[Load]:
    ours = pc.is_valid(every["borough" if name == "location" else "major"])
    cells = replace(every, text=every.text.filter(ours))
    if not len(cells):
        return
    months = every.months("month").filter(ours)
    counts = every.counts("count").filter(ours)
    breakdown = {"committed": pc.utf8_slice_codeunits(cells["committed"], 0, 7)}
    if name == "location":
        table, notes = _by_place(cells, months, counts, breakdown, names)
    else:
        force = area_columns([names.force], np.zeros(len(counts), dtype=np.int64))
        labels = {"major": cells["major"], "minor": cells["minor"]}
        table, notes = _counted(force, months, counts, labels, breakdown), ()
    yield Load(
        dataset=f"vawg-{name}",
        generation=file.shape.generation,
        tables={"published_counts": table},
        coverage={UNIT: months_in(months)},
        files=(file,),
        rows={file.candidate.name: len(counts)},
        notes=notes,
    )


def _by_place(
    cells: Cells,
    months: pa.Array,
    counts: pa.Array,
    breakdown: Mapping[str, pa.ChunkedArray],
    names: Gazetteer,
) -> tuple[pa.Table, tuple[LoadNote, ...]]:
    """Rows of the boroughs, and of the wards that have a name."""
    keys, which = distinct([cells["borough"], cells["ward"]])
    boroughs = [names.authority(borough) for borough, _ in keys]
    wards = [
        names.ward(None, ward, place) if ward else Place("other", None, place.name)
        for (_, ward), place in zip(keys, boroughs, strict=True)
    ]
    table = _counted(area_columns(boroughs, which), months, counts, {}, breakdown)
    placed = pa.array(np.array([place.kind == "ward" for place in wards])[which])
    small = _counted(
        area_columns(wards, which).filter(placed),
        months.filter(placed),
        counts.filter(placed),
        {},
        {role: column.filter(placed) for role, column in breakdown.items()},
    )
    return pa.concat_tables([table, small]), tuple(named_ward_notes(wards))


def _counted(
    areas: pa.Table,
    months: pa.Array,
    counts: pa.Array,
    labels: Mapping[str, pa.ChunkedArray],
    breakdown: Mapping[str, pa.ChunkedArray],
) -> pa.Table:
    return published_counts(
        unit=UNIT,
        topic=TOPIC,
        areas=areas,
        months=months,
        labels=labels,
        breakdown=breakdown,
        counts=counts,
    )
