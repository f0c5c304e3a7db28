"""Simulated counts: trend, season, overdispersion, and what the planted events add."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from saferboard.analytics.sample.world import World, words
from saferboard.vocabulary.period import Month

Counts = NDArray[np.int64]
MONTHS = 87
PLACED = 0.965  # share of offences that can be placed in a ward (quirk 9: 2-5% cannot)


@dataclass(frozen=True)
class Series:
    """Counts of one thing: `district` by district and month, `lsoa` by neighbourhood and
    month. Neighbourhoods sum to less than the district: some offences have no place."""

    key: str
    district: Counts
    lsoa: Counts

    def ward(self, world: World) -> Counts:
        """Counts by ward and month."""
        total = np.zeros((len(world.wards), self.lsoa.shape[1]), dtype=np.int64)
        np.add.at(total, [one.ward for one in world.lsoas], self.lsoa)
        return total


def months_to(last: Month) -> tuple[Month, ...]:
    """The months that are simulated, oldest first."""
    return tuple(last + (number - MONTHS + 1) for number in range(MONTHS))


def simulate(
    plan: Mapping[str, Any], world: World, months: tuple[Month, ...], rng: np.random.Generator
) -> Series:
    """Draw one series from its plan (an entry of offences.yaml or dashboard.yaml): the mean
    has a log-linear trend, a yearly wave and the days of the month; counts are negative
    binomial with variance `phi` times the mean (a Gamma mixture of Poissons)."""
    mean = _mean(plan, world, months)
    for name in ("clear_rise", "clear_fall"):
        event = words("planted.yaml")[name]
        if event["offence"] == plan["key"]:
            mean[world.focus, len(months) - 1 - event["from"] :] *= event["factor"]
    event = words("planted.yaml")["exception"]
    if event["offence"] == plan["key"]:
        mean[world.focus, len(months) - 1 - event["month"]] *= event["factor"]
    district = overdispersed(mean, float(plan["phi"]), rng)
    return Series(plan["key"], district, _placed(district, world, float(plan["town"]), rng))


def part_of(
    whole: Series, key: str, share: float, world: World, rng: np.random.Generator
) -> Series:
    """A part of `whole`: every offence belongs to it with chance `share`, in every place."""
    lsoa = rng.binomial(whole.lsoa, share)
    placed = _by_district(whole.lsoa, world)
    rest = rng.binomial(whole.district - placed, share)
    return Series(key, _by_district(lsoa, world) + rest, lsoa)


def overdispersed(mean: NDArray[np.float64], phi: float, rng: np.random.Generator) -> Counts:
    """Counts with the given mean and variance `phi * mean` (`phi` 1 is Poisson)."""
    if phi <= 1:
        return rng.poisson(mean)
    return rng.poisson(rng.gamma(mean / (phi - 1), phi - 1))


def _mean(plan: Mapping[str, Any], world: World, months: tuple[Month, ...]) -> NDArray[np.float64]:
    years = np.arange(len(months)) / 12
    days = np.array([month.days for month in months]) / 365.25
    turn = np.array([2 * np.pi * (month.month - plan["peak"]) / 12 for month in months])
    shape = (1 + plan["trend"] / 100) ** years * np.exp(plan["season"] * np.cos(turn)) * days
    base = np.array([one.residents / 1000 * one.level for one in world.districts])
    return np.asarray(plan["per_thousand"] * base[:, None] * shape[None, :])


def _placed(district: Counts, world: World, town: float, rng: np.random.Generator) -> Counts:
    """Spread each district's placed offences over its neighbourhoods."""
    placed = rng.binomial(district, PLACED)
    lsoa = np.zeros((len(world.lsoas), district.shape[1]), dtype=np.int64)
    for number in range(len(world.districts)):
        here = [place for place, one in enumerate(world.lsoas) if one.district == number]
        pull = np.exp(town * np.array([world.lsoas[place].town for place in here]))
        drawn = rng.multinomial(placed[number], pull / pull.sum())
        lsoa[here] = drawn.T
    return lsoa


def _by_district(lsoa: Counts, world: World) -> Counts:
    total = np.zeros((len(world.districts), lsoa.shape[1]), dtype=np.int64)
    np.add.at(total, [one.district for one in world.lsoas], lsoa)
    return total
