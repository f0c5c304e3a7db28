"""The error rates that the methods state, each measured by a small seeded simulation. The seeds are
fixed, so a failure is a change of the method and never bad luck; the large versions are in
tests/bench/simulations.py."""

import pytest
from tests.bench import simulations as sim

from saferboard.analytics.stats import exceptions

pytestmark = pytest.mark.simulation


@pytest.mark.parametrize(("phi", "stated"), [(1.0, 0.05), (1.5, 0.11), (2.5, 0.21)])
def test_a_poisson_test_fires_too_often_where_counts_are_overdispersed(
    phi: float, stated: float
) -> None:
    assert sim.poisson_test_false_alarms(phi, 4000) == pytest.approx(stated, abs=0.015)


@pytest.mark.parametrize(("mean", "phi"), [(400, 1.0), (400, 1.5), (400, 2.5), (60, 1.5)])
def test_the_test_that_knows_phi_fires_one_time_in_twenty(mean: float, phi: float) -> None:
    assert sim.change_false_alarms(mean, phi, 4000) == pytest.approx(0.05, abs=0.012)


def test_the_exact_mid_p_of_small_counts_keeps_to_five_per_cent() -> None:
    assert 0.03 < sim.change_false_alarms(12, 1.0, 3000) < 0.06


@pytest.mark.parametrize("mean", [8, 100])
@pytest.mark.parametrize(("level", "share"), [(80, 0.80), (90, 0.90), (95, 0.95)])
def test_intervals_hold_the_true_ratio_as_often_as_they_say(
    level: int, share: float, mean: float
) -> None:
    found = sim.change_coverage(mean, 1.5, 1.3, 3000, level=level)
    assert share - 0.02 < found < share + 0.045  # 0.5 added makes small counts a little wide


def test_clear_verdicts_without_a_change_are_rare_end_to_end() -> None:
    given = sim.verdicts_without_change(120)
    clear = given.get("clear rise", 0) + given.get("clear fall", 0)
    possible = given.get("possible rise", 0) + given.get("possible fall", 0)
    assert 0.02 < clear < 0.07
    assert 0.10 < possible < 0.20
    assert given["no clear change"] > 0.7


@pytest.mark.parametrize("count", [50, 500])
def test_the_detectable_rise_is_found_four_times_in_five(count: float) -> None:
    assert sim.power_at_detectable_rise(count, 4000) == pytest.approx(0.8, abs=0.025)


def test_a_difference_of_percentages_keeps_to_five_per_cent() -> None:
    assert sim.percentages_false_alarms(0.3, 400, 3000) == pytest.approx(0.05, abs=0.012)


def test_phi_is_estimated_without_bias_and_better_when_shrunk() -> None:
    mean, own, shrunk = sim.phi_errors(60)
    assert mean == pytest.approx(1.8, abs=0.06)
    assert shrunk < 0.6 * own


def test_ten_per_cent_on_last_years_month_fires_more_often_than_not() -> None:
    assert sim.ten_percent_false_alarms(8000) == pytest.approx(0.54, abs=0.015)


def test_a_raw_xmr_chart_takes_the_season_for_news() -> None:
    assert sim.raw_xmr_next_month(1500) == pytest.approx(0.07, abs=0.02)


def test_exceptions_keep_their_rates_and_find_a_rise_of_forty_per_cent() -> None:
    outer, watch = sim.exception_rates(4000)
    assert outer == pytest.approx(exceptions.CHANCE_RATE, abs=0.002)
    assert watch == pytest.approx(0.062, abs=0.012)
    outer, watch = sim.exception_rates(2000, 1.4)
    assert outer == pytest.approx(0.55, abs=0.05)
    assert watch == pytest.approx(0.86, abs=0.04)


def test_exceptions_of_small_counts_do_not_exceed_their_rates() -> None:
    outer, watch = sim.exception_rates(3000, mean=5.0, phi=1.3)
    assert outer < 0.008
    assert watch < 0.065


def test_seasonal_adjustment_quietens_the_xmr_chart() -> None:
    raw, _ = sim.xmr_signals(300, adjusted=False, phi=1.0)
    assert raw == pytest.approx(0.95, abs=0.04)
    adjusted, outside = sim.xmr_signals(300, adjusted=True, phi=2.0)
    assert adjusted < 0.2
    assert outside < 0.008


def test_laneys_limits_hold_where_those_of_u_do_not() -> None:
    assert sim.u_chart_outside(300, laney=False, phi=2.0) > 0.02
    assert sim.u_chart_outside(300, laney=True, phi=2.0) < 0.01


@pytest.mark.parametrize(("mean", "phi"), [(5, 1.0), (30, 1.0), (100, 2.0)])
def test_rates_hold_the_truth_as_often_as_they_say(mean: float, phi: float) -> None:
    assert 0.94 < sim.rate_coverage(mean, phi, 3000) < 0.985


def test_proportions_and_standardised_rates_hold_the_truth() -> None:
    assert sim.wilson_coverage(0.1, 60, 4000) == pytest.approx(0.95, abs=0.02)
    assert sim.dobson_coverage(3000) == pytest.approx(0.95, abs=0.015)


@pytest.mark.parametrize("phi", [1.0, 2.0])
def test_likely_ranges_hold_the_true_rank(phi: float) -> None:
    share, width = sim.rank_coverage(40, phi)
    assert share > 0.93
    assert width < 16


@pytest.mark.parametrize(("base", "widest"), [(200, 9), (1500, 6)])
def test_likely_ranges_of_surveys_hold_the_true_rank(base: int, widest: float) -> None:
    share, width = sim.share_rank_coverage(60, base)
    assert share > 0.93
    assert width < widest


def test_the_funnel_of_shares_flags_no_more_than_its_share() -> None:
    inner, outer = sim.funnel_of_shares_outside(150)
    assert 0.025 < inner < 0.07
    assert outer < 0.008


def test_the_funnel_flags_no_more_than_its_share() -> None:
    inner, outer = sim.funnel_outside(150, 0.0)
    assert inner == pytest.approx(0.05, abs=0.02)
    assert outer < 0.008
    inner, outer = sim.funnel_outside(150, 0.2)
    assert inner < 0.12  # winsorising makes the spread, and so the limits, a little too narrow
    assert outer < 0.03


def test_signs_alone_are_amber_and_verdicts_steady_when_nothing_changes() -> None:
    assert sim.signs_amber(12, 8000) == pytest.approx(0.9966, abs=0.002)
    ratings = sim.verdict_ratings(12, 300)
    assert max(ratings, key=lambda rating: ratings[rating]) == "grey"
    assert ratings.get("red", 0) == 0


def test_equal_wards_look_nine_times_apart_until_they_are_shrunk() -> None:
    median, mean = sim.ward_ratios(3000)
    assert (median, mean) == pytest.approx((9.0, 8.0), abs=0.3)
    assert sim.ward_differences_after_shrinking(200) < 1.7
