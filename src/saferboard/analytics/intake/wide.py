"""The wide form: a row per area and label, a column per month (`202312`). One reader for the
borough, ward and LSOA files."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from saferboard.analytics.intake.area_names import Place
from saferboard.analytics.intake.columns import by_value, whole
from saferboard.analytics.intake.forms import Form
from saferboard.analytics.intake.headers import Header
from saferboard.analytics.intake.offence_labels import offence_of, plain
from saferboard.analytics.intake.source import Candidate
from saferboard.analytics.intake.superseded import without_superseded
from saferboard.analytics.intake.tabular import read_text
from saferboard.analytics.intake.wide_table import Wide
from saferboard.analytics.store.vintage import LoadNote
from saferboard.vocabulary.period import Month
from saferboard.vocabulary.problem import Problem

_MONTH = re.compile(r"^\d{6}$")
_FEW_MONTHS = 3
# A first month with under a tenth of a usual one is the tail of another file (quirk 9).
_NEARLY_EMPTY = 0.1
_SHOWN = 12


def roles_of(columns: Sequence[str], roles: Form) -> dict[str, int] | None:
    """Which column plays which role, where every role has one column and every other column
    is a month; else None. `roles` gives the names that publishers used, in plain words."""
    if not looks_wide(columns):
        return None
    found: dict[str, int] = {}
    for position, name in enumerate(columns):
        if _MONTH.match(name):
            continue
        role = next((role for role, names in roles.items() if plain(name) in names), None)
        if role is None or role in found:
            return None
        found[role] = position
    return found if set(found) == set(roles) else None


def looks_wide(columns: Sequence[str]) -> bool:
    """Whether a header has at least three columns of months `YYYYMM`."""
    return sum(bool(_MONTH.match(name)) for name in columns) >= _FEW_MONTHS


def read_wide(candidate: Candidate, header: Header, roles: Form) -> Wide:
    """The file's labels and counts. Raises Problem, with the place, for months that repeat or
    stand out of order, a cell that is no whole count, and rows that stand in the file twice."""
    columns = roles_of(header.columns, roles)
    if columns is None:
        raise Problem(
            "The header is not one that this publisher has used.",
            file=candidate.name,
            place=header.place(-1),
            remedy=_expected(header, roles),
        )
    months = month_columns(header, candidate.name)
    text = read_text(candidate, header)
    counts = np.empty((text.num_rows, len(months)), dtype=np.int64)
    for index, (position, _) in enumerate(months):
        cells = by_value(
            text.column(position),
            whole,
            pa.int64(),
            file=candidate.name,
            header=header,
            position=position,
        )
        counts[:, index] = cells.to_numpy()
    labels = {
        role: [cell or "" for cell in text.column(position).to_pylist()]
        for role, position in columns.items()
    }
    _refuse_repeats(labels, counts, header, candidate.name)
    return Wide(labels, tuple(month for _, month in months), counts)


def month_columns(header: Header, file: str) -> list[tuple[int, Month]]:
    """Position and month of every month column. Raises Problem where a month stands twice or
    the months are out of order."""
    months: list[tuple[int, Month]] = []
    for position, name in enumerate(header.columns):
        if not _MONTH.match(name):
            continue
        place = f"{header.place(-1)}, column “{name}”"
        remedy = "The header was edited: download the file again."
        try:
            month = Month.parse(name)
        except Problem as problem:
            raise Problem(problem.message, file=file, place=place, remedy=remedy) from problem
        if months and month == months[-1][1]:
            raise Problem(f"The month {name} stands twice.", file=file, place=place, remedy=remedy)
        if months and month < months[-1][1]:
            again = any(month == earlier for _, earlier in months)
            words = "stands twice" if again else f"comes after {months[-1][1]}"
            raise Problem(f"The month {name} {words}.", file=file, place=place, remedy=remedy)
        months.append((position, month))
    return months


def _expected(header: Header, roles: Form) -> str:
    named = [name for name in header.columns if not _MONTH.match(name)]
    wanted = "; ".join(f"{role}: {', '.join(sorted(names))}" for role, names in roles.items())
    return (
        f"It names {', '.join(named) or 'months only'}; known are {wanted}. "
        "If the publisher has changed the form, tell the maintainers."
    )


def _refuse_repeats(
    labels: Mapping[str, list[str]], counts: NDArray[np.int64], header: Header, file: str
) -> None:
    seen: dict[tuple[str, ...], int] = {}
    for row, key in enumerate(zip(*labels.values(), strict=True)):
        first = seen.setdefault(key, row)
        # Labels cut at 50 characters may fall together with other counts: those are added.
        if first != row and counts[row].any() and (counts[first] == counts[row]).all():
            raise Problem(
                f"The row repeats {header.place(first)} ({', '.join(key)}).",
                file=file,
                place=header.place(row),
                remedy="Two files were pasted together: add the publisher's own files instead.",
            )


def recorded_offences(
    wide: Wide, areas: Sequence[Place], *, unit: str
) -> tuple[pa.Table, tuple[Month, ...], tuple[LoadNote, ...]]:
    """Rows of the lake's table `recorded_offences` for the counts that are not zero, the
    months that the file covers, and what a reader should know. `areas` has the area of each
    row. A nearly empty first month is not covered and its rows are left out."""
    months, notes = _covered(wide)
    wide, double = without_superseded(wide, areas)
    offences = [
        offence_of(major, minor)
        for major, minor in zip(wide.labels["major"], wide.labels["minor"], strict=True)
    ]
    notes += double + _unknown_labels(wide, offences) + _unknown_areas(wide, areas)
    counts = wide.counts[:, wide.months.index(months[0]) :]
    rows, at = np.nonzero(counts)
    codes = pa.array(rows)
    own = {
        "area_kind": [area.kind for area in areas],
        "area_code": [area.code for area in areas],
        "area_name": [area.name for area in areas],
        "area_edition": [area.edition for area in areas],
        "within": [area.within for area in areas],
        "offence": offences,
        "major": wide.labels["major"],
        "minor": wide.labels["minor"],
    }
    table = {name: pa.array(texts, pa.string()).take(codes) for name, texts in own.items()}
    days = pa.array([month.first_day for month in months], pa.date32())
    table["month"] = days.take(pa.array(at))
    table["count"] = pa.array(counts[rows, at], pa.int64())
    table["unit"] = _repeated(unit, len(rows))
    table["counted"] = _repeated("offences", len(rows))
    return pa.table(table), months, tuple(notes)


def _covered(wide: Wide) -> tuple[tuple[Month, ...], list[LoadNote]]:
    totals = wide.counts.sum(axis=0)
    usual = float(np.median(totals[1:])) if len(totals) > 1 else 0.0
    notes = [_gap(before, after) for before, after in _gaps(wide.months)]
    if len(totals) > 1 and totals[0] < _NEARLY_EMPTY * usual:
        notes.append(
            LoadNote(
                "missing-month",
                f"{wide.months[0].label()} is nearly empty ({int(totals[0]):,} against about "
                f"{usual:,.0f} in a usual month): it is taken as not published in this file.",
                float(totals[0]),
            )
        )
        return wide.months[1:], notes
    return wide.months, notes


def _gaps(months: Sequence[Month]) -> list[tuple[Month, Month]]:
    return [(before, after) for before, after in pairwise(months) if after - before > 1]


def _gap(before: Month, after: Month) -> LoadNote:
    return LoadNote(
        "gap",
        f"No column between {before.label()} and {after.label()}: those months are missing, "
        "not zero.",
    )


def _repeated(text: str, times: int) -> pa.Array:
    return pa.array([text]).take(pa.array(np.zeros(times, dtype=np.int64)))


def _unknown_labels(wide: Wide, offences: Sequence[str | None]) -> list[LoadNote]:
    totals: dict[str, float] = {}
    for row, offence in enumerate(offences):
        if offence is None:
            label = f"{wide.labels['major'][row]} / {wide.labels['minor'][row]}"
            totals[label] = totals.get(label, 0.0) + float(wide.counts[row].sum())
    return unknown_label_notes(totals)


def unknown_label_notes(totals: Mapping[str, float]) -> list[LoadNote]:
    """A note for each label that is not in our list, with the offences under it."""
    return [
        LoadNote(
            "unknown-label",
            f"The label “{label}” is not known: its {total:,.0f} are kept without an offence "
            "and no measure counts them.",
            total,
        )
        for label, total in sorted(totals.items())
    ]


def _unknown_areas(wide: Wide, areas: Sequence[Place]) -> list[LoadNote]:
    totals: dict[str, float] = {}
    for row, area in enumerate(areas):
        if not area.known:
            totals[area.name] = totals.get(area.name, 0.0) + float(wide.counts[row].sum())
    return [*unknown_area_notes(totals), *named_ward_notes(areas)]


def named_ward_notes(places: Iterable[Place]) -> list[LoadNote]:
    """A note that wards come by name only, and when their codes are found."""
    names = {(one.within, one.name) for one in places if one.kind == "ward" and one.code is None}
    if not names:
        return []
    return [
        LoadNote(
            "remark",
            f"{len(names):,} ward names come without a code. Codes are looked up whenever figures "
            "are made, in the look-ups of wards that are loaded then.",
        )
    ]


def unknown_area_notes(totals: Mapping[str, float]) -> list[LoadNote]:
    """Notes for names of areas that nobody could place, with the offences there."""
    notes = [
        LoadNote(
            "unknown-area",
            f"The area “{name}” has no code that is known: its {total:,.0f} are kept and not "
            "ranked. Load the ONS look-ups, or check the spelling.",
            total,
        )
        for name, total in sorted(totals.items(), key=lambda item: -item[1])
    ]
    if len(notes) <= _SHOWN:
        return notes
    rest = sum(note.total or 0 for note in notes[_SHOWN:])
    words = f"{len(notes) - _SHOWN} more areas have no code that is known ({rest:,.0f})."
    return [*notes[:_SHOWN], LoadNote("unknown-area", words, rest)]
