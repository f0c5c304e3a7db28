"""Recognise and read the LSOA files of the Metropolitan Police (quirk 9)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from saferboard.analytics.intake.area_names import Place, gazetteer, lsoa_kind
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
from saferboard.analytics.store.vintage import LoadNote

UNIT = "metropolitan"
DATASET = "mps-lsoa"
_PARTIAL = LoadNote(
    "remark",
    "The publisher leaves sexual offences and fraud out of the LSOA file: a sum over its "
    "offences is not total recorded crime.",
)


@cache
def form() -> Form:
    """The columns of the file before its months."""
    return read_forms(__package__, "forms.yaml")["lsoa"]


def recognise(candidate: Candidate) -> Shape | None:
    """An LSOA's code and name, a borough, two labels and a column per month; or so much of it
    that a changed header can be refused with a reason."""
    header = find_header(candidate, looks_wide)
    if header is None:
        return None
    near = any("lsoa" in name.lower() for name in header.columns)
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
        kind = lsoa_kind(set(wide.labels["code"]))
        edition = kind.removeprefix("lsoa")
        boroughs = {name: names.authority(name) for name in set(wide.labels["area"])}
        places = [
            Place(kind, code, name, edition=f"20{edition}", within=boroughs[area].code)
            if code
            else Place("other", None, name or area, within=boroughs[area].code)
            for code, name, area in zip(
                wide.labels["code"], wide.labels["name"], wide.labels["area"], strict=True
            )
        ]
        table, months, notes = recorded_offences(wide, places, unit=UNIT)
        yield Load(
            dataset=DATASET,
            generation=crime_system_of(wide),
            tables={"recorded_offences": table},
            coverage={UNIT: months},
            files=(file,),
            rows={file.candidate.name: wide.rows},
            notes=(_PARTIAL, *notes),
            split=True,
        )
