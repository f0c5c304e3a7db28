"""Street-level crime: which files are ours, and what kind of load each becomes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from saferboard.analytics.intake.force_months import batches, by_name
from saferboard.analytics.intake.source import Candidate, Desk, Load, Recognised, Shape
from saferboard.analytics.intake.texts import header_of
from saferboard.analytics.sources.police_uk_street import answers, rows

KIND = "street"
_API_FIELDS = (b'"persistent_id"', b'"location_type"', b'"category"')


def recognise(candidate: Candidate) -> Shape | None:
    """By the columns of the CSV files (older and derived ones lack `Context`), or by the fields
    of the API."""
    header = header_of(candidate)
    if set(rows.COLUMNS) <= set(header) and set(header) <= {*rows.COLUMNS, *rows.PASSED_OVER}:
        facts = {"header": "\t".join(header)}
        if by_name(candidate.name, KIND):
            return Shape("street", "csv", "street", facts)
        return Shape("street", "csv", "street-other-names", facts)
    if all(field in candidate.head for field in _API_FIELDS):
        return Shape("street-api", "api", f"street-api-{candidate.sha256[:12]}")
    return None


def read(files: Sequence[Recognised], desk: Desk) -> Iterator[Load]:
    """Files in the publisher's names become one load (more where archives overlap); a file
    under another name one load each; an answer of the API one load."""
    if files[0].shape.generation == "api":
        yield from (answers.load(file, desk) for file in files)
    elif files[0].shape.group == "street":
        for batch in batches(files, KIND):
            yield rows.named(batch, desk)
    else:
        yield from rows.others(files, desk)
