"""Three tables of residents by local authority, told apart by their columns."""

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

_CODE = re.compile(r"^(ltla|lad|utla)\d\d_?(code|cd)$", re.IGNORECASE)
_NUMBER = re.compile(r"^(.*) \(number\)$")
_PERCENT = re.compile(r"^(.*) \(percent\)$")
_AGES = {str(age) for age in range(90)}
_SEXES = {"total_population", "total_females", "total_males"}
_YOUNG = range(10, 18)
_CENSUS_MONTH, _MIDYEAR_MONTH = 3, 6
_CENSUS, _MIDYEAR = "census", "mid-year estimate"


def recognise(candidate: Candidate) -> Shape | None:
    """By the columns: ethnic groups in rows, sexes and age bands, or a column for each age."""
    header = header_of(candidate)
    if not header or not _CODE.match(header[0]):
        return None
    columns = set(header)
    if {"ethnic_group", "value"} <= columns:
        return Shape("census-ethnicity", "ethnicity", f"ethnicity-{candidate.sha256[:12]}")
    if columns >= _SEXES:
        return Shape("census-age-and-sex", "age and sex", f"age-sex-{candidate.sha256[:12]}")
    if {"total_population", *_AGES} <= columns:
        return Shape("population-by-age", "single ages", f"ages-{candidate.sha256[:12]}")
    return None


def read(files: Sequence[Recognised], desk: Desk) -> Iterator[Load]:
    """One load per file."""
    readers: dict[str, Callable[[TextTable], _Rows]] = {
        "ethnicity": _ethnicity,
        "age and sex": _age_and_sex,
        "single ages": _single_ages,
    }
    for number, file in enumerate(files):
        desk.progress(number, len(files), file.candidate.name)
        table = read_table(file.candidate)
        rows = readers[file.shape.generation](table)
        if not rows.codes:
            raise Problem(
                "No row has a GSS code.",
                file=table.file,
                place=f"column “{table.header[0]}”",
                remedy="Load the file as the publisher gives it.",
            )
        month = _CENSUS_MONTH if rows.basis == _CENSUS else _MIDYEAR_MONTH
        yield Load(
            dataset=file.shape.dataset,
            generation=file.shape.generation,
            tables={"denominators": rows.table()},
            coverage={"ons": (Month(rows.year, month),)},
            files=(file,),
            rows={file.candidate.name: len(table.rows)},
            notes=tuple(rows.notes),
        )


class _Rows:
    """Residents by area and breakdown, of one year and basis."""

    def __init__(self, year: int, basis: str) -> None:
        self.year = year
        self.basis = basis
        self.codes: list[str] = []
        self.names: list[str | None] = []
        self.of: list[str] = []
        self.breakdowns: list[str] = []
        self.values: list[float] = []
        self.notes: list[LoadNote] = []

    def put(
        self,
        code: str,
        name: str | None,
        breakdown: str,
        value: float | None,
        of: str = "residents",
    ) -> None:
        if value is None:  # missing is never zero
            return
        self.codes.append(code)
        self.names.append(name)
        self.of.append(of)
        self.breakdowns.append(breakdown)
        self.values.append(value)

    def table(self) -> pa.Table:
        return pa.table(
            {
                "area_kind": [kind_of_gss(code) for code in self.codes],
                "area_code": self.codes,
                "area_name": pa.array(self.names, pa.string()),
                "year": pa.array([self.year] * len(self.codes), pa.int64()),
                "of": self.of,
                "breakdown": self.breakdowns,
                "value": pa.array(self.values, pa.float64()),
                "basis": [self.basis] * len(self.codes),
            }
        )


def _ethnicity(table: TextTable) -> _Rows:
    rows = _Rows(year_in_name(table.file), _CENSUS)
    groups, values = table.column("ethnic_group"), table.column("value")
    known: dict[str, str] = _data()["ethnicities"]
    unknown: dict[str, float] = {}
    for at, code, name in _areas(table):
        if _PERCENT.match(groups[at]):
            continue
        found = _NUMBER.match(groups[at])
        group = found[1] if found else groups[at]
        value = amount(values[at], table.file, table.place(at, "value"))
        if group not in known:
            unknown[group] = unknown.get(group, 0.0) + (value or 0.0)
        rows.put(code, name, f"ethnicity={known.get(group, group)}", value)
    for group, total in sorted(unknown.items()):
        words = f"The ethnic group “{group}” is not known: {total:,.0f} people."
        rows.notes.append(LoadNote("unknown-label", words, total))
    return rows


def _age_and_sex(table: TextTable) -> _Rows:
    rows = _Rows(year_in_name(table.file), _CENSUS)
    columns = {"total_population": ""}
    for theirs, sex in _data()["sexes"].items():
        columns[f"total_{theirs}"] = f"sex={sex}"
        for band, ours in _data()["bands"].items():
            columns[f"{band}_{theirs}"] = f"sex={sex}; age={ours}"
    for column, breakdown in columns.items():
        cells = table.column(column)
        for at, code, name in _areas(table):
            value = amount(cells[at], table.file, table.place(at, column))
            rows.put(code, name, breakdown, value)
    return rows


def _single_ages(table: TextTable) -> _Rows:
    """Residents at mid-year by age; 10 to 17 are added up where every one of them is there."""
    rows = _Rows(year_in_name(table.file), _MIDYEAR)
    ages = [name for name in table.header if name.rstrip("+").isdigit()]
    cells = {name: table.column(name) for name in ("total_population", *ages)}
    for at, code, name in _areas(table):
        found = {
            column: amount(cells[column][at], table.file, table.place(at, column))
            for column in cells
        }
        rows.put(code, name, "", found["total_population"])
        for age in ages:
            rows.put(code, name, f"age={age}", found[age])
        young = [found[str(age)] for age in _YOUNG]
        if None not in young:
            rows.put(code, name, "", sum(value or 0.0 for value in young), "residents-10-17")
    return rows


def _areas(table: TextTable) -> Iterator[tuple[int, str, str | None]]:
    """Row numbers, codes and names (where there is a column for them)."""
    at = next((n for n, name in enumerate(table.header) if name.endswith("_name")), None)
    for row, cells in enumerate(table.rows):
        if is_gss(cells[0]):
            yield row, cells[0], cells[at] if at is not None else None


@cache
def _data() -> dict[str, dict[str, str]]:
    data: dict[str, dict[str, str]] = data_file(__package__, "labels.yaml")
    return data
