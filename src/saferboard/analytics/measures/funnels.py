"""Where the areas of a set stand against the limits of chance: the funnel plot as facts."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

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
) -> Funnel | None:
    """The funnel of the set `key`, of which `codes`, `counts` and `exposures` (n,) are the members
    in one order and `rates` their rates; None under ten areas with data, for a measure without
    a rate, and where nothing was counted. Areas come by their counts, the fewest first: the
    limits of an area follow from its count alone."""
    base = maker.definition.rate
    known = np.isfinite(counts) & np.isfinite(exposures) & (exposures > 0)
    nothing = known.sum() < FEWEST or not counts[known].sum()
    if base is None or nothing or average is None or average.value is None:
        return None
    made = peers.funnel(np.where(known, counts, math.nan), exposures)
    by_code = {peer.area: peer for peer in rates}
    ends: Mapping[str, tuple[NDArray[np.float64], NDArray[np.float64], float]] = {
        INNER: (made.low95, made.high95, 0.95),
        OUTER: (made.low998, made.high998, 0.998),
    }
    found = []
    present = [at for at, there in enumerate(known) if there]
    for at in sorted(present, key=lambda one: (float(counts[one]), codes[one])):
        peer = by_code[codes[at]]
        limits = [
            maker.fact(
                "limit",
                period,
                average.value,
                area=Area(peer.area, peer.area_name, "other"),
                part=f"{key}-funnel-{name}",
                per=base.per,
                of=base.of,
                interval=Interval(float(low[at] * base.per), float(high[at] * base.per), level),
                vintages=vintages,
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
