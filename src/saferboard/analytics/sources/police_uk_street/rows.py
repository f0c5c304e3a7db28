"""Street-level crime from CSV files: one scan of all files, checked as a whole."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib import resources
from typing import Any

import ibis
import pyarrow as pa
import yaml

from saferboard.analytics.intake.force_months import (
    Key,
    by_name,
    coverage,
    gaps,
    line_where,
    wrong_month,
)
from saferboard.analytics.intake.source import Desk, Load, Recognised
from saferboard.analytics.store.file_rows import (
    FILE,
    PATH,
    FileFacts,
    FileSummary,
    facts_table,
    is_off_map,
    month_of,
    summaries,
    summary,
    with_facts,
)
from saferboard.analytics.store.relation import Relation
from saferboard.analytics.store.vintage import LoadNote
from saferboard.vocabulary.force import forces
from saferboard.vocabulary.period import Month
from saferboard.vocabulary.problem import Problem

COLUMNS = {
    "Crime ID": "VARCHAR",
    "Month": "VARCHAR",
    "Reported by": "VARCHAR",
    "Falls within": "VARCHAR",
    "Longitude": "DOUBLE",
    "Latitude": "DOUBLE",
    "Location": "VARCHAR",
    "LSOA code": "VARCHAR",
    "LSOA name": "VARCHAR",
    "Crime type": "VARCHAR",
    "Last outcome category": "VARCHAR",
}
# Always empty in the publisher's files.
PASSED_OVER = ("Context",)
_KIND = "street"
EXTRACT = "extract"


def named(files: Sequence[Recognised], desk: Desk) -> Load:
    """Files in the publisher's names: unit and month are the name's, and each row must agree."""
    held = desk.hold(_scan(files, desk))
    found = summaries(desk.run(summary(held)))
    _check(files, found)
    counts: dict[Key, int] = {}
    for file in files:
        told = by_name(file.candidate.name, _KIND)
        if told:
            counts[told.unit, told.month] = 0
    for one in found:
        if one.unit and one.month:
            counts[one.unit, Month.of(one.month)] += one.rows
    return Load(
        dataset="street",
        generation="csv",
        tables={"street_crimes": held.drop(FILE)},
        coverage=coverage(counts),
        files=tuple(files),
        rows=_rows(files, found),
        notes=(*_notes(held, found, desk), *gaps(counts)),
    )


def others(files: Sequence[Recognised], desk: Desk) -> Iterator[Load]:
    """Files under other names, each judged by its rows: one force and one month is as good as
    the publisher's own file; more is an extract, which says nothing of what it leaves out."""
    for number, file in enumerate(files):
        desk.progress(number, len(files), file.candidate.name)
        held = desk.hold(_scan([file], desk))
        found = summaries(desk.run(summary(held)))
        _check([file], found)
        counts = {
            (one.unit, Month.of(one.month)): one.rows for one in found if one.unit and one.month
        }
        whole = len(counts) == 1
        notes = _notes(held, found, desk)
        if not whole:
            words = (
                "This is an extract of several months or forces: no force's month is taken as "
                "covered by it, and measures do not count it."
            )
            notes = (LoadNote("remark", words, float(sum(counts.values()))), *notes)
        months = tuple(sorted({month for _, month in counts}))
        yield Load(
            dataset="street" if whole else "street-extract",
            generation="csv",
            tables={"street_crimes": held.drop(FILE)},
            coverage=coverage(counts) if whole else {EXTRACT: months},
            files=(file,),
            rows=_rows([file], found),
            notes=notes,
        )


def _scan(files: Sequence[Recognised], desk: Desk) -> Relation:
    """All files as one relation in the columns of `street_crimes`, with the file's number."""
    facts = []
    by_header: dict[str, list[Recognised]] = {}
    for number, file in enumerate(files):
        told = by_name(file.candidate.name, _KIND)
        facts.append(
            FileFacts(
                file=number,
                path=file.candidate.path,
                unit=told.unit if told else None,
                month=told.month.first_day if told else None,
            )
        )
        by_header.setdefault(file.shape.facts["header"], []).append(file)
    scans = [_scan_of(header.split("\t"), found, desk) for header, found in by_header.items()]
    raw = with_facts(
        ibis.union(*scans) if len(scans) > 1 else scans[0], desk.table(facts_table(facts))
    )
    labels = desk.table(_labels())
    names = desk.table(_names())
    placed = raw.left_join(labels, raw["Crime type"] == labels["label"]).left_join(
        names, raw["Reported by"] == names["printed"]
    )
    return placed.select(
        placed[FILE],
        crime_id=placed["Crime ID"],
        month=month_of(placed["Month"]),
        unit=ibis.coalesce(placed["named_unit"], placed["slug"]),
        reported_by=placed["Reported by"],
        falls_within=placed["Falls within"],
        longitude=placed["Longitude"],
        latitude=placed["Latitude"],
        location=placed["Location"],
        lsoa_code=placed["LSOA code"],
        lsoa_name=placed["LSOA name"],
        crime_type=placed["offence"],
        crime_label=placed["Crime type"],
        last_outcome=placed["Last outcome category"],
    )


def _scan_of(header: Sequence[str], files: Sequence[Recognised], desk: Desk) -> Relation:
    columns = {name: COLUMNS.get(name, "VARCHAR") for name in header}
    paths = [file.candidate.path for file in files]
    return desk.csv(paths, columns=columns, filename=PATH).select(*COLUMNS, PATH)


def _check(files: Sequence[Recognised], found: Sequence[FileSummary]) -> None:
    """Raises Problem where a row's month is none or not the file's, its force is not known, or
    its point lies off the map."""
    for one in found:
        file = files[one.file]
        told = by_name(file.candidate.name, _KIND)
        if told and (one.month is None or Month.of(one.month) != told.month):
            raise wrong_month(file, told.month, "Month")
        if one.month is None:
            raise Problem(
                "A row has no month.",
                file=file.candidate.name,
                place=line_where(file, lambda row: len(row.get("Month", "")) != 7),
                remedy="Download the file again.",
            )
        if one.unit is None:
            raise Problem(
                "A row names no force that is known, and neither does the file's name.",
                file=file.candidate.name,
                place="column “Reported by”",
                remedy="Give the file back the name it was published under.",
            )
        if one.off_map:
            raise Problem(
                f"{one.off_map} points lie outside the British Isles.",
                file=file.candidate.name,
                place=line_where(file, _off_map),
                remedy="Longitude and latitude may be swapped: download the file again.",
            )


def _off_map(row: Mapping[str, str]) -> bool:
    return is_off_map(row.get("Longitude", ""), row.get("Latitude", ""))


def _rows(files: Sequence[Recognised], found: Sequence[FileSummary]) -> dict[str, int]:
    rows = {file.candidate.name: 0 for file in files}
    for one in found:
        rows[files[one.file].candidate.name] += one.rows
    return rows


def _notes(held: Relation, found: Sequence[FileSummary], desk: Desk) -> tuple[LoadNote, ...]:
    notes = []
    lost = sum(one.rows - one.placed for one in found)
    if lost:
        share = 100 * lost / sum(one.rows for one in found)
        words = f"{lost:,} rows ({share:.1f}%) have no point and lie in no neighbourhood."
        notes.append(LoadNote("not-placed", words, float(lost)))
    strange = held.filter(held["crime_type"].isnull())
    counted = desk.run(strange.group_by("crime_label").aggregate(rows=strange.count()))
    for row in sorted(counted.to_pylist(), key=lambda one: str(one["crime_label"])):
        words = f"The category “{row['crime_label']}” is not known: {row['rows']:,} rows."
        notes.append(LoadNote("unknown-label", words, float(row["rows"])))
    return tuple(notes)


def _labels() -> pa.Table:
    labels = label_data()["labels"]
    return pa.table({"label": list(labels), "offence": list(labels.values())})


def _names() -> pa.Table:
    found = list(forces().values())
    return pa.table({"printed": [one.name for one in found], "slug": [one.slug for one in found]})


@cache
def label_data() -> dict[str, Any]:
    """The publisher's categories: `labels` of the CSV files to our keys, `api` to labels."""
    text = resources.files(__package__).joinpath("labels.yaml").read_text("utf-8")
    data: dict[str, Any] = yaml.safe_load(text)
    return data
