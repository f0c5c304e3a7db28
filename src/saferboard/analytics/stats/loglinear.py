"""Quasi-Poisson regression of monthly counts on trend, season and the length of the month.

The one model behind dispersion, monthly exceptions and seasonal adjustment. Fitted by
iteratively reweighted least squares (McCullagh and Nelder 1989, section 2.5) for many series
at once, because a pack asks for thousands of fits. statsmodels' GLM is the tests' oracle.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]

TERMS = 6  # constant, trend, and sine and cosine of the year and of the half year
# Five offences for each term: under this neither trend nor season can be told from chance, and the
# fit would run away to months in which nothing can ever happen.
FEWEST_EVENTS = 30
GAP = 12  # months without a figure after which the level may have changed
_STEPS = 40
_CLOSE = 1e-9
_HELD = 1e9  # keeps a coefficient at zero
_ETA = 25.0  # a rate of e^-25 a day is none: keeps a month without any offences finite


@dataclass(frozen=True)
class Fit:
    """`coefficients` (s, p), `covariance` (s, p, p) for a dispersion of 1, `fitted` (s, n) and
    `leverage` (s, n), the diagonal of the hat matrix; `terms` (s,) is how many were fitted.
    Months without weight are predicted too."""

    coefficients: Floats
    covariance: Floats
    fitted: Floats
    leverage: Floats
    terms: Floats


def month_days(first_month_ordinal: int, months: int) -> Floats:
    """Days of each of `months` months, from the month of that ordinal (year x 12 + month - 1)."""
    return _month_days(first_month_ordinal, months)


@lru_cache(maxsize=256)
def _month_days(first_month_ordinal: int, months: int) -> Floats:
    spans = range(first_month_ordinal, first_month_ordinal + months)
    built = np.array([calendar.monthrange(m // 12, m % 12 + 1)[1] for m in spans], dtype=float)
    built.setflags(write=False)
    return built


@lru_cache(maxsize=256)
def _design(first_month_ordinal: int, months: int) -> Floats:
    position = np.arange(months, dtype=float)
    angle = 2 * np.pi * ((first_month_ordinal + position) % 12) / 12
    columns = [
        np.ones(months),
        (position - position.mean()) / 12,
        np.sin(angle),
        np.cos(angle),
        np.sin(2 * angle),
        np.cos(2 * angle),
    ]
    built = np.column_stack(columns)
    built.setflags(write=False)
    return built


def design(first_month_ordinal: int, months: int) -> Floats:
    """The (months, 6) matrix: constant, trend in years, and two harmonics of the year."""
    return _design(first_month_ordinal, months)


def stepped(first_month_ordinal: int, months: int, step: int) -> Floats:
    """`design`, and where `step` is not negative a seventh column: 1 from that month on. After a
    year or more that could not be compared the level may be another one."""
    columns = design(first_month_ordinal, months)
    if step < 0:
        return columns
    return np.column_stack([columns, np.arange(months) >= step])


def steps(weights: Floats) -> NDArray[np.int64]:
    """For each row of `weights` (s, n) the month at which its level may change: the first after
    the last gap of a year or more between months with weight; -1 where there is none, or where
    less than a year has come since, which is too short to know a level from."""
    found = np.full(len(weights), -1)
    for row, weight in enumerate(weights):
        used = np.flatnonzero(weight > 0)
        gaps = np.flatnonzero(np.diff(used) > GAP)
        if len(gaps) and len(used) - gaps[-1] - 1 >= GAP:
            found[row] = used[gaps[-1] + 1]
    return found


def fit(counts: ArrayLike, columns: Floats, offset: Floats, weights: ArrayLike) -> Fit:
    """Fit log mean = columns @ coefficients + offset to `counts` (s, n), each with `weights`
    (s, n); a weight of zero leaves the month out, and its count may then be anything finite.

    `columns` is (n, p), the first of them constant, and `offset` (n,). A series with fewer than
    30 offences is given its average and nothing else; one whose counts are all zero gets means
    near zero. Raises ValueError where a series has fewer months with weight than columns.
    """
    observed = np.atleast_2d(np.asarray(counts, dtype=float))
    weight = np.atleast_2d(np.asarray(weights, dtype=float))
    terms = columns.shape[1]
    if (np.count_nonzero(weight, axis=1) < terms).any():
        raise ValueError(f"a fit of {terms} terms needs at least {terms} months")
    scale = np.exp(offset)
    level = (weight * observed).sum(1) / (weight * scale).sum(1)
    mean = (np.where(weight > 0, observed, 0.0) + level[:, None] * scale) / 2 + 1e-6
    eta = np.log(mean)
    deviance = np.full(len(observed), np.inf)
    enough = (np.where(weight > 0, observed, 0.0)).sum(1) >= FEWEST_EVENTS
    held = np.where(enough[:, None], 1e-10, _HELD) * (np.arange(terms) > 0) + 1e-10
    ridge = held[:, :, None] * np.eye(terms)
    outer = columns[:, :, None] * columns[:, None, :]
    for _ in range(_STEPS):
        working = weight * mean
        target = eta - offset + (observed - mean) / mean
        cross = np.tensordot(working, outer, axes=(1, 0)) + ridge
        coefficients = np.linalg.solve(cross, ((working * target) @ columns)[..., None])[..., 0]
        eta = np.clip(coefficients @ columns.T + offset, -_ETA, _ETA)
        mean = np.exp(eta)
        with np.errstate(divide="ignore", invalid="ignore"):
            logs = np.where(observed > 0, observed * (np.log(observed) - eta), 0.0)
        now = 2 * (weight * (logs - observed + mean)).sum(1)
        if (np.abs(now - deviance) <= _CLOSE * (np.abs(now) + 1e-3)).all():
            break
        deviance = now
    working = weight * mean
    cross = np.tensordot(working, outer, axes=(1, 0)) + ridge
    covariance = np.asarray(np.linalg.inv(cross), dtype=np.float64)
    spread = ((columns @ covariance) * columns).sum(-1)
    fitted_terms = np.where(enough, float(terms), 1.0)
    return Fit(coefficients, covariance, mean, np.clip(working * spread, 0.0, 1.0), fitted_terms)


def pearson(counts: Floats, fit: Fit, weights: Floats) -> Floats:
    """Pearson chi-squared over degrees of freedom, per series (s,): the raw dispersion."""
    seen = weights > 0
    chi = (weights * np.where(seen, (counts - fit.fitted) ** 2 / fit.fitted, 0.0)).sum(1)
    free = seen.sum(1) - fit.terms
    return np.asarray(chi / np.where(free > 0, free, np.nan))
