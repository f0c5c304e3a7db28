"""Months that say nothing of what to expect: no limit, no dispersion and no chart rests on them,
and a change of level across them is not taken for noise."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from tests.unit.measures.made import BOROUGHS, borough_csv, lookup_csv, make, months, seasonal

from saferboard.analytics.measures.as_json import summary_json
from saferboard.analytics.measures.results import MeasureResult
from saferboard.analytics.measures.summary import summarise
from saferboard.analytics.stats import dispersion, exceptions, loglinear
from saferboard.analytics.store.lake import Lake
from saferboard.vocabulary.period import Month

SPAN = months("2014-01", "2023-12")
ODD = [Month(2020, 3) <= month <= Month(2021, 7) for month in SPAN]


def _counts(mean: float, during: float, after: float) -> list[int]:
    lift = [during if odd else after if month > Month(2021, 7) else 1.0
            for month, odd in zip(SPAN, ODD, strict=True)]  # fmt: skip
    return [round(count * by) for count, by in zip(seasonal(mean, SPAN), lift, strict=True)]


@pytest.fixture(scope="module")
def lake(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lake]:
    """Burglary that fell to a third for 17 months and came back at two thirds."""
    counts = {
        ("Burglary", "Burglary in a Dwelling", borough): _counts(250 + 10 * at, 1 / 3, 2 / 3)
        for at, borough in enumerate(BOROUGHS)
    }
    files = {"borough.csv": borough_csv(SPAN, counts), "lookup.csv": lookup_csv()}
    with Lake.open(make(tmp_path_factory.mktemp("odd"), files)) as held:
        yield held


def _burglary(lake: Lake, to: str) -> MeasureResult:
    (found,) = summarise(lake, "Barnet", to=Month.parse(to), measures=["burglary"]).measures
    return found


def test_the_limits_after_it_are_those_of_the_new_level(lake: Lake) -> None:
    one = _burglary(lake, "2023-12")
    last = one.months[-1]
    assert last.status == "usual"
    assert last.expected is not None and last.lower is not None and last.upper is not None
    expected, low, high = (fact.value or 0 for fact in (last.expected, last.lower, last.upper))
    assert expected == pytest.approx(250 * 1.15 * 2 / 3, rel=0.1)
    assert low > expected * 0.6 and high < expected * 1.4
    assert one.dispersion == 1.0, "the counts hardly vary beyond trend, season and the new level"
    assert [entry.key for entry in one.left_out] == ["public-life-restricted-2020"]


def test_its_own_months_have_a_count_and_no_judgement(lake: Lake) -> None:
    one = _burglary(lake, "2021-07")
    assert {point.status for point in one.exceptions} == {"not judged"}
    assert all(point.count.value is not None and point.lower is None for point in one.exceptions)
    assert one.year is not None
    assert "public-life-restricted-2020" in [entry.key for entry in one.year.breaks]
    assert one.year.verdict == "clear fall", "a caution does not forbid the comparison"


def test_the_json_says_until_when(lake: Lake) -> None:
    result = summarise(lake, "Barnet", to=Month(2022, 6), measures=["burglary"])
    (body,) = summary_json(result)
    assert [(one["date"], one["until"]) for one in body["left_out"]] == [
        ("2020-03-23", "2021-07-18")
    ]


def test_a_new_level_needs_a_gap_and_a_year_after_it() -> None:
    weights = np.ones((4, 60))
    weights[1, 20:31] = 0  # eleven months are no gap
    weights[2, 20:32] = 0
    weights[3, 40:55] = 0  # five months after it are too few
    assert loglinear.steps(weights).tolist() == [-1, -1, 32, -1]


def test_a_change_of_level_across_a_gap_is_not_noise() -> None:
    """Without a level of its own after the gap the same counts look three times as unruly."""
    random = np.random.default_rng(7)
    counts = random.poisson(np.where(np.arange(72) < 36, 240.0, 150.0)).astype(float)
    counts[30:42] = np.nan
    first = Month(2018, 1).ordinal
    assert dispersion.estimate(counts, first, window=60).phi < 1.6
    (judged,) = exceptions.judge_months(counts, first, last=1)
    assert judged.expected == pytest.approx(150, rel=0.12)
    assert judged.lower997 > 90
