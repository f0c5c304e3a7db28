"""Recognise and read the list of people proceeded against for homicide."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

import numpy as np
import pyarrow as pa

from saferboard.analytics.intake.area_names import gazetteer
from saferboard.analytics.intake.columns import distinct
from saferboard.analytics.intake.forms import Form, header_for, read_form, read_forms
from saferboard.analytics.intake.published import area_columns, months_in, published_counts
from saferboard.analytics.intake.source import Candidate, Desk, Load, Recognised, Shape
from saferboard.analytics.intake.wide import unknown_area_notes

UNIT = "metropolitan"
TOPIC = "homicide-people-proceeded-against"


@cache
def form() -> Form:
    """The columns of the file."""
    return read_forms(__package__, "forms.yaml")["homicide"]


def recognise(candidate: Candidate) -> Shape | None:
    """Every column of the form, in any order."""
    return Shape("mps-homicide", "1", candidate.sha256) if header_for(candidate, form()) else None


def read(files: Sequence[Recognised], desk: Desk) -> Iterator[Load]:
    """One load for each file."""
    names = gazetteer(desk, UNIT)
    for number, file in enumerate(files):
        desk.progress(number, len(files), file.candidate.name)
        cells = read_form(file.candidate, form())
        assert cells is not None  # recognise found it
        months, counts = cells.months("month"), cells.counts("count")
        keys, which = distinct([cells["borough"]])
        places = [names.authority(name) for (name,) in keys]
        sums = np.bincount(which, weights=counts.to_numpy(), minlength=len(places))
        unknown = {
            place.name: float(total)
            for place, total in zip(places, sums, strict=True)
            if not place.known
        }
        table = published_counts(
            unit=UNIT,
            topic=TOPIC,
            areas=area_columns(places, which),
            months=months,
            labels={
                "offence": pa.array(["homicide"] * len(counts), pa.string()),
                "minor": cells["minor"],
            },
            breakdown={role: cells[role] for role in ("gender", "age", "ethnicity", "charged")},
            counts=counts,
        )
        yield Load(
            dataset=file.shape.dataset,
            generation=file.shape.generation,
            tables={"published_counts": table},
            coverage={UNIT: months_in(months)},
            files=(file,),
            rows={file.candidate.name: len(cells)},
            notes=tuple(unknown_area_notes(unknown)),
        )
