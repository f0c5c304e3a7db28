"""One measure, fed by one source, for all the areas that are compared, to one month.

Everything that is the same for all areas is worked out once here: counts of a comparison, the
dispersion, the months judged, the denominators, the ranks. A result of an area takes its row.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from typing import Literal

import numpy as np

from saferboard.analytics.disclosure import ReleaseLog
from saferboard.analytics.measures.area_sets import NamedSet
from saferboard.analytics.measures.breaks import Break, Setting, breaks, first_comparable, unusual
from saferboard.analytics.measures.cube import Extract, Floats
from saferboard.analytics.measures.denominators import Denominator, Denominators
from saferboard.analytics.measures.model import Definition, Feed
from saferboard.analytics.measures.reader import Reader
from saferboard.analytics.stats import control, dispersion, exceptions
from saferboard.vocabulary.partnership import SmallNumbers
from saferboard.vocabulary.period import Month, Period

Comparators = Literal["same-vintage", "as-published"]

TREND = 60  # months before the first one that is judged (methods, section 2)
CHART = 24  # months of a trend chart
# Dispersion is estimated on the last 36 comparable months, the fewest that methods section 1
# allows: over five years a straight trend misses a slow rise and fall, and the miss would be
# taken for dispersion (theft from vehicles of one borough to December 2023: 3.8 on 36 months,
# 9.5 on 60).
PHI_MONTHS = 36


@dataclass(frozen=True)
class Options:
    """What a summary was asked for. `known` is the day of --as-known, None for the latest.
    `small` and `released` are what disclosure control goes by."""

    to: Month
    known: date | None = None
    comparators: Comparators = "same-vintage"
    baseline: int | None = None
    year_starts: int = 4
    rag: Literal["verdicts", "signs-2017"] = "verdicts"
    chart_months: int = CHART
    wards: bool = False
    funnels: bool = False
    small: SmallNumbers = field(default_factory=SmallNumbers)
    released: ReleaseLog = field(default_factory=ReleaseLog)


@dataclass(frozen=True)
class Pair:
    """A period and the one that it is compared with: the counts of every area in each, and
    for an outcome rate the offences too."""

    period: Period
    against: Period
    current: Extract | None
    previous: Extract | None
    current_base: Extract | None = None
    previous_base: Extract | None = None

    @property
    def stitched(self) -> bool:
        """Whether the two figures come from different releases, or one from several."""
        both = [one for one in (self.current, self.previous) if one]
        apart = len({tuple(r.id for r in one.releases) for one in both}) > 1
        return apart or any(one.stitched for one in both)


class Frame:
    """`codes` are the areas asked for and the members of their sets, in a fixed order; `asked`
    those of them whose months are judged."""

    def __init__(
        self,
        definition: Definition,
        feed: Feed,
        reader: Reader,
        denominators: Denominators,
        codes: Sequence[str],
        last: Month,
        options: Options,
        asked: Sequence[str] = (),
    ) -> None:
        self.definition = definition
        self.feed = feed
        self.reader = reader
        self.denominators = denominators
        self.codes = tuple(dict.fromkeys(codes))
        self.last = last
        self.options = options
        self.asked = tuple(asked) or self.codes
        self._rows = {code: at for at, code in enumerate(self.codes)}
        self._pairs: dict[tuple[Period, Period], Pair] = {}
        self.kept: dict[object, object] = {}

    def row(self, code: str) -> int:
        """The row of an area in every array of the frame."""
        return self._rows[code]

    @property
    def is_rate_of_outcomes(self) -> bool:
        return self.definition.kind == "outcome-rate"

    @cached_property
    def numerator(self) -> Feed:
        """What is counted: the feed, or its positive outcomes."""
        if self.is_rate_of_outcomes and self.feed.table == "recorded_offences":
            return self.feed.model_copy(update={"counted": "positive-outcomes"})
        return self.feed

    @cached_property
    def base(self) -> Feed | None:
        """The offences that an outcome rate is out of."""
        if not self.is_rate_of_outcomes:
            return None
        if self.feed.out_of:
            changed = {"source": self.feed.out_of, "table": "street_crimes", "out_of": ""}
            return self.feed.model_copy(update=changed)
        return self.feed.model_copy(update={"counted": "offences"})

    # --- counts ---------------------------------------------------------------------------

    def pair(self, period: Period, against: Period) -> Pair:
        """The counts of two periods: both from the newest release that covers both, unless
        the comparators are to be those that were published a year earlier."""
        key = (period, against)
        if key not in self._pairs:
            current, previous = self._both(self.numerator, period, against)
            base = self.base
            bases = self._both(base, period, against) if base else (None, None)
            self._pairs[key] = Pair(period, against, current, previous, *bases)
        return self._pairs[key]

    def _both(
        self, feed: Feed, period: Period, against: Period
    ) -> tuple[Extract | None, Extract | None]:
        now, before = tuple(period.months()), tuple(against.months())
        if self.options.comparators == "as-published":
            current = self.reader.extract(feed, self.codes, now)
            day = self._as_published(current)
            return current, self.reader.extract(feed, self.codes, before, known=day)
        both = self.reader.extract(feed, self.codes, (*before, *now))
        if both is None:
            return None, None
        return part_of(both, len(before), len(both.months)), part_of(both, 0, len(before))

    def _as_published(self, current: Extract | None) -> date:
        """A year before the day that was asked for, or before what answered was published."""
        day = self.options.known
        if day is None:
            day = max(current.published) if current else self.last.last_day
        return year_earlier(day)

    # --- dispersion and months ------------------------------------------------------------

    @cached_property
    def trend(self) -> Extract | None:
        """The months of the chart and those before it that limits are made from."""
        months = [self.last + -back for back in range(TREND + self.options.chart_months)][::-1]
        return self.reader.extract(self.numerator, self.codes, months)

    @cached_property
    def trend_base(self) -> Extract | None:
        """The offences behind the trend of an outcome rate."""
        if self.base is None or self.trend is None:
            return None
        return self.reader.extract(self.base, self.codes, self.trend.months)

    @cached_property
    def comparable(self) -> Floats | None:
        """The trend's counts with nan where a month cannot be compared with the newest ones:
        before a break, published before the publisher restated its history, or in an unusual
        period."""
        trend = self.trend
        if trend is None:
            return None
        counts = trend.counts.copy()
        day = first_comparable(self.definition.breaks, self.setting(trend), self.last.last_day)
        restated = [
            entry.date
            for key in self.definition.breaks
            if (entry := breaks()[key]).restated and self.feed.source in entry.sources
        ]
        newest = max(trend.published)
        for at, month in enumerate(trend.months):
            release = trend.release_of.get(month)
            old = release is not None and any(release.published < one <= newest for one in restated)
            if old or (day is not None and month.first_day < day):
                counts[:, at] = np.nan
        for row, code in enumerate(self.codes):
            for entry in self.unusual(code):
                counts[row, [entry.holds(month) for month in trend.months]] = np.nan
        return counts

    def unusual(self, code: str) -> tuple[Break, ...]:
        """The unusual periods that hold for an area in any month of the trend."""
        if self.trend is None:
            return ()
        months = self.trend.months
        known = unusual(self.definition.breaks, self.setting(self.trend, area=code))
        return tuple(entry for entry in known if any(map(entry.holds, months)))

    @cached_property
    def dispersions(self) -> list[dispersion.Dispersion]:
        """phi of each area's series, by row."""
        if self.comparable is None or self.trend is None:
            return [dispersion.NOTHING] * len(self.codes)
        return dispersion.estimate_many(
            self.comparable, self.trend.months[0].ordinal, window=PHI_MONTHS
        )

    def phi(self, code: str) -> dispersion.Chosen:
        """The dispersion to judge an area with: its own, shrunk toward that of the same
        measure in the other areas, or what can be had instead, with words that say so."""
        kept = self.kept.setdefault("phi", {})
        assert isinstance(kept, dict)
        if code not in kept:
            kept[code] = dispersion.choose(
                self.dispersions[self.row(code)], self.dispersions, self.dispersions
            )
        chosen: dispersion.Chosen = kept[code]
        return chosen

    def judged(self, code: str) -> list[exceptions.MonthJudgement]:
        """The months of the chart of an area against what trend and season would have them."""
        if self.comparable is None or self.trend is None:
            return []
        return self._judged[self.asked.index(code)]

    @cached_property
    def _judged(self) -> list[list[exceptions.MonthJudgement]]:
        assert self.comparable is not None  # judged returned before
        assert self.trend is not None
        rows = [self.row(code) for code in self.asked]
        first = self.trend.months[0].ordinal
        return exceptions.judge_many(self.comparable[rows], first, self.options.chart_months)

    def adjusted(self, code: str) -> Floats | None:
        """The comparable counts of an area without their season: (months,) of the trend."""
        return None if self._adjusted is None else self._adjusted[self.asked.index(code)]

    @cached_property
    def _adjusted(self) -> Floats | None:
        if self.comparable is None or self.trend is None:
            return None
        rows = [self.row(code) for code in self.asked]
        first = self.trend.months[0].ordinal
        return control.seasonally_adjusted_many(self.comparable[rows], first)

    # --- denominators ---------------------------------------------------------------------

    def base_of(self, code: str, period: Period) -> Denominator | None:
        """The denominator of one area for a period: the best there is for it."""
        return self.bases((code,), period).get(code)

    def bases(self, codes: Sequence[str], period: Period) -> dict[str, Denominator]:
        """The denominators of `codes` for a period, all from one load and one year; empty where
        the measure has no rate or none is loaded."""
        if self.definition.rate is None:
            return {}
        middle = period.start + timedelta(days=period.days // 2)
        return self.denominators.choose(self.definition.rate.of, codes, middle, self.options.known)

    def setting(self, *extracts: Extract, area: str = "") -> Setting:
        """Where figures stand, for the register of breaks."""
        found = self.reader.atlas.find(area) if area else None
        return Setting(
            source=self.feed.source,
            units=tuple({unit for one in extracts for unit in one.units}),
            area=area,
            within=found.within if found else None,
            published=extracts[0].published if extracts else (),
            before=tuple(day for one in extracts[1:] for day in one.published),
        )

    def sets_of(self, sets: Sequence[NamedSet]) -> list[NamedSet]:
        """Those of the sets that lie in the frame as a whole."""
        return [one for one in sets if all(code in self._rows for code in one.set.members)]


def year_earlier(day: date) -> date:
    """The same day a year before, 28 February for a leap day."""
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return date(day.year - 1, 2, 28)


def part_of(both: Extract, first: int, last: int) -> Extract:
    """The months from position `first` up to `last` of an extract, as one of its own."""
    months = both.months[first:last]
    releases = {release.id: release for month in months if (release := both.release_of.get(month))}
    kept = tuple(releases.values()) or both.releases
    loads = {
        release.vintage_for(unit, month)
        for release in kept
        for unit in both.units
        for month in months
    }
    return Extract(
        both.codes,
        months,
        both.counts[:, first:last],
        both.source,
        both.dataset,
        both.units,
        kept,
        tuple(one for one in both.vintages if one in loads) or both.vintages,
        len(kept) > 1,
        both.provisional & frozenset(months),
        both.release_of,
    )
