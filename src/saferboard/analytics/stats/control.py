"""Control charts: whether a process changed, told from its own short-term variation.

Sources: Shewhart (1931), Wheeler (2000) for XmR; Laney (2002) for u' and p'; Nelson (1994) for
times between events; Benneyan (2001) for g. Monthly crime is seasonal, and a chart with flat limits
takes the season for news: XmR charts are drawn on seasonally adjusted values.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from saferboard.analytics.stats import loglinear
from saferboard.analytics.stats.signals import signals

Floats = NDArray[np.float64]
Kind = Literal["xmr", "c", "u", "laney-u", "p", "laney-p", "t", "g"]

TRIAL_UNDER = 12
SEASON_NEEDS = 24
RARE = 4.0  # events a month
NEAR_ONE = 1.1

_XMR, _SCREEN, _D2 = 2.66, 3.267, 1.128
_NELSON = 3.6


@dataclass(frozen=True)
class Rebase:
    """New limits from position `at` on. Only a named person may ask for them, with a reason: a
    chart that moves its own limits hides what it is for."""

    at: int
    by: str
    reason: str

    def __post_init__(self) -> None:
        if not (self.by.strip() and self.reason.strip()):
            raise ValueError("limits are rebased only by a named person with a reason")


@dataclass(frozen=True)
class Chart:
    """Values, centre and limits (n,), nan where missing; `signals` say which rule fired at which
    position; `trial` when the newest limits rest on fewer than 12 points."""

    kind: Kind
    values: Floats
    centre: Floats
    lower: Floats
    upper: Floats
    signals: Mapping[int, str]
    trial: bool
    rebases: tuple[Rebase, ...] = ()


def choose_chart(
    mean: float,
    *,
    phi: float,
    proportion: bool = False,
    exposure: bool = False,
    seasonal: bool = True,
    event_dates: bool = False,
    cases_between: bool = False,
) -> Kind | None:
    """The chart that fits: p or p′ for proportions; under about 4 events a month t, from the dates
    of the events, or g, where only the cases between them are known; u, or u′ where phi is not
    about 1, for rates without a season, and c for such counts where it is; else XmR on adjusted
    values. None for rare events without either: months of 0, 1 and 2 make no chart.

    `mean` is events a month; `exposure` says that each month has its own denominator.
    """
    if proportion:
        return "p" if phi < NEAR_ONE else "laney-p"
    if mean < RARE:
        if event_dates:
            return "t"
        return "g" if cases_between else None
    if seasonal or (not exposure and phi >= NEAR_ONE):
        return "xmr"
    if not exposure:
        return "c"
    return "u" if phi < NEAR_ONE else "laney-u"


def seasonally_adjusted(counts: ArrayLike, first_month_ordinal: int) -> Floats:
    """Monthly `counts` (n,) over what the season and the length of the month do to them, so that
    an average month stays what it is. The season is two harmonics fitted together with a trend,
    which stays in; under 24 months with a count only the length of the month is taken out."""
    row = np.asarray(counts, dtype=float)[None, :]
    return np.asarray(seasonally_adjusted_many(row, first_month_ordinal)[0], dtype=np.float64)


def seasonally_adjusted_many(counts: ArrayLike, first_month_ordinal: int) -> Floats:
    """`seasonally_adjusted` for each row of `counts` (s, n), in one go."""
    values = np.asarray(counts, dtype=float)
    length = values.shape[1]
    days = loglinear.month_days(first_month_ordinal, length)
    factor = np.tile(days / days.mean(), (len(values), 1))
    known = ~np.isnan(values)
    fits = (known.sum(1) >= SEASON_NEEDS) & (np.nansum(values, axis=1) > 0)
    if fits.any():
        columns = loglinear.design(first_month_ordinal, length)
        clean, weights = np.nan_to_num(values[fits]), known[fits].astype(float)
        season = loglinear.fit(clean, columns, np.log(days), weights).coefficients[:, 2:]
        year = loglinear.design(first_month_ordinal, 12)[:, 2:]
        usual = np.exp(season @ year.T).mean(1)
        factor[fits] *= np.exp(season @ columns[:, 2:].T) / usual[:, None]
    return np.asarray(values / factor)


def xmr(values: ArrayLike, *, rebases: Sequence[Rebase] = (), floor: float = 0.0) -> Chart:
    """Individuals and moving ranges: mean ± 2.66 mean moving range. Ranges over 3.267 times
    their mean are screened out once. A limit under `floor` stands at it. A range needs two
    neighbouring months: none is taken across a gap."""
    x = np.asarray(values, dtype=float)

    def limits(part: slice) -> tuple[Floats, Floats]:
        centre = np.full(len(x[part]), _mean(x[part]))
        return centre, np.full(len(centre), _XMR * _moving_range(x[part]))

    return _chart("xmr", x, limits, rebases, floor=floor)


def c_chart(counts: ArrayLike, *, rebases: Sequence[Rebase] = ()) -> Chart:
    """Counts of equal exposure that vary as Poisson counts do: mean ± 3 sqrt(mean). Only where
    phi is about 1."""
    x = np.asarray(counts, dtype=float)
    return _rates("c", x, np.ones(len(x)), rebases, laney=False)


def u_chart(counts: ArrayLike, exposures: ArrayLike, *, rebases: Sequence[Rebase] = ()) -> Chart:
    """Rates counts / exposures: ubar ± 3 sqrt(ubar / exposure). Only where phi is about 1."""
    return _rates("u", counts, exposures, rebases, laney=False)


def laney_u(counts: ArrayLike, exposures: ArrayLike, *, rebases: Sequence[Rebase] = ()) -> Chart:
    """u′: the limits of u times the sigma of the standardised rates, so that overdispersed
    counts do not all lie outside."""
    return _rates("laney-u", counts, exposures, rebases, laney=True)


def p_chart(events: ArrayLike, bases: ArrayLike, *, rebases: Sequence[Rebase] = ()) -> Chart:
    """Proportions events / bases: pbar ± 3 sqrt(pbar (1 - pbar) / base). Only where phi is
    about 1."""
    return _rates("p", events, bases, rebases, laney=False)


def laney_p(events: ArrayLike, bases: ArrayLike, *, rebases: Sequence[Rebase] = ()) -> Chart:
    """p′, to p what u′ is to u."""
    return _rates("laney-p", events, bases, rebases, laney=True)


def t_chart(between: ArrayLike, *, rebases: Sequence[Rebase] = ()) -> Chart:
    """Times between rare events (n,), in days: an XmR chart of time^(1/3.6), which is nearly
    normal for exponential times, drawn in days again. Above is good: events grow rarer."""
    times = np.asarray(between, dtype=float)
    if (times < 0).any():
        raise ValueError("a time between events cannot be negative")
    root = xmr(times ** (1 / _NELSON), rebases=rebases)
    centre, lower, upper = (each**_NELSON for each in (root.centre, root.lower, root.upper))
    return Chart("t", times, centre, lower, upper, root.signals, root.trial, root.rebases)


def g_chart(between: ArrayLike, *, rebases: Sequence[Rebase] = ()) -> Chart:
    """Cases (or days) between rare events (n,): geometric, mean + 3 sqrt(mean (mean + 1)),
    no lower limit. Its centre is the median, ln 2 of the way, because the law is skewed."""
    x = np.asarray(between, dtype=float)

    def limits(part: slice) -> tuple[Floats, Floats]:
        mean = _mean(x[part])
        centre = np.full(len(x[part]), np.log(2) * mean)
        upper = mean + 3 * np.sqrt(mean * (mean + 1))
        return centre, upper - centre

    return _chart("g", x, limits, rebases)


def _rates(
    kind: Kind, counts: ArrayLike, exposures: ArrayLike, rebases: Sequence[Rebase], *, laney: bool
) -> Chart:
    x, m = np.asarray(counts, dtype=float), np.asarray(exposures, dtype=float)
    if x.shape != m.shape or x.ndim != 1:
        raise ValueError("counts and exposures must be of the same points")
    if not (m > 0).all():
        raise ValueError("exposures must be positive")
    if (x < 0).any() or (kind.endswith("p") and (x > m).any()):
        raise ValueError("counts cannot be negative, nor a part larger than the whole")
    rates = x / m

    def limits(part: slice) -> tuple[Floats, Floats]:
        known = ~np.isnan(x[part])
        centre = float(x[part][known].sum() / m[part][known].sum()) if known.any() else np.nan
        variance = centre * (1 - centre) if kind.endswith("p") else centre
        sigma = np.sqrt(variance / m[part])
        if laney and variance > 0:
            sigma = sigma * _moving_range((rates[part] - centre) / sigma) / _D2
        return np.full(len(sigma), centre), np.asarray(3 * sigma)

    ceiling = 1.0 if kind.endswith("p") else np.inf
    return _chart(kind, rates, limits, rebases, ceiling=ceiling)


def _mean(values: Floats) -> float:
    return float(np.nanmean(values)) if (~np.isnan(values)).any() else float("nan")


def _moving_range(values: Floats) -> float:
    """The mean moving range, after the ranges over 3.267 times it were screened out, once."""
    ranges = np.abs(np.diff(values))
    ranges = ranges[~np.isnan(ranges)]
    if not len(ranges):
        return float("nan")
    return float(ranges[ranges <= _SCREEN * ranges.mean()].mean())


def _chart(
    kind: Kind,
    values: Floats,
    limits: Callable[[slice], tuple[Floats, Floats]],
    rebases: Sequence[Rebase],
    *,
    floor: float = 0.0,
    ceiling: float = np.inf,
) -> Chart:
    """Centre and reach of each stretch between rebases, put together, with the signals. Runs
    do not cross a rebase: what was on one side of the old centre says nothing of the new."""
    ordered = tuple(sorted(rebases, key=lambda rebase: rebase.at))
    if any(not 0 < rebase.at < len(values) for rebase in ordered):
        raise ValueError("a rebase must lie inside the series")
    edges = [0, *(rebase.at for rebase in ordered), len(values)]
    centre, lower, upper = (np.full(len(values), np.nan) for _ in range(3))
    fired: dict[int, str] = {}
    points = 0
    for start, end in itertools.pairwise(edges):
        part = slice(start, end)
        points = int((~np.isnan(values[part])).sum())
        if not points:
            continue
        centre[part], reach = limits(part)
        lower[part] = np.maximum(floor, centre[part] - reach)
        upper[part] = np.minimum(ceiling, centre[part] + reach)
        found = signals(values[part], centre[part], lower[part], upper[part])
        fired.update({start + position: rule for position, rule in found.items()})
    return Chart(kind, values, centre, lower, upper, fired, points < TRIAL_UNDER, ordered)
