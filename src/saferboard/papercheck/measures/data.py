"""What a data store holds about an area: every vintage that answers for a measure and a period."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path

from saferboard.analytics.measures.area_sets import NamedSet, all_sets
from saferboard.analytics.measures.areas import Atlas
from saferboard.analytics.measures.compute import Desk
from saferboard.analytics.measures.cube import Extract
from saferboard.analytics.measures.denominators import Denominators
from saferboard.analytics.measures.frame import Options
from saferboard.analytics.measures.model import Definition, Feed
from saferboard.analytics.measures.published import YearFigures
from saferboard.analytics.measures.reader import Reader
from saferboard.analytics.measures.register import definitions
from saferboard.analytics.measures.returns import read_returns
from saferboard.analytics.stats import dispersion
from saferboard.analytics.store.lake import Lake
from saferboard.analytics.store.releases import Release
from saferboard.papercheck.measures.answers import ASSUMED_PHI, Answer
from saferboard.papercheck.measures.names import Places
from saferboard.vocabulary.area import Area
from saferboard.vocabulary.partnership import Partnership
from saferboard.vocabulary.period import Month, Period, day_label

_PHI_MONTHS = 36
_TABLES = ("recorded_offences", "street_crimes", "stop_searches")


class DataStore:
    """Answers for one area from an open lake; every feed is fetched once. `to` is the last
    month that the papers report, where that is known. Raises Problem for an area that is not."""

    def __init__(
        self,
        lake: Lake,
        area: str,
        *,
        to: Month | None = None,
        partnership: Partnership | None = None,
        sets_folder: Path | None = None,
    ) -> None:
        sets = all_sets(partnership, sets_folder)
        self.to = to
        self.year_starts = partnership.year_starts if partnership else 4
        self.atlas = Atlas.of(lake, sets.values(), partnership)
        self.area: Area = self.atlas.resolve(area)
        every = (*sets.values(), *self.atlas.force_sets(self.area.code))
        self._sets = [one for one in every if self.area.code in one.set.members]
        self._reader = Reader(lake, self.atlas)
        self._denominators = Denominators(lake, self.atlas)
        last = max((one.last_month for one in lake.vintages if one.last_month), default=None)
        options = Options(last or Month(2100, 1))
        self._desk = Desk(self._reader, self._denominators, options, (self.area.code,))
        self._years: dict[tuple[str, str], YearFigures] = {}
        self._counts: dict[tuple[str, tuple[str, ...], Period], tuple[Answer, ...]] = {}
        self._phis: dict[str, float] = {}

    def places(self) -> Places:
        """The own area's name, and those of others that papers may name beside it."""
        own = {self.area.name, *(self.atlas.name(one) for one in self.atlas.same(self.area.code))}
        others = {one.name for one in self.atlas.of_kind("authority")}
        others |= {one.name for one in self.atlas.of_kind("ward") if one.within == self.area.code}
        return Places(tuple(sorted(own)), tuple(sorted(others - own)))

    # --- answers ----------------------------------------------------------------------------

    def counts(self, measure: str, period: Period) -> tuple[Answer, ...]:
        """What each publication gives, the oldest first; empty where none covers the period."""
        return self._of(measure, (self.area.code,), period)

    def rates(self, measure: str, period: Period, per: int) -> tuple[Answer, ...]:
        """The rate per so many of the measure's own denominator, by publication."""
        rate = definitions()[measure].rate
        if rate is None:
            return ()
        found: list[Answer] = []
        for one in self.counts(measure, period):
            for known in (one.published, None):
                base = self._denominators.choose(
                    rate.of, (self.area.code,), _middle(period), known
                ).get(self.area.code)
                value = one.value / base.value * per if base is not None else math.nan
                known_already = any(
                    (held.value, held.published) == (value, one.published) for held in found
                )
                if base is not None and not known_already:
                    found.append(_with(one, value, base.words()))
        return tuple(found)

    def ranks(self, measure: str, period: Period, of: int, *, highest: bool) -> tuple[Answer, ...]:
        """The place by rate in the area sets of that size: 1 is the lowest rate, or the highest."""
        definition = definitions()[measure]
        found: list[Answer] = []
        for chosen in self._sets:
            if len(chosen.set.members) == of and definition.rate is not None:
                found += self._ranks(definition, chosen, period, highest=highest)
        return tuple(found)

    def changes(self, measure: str, period: Period, against: Period) -> tuple[Answer, ...]:
        """The change in per cent, each from one publication, and with the earlier figure as it
        was published a year before."""
        now = self.counts(measure, period)
        before = self.counts(measure, against)
        found = [
            _with(one, 100 * (one.value / other.value - 1), "")
            for one in now
            for other in before
            if other.value and (one.published, one.title) == (other.published, other.title)
        ]
        for one in now:
            older = [other for other in before if other.published < one.published and other.value]
            if older:
                note = f"against the figure published {day_label(older[-1].published)}"
                found.append(_with(one, 100 * (one.value / older[-1].value - 1), note))
        return tuple(found)

    def phi(self, measure: str, last: Month) -> float:
        """The dispersion of the monthly counts to `last`, assumed where they do not tell."""
        key = f"{measure}/{last}"
        if key not in self._phis:
            self._phis[key] = self._phi(definitions()[measure], last)
        return self._phis[key]

    def source_of(self, measure: str) -> tuple[str, tuple[str, ...]]:
        """The source that answers first for the measure, and its reporting bodies."""
        last = self._desk.options.to
        for feed in definitions()[measure].sources:
            if feed.table in _TABLES and not feed.small_areas:
                end = self._reader.last_month(feed, self.area.code, last)
                found = self._reader.extract(feed, (self.area.code,), (end,)) if end else None
                if found is not None:
                    return feed.source, found.units
        return "", ()

    # --- inside -----------------------------------------------------------------------------

    def _of(self, measure: str, codes: tuple[str, ...], period: Period) -> tuple[Answer, ...]:
        key = (measure, codes, period)
        if key not in self._counts:
            definition = definitions()[measure]
            found = [*self._published(definition, period), *self._reported(definition, period)]
            for feed in self._monthly(definition):
                for one, release in self._extracts(feed, codes, period):
                    total = float(one.sums()[0])
                    if not math.isnan(total):
                        found.append(_answer(total, release))
            self._counts[key] = tuple(sorted(dict.fromkeys(found), key=lambda one: one.published))
        return self._counts[key]

    def _monthly(self, definition: Definition) -> list[Feed]:
        if definition.kind == "outcome-rate":
            return []
        return [one for one in definition.sources if one.table in _TABLES and not one.small_areas]

    def _extracts(
        self, feed: Feed, codes: Sequence[str], period: Period
    ) -> Iterator[tuple[Extract, Release]]:
        """The counts of a period from each release that covers all of it."""
        if not period.is_whole_months:
            return
        months = list(period.months())
        seen: set[str] = set()
        for day in self._days.get(feed.source, ()):
            found = self._reader.extract(feed, codes, months, known=day)
            if found is None or found.stitched or len(found.releases) != 1:
                continue
            (release,) = found.releases
            if release.id not in seen:
                seen.add(release.id)
                yield found, release

    @cached_property
    def _days(self) -> dict[str, list[date]]:
        days: dict[str, set[date]] = {}
        for release in self._reader.releases:
            days.setdefault(release.source, set()).add(release.published)
        return {source: sorted(held) for source, held in days.items()}

    def _published(self, definition: Definition, period: Period) -> Iterator[Answer]:
        for feed in definition.sources:
            if feed.table != "published_counts":
                continue
            key = (definition.key, feed.source)
            if key not in self._years:
                self._years[key] = YearFigures(self._reader, feed)
            found = self._years[key].get(self.area.code, period)
            if found is not None and not math.isnan(found[0]):
                yield _answer(found[0], self._years[key].releases[found[1]])

    def _reported(self, definition: Definition, period: Period) -> Iterator[Answer]:
        if not definition.is_return:
            return
        tiles = read_returns(self._desk, definition, self.area).tiling(period)
        values = [one.value for one in tiles]
        held = [one for one in values if one is not None]
        adds = definition.kind == "return-count" or len(tiles) == 1
        if tiles and adds and len(held) == len(values):
            last = max(tiles, key=lambda one: one.published)
            yield Answer(sum(held), last.published, False, last.reported_by, None)

    def _ranks(
        self, definition: Definition, chosen: NamedSet, period: Period, *, highest: bool
    ) -> Iterator[Answer]:
        members = chosen.set.members
        own = members.index(self.area.code)
        assert definition.rate is not None  # ranks asks only for measures with a rate
        for feed in self._monthly(definition):
            for found, release in self._extracts(feed, members, period):
                bases = self._denominators.choose(
                    definition.rate.of, members, _middle(period), release.published
                )
                rates = [
                    float(total) / bases[code].value if code in bases else math.nan
                    for code, total in zip(members, found.sums(), strict=True)
                ]
                if any(math.isnan(one) for one in rates):
                    continue
                beyond = [
                    one for one in rates if (one > rates[own]) == highest and one != rates[own]
                ]
                yield _answer(1 + len(beyond), release)

    def _phi(self, definition: Definition, last: Month) -> float:
        months = [last + -back for back in range(_PHI_MONTHS)][::-1]
        for feed in self._monthly(definition):
            found = self._reader.extract(feed, (self.area.code,), months)
            if found is not None and not found.missing_months(self.area.code):
                (held,) = dispersion.estimate_many(
                    found.counts, months[0].ordinal, window=_PHI_MONTHS
                )
                chosen = dispersion.choose(held, [held], [held])
                return chosen.phi if math.isfinite(chosen.phi) else ASSUMED_PHI
        return ASSUMED_PHI


def _middle(period: Period) -> date:
    return period.start + timedelta(days=period.days // 2)


def _answer(value: float, release: Release) -> Answer:
    newest = release.vintages[-1]
    return Answer(
        value,
        release.published,
        release.published_assumed,
        newest.title or newest.dataset,
        newest.last_month,
    )


def _with(one: Answer, value: float, note: str) -> Answer:
    return Answer(value, one.published, one.assumed, one.title, one.last, note)
