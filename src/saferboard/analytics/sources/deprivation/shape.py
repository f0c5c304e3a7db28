"""Indices of deprivation: tables of LSOAs with a score, rank or decile for each domain."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import pyarrow as pa

from saferboard.analytics.intake.figures import amount, number
from saferboard.analytics.intake.source import Candidate, Desk, Load, Recognised, Shape
from saferboard.analytics.intake.texts import header_of, read_table
from saferboard.analytics.intake.workbook import clean, peek, tables
from saferboard.analytics.intake.years import year_in_name
from saferboard.analytics.store.vintage import LoadNote
from saferboard.vocabulary.data_file import data_file
from saferboard.vocabulary.period import Month
from saferboard.vocabulary.problem import Problem

_CODE = re.compile(r"^lsoa ?(?:(\d\d)[ _]?(?:code|cd)|code \(20(\d\d)\))$", re.IGNORECASE)
_HEADING = re.compile(r"^(.+?)[ _](score|rank|decile)\b", re.IGNORECASE)
_MID = re.compile(r"mid[ -](\d{4})")
_LSOA = re.compile(r"^[EW]01\d{6}$")
_ISSUE_MONTH = 9
_BASIS = "mid-year estimate without prisoners"


def recognise(candidate: Candidate) -> Shape | None:
    """A table whose first column is an LSOA code and which has scores, ranks or deciles."""
    if _is_index(header_of(candidate)):
        return Shape("deprivation", "table", f"deprivation-{candidate.sha256[:12]}")
    if _sheets(candidate):
        return Shape("deprivation", "workbook", f"deprivation-{candidate.sha256[:12]}")
    return None


def read(files: Sequence[Recognised], desk: Desk) -> Iterator[Load]:
    """One load per file."""
    for place, file in enumerate(files):
        desk.progress(place, len(files), file.candidate.name)
        yield _load(file)


@dataclass(frozen=True)
class _Grid:
    """A table from either kind of file, with the words for a cell's place."""

    header: Sequence[str]
    rows: Sequence[Sequence[object]]
    places: Sequence[str]

    def place(self, row: int, column: int) -> str:
        return f"{self.places[row]}, column “{self.header[column]}”"


@dataclass
class _Rows:
    deprivation: list[pa.Table] = field(default_factory=list)
    populations: list[dict[str, Any]] = field(default_factory=list)
    unknown: set[str] = field(default_factory=set)


def _load(file: Recognised) -> Load:
    name = file.candidate.name
    grids = _grids(file)
    rows = _Rows()
    editions = set()
    for grid in grids:
        edition = _edition(grid, name)
        editions.add(edition)
        _read_index(grid, edition, name, rows)
        _read_populations(grid, name, rows)
    index = pa.concat_tables([_NOTHING, *rows.deprivation])
    if not index.num_rows:
        raise Problem(
            "No row has the code of an LSOA.",
            file=name,
            remedy="Load the file as the publisher gives it.",
        )
    found: dict[str, pa.Table] = {"deprivation": index}
    if rows.populations:
        found["denominators"] = pa.Table.from_pylist(rows.populations, schema=_POPULATIONS)
    words = ", ".join(f"“{heading}”" for heading in sorted(rows.unknown))
    notes = (LoadNote("unknown-label", f"Not known and passed over: {words}."),) if words else ()
    return Load(
        dataset=f"{file.shape.dataset}-{max(editions)}-{file.shape.generation}",
        generation=file.shape.generation,
        tables=found,
        coverage={"mhclg": (Month(int(max(editions)), _ISSUE_MONTH),)},
        files=(file,),
        rows={name: sum(len(grid.rows) for grid in grids)},
        notes=notes,
    )


def _grids(file: Recognised) -> list[_Grid]:
    if file.shape.generation == "table":
        table = read_table(file.candidate)
        return [_Grid(table.header, table.rows, [f"line {line}" for line in table.lines])]
    wanted = _sheets(file.candidate)
    found = []
    for first in sorted(set(wanted.values())):
        names = {name for name, heading in wanted.items() if heading == first}
        for sheet in tables(file.candidate, names.__contains__, [first]):
            start = sheet.first_row
            places = [f"sheet “{sheet.sheet}”, row {start + n}" for n in range(len(sheet.rows))]
            found.append(_Grid(sheet.header, sheet.rows, places))
    return found


def _read_index(grid: _Grid, edition: str, file: str, rows: _Rows) -> None:
    columns: dict[str, dict[str, int]] = {}
    for at, heading in enumerate(grid.header):
        found = _HEADING.match(heading)
        if not found:
            continue
        domain = _data()["domains"].get(" ".join(found[1].replace("_", " ").split()))
        if domain is None:
            rows.unknown.add(heading)
        else:
            columns.setdefault(domain, {})[found[2].lower()] = at
    kept = [row for row, cells in enumerate(grid.rows) if _LSOA.match(clean(cells[0]))]
    codes = pa.array([clean(grid.rows[row][0]) for row in kept], pa.string())
    for domain, places in columns.items():
        figures = {
            what: [_figure(grid, row, at, file) for row in kept] for what, at in places.items()
        }
        rows.deprivation.append(
            _domain(codes, _kind(grid.header), edition, domain, figures) if kept else _NOTHING
        )


def _figure(grid: _Grid, row: int, column: int, file: str) -> float | None:
    """A cell as a number; the words for its place are made only where it is none."""
    cell = grid.rows[row][column]
    if isinstance(cell, float):
        return cell
    try:
        return float(cell) if isinstance(cell, str | int) else None
    except ValueError:
        return number(cell, file, grid.place(row, column))


def _domain(
    codes: pa.Array,
    kind: str,
    edition: str,
    domain: str,
    figures: dict[str, list[float | None]],
) -> pa.Table:
    absent: list[float | None] = [None] * len(codes)
    return pa.table(
        {
            "area_code": codes,
            "area_kind": pa.repeat(kind, len(codes)),
            "edition": pa.repeat(edition, len(codes)),
            "domain": pa.repeat(domain, len(codes)),
            "decile": pa.array(figures.get("decile", absent), pa.float64()).cast(pa.int64()),
            "rank": pa.array(figures.get("rank", absent), pa.float64()).cast(pa.int64()),
            "score": pa.array(figures.get("score", absent), pa.float64()),
        }
    )


def _read_populations(grid: _Grid, file: str, rows: _Rows) -> None:
    populations: dict[str, str] = _data()["populations"]
    for at, heading in enumerate(grid.header):
        year = _MID.search(heading)
        start = next((words for words in populations if heading.startswith(words)), None)
        if start is None or year is None:
            continue
        for row, cells in enumerate(grid.rows):
            code = clean(cells[0])
            value = amount(cells[at], file, grid.place(row, at)) if _LSOA.match(code) else None
            if value is not None:
                rows.populations.append(
                    {
                        "area_kind": _kind(grid.header),
                        "area_code": code,
                        "area_name": clean(cells[1]),
                        "year": int(year[1]),
                        "of": "residents",
                        "breakdown": populations[start],
                        "value": value,
                        "basis": _BASIS,
                    }
                )


def _sheets(candidate: Candidate) -> dict[str, str]:
    """The sheets that start with an LSOA code, and how its heading is written."""
    found = {}
    for name, rows in peek(candidate).items():
        for row in rows:
            header = [clean(cell) for cell in row]
            if header and _CODE.match(header[0]) and (_is_index(header) or _has_people(header)):
                found[name] = header[0]
                break
    return found


def _is_index(header: Sequence[str]) -> bool:
    return bool(header) and bool(_CODE.match(header[0])) and any(map(_HEADING.match, header))


def _has_people(header: Sequence[str]) -> bool:
    return any(column.startswith(words) for column in header for words in _data()["populations"])


def _kind(header: Sequence[str]) -> str:
    found = _CODE.match(header[0])
    return f"lsoa{found[1] or found[2]}" if found else "other"


def _edition(grid: _Grid, file: str) -> str:
    """The year of the index: the file's name where it says one, else by the LSOAs it is of."""
    try:
        year = year_in_name(file)
    except Problem:
        year = 0
    editions: dict[str, str] = _data()["editions"]
    return str(year) if str(year) in editions.values() else editions[_kind(grid.header)]


@cache
def _data() -> dict[str, dict[str, str]]:
    data: dict[str, dict[str, str]] = data_file(__package__, "labels.yaml")
    return data


_DEPRIVATION = pa.schema(
    [
        *[(name, pa.string()) for name in ("area_code", "area_kind", "edition", "domain")],
        ("decile", pa.int64()),
        ("rank", pa.int64()),
        ("score", pa.float64()),
    ]
)
_NOTHING = _DEPRIVATION.empty_table()
_POPULATIONS = pa.schema(
    [
        *[(name, pa.string()) for name in ("area_kind", "area_code", "area_name")],
        ("year", pa.int64()),
        ("of", pa.string()),
        ("breakdown", pa.string()),
        ("value", pa.float64()),
        ("basis", pa.string()),
    ]
)
