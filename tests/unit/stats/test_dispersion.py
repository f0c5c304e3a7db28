"""Dispersion: statsmodels' GLM as oracle, limma's published shrinkage as a second one."""

import numpy as np
import pytest
import statsmodels.api as sm

from saferboard.analytics.stats import loglinear
from saferboard.analytics.stats.dispersion import (
    ASSUMED,
    NOTHING,
    Dispersion,
    choose,
    estimate,
    estimate_many,
    pooled,
    shrink,
)

FIRST = 2018 * 12  # January 2018


def seasonal(seed: int, months: int, mean: float = 120.0, phi: float = 2.0) -> np.ndarray:
    generator = np.random.default_rng(seed)
    expected = mean * (1 + 0.25 * np.cos(2 * np.pi * np.arange(months) / 12))
    return generator.negative_binomial(expected / (phi - 1), 1 / phi).astype(float)


def oracle(counts: np.ndarray, first: int, keep: np.ndarray) -> sm.GLM:
    """A quasi-Poisson GLM with its own design, built without loglinear."""
    t = np.arange(len(counts))
    year = 2 * np.pi * ((first + t) % 12) / 12
    columns = np.column_stack(
        [np.ones(len(t)), t, np.sin(year), np.cos(year), np.sin(2 * year), np.cos(2 * year)]
    )
    days = loglinear.month_days(first, len(counts))
    return sm.GLM(
        counts[keep], columns[keep], family=sm.families.Poisson(), offset=np.log(days[keep])
    ).fit(scale="X2", tol=1e-12)


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("mean", [3.0, 120.0, 5000.0])
def test_phi_is_that_of_statsmodels(seed: int, mean: float) -> None:
    counts = seasonal(seed, 60, mean)
    fitted = oracle(counts, FIRST, np.full(60, True))
    found = estimate(counts, FIRST, window=60)
    assert found.raw == pytest.approx(fitted.scale, rel=1e-6)
    assert (found.df, found.months) == (54, 60)


def test_missing_months_are_left_out_and_only_the_window_is_used() -> None:
    counts = seasonal(1, 90)
    counts[[40, 70]] = np.nan
    keep = ~np.isnan(counts)
    keep[:28] = False  # 60 months with a count remain
    assert keep.sum() == 60
    found = estimate(counts, FIRST, window=60)
    assert found.raw == pytest.approx(oracle(counts, FIRST, keep).scale, rel=1e-6)
    assert estimate(counts, FIRST).months == 36


def test_many_series_at_once_give_what_one_at_a_time_gives() -> None:
    many = np.array([seasonal(seed, 72) for seed in range(6)])
    many[2, 10:60] = np.nan
    together = estimate_many(many, FIRST)
    assert [one.raw for one in together] == pytest.approx(
        [estimate(row, FIRST).raw for row in many], rel=1e-6
    )
    assert not np.isnan(together[2].raw)


def test_phi_is_never_under_one_but_the_raw_value_is_kept_for_pooling() -> None:
    regular = estimate(np.full(48, 100.0), FIRST)
    assert regular.raw < 1
    assert regular.phi == 1.0


@pytest.mark.parametrize("counts", [np.zeros(60), np.full(60, np.nan), np.full(11, 5.0)])
def test_nothing_is_estimated_from_nothing(counts: np.ndarray) -> None:
    found = estimate(counts, FIRST)
    assert np.isnan(found.raw)
    assert not found.enough


def test_a_sparse_series_has_its_average_and_no_season() -> None:
    """Fewer than 30 offences: one term is fitted, as a hand-made average would."""
    counts = np.zeros(36)
    counts[6::12] = 2
    found = estimate(counts, FIRST)
    days = loglinear.month_days(FIRST, 36)
    mean = 6 * days / days.sum()
    assert found.df == 35
    assert found.raw == pytest.approx(((counts - mean) ** 2 / mean).sum() / 35, rel=1e-6)


def test_offences_of_one_season_only_stay_finite() -> None:
    counts = np.zeros(36)
    counts[10::12] = [14.0, 17.0, 15.0]
    assert np.isfinite(estimate(counts, FIRST).raw)


def test_a_negative_count_is_refused() -> None:
    with pytest.raises(ValueError, match="negative"):
        estimate(np.array([-1.0] * 40), FIRST)


def test_pooling_weighs_by_degrees_of_freedom_and_ignores_what_has_none() -> None:
    many = [Dispersion(2.0, 30, 36), Dispersion(1.2, 10, 16), NOTHING]
    assert pooled(many) == pytest.approx((60 + 12) / 40)
    assert pooled([Dispersion(0.5, 30, 36)]) == 1.0
    assert np.isnan(pooled([NOTHING]))


def test_a_family_that_does_not_differ_more_than_chance_takes_over() -> None:
    family = [Dispersion(value, 54, 60) for value in (1.50, 1.52, 1.48, 1.51)]
    assert shrink(Dispersion(3.0, 54, 60), family) == pytest.approx(pooled(family))


def test_a_family_that_differs_widely_leaves_a_series_nearly_its_own() -> None:
    family = [Dispersion(value, 54, 60) for value in (1.0, 2.0, 5.0, 12.0, 30.0)]
    assert shrink(Dispersion(5.0, 54, 60), family) == pytest.approx(5.0, rel=0.05)


def test_shrinking_recovers_a_known_prior() -> None:
    """phi drawn from a scaled inverse chi-squared with 10 degrees of freedom around 1.6: the
    weights of own and family must be 54 to about 10."""
    generator = np.random.default_rng(7)
    true = 1.6 * 10 / generator.chisquare(10, 4000)
    raw = true * generator.chisquare(54, 4000) / 54
    family = [Dispersion(float(value), 54, 60) for value in raw]
    for own in (1.2, 4.0):
        expected = (10 * 1.6 + 54 * own) / 64
        assert shrink(Dispersion(own, 54, 60), family) == pytest.approx(expected, rel=0.03)


def test_two_relatives_weigh_as_much_as_one_series() -> None:
    family = [Dispersion(1.0, 54, 60), Dispersion(2.0, 54, 60)]
    assert shrink(Dispersion(3.0, 54, 60), family) == pytest.approx((1.5 + 3.0) / 2)
    assert shrink(Dispersion(3.0, 54, 60), []) == 3.0


def test_the_choice_says_where_phi_comes_from() -> None:
    own = Dispersion(3.0, 54, 60)
    short = Dispersion(3.0, 18, 24)
    assert choose(own, []).basis == "own"
    shared = choose(short, [own], [Dispersion(1.4, 18, 24), Dispersion(1.6, 18, 24)])
    assert (shared.basis, shared.phi) == ("pooled", pytest.approx(1.5))
    assumed = choose(short, [own])
    assert (assumed.basis, assumed.phi) == ("assumed", ASSUMED)
    assert "assumed" in assumed.words
