"""The ONS workbook of residents by ward: a sheet for each year and edition of the wards
(`Mid-2022 Ward 2023`), with residents in total and by sex and single year of age (`F0` … `M90`)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import pyarrow as pa

from saferboard.analytics.intake.figures import amount
from saferboard.analytics.intake.source import Candidate, Load, Recognised
from saferboard.analytics.intake.workbook import SheetTable, clean, header_row, peek, tables
from saferboard.analytics.store.vintage import LoadNote
from saferboard.vocabulary.area import is_gss
from saferboard.vocabulary.period import Month

DATASET = "mid-year-population-of-wards"
_SHEET = re.compile(r"^Mid-(\d{4}) Ward (\d{4})$", re.IGNORECASE)
_AGE = re.compile(r"^[FM](\d{1,2})$")
# Persons aged 10 to 17, as in the tables by authority.
_YOUNG = range(10, 18)
_BASIS = "mid-year estimate"


def ward_sheets(candidate: Candidate) -> list[str]:
    """The sheets of the workbook that are of wards, by their names."""
    return [name for name in peek(candidate) if _SHEET.match(name)]


def has_header(candidate: Candidate) -> bool:
    """Whether every sheet of wards has the columns that it should."""
    sheets = peek(candidate)
    return all(
        header_row(sheets[name], _columns(name)) is not None for name in ward_sheets(candidate)
    )


@dataclass
class _Wards:
    """Residents by ward, year and what is counted; the wards by code and edition."""

    values: dict[tuple[str, int, str], float] = field(default_factory=dict)
    areas: dict[tuple[str, str], tuple[str, str]] = field(default_factory=dict)
    notes: list[LoadNote] = field(default_factory=list)
    rows: int = 0

    def put(self, code: str, name: str, year: int, of: str, value: float) -> None:
        before = self.values.setdefault((code, year, of), value)
        if before != value:
            words = f"Two sheets disagree about {name} in {year}: {before:.0f} (kept), {value:.0f}."
            self.notes.append(LoadNote("remark", words))


def read_wards(file: Recognised) -> Load:
    """One load of every sheet of wards. Raises Problem for a sheet without its columns and for a
    cell that is no number."""
    found = _Wards()
    for name in ward_sheets(file.candidate):
        (table,) = tables(file.candidate, name.__eq__, _columns(name))
        _read(table, found)
    names = {code: name for (code, _), (name, _) in found.areas.items()}
    keys = list(found.values)
    editions = list(found.areas)
    return Load(
        dataset=DATASET,
        generation=file.shape.generation,
        tables={
            "denominators": pa.table(
                {
                    "area_kind": ["ward"] * len(keys),
                    "area_code": [code for code, _, _ in keys],
                    "area_name": [names[code] for code, _, _ in keys],
                    "year": pa.array([year for _, year, _ in keys], pa.int64()),
                    "of": [of for _, _, of in keys],
                    "breakdown": pa.array([""] * len(keys), pa.string()),
                    "value": pa.array(list(found.values.values()), pa.float64()),
                    "basis": [_BASIS] * len(keys),
                }
            ),
            "areas": pa.table(
                {
                    "code": [code for code, _ in editions],
                    "name": [found.areas[key][0] for key in editions],
                    "kind": ["ward"] * len(editions),
                    "edition": [edition for _, edition in editions],
                    "within": [found.areas[key][1] for key in editions],
                }
            ),
        },
        coverage={"ons": tuple(Month(year, 6) for year in sorted({year for _, year, _ in keys}))},
        files=(file,),
        rows={file.candidate.name: found.rows},
        notes=tuple(found.notes),
    )


def _read(table: SheetTable, found: _Wards) -> None:
    year, edition = _years(table.sheet)
    authority, _, ward, named, total = _places(table)
    young = [
        at
        for at, name in enumerate(table.header)
        if (age := _AGE.match(name)) and int(age[1]) in _YOUNG
    ]
    for number, code in _rows(table, ward):
        row = table.rows[number]
        name = clean(row[named])
        found.areas[code, str(edition)] = (name, clean(row[authority]))
        value = amount(row[total], table.file, table.place(number, total))
        if value is not None:
            found.put(code, name, year, "residents", value)
        counts = [amount(row[at], table.file, table.place(number, at)) for at in young]
        if len(counts) == 2 * len(_YOUNG) and None not in counts:
            found.put(code, name, year, "residents-10-17", sum(one or 0.0 for one in counts))
        found.rows += 1


def _rows(table: SheetTable, ward: int) -> Iterator[tuple[int, str]]:
    """Row numbers and codes of the rows that are wards; notes below the table are passed over."""
    for number, row in enumerate(table.rows):
        if is_gss(code := clean(row[ward])):
            yield number, code


def _places(table: SheetTable) -> Sequence[int]:
    lowered = [name.casefold() for name in table.header]
    return [lowered.index(name.casefold()) for name in _columns(table.sheet)]


def _columns(sheet: str) -> tuple[str, ...]:
    _, edition = _years(sheet)
    lad, ward = f"LAD {edition}", f"Ward {edition}"
    return (f"{lad} Code", f"{lad} Name", f"{ward} Code", f"{ward} Name", "Total")


def _years(sheet: str) -> tuple[int, int]:
    found = _SHEET.match(sheet)
    assert found is not None  # only sheets of wards are asked for
    return int(found[1]), int(found[2])
