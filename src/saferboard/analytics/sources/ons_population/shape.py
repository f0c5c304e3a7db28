"""The ONS workbooks of mid-year estimates: sheets MYE2 (age) and MYE4 (years) of authorities, and
sheets of wards."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator, Sequence
from datetime import date

import pyarrow as pa

from saferboard.analytics.intake.figures import amount
from saferboard.analytics.intake.source import Candidate, Desk, Load, Recognised, Shape
from saferboard.analytics.intake.workbook import SheetTable, clean, header_row, peek, tables
from saferboard.analytics.sources.ons_population.wards import DATASET as WARDS
from saferboard.analytics.sources.ons_population.wards import has_header, read_wards, ward_sheets
from saferboard.analytics.store.vintage import LoadNote
from saferboard.vocabulary.area import is_gss, kind_of_gss
from saferboard.vocabulary.period import Month
from saferboard.vocabulary.problem import Problem

_AGE_SHEET = re.compile(r"^MYE ?2\b.*?(Persons|Females|Males)?$", re.IGNORECASE)
_YEAR_SHEET = re.compile(r"^MYE ?4\b", re.IGNORECASE)
_MID = re.compile(r"\bmid[- ](\d{4})\b", re.IGNORECASE)
_AGE = re.compile(r"^(\d{1,3})\s*(\+|and over)?$")
_PUBLISHED = re.compile(r"originally published at .*? (\d{1,2} \w+ \d{4})")
_COLUMNS = ("Code", "Name", "Geography")
_SEX = {"persons": "", "females": "female", "males": "male"}
# Persons aged 10 to 17: the base of first-time entrants and of youth reoffending.
_YOUNG = range(10, 18)
_BASIS = "mid-year estimate"


def recognise(candidate: Candidate) -> Shape | None:
    """A workbook with a sheet MYE2 or MYE4 that holds codes, names and kinds of area, or with
    sheets of wards."""
    sheets = peek(candidate)
    for name, rows in sheets.items():
        if _AGE_SHEET.match(name) or _YEAR_SHEET.match(name):
            newest = max((int(year) for row in rows for year in _years(row)), default=None)
            found = "ages and years" if header_row(rows, _COLUMNS) is not None else "moved header"
            return Shape("mid-year-population", found, f"mye-{newest}-{candidate.sha256[:8]}")
    if ward_sheets(candidate):
        found = "wards" if has_header(candidate) else "wards, moved header"
        return Shape(WARDS, found, f"wards-{candidate.sha256[:8]}")
    return None


def read(files: Sequence[Recognised], desk: Desk) -> Iterator[Load]:
    """One load per workbook."""
    for number, file in enumerate(files):
        desk.progress(number, len(files), file.candidate.name)
        yield read_wards(file) if file.shape.dataset == WARDS else _load(file)


def _load(file: Recognised) -> Load:
    found = tables(
        file.candidate,
        lambda name: bool(_AGE_SHEET.match(name) or _YEAR_SHEET.match(name)),
        _COLUMNS,
    )
    rows = _Rows()
    for table in found:
        if _YEAR_SHEET.match(table.sheet):
            _read_years(table, rows)
    for table in found:
        if _AGE_SHEET.match(table.sheet):
            _read_ages(table, rows)
    years = sorted({key[1] for key in rows.values})
    if not years:
        raise Problem(
            "No year is named in this workbook.",
            file=file.candidate.name,
            remedy="Load the workbook as the ONS gives it: its titles say “mid-2023”.",
        )
    return Load(
        dataset=file.shape.dataset,
        generation=file.shape.generation,
        tables={"denominators": rows.denominators(), "areas": rows.areas(max(years))},
        coverage={"ons": tuple(Month(year, 6) for year in years)},
        files=(file,),
        rows={file.candidate.name: sum(len(table.rows) for table in found)},
        published=_published(file.candidate),
        notes=tuple(rows.notes),
    )


class _Rows:
    """Values by area, year, what is counted and breakdown: each stated once."""

    def __init__(self) -> None:
        self.values: dict[tuple[str, int, str, str], float] = {}
        self.names: dict[str, str] = {}
        self.notes: list[LoadNote] = []

    def put(self, code: str, year: int, of: str, breakdown: str, value: float) -> None:
        key = (code, year, of, breakdown)
        before = self.values.setdefault(key, value)
        if before != value:
            words = (
                f"Two sheets disagree about {self.names[code]} in {year}: {before:.0f} (kept) "
                f"and {value:.0f}."
            )
            self.notes.append(LoadNote("remark", words))

    def denominators(self) -> pa.Table:
        keys = list(self.values)
        return pa.table(
            {
                "area_kind": [kind_of_gss(code) for code, _, _, _ in keys],
                "area_code": [code for code, _, _, _ in keys],
                "area_name": [self.names[code] for code, _, _, _ in keys],
                "year": pa.array([year for _, year, _, _ in keys], pa.int64()),
                "of": [of for _, _, of, _ in keys],
                "breakdown": [breakdown for _, _, _, breakdown in keys],
                "value": pa.array(list(self.values.values()), pa.float64()),
                "basis": [_BASIS] * len(keys),
            }
        )

    def areas(self, edition: int) -> pa.Table:
        codes = list(self.names)
        return pa.table(
            {
                "code": codes,
                "name": [self.names[code] for code in codes],
                "kind": [kind_of_gss(code) for code in codes],
                "edition": [str(edition)] * len(codes),
            }
        )


def _read_years(table: SheetTable, rows: _Rows) -> None:
    columns = [
        (at, int(found[1])) for at, name in enumerate(table.header) if (found := _MID.match(name))
    ]
    for number, code in _areas(table, rows):
        for at, year in columns:
            value = amount(table.rows[number][at], table.file, table.place(number, at))
            if value is not None:
                rows.put(code, year, "residents", "", value)


def _read_ages(table: SheetTable, rows: _Rows) -> None:
    year = next((int(found) for words in table.above for found in _years((words,))), None)
    whole = next(
        (at for at, name in enumerate(table.header) if name.casefold() == "all ages"), None
    )
    ages = [
        (at, int(found[1]), bool(found[2]))
        for at, name in enumerate(table.header)
        if (found := _AGE.match(name))
    ]
    if year is None or whole is None or not ages:
        raise Problem(
            "This sheet does not say of which year it is, or has no column for each age.",
            file=table.file,
            place=f"sheet “{table.sheet}”",
            remedy="Load the workbook as the ONS gives it.",
        )
    sex = _sex(table)
    for number, code in _areas(table, rows):
        row = table.rows[number]
        total = amount(row[whole], table.file, table.place(number, whole))
        if total is not None:
            rows.put(code, year, "residents", _breakdown(sex, None), total)
        young = 0.0
        for at, age, and_over in ages:
            value = amount(row[at], table.file, table.place(number, at))
            if value is None:
                continue
            rows.put(
                code, year, "residents", _breakdown(sex, f"{age}+" if and_over else str(age)), value
            )
            if age in _YOUNG:
                young += value
        if {age for _, age, _ in ages} >= set(_YOUNG):
            rows.put(code, year, "residents-10-17", _breakdown(sex, None), young)


def _areas(table: SheetTable, rows: _Rows) -> Iterator[tuple[int, str]]:
    """Row numbers and codes of the rows that are areas; notes below the table are passed over."""
    code_at, name_at = table.header.index("Code"), table.header.index("Name")
    for number, row in enumerate(table.rows):
        code = clean(row[code_at])
        if is_gss(code):
            rows.names.setdefault(code, clean(row[name_at]))
            yield number, code


def _breakdown(sex: str, age: str | None) -> str:
    parts = [f"sex={sex}"] if sex else []
    return "; ".join([*parts, f"age={age}"] if age is not None else parts)


def _sex(table: SheetTable) -> str:
    words = f"{table.sheet} {' '.join(table.above[:1])}".casefold()
    return next((ours for theirs, ours in _SEX.items() if re.search(rf"\b{theirs}\b", words)), "")


def _years(row: Sequence[object]) -> list[str]:
    return [found for cell in row if isinstance(cell, str) for found in _MID.findall(cell)]


def _published(candidate: Candidate) -> date | None:
    for rows in peek(candidate).values():
        for row in rows:
            for cell in row:
                if isinstance(cell, str) and (found := _PUBLISHED.search(cell)):
                    return _day(found[1])
    return None


def _day(words: str) -> date | None:
    day, month, year = words.split()
    if month not in calendar.month_name[1:]:
        return None
    return date(int(year), list(calendar.month_name).index(month), int(day))
