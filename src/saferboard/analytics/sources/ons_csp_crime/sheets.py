"""The sheets of the workbook as figures: one for each area, offence, year and kind of figure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Literal

from saferboard.analytics.intake.figures import mark_of, number
from saferboard.analytics.intake.workbook import SheetTable, clean
from saferboard.vocabulary.data_file import data_file
from saferboard.vocabulary.force import force_named
from saferboard.vocabulary.period import Month
from saferboard.vocabulary.problem import Problem

PARTNERSHIPS = ("Community Safety Partnership code", "Police Force Area name")
FORCES = ("Area Code", "Area Name", "Violence against the person")
_ENDING = re.compile(r"year ending (\w+) (\d{4})", re.IGNORECASE)
_BRACKETS = re.compile(r"\s*\([^)]*\)")
_MID = re.compile(r"mid-(\d{4})", re.IGNORECASE)
_BASES = {"population figures": "residents", "household figures": "households"}
_NAMES = 6  # the columns that name the area, in the tables by partnership

AreaKind = Literal["csp", "force", "other", "country", "region"]


@dataclass(frozen=True)
class Place:
    """Whose figures a row holds: a partnership, a force, a region, or what lies in none."""

    unit: str
    kind: str
    code: str | None
    name: str
    force_code: str | None = None
    authority: str | None = None


@dataclass(frozen=True)
class Figure:
    """One cell: a count, or a rate with what it is per. `mark` is the publisher's [x]."""

    place: Place
    period: tuple[date, date]
    label: str
    value: float | None
    mark: str | None
    is_rate: bool
    of: str


@dataclass(frozen=True)
class Base:
    """The population or households that the publisher's rates rest on, rounded to 100."""

    place: Place
    year: int
    of: str
    value: float


def is_change(table: SheetTable) -> bool:
    """Whether the sheet holds percentage changes: they follow from the counts."""
    return any("percentage change" in words.casefold() for words in table.above)


def places(table: SheetTable) -> Iterator[tuple[int, Place]]:
    """Row numbers and areas. Rows without a name are notes below the table."""
    at = {name.casefold(): index for index, name in enumerate(table.header)}
    by_partnership = "community safety partnership code" in at
    for row, cells in enumerate(table.rows):
        words = [clean(cell) for cell in cells]
        if by_partnership:
            place = _partnership(words)
        else:
            place = _area(words[at["area code"]], words[at["area name"]])
        if place:
            yield row, place


def figures(table: SheetTable) -> Iterator[Figure]:
    """Every figure of the sheet. Raises Problem for a cell that is neither a number nor a
    mark, and where the sheet does not say which year it is about."""
    period = _period(table)
    bases = {index for index, _, _ in _base_columns(table)}
    rates = bool(bases)
    columns = [
        (index, _BRACKETS.sub("", name).strip(), _of(name))
        for index, name in enumerate(table.header)
        if index not in bases and _is_offence(table, index)
    ]
    for row, place in places(table):
        for index, label, of in columns:
            cell = table.rows[row][index]
            value = number(cell, table.file, table.place(row, index))
            yield Figure(place, period, label, value, mark_of(cell), rates, of)


def bases(table: SheetTable) -> Iterator[Base]:
    """The population and household figures of a sheet of rates."""
    for index, of, year in _base_columns(table):
        for row, place in places(table):
            value = number(table.rows[row][index], table.file, table.place(row, index))
            if value is not None:
                yield Base(place, year, of, value)


@cache
def labels() -> dict[str, str]:
    """Headings to our offence keys."""
    found: dict[str, str] = data_file(__package__, "labels.yaml")["labels"]
    return found


def _partnership(words: list[str]) -> Place | None:
    force_code, force_name, code, name, authority = words[:5]
    # The code beside some “Unassigned” rows is another force's: the name is right.
    force = force_named(force_name) or force_named(force_code)
    if not force_name or force is None:
        return None
    if name.casefold().startswith("unassigned "):
        force = force_named(name.split(" ", 1)[1]) or force
    if code:
        return Place(force.slug, "csp", code, name, force.area, authority or None)
    if name:
        return Place(force.slug, "other", None, name, force.area)
    return Place(force.slug, "force", force.area, force_name, force.area)


def _area(code: str, name: str) -> Place | None:
    if not name:
        return None
    force = force_named(code) or (force_named(name) if not code else None)
    if force:
        kind = "force" if force.territorial else "other"
        return Place(force.slug, kind, force.area, name, force.area)
    if not code:
        return None
    return Place("ons", "region" if code.startswith("E12") else "country", code, name)


def _period(table: SheetTable) -> tuple[date, date]:
    for words in table.above:
        if found := _ENDING.search(words):
            last = _month(found[1], int(found[2]))
            if last:
                return (last + -11).first_day, last.last_day
    raise Problem(
        "The sheet does not say which year it is about.",
        file=table.file,
        place=f"sheet “{table.sheet}”",
        remedy="Load the workbook as the ONS gives it: the title says “year ending …”.",
    )


def _month(name: str, year: int) -> Month | None:
    return next(
        (
            Month(year, at)
            for at in range(1, 13)
            if Month(year, at).name.casefold() == name.casefold()
        ),
        None,
    )


def _base_columns(table: SheetTable) -> list[tuple[int, str, int]]:
    found = []
    for index, name in enumerate(table.header):
        of = next((of for words, of in _BASES.items() if name.casefold().startswith(words)), None)
        year = _MID.search(name)
        if of and year:
            found.append((index, of, int(year[1])))
    return found


def _is_offence(table: SheetTable, index: int) -> bool:
    names = (
        _NAMES
        if "community safety partnership code" in {name.casefold() for name in table.header}
        else 2
    )
    return index >= names and bool(table.header[index])


def _of(name: str) -> str:
    return "households" if "household" in name.casefold() else "residents"
