"""Outcomes of crimes: which files are ours."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from saferboard.analytics.intake.force_loads import file_facts
from saferboard.analytics.intake.source import Candidate, Desk, Load, Recognised, Shape
from saferboard.analytics.intake.texts import header_of
from saferboard.analytics.sources.police_uk_outcomes import answers, rows

_API_FIELDS = (b'"person_id"', b'"crime"', b'"persistent_id"')


def recognise(candidate: Candidate) -> Shape | None:
    """By the columns of the CSV files, or by the fields of the API."""
    header = header_of(candidate)
    if set(rows.COLUMNS) == set(header):
        return Shape("outcomes", "csv", "outcomes", file_facts(candidate.name, rows.KIND, header))
    if all(field in candidate.head for field in _API_FIELDS):
        return Shape("outcomes-api", "api", f"outcomes-api-{candidate.sha256[:12]}")
    return None


def read(files: Sequence[Recognised], desk: Desk) -> Iterator[Load]:
    """The files of forces and months together; every answer of the API by itself."""
    if files[0].shape.generation == "api":
        yield from (answers.load(file, desk) for file in files)
    else:
        yield from rows.FORCE_FILES.loads(files, desk)
