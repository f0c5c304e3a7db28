"""Months that stand out from what trend and season would have them.

Farrington, Andrews, Beale and Catchpole (1996) as improved by Noufaily and others (2013): a
quasi-Poisson regression on the 60 comparable months before the one judged, past spikes weighted
down, and limits by the two-thirds power. Each month is judged by what came before it alone, so
that its status is the same in this quarter's pack and in the next one's.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special

from saferboard.analytics.stats import loglinear
from saferboard.analytics.stats.dispersion import first_used, latest

MonthStatus = Literal[
    "usual",
    "watch high",
    "watch low",
    "exception high",
    "exception low",
    "missing",
    "not judged",
]

WINDOW = 60
FEWEST_MONTHS = 36
SPIKE = 2.58
SMALL_MEAN = 10.0
HALF = 0.5
Z95, Z997 = 1.959963984540054, 3.0
INNER, OUTER = 0.95, 0.997
# Nominally 0.3%; measured 0.5% at a mean of 150 and 0.3% at a mean of 5, because phi has to be
# estimated from 60 months (docs/explanation/statistics.md). A pack must not promise fewer.
CHANCE_RATE = 0.005

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class MonthJudgement:
    """What was expected of a month and where its count fell. The five numbers are nan where
    the status is “not judged” (fewer than 36 comparable months before it); a missing month
    has them when they can be computed."""

    expected: float
    lower95: float
    upper95: float
    lower997: float
    upper997: float
    status: MonthStatus


def judge_months(
    counts: ArrayLike, first_month_ordinal: int, last: int = 3, *, window: int = WINDOW
) -> list[MonthJudgement]:
    """Judge the `last` months of a series of monthly `counts` (n,), nan where a month is missing
    or not comparable; `first_month_ordinal` is `Month.ordinal` of the first. In order of time."""
    series = np.asarray(counts, dtype=float)
    return judge_many(series[None, :], first_month_ordinal, last, window=window)[0]


def judge_many(
    counts: ArrayLike, first_month_ordinal: int, last: int = 3, *, window: int = WINDOW
) -> list[list[MonthJudgement]]:
    """`judge_months` for each row of `counts` (s, n), in one go."""
    values = np.asarray(counts, dtype=float)
    if values.ndim != 2:
        raise ValueError("counts must be a matrix of series by months")
    if (values < 0).any():
        raise ValueError("a count cannot be negative")
    series, length = values.shape
    last = min(last, length)
    limits = np.full((series, last, 5), np.nan)
    past = np.zeros((series, last, length))
    for position in range(last):
        month = length - last + position
        past[:, position, :month] = latest(values[:, :month], window)
    ready = past.sum(2) >= FEWEST_MONTHS
    if ready.any():
        rows, at = np.nonzero(ready)
        weights = past[rows, at]
        start = first_used(weights)
        weights = weights[:, start:]
        jumps = loglinear.steps(weights)
        for jump in np.unique(jumps):
            own = jumps == jump
            limits[rows[own], at[own]] = _limits(
                np.nan_to_num(values)[rows[own], start:],
                weights[own],
                loglinear.stepped(first_month_ordinal + start, length - start, int(jump)),
                np.log(loglinear.month_days(first_month_ordinal + start, length - start)),
                length - last + at[own] - start,
            )
    seen = values[:, length - last :]
    return [
        [_judgement(seen[row, position], limits[row, position]) for position in range(last)]
        for row in range(series)
    ]


def _limits(
    counts: Floats, weights: Floats, columns: Floats, offset: Floats, judged: NDArray[np.intp]
) -> Floats:
    """Expected count and limits (rows, 5) of the column `judged` (rows,) of each row of `counts`,
    from the columns with `weights`."""
    fitted = loglinear.fit(counts, columns, offset, weights)
    weights = _without_spikes(counts, fitted, weights)
    fitted = loglinear.fit(counts, columns, offset, weights)
    phi = np.maximum(1.0, loglinear.pearson(counts, fitted, weights))
    mean = fitted.fitted[np.arange(len(counts)), judged]
    at = columns[judged]
    spread = np.einsum("sp,spq,sq->s", at, fitted.covariance, at)
    # where nothing ever happened half an offence might have: one alone is then no exception
    floor = HALF / (weights > 0).sum(1)
    spread = np.where(mean < floor, 1 / HALF, spread)
    mean = np.maximum(mean, floor)
    # the variance of a new count over its mean: its own, and that of the estimated mean
    excess = phi * (1 + mean * spread)
    return np.array([_month_limits(*pair) for pair in zip(mean, excess, strict=True)])


def _without_spikes(counts: Floats, fitted: loglinear.Fit, weights: Floats) -> Floats:
    """Weights of Farrington's section 3.4 with Noufaily's threshold: one over the square of
    the standardised Anscombe residual where that is over 2.58, scaled to keep their sum."""
    phi = np.maximum(1.0, loglinear.pearson(counts, fitted, weights))
    residual = 1.5 * (np.cbrt(counts) ** 2 - np.cbrt(fitted.fitted) ** 2)
    free = np.maximum(1 - fitted.leverage, 1e-6)
    scale = fitted.fitted ** (1 / 6) * np.sqrt(phi[:, None] * free)
    residual = residual / scale
    lowered = np.where(residual > SPIKE, 1 / np.maximum(residual, 1.0) ** 2, 1.0) * weights
    return np.asarray(lowered * (weights.sum(1) / lowered.sum(1))[:, None])


def _month_limits(mean: float, excess: float) -> tuple[float, float, float, float, float]:
    if mean < SMALL_MEAN:
        halves = (INNER / 2, OUTER / 2)
        inner, outer = (count_quantiles(mean, excess, 0.5 - h, 0.5 + h) for h in halves)
    else:
        inner, outer = (power_limits(mean, excess, z) for z in (Z95, Z997))
    return (mean, inner[0], inner[1], outer[0], outer[1])


def power_limits(mean: float, excess: float, z: float) -> tuple[float, float]:
    """Limits of a new count on the two-thirds power scale, where it is nearly normal with
    variance 4/9 mean^(1/3) `excess` (Farrington 1996, section 3.6); never under 0."""
    centre = mean ** (2 / 3)
    reach = z * np.sqrt(4 / 9 * mean ** (1 / 3) * excess)
    return float(max(0.0, centre - reach) ** 1.5), float((centre + reach) ** 1.5)


def count_quantiles(mean: float, excess: float, low: float, high: float) -> tuple[float, float]:
    """Quantiles of a negative binomial count with variance `excess` x `mean` (Poisson where
    that is no more than the mean): the smallest counts whose cumulative chance reaches them."""
    if excess > 1 + 1e-6:
        size, share = mean / (excess - 1), 1 / excess

        def reached(count: int) -> float:
            return float(special.betainc(size, count + 1.0, share))
    else:

        def reached(count: int) -> float:
            return float(special.pdtr(count, mean))

    return _first(reached, low), _first(reached, high)


def _first(reached: Callable[[int], float], share: float) -> float:
    """The smallest count at which `reached` is `share` or more, by doubling and halving."""
    above = 1
    while reached(above - 1) < share:
        above *= 2
    below = above // 2 - 1
    above -= 1
    while above - below > 1:
        middle = (above + below) // 2
        below, above = (middle, above) if reached(middle) < share else (below, middle)
    return float(above)


def _judgement(count: float, limits: Floats) -> MonthJudgement:
    expected, lower95, upper95, lower997, upper997 = (float(number) for number in limits)
    return MonthJudgement(expected, lower95, upper95, lower997, upper997, _status(count, limits))


def _status(count: float, limits: Floats) -> MonthStatus:
    if np.isnan(count):
        return "missing"
    _, lower95, upper95, lower997, upper997 = limits
    if np.isnan(upper997):
        return "not judged"
    if count > upper997:
        return "exception high"
    if count < lower997:
        return "exception low"
    if count > upper95:
        return "watch high"
    if count < lower95:
        return "watch low"
    return "usual"


def chance(series: int, months: int, *, rate: float = CHANCE_RATE) -> float:
    """How many exceptions chance alone would give among `series` series with `months` judged
    months each, at the rate that was measured; 0.06 is the one outside the 95% limits."""
    if series < 0 or months < 0:
        raise ValueError("numbers of series and months cannot be negative")
    return series * months * rate
