"""Measures that a partner reports: any period, any form, with its changes of recording.

Every fact of a span has one id, whether it stands as a month of the trend or as the quarter, so
that disclosure control sees one number once.
"""

from __future__ import annotations

import math
from datetime import date, timedelta

import numpy as np

from saferboard.analytics.facts.fact import Fact, Interval
from saferboard.analytics.measures.breaks import Break, Setting, met_between, unusual
from saferboard.analytics.measures.comparing import Name
from saferboard.analytics.measures.denominators import Denominators
from saferboard.analytics.measures.facts import NO_PERCENTAGE, Maker, whole
from saferboard.analytics.measures.frame import PHI_MONTHS, Options
from saferboard.analytics.measures.results import BreakMet, Comparison, MonthPoint
from saferboard.analytics.measures.returns import NOT_REPORTED, Returns, Row
from saferboard.analytics.measures.trending import usual_range
from saferboard.analytics.stats import change, dispersion, exceptions, rates
from saferboard.vocabulary.period import Month, Period
from saferboard.vocabulary.verdict import Verdict

NO_BASE = "the return gives no base to judge the change by"


def count_comparisons(
    returns: Returns, maker: Maker, options: Options
) -> tuple[list[Comparison], Comparison | None, dispersion.Chosen]:
    """Quarter, 12 months, financial year and baseline where the periods reported add up to
    them, and the latest period as it was reported where they do not."""
    latest = returns.latest
    phi = count_dispersion(returns, maker)
    if latest is None:
        return [], None, phi
    last = latest.period.last_month
    year = Period.year_to(last)
    fiscal = Period.financial_year_to_date(last, options.year_starts)
    spans: list[tuple[Name, Period, Period]] = [
        ("quarter", Period.quarter_to(last), Period.quarter_to(last).year_before()),
        ("year", year, year.year_before()),
        ("financial year to date", fiscal, fiscal.year_before()),
    ]
    if options.baseline is not None and options.baseline < last.year:
        spans.append(("baseline", year, year.year_before(last.year - options.baseline)))
    found = [
        _counts(returns, maker, name, period, against, phi.phi)
        for name, period, against in spans
        if latest.period.is_whole_months and returns.tiling(period)
    ]
    if any(one.name in ("quarter", "year") for one in found):
        return found, None, phi
    before = returns.year_before(latest)
    against = before.period if before else latest.period.year_before()
    return found, _counts(returns, maker, "wave", latest.period, against, phi.phi), phi


def _counts(
    returns: Returns, maker: Maker, name: Name, period: Period, against: Period, phi: float
) -> Comparison:
    current = count_fact(returns, maker, period)
    previous = _previous_count(returns, maker, against)
    met = breaks_met(returns, maker, period, against)
    verdict: Verdict = "no comparison"
    value: float | None = None
    interval: Interval | None = None
    missing: str | None = None
    refused = next((one for one in met if one.severity == "not comparable"), None)
    if refused:
        verdict, missing = "not comparable", refused.words
    elif current.value is None or previous.value is None:
        missing = (current if current.value is None else previous).missing
    else:
        x, y = float(current.value), float(previous.value)
        ratio = change.compare_counts(x, y, period.days, against.days, phi)
        verdict = change.judge(ratio, x, y)
        value = ratio.percent
        low, high = ratio.percent_interval(95)
        if value is None:
            missing = NO_PERCENTAGE
        elif math.isfinite(high):
            interval = Interval(low, high)
    fact = maker.fact(
        "change_percent",
        period,
        value,
        unit="%",
        against=against,
        interval=interval,
        verdict=verdict,
        missing=missing,
        stitched=stitched(returns, current, previous),
        vintages=tuple(sorted({*current.vintages, *previous.vintages})),
    )
    return Comparison(name, period, against, current, previous, fact, verdict, met, fact.stitched)


def stitched(returns: Returns, current: Fact, previous: Fact) -> bool:
    """Whether last year's figure was asked for as it was published, and is of another load. (A
    partner's quarters are mostly of a load each: that alone is nothing to tell.)"""
    apart = set(current.vintages) != set(previous.vintages)
    return returns.comparators is not returns and bool(previous.vintages) and apart


def _previous_count(returns: Returns, maker: Maker, against: Period) -> Fact:
    """Last year's count. Where the trend shows the same month as it is now known, what was
    published of it then is a fact of its own."""
    then = returns.comparators
    month = against.is_whole_months and against.month_count == 1
    differs = then is not returns and then.exactly(against) != returns.exactly(against)
    return count_fact(then, maker, against, part="as-published" if month and differs else "")


def count_fact(returns: Returns, maker: Maker, period: Period, part: str = "") -> Fact:
    """The count of a period: reported for it, or the sum of what was reported inside it."""
    exact = returns.exactly(period)
    rows = [exact] if exact else returns.tiling(period)
    values = [row.value for row in rows]
    gone = not rows or any(value is None for value in values)
    return maker.fact(
        "count",
        period,
        None if gone else whole(sum(value for value in values if value is not None)),
        part=part,
        missing=returns.not_reported if gone else None,
        vintages=tuple(sorted({row.vintage for row in rows})),
    )


def percentage_comparison(returns: Returns, maker: Maker) -> Comparison | None:
    """The latest wave against that of a year before, else against the wave before it."""
    latest, before = _waves(returns)
    if latest is None:
        return None
    against = before.period if before else latest.period.year_before()
    current, previous = (
        percentage_fact(maker, latest, latest.period),
        percentage_fact(maker, before, against, returns.comparators.not_reported),
    )
    met = breaks_met(returns, maker, latest.period, against)
    refused = any(one.severity == "not comparable" for one in met)
    verdict: Verdict = "not comparable" if refused else "no comparison"
    value: float | None = None
    interval: Interval | None = None
    missing = next((one.words for one in met if one.severity == "not comparable"), None)
    if not refused and (current.value is None or previous.value is None):
        missing = (current if current.value is None else previous).missing
    elif not refused:
        value = float(current.value or 0) - float(previous.value or 0)
        if current.n and previous.n:
            difference = change.compare_percentages(
                float(current.value or 0), current.n, float(previous.value or 0), previous.n
            )
            verdict = change.judge_difference(difference)
            interval = Interval(*difference.interval(95))
        else:
            missing = NO_BASE
    fact = maker.fact(
        "change_points",
        latest.period,
        value,
        unit="percentage points",
        against=against,
        interval=interval,
        verdict=verdict,
        missing=missing,
        stitched=stitched(returns, current, previous),
        vintages=tuple(sorted({*current.vintages, *previous.vintages})),
    )
    return Comparison(
        "wave", latest.period, against, current, previous, fact, verdict, met, fact.stitched
    )


def percentage_fact(
    maker: Maker, row: Row | None, period: Period, missing: str = NOT_REPORTED
) -> Fact:
    """The percentage of a wave, with an interval where the return gives its base; `missing` says
    why there is none."""
    if row is None or row.value is None:
        return maker.fact("percentage", period, None, unit="%", missing=missing)
    interval = None
    if row.denominator and 0 <= row.value <= 100:
        estimate = rates.percentage(row.value / 100 * row.denominator, row.denominator)
        interval = Interval(estimate.low, estimate.high)
    return maker.fact(
        "percentage",
        period,
        row.value,
        unit="%",
        n=row.denominator,
        interval=interval,
        vintages=(row.vintage,),
        note=row.note,
    )


def index_comparison(returns: Returns, maker: Maker) -> Comparison | None:
    """A published figure against that of a year before: its change is printed, and what it
    means is not known without its base."""
    latest, before = _waves(returns)
    if latest is None:
        return None
    against = before.period if before else latest.period.year_before()
    current = index_fact(maker, latest, latest.period)
    previous = index_fact(maker, before, against, returns.comparators.not_reported)
    met = breaks_met(returns, maker, latest.period, against)
    refused = next((one for one in met if one.severity == "not comparable"), None)
    value = None
    missing: str | None = refused.words if refused else NO_BASE
    if not refused and current.value is not None and previous.value:
        value = 100 * (float(current.value) / float(previous.value) - 1)
    elif not refused:
        missing = previous.missing or NO_PERCENTAGE
    verdict: Verdict = "not comparable" if refused else "no comparison"
    fact = maker.fact(
        "change_percent",
        latest.period,
        value,
        unit="%",
        against=against,
        verdict=verdict,
        missing=missing,
        stitched=stitched(returns, current, previous),
        vintages=tuple(sorted({*current.vintages, *previous.vintages})),
    )
    return Comparison(
        "wave", latest.period, against, current, previous, fact, verdict, met, fact.stitched
    )


def index_fact(maker: Maker, row: Row | None, period: Period, missing: str = NOT_REPORTED) -> Fact:
    """A published figure as it was reported; `missing` says why there is none."""
    value = row.value if row else None
    return maker.fact(
        "index",
        period,
        value,
        missing=missing if value is None else None,
        vintages=(row.vintage,) if row else (),
    )


def _waves(returns: Returns) -> tuple[Row | None, Row | None]:
    latest = returns.latest
    if latest is None:
        return None, None
    held = returns.comparators.rows
    earlier = [row for row in held if row.period.end < latest.period.start]
    before = returns.year_before(latest)
    if before is None and earlier:
        before = max(earlier, key=lambda row: row.period.end)
    return latest, before


def rated_period(returns: Returns) -> Period | None:
    """The 12 months where the periods reported add up to them, else the latest as reported."""
    latest = returns.latest
    if latest is None:
        return None
    year = Period.year_to(latest.period.last_month)
    if latest.period.is_whole_months and returns.covering(year):
        return year
    return latest.period


def return_rate(
    returns: Returns, maker: Maker, denominators: Denominators, known: date | None
) -> tuple[Fact | None, Fact | None]:
    """The rate of the rated period over the denominator that the return gives, else over that
    of the data store; and the denominator."""
    base, period, latest = maker.definition.rate, rated_period(returns), returns.latest
    if base is None or period is None or latest is None:
        return None, None
    count = returns.value(period)
    if count is None:
        return None, None
    note, load = f"given in the return of {latest.reported_by}", latest.vintage
    exposure = returns.given(period)
    if exposure is None:
        middle = period.start + timedelta(days=period.days // 2)
        held = denominators.choose(base.of, [maker.area.code], middle, known)
        found = held.get(maker.area.code)
        if found is None:
            return None, None
        exposure, note, load = found.value, found.words(), found.vintage
    if exposure <= 0:
        return None, None
    estimate = rates.rate(count, exposure, base.per, phi=count_dispersion(returns, maker).phi)
    loads = tuple(sorted({load, *(row.vintage for row in returns.covering(period))}))
    rate = maker.fact(
        "rate",
        period,
        estimate.value,
        n=whole(count),
        per=base.per,
        of=base.of,
        interval=Interval(estimate.low, estimate.high),
        vintages=loads,
        note=note,
    )
    under = maker.fact(
        "denominator", period, whole(exposure), unit=base.of, of=base.of, note=note,
        vintages=(load,),
    )  # fmt: skip
    return rate, under


def months(returns: Returns, maker: Maker, last: Month, show: int) -> tuple[MonthPoint, ...]:
    """The last months, where the partner reports by the month; empty where not."""
    held = returns.monthly
    if last not in held:
        return ()
    series = _series(returns, maker, last)
    judged = exceptions.judge_months(series, (last + -(len(series) - 1)).ordinal, show)
    points = []
    for back in range(min(show, len(series)), 0, -1):
        month = last + -(back - 1)
        fact = count_fact(returns, maker, Period.of_months(month, month))
        status = judged[-back].status
        limits: list[Fact | None] = [None, None, None]
        if status == "missing" and fact.value is not None:
            status = "not judged"  # a count of an unusual period
        elif not math.isnan(judged[-back].upper997) and fact.value is not None:
            limits = [
                maker.fact("limit", fact.period, value, part=part, vintages=fact.vintages)
                for part, value in usual_range(judged[-back])
            ]
        points.append(MonthPoint(month, fact, "missing" if fact.value is None else status, *limits))
    return tuple(points)


def unusual_of(maker: Maker) -> tuple[Break, ...]:
    """The unusual periods that hold for a return."""
    return unusual(maker.definition.breaks, _setting(maker))


def breaks_met(
    returns: Returns, maker: Maker, period: Period, against: Period
) -> tuple[BreakMet, ...]:
    """What the return itself says of its recording, and what the register says."""
    stated = returns.breaks(period, against)
    return (*stated, *met_between(maker.definition.breaks, period, against, _setting(maker)))


def _setting(maker: Maker) -> Setting:
    return Setting("local-return", (), maker.area.code, maker.area.within)


def _series(
    returns: Returns, maker: Maker, last: Month
) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """Monthly values up to `last`, nan where missing, unusual or withheld, from the newest
    change of recording that forbids comparison on."""
    held = returns.monthly
    first = min(held)
    for row in returns.rows:
        if not row.comparable and row.period.first_month <= last:
            first = max(first, row.period.first_month)
    values = []
    left_out = unusual_of(maker)
    for back in range(last - first, -1, -1):
        found = held.get(last + -back)
        value = None if found is None else found.value
        odd = any(entry.holds(last + -back) for entry in left_out) or last + -back in returns.hidden
        values.append(math.nan if odd or value is None else value)
    return np.array(values, dtype=float)


def count_dispersion(returns: Returns, maker: Maker) -> dispersion.Chosen:
    """The dispersion of what is reported by the month; assumed where it is not."""
    return dispersion.choose(own_dispersion(returns, maker), ())


def own_dispersion(returns: Returns, maker: Maker) -> dispersion.Dispersion:
    """What the months that are reported tell of their dispersion, to be pooled or chosen from."""
    held = returns.monthly
    if not held:
        return dispersion.NOTHING
    last = max(held)
    series = _series(returns, maker, last)
    if np.isnan(series).all() or (series[~np.isnan(series)] < 0).any():
        return dispersion.NOTHING
    return dispersion.estimate(series, (last + -(len(series) - 1)).ordinal, window=PHI_MONTHS)
