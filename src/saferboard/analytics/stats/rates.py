"""Intervals of rates and proportions, each widened where counts are overdispersed.

Sources: Garwood (1936) and Breslow and Day (1987, p. 69, Byar) for counts; Wilson (1927) for
proportions; Dobson and others (1991) for directly standardised rates.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

EXACT_BELOW = 10


@dataclass(frozen=True)
class Estimate:
    """A value with its limits, all in the same unit."""

    value: float
    low: float
    high: float
    level: float = 0.95


def _z(level: float) -> float:
    if not 0 < level < 1:
        raise ValueError(f"a level lies between 0 and 1: {level}")
    return float(special.ndtri((1 + level) / 2))


def _refuse_negative(x: float) -> None:
    if not (math.isfinite(x) and x >= 0):
        raise ValueError(f"a count must be finite and not negative: {x}")


def exact_poisson(x: float, level: float = 0.95) -> tuple[float, float]:
    """Garwood's exact limits of a Poisson mean, from the gamma distribution."""
    _refuse_negative(x)
    tail = (1 - level) / 2
    low = float(special.gammaincinv(x, tail)) if x > 0 else 0.0
    return low, float(special.gammaincinv(x + 1, 1 - tail))


def byar(x: float, level: float = 0.95) -> tuple[float, float]:
    """Byar's limits of a Poisson mean: close to the exact ones from about 5 on."""
    _refuse_negative(x)
    z = _z(level)
    low = x * (1 - 1 / (9 * x) - z / (3 * math.sqrt(x))) ** 3 if x > 0 else 0.0
    above = x + 1
    return max(0.0, low), above * (1 - 1 / (9 * above) + z / (3 * math.sqrt(above))) ** 3


def poisson_interval(x: float, level: float = 0.95) -> tuple[float, float]:
    """Limits of a Poisson mean: exact below 10, else Byar's."""
    return exact_poisson(x, level) if x < EXACT_BELOW else byar(x, level)


def wilson(x: float, n: float, level: float = 0.95) -> tuple[float, float]:
    """Wilson's score limits of the proportion x of n, between 0 and 1."""
    _refuse_negative(x)
    if not (n > 0 and x <= n):
        raise ValueError(f"a proportion needs x of n with n positive: {x} of {n}")
    z = _z(level)
    share = x / n
    centre = (share + z * z / (2 * n)) / (1 + z * z / n)
    reach = z / (1 + z * z / n) * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    # at 0 and at n the limit is exactly there; rounding must not put it inside
    low = 0.0 if x == 0 else max(0.0, centre - reach)
    return low, 1.0 if x == n else min(1.0, centre + reach)


def widened(
    value: float,
    low: float,
    high: float,
    phi: float,
    *,
    floor: float = 0.0,
    ceiling: float = math.inf,
) -> tuple[float, float]:
    """The limits moved away from `value` by sqrt(phi), kept between `floor` and `ceiling`.
    `phi` under 1 counts as 1."""
    factor = math.sqrt(max(1.0, phi))
    return max(floor, value - factor * (value - low)), min(ceiling, value + factor * (high - value))


def rate(
    x: float, exposure: float, per: float = 1000.0, *, phi: float = 1.0, level: float = 0.95
) -> Estimate:
    """`x` for each `per` of `exposure` (residents, households; times years where the period is
    not one), with Poisson limits widened by sqrt(phi)."""
    if not (math.isfinite(exposure) and exposure > 0):
        raise ValueError(f"a rate needs a positive denominator: {exposure}")
    low, high = widened(x, *poisson_interval(x, level), phi)
    scale = per / exposure
    return Estimate(x * scale, low * scale, high * scale, level)


def percentage(x: float, n: float, *, phi: float = 1.0, level: float = 0.95) -> Estimate:
    """`x` of `n` in per cent, with Wilson's limits widened by sqrt(phi)."""
    low, high = widened(x / n if n else math.nan, *wilson(x, n, level), phi, ceiling=1.0)
    return Estimate(100 * x / n, 100 * low, 100 * high, level)


def dobson(
    counts: ArrayLike,
    populations: ArrayLike,
    standard: ArrayLike,
    per: float = 1000.0,
    *,
    phi: float = 1.0,
    level: float = 0.95,
) -> Estimate:
    """A directly standardised rate: `counts` and `populations` (strata,) weighted by the
    `standard` population (strata,), with Dobson's limits, widened by sqrt(phi)."""
    x, n, w = (np.asarray(values, dtype=float) for values in (counts, populations, standard))
    if not (x.shape == n.shape == w.shape and x.ndim == 1):
        raise ValueError("counts, populations and standard must be of the same strata")
    if (x < 0).any() or (n <= 0).any() or (w < 0).any() or w.sum() <= 0:
        raise ValueError("counts and weights cannot be negative, populations must be positive")
    share = w / w.sum()
    value = float((share * x / n).sum())
    total = float(x.sum())
    low, high = widened(total, *poisson_interval(total, level), phi)
    if total:
        stretch = math.sqrt(float((share**2 * x / n**2).sum()) / total)
    else:  # no events anywhere: the stratum of the greatest weight could hide the most
        stretch = float((share / n).max())
    lower, upper = value + stretch * (low - total), value + stretch * (high - total)
    return Estimate(per * value, per * max(0.0, lower), per * upper, level)
