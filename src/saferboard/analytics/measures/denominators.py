"""Which denominator stands under a rate: its kind, source and year, one for all areas compared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from saferboard.analytics.measures.areas import Atlas
from saferboard.analytics.store.lake import Lake
from saferboard.analytics.store.vintage import Vintage

_BASES = ("mid-year estimate", "census", "estimate", "projection")


@dataclass(frozen=True)
class Denominator:
    """`value` residents (or households …) of an area in `year`. `late` says that it was
    published after the day that was asked for, because nothing earlier is loaded."""

    value: float
    of: str
    year: int
    basis: str
    publisher: str
    vintage: str
    published: date
    late: bool = False

    def words(self) -> str:
        """`mid-year estimate 2022, Office for National Statistics`."""
        words = f"{self.basis or 'estimate'} {self.year}, {self.publisher}"
        if self.late:
            words += ", published after the date that was asked for: none is loaded from before"
        return words


@dataclass(frozen=True)
class _Series:
    """One load's figures of one kind, basis and year, by area."""

    of: str
    year: int
    basis: str
    vintage: Vintage
    values: Mapping[str, float]


class Denominators:
    """All denominators of the lake, read once."""

    def __init__(self, lake: Lake, atlas: Atlas) -> None:
        self._lake = lake
        self._atlas = atlas
        self._chosen: dict[
            tuple[str, tuple[str, ...], date, date | None], dict[str, Denominator]
        ] = {}

    @cached_property
    def _series(self) -> list[_Series]:
        table = self._lake.table("denominators")
        rows = self._lake.run(
            table.filter(
                table.area_code.notnull(), table.breakdown.isnull() | (table.breakdown == "")
            ).select("vintage", "area_code", "year", "of", "basis", "value")
        )
        by_id = {vintage.id: vintage for vintage in self._lake.vintages}
        found: dict[tuple[str, str, int, str], dict[str, float]] = {}
        columns = (rows[name].to_pylist() for name in rows.column_names)
        names = rows.column_names
        for values in zip(*columns, strict=True):
            row = dict(zip(names, values, strict=True))
            key = (row["vintage"], row["of"], row["year"], row["basis"] or "")
            found.setdefault(key, {})[row["area_code"]] = row["value"]
        return [
            _Series(of, year, basis, by_id[vintage], values)
            for (vintage, of, year, basis), values in found.items()
        ]

    def choose(
        self, of: str, codes: Sequence[str], middle: date, known: date | None = None
    ) -> dict[str, Denominator]:
        """The denominators of `codes` for a period with this middle, all from one load and one
        year, so that areas are compared alike: what covers the most of them; then what was
        published by `known`; then the newest year that is not after the middle of the period
        (the nearest, where all are); then a mid-year estimate before a census or a
        projection; then the newest load. Areas that it does not have are left out."""
        key = (of, tuple(codes), middle, known)
        if key not in self._chosen:
            self._chosen[key] = self._choose(of, codes, middle, known)
        return self._chosen[key]

    def _choose(
        self, of: str, codes: Sequence[str], middle: date, known: date | None
    ) -> dict[str, Denominator]:
        best: tuple[tuple[object, ...], dict[str, Denominator]] | None = None
        for series in self._series:
            if series.of != of:
                continue
            values = {code: self._value(series, code) for code in codes}
            held = {code: value for code, value in values.items() if value}
            if not held:
                continue
            late = known is not None and series.vintage.published > known
            # A mid-year estimate is of 30 June; the middle of a calendar year is the day after.
            after = date(series.year, 6, 30) > middle
            basis = _BASES.index(series.basis) if series.basis in _BASES else len(_BASES)
            rank = (
                -len(held),
                late,
                after,
                abs(series.year - middle.year),
                basis,
                -series.vintage.published.toordinal(),
                series.vintage.id,
            )
            if best is None or rank < best[0]:
                made = {
                    code: Denominator(
                        value,
                        of,
                        series.year,
                        series.basis,
                        series.vintage.publisher,
                        series.vintage.id,
                        series.vintage.published,
                        late,
                    )
                    for code, value in held.items()
                }
                best = (rank, made)
        return best[1] if best else {}

    def _value(self, series: _Series, code: str) -> float | None:
        for one in self._atlas.same(code):
            if one in series.values:
                return series.values[one]
        parts = self._atlas.whole_parts(code)
        if parts and all(part in series.values for part in parts):
            return sum(series.values[part] for part in parts)
        return None
