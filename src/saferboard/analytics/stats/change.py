"""Whether a count changed between two periods, and what may be said about it.

The interval of a ratio of overdispersed counts, the exact test for small ones, and the
verdict in the words that a reader sees. Rolling windows that overlap are not independent:
compare a period only with one that does not overlap it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

from scipy import optimize, special

from saferboard.analytics.stats import rates
from saferboard.vocabulary.verdict import Verdict

Method = Literal["log ratio", "log ratio, 0.5 added", "exact mid-p"]
Level = Literal[80, 90, 95]

Z80, Z90, Z95 = 1.2815515655446004, 1.6448536269514722, 1.959963984540054
SMALL = 10  # a count under this gets 0.5 added on the log scale
EXACT_TOTAL = 50  # under this many in both periods the exact test is used, if phi allows
NEAR_ONE = 1.1  # a Poisson test at phi 1.1 errs 6.2% of the time for a nominal 5%
FEWEST = 20  # both periods together: under this nothing can be told
STABLE_PERCENT = 10.0
WIDEST = math.log(1.5)


@dataclass(frozen=True)
class Ratio:
    """The rate of the current period over the rate of the previous one.

    `ratio` is as observed: 0, inf and nan (0 over 0) occur, and every interval holds it.
    `percent` is the plain change of the counts that gets printed, None where the previous
    count is zero. `expected` is what the previous rate would have given in this period, so
    (x - expected) is the change in offences. `log_se` includes phi; `p` is two-sided.
    """

    ratio: float
    percent: float | None
    expected: float
    exposure: float
    phi: float
    log_se: float
    low80: float
    high80: float
    low90: float
    high90: float
    low95: float
    high95: float
    p: float
    method: Method

    def interval(self, level: Level = 95) -> tuple[float, float]:
        """Limits of `ratio`."""
        match level:
            case 80:
                return self.low80, self.high80
            case 90:
                return self.low90, self.high90
            case 95:
                return self.low95, self.high95

    def percent_interval(self, level: Level = 95) -> tuple[float, float]:
        """Limits of `percent`: of the change of counts, with the exposures as they were, so
        that they stand around the printed figure. The upper one may be inf."""
        low, high = self.interval(level)
        return 100 * (low * self.exposure - 1), 100 * (high * self.exposure - 1)


def compare_counts(x: float, y: float, m1: float, m2: float, phi: float = 1.0) -> Ratio:
    """Compare `x` offences in exposure `m1` (days x population) with `y` earlier ones in `m2`.

    log RR ± z sqrt(phi (1/x + 1/y)), with 0.5 added to both where a count is under 10. With
    phi near 1 and fewer than 50 in all, the mid-p version of the exact conditional test (x
    given x + y is binomial; Berry and Armitage 1995). A limit beside a count of zero runs to 0
    or infinity. `phi` under 1 counts as 1. Raises ValueError for what cannot be a count or an
    exposure.
    """
    if not all(math.isfinite(value) and value >= 0 for value in (x, y)):
        raise ValueError(f"counts must be finite and not negative: {x}, {y}")
    if not all(math.isfinite(value) and value > 0 for value in (m1, m2, phi)):
        raise ValueError(f"exposures and phi must be finite and positive: {m1}, {m2}, {phi}")
    phi = max(1.0, phi)
    exposure = m1 / m2
    observed = (x / y) / exposure if y else (math.inf if x else math.nan)
    percent = 100 * (x - y) / y if y else None
    added = 0.5 if min(x, y) < SMALL else 0.0
    log_ratio = math.log((x + added) / (y + added) / exposure)
    log_se = math.sqrt(phi * (1 / (x + added) + 1 / (y + added)))
    method: Method
    whole = float(x).is_integer() and float(y).is_integer()
    if phi < NEAR_ONE and x + y < EXACT_TOTAL and whole:
        method = "exact mid-p"
        p = _mid_p(x, x + y, exposure / (1 + exposure))
        limits = [_exact_limits(x, x + y, exposure, alpha) for alpha in (0.2, 0.1, 0.05)]
    else:
        method = "log ratio, 0.5 added" if added else "log ratio"
        p = float(2 * special.ndtr(-abs(log_ratio) / log_se))
        limits = [
            (
                math.exp(log_ratio - z * log_se) if x else 0.0,
                math.exp(log_ratio + z * log_se) if y else math.inf,
            )
            for z in (Z80, Z90, Z95)
        ]
    (low80, high80), (low90, high90), (low95, high95) = limits
    return Ratio(
        observed, percent, y * exposure, exposure, phi, log_se,
        low80, high80, low90, high90, low95, high95, p, method,
    )  # fmt: skip


def _above(x: float, n: float, share: float) -> float:
    """P(X > x) + P(X = x) / 2 for a binomial X."""
    upper = special.betainc(x + 1, n - x, share) if x < n else 0.0
    at_least = special.betainc(x, n - x + 1, share) if x > 0 else 1.0
    return float((upper + at_least) / 2)


def _mid_p(x: float, n: float, share: float) -> float:
    if n == 0:
        return 1.0
    above = _above(x, n, share)
    return float(min(1.0, 2 * min(above, 1 - above)))


def _exact_limits(x: float, n: float, exposure: float, alpha: float) -> tuple[float, float]:
    """Limits of the rate ratio: the shares at which one tail's mid-p is alpha / 2."""
    low, high = 0.0, 1.0
    if x > 0:
        low = optimize.brentq(lambda share: _above(x, n, share) - alpha / 2, 0.0, 1.0)
    if x < n:
        high = optimize.brentq(lambda share: _above(x, n, share) - 1 + alpha / 2, 0.0, 1.0)
    return (
        low / (1 - low) / exposure if low < 1 else math.inf,
        high / (1 - high) / exposure if high < 1 else math.inf,
    )


def judge(
    ratio: Ratio,
    x: float,
    y: float,
    *,
    material_percent: float = 5.0,
    material_count: float = 10,
    refused: bool = False,
) -> Verdict:
    """What the change means, decided in this order: refused by a break in comparability; too
    few to tell (x + y under 20); clear rise or fall (the 95% interval excludes no change and
    the change is material in per cent and in offences; significant but immaterial is no clear
    change); possible rise or fall (80% but not 95%); stable (90% interval inside ±10%); too
    few to tell (half the 95% interval is over ln 1.5); else no clear change.

    `x` and `y` are the counts that `ratio` was made from.
    """
    if refused:
        return "not comparable"
    if x + y < FEWEST:
        return "too few to tell"
    if ratio.low95 > 1 or ratio.high95 < 1:
        change = abs(x - ratio.expected)
        share = 100 * change / ratio.expected if ratio.expected else math.inf
        if change < material_count or share < material_percent:
            return "no clear change"
        return "clear rise" if ratio.low95 > 1 else "clear fall"
    if ratio.low80 > 1 or ratio.high80 < 1:
        return "possible rise" if ratio.low80 > 1 else "possible fall"
    within = STABLE_PERCENT / 100
    if ratio.low90 >= 1 - within and ratio.high90 <= 1 + within:
        return "stable"
    if ratio.low95 == 0 or math.log(ratio.high95 / ratio.low95) / 2 > WIDEST:
        return "too few to tell"
    return "no clear change"


@dataclass(frozen=True)
class Difference:
    """The change of a percentage, in percentage points. `current` and `previous` are the
    percentages, `base` and `previous_base` what they are percentages of; limits as in Ratio."""

    points: float
    current: float
    base: float
    previous: float
    previous_base: float
    phi: float
    low80: float
    high80: float
    low90: float
    high90: float
    low95: float
    high95: float
    p: float

    def interval(self, level: Level = 95) -> tuple[float, float]:
        """Limits of `points`."""
        match level:
            case 80:
                return self.low80, self.high80
            case 90:
                return self.low90, self.high90
            case 95:
                return self.low95, self.high95


def compare_percentages(p1: float, n1: float, p2: float, n2: float, phi: float = 1.0) -> Difference:
    """Compare `p1` per cent of `n1` (people asked, offences) with `p2` per cent of `n2` before.

    Limits by Newcombe's hybrid score method (1998, method 10) from Wilson's; `phi` is the
    overdispersion of an outcome rate or the design effect of a survey, and divides the bases.
    `p` is the pooled two-sided z test. Raises ValueError outside 0 to 100 and for a base that
    is not positive: a rate of outcomes over offences can exceed 100%, and is then not one.
    """
    if not all(0 <= p <= 100 for p in (p1, p2)):
        raise ValueError(f"percentages lie between 0 and 100: {p1}, {p2}")
    if not all(math.isfinite(n) and n > 0 for n in (n1, n2, phi)):
        raise ValueError(f"bases and phi must be finite and positive: {n1}, {n2}, {phi}")
    phi = max(1.0, phi)
    share1, share2 = p1 / 100, p2 / 100
    real1, real2 = n1 / phi, n2 / phi
    limits = []
    for level in (0.80, 0.90, 0.95):
        low1, high1 = rates.wilson(share1 * real1, real1, level)
        low2, high2 = rates.wilson(share2 * real2, real2, level)
        down = math.hypot(share1 - low1, high2 - share2)
        up = math.hypot(high1 - share1, share2 - low2)
        limits.append((100 * (share1 - share2 - down), 100 * (share1 - share2 + up)))
    (low80, high80), (low90, high90), (low95, high95) = limits
    both = (share1 * real1 + share2 * real2) / (real1 + real2)
    se = math.sqrt(both * (1 - both) * (1 / real1 + 1 / real2))
    p = float(2 * special.ndtr(-abs(share1 - share2) / se)) if se > 0 else 1.0
    return Difference(p1 - p2, p1, n1, p2, n2, phi, low80, high80, low90, high90, low95, high95, p)


def compare_outcomes(x1: float, n1: float, x2: float, n2: float, phi: float = 1.0) -> Difference:
    """`compare_percentages` for `x1` outcomes of `n1` offences against `x2` of `n2`."""
    if not (0 <= x1 <= n1 and 0 <= x2 <= n2 and n1 > 0 and n2 > 0):
        raise ValueError(f"outcomes are a part of offences: {x1} of {n1}, {x2} of {n2}")
    return compare_percentages(100 * x1 / n1, n1, 100 * x2 / n2, n2, phi)


def judge_difference(
    difference: Difference,
    *,
    material_percent: float = 5.0,
    material_count: float = 10,
    refused: bool = False,
) -> Verdict:
    """`judge` for percentages: the same order and the same thresholds, read on the smaller side.

    96% content is 4% not content, and the verdict must be the same whichever is asked about;
    so “5%” and “±10%” are parts of the smaller of the earlier percentage and its complement,
    “10 offences” are people or cases, and under 20 on either side is too few to tell.
    """
    if refused:
        return "not comparable"
    d = difference
    yes = d.current * d.base + d.previous * d.previous_base
    everyone = 100 * (d.base + d.previous_base)
    if min(yes, everyone - yes) / 100 < FEWEST:
        return "too few to tell"
    smaller = min(d.previous, 100 - d.previous)
    if d.low95 > 0 or d.high95 < 0:
        many = abs(d.points) / 100 * d.base >= material_count
        if not many or abs(d.points) < material_percent / 100 * smaller:
            return "no clear change"
        return "clear rise" if d.low95 > 0 else "clear fall"
    if d.low80 > 0 or d.high80 < 0:
        return "possible rise" if d.low80 > 0 else "possible fall"
    within = STABLE_PERCENT / 100 * smaller
    if d.low90 >= -within and d.high90 <= within:
        return "stable"
    overall = 100 * min(yes, everyone - yes) / everyone
    if (d.high95 - d.low95) / 2 > WIDEST * overall:
        return "too few to tell"
    return "no clear change"


def detectable_rise(
    count: float, power: float = 0.8, *, phi: float = 1.0, level: float = 0.95
) -> float:
    """The smallest rise, in per cent, that a comparison of two periods finds with `power` when
    the earlier one had `count`: the RR with log RR = (z + z_power) sqrt(phi (1/count + 1/(count
    RR))). 50 gives 65%, 100 44%, 500 18%, 1,000 13%."""
    if count <= 0:
        raise ValueError("a rise needs something to rise from")
    reach = float(special.ndtri((1 + level) / 2) + special.ndtri(power))

    def gap(log_rise: float) -> float:
        return log_rise - reach * math.sqrt(phi / count * (1 + math.exp(-log_rise)))

    most = reach * math.sqrt(2 * phi / count) + 1e-9
    return 100 * math.expm1(float(optimize.brentq(gap, 0.0, most)))


def wheeler_z(x: float, mean: float, *, phi: float = 1.0, periods: int | None = None) -> float:
    """Standard deviations between `x` and `mean`, on the square-root scale.

    With `periods` None the mean is known and this is Wheeler's 2 (sqrt x - sqrt mu), over
    sqrt(phi); where it is itself the average of `periods` observed counts, its own error
    belongs in: 2 (sqrt x - sqrt ybar) / sqrt(phi (1 + 1/k)).
    """
    if x < 0 or mean < 0 or phi <= 0 or (periods is not None and periods < 1):
        raise ValueError(f"not counts, a dispersion and a number of periods: {x}, {mean}")
    own = 0.0 if periods is None else 1 / periods
    return 2 * (math.sqrt(x) - math.sqrt(mean)) / math.sqrt(phi * (1 + own))
