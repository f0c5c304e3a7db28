"""Outcomes of recorded crime by force, quarter, offence group and outcome type."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from saferboard.analytics.intake.quarterly import Quarters
from saferboard.analytics.intake.source import Candidate, Desk, Load, Recognised, Shape
from saferboard.analytics.store.quarters import by_force
from saferboard.analytics.store.relation import Relation
from saferboard.vocabulary.data_file import data_file


def recognise(candidate: Candidate) -> Shape | None:
    """By the columns, whatever they are called in this edition."""
    return _TABLE.recognise(candidate, "outcomes")


def read(files: Sequence[Recognised], desk: Desk) -> Iterator[Load]:
    """One load per file."""
    for number, file in enumerate(files):
        desk.progress(number, len(files), file.candidate.name)
        yield _TABLE.load(file, desk)


def _arrange(rows: Relation) -> tuple[Relation, Relation]:
    # `1.0` where a spreadsheet made numbers of the types, `1A` where it did not.
    kind = rows["outcome_type"].re_replace(r"\.0$", "")
    rows = rows.mutate(
        outcome_type=kind,
        positive=kind.isin(_data()["positive"]).ifelse("yes", "no"),
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
    breakdown = "outcome-type=" + together["outcome_type"] + "; positive=" + together["positive"]
    return rows, by_force(
        together,
        topic="outcomes",
        major="group",
        minor="outcome_group",
        breakdown=breakdown,
        count="count",
    )


@cache
def _data() -> dict[str, Any]:
    data: dict[str, Any] = data_file(__package__, "labels.yaml")
    return data


_TABLE = Quarters(
    dataset="outcomes",
    needed=("fy", "quarter", "force", "group", "outcome_group", "outcome_type", "n"),
    label="group",
    words=_data,
    offences="groups",
    arrange=_arrange,
)
