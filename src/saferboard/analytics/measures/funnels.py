"""Where the areas of a set stand against the limits of chance: the funnel plot as facts."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from saferboard.analytics.facts.fact import Fact, Interval
from saferboard.analytics.measures.facts import Maker
from saferboard.analytics.measures.results import Funnel, FunnelArea, PeerRate
from saferboard.analytics.stats import peers
from saferboard.vocabulary.area import Area
from saferboard.vocabulary.period import Period

FEWEST = 10  # areas with data; the winsorised spread of fewer says nothing
INNER, OUTER = "95", "998"


def funnel_of(
    maker: Maker,
    period: Period,
    key: str,
    codes: Sequence[str],
    counts: NDArray[np.float64],
    exposures: NDArray[np.float64],
    rates: Sequence[PeerRate],
    average: Fact | None,
    vintages: tuple[str, ...],
    *,
    shares: bool = False,
) -> Funnel | None:
    """The funnel of the set `key`, of which `codes`, `counts` and `exposures` (n,) are the members
    in one order and `rates` their rates; None under ten areas with data, for a measure without
    a rate, and where nothing was counted. Areas come by their counts, the fewest first: the
    limits of an area follow from its count alone. With `shares` the counts are parts of the
    exposures (outcomes of offences): the rates are percentages, the limits binomial, and areas
    come by their totals, which are the `n` of their percentages."""
    base = maker.definition.rate
    known = np.isfinite(counts) & np.isfinite(exposures) & (exposures > 0)
    nothing = known.sum() < FEWEST or not counts[known].sum()
    if nothing or average is None or average.value is None:
        return None
    held = np.where(known, counts, math.nan)
    kind: dict[str, Any]
    if shares:
        if counts[known].sum() >= exposures[known].sum():
            return None  # outcomes of earlier offences: no share of these
        made, scale, sizes = peers.funnel_of_shares(held, exposures), 100, exposures
        kind = {"unit": "%"}
    elif base is not None:
        made, scale, sizes = peers.funnel(held, exposures), base.per, counts
        kind = {"per": base.per, "of": base.of}
    else:
        return None
    by_code = {peer.area: peer for peer in rates}
    ends: Mapping[str, tuple[NDArray[np.float64], NDArray[np.float64], float]] = {
        INNER: (made.low95, made.high95, 0.95),
        OUTER: (made.low998, made.high998, 0.998),
    }
    found = []
    present = [at for at, there in enumerate(known) if there]
    for at in sorted(present, key=lambda one: (float(sizes[one]), codes[one])):
        peer = by_code[codes[at]]
        limits = [
            maker.fact(
                "limit",
                period,
                average.value,
                area=Area(peer.area, peer.area_name, "other"),
                part=f"{key}-funnel-{name}",
                interval=Interval(float(low[at] * scale), float(high[at] * scale), level),
                vintages=vintages,
                **kind,
            )
            for name, (low, high, level) in ends.items()
        ]
        place = made.places[at]
        assert place is not None  # known
        found.append(
            FunnelArea(
                peer.area, peer.area_name, peer.fact, limits[0], limits[1], place, peer.is_area
            )
        )
    return Funnel(average, tuple(found))
