"""Tables of forces by quarter, as the Home Office gives them: columns, forces, coverage."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from saferboard.analytics.intake.source import Candidate, Desk, Load, Recognised, Shape
from saferboard.analytics.intake.texts import header_of
from saferboard.analytics.store.quarters import labelled, with_days
from saferboard.analytics.store.relation import Relation
from saferboard.analytics.store.vintage import LoadNote
from saferboard.vocabulary.force import force_named
from saferboard.vocabulary.period import Month, Period
from saferboard.vocabulary.problem import Problem

_PARQUET = b"PAR1"
_REMEDY = "Load the file as the publisher gives it."

Names = Mapping[str, Sequence[str]]


def columns_found(candidate: Candidate, names: Names, needed: Sequence[str]) -> dict[str, str]:
    """Our names of the columns to the file's, or nothing where one that is `needed` is absent.
    Names are compared without case."""
    there = {name.strip().casefold(): name for name in _columns(candidate)}
    found = {
        ours: there[name.casefold()]
        for ours, known in names.items()
        for name in known
        if name.casefold() in there
    }
    return found if set(needed) <= set(found) else {}


def quarterly_rows(file: Recognised, columns: Mapping[str, str], desk: Desk) -> Relation:
    """The rows of the file under our names, with `period_from`, `period_to`, `n` as a number,
    `unit`, `area_code` and `is_force` of the force. Held: it is scanned once."""
    candidate = file.candidate
    if candidate.head.startswith(_PARQUET):
        raw = desk.parquet([candidate.path])
    else:
        raw = desk.csv([candidate.path])
    raw = raw.select(**{ours: raw[theirs].cast("string") for ours, theirs in columns.items()})
    rows = with_days(raw.mutate(n=raw["n"].try_cast("float64")))
    forces = desk.table(_forces(desk.run(raw.select("force").distinct())))
    return desk.hold(rows.left_join(forces, rows["force"] == forces["printed"]))


@dataclass(frozen=True)
class Quarters:
    """What a source says of its table: the data set it fills, the columns that it needs, the one
    whose labels are offences, its own words (`columns` and, under `offences`, the labels), and how
    its rows, each with its offence, become published counts."""

    dataset: str
    needed: tuple[str, ...]
    label: str
    words: Callable[[], Mapping[str, Any]]
    offences: str
    arrange: Callable[[Relation], tuple[Relation, Relation]]

    def recognise(self, candidate: Candidate, prefix: str) -> Shape | None:
        """By the columns, whatever they are called in this edition."""
        if columns_found(candidate, self.words()["columns"], self.needed):
            return Shape(self.dataset, "quarters", f"{prefix}-{candidate.sha256[:12]}")
        return None

    def load(self, file: Recognised, desk: Desk) -> Load:
        """One file as one load. Raises Problem where a row has no quarter or no count."""
        name = file.candidate.name
        columns = columns_found(file.candidate, self.words()["columns"], self.needed)
        held = quarterly_rows(file, columns, desk)
        check_quarters(held, name, desk)
        known = self.words()[self.offences]
        table = pa.table({"label": list(known), "offence": list(known.values())})
        rows, published = self.arrange(labelled(held, self.label, desk.table(table)))
        (counted,) = desk.run(held.aggregate(rows=held.count())).to_pylist()
        return Load(
            dataset=self.dataset,
            generation="quarters",
            tables={"published_counts": published},
            coverage=covered(held, desk),
            files=(file,),
            rows={name: counted["rows"]},
            notes=(*force_notes(held, desk), *label_notes(rows, self.label, "offence", desk)),
        )


def check_quarters(held: Relation, file: str, desk: Desk) -> None:
    """Raises Problem where a row has no quarter or no count that can be read."""
    bad = held.filter(held["period_from"].isnull() | held["n"].isnull()).limit(1)
    for row in desk.run(bad.select("fy", "quarter", "force")).to_pylist():
        raise Problem(
            "A row has no quarter or no count that can be read.",
            file=file,
            place=f"{row['force']}, {row['fy']}, quarter {row['quarter']}",
            remedy=_REMEDY,
        )


def covered(held: Relation, desk: Desk) -> dict[str, tuple[Month, ...]]:
    """The months of the quarters that each unit has rows for."""
    quarters = desk.run(held.select("unit", "period_from", "period_to").distinct()).to_pylist()
    months: dict[str, set[Month]] = {}
    for row in quarters:
        start, end = row["period_from"], row["period_to"]
        if isinstance(start, date) and isinstance(end, date):
            months.setdefault(row["unit"], set()).update(Period(start, end).months())
    return {unit: tuple(sorted(found)) for unit, found in sorted(months.items())}


def force_notes(held: Relation, desk: Desk) -> list[LoadNote]:
    """Notes on bodies that stand among the forces and are none, and on counts below zero."""
    notes = []
    bodies = held.filter(~held["is_force"]).group_by("force").aggregate(total=held["n"].sum())
    for row in sorted(desk.run(bodies).to_pylist(), key=lambda one: str(one["force"])):
        words = f"{row['force']} is listed among the forces and is none: kept apart."
        notes.append(LoadNote("remark", words, row["total"]))
    below = held.filter(held["n"] < 0)
    (row,) = desk.run(below.aggregate(rows=below.count(), total=below["n"].sum())).to_pylist()
    if row["rows"]:
        words = f"{row['rows']} counts are below zero: corrections of earlier quarters, kept."
        notes.append(LoadNote("negative", words, row["total"]))
    return notes


def label_notes(held: Relation, label: str, offence: str, desk: Desk) -> list[LoadNote]:
    """Notes on labels without an offence key, with their totals."""
    strange = held.filter(held[offence].isnull())
    counted = desk.run(strange.group_by(label=label).aggregate(total=strange["n"].sum()))
    return [
        LoadNote(
            "unknown-label",
            f"The label “{row['label']}” is not known: {row['total']:,.0f}.",
            row["total"],
        )
        for row in sorted(counted.to_pylist(), key=lambda one: str(one["label"]))
    ]


def _columns(candidate: Candidate) -> Sequence[str]:
    if not candidate.head.startswith(_PARQUET):
        return header_of(candidate)
    try:
        names: list[str] = pq.read_schema(candidate.path).names
    except (pa.ArrowInvalid, OSError):
        return ()
    return names


def _forces(printed: pa.Table) -> pa.Table:
    """Each printed name with its unit; names that no force has are units of their own."""
    names = sorted({str(row["force"]) for row in printed.to_pylist() if row["force"]})
    found = [force_named(name) for name in names]
    return pa.table(
        {
            "printed": pa.array(names, pa.string()),
            "unit": [
                force.slug if force else name.casefold().replace(" ", "-")
                for name, force in zip(names, found, strict=True)
            ],
            "area_code": pa.array([force.area if force else None for force in found], pa.string()),
            "is_force": [bool(force and force.territorial) for force in found],
        }
    )
