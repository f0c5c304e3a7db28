"""Recorded crime by force and quarter, and the table of partnerships by force."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

import ibis
import pyarrow as pa

from saferboard.analytics.intake.quarterly import (
    check_quarters,
    columns_found,
    covered,
    force_notes,
    label_notes,
    quarterly_rows,
)
from saferboard.analytics.intake.source import Candidate, Desk, Load, Recognised, Shape
from saferboard.analytics.intake.texts import header_of, read_table
from saferboard.analytics.store.vintage import LoadNote
from saferboard.vocabulary.area import is_gss
from saferboard.vocabulary.data_file import data_file
from saferboard.vocabulary.force import force_named

_NEEDED = ("fy", "quarter", "force", "description", "group", "subgroup", "code", "n")
_PARTNERSHIPS = ("CSP Name", "Force Name", "Region", "ONS Code")


def recognise(candidate: Candidate) -> Shape | None:
    """By the columns, whatever they are called in this edition."""
    if header_of(candidate) == _PARTNERSHIPS:
        return Shape("partnerships-by-force", "table", f"partnerships-{candidate.sha256[:12]}")
    if columns_found(candidate, _data()["columns"], _NEEDED):
        return Shape("recorded-crime", "quarters", f"crime-{candidate.sha256[:12]}")
    return None


def read(files: Sequence[Recognised], desk: Desk) -> Iterator[Load]:
    """One load per file."""
    for number, file in enumerate(files):
        desk.progress(number, len(files), file.candidate.name)
        yield _partnerships(file) if file.shape.generation == "table" else _crime(file, desk)


def _crime(file: Recognised, desk: Desk) -> Load:
    name = file.candidate.name
    held = quarterly_rows(file, columns_found(file.candidate, _data()["columns"], _NEEDED), desk)
    check_quarters(held, name, desk)
    subgroups = desk.table(_subgroups())
    rows = held.left_join(subgroups, held["subgroup"] == subgroups["label"])
    offence = rows["offence"]
    for code, key in _data()["codes"].items():
        offence = ibis.ifelse(rows["code"] == code, key, offence)
    rows = rows.mutate(offence=offence)
    (counted,) = desk.run(held.aggregate(rows=held.count())).to_pylist()
    return Load(
        dataset="recorded-crime",
        generation="quarters",
        tables={
            "published_counts": rows.select(
                "unit",
                area_kind=ibis.ifelse(rows["is_force"], "force", "other"),
                area_code=rows["area_code"],
                area_name=rows["force"],
                period_from=rows["period_from"],
                period_to=rows["period_to"],
                topic=ibis.literal("offences"),
                offence=rows["offence"],
                major=rows["group"],
                minor=rows["description"],
                breakdown=ibis.literal("code=") + rows["code"],
                count=rows["n"],
            )
        },
        coverage=covered(held, desk),
        files=(file,),
        rows={name: counted["rows"]},
        notes=(*force_notes(held, desk), *label_notes(rows, "subgroup", "offence", desk)),
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


def _subgroups() -> pa.Table:
    labels = _data()["subgroups"]
    return pa.table({"label": list(labels), "offence": list(labels.values())})


def _text(names: str) -> pa.Schema:
    return pa.schema([(name, pa.string()) for name in names.split()])


@cache
def _data() -> dict[str, Any]:
    data: dict[str, Any] = data_file(__package__, "labels.yaml")
    return data
