"""Rates: published limits and scipy as a second opinion."""

import math
from collections.abc import Callable

import numpy as np
import pytest
from scipy import stats

from saferboard.analytics.stats import rates


@pytest.mark.parametrize(
    ("x", "low", "high"),
    [(0, 0, 3.689), (1, 0.0253, 5.572), (5, 1.623, 11.668), (10, 4.795, 18.39)],
)
def test_exact_limits_are_those_of_the_tables(x: int, low: float, high: float) -> None:
    """Garwood (1936), as tabulated in Breslow and Day (1987), table 2.10."""
    assert rates.exact_poisson(x) == pytest.approx((low, high), abs=0.005)


@pytest.mark.parametrize("x", [5, 10, 50, 488, 12_000])
def test_byar_is_close_to_exact(x: int) -> None:
    exact = (stats.chi2.ppf(0.025, 2 * x) / 2, stats.chi2.ppf(0.975, 2 * x + 2) / 2)
    assert rates.byar(x) == pytest.approx(exact, rel=0.01)


def test_the_interval_is_exact_below_ten_and_byar_from_ten_on() -> None:
    assert rates.poisson_interval(9) == rates.exact_poisson(9)
    assert rates.poisson_interval(10) == rates.byar(10)
    assert rates.byar(0)[0] == 0


@pytest.mark.parametrize(
    ("x", "n", "low", "high"),
    [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_wilson_gives_newcombes_table(x: int, n: int, low: float, high: float) -> None:
    """Newcombe (1998), Statistics in Medicine 17, 857-872, table I, method 3."""
    assert rates.wilson(x, n) == pytest.approx((low, high), abs=5e-5)


def test_widening_multiplies_the_reach_and_keeps_within_bounds() -> None:
    assert rates.widened(10, 8, 13, 4) == (6, 16)
    assert rates.widened(1, 0.2, 3, 9) == (0, 7)
    assert rates.widened(0.9, 0.8, 0.95, 9, ceiling=1.0) == pytest.approx((0.6, 1.0))
    assert rates.widened(10, 8, 13, 0.5) == (8, 13)


def test_a_rate_is_per_so_many_and_its_limits_widen_with_phi() -> None:
    plain = rates.rate(1861, 149_000, 1000)
    assert plain.value == pytest.approx(12.49, abs=0.005)
    wide = rates.rate(1861, 149_000, 1000, phi=4)
    assert wide.high - wide.value == pytest.approx(2 * (plain.high - plain.value))


def test_a_percentage_carries_wilson_limits() -> None:
    found = rates.percentage(81, 263)
    assert (found.value, found.low, found.high) == pytest.approx((30.8, 25.53, 36.62), abs=0.01)


@pytest.mark.parametrize(
    "call",
    [
        lambda: rates.rate(5, 0),
        lambda: rates.rate(-5, 100),
        lambda: rates.wilson(5, 4),
        lambda: rates.percentage(0, 0),
        lambda: rates.byar(5, 1.5),
        lambda: rates.dobson([1], [10, 20], [1, 2]),
        lambda: rates.dobson([1, 2], [10, 0], [1, 2]),
    ],
)
def test_what_has_no_rate_is_refused(call: Callable[[], object]) -> None:
    with pytest.raises(ValueError, match=r"\w+"):
        call()


def test_dobson_against_a_naive_sum() -> None:
    counts, people, standard = [12, 30, 7], [4000, 9000, 2000], [10, 20, 5]
    value = sum(w / 35 * x / n for x, n, w in zip(counts, people, standard, strict=True))
    variance = sum(
        (w / 35) ** 2 * x / n**2 for x, n, w in zip(counts, people, standard, strict=True)
    )
    low, high = rates.byar(49)
    found = rates.dobson(counts, people, standard)
    assert found.value == pytest.approx(1000 * value)
    assert found.low == pytest.approx(1000 * (value + math.sqrt(variance / 49) * (low - 49)))
    assert found.high == pytest.approx(1000 * (value + math.sqrt(variance / 49) * (high - 49)))


def test_with_one_stratum_dobson_is_the_plain_rate() -> None:
    plain = rates.rate(49, 15_000)
    found = rates.dobson([49], [15_000], [3])
    assert (found.value, found.low, found.high) == pytest.approx(
        (plain.value, plain.low, plain.high)
    )


def test_dobson_without_events_still_has_an_upper_limit() -> None:
    found = rates.dobson(np.zeros(2), [1000, 4000], [1, 1])
    assert found.value == found.low == 0
    assert found.high == pytest.approx(1000 * 3.689 * 0.5 / 1000, abs=0.001)
