"""A funnel plot: the rate of each area over its count, between the limits that chance gives.

The limits of an area follow from its count alone (the fewer, the wider), so that they are curves
over the counts. Limits differ by dash and weight, the area itself by shape and size: the plot is
read on a grey print.
"""

from __future__ import annotations

from saferboard.analytics.charts.spec import EXCEPTION, Spec, layered
from saferboard.analytics.facts.fact import Fact
from saferboard.analytics.facts.format import Style, bind, bound
from saferboard.analytics.measures.results import Funnel, FunnelArea
from saferboard.documents.model import Bound, Chart, ChartSeries

HEIGHT = 300
_INNER: Spec = {"type": "line", "style": "limit", "strokeWidth": 1.3, "strokeDash": [5, 4]}
_OUTER: Spec = {"type": "line", "style": "centre", "strokeWidth": 1.3}
_OTHERS: Spec = {"type": "point", "style": "main-point", "filled": True, "size": 46, "opacity": 0.8}
_LABELLED = 4
"""Areas outside the limits carry their name, the furthest out first: more would not be read."""
_WIDE, _HIGH = 0.25, 0.07
"""The room of a name, as a part of the plot: of two that would overlap only one is written."""


def funnel_chart(key: str, title: str, count_title: str, rate_title: str, funnel: Funnel) -> Chart:
    """Points for areas, the own one a diamond with its name; dashed limits at 95%, solid ones at
    99.8%, a line for the rate of all together."""
    areas = funnel.areas
    named = {one.area for one in _furthest(funnel)}
    rows = [_row(one, named) for one in areas]
    across: Spec = {
        "field": "count",
        "type": "quantitative",
        "title": count_title,
        "scale": {"zero": True, "nice": True},
        "axis": {"grid": False, "tickCount": 5},
    }
    up: Spec = {
        "type": "quantitative",
        "title": rate_title,
        "scale": {"zero": False, "nice": True},
        "axis": {"tickCount": 5},
    }

    def drawn(field: str, mark: Spec, test: str = "true", **more: Spec) -> Spec:
        return {
            "transform": [{"filter": test}],
            "mark": mark,
            "encoding": {"x": across, "y": {**up, "field": field}, **more},
        }

    name = {"text": {"field": "area"}}
    layers = [
        drawn("low998", _OUTER),
        drawn("high998", _OUTER),
        drawn("low95", _INNER),
        drawn("high95", _INNER),
        _target(funnel.target.value or 0.0, up),
        drawn("rate", _OTHERS, "!datum.own"),
        drawn("rate", EXCEPTION, "datum.own"),
        drawn("rate", _words(600), "datum.own", **name),
        drawn("rate", _words(400), "datum.named && !datum.own", **name),
    ]
    spec = layered(rows, layers, height=HEIGHT, description=title)
    return Chart(
        key=key,
        kind="funnel",
        spec=spec,
        categories=tuple(one.area_name for one in areas),
        series=_series(funnel),
        category_title=count_title,
        value_title=rate_title,
        marks={at: "this area" for at, one in enumerate(areas) if one.is_area},
        across=tuple(bound(one.rate, "base") for one in areas),
    )


def _series(funnel: Funnel) -> tuple[ChartSeries, ...]:
    areas = funnel.areas
    own = next((one.area_name for one in areas if one.is_area), "")
    # The area's own point stands in both: LibreOffice drops points where the first series has
    # fewer than a later one.
    series = [ChartSeries("Areas", tuple(bound(one.rate) for one in areas), "main")]
    if own:
        alone = tuple(bound(one.rate) if one.is_area else None for one in areas)
        series.append(ChartSeries(own, alone, "highlight"))
    series.append(ChartSeries("All together", (bound(funnel.target),) * len(areas), "comparison"))
    ends: tuple[tuple[str, Style], ...] = (("lower", "low"), ("upper", "high"))
    for level, role in (("95%", "limit"), ("99.8%", "centre")):
        for words, end in ends:
            points = tuple(_end(one.inner if level == "95%" else one.outer, end) for one in areas)
            name = f"{level} limit, {words}"
            series.append(ChartSeries(name, points, "limit" if role == "limit" else "centre"))
    return tuple(series)


def _end(fact: Fact, end: Style) -> Bound | None:
    return bound(fact, end) if fact.interval is not None else None


def _furthest(funnel: Funnel) -> list[FunnelArea]:
    """The areas outside the outer limits, then the inner ones: the few that are named."""
    outside = [one for one in funnel.areas if one.place != "within"]
    outside.sort(key=lambda one: (not one.place.startswith("very"), -_distance(one, funnel)))
    widest = max(float(one.rate.n or 0) for one in funnel.areas) or 1.0
    rates = [float(one.rate.value or 0) for one in funnel.areas]
    tallest = (max(rates) - min(rates)) or 1.0

    def apart(one: FunnelArea, other: FunnelArea) -> bool:
        across = abs(float(one.rate.n or 0) - float(other.rate.n or 0)) / widest
        up = abs(float(one.rate.value or 0) - float(other.rate.value or 0)) / tallest
        return across > _WIDE or up > _HIGH

    named = [one for one in (funnel.own,) if one is not None]
    for one in outside:
        if not one.is_area and all(apart(one, other) for other in named):
            named.append(one)
    return [one for one in named if not one.is_area][:_LABELLED]


def _distance(one: FunnelArea, funnel: Funnel) -> float:
    return abs(float(one.rate.value or 0) - float(funnel.target.value or 0))


def _row(one: FunnelArea, named: set[str]) -> dict[str, object]:
    inner, outer = one.inner.interval, one.outer.interval
    return {
        "area": one.area_name,
        "count": one.rate.n,
        "rate": one.rate.value,
        "low95": inner.low if inner else None,
        "high95": inner.high if inner else None,
        "low998": outer.low if outer else None,
        "high998": outer.high if outer else None,
        "own": one.is_area,
        "named": one.area in named,
        "shown": bind(one.rate).display,
    }


def _words(weight: int) -> Spec:
    return {"type": "text", "align": "left", "dx": 9, "dy": -7, "fontSize": 12,
            "fontWeight": weight}  # fmt: skip


def _target(value: float, up: Spec) -> Spec:
    return {
        "data": {"values": [{"target": value}]},
        "mark": {"type": "rule", "style": "centre", "strokeWidth": 1.3},
        "encoding": {"y": {**up, "field": "target"}},
    }
