"""Three files that give households or residents by area: census, borough profiles, density."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache

import pyarrow as pa

from saferboard.analytics.intake.figures import amount
from saferboard.analytics.intake.source import Candidate, Desk, Load, Recognised, Shape
from saferboard.analytics.intake.texts import TextTable, header_of, read_table
from saferboard.analytics.intake.years import year_in_name
from saferboard.analytics.store.vintage import LoadNote
from saferboard.vocabulary.area import is_gss, kind_of_gss
from saferboard.vocabulary.data_file import data_file
from saferboard.vocabulary.period import Month
from saferboard.vocabulary.problem import Problem

_CENSUS_CODE = re.compile(r"^(ltla|lad|utla)\d\d_?(code|cd)$")
_PROFILE = re.compile(r"^gla (population|household) estimate (\d{4})$")
_OF = {"population": "residents", "household": "households"}
_PROJECTION = "projection"
_CENSUS_MONTH = 3
_MIDYEAR_MONTH = 6


def recognise(candidate: Candidate) -> Shape | None:
    """By the columns: `ltla23_code, households`; GLA estimates of a year; Year and Source."""
    plain = [_plain(column) for column in header_of(candidate)]
    if len(plain) <= 4 and "households" in plain and any(map(_CENSUS_CODE.match, _raw(candidate))):
        return Shape("census-households", "census", "census-households")
    if plain[:1] == ["code"] and any(_PROFILE.match(column) for column in plain):
        return Shape("london-borough-profiles", "profiles", "london-borough-profiles")
    if plain[:5] == ["code", "name", "year", "source", "population"]:
        return Shape("london-population-by-year", "density", "london-population-by-year")
    return None


def read(files: Sequence[Recognised], desk: Desk) -> Iterator[Load]:
    """One load per file."""
    readers: dict[str, Callable[[TextTable], _Rows]] = {
        "census": _census,
        "profiles": _profiles,
        "density": _density,
    }
    for number, file in enumerate(files):
        desk.progress(number, len(files), file.candidate.name)
        table = read_table(file.candidate)
        rows = readers[file.shape.generation](table)
        month = _CENSUS_MONTH if file.shape.generation == "census" else _MIDYEAR_MONTH
        yield Load(
            dataset=file.shape.dataset,
            generation=file.shape.generation,
            tables={"denominators": pa.Table.from_pylist(rows.rows, schema=_SCHEMA)},
            coverage={"ons": tuple(Month(year, month) for year in sorted(rows.years))},
            files=(file,),
            rows={file.candidate.name: len(table.rows)},
            notes=rows.notes(),
        )


_SCHEMA = pa.schema(
    [
        ("area_kind", pa.string()),
        ("area_code", pa.string()),
        ("area_name", pa.string()),
        ("year", pa.int64()),
        ("of", pa.string()),
        ("breakdown", pa.string()),
        ("value", pa.float64()),
        ("basis", pa.string()),
    ]
)


class _Rows:
    def __init__(self) -> None:
        self.rows: list[dict[str, object]] = []
        self.years: set[int] = set()
        self.missing: list[str] = []
        self.footnotes = 0

    def put(
        self, code: str, name: str | None, year: int, of: str, value: float | None, basis: str
    ) -> None:
        if value is None:
            self.missing.append(f"{name or code} ({of}, {year})")
            return
        if basis != _PROJECTION:
            self.years.add(year)
        self.rows.append(
            {
                "area_kind": kind_of_gss(code),
                "area_code": code,
                "area_name": name,
                "year": year,
                "of": of,
                "breakdown": "",
                "value": value,
                "basis": basis,
            }
        )

    def notes(self) -> tuple[LoadNote, ...]:
        notes = []
        if self.missing:
            words = f"No figure, and not taken as zero: {', '.join(self.missing[:10])}."
            notes.append(LoadNote("remark", words, float(len(self.missing))))
        if self.footnotes:
            words = f"{self.footnotes} rows without a code (footnotes) were passed over."
            notes.append(LoadNote("remark", words, float(self.footnotes)))
        return tuple(notes)


def _census(table: TextTable) -> _Rows:
    year = year_in_name(table.file)
    code = next(name for name in table.header if _CENSUS_CODE.match(name.casefold()))
    rows = _Rows()
    households = table.column("households")
    for at, area in _areas(table, code, rows):
        value = amount(households[at], table.file, table.place(at, "households"))
        rows.put(area, None, year, "households", value, "census")
    return rows


def _profiles(table: TextTable) -> _Rows:
    rows = _Rows()
    names = table.column(table.header[1])
    wanted = [
        (column, table.column(column), _OF[found[1]], int(found[2]))
        for column in table.header
        if (found := _PROFILE.match(_plain(column)))
    ]
    for at, area in _areas(table, table.header[0], rows):
        for column, cells, of, year in wanted:
            value = amount(cells[at], table.file, table.place(at, column))
            rows.put(area, names[at], year, of, value, "GLA estimate")
    return rows


def _density(table: TextTable) -> _Rows:
    rows = _Rows()
    code, name, year, source, population = table.header[:5]
    names, years, origins = table.column(name), table.column(year), table.column(source)
    people, bases = table.column(population), _bases()
    for at, area in _areas(table, code, rows):
        when = amount(years[at], table.file, table.place(at, year))
        value = amount(people[at], table.file, table.place(at, population))
        if when is None:
            raise Problem(
                "This row has no year.",
                file=table.file,
                place=table.place(at, year),
                remedy="Load the file as the publisher gives it.",
            )
        basis = bases.get(origins[at], origins[at])
        rows.put(area, names[at], int(when), "residents", value, basis)
    return rows


def _areas(table: TextTable, column: str, rows: _Rows) -> Iterator[tuple[int, str]]:
    """Row numbers and codes; rows without a code are footnotes. Raises Problem where no row has
    a code."""
    found = False
    for at, code in enumerate(table.column(column)):
        if is_gss(code):
            found = True
            yield at, code
        else:
            rows.footnotes += 1
    if not found:
        raise Problem(
            "No row has a GSS code.",
            file=table.file,
            place=f"column “{column}”",
            remedy="Load the file as the publisher gives it.",
        )


def _plain(column: str) -> str:
    return " ".join(column.replace("_", " ").casefold().split())


def _raw(candidate: Candidate) -> list[str]:
    return [column.casefold() for column in header_of(candidate)]


@cache
def _bases() -> dict[str, str]:
    bases: dict[str, str] = data_file(__package__, "labels.yaml")["bases"]
    return bases
