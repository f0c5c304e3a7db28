"""Outcomes of recorded crime by force, quarter, offence group and outcome type."""

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
from saferboard.vocabulary.data_file import data_file

_NEEDED = ("fy", "quarter", "force", "group", "outcome_group", "outcome_type", "n")


def recognise(candidate: Candidate) -> Shape | None:
    """By the columns, whatever they are called in this edition."""
    if columns_found(candidate, _data()["columns"], _NEEDED):
        return Shape("outcomes", "quarters", f"outcomes-{candidate.sha256[:12]}")
    return None


def read(files: Sequence[Recognised], desk: Desk) -> Iterator[Load]:
    """One load per file."""
    for number, file in enumerate(files):
        desk.progress(number, len(files), file.candidate.name)
        yield _load(file, desk)


def _load(file: Recognised, desk: Desk) -> Load:
    name = file.candidate.name
    held = quarterly_rows(file, columns_found(file.candidate, _data()["columns"], _NEEDED), desk)
    check_quarters(held, name, desk)
    groups = desk.table(_groups())
    rows = held.left_join(groups, held["group"] == groups["label"])
    # `1.0` where a spreadsheet made numbers of the types, `1A` where it did not.
    kind = rows["outcome_type"].re_replace(r"\.0$", "")
    rows = rows.mutate(
        outcome_type=kind,
        positive=ibis.ifelse(kind.isin(_data()["positive"]), "yes", "no"),
    )
    together = rows.group_by(
        "unit",
        "is_force",
        "area_code",
        "force",
        "period_from",
        "period_to",
        "offence",
        "group",
        "outcome_group",
        "outcome_type",
        "positive",
    ).aggregate(count=rows["n"].sum())
    (counted,) = desk.run(held.aggregate(rows=held.count())).to_pylist()
    return Load(
        dataset="outcomes",
        generation="quarters",
        tables={
            "published_counts": together.select(
                "unit",
                area_kind=ibis.ifelse(together["is_force"], "force", "other"),
                area_code=together["area_code"],
                area_name=together["force"],
                period_from=together["period_from"],
                period_to=together["period_to"],
                topic=ibis.literal("outcomes"),
                offence=together["offence"],
                major=together["group"],
                minor=together["outcome_group"],
                breakdown=ibis.literal("outcome-type=")
                + together["outcome_type"]
                + "; positive="
                + together["positive"],
                count=together["count"],
            )
        },
        coverage=covered(held, desk),
        files=(file,),
        rows={name: counted["rows"]},
        notes=(*force_notes(held, desk), *label_notes(rows, "group", "offence", desk)),
    )


def _groups() -> pa.Table:
    labels = _data()["groups"]
    return pa.table({"label": list(labels), "offence": list(labels.values())})


@cache
def _data() -> dict[str, Any]:
    data: dict[str, Any] = data_file(__package__, "labels.yaml")
    return data
