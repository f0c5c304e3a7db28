"""Street-level crime: which files are ours, and what kind of load each becomes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from saferboard.analytics.intake.force_loads import file_facts
from saferboard.analytics.intake.source import Candidate, Desk, Load, Recognised, Shape
from saferboard.analytics.intake.texts import header_of
from saferboard.analytics.sources.police_uk_street import answers, rows

_API_FIELDS = (b'"persistent_id"', b'"location_type"', b'"category"')
# The API's outcomes hold a crime inside; people stand only in them.
_NOT_OURS = b'"person_id"'


def recognise(candidate: Candidate) -> Shape | None:
    """By the columns of the CSV files (derived ones lack `Context`), or the API's fields."""
    header = header_of(candidate)
    if set(rows.COLUMNS) <= set(header) <= {*rows.COLUMNS, *rows.PASSED_OVER}:
        return Shape("street", "csv", "street", file_facts(candidate.name, rows.KIND, header))
    head = candidate.head
    if all(field in head for field in _API_FIELDS) and _NOT_OURS not in head:
        return Shape("street-api", "api", f"street-api-{candidate.sha256[:12]}")
    return None


def read(files: Sequence[Recognised], desk: Desk) -> Iterator[Load]:
    """The files of forces and months together; every answer of the API by itself."""
    if files[0].shape.generation == "api":
        yield from (answers.load(file, desk) for file in files)
    else:
        yield from rows.FORCE_FILES.loads(files, desk)
