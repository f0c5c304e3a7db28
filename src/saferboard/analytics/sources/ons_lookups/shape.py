"""ONS look-ups of any edition: columns such as `LSOA21CD`, `WD24CD`, `LAD24CD`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Any

import pyarrow as pa

from saferboard.analytics.intake.source import Candidate, Desk, Load, Recognised, Shape
from saferboard.analytics.intake.texts import TextTable, header_of, read_table
from saferboard.analytics.store.vintage import LoadNote
from saferboard.vocabulary.area import is_gss
from saferboard.vocabulary.data_file import data_file
from saferboard.vocabulary.period import Month
from saferboard.vocabulary.problem import Problem

_CODE = re.compile(r"^([A-Z]+)(\d\d)CD$")
_NOT_COUNTED = re.compile(r"^([A-Z]+\d\d(CD|CDO|NM|NMW)|OBJECTID|FID|CHGIND|GLOBALID)$")


@dataclass(frozen=True)
class Level:
    """A kind of area that a look-up has a column for. `edition` is a year: `2024`."""

    kind: str
    edition: str
    code: str
    name: str


def recognise(candidate: Candidate) -> Shape | None:
    """A look-up has code columns of two levels or more, and nothing that is counted."""
    header = header_of(candidate)
    levels = _levels(header)
    if len(levels) < 2 or not all(_NOT_COUNTED.match(column.upper()) for column in header):
        return None
    title = "-".join(f"{level.kind}-{level.edition}" for level in levels)
    return Shape(dataset=f"lookup-{title}", generation=title, group=title)


def read(files: Sequence[Recognised], desk: Desk) -> Iterator[Load]:
    """One load per file: the areas of each level and the links between every two levels."""
    for number, file in enumerate(files):
        desk.progress(number, len(files), file.candidate.name)
        yield _load(file)


def _load(file: Recognised) -> Load:
    table = read_table(file.candidate)
    levels = _levels(table.header)
    for level in levels:
        _check_codes(table, level)
    links, notes = _links(table, levels)
    newest = max(int(level.edition) for level in levels)
    return Load(
        dataset=file.shape.dataset,
        generation=file.shape.generation,
        tables={"areas": _areas(table, levels), "area_links": links},
        coverage={"ons": (Month(newest, 12),)},
        files=(file,),
        rows={file.candidate.name: len(table.rows)},
        notes=notes,
    )


def _areas(table: TextTable, levels: Sequence[Level]) -> pa.Table:
    authority = next((level for level in levels if level.kind == "authority"), None)
    order = [level.kind for level in levels]
    rows: dict[tuple[str, str], dict[str, str | None]] = {}
    within = table.column(authority.code) if authority else ()
    for level in levels:
        below = authority is not None and order.index(level.kind) < order.index("authority")
        names = table.column(level.name) if level.name in table.header else ()
        for at, code in enumerate(table.column(level.code)):
            if code and (code, level.edition) not in rows:
                rows[code, level.edition] = {
                    "code": code,
                    "name": names[at] if names else code,
                    "kind": level.kind,
                    "edition": level.edition,
                    "within": within[at] if below else None,
                }
    return pa.Table.from_pylist(list(rows.values()), schema=_text("code name kind edition within"))


def _links(table: TextTable, levels: Sequence[Level]) -> tuple[pa.Table, tuple[LoadNote, ...]]:
    """Links between every two levels. A link is `exact` where the smaller area has one larger
    one, `best` where the ONS assigns it, and `one of many` where it has several: what is
    counted for the smaller area must not be added to each of them."""
    rows: list[dict[str, str]] = []
    notes: list[LoadNote] = []
    for at, small in enumerate(levels):
        for large in levels[at + 1 :]:
            pairs = {
                pair
                for pair in zip(table.column(small.code), table.column(large.code), strict=True)
                if all(pair)
            }
            several = _repeated(first for first, _ in pairs)
            plain = "best" if (small.kind, large.kind) in _best() else "exact"
            rows.extend(
                {
                    "from_code": first,
                    "from_kind": small.kind,
                    "to_code": second,
                    "to_kind": large.kind,
                    "edition": large.edition,
                    "fit": "one of many" if first in several else plain,
                }
                for first, second in sorted(pairs)
            )
            if several:
                notes.append(
                    LoadNote(
                        "remark",
                        f"{len(several)} areas ({small.kind}) lie in more than one {large.kind}: "
                        "these links are never used to add populations up.",
                        float(len(several)),
                    )
                )
    schema = _text("from_code from_kind to_code to_kind edition fit")
    return pa.Table.from_pylist(rows, schema=schema), tuple(notes)


def _repeated(codes: Iterator[str]) -> set[str]:
    ordered = sorted(codes)
    return {first for first, second in pairwise(ordered) if first == second}


def _check_codes(table: TextTable, level: Level) -> None:
    for at, code in enumerate(table.column(level.code)):
        if code and not is_gss(code):
            raise Problem(
                f"“{code}” is not a GSS code.",
                file=table.file,
                place=table.place(at, level.code),
                remedy="Load the look-up as the ONS gives it.",
            )


def _levels(header: Sequence[str]) -> tuple[Level, ...]:
    found: list[tuple[int, Level]] = []
    for column in header:
        match = _CODE.match(column)
        if not match:
            continue
        prefix, year = match[1], match[2]
        for rank, (known, kind) in enumerate(_known()):
            if known in (prefix, prefix + year):
                level = Level(kind, f"20{year}", column, f"{prefix}{year}NM")
                found.append((rank, level))
    return tuple(level for _, level in sorted(found, key=lambda pair: pair[0]))


@cache
def _known() -> tuple[tuple[str, str], ...]:
    return tuple((one["prefix"], one["kind"]) for one in _data()["levels"])


@cache
def _best() -> frozenset[tuple[str, str]]:
    return frozenset((first, second) for first, second in _data()["best"])


@cache
def _data() -> dict[str, Any]:
    data: dict[str, Any] = data_file(__package__, "levels.yaml")
    return data


def _text(names: str) -> pa.Schema:
    return pa.schema([(name, pa.string()) for name in names.split()])
