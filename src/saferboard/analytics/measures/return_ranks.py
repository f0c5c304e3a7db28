"""The place of an area among those of a set that report the same measure for the same period.

All denominators of a rank are of one kind: those that the returns give, or those of the data store.
Where a return gives no base there is no interval, and no likely range of ranks.
"""

from __future__ import annotations

import math
import zlib
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

import numpy as np

from saferboard.analytics.facts.fact import Fact, Interval
from saferboard.analytics.measures.area_sets import NamedSet
from saferboard.analytics.measures.compute import Desk
from saferboard.analytics.measures.facts import Maker, whole
from saferboard.analytics.measures.funnels import funnel_of
from saferboard.analytics.measures.model import Definition
from saferboard.analytics.measures.ranking import NO_DENOMINATOR, rank_fact
from saferboard.analytics.measures.results import PeerRate, RankResult
from saferboard.analytics.measures.return_members import ONE_ROW, Member, member_of
from saferboard.analytics.measures.returned import (
    breaks_met,
    count_dispersion,
    count_fact,
    index_fact,
    own_dispersion,
    percentage_fact,
    rated_period,
)
from saferboard.analytics.measures.returns import NOT_REPORTED, Returns
from saferboard.analytics.stats import dispersion, peers, rates
from saferboard.vocabulary.area import Area
from saferboard.vocabulary.period import Period, day_label

_FEWEST = 2
_WITHHELD = "withheld: it would rest on a small number"
Basis = Literal["given", "store", "none"]


@dataclass(frozen=True)
class _Places:
    """Values, denominators (or bases of percentages) and places of a set in one period."""

    period: Period
    values: np.ndarray[tuple[int], np.dtype[np.float64]]
    exposures: np.ndarray[tuple[int], np.dtype[np.float64]]
    basis: Basis
    notes: tuple[str, ...]
    loads: tuple[frozenset[str], ...]
    ranks: peers.Ranks
    ranges: list[peers.RankRange | None]


def ranks_of_returns(
    desk: Desk,
    definition: Definition,
    area: Area,
    returns: Returns,
    sets: Iterable[NamedSet],
    *,
    withheld: Collection[str] = (),
    funnels: bool = False,
) -> tuple[RankResult, ...]:
    """The area's place in each set in which another area reports the measure. `returns` are the
    area's own; `withheld` are areas whose figure may not leave: they have none here."""
    found: list[RankResult] = []
    for chosen in sets:
        own = {area.code: returns}
        members = [
            member_of(desk, definition, code, chosen, withheld, own.get(code))
            for code in chosen.set.members
        ]
        at = chosen.set.members.index(area.code)
        period = _common(members, at)
        if period is None:
            continue
        funnel = funnels and not any(one.funnel for one in found)
        found.append(_rank(desk, definition, chosen, members, at, period, funnel=funnel))
        if not _can_be_ranked(definition):
            break  # counts side by side need to be seen once
    return tuple(found)


def _can_be_ranked(definition: Definition) -> bool:
    return definition.rate is not None or definition.kind in ONE_ROW


def _common(members: Sequence[Member], at: int) -> Period | None:
    """The period to rank: the 12 months where the area and another have them, else the latest
    as it was reported; None where no other area reports either."""
    own = members[at].returns
    if own.latest is None:
        return None
    others = [one for one in members if one is not members[at]]
    for period in dict.fromkeys((rated_period(own), own.latest.period)):
        if period is None or not members[at].rows(period):
            continue
        if any(one.rows(period) for one in others):
            return period
    return None


def _rank(
    desk: Desk,
    definition: Definition,
    chosen: NamedSet,
    members: Sequence[Member],
    at: int,
    period: Period,
    *,
    funnel: bool,
) -> RankResult:
    own, key, size = members[at], chosen.set.key, len(members)
    now = _places(desk, definition, chosen, members, period)
    then = [one.as_compared() for one in members]
    before = _places(desk, definition, chosen, then, period.year_before(), basis=now.basis)
    missing = _why_none(own, now, at)
    place = None if missing else now.ranks.ranks[at]
    fact = rank_fact(own.maker, period, place, now.ranges[at], key, missing, _loads(now))
    previous: Fact | None = None
    moved: peers.Movement = "not known"
    changed = _changed(members, now, before)
    shown = _peers(definition, members, at, now, key)
    average = _average(own.maker, now, key)
    limits = None
    if funnel and definition.kind not in ONE_ROW:
        codes = [one.area.code for one in members]
        limits = funnel_of(
            own.maker, period, key, codes, now.values, now.exposures, shown, average, _loads(now)
        )
    if missing is None and before.ranks.ranks[at] is not None and own.area.code not in changed:
        previous = rank_fact(
            own.maker, before.period, before.ranks.ranks[at], before.ranges[at], key, None,
            _loads(before),
        )  # fmt: skip
        if not changed:
            moved = peers.movement(now.ranges[at], before.ranges[at])
    return RankResult(
        key,
        chosen.set.title,
        fact,
        size,
        now.ranks.with_data,
        previous,
        moved,
        shown,
        average,
        missing,
        " ".join([*_cautions(members, now), *changed.values()]),
        limits,
    )


def _why_none(own: Member, now: _Places, at: int) -> str | None:
    """Why the area has no place, None where it has one."""
    if now.ranks.ranks[at] is not None:
        if now.ranks.with_data < _FEWEST:
            return "no other area of the set has a figure on the same base"
        return None
    if own.hidden(now.period):
        return _WITHHELD
    refused = own.refused(now.period)
    if refused is not None:
        return f"the recording changed inside the period: {refused.words}"
    if not _can_be_ranked(own.maker.definition):
        return "counts without a denominator are not ranked"
    return NO_DENOMINATOR if math.isfinite(now.values[at]) else NOT_REPORTED


def _places(
    desk: Desk,
    definition: Definition,
    chosen: NamedSet,
    members: Sequence[Member],
    period: Period,
    *,
    basis: Basis | None = None,
) -> _Places:
    values = np.array([one.value(period) for one in members])
    loads = [frozenset(row.vintage for row in one.rows(period)) for one in members]
    given = np.array([one.returns.given(period) or math.nan for one in members])
    seed = zlib.crc32(f"{definition.key}/{chosen.set.key}/{period.slug()}".encode())
    polarity = definition.polarity
    none: list[peers.RankRange | None] = [None] * len(members)
    notes = [""] * len(members)
    if definition.kind == "return-percentage":
        known = np.isfinite(values)
        ranges = none
        if np.isfinite(given[known]).all():
            ranges = peers.share_rank_intervals(
                values / 100 * given, given, seed=seed, polarity=polarity
            )
        ranks = peers.rank(values, polarity)
        return _Places(period, values, given, "given", (), tuple(loads), ranks, ranges)
    if definition.kind == "return-index":
        ranks = peers.rank(values, polarity)
        nothing = np.full(len(members), math.nan)
        return _Places(period, values, nothing, "none", (), tuple(loads), ranks, none)
    exposures = np.full(len(members), math.nan)
    chosen_basis: Basis = "none"
    if definition.rate is not None:
        middle = period.start + timedelta(days=period.days // 2)
        codes = [one.area.code for one in members]
        held = desk.denominators.choose(definition.rate.of, codes, middle, desk.options.known)
        stored = np.array([held[one].value if one in held else math.nan for one in codes])
        chosen_basis = basis or _basis(values, given, stored)
        exposures = given if chosen_basis == "given" else stored
        if chosen_basis == "store":
            notes = [held[one].words() if one in held else "" for one in codes]
            loads = [
                load | {held[one].vintage} if one in held else load
                for load, one in zip(loads, codes, strict=True)
            ]
        else:
            notes = [
                f"given in the return of {rows[-1].reported_by}" if rows else ""
                for rows in (one.rows(period) for one in members)
            ]
    exposures = np.where(np.isfinite(exposures) & (exposures > 0), exposures, math.nan)
    seen = [one for one in members if not one.withheld]
    shared = dispersion.pooled([own_dispersion(one.returns, one.maker) for one in seen])
    return _Places(
        period,
        values,
        exposures,
        chosen_basis,
        tuple(notes),
        tuple(loads),
        peers.rank(values / exposures, polarity),
        peers.rank_intervals(
            values,
            exposures,
            seed=seed,
            polarity=polarity,
            phi=shared if math.isfinite(shared) else dispersion.ASSUMED,
        ),
    )


def _basis(values: np.ndarray, given: np.ndarray, stored: np.ndarray) -> Basis:
    """The denominators that the most areas with a figure have, the returns' own before others."""
    by_return = int((np.isfinite(values) & np.isfinite(given)).sum())
    by_store = int((np.isfinite(values) & np.isfinite(stored)).sum())
    return "given" if by_return and by_return >= by_store else "store"


def _changed(members: Sequence[Member], now: _Places, before: _Places) -> dict[str, str]:
    """The areas that recorded otherwise a year before, by what forbids the comparison: code to
    a sentence."""
    found = {}
    for at, one in enumerate(members):
        if now.ranks.ranks[at] is None or before.ranks.ranks[at] is None:
            continue
        for met in breaks_met(one.returns, one.maker, now.period, before.period):
            if met.severity == "not comparable":
                words = f"{one.area.name} changed its recording on {day_label(met.date)}"
                found[one.area.code] = f"{words}: places of the year before do not compare."
    return found


def _cautions(members: Sequence[Member], now: _Places) -> list[str]:
    """What has to be known of the figures that are ranked, or that are left out."""
    said = []
    lost = []
    for at, one in enumerate(members):
        refused = None if one.ended or one.withheld else one.refused(now.period)
        if refused is not None:
            said.append(f"{one.area.name} is left out: its recording changed inside the period.")
        elif math.isfinite(now.values[at]) and now.ranks.ranks[at] is None and now.basis != "none":
            lost.append(one.area.name)
        for met in one.returns.breaks(now.period, now.period):
            if met.severity == "caution" and now.ranks.ranks[at] is not None:
                said.append(f"{one.area.name}: {met.words.rstrip('.')}.")
    if lost:
        said.append(f"No denominator of the same kind for {', '.join(lost)}.")
    return said


def _loads(places: _Places) -> tuple[str, ...]:
    ranked = [
        load
        for load, rank in zip(places.loads, places.ranks.ranks, strict=True)
        if rank is not None
    ]
    return tuple(sorted(frozenset().union(*ranked)))


def _peers(
    definition: Definition, members: Sequence[Member], at: int, now: _Places, key: str
) -> tuple[PeerRate, ...]:
    """The areas in rank order, those without a place behind; counts, largest first, where
    nobody has a rate."""
    found: list[tuple[tuple[object, ...], PeerRate]] = []
    for index, one in enumerate(members):
        fact, count = _peer(definition, one, index, now, key)
        rank = now.ranks.ranks[index]
        value = math.inf if fact.value is None else -float(fact.value)
        order = (rank is None, rank or 0, value, one.area.name)
        found.append((order, PeerRate(one.area.code, one.area.name, fact, index == at, count)))
    return tuple(peer for _, peer in sorted(found, key=lambda pair: pair[0]))


def _peer(
    definition: Definition, one: Member, index: int, now: _Places, key: str
) -> tuple[Fact, Fact | None]:
    """The figure of an area, and the count under it."""
    known = math.isfinite(now.values[index])
    if definition.kind == "return-percentage":
        row = one.returns.exactly(now.period) if known else None
        return percentage_fact(one.maker, row, now.period), None
    if definition.kind == "return-index":
        return index_fact(one.maker, one.returns.exactly(now.period) if known else None,
                          now.period), None  # fmt: skip
    count = count_fact(one.returns, one.maker, now.period) if known else None
    base = definition.rate
    if base is None or now.ranks.with_data == 0:
        missing = _WITHHELD if one.hidden(now.period) else NOT_REPORTED
        gone = one.maker.fact("count", now.period, None, part=key, missing=missing)
        return count or gone, None
    exposure = float(now.exposures[index])
    if count is None or not math.isfinite(exposure):
        hidden = one.hidden(now.period)
        missing = NO_DENOMINATOR if count else _WITHHELD if hidden else NOT_REPORTED
        return one.maker.fact("rate", now.period, None, part=key, missing=missing), None
    value = float(now.values[index])
    estimate = rates.rate(
        value, exposure, base.per, phi=count_dispersion(one.returns, one.maker).phi
    )
    rate = one.maker.fact(
        "rate",
        now.period,
        estimate.value,
        part=key,
        n=whole(value),
        per=base.per,
        of=base.of,
        interval=Interval(estimate.low, estimate.high),
        vintages=tuple(sorted(now.loads[index])),
        note=now.notes[index],
    )
    return rate, count


def _average(maker: Maker, now: _Places, key: str) -> Fact | None:
    """The figure of all members with data together; None where a base is missing."""
    known = np.isfinite(now.values) & np.isfinite(now.exposures)
    if not known.any() or (known != np.isfinite(now.values)).any():
        return None
    total = float(now.exposures[known].sum())
    if maker.definition.is_percentage:
        value = float((now.values[known] * now.exposures[known]).sum() / total)
        return maker.fact(
            "percentage", now.period, value, unit="%", part=f"average-{key}", n=whole(total),
            vintages=_loads(now),
        )  # fmt: skip
    rate = maker.definition.rate
    if rate is None:
        return None
    count = float(now.values[known].sum())
    return maker.fact(
        "rate",
        now.period,
        count / total * rate.per,
        part=f"average-{key}",
        n=whole(count),
        per=rate.per,
        of=rate.of,
        vintages=_loads(now),
    )
