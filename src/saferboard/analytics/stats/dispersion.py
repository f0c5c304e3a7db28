"""How much more counts of crime vary than chance alone would have them: phi.

phi is Pearson's chi-squared over its degrees of freedom after trend and season (McCullagh and
Nelder 1989, section 6.2.4), never under 1. One series gives a rough figure, so it is drawn
toward its family's by the empirical Bayes rule for variances of Smyth (2004).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special

from saferboard.analytics.stats import loglinear

ASSUMED = 1.5
ENOUGH_MONTHS = 36
FEWEST_MONTHS = 12
# The last 36 months, not more: phi is to say how much counts vary around a level, and a straight
# line through a longer stretch takes a slow rise and fall (the pandemic) for noise.
WINDOW = 36

Basis = Literal["own", "pooled", "assumed"]


@dataclass(frozen=True)
class Dispersion:
    """`raw` is chi-squared over `df`, before the floor (nan with no degrees of freedom); it is
    what is pooled. `months` is the number of months that it rests on."""

    raw: float
    df: int
    months: int

    @property
    def phi(self) -> float:
        """The dispersion to use, never under 1; nan where nothing could be estimated."""
        return max(1.0, self.raw)

    @property
    def enough(self) -> bool:
        """Whether the series is long enough to stand on its own (36 comparable months)."""
        return self.months >= ENOUGH_MONTHS and self.df > 0


NOTHING = Dispersion(float("nan"), 0, 0)


@dataclass(frozen=True)
class Chosen:
    """The phi to use, where it comes from, and words for a note."""

    phi: float
    basis: Basis
    words: str


def estimate(counts: ArrayLike, first_month_ordinal: int, *, window: int = WINDOW) -> Dispersion:
    """phi of one series of monthly `counts` (n,), nan where a month is missing or not
    comparable, from the last `window` months that have a count. `first_month_ordinal` is
    `Month.ordinal` of the first. Under 12 months, or with no offences, nothing is estimated."""
    return estimate_many(
        np.atleast_2d(np.asarray(counts, dtype=float)), first_month_ordinal, window=window
    )[0]


def estimate_many(
    counts: ArrayLike, first_month_ordinal: int, *, window: int = WINDOW
) -> list[Dispersion]:
    """`estimate` for the rows of `counts` (s, n): one call for all the areas of a measure."""
    values = np.asarray(counts, dtype=float)
    if values.ndim != 2:
        raise ValueError("counts must be a matrix of series by months")
    if (values < 0).any():
        raise ValueError("a count cannot be negative")
    weights = latest(values, window)
    months = weights.sum(1).astype(int)
    clean = np.where(weights > 0, np.nan_to_num(values), 0.0)
    usable = (months >= FEWEST_MONTHS) & (clean.sum(1) > 0)
    answers = [Dispersion(float("nan"), 0, int(count)) for count in months]
    if not usable.any():
        return answers
    start = first_used(weights[usable])
    clean, weights, first = clean[:, start:], weights[:, start:], first_month_ordinal + start
    length = clean.shape[1]
    offset = np.log(loglinear.month_days(first, length))
    jumps = loglinear.steps(weights)
    for jump in np.unique(jumps[usable]):
        own = usable & (jumps == jump)
        columns = loglinear.stepped(first, length, int(jump))
        fitted = loglinear.fit(clean[own], columns, offset, weights[own])
        raw = loglinear.pearson(clean[own], fitted, weights[own])
        for row, value, terms in zip(np.flatnonzero(own), raw, fitted.terms, strict=True):
            free = int(months[row] - terms)
            answers[row] = Dispersion(float(value), free, int(months[row]))
    return answers


def latest(counts: NDArray[np.float64], window: int) -> NDArray[np.float64]:
    """Weights (s, n): 1 for the last `window` months of each row that have a count, else 0."""
    present = ~np.isnan(counts)
    from_end = np.cumsum(present[:, ::-1], axis=1)[:, ::-1]
    return np.where(present & (from_end <= window), 1.0, 0.0)


def first_used(weights: NDArray[np.float64]) -> int:
    """The first column in which any row has weight: what lies before it need not be fitted."""
    return int(np.argmax((weights > 0).any(0)))


def pooled(many: Sequence[Dispersion]) -> float:
    """One phi for many series: their raw values weighted by degrees of freedom, never under
    1. nan where none of them has any."""
    known = [one for one in many if one.df > 0 and np.isfinite(one.raw)]
    free = sum(one.df for one in known)
    if not free:
        return float("nan")
    return max(1.0, sum(one.raw * one.df for one in known) / free)


def shrink(own: Dispersion, family: Sequence[Dispersion]) -> float:
    """`own` drawn toward its `family` (the series of its offence family; `own` may be among
    them): (d0 s0 + d s) / (d0 + d), the prior's d0 and s0 estimated from how much the family
    differs more than chance would have it (Smyth 2004, section 6.2). Never under 1.

    A family of fewer than three tells nothing of how families differ: its prior then weighs
    as much as one series. Without a family it is `own.phi`.
    """
    known = [one for one in family if one.df > 0 and np.isfinite(one.raw) and one.raw > 0]
    if not known:
        return own.phi
    if own.df <= 0 or not np.isfinite(own.raw):
        return pooled(known)
    raw = np.array([one.raw for one in known])
    half = np.array([one.df for one in known]) / 2
    if len(known) < 3:
        prior_df, prior = float(2 * half.mean()), float(np.average(raw, weights=half))
    else:
        prior_df, prior = _prior(raw, half)
    if np.isinf(prior_df):
        return max(1.0, prior)
    return max(1.0, float((prior_df * prior + own.df * own.raw) / (prior_df + own.df)))


def _prior(raw: NDArray[np.float64], half: NDArray[np.float64]) -> tuple[float, float]:
    logs = np.log(raw) - special.digamma(half) + np.log(half)
    centre = float(logs.mean())
    spread = float(logs.var(ddof=1) - special.polygamma(1, half).mean())
    if spread <= 0:
        return float("inf"), float(np.average(raw, weights=half))
    prior_half = _inverse_trigamma(spread)
    return 2 * prior_half, float(np.exp(centre + special.digamma(prior_half) - np.log(prior_half)))


def _inverse_trigamma(value: float) -> float:
    """Newton's method of Smyth (2004), appendix; its start is below the root, so it climbs."""
    root = 0.5 + 1 / value
    for _ in range(50):
        first = float(special.polygamma(1, root))
        step = first * (1 - first / value) / float(special.polygamma(2, root))
        root += step
        if -step / root < 1e-8:
            break
    return root


def choose(
    own: Dispersion, family: Sequence[Dispersion], area_set: Sequence[Dispersion] = ()
) -> Chosen:
    """The phi to judge a change with: its own, shrunk to the family's, on 36 comparable months
    or more; under that, pooled over the `area_set` (the same measure in the other areas);
    with neither, 1.5, and the words say that it is assumed."""
    if own.enough:
        return Chosen(shrink(own, family), "own", f"from {own.months} comparable months")
    shared = pooled(area_set)
    if np.isfinite(shared):
        several = sum(1 for one in area_set if one.df > 0)
        return Chosen(shared, "pooled", f"pooled over {several} areas: too few months here")
    return Chosen(ASSUMED, "assumed", "assumed: too few comparable months to estimate it")
