"""The summary as plain lists and dictionaries, for `--json` and for whoever reads it.

Months are written `2023-12`; a span that is not of whole months has days, `2017-09-08`. A value
that is missing is null, and `missing` beside it says why. An interval is `[low, high]` at 95%, in
the unit of its value; a likely range of ranks is `[from, to]`. Keys may be added, none is taken
away.
"""

from __future__ import annotations

from typing import Any

from saferboard.analytics.facts.fact import Fact, Interval
from saferboard.analytics.measures.results import (
    BreakMet,
    Comparison,
    MeasureResult,
    MonthPoint,
    Rag,
    RankResult,
    SummaryResult,
)
from saferboard.analytics.store.vintage import Vintage
from saferboard.vocabulary.period import Period


def summary_json(result: SummaryResult) -> list[dict[str, Any]]:
    """One object for each measure, in the order of the summary."""
    return [_measure(one, result) for one in result.measures]


def _measure(one: MeasureResult, result: SummaryResult) -> dict[str, Any]:
    return {
        "measure": one.measure,
        "area": one.area.name,
        "area_code": one.area.code,
        "area_kind": one.area.kind,
        "quarter": _comparison(one.quarter),
        "year": _comparison(one.year),
        "rate": _rate(one),
        "ranks": {rank.area_set: _rank(rank) for rank in one.ranks},
        "exceptions": [_month(point) for point in one.exceptions],
        "rag": _rag(one.rag),
        "vintages": [_vintage(result.vintages[key]) for key in one.vintages],
        "breaks": [_break(entry) for entry in one.breaks],
        "left_out": [_break(entry) for entry in one.left_out],
        "title": one.title,
        "unit": {"one": one.unit_one, "many": one.unit_many},
        "polarity": one.polarity,
        "priority": one.priority,
        "presenter": one.presenter,
        "source": one.source,
        "source_title": one.source_title,
        "to": str(one.to),
        "older": one.older,
        "financial_year": _comparison(one.financial_year),
        "baseline": _comparison(one.baseline),
        "latest": _comparison(one.latest),
        "dispersion": {"phi": one.dispersion, "note": one.dispersion_note},
        "as_known": result.as_known,
        "comparators": result.comparators,
        "caveats": list(one.caveats),
        "notes": list(one.notes),
        "missing": one.missing,
    }


def span(period: Period) -> dict[str, str]:
    """From and to, as months where the span is of whole months; a publisher's own words for
    it (“autumn 2016”) where it has any."""
    if period.is_whole_months:
        ends = {"from": str(period.first_month), "to": str(period.last_month)}
    else:
        ends = {"from": period.start.isoformat(), "to": period.end.isoformat()}
    return {**ends, "words": period.words} if period.words else ends


def _comparison(one: Comparison | None) -> dict[str, Any] | None:
    if one is None:
        return None
    points = one.change.kind == "change_points"
    body = {
        **span(one.period),
        "value": one.current.value,
        "previous": one.previous.value,
        "change_percent": None if points else one.change.value,
        "interval": _interval(one.change.interval),
        "verdict": one.verdict,
        "compared_with": span(one.against),
        "missing": one.current.missing or one.previous.missing or one.change.missing,
        "provisional": one.current.provisional,
        "stitched": one.stitched,
        "breaks": [entry.key for entry in one.breaks],
    }
    if points:
        body["change_points"] = one.change.value
        body["base"] = one.current.n
        body["previous_base"] = one.previous.n
    return body


def _rate(one: MeasureResult) -> dict[str, Any] | None:
    if one.rate is None:
        return None
    under = one.denominator
    return {
        "value": one.rate.value,
        "per": one.rate.per,
        "of": one.rate.of,
        "interval": _interval(one.rate.interval),
        **span(one.rate.period),
        "previous": one.previous_rate.value if one.previous_rate else None,
        "denominator": under.value if under else None,
        "denominator_source": under.note if under else None,
        "missing": one.rate.missing,
    }


def _rank(one: RankResult) -> dict[str, Any]:
    return {
        "rank": one.rank.value,
        "of": one.of,
        "likely": _likely(one.rank),
        "previous_rank": one.previous.value if one.previous else None,
        "previous_likely": _likely(one.previous),
        "with_data": one.with_data,
        "moved": one.moved,
        "title": one.title,
        **span(one.rank.period),
        "average": one.average.value if one.average else None,
        "missing": one.missing,
        "note": one.note,
    }


def _likely(fact: Fact | None) -> list[int] | None:
    if fact is None or fact.interval is None:
        return None
    return [int(fact.interval.low), int(fact.interval.high)]


def _month(point: MonthPoint) -> dict[str, Any]:
    return {
        "month": str(point.month),
        "value": point.count.value,
        "status": point.status,
        "expected": point.expected.value if point.expected else None,
        "lower": point.lower.value if point.lower else None,
        "upper": point.upper.value if point.upper else None,
        "provisional": point.count.provisional,
        "missing": point.count.missing,
    }


def _rag(one: Rag | None) -> dict[str, Any] | None:
    if one is None:
        return None
    return {
        "rating": one.rating,
        "letter": one.letter,
        "basis": one.basis,
        "better": one.better,
        "worse": one.worse,
        "no_clear_change": one.no_clear_change,
        "reasons": [
            {"name": each.name, "words": each.words, "effect": each.effect}
            for each in one.indicators
        ],
    }


def _vintage(one: Vintage) -> dict[str, Any]:
    return {
        "id": one.id,
        "publisher": one.publisher,
        "title": one.words,
        "dataset": one.dataset,
        "from": str(one.first_month) if one.first_month else None,
        "to": str(one.last_month) if one.last_month else None,
        "published": one.published.isoformat(),
        "published_assumed": one.published_assumed,
    }


def _break(one: BreakMet) -> dict[str, Any]:
    return {
        "key": one.key,
        "date": one.date.isoformat(),
        "until": one.until.isoformat() if one.until else None,
        "severity": one.severity,
        "words": one.words,
        "reference": one.reference,
    }


def _interval(one: Interval | None) -> list[float] | None:
    return [one.low, one.high] if one else None
