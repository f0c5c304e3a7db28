"""Stop and search from CSV files: rows in the columns of the lake, in London's time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import pyarrow as pa

from saferboard.analytics.intake.force_loads import ForceFiles, unknown_labels
from saferboard.analytics.intake.force_months import by_name
from saferboard.analytics.intake.source import Desk, Recognised
from saferboard.analytics.sources.police_uk_stops.words import ethnicities, outcomes, summer_times
from saferboard.analytics.store.file_rows import FILE
from saferboard.analytics.store.relation import Relation
from saferboard.analytics.store.vintage import LoadNote
from saferboard.vocabulary.problem import Problem

if TYPE_CHECKING:
    import ibis

KIND = "stop-and-search"
COLUMNS = {
    "Type": "VARCHAR",
    "Date": "VARCHAR",
    "Part of a policing operation": "VARCHAR",
    "Policing operation": "VARCHAR",
    "Latitude": "DOUBLE",
    "Longitude": "DOUBLE",
    "Gender": "VARCHAR",
    "Age range": "VARCHAR",
    "Self-defined ethnicity": "VARCHAR",
    "Officer-defined ethnicity": "VARCHAR",
    "Legislation": "VARCHAR",
    "Object of search": "VARCHAR",
    "Outcome": "VARCHAR",
    "Outcome linked to object of search": "VARCHAR",
    "Removal of more than just outer clothing": "VARCHAR",
}
# `2018-12-02T00:58:29+00:00`: the time, and how far it is from UTC (always nothing, so far).
_TIME_LENGTH = 19
_UTC = ("", "Z", "+00:00", "+0000")
# A few stops near midnight may fall in the month beside the file's; a file of which more do is
# not of the month that its name says.
_STRAYS = 0.02


def arrange(raw: Relation, desk: Desk) -> Relation:
    """Raw rows in the columns of `stop_searches`. Times are UTC; the day is London's."""
    at = raw["Date"].left(_TIME_LENGTH).try_cast("timestamp")
    zone = raw["Date"].substr(_TIME_LENGTH, 8)
    rows = raw.mutate(at=zone.isin(_UTC).ifelse(at, None))
    rows = _in_london(rows, desk)
    told = desk.table(_words(outcomes(), "said", "today"))
    rows = rows.left_join(told, rows["Outcome"] == told["said"])
    groups = desk.table(_words(ethnicities(), "stated", "ethnic_group"))
    rows = rows.left_join(groups, rows["Self-defined ethnicity"] == groups["stated"])
    return rows.select(
        rows[FILE],
        month=rows["named_month"].fill_null(rows["local_date"].truncate("M").cast("date")),
        unit=rows["named_unit"],
        at=rows["at"],
        local_date=rows["local_date"],
        type=rows["Type"],
        operation=rows["Policing operation"],
        longitude=rows["Longitude"],
        latitude=rows["Latitude"],
        gender=rows["Gender"],
        age_range=rows["Age range"],
        ethnicity_self=rows["ethnic_group"].fill_null(rows["Self-defined ethnicity"]),
        ethnicity_officer=rows["Officer-defined ethnicity"],
        legislation=rows["Legislation"],
        object=rows["Object of search"],
        outcome=rows["today"].fill_null(rows["Outcome"]),
        outcome_label=rows["Outcome"],
        linked=_truth(rows["Outcome linked to object of search"]),
        stripped=_truth(rows["Removal of more than just outer clothing"]),
    )


def inspect(held: Relation, files: Sequence[Recognised], desk: Desk) -> Sequence[LoadNote]:
    """Words that are not known, with totals; stops whose day lies in another month than the
    file's. Raises Problem for a time that is none, and where the strays are many."""
    strays = (held["local_date"].truncate("M").cast("date") != held["month"]).sum()
    counted = held.group_by(FILE).aggregate(
        rows=held.count(), dated=held["at"].count(), strays=strays
    )
    lost = 0
    for row in desk.run(counted).to_pylist():
        lost += _check(files[row[FILE]], row["rows"], row["dated"], int(row["strays"] or 0))
    notes = []
    if lost:
        words = f"{lost} stops fall, in London's time, in another month than their file's."
        notes.append(LoadNote("remark", words, float(lost)))
    notes += _unknown(held, "outcome_label", set(outcomes()), "outcome", desk)
    groups = set(ethnicities().values())
    return [*notes, *_unknown(held, "ethnicity_self", groups, "ethnic group", desk)]


FORCE_FILES = ForceFiles(
    kind=KIND,
    dataset="stops",
    table="stop_searches",
    columns=COLUMNS,
    arrange=arrange,
    inspect=inspect,
)


def _in_london(rows: Relation, desk: Desk) -> Relation:
    import ibis  # slow to load: see store/relation.py

    clocks = desk.table(_clocks())
    rows = rows.left_join(clocks, rows["at"].year() == clocks["clock_year"])
    summer = (rows["at"] >= rows["forward"]) & (rows["at"] < rows["back"])
    local = summer.ifelse(rows["at"] + ibis.interval(hours=1), rows["at"])
    return rows.mutate(local_date=local.date())


def _check(file: Recognised, rows: int, dated: int, strays: int) -> int:
    name = file.candidate.name
    if dated < rows:
        raise Problem(
            f"{rows - dated} stops have no time in UTC that can be read.",
            file=name,
            place="column “Date”",
            remedy="Download the file again.",
        )
    told = by_name(name, KIND)
    if told and strays > _STRAYS * rows:
        raise Problem(
            f"The file's name says {told.month}, and {strays} of {rows} stops are of other months.",
            file=name,
            place="column “Date”",
            remedy="Give the file back the name it was published under, or download it again.",
        )
    return strays


def _unknown(held: Relation, column: str, known: set[str], what: str, desk: Desk) -> list[LoadNote]:
    label = held[column]
    strange = held.filter(label.notnull() & ~label.isin(sorted(known)))
    counted = strange.group_by(label=column).aggregate(rows=strange.count())
    found = desk.run(counted).to_pylist()
    return unknown_labels([(row["label"], row["rows"]) for row in found], what)


def _truth(text: ibis.Value) -> ibis.Value:
    return text.cases(("True", True), ("False", False), else_=None)


def _words(mapping: dict[str, str], key: str, value: str) -> pa.Table:
    return pa.table({key: list(mapping), value: list(mapping.values())})


def _clocks() -> pa.Table:
    years, forward, back = zip(*summer_times(), strict=True)
    return pa.table(
        {
            "clock_year": pa.array(years, pa.int32()),
            "forward": pa.array(forward, pa.timestamp("us")),
            "back": pa.array(back, pa.timestamp("us")),
        }
    )
