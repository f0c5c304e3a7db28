"""The months of a measure: what was counted, what was to be expected, what stands out."""

from __future__ import annotations

import math
from collections.abc import Sequence

from saferboard.analytics.measures.facts import Maker, not_published, whole
from saferboard.analytics.measures.frame import Frame
from saferboard.analytics.measures.results import MonthPoint, MonthStatus
from saferboard.analytics.stats.exceptions import MonthJudgement
from saferboard.vocabulary.period import Month, Period

JUDGED = 3  # the months whose status a summary prints


def months_of(frame: Frame, maker: Maker, months: int) -> tuple[MonthPoint, ...]:
    """The last `months` of an area, each with its status and limits (99.7%), in order of time.
    Months before the first that any load has are left out; one missing inside stays, as
    missing. An outcome rate is shown as its percentage and is not judged by month."""
    if frame.trend is None:
        return ()
    if frame.is_rate_of_outcomes:
        return _outcome_months(frame, maker, months)
    row = frame.row(maker.area.code)
    counts = frame.trend.counts[row]
    judged = frame.judged(maker.area.code)
    points = []
    for back in range(min(months, len(counts)), 0, -1):
        month = frame.trend.months[-back]
        points.append(_point(frame, maker, month, float(counts[-back]), judged[-back]))
    return tuple(_from_first(points))


def _point(
    frame: Frame, maker: Maker, month: Month, count: float, judged: MonthJudgement
) -> MonthPoint:
    assert frame.trend is not None  # months_of returned before
    period = Period.of_months(month, month)
    release = frame.trend.release_of.get(month)
    loads = () if release is None else _loads(frame, month)
    gone = math.isnan(count)
    fact = maker.fact(
        "count",
        period,
        None if gone else whole(count),
        part="trend",
        missing=not_published((month,)) if gone else None,
        vintages=loads,
        provisional=month in frame.trend.provisional,
    )
    # A month with a count that cannot be compared is not missing: it is not judged.
    compared: MonthStatus = "not judged" if judged.status == "missing" else judged.status
    status: MonthStatus = "missing" if gone else compared
    if math.isnan(judged.upper997) or status == "not judged":
        return MonthPoint(month, fact, status)
    expected, lower, upper = (
        maker.fact("limit", period, value, part=part, vintages=loads)
        for part, value in usual_range(judged)
    )
    return MonthPoint(month, fact, status, expected, lower, upper)


def usual_range(judged: MonthJudgement) -> tuple[tuple[str, float], ...]:
    """What was expected, and the smallest and largest count that is no exception: whole
    numbers, so that a printed limit and a printed count never seem to disagree."""
    return (
        ("expected", judged.expected),
        ("lower", math.ceil(judged.lower997)),
        ("upper", math.floor(judged.upper997)),
    )


def _loads(frame: Frame, month: Month) -> tuple[str, ...]:
    trend = frame.trend
    assert trend is not None
    key = ("loads", month)
    if key not in frame.kept:
        release = trend.release_of[month]
        found = {release.vintage_for(unit, month) for unit in trend.units}
        frame.kept[key] = tuple(sorted(load for load in found if load is not None))
    loads = frame.kept[key]
    assert isinstance(loads, tuple)
    return loads


def _outcome_months(frame: Frame, maker: Maker, months: int) -> tuple[MonthPoint, ...]:
    trend, base = frame.trend, frame.trend_base
    if trend is None or base is None:
        return ()
    row = frame.row(maker.area.code)
    points = []
    for back in range(min(months, len(trend.months)), 0, -1):
        month = trend.months[-back]
        x, n = float(trend.counts[row][-back]), float(base.counts[row][-back])
        known = not (math.isnan(x) or math.isnan(n)) and n > 0
        missing = None if known else ("no offences" if n == 0 else not_published((month,)))
        fact = maker.fact(
            "percentage",
            Period.of_months(month, month),
            100 * x / n if known else None,
            unit="%",
            part="trend",
            n=whole(n) if known else None,
            missing=missing,
            vintages=_loads(frame, month) if month in trend.release_of else (),
            provisional=month in trend.provisional,
        )
        points.append(MonthPoint(month, fact, "not judged" if known else "missing"))
    return tuple(_from_first(points))


def _from_first(points: Sequence[MonthPoint]) -> Sequence[MonthPoint]:
    for at, point in enumerate(points):
        if point.count.value is not None:
            return points[at:]
    return ()
