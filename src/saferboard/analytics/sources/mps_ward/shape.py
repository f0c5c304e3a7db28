"""Recognise and read the ward files of the Metropolitan Police (quirks 9 and 14)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from saferboard.analytics.intake.area_names import Place, gazetteer
from saferboard.analytics.intake.forms import Form, read_forms, some_form
from saferboard.analytics.intake.headers import find_header
from saferboard.analytics.intake.source import Candidate, Desk, Load, Recognised, Shape
from saferboard.analytics.intake.wide import (
    looks_wide,
    read_wide,
    recorded_offences,
    roles_of,
)
from saferboard.analytics.intake.wide_table import crime_system_of

UNIT = "metropolitan"
DATASET = "mps-ward"


@cache
def form() -> Form:
    """The columns of the file before its months."""
    return read_forms(__package__, "forms.yaml")["ward"]


def recognise(candidate: Candidate) -> Shape | None:
    """A ward's name and code, a borough, two labels and a column per month; or so much of it
    that a changed header can be refused with a reason."""
    header = find_header(candidate, looks_wide)
    if header is None:
        return None
    near = any("ward" in name.lower() for name in header.columns)
    if roles_of(header.columns, form()) or (near and some_form(header.columns, [form()], least=3)):
        return Shape(DATASET, "wide", candidate.sha256)
    return None


def read(files: Sequence[Recognised], desk: Desk) -> Iterator[Load]:
    """One load for each file. The generation says from which crime system the labels are."""
    names = gazetteer(desk, UNIT)
    for number, file in enumerate(files):
        desk.progress(number, len(files), file.candidate.name)
        header = find_header(file.candidate, looks_wide)
        assert header is not None  # recognise found it
        wide = read_wide(file.candidate, header, form())
        keys = list(zip(wide.labels["code"], wide.labels["ward"], wide.labels["area"], strict=True))
        placed: dict[tuple[str, str, str], Place] = {
            key: names.ward(key[0], key[1], names.authority(key[2])) for key in set(keys)
        }
        table, months, notes = recorded_offences(wide, [placed[key] for key in keys], unit=UNIT)
        yield Load(
            dataset=DATASET,
            generation=crime_system_of(wide),
            tables={"recorded_offences": table},
            coverage={UNIT: months},
            files=(file,),
            rows={file.candidate.name: wide.rows},
            notes=notes,
            split=True,
        )
