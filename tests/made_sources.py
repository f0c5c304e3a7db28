"""Two small sources of made-up publishers, to test the store and intake without the real
ones: a wide file of counts (one force, a column per month) and a street file (DuckDB)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa

from saferboard.analytics.intake.columns import by_value, whole
from saferboard.analytics.intake.headers import find_header
from saferboard.analytics.intake.source import Candidate, Desk, Load, Recognised, Shape, Source
from saferboard.analytics.intake.tabular import read_text
from saferboard.analytics.intake.wide import month_columns
from saferboard.vocabulary.period import Month

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
LATER = datetime(2026, 4, 1, 12, 0, tzinfo=UTC)
STREET_HEADER = (
    "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,"
    "LSOA name,Crime type,Last outcome category,Context"
)


def months(first: str, last: str) -> tuple[Month, ...]:
    """Every month from `first` to `last`."""
    start, end = Month.parse(first), Month.parse(last)
    return tuple(start + step for step in range(end - start + 1))


def wide_csv(first: str, last: str, value: int = 1, rows: int = 2, unit: str = "north") -> str:
    """A wide file: `rows` areas with `value` in every month."""
    span = months(first, last)
    lines = ["Unit,Place,Label," + ",".join(f"{m.year}{m.month:02d}" for m in span)]
    lines += [
        f"{unit},Place {n},Burglary," + ",".join([str(value)] * len(span)) for n in range(rows)
    ]
    return "\n".join(lines) + "\n"


def _is_wide(columns: Sequence[str]) -> bool:
    return list(columns[:3]) == ["Unit", "Place", "Label"]


def _recognise_wide(candidate: Candidate) -> Shape | None:
    header = find_header(candidate, _is_wide)
    return Shape("wide", "first", group=candidate.sha256) if header else None


def _read_wide(files: Sequence[Recognised], desk: Desk) -> Iterator[Load]:
    for one in files:
        name = one.candidate.name
        header = find_header(one.candidate, _is_wide)
        assert header is not None
        columns = month_columns(header, name)
        text = read_text(one.candidate, header)
        unit, place, label = (text.column(at).to_pylist() for at in range(3))
        rows = [
            {
                "unit": unit[at],
                "area_kind": "other",
                "area_name": place[at],
                "month": month.first_day,
                "counted": "offences",
                "offence": "burglary",
                "minor": label[at],
                "count": value,
            }
            for position, month in columns
            for at, value in enumerate(
                by_value(
                    text.column(position),
                    whole,
                    pa.int64(),
                    file=name,
                    header=header,
                    position=position,
                ).to_pylist()
            )
        ]
        yield Load(
            dataset="wide",
            generation="first",
            tables={"recorded_offences": pa.Table.from_pylist(rows)},
            coverage={unit[0]: tuple(month for _, month in columns)},
            files=(one,),
            rows={name: text.num_rows},
            split=True,
        )


WIDE = Source(
    key="made-wide",
    title="Made wide counts",
    publisher="A made-up force",
    licence="None",
    url="https://example.org",
    tables=("recorded_offences",),
    about="Counts, a column per month.",
    recognise=_recognise_wide,
    read=_read_wide,
    headers=("Unit,Place,Label",),
)


def _street_facts(candidate: Candidate) -> Mapping[str, str] | None:
    if find_header(candidate, lambda columns: ",".join(columns) == STREET_HEADER) is None:
        return None
    year, month, *unit = Path(candidate.name.rsplit("!", 1)[-1]).stem.split("-")
    return {"month": f"{year}-{month}", "unit": "-".join(unit[:-1])}


def _recognise_street(candidate: Candidate) -> Shape | None:
    facts = _street_facts(candidate)
    return None if facts is None else Shape("street", "csv", "street", facts)


def _read_street(files: Sequence[Recognised], desk: Desk) -> Iterator[Load]:
    columns = dict.fromkeys(STREET_HEADER.split(","), "VARCHAR")
    columns |= {"Longitude": "DOUBLE", "Latitude": "DOUBLE"}
    paths = [one.candidate.path for one in files]
    raw = desk.csv(paths, columns=columns, filename=True)
    stem = raw.filename.re_extract(r"/\d{4}-\d{2}-([a-z-]+)-street\.csv$", 1)
    rows = raw.select(
        crime_id=raw["Crime ID"],
        month=(raw["Month"] + "-01").cast("date"),
        unit=stem,
        reported_by=raw["Reported by"],
        falls_within=raw["Falls within"],
        longitude=raw["Longitude"],
        latitude=raw["Latitude"],
        location=raw["Location"],
        lsoa_code=raw["LSOA code"],
        lsoa_name=raw["LSOA name"],
        crime_type=raw["Crime type"].lower().re_replace("[^a-z]+", "-"),
        crime_label=raw["Crime type"],
        last_outcome=raw["Last outcome category"],
    )
    coverage: dict[str, list[Month]] = {}
    for one in files:
        facts = one.shape.facts
        coverage.setdefault(facts["unit"], []).append(Month.parse(facts["month"]))
    counted = desk.run(raw.group_by("filename").aggregate(rows=raw.count())).to_pylist()
    by_path = {row["filename"]: row["rows"] for row in counted}
    yield Load(
        dataset="street",
        generation="csv",
        tables={"street_crimes": rows},
        coverage={unit: tuple(found) for unit, found in coverage.items()},
        files=tuple(files),
        rows={one.candidate.name: by_path.get(str(one.candidate.path), 0) for one in files},
    )


STREET = Source(
    key="made-street",
    title="Made street crime",
    publisher="A made-up site",
    licence="None",
    url="https://example.org",
    tables=("street_crimes",),
    about="A row per crime.",
    recognise=_recognise_street,
    read=_read_street,
    headers=(STREET_HEADER,),
)
SOURCES = (WIDE, STREET)


def street_csv(month: str, rows: int, force: str = "North Police") -> str:
    """A street file with `rows` equal rows: repeats are legitimate."""
    line = f",{month},{force},{force},-0.2,51.6,On or near Made Road,E01000001,Made 001A,Burglary,,"
    return "\n".join([STREET_HEADER, *[line] * rows]) + "\n"
