"""Measures that a publisher gives for whole years only: the national tables by Community Safety
Partnership. They have no months; they rank areas of different forces from one source."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from saferboard.analytics.measures import compile as compiled
from saferboard.analytics.measures.cube import Extract
from saferboard.analytics.measures.frame import Frame, Pair
from saferboard.analytics.measures.model import Definition, Feed
from saferboard.analytics.measures.reader import Reader
from saferboard.analytics.store.releases import Release
from saferboard.vocabulary.period import Month, Period

_Figures = dict[tuple[str, Period], tuple[float, str]]


class YearFigures:
    """Every yearly figure of a feed, of two loads the newest: by area and period."""

    def __init__(self, reader: Reader, feed: Feed) -> None:
        loads = {
            one.id: one
            for one in reader.vintages_known("published_counts")
            if one.source == feed.source and (not feed.dataset or one.dataset == feed.dataset)
        }
        self._atlas = reader.atlas
        self.releases = {
            vintage.id: release
            for release in reader.releases
            for vintage in release.vintages
            if vintage.id in loads
        }
        self.figures: _Figures = {}
        if not loads:
            return
        rows = reader.coded(reader.lake.run(compiled.published(reader.lake, feed, list(loads))))
        for row in sorted(rows.to_pylist(), key=lambda one: loads[one["vintage"]].published):
            whole = row["parts"] == row["rows"] and row["parts"] >= _needed(feed, row["offences"])
            value = float(row["count"]) if whole and row["count"] is not None else math.nan
            period = Period(row["period_from"], row["period_to"])
            self.figures[row["area_code"], period] = (value, row["vintage"])

    def get(self, code: str, period: Period) -> tuple[float, str] | None:
        """The figure of an area in a period, and its load: under its own code, that of the
        same ground, or as the sum of its parts."""
        for one in self._atlas.same(code):
            if (one, period) in self.figures:
                return self.figures[one, period]
        parts = [self.figures.get((one, period)) for one in self._atlas.whole_parts(code)]
        if parts and all(parts):
            return sum(one[0] for one in parts if one), next(one[1] for one in parts if one)
        return None

    def last(self, code: str, to: Month) -> Month | None:
        """The last month of the newest year that is published for the area, up to `to`."""
        codes = {*self._atlas.same(code), *self._atlas.whole_parts(code)}
        months = [
            period.last_month
            for held, period in self.figures
            if held in codes and period.month_count == 12 and period.last_month <= to
        ]
        return max(months, default=None)


def _needed(feed: Feed, found: int) -> int:
    """How many offences there must be: all that the feed names, one where it takes all."""
    return len(feed.offences) if feed.offences else found


class YearFrame(Frame):
    """A frame whose comparison is of whole years, from `YearFigures`; it has no trend, so that
    its dispersion is assumed."""

    figures: YearFigures

    def pair(self, period: Period, against: Period) -> Pair:
        """The figures of two years; None for whatever is not a published year."""
        key = (period, against)
        if key not in self._pairs:
            self._pairs[key] = Pair(period, against, self._year(period), self._year(against))
        return self._pairs[key]

    @property
    def trend(self) -> Extract | None:
        """There are no months."""
        return None

    def _year(self, period: Period) -> Extract | None:
        found = [self.figures.get(code, period) for code in self.codes]
        loads = sorted({one[1] for one in found if one})
        if not loads:
            return None
        counts = np.array([[one[0] if one else math.nan] for one in found])
        releases: dict[str, Release] = {
            self.figures.releases[load].id: self.figures.releases[load] for load in loads
        }
        return Extract(
            self.codes,
            (period.last_month,),
            counts,
            self.feed.source,
            next(iter(releases.values())).dataset,
            (),
            tuple(releases.values()),
            tuple(loads),
            False,
            frozenset(),
        )


def year_feeds(definition: Definition) -> Sequence[Feed]:
    """The feeds of a measure that give whole years."""
    return [feed for feed in definition.sources if feed.table == "published_counts"]
