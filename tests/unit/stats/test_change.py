"""Change between two periods: published values, scipy as a second opinion, the verdict's order."""

import math

import numpy as np
import pytest
from scipy import stats

from saferboard.analytics.stats.change import (
    compare_counts,
    compare_outcomes,
    compare_percentages,
    detectable_rise,
    judge,
    judge_difference,
    wheeler_z,
)


def verdict(x: float, y: float, phi: float = 1.0, **options: float) -> str:
    return judge(compare_counts(x, y, 1, 1, phi), x, y, **options)


@pytest.mark.parametrize(("phi", "p"), [(1.0, 0.0208), (1.5, 0.0591), (2.0, 0.1022)])
def test_488_after_563_is_13_percent_and_p_depends_on_phi(phi: float, p: float) -> None:
    change = compare_counts(488, 563, 92, 92, phi)
    assert change.percent == pytest.approx(-13.3, abs=0.05)
    assert change.p == pytest.approx(p, abs=5e-4)


def test_the_exact_p_of_488_after_563_is_the_published_022() -> None:
    assert stats.binomtest(488, 488 + 563, 0.5).pvalue == pytest.approx(0.022, abs=6e-4)


def test_the_interval_is_the_formula() -> None:
    change = compare_counts(120, 100, 366 * 389_000, 365 * 385_000, 2.0)
    log_ratio = math.log((120 / (366 * 389_000)) / (100 / (365 * 385_000)))
    reach = 1.959964 * math.sqrt(2 * (1 / 120 + 1 / 100))
    assert change.interval(95) == pytest.approx(
        (math.exp(log_ratio - reach), math.exp(log_ratio + reach))
    )
    assert change.method == "log ratio"


def test_the_printed_percentage_lies_in_the_interval_printed_beside_it() -> None:
    change = compare_counts(120, 100, 366 * 389_000, 365 * 385_000, 2.0)
    low, high = change.percent_interval()
    assert low < change.percent < high
    assert low == pytest.approx(100 * (change.low95 * change.exposure - 1))


@pytest.mark.parametrize(("x", "y"), [(3, 12), (0, 7), (7, 0), (20, 25), (1, 1), (0, 0)])
def test_small_counts_use_the_exact_mid_p_of_a_naive_binomial(x: int, y: int) -> None:
    m1, m2 = 92.0, 90.0
    change = compare_counts(x, y, m1, m2)
    null = stats.binom(x + y, m1 / (m1 + m2))
    half = null.pmf(x) / 2
    expected = min(1.0, 2 * min(null.cdf(x - 1) + half, null.sf(x) + half)) if x + y else 1.0
    assert change.method == "exact mid-p"
    assert change.p == pytest.approx(expected)
    for limit, tail in ((change.low95, 0.025), (change.high95, 0.975)):
        if 0 < limit < math.inf:
            at = stats.binom(x + y, limit * m1 / (limit * m1 + m2))
            assert at.sf(x) + at.pmf(x) / 2 == pytest.approx(tail, abs=1e-6)


def test_a_count_under_ten_gets_half_added_where_the_exact_test_does_not_apply() -> None:
    change = compare_counts(4, 12, 1, 1, 2.0)
    assert change.method == "log ratio, 0.5 added"
    assert change.log_se == pytest.approx(math.sqrt(2 * (1 / 4.5 + 1 / 12.5)))
    middle = math.sqrt(change.low95 * change.high95)
    assert middle == pytest.approx(4.5 / 12.5)


def test_zero_before_has_no_percentage_and_no_upper_limit() -> None:
    change = compare_counts(12, 0, 1, 1, 1.5)
    assert change.percent is None
    assert change.high95 == math.inf
    assert compare_counts(0, 12, 1, 1, 1.5).low95 == 0


@pytest.mark.parametrize(
    "values", [(-1, 2, 1, 1), (1, math.nan, 1, 1), (1, 2, 0, 1), (1, 2, 1, math.inf)]
)
def test_what_is_no_count_or_no_exposure_is_refused(values: tuple[float, ...]) -> None:
    with pytest.raises(ValueError, match="must be finite"):
        compare_counts(*values)


@pytest.mark.parametrize(
    ("x", "y", "phi", "expected"),
    [
        (19, 0, 1.0, "too few to tell"),  # fewer than 20 in all comes before clear
        (20, 0, 1.0, "clear rise"),
        (0, 20, 1.0, "clear fall"),
        (488, 563, 1.0, "clear fall"),
        (488, 563, 1.5, "possible fall"),
        (251, 194, 1.5, "clear rise"),
        (104_000, 100_000, 1.0, "no clear change"),  # significant, but under 5%
        (2368, 2326, 1.5, "stable"),
        (579, 576, 3.0, "no clear change"),
        (25, 28, 1.0, "too few to tell"),  # an interval too wide to say anything
        (200, 190, 2.0, "no clear change"),
    ],
)
def test_verdicts(x: float, y: float, phi: float, expected: str) -> None:
    assert verdict(x, y, phi) == expected


def test_a_break_refuses_whatever_the_counts() -> None:
    assert judge(compare_counts(0, 900, 1, 1), 0, 900, refused=True) == "not comparable"


def test_materiality_is_a_setting_and_needs_both_parts() -> None:
    assert verdict(10, 30) == "clear fall"
    assert verdict(10, 30, material_count=21) == "no clear change"
    assert verdict(488, 563, material_percent=14) == "no clear change"


def test_materiality_reads_the_change_of_rate_not_of_counts() -> None:
    """Twice the days and twice the offences: nothing changed."""
    assert judge(compare_counts(2000, 1000, 182, 91), 2000, 1000) == "stable"


@pytest.mark.parametrize(("count", "rise"), [(50, 65), (100, 44), (500, 18.5), (1000, 13)])
def test_detectable_rise_gives_the_numbers_of_the_glossary(count: int, rise: float) -> None:
    assert detectable_rise(count) == pytest.approx(rise, abs=0.5)


def test_detectable_rise_solves_its_equation_with_phi() -> None:
    rise = 1 + detectable_rise(200, 0.9, phi=1.5) / 100
    se = math.sqrt(1.5 * (1 / 200 + 1 / (200 * rise)))
    assert math.log(rise) / se == pytest.approx(stats.norm.ppf(0.975) + stats.norm.ppf(0.9))


def test_wheeler_z_counts_the_error_of_an_observed_mean() -> None:
    assert wheeler_z(144, 100) == pytest.approx(4.0)
    assert wheeler_z(144, 100, phi=2, periods=1) == pytest.approx(2.0)
    assert wheeler_z(144, 100, periods=3) == pytest.approx(4 / math.sqrt(4 / 3))


@pytest.mark.parametrize(
    ("a", "m", "b", "n", "low", "high"),
    [
        (56, 70, 48, 80, 0.0524, 0.3339),
        (9, 10, 3, 10, 0.1705, 0.8090),
        (6, 7, 2, 7, 0.0582, 0.8062),
        (5, 56, 0, 29, -0.0381, 0.1926),
        (0, 10, 0, 20, -0.1611, 0.2775),
        (10, 10, 0, 20, 0.6791, 1.0000),
    ],
)
def test_differences_of_proportions_are_newcombes_table_2(
    a: int, m: int, b: int, n: int, low: float, high: float
) -> None:
    """Newcombe (1998), Statistics in Medicine 17, 873-890, table II, method 10."""
    difference = compare_outcomes(a, m, b, n)
    assert difference.interval(95) == pytest.approx((100 * low, 100 * high), abs=0.006)


def test_the_p_of_two_percentages_is_the_pooled_z_test() -> None:
    difference = compare_percentages(28, 784, 35, 764)
    table = np.array([[0.28 * 784, 0.72 * 784], [0.35 * 764, 0.65 * 764]])
    assert difference.p == pytest.approx(stats.chi2_contingency(table, correction=False).pvalue)
    assert difference.points == pytest.approx(-7)


@pytest.mark.parametrize(
    ("now", "before", "base", "expected"),
    [
        (28, 35, 784, "clear fall"),
        (67, 66, 400, "no clear change"),
        (67, 66, 4000, "stable"),
        (60, 56, 500, "possible rise"),
        (3, 1, 400, "too few to tell"),
        (20, 22, 60, "too few to tell"),
        (100, 0, 30, "clear rise"),
    ],
)
def test_verdicts_on_percentages(now: float, before: float, base: float, expected: str) -> None:
    assert judge_difference(compare_percentages(now, base, before, base)) == expected


def test_a_percentage_over_a_hundred_is_refused() -> None:
    with pytest.raises(ValueError, match="between 0 and 100"):
        compare_percentages(120, 50, 90, 50)
    with pytest.raises(ValueError, match="part of offences"):
        compare_outcomes(12, 10, 3, 10)
