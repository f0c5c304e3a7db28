"""The workbook of the ONS: which sheets are read, and what they become in the lake."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

import pyarrow as pa

from saferboard.analytics.intake.source import Candidate, Desk, Load, Recognised, Shape
from saferboard.analytics.intake.workbook import SheetTable, clean, header_row, peek, tables
from saferboard.analytics.sources.ons_csp_crime.sheets import (
    FORCES,
    PARTNERSHIPS,
    Base,
    Figure,
    Place,
    bases,
    figures,
    is_change,
    labels,
    places,
)
from saferboard.analytics.store.vintage import LoadNote
from saferboard.vocabulary.period import Period

_PER = 1000
_BY_HOUSEHOLD = "residential-burglary"
_ROUNDED = "rounded to 100 by the publisher"


def recognise(candidate: Candidate) -> Shape | None:
    """A workbook with a sheet whose header names forces and partnerships."""
    for rows in peek(candidate).values():
        if header_row(rows, PARTNERSHIPS) is not None:
            return Shape("csp-crime", "workbook", f"csp-crime-{candidate.sha256[:12]}")
    return None


def read(files: Sequence[Recognised], desk: Desk) -> Iterator[Load]:
    """One load per workbook."""
    for number, file in enumerate(files):
        desk.progress(number, len(files), file.candidate.name)
        yield _load(file)


def _load(file: Recognised) -> Load:
    by_partnership = _sheets(file, PARTNERSHIPS)
    known = {
        place.code
        for table in by_partnership
        for _, place in places(table)
        if place.kind == "force"
    }
    counts = _Counts()
    used: list[SheetTable] = []
    for table in [*by_partnership, *_sheets(file, FORCES)]:
        if is_change(table):
            continue
        used.append(table)
        again = known if table not in by_partnership else set()
        counts.add(
            (one for one in figures(table) if one.place.code not in again),
            (one for one in bases(table) if one.place.code not in again),
        )
    months = sorted(
        {month for _, period in counts.keys_with_period() for month in Period(*period).months()}
    )
    areas, links = _areas(by_partnership, max(months).year if months else 0)
    return Load(
        dataset=file.shape.dataset,
        generation=file.shape.generation,
        tables={
            "published_counts": counts.published(),
            "denominators": counts.denominators(),
            "areas": areas,
            "area_links": links,
        },
        coverage={"ons": tuple(months)},
        files=(file,),
        rows={file.candidate.name: sum(len(table.rows) for table in used)},
        notes=(*counts.notes(), *_passed_over(file, used)),
    )


def _sheets(file: Recognised, columns: Sequence[str]) -> list[SheetTable]:
    found = {
        name for name, rows in peek(file.candidate).items() if header_row(rows, columns) is not None
    }
    return tables(file.candidate, lambda name: name in found, columns) if found else []


def _passed_over(file: Recognised, used: Sequence[SheetTable]) -> tuple[LoadNote, ...]:
    """Tables of the workbook (a heading “Table P5…”) that are not read, by their names: percentage
    changes follow from the counts, and the others have another form."""
    taken = {table.sheet for table in used}
    left = [
        name
        for name, rows in peek(file.candidate).items()
        if name not in taken
        and any(clean(cell).casefold().startswith("table ") for row in rows[:3] for cell in row)
    ]
    if not left:
        return ()
    words = f"Sheets not read: {', '.join(left)}. Only counts and rates by area are."
    return (LoadNote("remark", words, len(left)),)


Key = tuple[Place, tuple[date, date], str]


class _Counts:
    """Counts and rates brought together: a row for each area, year and offence."""

    def __init__(self) -> None:
        self.counts: dict[Key, tuple[float | None, str | None]] = {}
        self.rates: dict[tuple[Key, str], tuple[float | None, str | None]] = {}
        self.bases: dict[tuple[Place, int, str], float] = {}
        self.places: dict[tuple[str, str], Place] = {}

    def _known(self, place: Place) -> Place:
        """The area as it was first met: sheets write the name of one area differently."""
        return self.places.setdefault((place.kind, place.code or place.name.casefold()), place)

    def add(self, found: Iterator[Figure], rest: Iterator[Base]) -> None:
        for figure in found:
            key = (self._known(figure.place), figure.period, figure.label)
            if figure.is_rate:
                self.rates[key, figure.of] = (figure.value, figure.mark)
            else:
                self.counts[key] = (figure.value, figure.mark)
        for base in rest:
            self.bases[self._known(base.place), base.year, base.of] = base.value

    def keys_with_period(self) -> Iterator[tuple[Place, tuple[date, date]]]:
        return ((place, period) for place, period, _ in self.counts)

    def published(self) -> pa.Table:
        rows = []
        for key, (count, mark) in self.counts.items():
            of = "households" if labels().get(key[2]) == _BY_HOUSEHOLD else "residents"
            rate, rate_mark = self.rates.get((key, of), (None, None))
            rows.append(_row(key, count, rate, of, mark or rate_mark, ""))
        for (key, of), (rate, mark) in self.rates.items():
            usual = "households" if labels().get(key[2]) == _BY_HOUSEHOLD else "residents"
            if of != usual or key not in self.counts:
                rows.append(_row(key, None, rate, of, mark, f"base={of}"))
        return pa.Table.from_pylist(rows, schema=_PUBLISHED)

    def denominators(self) -> pa.Table:
        rows = [
            {
                "area_kind": place.kind,
                "area_code": place.code,
                "area_name": place.name,
                "year": year,
                "of": of,
                "breakdown": "",
                "value": value,
                "basis": _ROUNDED,
            }
            for (place, year, of), value in self.bases.items()
        ]
        return pa.Table.from_pylist(rows, schema=_DENOMINATORS)

    def notes(self) -> tuple[LoadNote, ...]:
        notes = []
        unknown: dict[str, float] = {}
        for (_, _, label), (count, _) in self.counts.items():
            if label not in labels():
                unknown[label] = unknown.get(label, 0.0) + (count or 0.0)
        for label, total in sorted(unknown.items()):
            words = f"The heading “{label}” is not known: {total:,.0f} offences."
            notes.append(LoadNote("unknown-label", words, total))
        below = [count for count, _ in self.counts.values() if count is not None and count < 0]
        if below:
            words = f"{len(below)} counts are below zero: the forces corrected earlier figures."
            notes.append(LoadNote("negative", words, sum(below)))
        return tuple(notes)


def _row(
    key: Key, count: float | None, rate: float | None, of: str, mark: str | None, breakdown: str
) -> dict[str, Any]:
    place, (start, end), label = key
    return {
        "unit": place.unit,
        "area_kind": place.kind,
        "area_code": place.code,
        "area_name": place.name,
        "period_from": start,
        "period_to": end,
        "topic": "offences",
        "offence": labels().get(label),
        "minor": label,
        "breakdown": breakdown,
        "count": count,
        "rate": rate,
        "per": _PER if rate is not None else None,
        "of": of if rate is not None else None,
        "note": mark,
    }


def _areas(found: Sequence[SheetTable], edition: int) -> tuple[pa.Table, pa.Table]:
    """Partnerships and forces, and which authority lies in which partnership and force."""
    areas: dict[str, dict[str, str]] = {}
    links: dict[tuple[str, str], tuple[str, str]] = {}
    for table in found:
        for _, place in places(table):
            if place.code:
                areas[place.code] = {
                    "code": place.code,
                    "name": place.name,
                    "kind": place.kind,
                    "edition": str(edition),
                }
            if place.kind == "csp" and place.code and place.force_code:
                links[place.code, place.force_code] = ("csp", "force")
            if place.kind == "csp" and place.code and place.authority:
                links[place.authority, place.code] = ("authority", "csp")
    several = [first for first, _ in links]
    rows = [
        {
            "from_code": first,
            "from_kind": small,
            "to_code": second,
            "to_kind": large,
            "edition": str(edition),
            "fit": "exact" if several.count(first) == 1 else "one of many",
        }
        for (first, second), (small, large) in links.items()
    ]
    return (
        pa.Table.from_pylist(list(areas.values()), schema=_text("code name kind edition")),
        pa.Table.from_pylist(rows, schema=_text("from_code from_kind to_code to_kind edition fit")),
    )


def _text(names: str) -> pa.Schema:
    return pa.schema([(name, pa.string()) for name in names.split()])


_PUBLISHED = pa.schema(
    [
        *[(name, pa.string()) for name in ("unit", "area_kind", "area_code", "area_name")],
        ("period_from", pa.date32()),
        ("period_to", pa.date32()),
        *[(name, pa.string()) for name in ("topic", "offence", "minor", "breakdown")],
        ("count", pa.float64()),
        ("rate", pa.float64()),
        ("per", pa.int64()),
        ("of", pa.string()),
        ("note", pa.string()),
    ]
)
_DENOMINATORS = pa.schema(
    [
        *[(name, pa.string()) for name in ("area_kind", "area_code", "area_name")],
        ("year", pa.int64()),
        ("of", pa.string()),
        ("breakdown", pa.string()),
        ("value", pa.float64()),
        ("basis", pa.string()),
    ]
)
