"""The trend: months in a row, what was to be expected, and what stood out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from saferboard.analytics.charts.spec import (
    EXCEPTION,
    GAPS,
    MAIN,
    PROVISIONAL,
    WATCH,
    Spec,
    day_of,
    layered,
    month_axis,
    short_month,
    value_axis,
)
from saferboard.analytics.facts.fact import Fact
from saferboard.analytics.facts.format import bind, bound
from saferboard.analytics.measures.results import BreakMet, MonthPoint
from saferboard.documents.model import Bound, Chart, ChartSeries
from saferboard.vocabulary.period import Month

MONTHS = 36
HEIGHT = 280
_EXCEPTIONS = ("exception high", "exception low")
_WATCHES = ("watch high", "watch low")


def trend_chart(
    key: str,
    title: str,
    unit: str,
    points: Sequence[MonthPoint],
    breaks: Sequence[BreakMet] = (),
    months: int = MONTHS,
) -> Chart:
    """The last `months` months. A missing month is a gap in the line; exceptions and watch
    months have a mark of their own shape; a provisional month is hollow; a break in
    comparability is a vertical rule."""
    shown = tuple(points[-months:])
    met = [
        one for one in breaks if one.until is None and shown and _inside(Month.of(one.date), shown)
    ]
    rows = [_row(point) for point in shown]
    layers: list[Spec] = []
    layers += [_unusual_band(one, spell) for one in breaks if (spell := _spell(one, shown))]
    if any(point.lower and point.upper for point in shown):
        layers.append(_usual_range(unit))
    middle = shown[len(shown) // 2].month if shown else None
    layers += [
        _break_rule(one, number, left=middle is not None and Month.of(one.date) > middle)
        for number, one in enumerate(met)
    ]
    layers += [_line(unit), *_marked(unit)]
    return Chart(
        key=key,
        kind="line",
        spec=layered(rows, layers, height=HEIGHT, description=title),
        categories=tuple(short_month(point.month) for point in shown),
        series=_series(shown, unit),
        category_title="Month",
        value_title=_capital(unit),
        marks=_marks(shown, met, breaks),
    )


def _row(point: MonthPoint) -> dict[str, Any]:
    value = point.count.value
    mark = (
        "exception"
        if point.status in _EXCEPTIONS
        else "watch"
        if point.status in _WATCHES
        else "provisional"
        if point.count.provisional
        else ""
    )
    return {
        "month": day_of(point.month),
        "value": value,
        "lower": point.lower.value if point.lower else None,
        "upper": point.upper.value if point.upper else None,
        "mark": mark if value is not None else "",
        "label": f"{short_month(point.month)}: {bind(point.count).display}",
    }


def _usual_range(unit: str) -> Spec:
    return {
        "mark": {"type": "area", "style": "range", "opacity": 0.16, "color": "#49545c"},
        "encoding": {
            "x": month_axis(),
            "y": value_axis("lower", _capital(unit)),
            "y2": {"field": "upper"},
        },
    }


def _line(unit: str) -> Spec:
    return {
        "mark": {**MAIN, **GAPS},
        "encoding": {"x": month_axis(), "y": value_axis("value", _capital(unit))},
    }


def _marked(unit: str) -> list[Spec]:
    place = {"x": month_axis(), "y": value_axis("value", _capital(unit))}

    def points(mark: str, look: Spec) -> Spec:
        return {
            "transform": [{"filter": f"datum.mark === '{mark}'"}],
            "mark": look,
            "encoding": place,
        }

    return [
        points("exception", EXCEPTION),
        points("watch", WATCH),
        points("provisional", PROVISIONAL),
        {
            "transform": [{"filter": "datum.mark === 'exception'"}],
            "mark": {"type": "text", "style": "note", "dy": -14, "align": "right", "dx": 6},
            "encoding": {**place, "text": {"field": "label"}},
        },
    ]


def _break_rule(met: BreakMet, number: int, *, left: bool) -> Spec:
    row = {"month": day_of(Month.of(met.date)), "words": "break in the series"}
    return {
        "data": {"values": [row]},
        "layer": [
            {
                "mark": {
                    "type": "rule",
                    "style": "break",
                    "strokeDash": [2, 2],
                    "strokeWidth": 1.5,
                },
                "encoding": {"x": month_axis()},
            },
            {
                "mark": {
                    "type": "text",
                    "style": "note",
                    "align": "right" if left else "left",
                    "dx": -5 if left else 5,
                    "dy": 4 + 14 * number,
                    "baseline": "top",
                },
                "encoding": {
                    "x": month_axis(),
                    "y": {"value": 0},
                    "text": {"field": "words"},
                },
            },
        ],
    }


def _series(shown: Sequence[MonthPoint], unit: str) -> tuple[ChartSeries, ...]:
    counts = ChartSeries(_capital(unit), tuple(_given(point.count) for point in shown), "main")
    made = [counts]
    if any(point.lower and point.upper for point in shown):
        made += [
            ChartSeries("Usual range, lower", tuple(_given(p.lower) for p in shown), "limit"),
            ChartSeries("Usual range, upper", tuple(_given(p.upper) for p in shown), "limit"),
        ]
    unusual = tuple(
        _given(point.count) if point.status in (*_EXCEPTIONS, *_WATCHES) else None
        for point in shown
    )
    if any(unusual):
        made.append(ChartSeries("Months that stand out", unusual, "highlight"))
    return tuple(made)


def _spell(met: BreakMet, shown: Sequence[MonthPoint]) -> list[Month]:
    """The months shown that lie in an unusual period."""
    if met.until is None:
        return []
    first, last = Month.of(met.date), Month.of(met.until)
    return [point.month for point in shown if first <= point.month <= last]


def _unusual_band(met: BreakMet, spell: Sequence[Month]) -> Spec:
    """A grey ground behind the months that are not judged, with the words above them."""
    row = {"month": day_of(spell[0]), "end": day_of(spell[-1]), "words": "not judged"}
    return {
        "data": {"values": [row]},
        "layer": [
            {
                "mark": {"type": "rect", "style": "unusual", "color": "#49545c", "opacity": 0.1},
                "encoding": {"x": month_axis(), "x2": {"field": "end"}},
            },
            {
                "mark": {
                    "type": "text", "style": "note", "align": "left", "dx": 4, "dy": 4,
                    "baseline": "top",
                },
                "encoding": {
                    "x": month_axis(), "y": {"value": 0}, "text": {"field": "words"},
                },
            },
        ],
    }  # fmt: skip


def _marks(
    shown: Sequence[MonthPoint], met: Sequence[BreakMet], breaks: Sequence[BreakMet]
) -> dict[int, str]:
    marks: dict[int, str] = {}
    dates = {Month.of(one.date) for one in met}
    unusual = {month for one in breaks for month in _spell(one, shown)}
    for at, point in enumerate(shown):
        said = [
            word
            for word, true in (
                ("exception", point.status in _EXCEPTIONS),
                ("watch", point.status in _WATCHES),
                ("missing", point.count.value is None),
                ("provisional", point.count.provisional),
                ("break", point.month in dates),
                ("not judged", point.month in unusual),
            )
            if true
        ]
        if said:
            marks[at] = ", ".join(said)
    return marks


def _given(fact: Fact | None) -> Bound | None:
    return bound(fact) if fact is not None and fact.value is not None else None


def _inside(month: Month, shown: Sequence[MonthPoint]) -> bool:
    return shown[0].month < month <= shown[-1].month


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
