"""An area among its peers: ranks with their likely range, and the funnel plot."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special

from saferboard.vocabulary.verdict import Polarity

Floats = NDArray[np.float64]

DRAWS = 4000
FEWEST_FOR_RANGES = 4  # among three areas the values say more than any range of ranks
WINSOR = 0.10
Z95, Z998 = 1.959963984540054, 3.090232306167813


@dataclass(frozen=True)
class Ranks:
    """`ranks` (n,) with 1 the best, ties sharing the better place, None without data; “of
    `with_data` with data, of `of`”."""

    ranks: tuple[int | None, ...]
    with_data: int
    of: int


@dataclass(frozen=True)
class RankRange:
    """The likely range of a rank, both ends included."""

    low: int
    high: int

    def overlaps(self, other: RankRange) -> bool:
        return self.low <= other.high and other.low <= self.high


def rank(rates: ArrayLike, polarity: Polarity) -> Ranks:
    """Rank `rates` (n,), nan without data. 1 is the lowest, unless higher is better."""
    values = np.asarray(rates, dtype=float)
    known = np.isfinite(values)
    better = -values if polarity == "higher-is-better" else values
    present = np.sort(better[known])
    places = np.searchsorted(present, better, side="left") + 1
    ranks = tuple(int(p) if k else None for p, k in zip(places, known, strict=True))
    return Ranks(ranks, int(known.sum()), len(values))


def rank_intervals(
    counts: ArrayLike,
    exposures: ArrayLike,
    *,
    seed: int,
    polarity: Polarity = "lower-is-better",
    phi: float = 1.0,
    draws: int = DRAWS,
    level: float = 0.95,
) -> list[RankRange | None]:
    """The likely range of each area's rank, from `draws` draws of all rates from their
    Gamma-Poisson posterior, whose prior is fitted to the areas themselves.

    `counts` and `exposures` (n,), nan without data, which gives None. Overdispersed counts
    weigh 1/phi. The range always holds the rank of the observed rates, which shrinkage could
    leave just outside. Among three areas or fewer nobody gets a range. The same `seed` gives the
    same ranges. One call serves every area of the set: keep its answer, do not ask per area.
    """
    x, m = np.asarray(counts, dtype=float), np.asarray(exposures, dtype=float)
    if x.shape != m.shape or x.ndim != 1:
        raise ValueError("counts and exposures must be of the same areas")
    known = np.isfinite(x) & np.isfinite(m) & (m > 0)
    if known.sum() < FEWEST_FOR_RANGES:
        return [None] * len(x)
    if (x[known] < 0).any():
        raise ValueError("a count cannot be negative")
    weight = 1 / max(1.0, phi)
    shape, scale = gamma_prior(x[known] * weight, m[known] * weight)
    generator = np.random.default_rng(seed)
    drawn = generator.gamma(
        shape + x[known] * weight, 1 / (scale + m[known] * weight), size=(draws, int(known.sum()))
    )
    return _ranges(drawn, x / np.where(known, m, 1.0), known, polarity, level)


def share_rank_intervals(
    counts: ArrayLike,
    bases: ArrayLike,
    *,
    seed: int,
    polarity: Polarity = "lower-is-better",
    draws: int = DRAWS,
    level: float = 0.95,
) -> list[RankRange | None]:
    """`rank_intervals` for shares (respondents who say yes, of respondents): the draws come from
    the Beta-binomial posterior, whose prior is fitted to the areas themselves.

    `counts` and `bases` (n,), nan without data, which gives None; a count need not be whole where
    it comes from a rounded percentage, and cannot pass its base.
    """
    x, n = np.asarray(counts, dtype=float), np.asarray(bases, dtype=float)
    if x.shape != n.shape or x.ndim != 1:
        raise ValueError("counts and bases must be of the same areas")
    known = np.isfinite(x) & np.isfinite(n) & (n > 0)
    if known.sum() < FEWEST_FOR_RANGES:
        return [None] * len(x)
    if (x[known] < 0).any() or (x[known] > n[known]).any():
        raise ValueError("a share lies between none and all of its base")
    yes, no = beta_prior(x[known], n[known])
    generator = np.random.default_rng(seed)
    drawn = generator.beta(yes + x[known], no + n[known] - x[known], size=(draws, int(known.sum())))
    return _ranges(drawn, x / np.where(known, n, 1.0), known, polarity, level)


def _ranges(
    drawn: Floats,
    rates: Floats,
    known: NDArray[np.bool_],
    polarity: Polarity,
    level: float,
) -> list[RankRange | None]:
    """The likely ranges of ranks from draws (draws, known areas) of what the areas' true rates
    may be; each holds the rank of the observed one."""
    answers: list[RankRange | None] = [None] * len(rates)
    if polarity == "higher-is-better":
        drawn = -drawn
    order = drawn.argsort(axis=1)
    places = np.empty_like(order)
    np.put_along_axis(places, order, np.arange(1, order.shape[1] + 1)[None, :], axis=1)
    tail = (1 - level) / 2
    lows = np.quantile(places, tail, axis=0, method="inverted_cdf")
    highs = np.quantile(places, 1 - tail, axis=0, method="inverted_cdf")
    observed = rank(np.where(known, rates, np.nan), polarity).ranks
    for position, low, high in zip(np.flatnonzero(known), lows, highs, strict=True):
        own = observed[position] or 1
        answers[position] = RankRange(min(int(low), own), max(int(high), own))
    return answers


def beta_prior(counts: Floats, bases: Floats) -> tuple[float, float]:
    """The two parameters of the Beta that the areas' true shares come from, by moments as in
    `gamma_prior`: the spread of the shares beyond what samples of their sizes have by chance."""
    total = float(bases.sum())
    mean = float(np.clip(counts.sum() / total, 0.5 / total, 1 - 0.5 / total))
    chance = mean * (1 - mean)
    spread = float((bases * (counts / bases - mean) ** 2).sum() / total)
    between = spread - chance * len(bases) / total
    between = min(max(between, 1e-6 * chance), 0.999 * chance)
    weight = chance / between - 1
    return mean * weight, (1 - mean) * weight


def gamma_prior(counts: Floats, exposures: Floats) -> tuple[float, float]:
    """Shape and rate of the Gamma that the areas' true rates come from, by the moments of
    Marshall (1991). Where the areas differ no more than chance would have them, the prior is
    nearly a point, and ranks then mean nothing: their ranges run from first to last."""
    total = exposures.sum()
    mean = max(float(counts.sum() / total), 0.5 / float(total))
    spread = float((exposures * (counts / exposures - mean) ** 2).sum() / total)
    between = max(spread - mean / float(exposures.mean()), 1e-6 * mean**2)
    return mean**2 / between, mean / between


def shrunk_rates(counts: ArrayLike, exposures: ArrayLike, *, phi: float = 1.0) -> Floats:
    """Rates (n,) drawn toward the areas' average by as much as their smallness asks: the means
    of the posterior that `rank_intervals` draws from. nan without data."""
    x, m = np.asarray(counts, dtype=float), np.asarray(exposures, dtype=float)
    known = np.isfinite(x) & np.isfinite(m) & (m > 0)
    answer = np.full(x.shape, np.nan)
    if known.any():
        weight = 1 / max(1.0, phi)
        shape, scale = gamma_prior(x[known] * weight, m[known] * weight)
        answer[known] = (shape + x[known] * weight) / (scale + m[known] * weight)
    return answer


@dataclass(frozen=True)
class Shrunk:
    """Rates (n,) drawn toward the areas' average, the limits of what the real ones may be, and
    the `average` of all together; nan without data."""

    rates: Floats
    low: Floats
    high: Floats
    average: float

    def differs(self) -> list[Literal["higher", "lower", "not clear"] | None]:
        """Whether each area's real rate lies clearly off the average; None without data."""
        found: list[Literal["higher", "lower", "not clear"] | None] = []
        for low, high in zip(self.low, self.high, strict=True):
            if not np.isfinite(low):
                found.append(None)
            elif low > self.average:
                found.append("higher")
            else:
                found.append("lower" if high < self.average else "not clear")
        return found


def shrunk(
    counts: ArrayLike, exposures: ArrayLike, *, phi: float = 1.0, level: float = 0.95
) -> Shrunk:
    """`shrunk_rates` with the equal-tailed limits of the same posterior."""
    x, m = np.asarray(counts, dtype=float), np.asarray(exposures, dtype=float)
    known = np.isfinite(x) & np.isfinite(m) & (m > 0)
    low, high = np.full(x.shape, np.nan), np.full(x.shape, np.nan)
    if not known.any():
        return Shrunk(low.copy(), low, high, float("nan"))
    weight = 1 / max(1.0, phi)
    shape, scale = gamma_prior(x[known] * weight, m[known] * weight)
    shapes, scales = shape + x[known] * weight, scale + m[known] * weight
    tail = (1 - level) / 2
    low[known] = special.gammaincinv(shapes, tail) / scales
    high[known] = special.gammaincinv(shapes, 1 - tail) / scales
    average = float(x[known].sum() / m[known].sum())
    return Shrunk(shrunk_rates(x, m, phi=phi), low, high, average)


Movement = Literal["better", "worse", "no clear change", "not known"]


def movement(now: RankRange | None, before: RankRange | None) -> Movement:
    """Whether an area's place changed: only where the two likely ranges do not overlap."""
    if now is None or before is None:
        return "not known"
    if now.overlaps(before):
        return "no clear change"
    return "better" if now.high < before.low else "worse"


FunnelPlace = Literal["within", "high", "low", "very high", "very low"]


@dataclass(frozen=True)
class Funnel:
    """Limits (n,) of each area's rate around `target` at 95% and 99.8%, with the `phi` of the
    winsorised scores and the variance `tau2` between areas (log scale). `places` say where
    each area stands: within, high, low, very high, very low; None without data."""

    target: float
    phi: float
    tau2: float
    low95: Floats
    high95: Floats
    low998: Floats
    high998: Floats
    places: tuple[FunnelPlace | None, ...]


def funnel(counts: ArrayLike, exposures: ArrayLike, *, target: float | None = None) -> Funnel:
    """Spiegelhalter's funnel (2005) for rates, with additive overdispersion: s² = 1/x on the log
    scale, scores winsorised at 10%, phi = Σz²/n, tau² = max(0, (n phi - (n - 1)) / (Σw - Σw²/Σw))
    and limits target · exp(± z sqrt(s² + tau²)).

    `counts` and `exposures` (n,), nan without data; `target` is the rate of all together unless
    given. A count of zero has 0.5 added, in its rate as in its s².
    """
    x, m = np.asarray(counts, dtype=float), np.asarray(exposures, dtype=float)
    if x.shape != m.shape or x.ndim != 1:
        raise ValueError("counts and exposures must be of the same areas")
    known = np.isfinite(x) & np.isfinite(m) & (m > 0)
    if not known.any() or (x[known] < 0).any() or x[known].sum() == 0:
        raise ValueError("a funnel needs areas with counts that are not all zero")
    aim = float(x[known].sum() / m[known].sum()) if target is None else float(target)
    adjusted = np.where(x > 0, x, 0.5)
    return _funnel(known, adjusted / np.where(known, m, 1.0), 1 / adjusted, aim)


def funnel_of_shares(events: ArrayLike, totals: ArrayLike) -> Funnel:
    """The same for shares of a total, such as outcomes of offences: the limits are binomial, with
    s² = (1 - p) / (n p) on the log scale, p being the share of all together and n (n,) the `totals`
    of `events` (n,), nan without data. So they follow from n alone, and narrow as it grows. They
    are for shares well under one; a limit may pass one where totals are few.

    An area without events has 0.5 of one. Raises ValueError where the share of all together is
    none or all.
    """
    x, n = np.asarray(events, dtype=float), np.asarray(totals, dtype=float)
    if x.shape != n.shape or x.ndim != 1:
        raise ValueError("events and totals must be of the same areas")
    known = np.isfinite(x) & np.isfinite(n) & (n > 0)
    aim = float(x[known].sum() / n[known].sum()) if known.any() else 0.0
    if not 0 < aim < 1 or (x[known] < 0).any():
        raise ValueError("a funnel of shares needs a share between none and all")
    sizes = np.where(known, n, 1.0)
    adjusted = np.where(x > 0, x, 0.5)
    return _funnel(known, adjusted / sizes, (1 - aim) / (sizes * aim), aim)


def _funnel(known: NDArray[np.bool_], ratio: Floats, spread: Floats, aim: float) -> Funnel:
    """Limits around `aim` from the rates and their variances on the log scale, over the areas
    that are known."""
    variance = spread[known]
    scores = np.log(ratio[known] / aim) / np.sqrt(variance)
    low, high = np.quantile(scores, [WINSOR, 1 - WINSOR])
    n = int(known.sum())
    phi = float((np.clip(scores, low, high) ** 2).mean())
    w = 1 / variance
    room = float(w.sum() - (w**2).sum() / w.sum())
    tau2 = max(0.0, (n * phi - (n - 1)) / room) if room > 0 else 0.0
    reach = np.full(ratio.shape, np.nan)
    reach[known] = np.sqrt(variance + tau2)
    low95, high95 = aim * np.exp(-Z95 * reach), aim * np.exp(Z95 * reach)
    low998, high998 = aim * np.exp(-Z998 * reach), aim * np.exp(Z998 * reach)
    places = tuple(
        _place(float(ratio[i]), low95[i], high95[i], low998[i], high998[i]) if known[i] else None
        for i in range(len(ratio))
    )
    return Funnel(aim, phi, tau2, low95, high95, low998, high998, places)


def _place(value: float, low95: float, high95: float, low998: float, high998: float) -> FunnelPlace:
    if value > high998:
        return "very high"
    if value < low998:
        return "very low"
    if value > high95:
        return "high"
    return "low" if value < low95 else "within"
