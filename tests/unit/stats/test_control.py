"""Control charts: worked numbers, the rules one by one, season, rebasing and the choice."""

import itertools

import numpy as np
import pytest

from saferboard.analytics.stats import control
from saferboard.analytics.stats.control import Rebase, choose_chart
from saferboard.analytics.stats.signals import ONE_SIDE, OUTSIDE, TREND, TWO_OF_THREE, signals

NAN = float("nan")


def fired(values: list[float], low: float = -30.0, high: float = 30.0) -> dict[int, str]:
    n = len(values)
    return signals(values, np.zeros(n), np.full(n, low), np.full(n, high))


def test_a_point_outside_a_limit_signals_and_one_on_it_does_not() -> None:
    assert fired([0, 31, 0, -31, 30]) == {1: OUTSIDE, 3: OUTSIDE}


def test_seven_on_one_side_signal_at_the_seventh_and_go_on() -> None:
    values = [1.0, 2, 1, 2, 1, 2, 1, 2, -1]
    assert fired(values) == {6: ONE_SIDE, 7: ONE_SIDE}
    assert fired([*values[:4], 0, *values[4:]]) == {}
    assert fired([*values[:4], NAN, *values[4:]]) == {}


def test_seven_rising_or_falling_signal_at_the_seventh() -> None:
    rising = [-3.0, -2, -1, 0, 1, 2, 3]
    assert fired(rising) == {6: TREND}
    assert fired(rising[::-1]) == {6: TREND}
    assert fired(rising[:-1]) == {}


def test_two_of_three_beyond_two_thirds_on_the_same_side() -> None:
    assert fired([21, 0, 21]) == {2: TWO_OF_THREE}
    assert fired([21, 0, -21]) == {}
    assert fired([21, 0, 0, 21]) == {}
    assert fired([21, 21, 0]) == {}  # it is the third that is near, or it is no news


def test_xmr_is_mean_and_266_times_the_mean_moving_range() -> None:
    values = [10.0, 12, 9, 11, 13, 10, 12, 11, 9, 10, 12, 13]
    ranges = [abs(a - b) for a, b in itertools.pairwise(values)]
    chart = control.xmr(values)
    centre = sum(values) / 12
    assert chart.centre[0] == pytest.approx(centre)
    assert chart.upper[0] == pytest.approx(centre + 2.66 * sum(ranges) / 11)
    assert chart.lower[0] == pytest.approx(centre - 2.66 * sum(ranges) / 11)
    assert not chart.trial


def test_a_wild_range_is_screened_out_once() -> None:
    calm = [10.0, 11, 10, 11, 10, 11, 10, 11, 10, 11, 10, 11, 10, 60, 61, 60, 61]
    chart = control.xmr(calm)
    assert chart.upper[0] - chart.centre[0] == pytest.approx(2.66 * 1.0)


def test_no_range_is_taken_across_a_missing_month_and_limits_stop_at_zero() -> None:
    chart = control.xmr([1.0, 2, 1, NAN, 9, 8, 9])
    assert chart.upper[0] - chart.centre[0] == pytest.approx(2.66)
    assert control.xmr([0.0, 9, 0, 9]).lower[0] == 0
    assert chart.trial


def test_limits_are_rebased_only_by_a_named_person_with_a_reason() -> None:
    values = [10.0, 11] * 8 + [30.0, 31] * 8
    plain = control.xmr(values)
    rebased = control.xmr(values, rebases=[Rebase(16, "A. Analyst", "new recording system")])
    assert plain.signals
    assert not rebased.signals
    assert (rebased.centre[0], rebased.centre[-1]) == (10.5, 30.5)
    assert rebased.rebases[0].by == "A. Analyst"
    for by, reason in (("", "because"), ("A. Analyst", " ")):
        with pytest.raises(ValueError, match="named person"):
            Rebase(16, by, reason)
    with pytest.raises(ValueError, match="inside"):
        control.xmr(values, rebases=[Rebase(99, "A. Analyst", "why")])


def test_after_a_rebase_with_few_points_limits_are_on_trial() -> None:
    values = [10.0, 11] * 12
    assert control.xmr(values, rebases=[Rebase(20, "A. Analyst", "why")]).trial


def test_u_limits_vary_with_exposure() -> None:
    chart = control.u_chart([20, 22, 45, 19], [100, 100, 200, 100])
    ubar = 106 / 500
    assert chart.upper == pytest.approx(ubar + 3 * np.sqrt(ubar / np.array([100, 100, 200, 100])))
    assert control.c_chart([20, 22, 45, 19]).upper[0] == pytest.approx(26.5 + 3 * 26.5**0.5)


def test_laney_widens_u_by_the_sigma_of_its_scores() -> None:
    counts, exposures = np.array([20.0, 60, 15, 70, 25, 55]), np.full(6, 100.0)
    plain, wide = control.u_chart(counts, exposures), control.laney_u(counts, exposures)
    scores = (counts / 100 - plain.centre[0]) / np.sqrt(plain.centre[0] / 100)
    sigma = np.abs(np.diff(scores)).mean() / 1.128
    assert wide.upper[0] - wide.centre[0] == pytest.approx(
        sigma * (plain.upper[0] - plain.centre[0])
    )


def test_proportions_stay_between_zero_and_one() -> None:
    chart = control.p_chart([19, 20, 18], [20, 20, 20])
    pbar = 57 / 60
    assert chart.upper[0] == 1.0
    assert chart.lower[0] == pytest.approx(pbar - 3 * np.sqrt(pbar * (1 - pbar) / 20))
    assert control.laney_p([5, 9, 4, 10], [20] * 4).kind == "laney-p"
    with pytest.raises(ValueError, match="larger than the whole"):
        control.p_chart([21], [20])


def test_times_between_events_are_charted_on_nelsons_scale() -> None:
    days = np.array([30.0, 12, 45, 8, 60, 22, 31, 17])
    chart = control.t_chart(days)
    root = days ** (1 / 3.6)
    reach = 2.66 * np.abs(np.diff(root)).mean()
    assert chart.upper[0] == pytest.approx((root.mean() + reach) ** 3.6)
    assert chart.values == pytest.approx(days)


def test_g_has_the_geometric_limit_and_no_lower_one() -> None:
    chart = control.g_chart([10, 0, 25, 5])
    assert chart.upper[0] == pytest.approx(10 + 3 * np.sqrt(110))
    assert chart.centre[0] == pytest.approx(10 * np.log(2))
    assert chart.lower[0] == 0


def test_seasonal_adjustment_takes_the_season_out_and_leaves_the_level() -> None:
    t = np.arange(48)
    season = np.exp(0.25 * np.cos(2 * np.pi * t / 12))
    days = control.loglinear.month_days(2020 * 12, 48)
    counts = 5 * days * season
    adjusted = control.seasonally_adjusted(counts, 2020 * 12)
    assert adjusted.std() / adjusted.mean() < 0.001
    assert adjusted.mean() == pytest.approx(counts.mean(), rel=0.01)


def test_a_rise_stays_in_the_adjusted_values() -> None:
    t = np.arange(48)
    counts = 200 * np.exp(0.25 * np.cos(2 * np.pi * t / 12)) * (1 + 0.5 * (t >= 40))
    adjusted = control.seasonally_adjusted(counts, 2020 * 12)
    assert adjusted[40:].mean() / adjusted[:40].mean() > 1.3


def test_a_short_series_is_adjusted_for_days_alone_and_gaps_stay_gaps() -> None:
    adjusted = control.seasonally_adjusted([31.0, 28.0, NAN], 2023 * 12)
    assert adjusted[0] == pytest.approx(adjusted[1])
    assert np.isnan(adjusted[2])


@pytest.mark.parametrize(
    ("mean", "options", "kind"),
    [
        (150, {"phi": 1.6}, "xmr"),
        (150, {"phi": 1.6, "exposure": True}, "xmr"),
        (150, {"phi": 1.6, "exposure": True, "seasonal": False}, "laney-u"),
        (150, {"phi": 1.0, "exposure": True, "seasonal": False}, "u"),
        (8, {"phi": 1.0, "proportion": True}, "p"),
        (8, {"phi": 1.4, "proportion": True}, "laney-p"),
        (2, {"phi": 1.0, "event_dates": True}, "t"),
        (2, {"phi": 1.0}, None),
        (2, {"phi": 1.0, "cases_between": True}, "g"),
        (150, {"phi": 1.0, "seasonal": False}, "c"),
        (150, {"phi": 1.6, "seasonal": False}, "xmr"),
    ],
)
def test_the_choice_of_chart(mean: float, options: dict[str, float], kind: str | None) -> None:
    assert choose_chart(mean, **options) == kind


def test_many_series_are_adjusted_as_each_alone_would_be() -> None:
    draw = np.random.default_rng(3)
    rows = draw.poisson(np.linspace(20, 200, 4)[:, None], (4, 40)).astype(float)
    rows[1, 3], rows[2, :30], rows[3] = NAN, NAN, 0.0
    together = control.seasonally_adjusted_many(rows, 2020 * 12)
    for row, adjusted in zip(rows, together, strict=True):
        alone = control.seasonally_adjusted(row, 2020 * 12)
        np.testing.assert_allclose(adjusted, alone, rtol=1e-6)
