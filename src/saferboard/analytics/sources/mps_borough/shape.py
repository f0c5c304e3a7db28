"""Recognise and read the borough files of the Metropolitan Police (quirks 1 to 8 and 10)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from saferboard.analytics.intake.area_names import gazetteer
from saferboard.analytics.intake.forms import Form, read_forms, some_form
from saferboard.analytics.intake.headers import find_header
from saferboard.analytics.intake.source import Candidate, Desk, Load, Recognised, Shape
from saferboard.analytics.intake.wide import looks_wide, read_wide, recorded_offences, roles_of

UNIT = "metropolitan"
DATASET = "mps-borough"


@cache
def generations() -> dict[str, Form]:
    """The header forms of the file, by the number of the generation."""
    return read_forms(__package__, "generations.yaml")


def recognise(candidate: Candidate) -> Shape | None:
    """A header of one of the four generations and a column per month. A file with the months
    and without an area's code, whose other columns nobody knows, is taken too, so that a
    header which the publisher has changed is refused with a reason."""
    header = find_header(candidate, looks_wide)
    if header is None:
        return None
    for number, form in generations().items():
        if roles_of(header.columns, form) is not None:
            return Shape(DATASET, number, candidate.sha256)
    smaller = any(word in name.lower() for name in header.columns for word in ("ward", "lsoa"))
    if not smaller and some_form(header.columns, generations().values(), least=2):
        return Shape(DATASET, "unknown", candidate.sha256)
    return None


def read(files: Sequence[Recognised], desk: Desk) -> Iterator[Load]:
    """One load for each file: a history file and the recent one are published by themselves."""
    names = gazetteer(desk, UNIT)
    for file in files:
        header = find_header(file.candidate, looks_wide)
        assert header is not None  # recognise found it
        form = generations().get(file.shape.generation) or next(iter(generations().values()))
        wide = read_wide(file.candidate, header, form)
        places = [names.authority(name) for name in wide.labels["area"]]
        table, months, notes = recorded_offences(wide, places, unit=UNIT)
        yield Load(
            dataset=DATASET,
            generation=file.shape.generation,
            tables={"recorded_offences": table},
            coverage={UNIT: months},
            files=(file,),
            rows={file.candidate.name: wide.rows},
            notes=notes,
            split=True,
        )
