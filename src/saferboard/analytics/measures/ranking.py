"""Rates of an area and of its peers, and its place among them with a likely range."""

from __future__ import annotations

import math
import zlib
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from saferboard.analytics.facts.fact import Fact, Interval
from saferboard.analytics.measures.area_sets import NamedSet
from saferboard.analytics.measures.cube import Extract, Floats
from saferboard.analytics.measures.denominators import Denominator
from saferboard.analytics.measures.facts import Maker, missing_words, whole
from saferboard.analytics.measures.frame import Frame
from saferboard.analytics.measures.funnels import funnel_of
from saferboard.analytics.measures.results import PeerRate, RankResult
from saferboard.analytics.stats import dispersion, peers, rates
from saferboard.vocabulary.area import Area
from saferboard.vocabulary.period import Period

_FEWEST = 2  # one area alone is not ranked
NO_DENOMINATOR = "no denominator is loaded"


@dataclass(frozen=True)
class _Places:
    """The ranks of a set in one period: by the row of the set's members."""

    counts: Floats
    exposures: Floats
    ranks: peers.Ranks
    ranges: list[peers.RankRange | None]
    bases: Mapping[str, Denominator]
    extract: Extract


def rate_fact(
    frame: Frame, maker: Maker, period: Period, *, previous: bool = False, part: str = ""
) -> Fact | None:
    """The rate of the maker's area over a period that the frame has compared, with its
    interval; a fact without a value that says what is missing; None for a measure that has
    no rate."""
    rate = frame.definition.rate
    if rate is None or frame.is_rate_of_outcomes:
        return None
    extract = _extract(frame, period, previous=previous)
    held = frame.base_of(maker.area.code, period)
    return _rate(frame, maker, maker.area, period, extract, held, part=part)


def denominator_fact(frame: Frame, maker: Maker, period: Period) -> Fact | None:
    """The denominator under `rate_fact`, with its source and year; None where there is none."""
    held = frame.base_of(maker.area.code, period)
    if held is None:
        return None
    return maker.fact(
        "denominator",
        period,
        whole(held.value),
        unit=held.of,
        of=held.of,
        note=held.words(),
        vintages=(held.vintage,),
    )


def _extract(frame: Frame, period: Period, *, previous: bool) -> Extract | None:
    """The counts of a period as the yearly comparison took them, so that a rate and its count
    come from one load."""
    now = period.year_before(-1) if previous else period
    pair = frame.pair(now, now.year_before())
    return pair.previous if previous else pair.current


def _rate(
    frame: Frame,
    maker: Maker,
    area: Area,
    period: Period,
    extract: Extract | None,
    held: Denominator | None,
    *,
    part: str,
) -> Fact:
    base = frame.definition.rate
    assert base is not None  # rate_fact and the ranks ask only for measures that have one
    count = math.nan
    if extract is not None and area.code in extract.codes:
        count = float(extract.counts[extract.codes.index(area.code)].sum())
    value: float | None = None
    interval: Interval | None = None
    missing: str | None = None
    if math.isnan(count):
        missing = missing_words(extract, area.code, period)
    elif held is None:
        missing = NO_DENOMINATOR
    else:
        phi = frame.phi(area.code).phi
        estimate = rates.rate(count, held.value, base.per, phi=phi)
        value, interval = estimate.value, Interval(estimate.low, estimate.high, 0.95)
    loads = set(extract.vintages if extract else ()) | ({held.vintage} if held else set())
    return maker.fact(
        "rate",
        period,
        value,
        area=area,
        part=part,
        n=None if math.isnan(count) else whole(count),
        per=base.per,
        of=base.of,
        interval=interval,
        missing=missing,
        vintages=tuple(sorted(loads)),
        provisional=bool(extract and extract.provisional),
        note=held.words() if held else "",
    )


def rank_in(
    frame: Frame,
    maker: Maker,
    chosen: NamedSet,
    period: Period,
    part: str,
    *,
    funnel: bool = False,
) -> RankResult:
    """The area's place in a set over a period, and where it was a year before. `part` tells
    apart the rates of a set that another source feeds. `funnel` asks for the limits of chance
    beside it."""
    members = chosen.set.members
    now = _places(frame, chosen, period, previous=False)
    before = _places(frame, chosen, period.year_before(), previous=True)
    title, key = chosen.set.title, chosen.set.key
    ended = [
        f"{frame.reader.atlas.name(code)} was abolished on {day.isoformat()}"
        for code, day in chosen.ended.items()
        if day <= period.start
    ]
    if now is None or int(np.isfinite(now.counts).sum()) < _FEWEST:
        words = f"no load has {frame.definition.title.lower()} for these areas"
        if now is not None:
            words = "no other area of the set has data from the same source"
        nothing = rank_fact(maker, period, None, None, key, words, ())
        return RankResult(key, title, nothing, len(members), 0, None, "not known", (), None, words)
    at = members.index(maker.area.code)
    missing = None
    if now.ranks.ranks[at] is None:
        own = not math.isnan(now.counts[at])
        missing = NO_DENOMINATOR if own else "no data for the area itself"
    fact = rank_fact(
        maker, period, now.ranks.ranks[at], now.ranges[at], key, missing, now.extract.vintages
    )
    previous = None
    moved: peers.Movement = "not known"
    if before is not None and before.ranks.ranks[at] is not None:
        previous = rank_fact(
            maker,
            period.year_before(),
            before.ranks.ranks[at],
            before.ranges[at],
            key,
            None,
            before.extract.vintages,
        )
        moved = peers.movement(now.ranges[at], before.ranges[at])
    lost = [
        frame.reader.atlas.name(code)
        for code, rank in zip(members, now.ranks.ranks, strict=True)
        if rank is None and code not in chosen.ended
    ]
    words = "; ".join(
        [*ended, *([f"no data for {', '.join(lost)}"] if lost and now.ranks.with_data else [])]
    )
    rates_of = _peers(frame, maker, chosen, period, now, part)
    average = _average(frame, maker, period, now, key)
    limits = None
    if funnel:
        limits = funnel_of(
            maker, period, key, members, now.counts, now.exposures, rates_of, average,
            now.extract.vintages, shares=frame.is_rate_of_outcomes,
        )  # fmt: skip
    return RankResult(
        key,
        title,
        fact,
        len(members),
        now.ranks.with_data,
        previous,
        moved,
        rates_of,
        average,
        missing or words or None,
        funnel=limits,
    )


def _places(frame: Frame, chosen: NamedSet, period: Period, *, previous: bool) -> _Places | None:
    key = ("places", chosen.set.key, period, previous)
    if key not in frame.kept:
        frame.kept[key] = _place(frame, chosen, period, previous=previous)
    found = frame.kept[key]
    assert found is None or isinstance(found, _Places)
    return found


def _place(frame: Frame, chosen: NamedSet, period: Period, *, previous: bool) -> _Places | None:
    extract = _extract(frame, period, previous=previous)
    if extract is None:
        return None
    members = chosen.set.members
    rows = [frame.row(code) for code in members]
    counts = extract.counts.sum(axis=1)[rows]
    gone = [code in chosen.ended and chosen.ended[code] <= period.start for code in members]
    counts = np.where(gone, math.nan, counts)
    if np.isnan(counts).all():
        return None
    bases = frame.bases(members, period)
    if frame.is_rate_of_outcomes:
        now = period.year_before(-1) if previous else period
        pair = frame.pair(now, now.year_before())
        offences = pair.previous_base if previous else pair.current_base
        exposures = offences.counts.sum(axis=1)[rows] if offences else np.full(len(rows), math.nan)
        exposures = np.where(exposures > 0, exposures, math.nan)
    else:
        exposures = np.array([bases[c].value if c in bases else math.nan for c in members])
    polarity = frame.definition.polarity
    ranks = peers.rank(counts / exposures, polarity)
    phi = dispersion.pooled([frame.dispersions[row] for row in rows])
    ranges = peers.rank_intervals(
        counts,
        exposures,
        seed=zlib.crc32(f"{frame.definition.key}/{chosen.set.key}/{period.slug()}".encode()),
        polarity=polarity,
        phi=phi if math.isfinite(phi) else dispersion.ASSUMED,
    )
    return _Places(counts, exposures, ranks, ranges, bases, extract)


def rank_fact(
    maker: Maker,
    period: Period,
    rank: int | None,
    likely: peers.RankRange | None,
    key: str,
    missing: str | None,
    vintages: tuple[str, ...],
) -> Fact:
    """A place in the set `key`; `missing` says why there is none."""
    return maker.fact(
        "rank",
        period,
        rank,
        unit="rank",
        part=key,
        interval=Interval(likely.low, likely.high, 0.95) if likely and rank else None,
        missing=missing if rank is None else None,
        vintages=vintages,
    )


def _peers(
    frame: Frame, maker: Maker, chosen: NamedSet, period: Period, now: _Places, part: str
) -> tuple[PeerRate, ...]:
    """The rates of the set in rank order; counts, largest first, where nobody has a rate."""
    found: list[tuple[tuple[object, ...], PeerRate]] = []
    own = frame.base_of(maker.area.code, period)
    shared = now.bases.get(maker.area.code)
    # The set may have to use another denominator than the area alone: two rates, two facts.
    if own is not None and shared is not None and own != shared:
        part = f"{part}-{chosen.set.key}" if part else chosen.set.key
    has_rates = now.ranks.with_data > 0
    for at, code in enumerate(chosen.set.members):
        area = frame.reader.atlas.find(code)
        if not area.name or area.name == code:
            area = Area(code, chosen.names.get(code, code), area.kind)
        if frame.is_rate_of_outcomes:
            fact = _outcome_peer(maker, area, period, now, at)
        elif has_rates:
            fact = _rate(frame, maker, area, period, now.extract, now.bases.get(code), part=part)
        else:
            fact = _count_peer(maker, area, period, now, at)
        rank = now.ranks.ranks[at]
        value = math.inf if fact.value is None else -float(fact.value)
        order = (rank is None, rank or 0, value, area.name)
        found.append((order, PeerRate(code, area.name, fact, code == maker.area.code)))
    return tuple(one for _, one in sorted(found, key=lambda pair: pair[0]))


def _outcome_peer(maker: Maker, area: Area, period: Period, now: _Places, at: int) -> Fact:
    x, n = now.counts[at], now.exposures[at]
    known = not (math.isnan(x) or math.isnan(n))
    estimate = rates.percentage(x, n) if known and x <= n else None
    return maker.fact(
        "percentage",
        period,
        100 * x / n if known else None,
        unit="%",
        area=area,
        part="peers",
        n=whole(n) if known else None,
        interval=Interval(estimate.low, estimate.high, 0.95) if estimate else None,
        missing=None if known else "no data",
        vintages=now.extract.vintages,
    )


def _count_peer(maker: Maker, area: Area, period: Period, now: _Places, at: int) -> Fact:
    count = now.counts[at]
    return maker.fact(
        "count",
        period,
        None if math.isnan(count) else whole(float(count)),
        area=area,
        part="peers",
        missing="no data" if math.isnan(count) else None,
        vintages=now.extract.vintages,
    )


def _average(frame: Frame, maker: Maker, period: Period, now: _Places, key: str) -> Fact | None:
    """The rate of all members with data together, the area itself among them."""
    known = np.isfinite(now.counts) & np.isfinite(now.exposures)
    if not known.any():
        return None
    x, n = float(now.counts[known].sum()), float(now.exposures[known].sum())
    rate = frame.definition.rate
    if frame.is_rate_of_outcomes:
        return maker.fact(
            "percentage", period, 100 * x / n, unit="%", part=f"average-{key}", n=whole(n)
        )
    if rate is None:
        return None
    return maker.fact(
        "rate",
        period,
        x / n * rate.per,
        part=f"average-{key}",
        n=whole(x),
        per=rate.per,
        of=rate.of,
        vintages=now.extract.vintages,
    )
