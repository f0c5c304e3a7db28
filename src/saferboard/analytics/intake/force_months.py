"""Files of one force and one month, as data.police.uk gives them: which, how whole, in which load.

The publisher names each file `2022-01-surrey-street.csv`. A file under another name is judged by
its rows. A month that is absent or short carries no mark in the data: it is noted here.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from saferboard.analytics.intake.source import Recognised
from saferboard.analytics.store.vintage import LoadNote
from saferboard.vocabulary.period import Month

_NAME = r"(?:^|[/!])(\d{{4}}-(?:0[1-9]|1[0-2]))-([a-z]+(?:-[a-z]+)*?)-{kind}\.csv(?:\.gz)?$"
# A month below half of the force's usual number is called short; with fewer months than this
# there is no usual number. Small forces vary: the gap must also be more than chance makes.
_SHORT = 0.5
_MONTHS_TO_JUDGE = 6
_SPREADS = 5.0

Key = tuple[str, Month]


@dataclass(frozen=True)
class ForceMonth:
    """Whose records a file holds and of which month."""

    unit: str
    month: Month


def by_name(name: str, kind: str) -> ForceMonth | None:
    """What the publisher's name of a file says, or None for any other name. `kind` is the end
    of the name: street, outcomes, stop-and-search."""
    found = re.search(_NAME.format(kind=re.escape(kind)), name)
    return ForceMonth(found[2], Month.parse(found[1])) if found else None


def name_facts(name: str, kind: str) -> dict[str, str]:
    """What the name says, as facts of a shape: intake refuses two files of one archive (or of
    none) that are about one force's month and differ."""
    told = by_name(name, kind)
    if told is None:
        return {}
    container = _container(name)
    return {
        "unit": told.unit,
        "month": f"{told.month} in {container}" if container else str(told.month),
    }


def batches(files: Sequence[Recognised], kind: str) -> list[list[Recognised]]:
    """The files in as few loads as can be, so that no load holds a force's month twice. Two
    archives that overlap are two releases: the one that ends later is the newer load."""
    containers: dict[str, list[Recognised]] = defaultdict(list)
    for file in files:
        containers[_container(file.candidate.name)].append(file)
    keys = {
        name: {told for file in found if (told := by_name(file.candidate.name, kind))}
        for name, found in containers.items()
    }
    ends = {name: max((one.month.ordinal for one in keys[name]), default=0) for name in keys}
    filled: list[tuple[set[ForceMonth], list[Recognised]]] = []
    for name in sorted(containers, key=lambda one: (ends[one], one)):
        room = next((at for at, (taken, _) in enumerate(filled) if not taken & keys[name]), None)
        if room is None:
            filled.append((set(), []))
            room = len(filled) - 1
        filled[room][0].update(keys[name])
        filled[room][1].extend(containers[name])
    return [found for _, found in filled]


def coverage(counts: Mapping[Key, int]) -> dict[str, tuple[Month, ...]]:
    """The months of each unit, in order."""
    months: dict[str, set[Month]] = defaultdict(set)
    for unit, month in counts:
        months[unit].add(month)
    return {unit: tuple(sorted(found)) for unit, found in sorted(months.items())}


def gaps(counts: Mapping[Key, int]) -> tuple[LoadNote, ...]:
    """Notes on months that are absent between a force's first and last, and on months with far
    fewer rows than the force's median. Neither may be read as zero or as a fall."""
    notes: list[LoadNote] = []
    for unit, months in coverage(counts).items():
        absent = [
            month
            for month in (months[0] + step for step in range(months[-1] - months[0]))
            if (unit, month) not in counts
        ]
        if absent:
            words = f"{unit}: no file for {_listed(absent)}. An absent month is not zero."
            notes.append(LoadNote("missing-month", words, float(len(absent))))
        notes.extend(_short(unit, months, counts))
    return tuple(notes)


def line_where(file: Recognised, test: Callable[[Mapping[str, str]], bool]) -> str | None:
    """The first line of a CSV file whose cells (by column) pass `test`, for a message."""
    with file.candidate.path.open(encoding="utf-8-sig", errors="replace", newline="") as lines:
        reader = csv.DictReader(lines)
        for row in reader:
            if test({key: value or "" for key, value in row.items() if key}):
                return f"line {reader.line_num}"
    return None


def _short(unit: str, months: Sequence[Month], counts: Mapping[Key, int]) -> Iterable[LoadNote]:
    if len(months) < _MONTHS_TO_JUDGE:
        return
    usual = median(counts[unit, month] for month in months)
    for month in months:
        rows = counts[unit, month]
        if rows < _SHORT * usual and usual - rows > _SPREADS * usual**0.5:
            words = (
                f"{unit}: {month} has {rows:,} rows where {usual:,.0f} are usual. "
                "It may be incomplete."
            )
            yield LoadNote("short-month", words, float(rows))


def _container(name: str) -> str:
    return name.split("!", 1)[0] if "!" in name else ""


def _listed(months: Sequence[Month]) -> str:
    shown = ", ".join(str(month) for month in months[:12])
    return f"{shown} and {len(months) - 12} more" if len(months) > 12 else shown
