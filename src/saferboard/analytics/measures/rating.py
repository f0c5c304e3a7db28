"""The rating of a measure, from what its changes mean or, on request, from their signs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from saferboard.analytics.measures.results import (
    Comparison,
    Indicator,
    MonthPoint,
    Rag,
    RankResult,
)
from saferboard.analytics.stats import rag
from saferboard.vocabulary.verdict import Effect, Polarity, effect

Way = Literal["verdicts", "signs-2017"]
_COUNTED = ("quarter", "year", "baseline", "wave")
_NAMES = {
    "quarter": "quarter",
    "year": "12 months",
    "baseline": "against the baseline year",
    "wave": "latest period",
}


def rate(
    comparisons: Sequence[Comparison],
    ranks: Sequence[RankResult],
    last_months: Sequence[MonthPoint],
    polarity: Polarity,
    way: Way,
) -> Rag:
    """The rating with every indicator behind it: the quarter, the 12 months, the baseline or
    the wave; each rank against a year before; the last three months. The financial year to
    date is left out: it overlaps the 12 months, and would count one change twice."""
    counted = [one for one in comparisons if one.name in _COUNTED]
    if way == "signs-2017":
        return _by_signs(counted, ranks, last_months, polarity)
    indicators = [
        Indicator(_NAMES[one.name], one.verdict, effect(one.verdict, polarity)) for one in counted
    ]
    for one in ranks:
        if one.rank.value is not None:
            indicators.append(
                Indicator(f"rank in {one.title}", one.moved, _rank_effect(one.moved, polarity))
            )
    if last_months:
        indicators.append(_months(last_months, polarity))
    rating, tally = rag.rate([one.effect for one in indicators])
    return Rag(
        rating, "verdicts", tally.better, tally.worse, tally.no_clear_change, tuple(indicators)
    )


def _rank_effect(moved: str, polarity: Polarity) -> Effect:
    if polarity == "neither" or moved == "not known":
        return "not rated"
    if moved == "better":
        return "better"
    return "worse" if moved == "worse" else "no clear change"


def _months(points: Sequence[MonthPoint], polarity: Polarity) -> Indicator:
    """Exceptions of the last months: on one side they count, on both they cancel."""
    high = sum(point.status == "exception high" for point in points)
    low = sum(point.status == "exception low" for point in points)
    judged = any(point.status not in ("missing", "not judged") for point in points)
    name = "last three months"
    if polarity == "neither" or not judged:
        return Indicator(name, "not rated" if judged else "not judged", "not rated")
    bad, good = (high, low) if polarity == "lower-is-better" else (low, high)
    if bad and not good:
        return Indicator(name, "exceptionally high" if high else "exceptionally low", "worse")
    if good and not bad:
        return Indicator(name, "exceptionally low" if low else "exceptionally high", "better")
    return Indicator(name, "nothing unusual" if not bad else "both ways", "no clear change")


def _by_signs(
    comparisons: Sequence[Comparison],
    ranks: Sequence[RankResult],
    last_months: Sequence[MonthPoint],
    polarity: Polarity,
) -> Rag:
    indicators: list[Indicator] = []
    for one in comparisons:
        now, before = one.current.value, one.previous.value
        change = None if now is None or before is None else float(now) - float(before)
        if one.verdict == "not comparable":
            change = None
        words = "no figure" if change is None else "up" if change > 0 else "down"
        words = "unchanged" if change == 0 else words
        indicators.append(Indicator(_NAMES[one.name], words, rag.sign_effect(change, polarity)))
    for place in ranks:
        if place.rank.value is None or place.previous is None or place.previous.value is None:
            continue
        # A lower rank number is better whatever the measure.
        moved = float(place.rank.value) - float(place.previous.value)
        shown: Effect = rag.sign_effect(moved, "lower-is-better")
        indicators.append(
            Indicator(
                f"rank in {place.title}",
                "up" if moved < 0 else "down" if moved > 0 else "unchanged",
                "not rated" if polarity == "neither" else shown,
            )
        )
    if last_months:
        indicators.append(_months(last_months, polarity))
    rating, tally = rag.by_sign_effects([one.effect for one in indicators])
    return Rag(
        rating,
        "signs, as in 2017",
        tally.better,
        tally.worse,
        tally.no_clear_change,
        tuple(indicators),
    )
