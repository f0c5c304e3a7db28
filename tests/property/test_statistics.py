"""What must hold of the statistics for any numbers: symmetry, scale, monotony, and that an
interval holds its own estimate."""

import itertools
import math

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from saferboard.analytics.stats import change, exceptions, peers, rag, rates
from saferboard.analytics.stats.dispersion import Dispersion, pooled, shrink
from saferboard.analytics.stats.signals import signals

numbers = st.integers(0, 20_000)
phis = st.floats(1.0, 4.0)
exposures = st.floats(1.0, 1e8)

OPPOSITE = {
    "clear rise": "clear fall",
    "clear fall": "clear rise",
    "possible rise": "possible fall",
    "possible fall": "possible rise",
}


@given(numbers, numbers, exposures, exposures, phis)
def test_a_ratio_lies_in_its_intervals_and_they_are_nested(
    x: int, y: int, m1: float, m2: float, phi: float
) -> None:
    r = change.compare_counts(x, y, m1, m2, phi)
    ends = [r.low95, r.low90, r.low80, r.high80, r.high90, r.high95]
    assert all(a <= b * (1 + 1e-9) for a, b in itertools.pairwise(ends))
    if x + y:
        assert r.low80 * (1 - 1e-9) <= r.ratio <= r.high80 * (1 + 1e-9)
    assert 0 <= r.p <= 1


@given(numbers, numbers, exposures, exposures, phis)
def test_swapping_the_periods_inverts_the_ratio(
    x: int, y: int, m1: float, m2: float, phi: float
) -> None:
    one, other = (
        change.compare_counts(x, y, m1, m2, phi),
        change.compare_counts(y, x, m2, m1, phi),
    )
    assert one.p == pytest.approx(other.p, rel=1e-6, abs=1e-9)
    if one.low95 > 0:
        assert other.high95 == pytest.approx(1 / one.low95, rel=1e-5)
    else:
        assert other.high95 == math.inf


@given(numbers, numbers, phis, st.floats(0.001, 1000))
def test_only_the_ratio_of_exposures_matters(x: int, y: int, phi: float, scale: float) -> None:
    one = change.compare_counts(x, y, 92, 90, phi)
    other = change.compare_counts(x, y, 92 * scale, 90 * scale, phi)
    assert other.high80 == pytest.approx(one.high80, rel=1e-9)
    assert other.p == pytest.approx(one.p, rel=1e-6, abs=1e-9)


@given(numbers, numbers, phis)
def test_the_verdict_turns_round_when_the_periods_are_swapped(x: int, y: int, phi: float) -> None:
    """But for the thresholds that are percentages of the earlier figure, which a swap moves:
    changes near 5% and intervals that end near ±10% are set aside."""
    r = change.compare_counts(x, y, 1, 1, phi)
    if x and y:
        assume(not 1.0499 < max(x / y, y / x) < 1.0527)
        assume(not any(0.899 < end < 0.9101 or 1.0989 < end < 1.112 for end in r.interval(90)))
    back = change.judge(change.compare_counts(y, x, 1, 1, phi), y, x)
    forth = change.judge(r, x, y)
    assert back == OPPOSITE.get(forth, forth)


@given(st.integers(10, 3000), st.integers(10, 3000), phis)
def test_more_offences_now_never_look_like_fewer(x: int, y: int, phi: float) -> None:
    """From ten on: below, with strong dispersion, the log scale makes 0 more uncertain than 60."""
    fewer, more = (change.compare_counts(n, y, 1, 1, phi) for n in (x, x + 60))
    assert more.low95 >= fewer.low95
    assert more.high95 >= fewer.high95


@given(numbers, numbers, phis, phis)
def test_dispersion_only_ever_widens(x: int, y: int, a: float, b: float) -> None:
    low, high = sorted((a, b))
    assume(low >= change.NEAR_ONE)  # below it small counts are tested exactly
    narrow, wide = change.compare_counts(x, y, 1, 1, low), change.compare_counts(x, y, 1, 1, high)
    assert wide.low95 <= narrow.low95 * (1 + 1e-9)
    assert wide.p >= narrow.p - 1e-9


@given(st.integers(1, 5000), st.floats(1.0, 3.0))
def test_the_detectable_rise_falls_with_the_count_and_rises_with_phi(
    count: int, phi: float
) -> None:
    here = change.detectable_rise(count, phi=phi)
    assert change.detectable_rise(count + 10, phi=phi) < here
    assert change.detectable_rise(count, phi=phi + 0.5) > here


shares = st.integers(0, 100).map(float)
bases = st.integers(1, 5000)


@given(shares, bases, shares, bases, phis)
def test_a_difference_lies_in_its_interval_and_turns_round(
    p1: float, n1: int, p2: float, n2: int, phi: float
) -> None:
    d = change.compare_percentages(p1, n1, p2, n2, phi)
    back = change.compare_percentages(p2, n2, p1, n1, phi)
    assert d.low95 - 1e-9 <= d.low80 <= d.points + 1e-9
    assert d.points - 1e-9 <= d.high80 <= d.high95 + 1e-9
    assert (back.low95, back.high95) == pytest.approx((-d.high95, -d.low95), abs=1e-9)


@given(shares, bases, shares, bases, phis)
def test_content_and_not_content_get_opposite_verdicts(
    p1: float, n1: int, p2: float, n2: int, phi: float
) -> None:
    yes = change.judge_difference(change.compare_percentages(p1, n1, p2, n2, phi))
    no = change.judge_difference(change.compare_percentages(100 - p1, n1, 100 - p2, n2, phi))
    assert no == OPPOSITE.get(yes, yes)


@given(st.integers(0, 100_000), st.floats(0.5, 0.999), phis)
def test_a_rate_lies_in_its_interval_and_scales(x: int, level: float, phi: float) -> None:
    one = rates.rate(x, 4000, 1000, phi=phi, level=level)
    assert one.low <= one.value <= one.high
    ten = rates.rate(x, 4000, 10_000, phi=phi, level=level)
    assert (ten.low, ten.high) == pytest.approx((10 * one.low, 10 * one.high))


@given(st.integers(1, 5000), st.data())
def test_wilson_holds_its_share_and_mirrors(n: int, data: st.DataObject) -> None:
    x = data.draw(st.integers(0, n))
    low, high = rates.wilson(x, n)
    assert 0 <= low <= x / n <= high <= 1
    assert rates.wilson(n - x, n) == pytest.approx((1 - high, 1 - low), abs=1e-12)


rows = st.lists(st.floats(0, 1e6), min_size=1, max_size=40)


@given(rows)
def test_ranks_run_from_one_and_only_the_order_matters(values: list[float]) -> None:
    ranks = peers.rank(values, "lower-is-better").ranks
    naive = tuple(1 + sum(other < value for other in values) for value in values)
    assert ranks == naive
    flipped = peers.rank([-value for value in values], "higher-is-better").ranks
    assert flipped == ranks


@given(st.lists(st.integers(0, 3000), min_size=4, max_size=12), st.integers(0, 99))
@settings(max_examples=30, deadline=None)
def test_likely_ranges_lie_within_the_set(values: list[int], seed: int) -> None:
    exposures = np.linspace(1e4, 9e4, len(values))
    for likely in peers.rank_intervals(values, exposures, seed=seed, draws=200):
        assert likely is not None
        assert 1 <= likely.low <= likely.high <= len(values)


@given(st.lists(st.integers(0, 5000), min_size=2, max_size=40).filter(any))
def test_a_funnel_is_wider_at_998_and_holds_its_target(values: list[int]) -> None:
    drawn = peers.funnel(values, np.linspace(1e4, 9e4, len(values)))
    assert (drawn.low998 <= drawn.low95).all()
    assert (drawn.low95 <= drawn.target).all()
    assert (drawn.target <= drawn.high95).all()
    assert (drawn.high95 <= drawn.high998).all()


effects = st.lists(st.sampled_from(["better", "worse", "no clear change", "not rated"]))


@given(effects)
def test_a_better_indicator_never_worsens_the_rating(given_effects: list[rag.Effect]) -> None:
    order = {"red": 0, "amber": 1, "grey": 1, "green": 2}
    before = rag.rate(given_effects)[0]
    after = rag.rate([*given_effects, "better"])[0]
    assert order[after] >= order[before]
    assert rag.rate([*given_effects, "not rated"])[0] == before


variances = st.builds(
    lambda raw, months: Dispersion(raw, months - 6, months), st.floats(0.3, 9), st.integers(36, 60)
)


@given(variances, st.lists(variances, min_size=1, max_size=8))
def test_shrinking_stays_between_the_series_and_its_relatives(
    own: Dispersion, family: list[Dispersion]
) -> None:
    """The prior's centre is a mean of a log scale corrected for chance: near, not inside, the
    range of the relatives."""
    values = [one.raw for one in (own, *family)]
    assert 1 <= shrink(own, family) <= max(1.0, 1.2 * max(values))
    assert pooled(family) == pytest.approx(pooled(family[::-1]))


@given(st.floats(0.01, 9.99), st.floats(1.0, 6.0))
def test_quantiles_of_counts_are_nested(mean: float, excess: float) -> None:
    inner = exceptions.count_quantiles(mean, excess, 0.025, 0.975)
    outer = exceptions.count_quantiles(mean, excess, 0.0015, 0.9985)
    assert outer[0] <= inner[0] <= inner[1] <= outer[1]


@given(st.lists(st.integers(0, 60), min_size=3, max_size=40))
def test_a_chart_read_upside_down_signals_at_the_same_points(values: list[int]) -> None:
    n = len(values)
    low, mid, high = np.full(n, 10.0), np.full(n, 30.0), np.full(n, 50.0)
    x = np.array(values, dtype=float)
    assert signals(x, mid, low, high) == signals(60 - x, 60 - mid, 60 - high, 60 - low)
