"""Simulations of error rates: what each method claims, and what it does.

Every function is seeded, takes the number of repeats, and returns shares between 0 and 1 (or the
number that its name says). The tests in tests/simulation call them small; `python -m
tests.bench.simulations` runs them large and prints the table of docs/explanation/statistics.md.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from saferboard.analytics.stats import (
    change,
    control,
    dispersion,
    exceptions,
    peers,
    rag,
    rates,
)
from saferboard.analytics.stats.loglinear import month_days
from saferboard.analytics.stats.signals import OUTSIDE
from saferboard.vocabulary.verdict import Effect, effect

Floats = NDArray[np.float64]


def counts(generator: np.random.Generator, mean: Floats, phi: float) -> Floats:
    """Counts with that mean and variance phi x mean: Poisson or negative binomial."""
    if phi <= 1:
        return generator.poisson(mean).astype(float)
    return generator.negative_binomial(mean / (phi - 1), 1 / phi).astype(float)


def seasonal_mean(
    generator: np.random.Generator, repeats: int, months: int, mean: float, season: float
) -> tuple[Floats, int]:
    """Expected counts (repeats, months) with a season of random phase and real month lengths,
    and the ordinal of the first month."""
    first = 2018 * 12
    phase = generator.uniform(0, 2 * np.pi, (repeats, 1))
    wave = 1 + season * np.cos(2 * np.pi * np.arange(months) / 12 + phase)
    return mean * wave * month_days(first, months) / 30.4375, first


def poisson_test_false_alarms(phi: float, repeats: int, seed: int = 1) -> float:
    """How often a test that believes in Poisson finds a change where there is none, p < 0.05."""
    g = np.random.default_rng(seed)
    x, y = (counts(g, np.full(repeats, 400.0), phi) for _ in range(2))
    ps = [change.compare_counts(a, b, 1, 1).p for a, b in zip(x, y, strict=True)]
    return float(np.mean(np.array(ps) < 0.05))


def change_false_alarms(mean: float, phi: float, repeats: int, seed: int = 2) -> float:
    """The same for the test that knows phi."""
    g = np.random.default_rng(seed)
    x, y = (counts(g, np.full(repeats, mean), phi) for _ in range(2))
    ps = [change.compare_counts(a, b, 1, 1, phi).p for a, b in zip(x, y, strict=True)]
    return float(np.mean(np.array(ps) < 0.05))


def change_coverage(
    mean: float, phi: float, ratio: float, repeats: int, level: change.Level = 95, seed: int = 3
) -> float:
    """How often the interval of the ratio holds the true one; the periods differ in length."""
    g = np.random.default_rng(seed)
    y, x = counts(g, np.full(repeats, mean), phi), counts(g, np.full(repeats, mean * ratio), phi)
    inside = 0
    for a, b in zip(x, y, strict=True):
        low, high = change.compare_counts(a, b, 90, 92, phi).interval(level)
        inside += low <= ratio * 92 / 90 <= high
    return inside / repeats


def verdicts_without_change(repeats: int, phi: float = 1.5, seed: int = 4) -> dict[str, float]:
    """End to end on `repeats` families of eight series: phi estimated on 60 months and shrunk,
    the last quarter against the same a year before. Shares of verdicts when nothing changed."""
    g = np.random.default_rng(seed)
    given: dict[str, int] = {}
    for _ in range(repeats):
        mean, first = seasonal_mean(g, 8, 60, 150.0, 0.25)
        series = counts(g, mean, phi)
        family = dispersion.estimate_many(series, first)
        days = month_days(first, 60)
        for row, own in zip(series, family, strict=True):
            x, y = row[-3:].sum(), row[-15:-12].sum()
            ratio = change.compare_counts(
                x, y, days[-3:].sum(), days[-15:-12].sum(), dispersion.shrink(own, family)
            )
            verdict = change.judge(ratio, x, y)
            given[verdict] = given.get(verdict, 0) + 1
    return {verdict: number / (8 * repeats) for verdict, number in given.items()}


def power_at_detectable_rise(count: float, repeats: int, phi: float = 1.0, seed: int = 5) -> float:
    """How often the rise that `detectable_rise` names is found (p < 0.05); it says 80%."""
    g = np.random.default_rng(seed)
    factor = 1 + change.detectable_rise(count, phi=phi) / 100
    y, x = counts(g, np.full(repeats, count), phi), counts(g, np.full(repeats, count * factor), phi)
    ps = [change.compare_counts(a, b, 1, 1, phi).p for a, b in zip(x, y, strict=True)]
    return float(np.mean(np.array(ps) < 0.05))


def percentages_false_alarms(share: float, base: int, repeats: int, seed: int = 6) -> float:
    """How often the 95% interval of a difference of percentages excludes none."""
    g = np.random.default_rng(seed)
    x, y = (g.binomial(base, share, repeats) for _ in range(2))
    found = 0
    for a, b in zip(x, y, strict=True):
        low, high = change.compare_outcomes(a, base, b, base).interval(95)
        found += low > 0 or high < 0
    return found / repeats


def phi_errors(repeats: int, phi: float = 1.8, seed: int = 7) -> tuple[float, float, float]:
    """The mean of the raw phi over series of 60 months, and the root mean square error of phi by
    itself and shrunk to a family of eight with the same one."""
    g = np.random.default_rng(seed)
    own: list[float] = []
    shrunk: list[float] = []
    raw: list[float] = []
    for _ in range(repeats):
        mean, first = seasonal_mean(g, 8, 60, 120.0, 0.25)
        family = dispersion.estimate_many(counts(g, mean, phi), first)
        raw += [one.raw for one in family]
        own += [one.phi - phi for one in family]
        shrunk += [dispersion.shrink(one, family) - phi for one in family]
    return (
        float(np.mean(raw)),
        float(np.sqrt(np.mean(np.square(own)))),
        float(np.sqrt(np.mean(np.square(shrunk)))),
    )


def ten_percent_false_alarms(repeats: int, seed: int = 8) -> float:
    """How often “more than 10% off the same month last year” fires without any change (mean
    150, phi 2)."""
    g = np.random.default_rng(seed)
    x, y = (counts(g, np.full(repeats, 150.0), 2.0) for _ in range(2))
    return float(np.mean(np.abs(x / y - 1) > 0.1))


def raw_xmr_next_month(repeats: int, seed: int = 9) -> float:
    """How often a month lies outside a raw XmR chart of the 24 before it, with a 25% season."""
    g = np.random.default_rng(seed)
    mean, _ = seasonal_mean(g, repeats, 25, 150.0, 0.25)
    outside = 0
    for row in counts(g, mean, 2.0):
        chart = control.xmr(row[:-1])
        outside += not chart.lower[0] <= row[-1] <= chart.upper[0]
    return outside / repeats


def exception_rates(
    repeats: int, rise: float = 1.0, mean: float = 150.0, phi: float = 2.0, seed: int = 10
) -> tuple[float, float]:
    """Shares of months outside the 99.7% and the 95% limits when the month judged has `rise`
    times what is expected of it (25% season)."""
    g = np.random.default_rng(seed)
    expected, first = seasonal_mean(g, repeats, 61, mean, 0.25)
    first_months = range(first, first + 12)
    outer = watch = 0
    for start, rows in zip(first_months, np.array_split(np.arange(repeats), 12), strict=True):
        days = month_days(start, 61) / month_days(first, 61)
        means = expected[rows] * days
        means[:, -1] *= rise
        for judged in exceptions.judge_many(counts(g, means, phi), start, 1):
            outer += "exception" in judged[0].status
            watch += judged[0].status != "usual"
    return outer / repeats, watch / repeats


def xmr_signals(
    repeats: int, *, adjusted: bool, phi: float, season: float = 0.2, seed: int = 11
) -> tuple[float, float]:
    """Of stable series of 24 months (mean 150), the share with any signal by any rule, and the
    share of single months outside the limits."""
    g = np.random.default_rng(seed)
    mean, first = seasonal_mean(g, repeats, 24, 150.0, season)
    any_signal = outside = 0
    for row in counts(g, mean, phi):
        values = control.seasonally_adjusted(row, first) if adjusted else row
        found = control.xmr(values).signals
        any_signal += bool(found)
        outside += sum(rule == OUTSIDE for rule in found.values())
    return any_signal / repeats, outside / repeats / 24


def u_chart_outside(repeats: int, *, laney: bool, phi: float, seed: int = 12) -> float:
    """The share of months outside the limits of a u or a u′ chart without any change."""
    g = np.random.default_rng(seed)
    exposure = np.full(24, 1000.0)
    draw = control.laney_u if laney else control.u_chart
    outside = 0
    for row in counts(g, np.full((repeats, 24), 80.0), phi):
        outside += sum(rule == OUTSIDE for rule in draw(row, exposure).signals.values())
    return outside / repeats / 24


def rate_coverage(mean: float, phi: float, repeats: int, seed: int = 13) -> float:
    """How often the 95% interval of a rate holds the true one."""
    g = np.random.default_rng(seed)
    inside = 0
    for x in counts(g, np.full(repeats, mean), phi):
        found = rates.rate(x, 1000.0, phi=phi)
        inside += found.low <= mean <= found.high
    return inside / repeats


def wilson_coverage(share: float, base: int, repeats: int, seed: int = 14) -> float:
    """How often Wilson's 95% interval holds the true proportion."""
    g = np.random.default_rng(seed)
    limits = [rates.wilson(x, base) for x in g.binomial(base, share, repeats)]
    return float(np.mean([low <= share <= high for low, high in limits]))


def dobson_coverage(repeats: int, seed: int = 15) -> float:
    """How often Dobson's 95% interval holds the true standardised rate (five strata)."""
    g = np.random.default_rng(seed)
    people = np.array([4000.0, 9000, 7000, 5000, 2000])
    standard = np.array([10.0, 20, 30, 25, 15])
    true = np.array([0.0005, 0.002, 0.001, 0.003, 0.004])
    value = 1000 * float((standard / standard.sum() * true).sum())
    inside = 0
    for x in g.poisson(true * people, (repeats, 5)):
        found = rates.dobson(x, people, standard)
        inside += found.low <= value <= found.high
    return inside / repeats


def rank_coverage(
    repeats: int, phi: float = 1.0, spread: float = 0.3, seed: int = 16
) -> tuple[float, float]:
    """How often the likely range of 32 areas holds the true rank, and how wide it is, when
    true rates vary by `spread` (relative) and counts average 500."""
    g = np.random.default_rng(seed)
    inside, width = 0, 0
    for number in range(repeats):
        exposures = g.uniform(1e5, 4e5, 32)
        true = g.gamma(1 / spread**2, 0.002 * spread**2, 32)
        x = counts(g, true * exposures, phi)
        ranges = peers.rank_intervals(x, exposures, seed=number, phi=phi, draws=1000)
        for rank, likely in zip(peers.rank(true, "lower-is-better").ranks, ranges, strict=True):
            assert rank is not None and likely is not None
            inside += likely.low <= rank <= likely.high
            width += likely.high - likely.low
    return inside / repeats / 32, width / repeats / 32


def share_rank_coverage(
    repeats: int, base: int, spread: float = 0.06, seed: int = 21
) -> tuple[float, float]:
    """`rank_coverage` for 15 surveys of about `base` answers each, the true shares around 60%
    and `spread` apart."""
    g = np.random.default_rng(seed)
    inside, width = 0, 0
    for number in range(repeats):
        bases = g.integers(base // 2, 2 * base, 15)
        weight = 0.6 * 0.4 / spread**2 - 1
        true = g.beta(0.6 * weight, 0.4 * weight, 15)
        ranges = peers.share_rank_intervals(
            g.binomial(bases, true), bases, seed=number, polarity="higher-is-better", draws=1000
        )
        for rank, likely in zip(peers.rank(true, "higher-is-better").ranks, ranges, strict=True):
            assert rank is not None and likely is not None
            inside += likely.low <= rank <= likely.high
            width += likely.high - likely.low
    return inside / repeats / 15, width / repeats / 15


def funnel_of_shares_outside(repeats: int, seed: int = 19) -> tuple[float, float]:
    """The parts of 32 areas of one share, a tenth, outside the inner and the outer limits."""
    generator = np.random.default_rng(seed)
    inner = outer = 0
    for _ in range(repeats):
        totals = generator.uniform(500, 20000, 32).astype(int)
        places = peers.funnel_of_shares(generator.binomial(totals, 0.1), totals).places
        inner += sum(place != "within" for place in places)
        outer += sum(str(place).startswith("very") for place in places)
    return inner / (32 * repeats), outer / (32 * repeats)


def funnel_outside(repeats: int, spread: float, seed: int = 17) -> tuple[float, float]:
    """Shares of 32 areas outside the 95% and 99.8% limits when log rates vary by `spread`."""
    g = np.random.default_rng(seed)
    outer = inner = 0
    for _ in range(repeats):
        exposures = g.uniform(1e5, 4e5, 32)
        x = g.poisson(exposures * 0.004 * np.exp(g.normal(0, spread, 32)))
        places = peers.funnel(x, exposures).places
        inner += sum(place != "within" for place in places)
        outer += sum(str(place).startswith("very") for place in places)
    return inner / repeats / 32, outer / repeats / 32


def signs_amber(indicators: int, repeats: int, seed: int = 18) -> float:
    """How often the rating of 2017 is amber when nothing changes."""
    g = np.random.default_rng(seed)
    signs = g.choice([-1.0, 1.0], (repeats, indicators))
    ratings = [rag.by_signs(list(row), "lower-is-better")[0] for row in signs]
    return ratings.count("amber") / repeats


def verdict_ratings(indicators: int, repeats: int, seed: int = 19) -> dict[str, float]:
    """Shares of ratings from verdicts when nothing changes (mean 450 a quarter, phi 1.5)."""
    g = np.random.default_rng(seed)
    given: dict[str, int] = {}
    for _ in range(repeats):
        effects: list[Effect] = []
        pairs = counts(g, np.full((indicators, 2), 450.0), 1.5)
        for x, y in pairs:
            verdict = change.judge(change.compare_counts(x, y, 1, 1, 1.5), x, y)
            effects.append(effect(verdict, "lower-is-better"))
        rating = rag.rate(effects)[0]
        given[rating] = given.get(rating, 0) + 1
    return {rating: number / repeats for rating, number in given.items()}


def ward_ratios(repeats: int, seed: int = 20) -> tuple[float, float]:
    """Highest over lowest of 24 wards of identical risk with 120 robberies a year between
    them: median and mean; a ward without any counts as one."""
    g = np.random.default_rng(seed)
    drawn = g.multinomial(120, np.full(24, 1 / 24), repeats)
    ratio = drawn.max(1) / np.maximum(drawn.min(1), 1)
    return float(np.median(ratio)), float(ratio.mean())


def ward_differences_after_shrinking(repeats: int, seed: int = 21) -> float:
    """The same ratio after the wards' rates were drawn toward their average: median."""
    g = np.random.default_rng(seed)
    found = []
    for row in g.multinomial(120, np.full(24, 1 / 24), repeats):
        shrunk = peers.shrunk_rates(row.astype(float), np.full(24, 1.0))
        found.append(shrunk.max() / shrunk.min())
    return float(np.median(found))


@dataclass(frozen=True)
class Line:
    """A line of the table: what was simulated, what the methods state, how to measure it."""

    words: str
    stated: str
    measure: Callable[[], object]


LINES = (
    Line("Poisson test, phi 1.5, no change", "11%", lambda: poisson_test_false_alarms(1.5, 20000)),
    Line("Poisson test, phi 2.5, no change", "21%", lambda: poisson_test_false_alarms(2.5, 20000)),
    Line("our test, phi 1.5 known, mean 400", "5%", lambda: change_false_alarms(400, 1.5, 20000)),
    Line("our test, phi 2.5 known, mean 400", "5%", lambda: change_false_alarms(400, 2.5, 20000)),
    Line("our test, mid-p, mean 12", "5%", lambda: change_false_alarms(12, 1.0, 20000)),
    Line("95% interval of a ratio of 1.3", "95%", lambda: change_coverage(100, 1.5, 1.3, 20000)),
    Line("verdicts, no change, phi estimated", "-", lambda: verdicts_without_change(1000)),
    Line("power at the detectable rise, 50", "80%", lambda: power_at_detectable_rise(50, 20000)),
    Line("power at the detectable rise, 500", "80%", lambda: power_at_detectable_rise(500, 20000)),
    Line("Newcombe, 30% of 400", "5%", lambda: percentages_false_alarms(0.3, 400, 20000)),
    Line("phi 1.8: mean, error own, shrunk", "1.8", lambda: phi_errors(500)),
    Line("±10% on last year's month", "54%", lambda: ten_percent_false_alarms(50000)),
    Line("raw XmR, next month", "7%", lambda: raw_xmr_next_month(10000)),
    Line("exceptions, no change: 99.7%, 95%", "0.3%, 6.2%", lambda: exception_rates(20000)),
    Line("exceptions, +40% month", "55%, 86%", lambda: exception_rates(20000, 1.4)),
    Line(
        "exceptions, mean 5, no change",
        "under 0.3%, 5%",
        lambda: exception_rates(20000, mean=5.0, phi=1.3),
    ),
    Line(
        "raw XmR, 24 months, 20% season, phi 1",
        "97%",
        lambda: xmr_signals(5000, adjusted=False, phi=1.0),
    ),
    Line("the same, phi 2", "97%", lambda: xmr_signals(5000, adjusted=False, phi=2.0)),
    Line("the same, adjusted, phi 2", "-", lambda: xmr_signals(5000, adjusted=True, phi=2.0)),
    Line("u chart, phi 2: months outside", "-", lambda: u_chart_outside(4000, laney=False, phi=2)),
    Line("u′ chart, phi 2: months outside", "-", lambda: u_chart_outside(4000, laney=True, phi=2)),
    Line("rate, mean 5, phi 1", "95%", lambda: rate_coverage(5, 1.0, 20000)),
    Line("rate, mean 100, phi 2", "95%", lambda: rate_coverage(100, 2.0, 20000)),
    Line("Wilson, 10% of 60", "95%", lambda: wilson_coverage(0.1, 60, 20000)),
    Line("Dobson, 60 events in five strata", "95%", lambda: dobson_coverage(20000)),
    Line("true rank in its range, width", "95%", lambda: rank_coverage(500)),
    Line("the same, phi 2", "95%", lambda: rank_coverage(500, 2.0)),
    Line("15 surveys of 200: true rank, width", "95%", lambda: share_rank_coverage(300, 200)),
    Line("15 surveys of 1,500", "95%", lambda: share_rank_coverage(300, 1500)),
    Line("funnel, no spread: 95%, 99.8%", "5%, 0.2%", lambda: funnel_outside(1000, 0.0)),
    Line("funnel of shares: 95%, 99.8%", "5%, 0.2%", lambda: funnel_of_shares_outside(1000)),
    Line("funnel, spread 20%", "5%, 0.2%", lambda: funnel_outside(1000, 0.2)),
    Line("signs: amber of 12, no change", "99.7%", lambda: signs_amber(12, 50000)),
    Line("verdicts: ratings of 12, no change", "-", lambda: verdict_ratings(12, 3000)),
    Line("24 equal wards: median, mean ratio", "8.8", lambda: ward_ratios(20000)),
    Line("the same, shrunk: median", "-", lambda: ward_differences_after_shrinking(2000)),
)


def words(value: object) -> str:
    """A measured value with three figures."""
    match value:
        case dict():
            ordered = sorted(value.items(), key=lambda item: -item[1])
            return ", ".join(f"{key} {share:.1%}" for key, share in ordered)
        case tuple():
            return ", ".join(f"{each:.4g}" for each in value)
        case _:
            return f"{value:.4g}"


def main() -> None:
    """Print the whole table; some minutes."""
    for line in LINES:
        print(f"{line.words:42} {line.stated:16} {words(line.measure())}", flush=True)


if __name__ == "__main__":
    main()
