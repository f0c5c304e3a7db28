"""Recognise and read the monthly dashboard of the Metropolitan Police (quirks 11 to 16)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache, partial

from saferboard.analytics.intake.area_names import gazetteer
from saferboard.analytics.intake.forms import Form, columns_of, read_forms
from saferboard.analytics.intake.source import Candidate, Desk, Load, Recognised, Shape
from saferboard.analytics.intake.tabular import Header, find_header, read_text
from saferboard.analytics.sources.mps_dashboard.subjects import split_by_subject
from saferboard.analytics.sources.mps_dashboard.table import UNIT, recorded

GENERATION = "1"


@cache
def forms() -> dict[str, Form]:
    """The two forms of the header: crime types, and offence groups."""
    return read_forms(__package__, "forms.yaml")


def recognise(candidate: Candidate) -> Shape | None:
    """A header with every column of one of the two forms, in any order."""
    found = _find(candidate)
    if found is None:
        return None
    return Shape("mps-dashboard", GENERATION, candidate.sha256, {"form": found[1]})


def read(files: Sequence[Recognised], desk: Desk) -> Iterator[Load]:
    """A load for each subject that a file holds, so that no subject is taken for covered by a
    file without it."""
    names = gazetteer(desk, UNIT)
    for number, file in enumerate(files):
        desk.progress(number, len(files), file.candidate.name)
        found = _find(file.candidate)
        assert found is not None  # recognise found it
        header, form, columns = found
        text = read_text(file.candidate, header)
        data = recorded(text, columns, header, file.candidate.name, names)
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


def _find(candidate: Candidate) -> tuple[Header, str, dict[str, int]] | None:
    for name, form in forms().items():
        header = find_header(candidate, partial(columns_of, form=form))
        if header is not None:
            columns = columns_of(header.columns, form)
            assert columns is not None
            return header, name, columns
    return None
