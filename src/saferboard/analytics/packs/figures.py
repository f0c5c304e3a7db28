"""Figures: a chart with its caption, words that say what it shows, and its table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from saferboard.analytics.charts.areas import areas_chart
from saferboard.analytics.charts.control import control_chart
from saferboard.analytics.charts.spec import short_month
from saferboard.analytics.charts.trend import MONTHS, trend_chart
from saferboard.analytics.facts.fact import Fact
from saferboard.analytics.facts.format import Style, bound, unit_words
from saferboard.analytics.measures.results import (
    ControlChart,
    MeasureResult,
    MonthPoint,
    RankResult,
)
from saferboard.analytics.packs.ranks import best_words
from saferboard.analytics.packs.writing import words
from saferboard.documents.model import Cell, Figure, Inlines, Label, Table
from saferboard.vocabulary.period import Month

_REMARKS = {
    "watch high": "higher than usual (watch)",
    "watch low": "lower than usual (watch)",
    "exception high": "unusually high",
    "exception low": "unusually low",
    "missing": "missing",
}
_PLAIN_UNITS = {"percentage": "per cent", "index": "index"}
_RULES = {
    "xmr": "individual values and moving ranges, adjusted for the season",
    "u": "counts per exposure (u chart)",
    "laney-u": "counts per exposure, limits widened for extra variation (Laney)",
    "p": "percentages (p chart)",
    "laney-p": "percentages, limits widened for extra variation (Laney)",
    "g": "months between rare events (g chart)",
    "t": "time between rare events (t chart)",
}


def trend_figure(result: MeasureResult) -> Figure:
    """The months of a measure. Marks are explained in the caption, so that the picture can do
    without a legend."""
    shown = result.months[-MONTHS:]
    title = f"{result.title} by month"
    chart = trend_chart(
        f"trend-{result.measure}", title, result.unit_many, result.months, result.breaks
    )
    return Figure(
        chart,
        words(Label(title), ", ", _span(shown)),
        _trend_words(result, shown),
        Table(
            key=f"months-{result.measure}",
            caption=words(Label(title)),
            head=(
                (
                    _head("Month"),
                    _head(result.unit_many.capitalize(), "right"),
                    _head("Usual range, lower", "right"),
                    _head("Usual range, upper", "right"),
                    _head("Remark"),
                ),
            ),
            body=tuple(_month_row(point) for point in shown),
            emphasis=frozenset(
                at for at, point in enumerate(shown) if point.status.startswith("exception")
            ),
        ).without_empty_columns(),
    )


def trend_key(result: MeasureResult) -> Inlines:
    """What the marks of this very trend chart mean, and no others."""
    shown = result.months[-MONTHS:]
    used = [
        said
        for said, true in (
            ("the shaded band is the usual range", any(p.lower and p.upper for p in shown)),
            ("◆ an unusual month", any(p.status.startswith("exception") for p in shown)),
            ("△ a month to watch", any(p.status.startswith("watch") for p in shown)),
            ("○ provisional", any(p.count.provisional for p in shown)),
            ("a gap is a missing month", any(p.count.value is None for p in shown)),
        )
        if true
    ]
    return words("Key: ", "; ".join(used), ".") if used else ()


def areas_key(result: MeasureResult, ranking: RankResult) -> Inlines:
    """How the chart of areas is read, and what is drawn on it beside the bars."""
    if not ranking.with_data:
        return words(
            "The largest number is at the top. These are numbers, not rates: where more people "
            "are, there is more."
        )
    known = ranking.average is not None and ranking.average.value is not None
    said = [
        *(["thin lines are likely ranges"] if _has_ranges(ranking) else []),
        *(["the dashed line is the average"] if known else []),
    ]
    key = f" Key: {', '.join(said)}." if said else ""
    return words(best_words(result), key)


def _has_ranges(ranking: RankResult) -> bool:
    return any(peer.fact.interval is not None for peer in ranking.peers)


def areas_figure(result: MeasureResult, ranking: RankResult) -> Figure:
    """The rate of each area of a set."""
    peers = tuple(peer for peer in ranking.peers if peer.fact.value is not None)
    first = peers[0].fact
    unit = unit_words(first) or _PLAIN_UNITS.get(first.kind, "")
    what = f"{result.title}, {unit or result.unit_many}"
    period = Label(first.period.label())
    chart = areas_chart(f"areas-{result.measure}-{ranking.area_set}", what, ranking)
    average = ranking.average
    own = next((peer for peer in peers if peer.is_area), None)
    ranges = _has_ranges(ranking)
    return Figure(
        chart,
        words(
            Label(f"{what}: {ranking.title}, "),
            period,
        ),
        words(
            "Bars for the areas of the set “",
            Label(ranking.title),
            "”, from ",
            Label(peers[0].area_name),
            " (",
            bound(peers[0].fact),
            ") to ",
            Label(peers[-1].area_name),
            " (",
            bound(peers[-1].fact),
            ")",
            words("; ", Label(own.area_name), " has ", bound(own.fact)) if own else None,
            words("; the average is ", bound(average)) if average and average.value else None,
            ".",
        ),
        Table(
            key=f"areas-{result.measure}-{ranking.area_set}",
            caption=words(Label(f"{what}: {ranking.title}, "), period),
            head=(
                (
                    _head("Area"),
                    _head(unit.capitalize() or "Number", "right"),
                    *((_head("Likely from", "right"), _head("Likely to", "right")) * ranges),
                ),
            ),
            body=tuple(
                (
                    Cell((Label(peer.area_name),), header=True),
                    _number(peer.fact),
                    *((_number(peer.fact, "low"), _number(peer.fact, "high")) * ranges),
                )
                for peer in peers
            ),
            emphasis=frozenset(at for at, peer in enumerate(peers) if peer.is_area),
        ),
    )


def control_figure(result: MeasureResult, control: ControlChart) -> Figure:
    """The control chart of a measure, where one fits."""
    title = f"{result.title}: control chart"
    chart = control_chart(f"control-{result.measure}", title, result.unit_many, control)
    rule = _RULES.get(control.kind, control.kind)
    fired = [short_month(control.months[at]) for at in sorted(control.signals)]
    said = Label(f"Signals: {', '.join(fired)}.") if fired else words("No rule has fired.")
    return Figure(
        chart,
        words(
            Label(f"{title}, {rule}"),
            ". The dashed lines are its limits",
            ". Trial limits: the series is short." if control.trial else ".",
        ),
        words("A line of monthly values round a centre line between two limits. ", said),
        Table(
            key=f"control-{result.measure}",
            caption=words(Label(title)),
            head=(
                (
                    _head("Month"),
                    *(_head(name, "right") for name in ("Value", "Centre", "Lower", "Upper")),
                    _head("Signal"),
                ),
            ),
            body=tuple(
                (
                    _month_cell(month),
                    _number(control.values[at]),
                    _number(control.centre[at]),
                    _number(control.lower[at]),
                    _number(control.upper[at]),
                    Cell((Label(control.signals.get(at, "")),)),
                )
                for at, month in enumerate(control.months)
            ),
        ),
    )


def _trend_words(result: MeasureResult, shown: Sequence[MonthPoint]) -> Inlines:
    known = [point for point in shown if point.count.value is not None]
    if not known:
        return words("No month of this series is known.")
    lowest = min(known, key=lambda point: point.count.value or 0)
    highest = max(known, key=lambda point: point.count.value or 0)
    unusual = [point for point in shown if point.status.startswith("exception")]
    missing = [point for point in shown if point.count.value is None]
    return words(
        "A line of ",
        Label(result.unit_many),
        " by month, from ",
        Label(shown[0].month.label()),
        " to ",
        Label(shown[-1].month.label()),
        ". The lowest month is ",
        Label(lowest.month.label()),
        " with ",
        bound(lowest.count),
        ", the highest ",
        Label(highest.month.label()),
        " with ",
        bound(highest.count),
        ".",
        _months_listed(" Unusual: ", unusual),
        _months_listed(" Missing: ", missing),
    )


def _months_listed(lead: str, points: Sequence[MonthPoint]) -> Inlines | None:
    if not points:
        return None
    return words(lead, Label(", ".join(point.month.label() for point in points)), ".")


def _span(shown: Sequence[MonthPoint]) -> Inlines:
    return words(Label(f"{shown[0].month.label()} to {shown[-1].month.label()}"))


def _month_row(point: MonthPoint) -> tuple[Cell, ...]:
    remarks = [_REMARKS[point.status]] if point.status in _REMARKS else []
    if point.count.provisional:
        remarks.append("provisional")
    return (
        _month_cell(point.month),
        _number(point.count),
        _number(point.lower),
        _number(point.upper),
        Cell(words(", ".join(remarks))),
    )


def _month_cell(month: Month) -> Cell:
    return Cell((Label(short_month(month)),), header=True)


def _head(text: str, align: Literal["left", "right"] = "left") -> Cell:
    return Cell((Label(text),), header=True, align=align)


def _number(fact: Fact | None, style: Style = "plain") -> Cell:
    if fact is None or (style != "plain" and fact.interval is None):
        return Cell((), align="right")
    return Cell((bound(fact, style),), align="right")
