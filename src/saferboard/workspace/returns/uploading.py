"""The rows of an uploaded CSV as the entries of one return: all of them fit, or none is taken."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from saferboard.vocabulary.period import Period
from saferboard.vocabulary.problem import Problem
from saferboard.workspace.returns.entries import Asked, Entry

_MANY = 5


def entries_of(
    rows: Sequence[Mapping[str, Any]], asked: Sequence[Asked], period: Period, file: str
) -> dict[UUID, Entry]:
    """The entries, by line. Raises Problem that names the rows which are about another measure,
    area, part or period than this return asks for."""
    lines = {one.key: one.line for one in asked}
    entries: dict[UUID, Entry] = {}
    odd: list[str] = []
    for row in rows:
        key = (row["measure"], row.get("area_code") or "", row["breakdown"] or "")
        if key not in lines:
            words = ", ".join(part for part in key if part)
            odd.append(f"{words} is not asked for in this return")
        elif (row["period_from"], row["period_to"]) != (period.start, period.end):
            odd.append(f"{key[0]} is about {_span(row['period_from'], row['period_to'])}")
        else:
            entries[lines[key]] = _entry(row)
    if odd:
        more = f"; and {len(odd) - _MANY} more" if len(odd) > _MANY else ""
        raise Problem(
            f"The file does not fit this return: {'; '.join(odd[:_MANY])}{more}.",
            file=file,
            remedy=f"Take the form of {period.label()} from the page of the return, and fill it "
            "in. Nothing of the file was taken.",
        )
    return entries


def _entry(row: Mapping[str, Any]) -> Entry:
    changed = row["recording_change"] or ""
    comparable = {True: "yes", False: "no"}.get(row["comparable"], "yes")
    return Entry.of(
        {
            "value": _plain(row["value"]),
            "denominator": _plain(row["denominator"]),
            "note": row["note"],
            "reason": "recording" if changed else "",
            "answer": changed,
            "comparable": comparable if changed else "",
        }
    )


def _plain(value: float | None) -> str:
    """A number as somebody would type it."""
    if value is None:
        return ""
    return str(int(value)) if float(value).is_integer() else repr(float(value))


def _span(start: date, end: date) -> str:
    return Period(start, end).label()
