"""Rates of wards: each with its own interval, drawn toward the rate of all wards by as much as its
smallness asks, and its place among them (methods, section 11). 24 wards of equal risk show a
highest rate many times the lowest: what is not clearly off the rate of all is said to be so."""

from __future__ import annotations

import math
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from saferboard.analytics.facts.fact import Fact, Interval
from saferboard.analytics.measures.denominators import Denominator
from saferboard.analytics.measures.facts import Maker, whole
from saferboard.analytics.measures.model import Definition
from saferboard.analytics.stats import peers, rates
from saferboard.vocabulary.area import Area
from saferboard.vocabulary.period import Period

PART = "wards"
SHRUNK = "wards-shrunk"
Differs = Literal["higher", "lower", "not clear", ""]


@dataclass(frozen=True)
class WardRate:
    """What a ward's row says of its rate."""

    rate: Fact
    shrunk: Fact
    rank: Fact | None
    differs: Differs


@dataclass(frozen=True)
class WardRates:
    """The rates by code of ward, the rate of all together, and how many wards have a place."""

    by_ward: Mapping[str, WardRate]
    average: Fact
    ranked: int


def ward_rates(
    definition: Definition,
    authority: Area,
    wards: Sequence[Area],
    year: Period,
    counts: NDArray[np.float64],
    bases: Mapping[str, Denominator],
    phi: float,
    loads: tuple[str, ...],
) -> WardRates | None:
    """Rates of `wards` from `counts` (n,); None where no ward has a denominator. A ward without
    one has no rate and no place."""
    base = definition.rate
    exposures = np.array(
        [bases[one.code].value if one.code in bases else math.nan for one in wards]
    )
    known = np.isfinite(counts) & np.isfinite(exposures) & (exposures > 0)
    if base is None or not known.any():
        return None
    ranks = peers.rank(np.where(known, counts / exposures, math.nan), definition.polarity)
    seed = zlib.crc32(f"{definition.key}/{authority.code}/wards/{year.slug()}".encode())
    ranges = peers.rank_intervals(
        counts, exposures, seed=seed, polarity=definition.polarity, phi=phi
    )
    drawn = peers.shrunk(counts, exposures, phi=phi)
    differs = drawn.differs()
    found: dict[str, WardRate] = {}
    for at, ward in enumerate(wards):
        if not known[at]:
            continue
        held, maker = bases[ward.code], Maker(definition, ward)
        vintages = tuple(sorted({*loads, held.vintage}))
        x = float(counts[at])
        estimate = rates.rate(x, held.value, base.per, phi=phi)
        rate = maker.fact(
            "rate", year, estimate.value, part=PART, n=whole(x), per=base.per, of=base.of,
            interval=Interval(estimate.low, estimate.high), vintages=vintages, note=held.words(),
        )  # fmt: skip
        shrunk = maker.fact(
            "rate", year, float(drawn.rates[at] * base.per), part=SHRUNK, per=base.per, of=base.of,
            interval=Interval(float(drawn.low[at] * base.per), float(drawn.high[at] * base.per)),
            vintages=vintages, note="drawn toward the rate of all wards",
        )  # fmt: skip
        likely = ranges[at]
        rank = maker.fact(
            "rank", year, ranks.ranks[at], unit="rank", part=PART, vintages=vintages,
            interval=Interval(likely.low, likely.high) if likely else None,
        )  # fmt: skip
        found[ward.code] = WardRate(
            rate, shrunk, rank if ranks.with_data > 1 else None, differs[at] or ""
        )
    total = float(counts[known].sum())
    average = Maker(definition, authority).fact(
        "rate", year, float(drawn.average * base.per), part="all-wards", n=whole(total),
        per=base.per, of=base.of, vintages=loads,
    )  # fmt: skip
    return WardRates(found, average, ranks.with_data)
