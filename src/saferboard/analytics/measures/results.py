"""What computing a measure gives: facts, arranged so that a summary, a page, a slide and a
chart find what they need without computing anything again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from saferboard.analytics.facts.fact import Fact
from saferboard.analytics.facts.sheet import FactSheet
from saferboard.analytics.stats.exceptions import MonthStatus as MonthStatus
from saferboard.analytics.stats.peers import FunnelPlace as FunnelPlace
from saferboard.analytics.stats.rag import Rating as Rating
from saferboard.analytics.store.vintage import Vintage
from saferboard.vocabulary.area import Area
from saferboard.vocabulary.period import Month, Period
from saferboard.vocabulary.verdict import Effect, Polarity, Verdict

# A field called `date` hides the type in the body of its class.
Day = date


@dataclass(frozen=True)
class BreakMet:
    """A break in comparability that lies between (or inside) compared periods; with `until` an
    unusual period from `date` on, which they touch or which expectations leave out."""

    key: str
    date: date
    severity: Literal["not comparable", "caution"]
    words: str
    reference: str
    until: Day | None = None


@dataclass(frozen=True)
class Comparison:
    """A period against another. `change` carries the verdict and the interval (in per cent,
    or points for percentages); its value is None where there is no percentage to print."""

    name: Literal["quarter", "year", "financial year to date", "baseline", "wave"]
    period: Period
    against: Period
    current: Fact
    previous: Fact
    change: Fact
    verdict: Verdict
    breaks: tuple[BreakMet, ...] = ()
    stitched: bool = False


@dataclass(frozen=True)
class PeerRate:
    """An area of a set with its rate (or its count, where nobody has a denominator). `count` is
    what a rate rests on, where disclosure control has to see it."""

    area: str
    area_name: str
    fact: Fact
    is_area: bool
    count: Fact | None = None


@dataclass(frozen=True)
class FunnelArea:
    """An area in a funnel plot: its rate (`n` is the count, or the total that a percentage is
    of), the limits at 95% and 99.8% as the intervals of two facts, and where the rate lies."""

    area: str
    area_name: str
    rate: Fact
    inner: Fact
    outer: Fact
    place: FunnelPlace
    is_area: bool


@dataclass(frozen=True)
class Funnel:
    """The areas of a set against the limits of chance round the rate of all together (`target`),
    in the order of their counts."""

    target: Fact
    areas: tuple[FunnelArea, ...]

    @property
    def own(self) -> FunnelArea | None:
        return next((one for one in self.areas if one.is_area), None)


@dataclass(frozen=True)
class RankResult:
    """The area's place in a set: `rank.interval` is the likely range (None among three or
    fewer), `of` the size of the set, `with_data` how many of it had data, `previous` the
    rank in the same period a year before, `moved` the verdict on that: an arrow stands
    only where the intervals do not overlap. `peers` are in rank order. `note` is what a reader
    of the place has to know, such as a change of recording in one of the areas."""

    area_set: str
    title: str
    rank: Fact
    of: int
    with_data: int
    previous: Fact | None
    moved: Literal["better", "worse", "no clear change", "not known"]
    peers: tuple[PeerRate, ...]
    average: Fact | None = None
    missing: str | None = None
    note: str = ""
    funnel: Funnel | None = None


@dataclass(frozen=True)
class MonthPoint:
    """A month of the trend. `count.value` is None when the month is missing. Limits are what
    the model expected, None where the series was too short to judge."""

    month: Month
    count: Fact
    status: MonthStatus
    expected: Fact | None = None
    lower: Fact | None = None
    upper: Fact | None = None


@dataclass(frozen=True)
class ControlChart:
    """`kind` is xmr, u, laney-u, p, laney-p, g or t; one fact per month of `months` for
    centre and limits; `signals` says which rule fired at which position."""

    kind: str
    months: tuple[Month, ...]
    values: tuple[Fact, ...]
    centre: tuple[Fact, ...]
    lower: tuple[Fact, ...]
    upper: tuple[Fact, ...]
    signals: Mapping[int, str]
    trial: bool


@dataclass(frozen=True)
class Indicator:
    """One thing behind a rating: its words (“quarter”, “rank in London”), what it showed."""

    name: str
    words: str
    effect: Effect


@dataclass(frozen=True)
class Rag:
    """`basis` is “verdicts” or “signs, as in 2017”. `letter` and `shape` stand beside the
    colour so that it is read in black and white."""

    rating: Rating
    basis: str
    better: int
    worse: int
    no_clear_change: int
    indicators: tuple[Indicator, ...]

    @property
    def letter(self) -> str:
        return {"green": "G", "amber": "A", "red": "R", "grey": "S"}[self.rating]

    @property
    def word(self) -> str:
        return {"green": "Green", "amber": "Amber", "red": "Red", "grey": "Steady"}[self.rating]


@dataclass(frozen=True)
class BreakdownRow:
    """A part of the area (a ward) or of the measure (a strand): its facts, where they exist. Where
    parts have rates, `shrunk` is the rate drawn toward their average by as much as its smallness
    asks, with the range of what the real one may be; `rank` is the place among the parts; and
    `differs` says whether the rate is clearly off that of all together."""

    key: str
    name: str
    current: Fact
    previous: Fact | None = None
    change: Fact | None = None
    share: Fact | None = None
    rate: Fact | None = None
    shrunk: Fact | None = None
    rank: Fact | None = None
    differs: Literal["higher", "lower", "not clear", ""] = ""


@dataclass(frozen=True)
class Breakdown:
    """`title` (“Wards, 2022 boundaries”), rows in a fixed order; `average` is the rate of all
    parts together, `ranked` how many have a place; `note` says what is missing and which file
    to load."""

    key: str
    title: str
    period: Period
    rows: tuple[BreakdownRow, ...]
    edition: str = ""
    not_placed: Fact | None = None
    note: str = ""
    average: Fact | None = None
    ranked: int = 0


@dataclass(frozen=True)
class MeasureResult:
    """Everything about one measure for one area at one date. `latest` is for what does not come
    by the month: a survey's wave, or a period as a partner reported it. `missing` is set, and
    the rest is empty, when no load feeds it; `could_feed` are the sources that would. `left_out`
    are the
    unusual periods whose months no expectation rests on. `own_page` is false for a measure that
    has a line of the summary and no page: nobody named it. `given_away` tells whoever makes the
    pack which small numbers earlier releases disclose; no output prints it."""

    measure: str
    title: str
    area: Area
    polarity: Polarity
    unit_one: str
    unit_many: str
    priority: str
    presenter: str
    source: str
    source_title: str
    to: Month
    older: bool = False
    quarter: Comparison | None = None
    year: Comparison | None = None
    financial_year: Comparison | None = None
    baseline: Comparison | None = None
    latest: Comparison | None = None
    rate: Fact | None = None
    previous_rate: Fact | None = None
    denominator: Fact | None = None
    ranks: tuple[RankResult, ...] = ()
    months: tuple[MonthPoint, ...] = ()
    exceptions: tuple[MonthPoint, ...] = ()
    control: ControlChart | None = None
    rag: Rag | None = None
    breakdowns: tuple[Breakdown, ...] = ()
    breaks: tuple[BreakMet, ...] = ()
    left_out: tuple[BreakMet, ...] = ()
    vintages: tuple[str, ...] = ()
    dispersion: float | None = None
    dispersion_note: str = ""
    caveats: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    missing: str | None = None
    could_feed: tuple[str, ...] = ()
    own_page: bool = True
    given_away: tuple[str, ...] = ()


@dataclass(frozen=True)
class SummaryResult:
    """All measures asked for, for one area. `looked_at` counts the series whose last three
    months were judged, `exceptions` those found, `by_chance` how many chance would give."""

    area: Area
    to: Month
    as_known: str
    comparators: str
    measures: tuple[MeasureResult, ...]
    looked_at: Fact
    exceptions: Fact
    by_chance: Fact
    vintages: Mapping[str, Vintage]
    sheet: FactSheet
    notes: tuple[str, ...] = field(default=())
