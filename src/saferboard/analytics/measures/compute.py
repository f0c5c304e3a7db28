"""One measure for one area, put together: periods, rate, ranks, months, rating, notes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from saferboard.analytics.facts.fact import Fact
from saferboard.analytics.measures.area_sets import NamedSet
from saferboard.analytics.measures.breaks import met_between
from saferboard.analytics.measures.comparing import Name, compare
from saferboard.analytics.measures.control_chart import control_of
from saferboard.analytics.measures.denominators import Denominators
from saferboard.analytics.measures.facts import Maker, facts_in
from saferboard.analytics.measures.frame import Frame, Options
from saferboard.analytics.measures.model import Definition, Feed
from saferboard.analytics.measures.published import YearFigures, YearFrame
from saferboard.analytics.measures.ranking import denominator_fact, rank_in, rate_fact
from saferboard.analytics.measures.rating import rate as rate_measure
from saferboard.analytics.measures.reader import Reader
from saferboard.analytics.measures.results import (
    BreakMet,
    Comparison,
    MeasureResult,
    RankResult,
)
from saferboard.analytics.measures.trending import JUDGED, months_of
from saferboard.vocabulary.area import Area
from saferboard.vocabulary.period import Month, Period

_BEHIND = 12  # months


@dataclass(frozen=True)
class Shown:
    """What a partnership's file says about a measure: its priority and who presents it."""

    priority: str = ""
    presenter: str = ""


@dataclass
class Desk:
    """What is shared by all measures and areas of a run. `universe` are the areas that frames
    are made for: those asked for and the members of every set."""

    reader: Reader
    denominators: Denominators
    options: Options
    universe: tuple[str, ...]
    asked: tuple[str, ...] = ()
    frames: dict[tuple[str, str, Month], Frame] = field(default_factory=dict)
    kept: dict[object, Any] = field(default_factory=dict)

    def frame(self, definition: Definition, feed: Feed, last: Month) -> Frame:
        """The frame of a measure with this feed to this month, made once."""
        key = (definition.key, feed.source, last)
        if key not in self.frames:
            made = YearFrame if feed.table == "published_counts" else Frame
            frame = made(
                definition,
                feed,
                self.reader,
                self.denominators,
                self.universe,
                last,
                self.options,
                self.asked,
            )
            if isinstance(frame, YearFrame):
                frame.figures = self.years(definition, feed)
            self.frames[key] = frame
        return self.frames[key]

    def years(self, definition: Definition, feed: Feed) -> YearFigures:
        """The yearly figures of a feed, read once."""
        key = ("years", definition.key, feed.source)
        if key not in self.kept:
            self.kept[key] = YearFigures(self.reader, feed)
        found: YearFigures = self.kept[key]
        return found


def choose_feed(desk: Desk, definition: Definition, code: str) -> tuple[Feed, Month] | None:
    """The feed that answers for an area, and its newest month: the first in the order of
    preference that reaches the month asked for, else the one that comes nearest."""
    found: list[tuple[Feed, Month]] = []
    yearly: list[tuple[Feed, Month]] = []
    for feed in definition.sources:
        if feed.table == "published_counts":
            year = desk.years(definition, feed).last(code, desk.options.to)
            if year is not None:
                yearly.append((feed, year))
            continue
        asked = feed
        if definition.kind == "outcome-rate" and feed.table == "recorded_offences":
            asked = feed.model_copy(update={"counted": "positive-outcomes"})
        last = desk.reader.last_month(asked, code, desk.options.to)
        if last == desk.options.to:
            return feed, last
        if last is not None:
            found.append((feed, last))
    best = max(found, key=lambda one: one[1], default=None)
    newest = max(yearly, key=lambda one: one[1], default=None)
    # Months say more than a year does, until they are more than a year behind it.
    if best is None or (newest is not None and newest[1] - best[1] > _BEHIND):
        return newest or best
    return best


def monthly(
    desk: Desk,
    definition: Definition,
    area: Area,
    sets: Sequence[NamedSet],
    shown: Shown,
    *,
    feed: Feed,
    last: Month,
    funnels: bool = False,
) -> MeasureResult:
    """A measure that is counted by the month; with `funnels` the first set of ten areas or more
    has its limits of chance."""
    frame = desk.frame(definition, feed, last)
    maker = Maker(definition, area)
    comparisons = _comparisons(frame, maker)
    by_name = {one.name: one for one in comparisons}
    year = _rated_period(frame, maker)
    rate = rate_fact(frame, maker, year)
    previous_rate = rate_fact(frame, maker, year.year_before(), previous=True)
    ranks: list[RankResult] = []
    for one in sets:
        funnel = funnels and not any(held.funnel for held in ranks)
        ranks.append(_rank(desk, frame, maker, one, year, funnel=funnel))
    months = months_of(frame, maker, desk.options.chart_months)
    recent = months[-JUDGED:]
    rated = rate_measure(comparisons, ranks, recent, definition.polarity, desk.options.rag)
    met = (*_all_breaks(comparisons), *_rate_breaks(frame, area.code, year))
    phi = frame.phi(area.code)
    result = MeasureResult(
        measure=definition.key,
        title=definition.title,
        area=area,
        polarity=definition.polarity,
        unit_one=definition.unit.one,
        unit_many=definition.unit.many,
        priority=shown.priority,
        presenter=shown.presenter,
        source=feed.source,
        source_title=_source_title(frame),
        to=last,
        older=last < desk.options.to,
        quarter=by_name.get("quarter"),
        year=by_name.get("year"),
        financial_year=by_name.get("financial year to date"),
        baseline=by_name.get("baseline"),
        rate=rate,
        previous_rate=previous_rate,
        denominator=denominator_fact(frame, maker, year),
        ranks=tuple(ranks),
        months=months,
        exceptions=tuple(recent),
        control=control_of(frame, maker, desk.options.chart_months),
        rag=rated,
        breaks=met,
        left_out=tuple(entry.met() for entry in frame.unusual(area.code)),
        dispersion=phi.phi,
        dispersion_note=phi.words,
        caveats=(*definition.caveats, *([feed.note] if feed.note else [])),
        notes=tuple(_notes(frame, rate)),
    )
    return with_vintages(result)


def _comparisons(frame: Frame, maker: Maker) -> list[Comparison]:
    last, options = frame.last, frame.options
    if isinstance(frame, YearFrame):
        whole = Period.year_to(last)
        return [compare(frame, maker, "year", whole, whole.year_before())]
    spans: list[tuple[Name, Period, Period]] = [
        ("quarter", Period.quarter_to(last), Period.quarter_to(last).year_before()),
        ("year", Period.year_to(last), Period.year_to(last).year_before()),
    ]
    fiscal = Period.financial_year_to_date(last, options.year_starts)
    spans.append(("financial year to date", fiscal, fiscal.year_before()))
    if options.baseline is not None and options.baseline < last.year:
        year = Period.year_to(last)
        spans.append(("baseline", year, year.year_before(last.year - options.baseline)))
    return [compare(frame, maker, name, period, against) for name, period, against in spans]


def _rated_period(frame: Frame, maker: Maker) -> Period:
    """The 12 months, or the quarter where the 12 months are not complete and it is."""
    year, quarter = Period.year_to(frame.last), Period.quarter_to(frame.last)
    if _has(frame, maker.area.code, year) or isinstance(frame, YearFrame):
        return year
    return quarter if _has(frame, maker.area.code, quarter) else year


def _rank(
    desk: Desk, frame: Frame, maker: Maker, chosen: NamedSet, year: Period, *, funnel: bool
) -> RankResult:
    """The rank in a set from one source for all its members: the area's own, unless another
    has more of them in the same months."""
    best = frame
    most = _members_with_data(frame, chosen, year)
    living = len([code for code in chosen.set.members if code not in chosen.ended])
    for feed in frame.definition.sources:
        if most >= living:
            break
        if feed.source == frame.feed.source:
            continue
        other = desk.frame(frame.definition, feed, frame.last)
        held = _members_with_data(other, chosen, year)
        if held > most and _has(other, maker.area.code, year):
            best, most = other, held
    part = "" if best is frame else best.feed.source
    return rank_in(best, maker, chosen, year, part, funnel=funnel)


def _members_with_data(frame: Frame, chosen: NamedSet, year: Period) -> int:
    pair = frame.pair(year, year.year_before())
    if pair.current is None:
        return 0
    sums = pair.current.sums()
    return sum(bool(sums[frame.row(code)] >= 0) for code in chosen.set.members)


def _has(frame: Frame, code: str, year: Period) -> bool:
    pair = frame.pair(year, year.year_before())
    return pair.current is not None and bool(pair.current.sums()[frame.row(code)] >= 0)


def _all_breaks(comparisons: Sequence[Comparison]) -> tuple[BreakMet, ...]:
    met: dict[str, BreakMet] = {}
    for one in comparisons:
        met |= {entry.key: entry for entry in one.breaks}
    return tuple(met.values())


def _rate_breaks(frame: Frame, code: str, period: Period) -> tuple[BreakMet, ...]:
    """Breaks between the denominators of a rate and of the one a year before: only where they
    are of two loads, since one load is rebased as a whole."""
    now, before = frame.base_of(code, period), frame.base_of(code, period.year_before())
    pair = frame.pair(period, period.year_before())
    if now is None or before is None or pair.current is None or now.vintage == before.vintage:
        return ()
    days = [date(one.year, 6, 30) for one in (now, before)]
    return met_between(
        frame.definition.breaks,
        Period(days[0], days[0]),
        Period(days[1], days[1]),
        frame.setting(pair.current, area=code),
        touches="rates",
    )


def _source_title(frame: Frame) -> str:
    """What readers call the source that answered, as the newest of its loads says."""
    pair = frame.pair(Period.year_to(frame.last), Period.year_to(frame.last).year_before())
    held = pair.current or frame.trend
    if held is None or not held.releases:
        return frame.feed.source
    newest = held.releases[-1].vintages[-1]
    return newest.title or newest.publisher


def _notes(frame: Frame, rate: Fact | None) -> list[str]:
    notes: list[str] = []
    if frame.trend is not None and frame.last in frame.trend.provisional:
        notes.append(f"{frame.last.label()} is provisional: the publisher still changes it.")
    if rate is not None and rate.value is None and rate.missing:
        notes.append(f"No rate: {rate.missing}.")
    notes += _short_months(frame)
    return notes


def _short_months(frame: Frame) -> list[str]:
    """What a load says about months that may be incomplete (quirk 21), where they lie in the
    two years that are compared and are of the force that answers."""
    trend = frame.trend
    if trend is None:
        return []
    compared = {str(month) for month in trend.months[-24:]}
    return [
        note.words
        for release in trend.releases
        for vintage in release.vintages
        for note in vintage.notes
        if note.kind == "short-month"
        and any(note.words.startswith(f"{unit}:") for unit in trend.units)
        and any(month in note.words for month in compared)
    ]


def with_vintages(result: MeasureResult) -> MeasureResult:
    """The result with the loads that any of its facts came from."""
    loads = {load for fact in facts_in(result) for load in fact.vintages}
    return MeasureResult(**{**vars(result), "vintages": tuple(sorted(loads))})
