"""The counts of one feed, of every area, month and load, and which load answers for which month.

Missing is nan and never zero. An area without a row in a month that a load covers had none of
it, if the load has the area at all (quirks 5 and 12).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from saferboard.analytics.measures.compile import ELSEWHERE
from saferboard.analytics.store.releases import Choice, Release, choose, known_by
from saferboard.vocabulary.period import Month

Floats = NDArray[np.float64]
UNPLACED = ""


@dataclass(frozen=True)
class Extract:
    """Counts (areas, months) with nan where a month is missing, and where they come from.
    `releases` and `vintages` are those that answered, `units` the reporting bodies."""

    codes: tuple[str, ...]
    months: tuple[Month, ...]
    counts: Floats
    source: str
    dataset: str
    units: tuple[str, ...]
    releases: tuple[Release, ...]
    vintages: tuple[str, ...]
    stitched: bool
    provisional: frozenset[Month]
    release_of: Mapping[Month, Release] = field(default_factory=dict)

    @property
    def published(self) -> tuple[date, ...]:
        """When what answered was published."""
        return tuple(release.published for release in self.releases)

    def sums(self) -> Floats:
        """The total of each area (areas,), nan where any month of it is missing."""
        totals: Floats = self.counts.sum(axis=1)
        return totals

    def missing_months(self, code: str) -> tuple[Month, ...]:
        """The months that nobody published for the area."""
        row = self.counts[self.codes.index(code)]
        return tuple(month for month, gone in zip(self.months, np.isnan(row), strict=True) if gone)


@dataclass(frozen=True)
class _Block:
    """One load of one unit: counts (areas, months) from `first` on, areas as in the cube."""

    first: int
    counts: Floats
    known: NDArray[np.bool_]


@dataclass
class Cube:
    """Every count of a feed for one kind of area. `areas` are the codes in the order of the
    rows of each block; the code "" gathers what no place is known for."""

    source: str
    areas: tuple[str, ...]
    names: Mapping[str, str]
    blocks: Mapping[tuple[str, str], _Block]
    home: Mapping[str, str]
    strands: Mapping[str, tuple[Release, ...]]
    provisional_months: int = 0
    _choices: dict[tuple[str, str, date | None, tuple[Month, ...]], Choice] = field(
        default_factory=dict
    )

    def __contains__(self, code: object) -> bool:
        return code in self.home

    def row(self, code: str) -> int:
        """The row of an area."""
        return self._index[code]

    def __post_init__(self) -> None:
        self._index = {code: at for at, code in enumerate(self.areas)}

    def last_month(self, code: str, to: Month, known: date | None = None) -> Month | None:
        """The newest month, up to `to`, that is published for the area by the day `known`."""
        unit = self.home.get(code)
        months = [
            month
            for strand in self.strands.values()
            for release in _by(strand, known)
            if unit is not None and self._has(release, unit, code)
            for month in release.coverage.get(unit, ())
            if month <= to
        ]
        return max(months, default=None)

    def _has(self, release: Release, unit: str, code: str) -> bool:
        at = self._index[code]
        return any(
            block.known[at]
            for vintage in release.vintages
            if (block := self.blocks.get((vintage.id, unit))) is not None
        )

    def extract(
        self, codes: Sequence[str], months: Sequence[Month], known: date | None = None
    ) -> Extract | None:
        """The counts of `codes` in `months`, all of one data set: of the data sets that have
        them the one with the fewest missing months, then one release before several, then
        the newest. None when no load has any of it."""
        best: tuple[tuple[int, bool, int], Extract] | None = None
        for dataset, strand in self.strands.items():
            found = self._extract(dataset, _by(strand, known), codes, months, known)
            if found is None:
                continue
            newest = max((release.published.toordinal() for release in found.releases), default=0)
            rank = (int(np.isnan(found.counts).sum()), found.stitched, -newest)
            if best is None or rank < best[0]:
                best = (rank, found)
        return best[1] if best else None

    def _extract(
        self,
        dataset: str,
        releases: Sequence[Release],
        codes: Sequence[str],
        months: Sequence[Month],
        known: date | None,
    ) -> Extract | None:
        rows = np.array([self._index.get(code, -1) for code in codes], dtype=np.int64)
        homes = [self.home.get(code) for code in codes]
        units = sorted({unit for _, unit in self.blocks})
        counts = np.zeros((len(codes), len(months)))
        counts[[unit is None for unit in homes], :] = np.nan
        used: dict[str, Release] = {}
        release_of: dict[Month, Release] = {}
        vintages: set[str] = set()
        answered: set[str] = set()
        stitched = False
        for unit in units:
            choice = self._choose(dataset, releases, unit, tuple(months), known)
            at_home = np.array([home == unit for home in homes])
            part, present = self._unit(unit, choice, rows, months)
            if not at_home.any() and not np.nansum(part):
                continue
            if at_home.any():
                counts[at_home] += np.where(present[at_home], part[at_home], np.nan)
            away = ~at_home
            counts[away] += np.nan_to_num(part[away])
            if choice.vintage_of:
                answered.add(unit)
                vintages |= set(choice.vintage_of.values())
                used |= {release.id: release for release in choice.releases}
                for month, vintage in choice.vintage_of.items():
                    for release in choice.releases:
                        if release.vintage_for(unit, month) == vintage:
                            release_of.setdefault(month, release)
                stitched = stitched or (choice.stitched and bool(at_home.any()))
        if not used or np.isnan(counts).all():
            return None
        found = tuple(sorted(used.values(), key=lambda one: (one.published, one.id)))
        return Extract(
            tuple(codes),
            tuple(months),
            counts,
            self.source,
            dataset,
            tuple(sorted(answered)),
            found,
            tuple(sorted(vintages)),
            stitched,
            self._provisional(found, answered, months),
            release_of,
        )

    def _choose(
        self,
        dataset: str,
        releases: Sequence[Release],
        unit: str,
        months: tuple[Month, ...],
        known: date | None,
    ) -> Choice:
        key = (dataset, unit, known, months)
        if key not in self._choices:
            having = [
                one for one in releases if any((v.id, unit) in self.blocks for v in one.vintages)
            ]
            self._choices[key] = choose(having, unit, months)
        return self._choices[key]

    def _unit(
        self, unit: str, choice: Choice, rows: NDArray[np.int64], months: Sequence[Month]
    ) -> tuple[Floats, NDArray[np.bool_]]:
        part = np.full((len(rows), len(months)), np.nan)
        present = np.zeros(part.shape, dtype=bool)
        for at, month in enumerate(months):
            block = self.blocks.get((choice.vintage_of.get(month, ""), unit))
            if block is None:
                continue
            column = month.ordinal - block.first
            inside = 0 <= column < block.counts.shape[1]
            values = block.counts[rows, column] if inside else np.zeros(len(rows))
            there = block.known[rows] & (rows >= 0)
            part[:, at] = np.where(there, values, np.nan)
            present[:, at] = there
        return part, present

    def _provisional(
        self, releases: Sequence[Release], units: Iterable[str], months: Sequence[Month]
    ) -> frozenset[Month]:
        if not self.provisional_months:
            return frozenset()
        last = max(
            (
                month
                for release in releases
                for unit in units
                for month in release.coverage.get(unit, ())
            ),
            default=None,
        )
        if last is None:
            return frozenset()
        return frozenset(month for month in months if last - month < self.provisional_months)


def build(
    source: str,
    rows: pa.Table,
    known: pa.Table | None,
    releases: Iterable[Release],
    *,
    provisional_months: int = 0,
    polices: Callable[[str, str], bool] | None = None,
    covered: Mapping[str, str] | None = None,
) -> Cube | None:
    """A cube from the rows of a compiled query. `known` (vintage, unit, area_code) lists the
    areas that each load has; without it an area is known to every load of a unit in which it
    has a row, if the unit `polices` it (area and unit): a force that reports a few crimes beyond
    its border does not publish for the neighbour. `covered` are areas (code to unit) that the
    loads of the unit are about whether they have a row of this or not: without one they had
    none. `releases` that hold none of it are left out.
    None when there are no rows."""
    if not rows.num_rows:
        return None
    codes, code_of = _coded(pc.fill_null(rows["area_code"], UNPLACED))
    places = {*_known_codes(known), *(covered or ())}
    areas = sorted({*codes, *places})
    index = {code: at for at, code in enumerate(areas)}
    at_area = np.array([index[code] for code in codes], dtype=np.int64)[code_of]
    ordinals = _ordinals(rows["month"])
    counts = rows["count"].to_numpy(zero_copy_only=False).astype(float)
    totals: dict[tuple[int, str], float] = {}
    blocks: dict[tuple[str, str], _Block] = {}
    for (vintage, unit), at_rows in _by_pair(rows["vintage"], rows["unit"]):
        months = ordinals[at_rows]
        first, width = int(months.min()), int(months.max() - months.min()) + 1
        cells = at_area[at_rows] * width + (months - first)
        size = len(areas) * width
        summed = np.bincount(cells, counts[at_rows], size).astype(np.float64, copy=False)
        values = summed.reshape(len(areas), width)
        seen = np.zeros(len(areas), dtype=np.bool_)
        seen[at_area[at_rows]] = True
        blocks[vintage, unit] = _Block(first, values, seen)
        for at, total in zip(np.flatnonzero(seen), values[seen].sum(axis=1), strict=True):
            totals[int(at), unit] = totals.get((int(at), unit), 0.0) + float(total)
    home = {**(covered or {}), **_homes(areas, totals, known, polices)}
    blocks = _with_known(blocks, areas, index, home, known)
    strands: dict[str, list[Release]] = {}
    loads = {vintage for vintage, _ in blocks}
    for release in releases:
        if any(vintage.id in loads for vintage in release.vintages):
            strands.setdefault(release.dataset, []).append(release)
    return Cube(
        source,
        tuple(areas),
        _names(codes, code_of, rows["area_name"]),
        blocks,
        home,
        {key: tuple(found) for key, found in strands.items()},
        provisional_months,
    )


def _coded(column: pa.ChunkedArray) -> tuple[list[str | None], NDArray[np.int64]]:
    """The different values of a column, and for each row which of them it has."""
    coded = pc.dictionary_encode(column.combine_chunks(), null_encoding="encode")
    return coded.dictionary.to_pylist(), coded.indices.to_numpy().astype(np.int64)


def _by_pair(
    vintages: pa.ChunkedArray, units: pa.ChunkedArray
) -> Iterator[tuple[tuple[str, str], NDArray[np.int64]]]:
    """Each load with each of its units, in order, and the numbers of the rows that it has."""
    loads, load_of = _coded(vintages)
    bodies, body_of = _coded(units)
    pair_of = load_of * len(bodies) + body_of
    ordered = np.argsort(pair_of, kind="stable")
    numbers, starts = np.unique(pair_of[ordered], return_index=True)
    pairs = [
        ((str(loads[number // len(bodies)]), str(bodies[number % len(bodies)])), at_rows)
        for number, at_rows in zip(numbers, np.split(ordered, starts[1:]), strict=True)
    ]
    yield from sorted(pairs, key=lambda one: one[0])


def _names(
    codes: Sequence[str | None], code_of: NDArray[np.int64], column: pa.ChunkedArray
) -> dict[str, str]:
    """The name of each area that has one; of several the last in the alphabet."""
    words, word_of = _coded(column)
    pairs = np.unique(code_of * len(words) + word_of)
    found = [(codes[pair // len(words)], words[pair % len(words)]) for pair in pairs]
    return dict(sorted((code, name) for code, name in found if code is not None and name))


def _by(releases: Sequence[Release], known: date | None) -> Sequence[Release]:
    return releases if known is None else known_by(releases, known)


def _known_codes(known: pa.Table | None) -> list[str]:
    if known is None:
        return []
    found: list[str] = known["area_code"].drop_null().unique().to_pylist()
    return found


def _ordinals(months: pa.ChunkedArray) -> NDArray[np.int64]:
    years = pc.year(months).to_numpy()
    return np.asarray(years * 12 + pc.month(months).to_numpy() - 1, dtype=np.int64)


def _homes(
    areas: Sequence[str],
    totals: Mapping[tuple[int, str], float],
    known: pa.Table | None,
    polices: Callable[[str, str], bool] | None,
) -> dict[str, str]:
    """The reporting body of each area: the one with the most of its rows. A neighbouring
    force or the transport police may have some (quirk 20)."""
    home: dict[str, str] = {}
    if known is not None:
        for code, unit in zip(
            known["area_code"].to_pylist(), known["unit"].to_pylist(), strict=True
        ):
            home.setdefault(code, unit)
    best: dict[str, float] = {}
    for (at, unit), total in totals.items():
        code = areas[at]
        if polices is not None and not polices(code, unit):
            continue
        if total > best.get(code, -1.0):
            best[code] = total
            home[code] = unit
    for no_area in (UNPLACED, ELSEWHERE):
        home.pop(no_area, None)
    return home


def _with_known(
    blocks: Mapping[tuple[str, str], _Block],
    areas: Sequence[str],
    index: Mapping[str, int],
    home: Mapping[str, str],
    known: pa.Table | None,
) -> dict[tuple[str, str], _Block]:
    marks = {key: block.known.copy() for key, block in blocks.items()}
    if known is None:
        for (_, unit), mark in marks.items():
            mark |= np.array([home.get(code) == unit for code in areas])
    else:
        columns = (known[name].to_pylist() for name in ("vintage", "unit", "area_code"))
        for vintage, unit, code in zip(*columns, strict=True):
            if (vintage, unit) in marks:
                marks[vintage, unit][index[code]] = True
    return {key: _Block(block.first, block.counts, marks[key]) for key, block in blocks.items()}
