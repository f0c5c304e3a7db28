"""A period against another: counts or outcome rates, what the change means, and why not."""

from __future__ import annotations

import math
from typing import Literal

import numpy as np

from saferboard.analytics.facts.fact import Fact, Interval
from saferboard.analytics.measures.breaks import met_between, refusal
from saferboard.analytics.measures.cube import Extract
from saferboard.analytics.measures.facts import NO_PERCENTAGE, Maker, missing_words, whole
from saferboard.analytics.measures.frame import Frame, Pair
from saferboard.analytics.measures.results import BreakMet, Comparison
from saferboard.analytics.stats import change
from saferboard.analytics.stats.rates import percentage
from saferboard.vocabulary.period import Period
from saferboard.vocabulary.verdict import Verdict

Name = Literal["quarter", "year", "financial year to date", "baseline", "wave"]
# Quarter, year and financial year may be one and the same span; each keeps facts of its own.
_PARTS: dict[str, str] = {"financial year to date": "financial-year", "baseline": "baseline"}


def compare(frame: Frame, maker: Maker, name: Name, period: Period, against: Period) -> Comparison:
    """The comparison of `period` with `against` for the maker's area, from the frame's counts."""
    pair = frame.pair(period, against)
    part = _PARTS.get(name, "")
    if frame.is_rate_of_outcomes:
        return _outcomes(frame, maker, name, pair, part)
    return _counts(frame, maker, name, pair, part)


def total(extract: Extract | None, code: str) -> float:
    """The count of an area over the months of an extract, nan where any of them is missing."""
    if extract is None:
        return math.nan
    return float(extract.counts[extract.codes.index(code)].sum())


def _counts(frame: Frame, maker: Maker, name: Name, pair: Pair, part: str) -> Comparison:
    code = maker.area.code
    x, y = total(pair.current, code), total(pair.previous, code)
    current = _count_fact(maker, pair.current, pair.period, x, part)
    previous = _count_fact(maker, pair.previous, pair.against, y, part)
    met = _breaks(frame, pair, code)
    refused = refusal(met)
    verdict: Verdict = "no comparison"
    value: float | None = None
    interval: Interval | None = None
    missing: str | None = None
    note = ""
    if refused:
        verdict, missing = "not comparable", refused.words
    elif math.isnan(x) or math.isnan(y):
        missing = (current if math.isnan(x) else previous).missing
    else:
        phi = frame.phi(code)
        m1, m2 = _exposures(frame, pair, code)
        ratio = change.compare_counts(x, y, m1, m2, phi.phi)
        verdict = change.judge(ratio, x, y)
        note = f"dispersion {phi.phi:.2f}, {phi.words}"
        if y == 0:
            missing = NO_PERCENTAGE
        else:
            value = ratio.percent
            interval = _percent_interval(ratio)
    fact = maker.fact(
        "change_percent",
        pair.period,
        value,
        unit="%",
        part=part,
        against=pair.against,
        interval=interval,
        verdict=verdict,
        missing=missing,
        stitched=pair.stitched,
        vintages=_loads(pair),
        provisional=current.provisional,
        note=note,
    )
    return Comparison(
        name, pair.period, pair.against, current, previous, fact, verdict, met, pair.stitched
    )


def _count_fact(
    maker: Maker, extract: Extract | None, period: Period, value: float, part: str
) -> Fact:
    gone = math.isnan(value)
    return maker.fact(
        "count",
        period,
        None if gone else whole(value),
        part=part,
        missing=missing_words(extract, maker.area.code, period) if gone else None,
        vintages=extract.vintages if extract else (),
        stitched=extract.stitched if extract else False,
        provisional=bool(extract and extract.provisional),
    )


def _percent_interval(ratio: change.Ratio) -> Interval | None:
    low, high = ratio.percent_interval(95)
    if math.isinf(high) or math.isnan(high) or math.isnan(low):
        return None
    return Interval(low, high, 0.95)


def _exposures(frame: Frame, pair: Pair, code: str) -> tuple[float, float]:
    """Days, times the population of each period where both are known from one kind of
    estimate: a change of the population alone is not a change of the risk."""
    now, before = float(pair.period.days), float(pair.against.days)
    people = frame.base_of(code, pair.period)
    earlier = frame.base_of(code, pair.against)
    if people and earlier and (people.vintage, people.basis) == (earlier.vintage, earlier.basis):
        return now * people.value, before * earlier.value
    return now, before


def _breaks(frame: Frame, pair: Pair, code: str) -> tuple[BreakMet, ...]:
    extracts = [one for one in (pair.current, pair.previous) if one]
    if not extracts:
        return ()
    return met_between(
        frame.definition.breaks,
        pair.period,
        pair.against,
        frame.setting(*extracts, area=code),
    )


def _loads(pair: Pair) -> tuple[str, ...]:
    both = (pair.current, pair.previous, pair.current_base, pair.previous_base)
    return tuple(sorted({load for one in both if one for load in one.vintages}))


def _outcomes(frame: Frame, maker: Maker, name: Name, pair: Pair, part: str) -> Comparison:
    code = maker.area.code
    x1, n1 = total(pair.current, code), total(pair.current_base, code)
    x2, n2 = total(pair.previous, code), total(pair.previous_base, code)
    current = _rate_fact(maker, pair.current, pair.current_base, pair.period, (x1, n1), part)
    previous = _rate_fact(maker, pair.previous, pair.previous_base, pair.against, (x2, n2), part)
    met = _breaks(frame, pair, code)
    refused = refusal(met)
    verdict: Verdict = "no comparison"
    value: float | None = None
    interval: Interval | None = None
    missing: str | None = None
    if refused:
        verdict, missing = "not comparable", refused.words
    elif current.value is None or previous.value is None:
        missing = (current if current.value is None else previous).missing
    else:
        phi = frame.phi(code).phi
        value = float(current.value) - float(previous.value)
        if x1 <= n1 and x2 <= n2:
            difference = change.compare_outcomes(x1, n1, x2, n2, phi)
            verdict = change.judge_difference(difference)
            interval = Interval(*difference.interval(95), 0.95)
        else:
            # More outcomes than offences (quirk 15) is a rate, no longer a proportion.
            verdict = change.judge(change.compare_counts(x1, x2, n1, n2, phi), x1, x2)
    fact = maker.fact(
        "change_points",
        pair.period,
        value,
        unit="percentage points",
        part=part,
        against=pair.against,
        interval=interval,
        verdict=verdict,
        missing=missing,
        stitched=pair.stitched,
        vintages=_loads(pair),
        provisional=current.provisional,
    )
    return Comparison(
        name, pair.period, pair.against, current, previous, fact, verdict, met, pair.stitched
    )


def _rate_fact(
    maker: Maker,
    extract: Extract | None,
    base: Extract | None,
    period: Period,
    counts: tuple[float, float],
    part: str,
) -> Fact:
    x, n = counts
    missing: str | None = None
    value: float | None = None
    interval: Interval | None = None
    if np.isnan(x) or np.isnan(n):
        code = maker.area.code
        missing = missing_words(extract if np.isnan(x) else base, code, period)
    elif n == 0:
        missing = "no offences to have an outcome"
    else:
        value = 100 * x / n
        if x <= n:
            estimate = percentage(x, n)
            interval = Interval(estimate.low, estimate.high, 0.95)
    loads = {load for one in (extract, base) if one for load in one.vintages}
    return maker.fact(
        "percentage",
        period,
        value,
        unit="%",
        part=part,
        n=None if np.isnan(n) else n,
        interval=interval,
        missing=missing,
        vintages=tuple(sorted(loads)),
        stitched=bool(extract and extract.stitched),
        provisional=bool(extract and extract.provisional),
    )
