"""Recorded crime by force and quarter, and the table of partnerships by force."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

import pyarrow as pa

from saferboard.analytics.intake.quarterly import Quarters
from saferboard.analytics.intake.source import Candidate, Desk, Load, Recognised, Shape
from saferboard.analytics.intake.texts import header_of, read_table
from saferboard.analytics.store.quarters import by_force
from saferboard.analytics.store.relation import Relation
from saferboard.analytics.store.vintage import LoadNote
from saferboard.vocabulary.area import is_gss
from saferboard.vocabulary.data_file import data_file
from saferboard.vocabulary.force import force_named

_PARTNERSHIPS = ("CSP Name", "Force Name", "Region", "ONS Code")


def recognise(candidate: Candidate) -> Shape | None:
    """By the columns, whatever they are called in this edition."""
    if header_of(candidate) == _PARTNERSHIPS:
        return Shape("partnerships-by-force", "table", f"partnerships-{candidate.sha256[:12]}")
    return _TABLE.recognise(candidate, "crime")


def read(files: Sequence[Recognised], desk: Desk) -> Iterator[Load]:
    """One load per file."""
    for number, file in enumerate(files):
        desk.progress(number, len(files), file.candidate.name)
        yield _partnerships(file) if file.shape.generation == "table" else _TABLE.load(file, desk)


def _arrange(rows: Relation) -> tuple[Relation, Relation]:
    offence = rows["offence"]
    for code, key in _data()["codes"].items():
        offence = (rows["code"] == code).ifelse(key, offence)
    rows = rows.mutate(offence=offence)
    return rows, by_force(
        rows,
        topic="offences",
        major="group",
        minor="description",
        breakdown="code=" + rows["code"],
        count="n",
    )


def _partnerships(file: Recognised) -> Load:
    """Codes and names of partnerships, and the force of each; rows without a code are noted."""
    table = read_table(file.candidate)
    areas, links, lost = [], [], []
    for name, force_name, _, code in table.rows:
        if not is_gss(code):
            lost.append(name)
            continue
        areas.append({"code": code, "name": name, "kind": "csp"})
        force = force_named(force_name)
        if force and force.area:
            links.append((code, force.area))
    words = f"No code, and left out: {', '.join(lost)}."
    notes = (LoadNote("unknown-area", words, float(len(lost))),) if lost else ()
    return Load(
        dataset=file.shape.dataset,
        generation=file.shape.generation,
        tables={
            "areas": pa.Table.from_pylist(areas, schema=_text("code name kind")),
            "area_links": pa.Table.from_pylist(
                [
                    {
                        "from_code": code,
                        "from_kind": "csp",
                        "to_code": force,
                        "to_kind": "force",
                        "fit": "exact",
                    }
                    for code, force in sorted(set(links))
                ],
                schema=_text("from_code from_kind to_code to_kind fit"),
            ),
        },
        coverage={},
        files=(file,),
        rows={file.candidate.name: len(table.rows)},
        notes=notes,
    )


def _text(names: str) -> pa.Schema:
    return pa.schema([(name, pa.string()) for name in names.split()])


@cache
def _data() -> dict[str, Any]:
    data: dict[str, Any] = data_file(__package__, "labels.yaml")
    return data


_TABLE = Quarters(
    dataset="recorded-crime",
    needed=("fy", "quarter", "force", "description", "group", "subgroup", "code", "n"),
    label="subgroup",
    words=_data,
    offences="subgroups",
    arrange=_arrange,
)
