"""The limits of chance of an outcome rate, on the real dashboard: binomial, and by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest

from saferboard.analytics.measures.summary import summarise
from saferboard.analytics.packs.funnels import funnel_figure, funnel_in
from saferboard.analytics.store.lake import Lake
from saferboard.documents.model import plain
from saferboard.vocabulary.period import Month

pytestmark = pytest.mark.golden


def test_positive_outcomes_of_32_boroughs_lie_between_binomial_limits(real_lake: Lake) -> None:
    (one,) = summarise(
        real_lake, "Barnet", to=Month(2025, 6), measures=["positive-outcome-rate"], funnels=True
    ).measures
    held = funnel_in(one)
    assert held is not None
    ranking, funnel = held
    assert ranking.area_set == "london" and len(funnel.areas) == 32
    sizes = np.array([float(area.rate.n or 0) for area in funnel.areas])
    assert list(sizes) == sorted(sizes), "offences are along, the fewest first"
    shares = np.array([float(area.rate.value or 0) / 100 for area in funnel.areas])
    p = float((shares * sizes).sum() / sizes.sum())
    assert funnel.target.value == pytest.approx(100 * p)
    variance = (1 - p) / (sizes * p)
    scores = np.log(shares / p) / np.sqrt(variance)
    low, high = np.quantile(scores, [0.1, 0.9])
    phi = float((np.clip(scores, low, high) ** 2).mean())
    w = 1 / variance
    tau2 = max(0.0, (32 * phi - 31) / float(w.sum() - (w**2).sum() / w.sum()))
    for at, area in enumerate(funnel.areas):
        reach = math.sqrt(variance[at] + tau2)
        assert area.inner.interval is not None and area.inner.unit == "%"
        assert area.inner.interval.low == pytest.approx(100 * p * math.exp(-1.959964 * reach))
        assert area.inner.interval.high == pytest.approx(100 * p * math.exp(1.959964 * reach))
    figure = funnel_figure(one, ranking, funnel)
    assert "per cent: London boroughs" in plain(figure.caption)
    assert "over the number of offences" in plain(figure.alternative)
