"""Monthly exceptions: a naive second implementation of Farrington's algorithm, and its edges."""

import numpy as np
import pytest
import statsmodels.api as sm
from scipy import stats

from saferboard.analytics.stats.exceptions import (
    chance,
    count_quantiles,
    judge_many,
    judge_months,
    power_limits,
)
from saferboard.analytics.stats.loglinear import month_days

FIRST = 2017 * 12


def series(seed: int, months: int = 72, mean: float = 150.0, phi: float = 2.0) -> np.ndarray:
    generator = np.random.default_rng(seed)
    expected = mean * (1 + 0.25 * np.cos(2 * np.pi * np.arange(months) / 12))
    return generator.negative_binomial(expected / (phi - 1), 1 / phi).astype(float)


def naive(counts: np.ndarray, first: int) -> tuple[float, float, float]:
    """The last month's expectation and 99.7% limits, written from the papers with statsmodels."""
    t = np.arange(len(counts))
    a = 2 * np.pi * ((first + t) % 12) / 12
    x = np.column_stack([np.ones(len(t)), t, np.sin(a), np.cos(a), np.sin(2 * a), np.cos(2 * a)])
    offset = np.log(month_days(first, len(counts)))
    past = [i for i in t[:-1] if not np.isnan(counts[i])][-60:]
    y, design, log_days = counts[past], x[past], offset[past]
    weights = np.ones(len(past))
    for _ in range(2):
        model = sm.GLM(
            y, design, family=sm.families.Poisson(), offset=log_days, var_weights=weights
        ).fit(tol=1e-12)
        mu = model.fittedvalues
        phi = max(1.0, (weights * (y - mu) ** 2 / mu).sum() / (len(y) - 6))
        final, final_phi = model, phi
        hat = model.get_influence().hat_matrix_diag
        anscombe = 1.5 * (y ** (2 / 3) - mu ** (2 / 3)) / mu ** (1 / 6) / np.sqrt(phi * (1 - hat))
        weights = np.where(anscombe > 2.58, anscombe**-2.0, 1.0)
        weights *= len(weights) / weights.sum()
    mean = float(np.exp(x[-1] @ final.params + offset[-1]))
    covariance = final.cov_params() / final.scale
    tau = final_phi + final_phi * mean * float(x[-1] @ covariance @ x[-1])
    reach = 3 * np.sqrt(4 / 9 * mean ** (1 / 3) * tau)
    return mean, max(0.0, mean ** (2 / 3) - reach) ** 1.5, (mean ** (2 / 3) + reach) ** 1.5


@pytest.mark.parametrize("seed", range(4))
def test_expectation_and_limits_are_those_of_a_naive_implementation(seed: int) -> None:
    counts = series(seed)
    counts[[25, 50]] *= 2.2  # spikes that must be weighted down
    counts[30] = np.nan
    judged = judge_months(counts, FIRST, last=1)[0]
    assert (judged.expected, judged.lower997, judged.upper997) == pytest.approx(
        naive(counts, FIRST), rel=1e-4
    )


def test_a_status_does_not_depend_on_how_many_months_are_judged() -> None:
    counts = series(3, 90)
    many, few = judge_months(counts, FIRST, last=12)[-3:], judge_months(counts, FIRST, last=3)
    assert [one.status for one in many] == [one.status for one in few]
    assert [one.upper997 for one in many] == pytest.approx([one.upper997 for one in few], rel=1e-6)


def test_many_series_at_once_give_what_one_at_a_time_gives() -> None:
    many = np.array([series(seed, 70) for seed in range(4)])
    many[1, 5:20] = np.nan
    for row, judged in zip(many, judge_many(many, FIRST), strict=True):
        for one, other in zip(judge_months(row, FIRST), judged, strict=True):
            assert one.status == other.status
            assert one.upper997 == pytest.approx(other.upper997, rel=1e-6)


def test_a_month_far_over_is_an_exception_and_its_mirror_too() -> None:
    counts = series(5)
    expected = judge_months(counts, FIRST, last=1)[0].expected
    for factor, status in ((1.9, "exception high"), (0.3, "exception low"), (1.0, "usual")):
        changed = counts.copy()
        changed[-1] = round(factor * expected)
        assert judge_months(changed, FIRST, last=1)[0].status == status


def test_between_the_limits_of_95_and_997_is_watch() -> None:
    counts = series(5)
    judged = judge_months(counts, FIRST, last=1)[0]
    counts[-1] = np.floor(judged.upper997)
    assert judge_months(counts, FIRST, last=1)[0].status == "watch high"
    counts[-1] = np.ceil(judged.lower997)
    assert judge_months(counts, FIRST, last=1)[0].status == "watch low"


def test_a_past_spike_hardly_moves_the_limits() -> None:
    counts = series(8)
    before = judge_months(counts, FIRST, last=1)[0]
    counts[40] *= 3
    after = judge_months(counts, FIRST, last=1)[0]
    assert after.expected == pytest.approx(before.expected, rel=0.03)


def test_a_missing_month_is_missing_and_not_zero() -> None:
    counts = series(2)
    counts[-2] = np.nan
    judged = judge_months(counts, FIRST, last=3)
    assert [month.status == "missing" for month in judged] == [False, True, False]
    assert judged[1].expected > 50


def test_a_short_series_is_not_judged() -> None:
    judged = judge_months(series(1, 38), FIRST, last=3)
    assert [month.status for month in judged[:1]] == ["not judged"]
    assert judged[1].status != "not judged"
    assert [m.status for m in judge_months(np.array([4.0, 5.0]), FIRST)] == ["not judged"] * 2


def test_under_a_mean_of_ten_the_limits_are_negative_binomial_quantiles() -> None:
    counts = series(4, 61, mean=4.0)
    judged = judge_months(counts, FIRST, last=1)[0]
    assert judged.expected < 10
    assert float(judged.upper997).is_integer()
    assert judged.lower997 == 0


@pytest.mark.parametrize("excess", [1.0, 1.3, 4.0])
@pytest.mark.parametrize("mean", [0.2, 3.0, 9.9])
def test_count_quantiles_are_scipys(mean: float, excess: float) -> None:
    law = stats.nbinom(mean / (excess - 1), 1 / excess) if excess > 1 else stats.poisson(mean)
    for low, high in ((0.025, 0.975), (0.0015, 0.9985)):
        assert count_quantiles(mean, excess, low, high) == (law.ppf(low), law.ppf(high))


def test_power_limits_never_fall_under_zero() -> None:
    low, high = power_limits(12.0, 6.0, 3.0)
    assert low == 0
    assert high > 12


@pytest.mark.parametrize(
    ("count", "status"), [(0, "usual"), (1, "watch high"), (2, "exception high")]
)
def test_the_first_offence_in_five_years_is_watched_and_two_are_an_exception(
    count: int, status: str
) -> None:
    counts = np.zeros(61)
    counts[-1] = count
    assert judge_months(counts, FIRST, last=1)[0].status == status


def test_under_thirty_offences_the_expectation_is_the_average() -> None:
    counts = np.zeros(61)
    counts[[3, 17, 30, 31, 52]] = 2
    judged = judge_months(counts, FIRST, last=1)[0]
    days = month_days(FIRST, 61)
    assert judged.expected == pytest.approx(10 * days[-1] / days[:60].sum(), rel=0.02)


@pytest.mark.parametrize("mean", [0.02, 0.3, 0.6])
def test_rare_offences_with_empty_seasons_are_judged_at_once(mean: float) -> None:
    """Seasons in which nothing happened once sent the fit to infinity, and the search for its
    quantiles with it (found on 14 years of rare offences in the real files)."""
    generator = np.random.default_rng(1)
    season = np.where(np.arange(165) % 12 < 5, 2.0, 0.0)
    for judged in judge_many(generator.poisson(mean * season, (40, 165)), FIRST):
        for month in judged:
            assert 0 < month.expected < 30
            assert month.upper95 <= month.upper997 < 1000


def test_chance_is_five_in_a_thousand_of_all_that_was_looked_at() -> None:
    assert chance(40, 3) == pytest.approx(0.6)
    with pytest.raises(ValueError, match="negative"):
        chance(-1, 3)
