"""A return as the one CSV of the local return, in the columns that its template has."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from uuid import UUID

from saferboard.vocabulary.period import Period
from saferboard.workspace.returns.entries import Asked, Written

COLUMNS = (
    "measure", "area_code", "area_name", "period_from", "period_to", "period_words", "value",
    "denominator", "breakdown", "recording_change", "comparable", "reported_by", "note",
)  # fmt: skip
BOM = "\ufeff"


def rows_of(
    asked: Sequence[Asked], said: Written, period: Period, reported_by: str
) -> list[dict[str, str]]:
    """What is signed: a row for each figure. A query that is answered by a change of recording
    becomes the row's change of recording, which then carries or refuses the comparison."""
    rows = []
    for one in asked:
        entry = said.entry(one)
        changes = [said.recording_change] if said.recording_change else []
        comparable = said.comparable
        if entry.reason == "recording":
            changes.append(entry.answer)
            comparable = comparable and entry.comparable == "yes"
        row = dict.fromkeys(COLUMNS, "")
        row |= {
            "measure": one.measure,
            "area_code": one.area,
            "period_from": period.start.isoformat(),
            "period_to": period.end.isoformat(),
            "value": entry.value,
            "denominator": entry.denominator,
            "breakdown": one.breakdown,
            "recording_change": " ".join(changes),
            "comparable": "yes" if comparable else "no",
            "reported_by": reported_by,
            "note": entry.note,
        }
        rows.append(row)
    return rows


def csv_of(rows: Sequence[Mapping[str, str]], filing: UUID, number: int) -> bytes:
    """The bytes that go into the data store. The first row is a comment that names the version,
    so that a correction which gives an earlier figure again is still another file."""
    mark = {"measure": f"# return {filing}, version {number}"}
    return _text([mark, *rows])


def template_of(asked: Sequence[Asked], period: Period, reported_by: str) -> bytes:
    """The empty form of one period, with all but the figures filled in."""
    return _text(rows_of(asked, Written({}), period, reported_by))


def _text(rows: Sequence[Mapping[str, str]]) -> bytes:
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, restval="", lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return (BOM + out.getvalue()).encode("utf-8")
