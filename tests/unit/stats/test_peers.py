"""Peers: ranks and their ties, likely ranges, and the funnel against a naive one."""

import numpy as np
import pytest
from scipy.stats import binom

from saferboard.analytics.stats import peers
from saferboard.analytics.stats.peers import RankRange

NAN = float("nan")


def test_one_is_the_lowest_and_ties_share_the_better_place() -> None:
    ranks = peers.rank([3.0, 1.0, 2.0, 2.0, 5.0], "lower-is-better")
    assert ranks.ranks == (4, 1, 2, 2, 5)


def test_one_is_the_highest_where_higher_is_better() -> None:
    assert peers.rank([3.0, 1.0, 2.0], "higher-is-better").ranks == (1, 3, 2)


def test_an_area_without_data_has_no_rank_and_is_counted_out() -> None:
    ranks = peers.rank([3.0, NAN, 1.0], "lower-is-better")
    assert ranks.ranks == (2, None, 1)
    assert (ranks.with_data, ranks.of) == (2, 3)


def test_ranges_are_the_same_for_the_same_seed_and_hold_the_observed_rank() -> None:
    generator = np.random.default_rng(3)
    counts = generator.poisson(200, 32).astype(float)
    exposures = generator.uniform(1e5, 4e5, 32)
    first = peers.rank_intervals(counts, exposures, seed=1)
    assert first == peers.rank_intervals(counts, exposures, seed=1)
    observed = peers.rank(counts / exposures, "lower-is-better").ranks
    for likely, rank in zip(first, observed, strict=True):
        assert likely is not None and rank is not None
        assert 1 <= likely.low <= rank <= likely.high <= 32


def test_areas_far_apart_have_ranges_of_one_place() -> None:
    counts = np.array([1e3, 4e3, 16e3, 64e3])
    ranges = peers.rank_intervals(counts, np.full(4, 1e6), seed=2)
    assert ranges == [RankRange(k, k) for k in (1, 2, 3, 4)]
    mirrored = peers.rank_intervals(counts, np.full(4, 1e6), seed=2, polarity="higher-is-better")
    assert mirrored == [RankRange(k, k) for k in (4, 3, 2, 1)]


def test_areas_that_do_not_differ_range_from_first_to_last() -> None:
    ranges = peers.rank_intervals(np.full(20, 50.0), np.full(20, 1e5), seed=2)
    assert all(likely.low <= 2 and likely.high >= 19 for likely in ranges if likely)


def test_dispersion_makes_ranges_wider() -> None:
    counts = np.linspace(400, 700, 15)

    def width(phi: float) -> int:
        ranges = peers.rank_intervals(counts, np.full(15, 1e5), seed=4, phi=phi)
        return sum(likely.high - likely.low for likely in ranges if likely)

    assert width(1) < width(3)


def test_three_areas_or_fewer_get_no_ranges_and_neither_does_one_without_data() -> None:
    assert peers.rank_intervals([1, 2, 3], [9, 9, 9], seed=1) == [None] * 3
    ranges = peers.rank_intervals([10, 20, NAN, 30, 40], np.full(5, 100.0), seed=1)
    assert [likely is None for likely in ranges] == [False, False, True, False, False]


def test_surveys_far_apart_have_ranges_of_one_place_highest_first() -> None:
    bases = np.full(4, 5000.0)
    counts = bases * np.array([0.2, 0.4, 0.6, 0.8])
    ranges = peers.share_rank_intervals(counts, bases, seed=2, polarity="higher-is-better")
    assert ranges == [RankRange(k, k) for k in (4, 3, 2, 1)]


def test_surveys_that_do_not_differ_range_from_first_to_last() -> None:
    ranges = peers.share_rank_intervals(np.full(12, 60.0), np.full(12, 100.0), seed=2)
    assert all(likely.low <= 2 and likely.high >= 11 for likely in ranges if likely)


def test_a_survey_of_all_or_of_none_has_a_range_too() -> None:
    ranges = peers.share_rank_intervals([0, 0, 0, 0], [50, 60, 70, 80], seed=3)
    assert all(likely is not None and likely.low == 1 for likely in ranges)
    everyone = peers.share_rank_intervals([50, 60, 70, 80], [50, 60, 70, 80], seed=3)
    assert all(likely is not None for likely in everyone)


def test_a_share_cannot_pass_its_base_and_few_surveys_get_no_ranges() -> None:
    with pytest.raises(ValueError, match="between none and all"):
        peers.share_rank_intervals([10, 20, 30, 90], [50, 50, 50, 50], seed=1)
    assert peers.share_rank_intervals([1, 2, NAN, 3], [9, 9, 9, NAN], seed=1) == [None] * 4


def test_the_prior_of_shares_has_their_mean_and_what_lies_between_them() -> None:
    """By simulation the other way: shares drawn from a Beta(30, 20) on large bases give it back."""
    generator = np.random.default_rng(8)
    true = generator.beta(30, 20, 4000)
    bases = np.full(4000, 2000.0)
    yes, no = peers.beta_prior(generator.binomial(2000, true).astype(float), bases)
    assert yes == pytest.approx(30, rel=0.1)
    assert no == pytest.approx(20, rel=0.1)


def test_shrunk_rates_lie_between_the_raw_rate_and_the_average() -> None:
    counts, exposures = np.array([2.0, 30, 60, 500]), np.array([100.0, 900, 1000, 9000])
    shrunk = peers.shrunk_rates(counts, exposures)
    average = counts.sum() / exposures.sum()
    raw = counts / exposures
    assert ((shrunk - raw) * (shrunk - average) <= 1e-12).all()
    assert abs(shrunk[0] - raw[0]) > abs(shrunk[3] - raw[3])


def test_shrunk_limits_are_those_of_the_posterior() -> None:
    """By another road: draws from the same Gamma posterior."""
    counts, exposures = np.array([2.0, 30, 60, 500]), np.array([100.0, 900, 1000, 9000])
    found = peers.shrunk(counts, exposures, phi=1.5)
    shape, scale = peers.gamma_prior(counts / 1.5, exposures / 1.5)
    draws = np.random.default_rng(4).gamma(
        shape + counts / 1.5, 1 / (scale + exposures / 1.5), size=(200000, 4)
    )
    assert found.low == pytest.approx(np.quantile(draws, 0.025, axis=0), rel=0.02)
    assert found.high == pytest.approx(np.quantile(draws, 0.975, axis=0), rel=0.02)
    assert found.rates == pytest.approx(draws.mean(axis=0), rel=0.01)
    assert found.average == pytest.approx(counts.sum() / exposures.sum())


def test_areas_of_equal_risk_do_not_differ_and_one_far_off_does() -> None:
    generator = np.random.default_rng(6)
    off = []
    for _ in range(60):
        counts = generator.multinomial(120, [1 / 24] * 24).astype(float)
        off += [one for one in peers.shrunk(counts, np.ones(24)).differs() if one != "not clear"]
    assert len(off) / (60 * 24) < 0.02
    counts = np.array([50.0, 52, 47, 49, 51, 48, 150, NAN])
    differs = peers.shrunk(counts, np.full(8, 1000.0)).differs()
    assert (differs[6], differs[7]) == ("higher", None)


def test_an_arrow_stands_only_where_ranges_do_not_overlap() -> None:
    assert peers.movement(RankRange(2, 5), RankRange(6, 9)) == "better"
    assert peers.movement(RankRange(10, 12), RankRange(6, 9)) == "worse"
    assert peers.movement(RankRange(5, 6), RankRange(6, 9)) == "no clear change"
    assert peers.movement(None, RankRange(6, 9)) == "not known"


def test_the_funnel_is_spiegelhalters_formula() -> None:
    generator = np.random.default_rng(11)
    exposures = generator.uniform(5e4, 4e5, 30)
    counts = generator.poisson(exposures * 0.01 * np.exp(generator.normal(0, 0.15, 30)))
    drawn = peers.funnel(counts, exposures)
    target = counts.sum() / exposures.sum()
    z = [np.log(x / m / target) / (1 / x) ** 0.5 for x, m in zip(counts, exposures, strict=True)]
    low, high = np.percentile(z, [10, 90])
    phi = sum(min(max(value, low), high) ** 2 for value in z) / 30
    weights = [float(x) for x in counts]
    room = sum(weights) - sum(w * w for w in weights) / sum(weights)
    tau2 = max(0.0, (30 * phi - 29) / room)
    assert drawn.phi == pytest.approx(phi)
    assert drawn.tau2 == pytest.approx(tau2)
    reach = 3.0902 * (1 / counts[0] + tau2) ** 0.5
    assert drawn.high998[0] == pytest.approx(target * np.exp(reach), rel=1e-4)
    assert drawn.low998[0] == pytest.approx(target * np.exp(-reach), rel=1e-4)


def test_the_funnel_of_shares_has_binomial_limits() -> None:
    """With nothing but chance between areas tau² is nought or near it, and the limits are those of
    the binomial within what an approximation on the log scale gives."""
    generator = np.random.default_rng(13)
    totals = np.full(400, 4000.0)
    events = generator.binomial(4000, 0.1, 400)
    drawn = peers.funnel_of_shares(events, totals)
    assert drawn.target == pytest.approx(events.sum() / 1.6e6)
    assert drawn.tau2**0.5 < 0.02
    exact = binom(4000, drawn.target)
    assert drawn.low95[0] * 4000 == pytest.approx(exact.ppf(0.025), rel=0.03)
    assert drawn.high95[0] * 4000 == pytest.approx(exact.ppf(0.975), rel=0.03)
    # By hand: s² = (1 - p) / (n p).
    spread = ((1 - drawn.target) / (4000 * drawn.target) + drawn.tau2) ** 0.5
    assert drawn.high998[0] == pytest.approx(drawn.target * np.exp(3.0902 * spread), rel=1e-4)


def test_limits_of_shares_narrow_with_totals_and_know_nothing_of_the_events() -> None:
    totals = [100, 100, 400, 1600, NAN, 6400, 900]
    drawn = peers.funnel_of_shares([0, 25, 40, 160, 3, 640, 90], totals)
    assert drawn.high95[0] == drawn.high95[1]
    widths = [drawn.high95[at] - drawn.low95[at] for at in (0, 2, 6, 3, 5)]
    assert widths == sorted(widths, reverse=True)
    assert drawn.places[4] is None and drawn.places[0] == "very low"


@pytest.mark.parametrize("events", [[0, 0], [10, 10], [12, 10], [NAN, NAN]])
def test_a_funnel_of_shares_that_are_none_or_all_is_refused(events: list[float]) -> None:
    with pytest.raises(ValueError, match="between none and all"):
        peers.funnel_of_shares(events, [10, 10])


def test_the_between_area_spread_is_found() -> None:
    generator = np.random.default_rng(12)
    exposures = np.full(400, 1e5)
    counts = generator.poisson(1000 * np.exp(generator.normal(0, 0.2, 400)))
    assert 0.12 < peers.funnel(counts, exposures).tau2 ** 0.5 < 0.2  # winsorising pulls it in
    flat = peers.funnel(generator.poisson(1000, 400), exposures)
    assert flat.tau2**0.5 < 0.02


def test_places_on_the_funnel() -> None:
    counts = np.array([100.0] * 20 + [400, 10, NAN])
    drawn = peers.funnel(counts, np.full(23, 1e4))
    assert drawn.places[0] == "within"
    assert drawn.places[20] == "very high"
    assert drawn.places[21] == "very low"
    assert drawn.places[22] is None


def test_a_funnel_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="not all zero"):
        peers.funnel([0, 0], [10, 10])
