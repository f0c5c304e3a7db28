"""Recognise and read the custody disposals."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

import numpy as np
import pyarrow.compute as pc

from saferboard.analytics.intake.area_names import gazetteer
from saferboard.analytics.intake.forms import Form, header_for, read_form, read_forms
from saferboard.analytics.intake.published import area_columns, months_in, published_counts
from saferboard.analytics.intake.source import Candidate, Desk, Load, Recognised, Shape

UNIT = "metropolitan"
TOPIC = "custody-disposals"


@cache
def form() -> Form:
    """The columns of the file."""
    return read_forms(__package__, "forms.yaml")["custody"]


def recognise(candidate: Candidate) -> Shape | None:
    """Every column of the form, in any order."""
    return Shape("mps-custody", "1", candidate.sha256) if header_for(candidate, form()) else None


def read(files: Sequence[Recognised], desk: Desk) -> Iterator[Load]:
    """One load for each file."""
    names = gazetteer(desk, UNIT)
    for number, file in enumerate(files):
        desk.progress(number, len(files), file.candidate.name)
        cells = read_form(file.candidate, form())
        assert cells is not None  # recognise found it
        years = pc.binary_join_element_wise(
            cells["year"], pc.utf8_lpad(cells["month"], 2, padding="0"), "-"
        )
        dated = replace(cells, text=cells.text.set_column(cells.columns["month"], "m", years))
        months, counts = dated.months("month"), cells.counts("count")
        table = published_counts(
            unit=UNIT,
            topic=TOPIC,
            areas=area_columns([names.force], np.zeros(len(counts), dtype=np.int64)),
            months=months,
            labels={role: cells[role] for role in ("major", "minor")},
            breakdown={role: cells[role] for role in ("gender", "age", "ethnicity")},
            counts=counts,
        )
        yield Load(
            dataset=file.shape.dataset,
            generation=file.shape.generation,
            tables={"published_counts": table},
            coverage={UNIT: months_in(months)},
            files=(file,),
            rows={file.candidate.name: len(cells)},
        )
