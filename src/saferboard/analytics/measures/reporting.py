"""One measure that a partner reports, put together and passed through disclosure control."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Collection, Mapping, Sequence
from typing import Any, TypeVar

from saferboard.analytics.disclosure import suppress_facts
from saferboard.analytics.facts.fact import Fact
from saferboard.analytics.measures import returned
from saferboard.analytics.measures.area_sets import NamedSet
from saferboard.analytics.measures.compute import Desk, Shown, with_vintages
from saferboard.analytics.measures.facts import Maker, facts_in
from saferboard.analytics.measures.frame import Options
from saferboard.analytics.measures.model import Definition
from saferboard.analytics.measures.rating import rate as rate_measure
from saferboard.analytics.measures.results import (
    BreakMet,
    Comparison,
    MeasureResult,
    MonthPoint,
    RankResult,
)
from saferboard.analytics.measures.return_ranks import ranks_of_returns
from saferboard.analytics.measures.returns import Returns, read_returns
from saferboard.analytics.measures.trending import JUDGED
from saferboard.vocabulary.area import Area
from saferboard.vocabulary.period import Month, Period

_T = TypeVar("_T")
_NUMBER = re.compile(r"(?<![\d.,-])\d{1,3}(?![\d-])")


def reported(
    desk: Desk,
    definition: Definition,
    area: Area,
    sets: Sequence[NamedSet],
    shown: Shown,
    *,
    funnels: bool = False,
) -> MeasureResult | None:
    """The measure as the partner reports it, with its rank in the sets where other areas report
    it too; None where nothing is reported up to the month."""
    returns = read_returns(desk, definition, area)
    if returns.latest is None:
        return None
    result = _reported(desk, definition, area, sets, shown, returns, funnels=funnels)
    if definition.disclosure != "open":
        safe = protected(result, definition, desk.options)
        hidden = {one.month for one in safe.months if one.count.suppressed}
        places = _withheld(safe)
        if hidden or places:
            # What is usual is reckoned again from what may be shown, and so are ranks and
            # averages: the withheld counts would leave a trace in them.
            without = returns.without(hidden)
            again = _reported(
                desk, definition, area, sets, shown, without, withheld=places, funnels=funnels
            )
            safe = protected(again, definition, desk.options)
        result = safe
    held = [one for one in (result.quarter, result.year, result.baseline, result.latest) if one]
    rated = rate_measure(
        held, result.ranks, result.exceptions, definition.polarity, desk.options.rag
    )
    return with_vintages(dataclasses.replace(result, rag=rated))


def _withheld(result: MeasureResult) -> set[str]:
    """The areas of a rank whose figure may not leave."""
    return {
        peer.area
        for ranking in result.ranks
        for peer in ranking.peers
        if peer.fact.suppressed or (peer.count is not None and peer.count.suppressed)
    }


def _reported(
    desk: Desk,
    definition: Definition,
    area: Area,
    sets: Sequence[NamedSet],
    shown: Shown,
    returns: Returns,
    *,
    withheld: Collection[str] = (),
    funnels: bool,
) -> MeasureResult:
    """The measure with every figure, before disclosure control; `withheld` are areas that no
    rank may rest on."""
    latest = returns.latest
    assert latest is not None  # reported returned before
    maker = Maker(definition, area)
    comparisons: list[Comparison] = []
    single: Comparison | None = None
    points: tuple[MonthPoint, ...] = ()
    phi = None
    if definition.kind == "return-percentage":
        single = returned.percentage_comparison(returns, maker)
    elif definition.kind == "return-index":
        single = returned.index_comparison(returns, maker)
    else:
        comparisons, single, phi = returned.count_comparisons(returns, maker, desk.options)
        points = returned.months(
            returns, maker, latest.period.last_month, desk.options.chart_months
        )
    rate, under = returned.return_rate(returns, maker, desk.denominators, desk.options.known)
    by_name = {one.name: one for one in comparisons}
    last = Month.of(latest.period.end)
    return MeasureResult(
        measure=definition.key,
        title=definition.title,
        area=area,
        polarity=definition.polarity,
        unit_one=definition.unit.one,
        unit_many=definition.unit.many,
        priority=shown.priority,
        presenter=shown.presenter,
        source="local-return",
        source_title=latest.reported_by,
        to=last,
        older=last < desk.options.to,
        quarter=by_name.get("quarter"),
        year=by_name.get("year"),
        financial_year=by_name.get("financial year to date"),
        baseline=by_name.get("baseline"),
        latest=single,
        rate=rate,
        denominator=under,
        ranks=ranks_of_returns(
            desk, definition, area, returns, sets, withheld=withheld, funnels=funnels
        ),
        months=points,
        exceptions=points[-JUDGED:],
        breaks=_breaks(comparisons, single),
        left_out=_left_out(returns, maker),
        dispersion=phi.phi if phi else None,
        dispersion_note=phi.words if phi else "",
        caveats=definition.caveats,
        notes=tuple(dict.fromkeys(row.note for row in returns.rows[-4:] if row.note)),
    )


def _breaks(comparisons: list[Comparison], single: Comparison | None) -> tuple[Any, ...]:
    met: dict[tuple[str, object], Any] = {}
    for one in (*comparisons, *([single] if single else [])):
        met |= {(entry.key, entry.date): entry for entry in one.breaks}
    return tuple(met.values())


def _left_out(returns: Returns, maker: Maker) -> tuple[BreakMet, ...]:
    return tuple(
        entry.met()
        for entry in returned.unusual_of(maker)
        if any(map(entry.holds, returns.monthly))
    )


def protected(result: MeasureResult, definition: Definition, options: Options) -> MeasureResult:
    """The result with its small numbers taken out, and with whatever would give them back:
    figures, what their change means, the limits of their months, and a partner's remark that
    holds a small number."""
    held = list({fact.id: fact for fact in facts_in(result)}.values())
    small = options.small
    found = suppress_facts(
        held,
        sensitive={definition.key},
        threshold=small.threshold,
        rounding=small.round_to,
        released=options.released,
    )
    safe = found.facts
    by_id = {fact.id: fact for fact in safe}
    swapped = swap(result, by_id)
    gone = {fact.id for fact in safe if fact.suppressed}
    return dataclasses.replace(
        swapped,
        quarter=_quiet(swapped.quarter),
        year=_quiet(swapped.year),
        financial_year=_quiet(swapped.financial_year),
        baseline=_quiet(swapped.baseline),
        latest=_quiet(swapped.latest),
        ranks=tuple(_quiet_rank(one) for one in swapped.ranks),
        months=tuple(_quiet_month(one, gone) for one in swapped.months),
        exceptions=tuple(_quiet_month(one, gone) for one in swapped.exceptions),
        notes=tuple(dict.fromkeys(_quiet_note(one, small.threshold) for one in swapped.notes)),
        given_away=found.given_away,
    )


def _quiet_note(text: str, threshold: int) -> str:
    if any(0 < int(number) < threshold for number in _NUMBER.findall(text)):
        return "A remark of the return is withheld: it holds a small number."
    return text


def swap(value: _T, by_id: Mapping[str, Fact]) -> _T:
    """The same value with every fact in it replaced by the one of its id."""
    if isinstance(value, Fact):
        return by_id.get(value.id, value)  # type: ignore[return-value]  # a Fact for a Fact
    if isinstance(value, tuple):
        return tuple(swap(one, by_id) for one in value)  # type: ignore[return-value]  # same type
    if dataclasses.is_dataclass(value) and not isinstance(value, type | Period):
        changed = {
            held.name: swap(getattr(value, held.name), by_id) for held in dataclasses.fields(value)
        }
        return dataclasses.replace(value, **changed)
    return value


def _quiet(one: Comparison | None) -> Comparison | None:
    if one is None or not one.change.suppressed:
        return one
    return dataclasses.replace(one, verdict="no comparison")


def _quiet_rank(one: RankResult) -> RankResult:
    if one.rank.suppressed or (one.previous is not None and one.previous.suppressed):
        return dataclasses.replace(one, moved="not known")
    return one


def _quiet_month(one: MonthPoint, gone: set[str]) -> MonthPoint:
    if one.count.id not in gone:
        return one
    return dataclasses.replace(one, status="not judged", expected=None, lower=None, upper=None)
