"""Recognise and read the monthly dashboard of the Metropolitan Police (quirks 11 to 16)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from saferboard.analytics.intake.area_names import gazetteer
from saferboard.analytics.intake.forms import Form, header_for, read_form, read_forms
from saferboard.analytics.intake.source import Candidate, Desk, Load, Recognised, Shape
from saferboard.analytics.sources.mps_dashboard.subjects import split_by_subject
from saferboard.analytics.sources.mps_dashboard.table import UNIT, recorded, refresh_column

GENERATION = "1"


@cache
def forms() -> dict[str, Form]:
    """The two forms of the header: crime types, and offence groups."""
    return read_forms(__package__, "forms.yaml")


def recognise(candidate: Candidate) -> Shape | None:
    """A header with every column of one of the two forms, in any order."""
    for name, form in forms().items():
        if header_for(candidate, form) is not None:
            return Shape("mps-dashboard", GENERATION, candidate.sha256, {"form": name})
    return None


def read(files: Sequence[Recognised], desk: Desk) -> Iterator[Load]:
    """A load for each subject that a file holds, so that no subject is taken for covered by a
    file without it."""
    names = gazetteer(desk, UNIT)
    for number, file in enumerate(files):
        desk.progress(number, len(files), file.candidate.name)
        form = file.shape.facts["form"]
        cells = read_form(file.candidate, forms()[form], optional=refresh_column())
        assert cells is not None  # recognise found it
        data = recorded(cells, names)
        for subject in split_by_subject(data, form):
            yield Load(
                dataset=subject.key,
                generation=GENERATION,
                tables={"recorded_offences": subject.table},
                coverage={UNIT: data.months},
                files=(file,),
                rows={file.candidate.name: subject.table.num_rows},
                published=subject.published,
                notes=subject.notes,
            )
