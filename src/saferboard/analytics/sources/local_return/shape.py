"""Recognise and read what a partner reports."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any, TypeVar

import pyarrow as pa

from saferboard.analytics.intake.area_names import Gazetteer, gazetteer
from saferboard.analytics.intake.forms import Cells, Form, header_for, read_form, read_forms
from saferboard.analytics.intake.offence_labels import plain
from saferboard.analytics.intake.source import Candidate, Desk, Load, Recognised, Shape
from saferboard.analytics.sources.local_return import places, row
from saferboard.analytics.store.vintage import LoadNote
from saferboard.vocabulary.denominator import DENOMINATOR_WORDS
from saferboard.vocabulary.period import Month
from saferboard.vocabulary.problem import Problem

T = TypeVar("T")
_COMMENT = "#"
_SCHEMA = pa.schema(
    [
        ("measure", pa.string()),
        ("area_kind", pa.string()),
        ("area_code", pa.string()),
        ("area_name", pa.string()),
        ("period_from", pa.date32()),
        ("period_to", pa.date32()),
        ("period_words", pa.string()),
        ("value", pa.float64()),
        ("denominator", pa.float64()),
        ("breakdown", pa.string()),
        ("recording_change", pa.string()),
        ("comparable", pa.bool_()),
        ("reported_by", pa.string()),
        ("note", pa.string()),
    ]
)


@cache
def forms() -> dict[str, Form]:
    """The columns that a return must have, and those that it may have."""
    return read_forms(__package__, "forms.yaml")


def recognise(candidate: Candidate) -> Shape | None:
    """The needed columns, in any order."""
    if header_for(candidate, forms()["needed"]) is None:
        return None
    return Shape("local-return", "1", candidate.sha256)


def read(files: Sequence[Recognised], desk: Desk) -> Iterator[Load]:
    """A load for each measure of a file: what one partner says about another measure is
    neither renewed nor lost by it. Raises Problem at the first cell that is wrong."""
    names = gazetteer(desk)
    for number, file in enumerate(files):
        desk.progress(number, len(files), file.candidate.name)
        cells = read_form(file.candidate, forms()["needed"], optional=forms()["optional"])
        assert cells is not None  # recognise found it
        by_measure: dict[str, list[dict[str, Any]]] = {}
        notes: dict[str, list[LoadNote]] = {}
        for one, without_base in _rows(cells, names):
            by_measure.setdefault(one["measure"], []).append(one)
            if without_base:
                notes.setdefault(one["measure"], []).append(_no_base(one))
        for measure, rows in sorted(by_measure.items()):
            yield Load(
                dataset=measure,
                generation=file.shape.generation,
                tables=_tables(measure, rows),
                coverage=_coverage(rows),
                files=(file,),
                rows={file.candidate.name: len(rows)},
                notes=tuple(notes.get(measure, ())),
            )


def _tables(measure: str, rows: Sequence[Mapping[str, Any]]) -> dict[str, pa.Table]:
    """What is reported; residents, households or homes are what others are out of."""
    if measure not in DENOMINATOR_WORDS:
        return {"local_returns": pa.Table.from_pylist(list(rows), schema=_SCHEMA)}
    counted = [one for one in rows if one["value"] is not None]
    columns: dict[str, list[Any]] = {
        name: [one[name] for one in counted]
        for name in ("area_kind", "area_code", "area_name", "breakdown", "value")
    }
    size = len(counted)
    return {
        "denominators": pa.table(
            {
                **columns,
                "breakdown": pa.array(columns["breakdown"], pa.string()),
                "value": pa.array(columns["value"], pa.float64()),
                "year": pa.array([one["period_to"].year for one in counted], pa.int64()),
                "of": pa.array([measure] * size, pa.string()),
                "basis": pa.array(["reported"] * size, pa.string()),
            }
        )
    }


def _rows(cells: Cells, names: Gazetteer) -> Iterator[tuple[dict[str, Any], bool]]:
    """Each row that is not a comment, and whether it is a percentage without a base."""
    seen: dict[tuple[Any, ...], int] = {}
    texts = {role: cells[role].to_pylist() for role in cells.columns}
    for at in range(len(cells)):
        said = {role: column[at] for role, column in texts.items()}
        if (said["measure"] or "").startswith(_COMMENT) or not any(said.values()):
            continue
        one, percentage = _row(_Asked(cells, at, said), names)
        key = tuple(
            one[name] for name in ("measure", "area_code", "period_from", "period_to", "breakdown")
        )
        first = seen.setdefault(key, at)
        if first != at:
            raise Problem(
                f"The row is about the same measure, area, period and breakdown as "
                f"{cells.header.place(first)}.",
                file=cells.file,
                place=cells.header.place(at),
                remedy="Keep the one that is right.",
            )
        yield one, percentage and one["denominator"] is None
    if not seen:
        raise Problem(
            "The return has no figures yet.",
            file=cells.file,
            remedy="Write a row for each measure and period under the header.",
        )


class _Asked:
    """A row whose cells are asked for one by one, so that a fault has its place."""

    def __init__(self, cells: Cells, at: int, said: Mapping[str, str | None]) -> None:
        self.cells, self.at, self.said = cells, at, said

    def give(self, role: str, through: Callable[[str | None], T]) -> T:
        try:
            return through(self.said.get(role))
        except ValueError as error:
            raise Problem(
                str(error),
                file=self.cells.file,
                place=self.cells.header.place(self.at, self.cells.columns.get(role)),
                remedy="Correct the cell and add the file again; nothing of it was loaded.",
            ) from error


def _row(asked: _Asked, names: Gazetteer) -> tuple[dict[str, Any], bool]:
    said = asked.said
    value, percentage = asked.give("value", row.value)
    start, end = asked.give("period_from", lambda cell: row.period(cell, said.get("period_to")))
    code_or_name = "area_code" if said.get("area_code") else "area_name"
    area = asked.give(
        code_or_name, lambda _: places.find(names, said.get("area_code"), said.get("area_name"))
    )
    return {
        "measure": asked.give("measure", row.measure),
        "area_kind": area.kind,
        "area_code": area.code,
        "area_name": area.name,
        "period_from": start,
        "period_to": end,
        "period_words": said.get("period_words"),
        "value": value,
        "denominator": asked.give("denominator", row.denominator),
        "breakdown": asked.give("breakdown", row.breakdown),
        "recording_change": said.get("recording_change"),
        "comparable": asked.give("comparable", row.comparable),
        "reported_by": asked.give("reported_by", _organisation),
        "note": said.get("note"),
    }, percentage


def _organisation(text: str | None) -> str:
    if text is None:
        raise ValueError("The organisation that reports the figure is missing.")
    return text


def _coverage(rows: Sequence[Mapping[str, Any]]) -> dict[str, tuple[Month, ...]]:
    """The months that each organisation reports on, for each area."""
    found: dict[str, set[Month]] = {}
    for one in rows:
        unit = f"{plain(one['reported_by']).replace(' ', '-')}:{one['area_code']}"
        found.setdefault(unit, set()).update(_touched(one["period_from"], one["period_to"]))
    return {unit: tuple(sorted(months)) for unit, months in sorted(found.items())}


def _touched(start: date, end: date) -> Iterator[Month]:
    first = Month.of(start)
    for step in range(Month.of(end) - first + 1):
        yield first + step


def _no_base(one: Mapping[str, Any]) -> LoadNote:
    return LoadNote(
        "remark",
        f"{one['value']:g}% in {one['period_words'] or one['period_from']} has no base: without "
        "the number of respondents no change can be judged.",
    )
