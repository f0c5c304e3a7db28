"""A figure of each kind of chart, with its table, for tests of the renderers."""

from __future__ import annotations

import math
from typing import Any

from saferboard.documents.model import (
    Cell,
    Chart,
    ChartSeries,
    Figure,
    Label,
    Table,
    Text,
)
from tests.documents_parts import AREAS, MONTHS, bound, head, label, text


def trend(key: str, *, start: int = 200) -> Figure:
    """A line of thirty months with limits, one month missing and one exception marked."""
    values = [round(start + 40 * math.sin(i / 2) + (i * 7) % 23) for i in range(len(MONTHS))]
    values[27] = start + 140
    points = tuple(
        None if i == 9 else bound(f"{key}/month-{i}", value) for i, value in enumerate(values)
    )
    upper = tuple(bound(f"{key}/upper-{i}", start + 80) for i in range(len(MONTHS)))
    lower = tuple(bound(f"{key}/lower-{i}", start - 60) for i in range(len(MONTHS)))
    centre = tuple(bound(f"{key}/centre-{i}", start + 11) for i in range(len(MONTHS)))
    rows: list[dict[str, Any]] = [
        {
            "month": month,
            "value": None if i == 9 else values[i],
            "upper": start + 80,
            "lower": start - 60,
            "centre": start + 11,
            "marked": i == 27,
        }
        for i, month in enumerate(MONTHS)
    ]
    x = {
        "field": "month",
        "type": "ordinal",
        "sort": None,
        "title": None,
        "axis": {"values": list(MONTHS[::6]), "labelAngle": 0},
    }

    def y(field: str) -> dict[str, Any]:
        return {
            "field": field,
            "type": "quantitative",
            "title": "Offences recorded",
            "scale": {"zero": True},
        }

    spec = {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "width": 640,
        "height": 220,
        "data": {"values": rows},
        "layer": [
            {"mark": {"type": "line", "style": "limit"}, "encoding": {"x": x, "y": y("upper")}},
            {"mark": {"type": "line", "style": "limit"}, "encoding": {"x": x, "y": y("lower")}},
            {"mark": {"type": "line", "style": "centre"}, "encoding": {"x": x, "y": y("centre")}},
            {"mark": {"type": "line", "style": "main"}, "encoding": {"x": x, "y": y("value")}},
            {
                "transform": [{"filter": "datum.marked"}],
                "mark": {"type": "point", "style": "highlight-point"},
                "encoding": {"x": x, "y": y("value")},
            },
        ],
    }
    table = Table(
        f"{key}-behind",
        label("Offences by month"),
        head("Month", "Offences", "Usual, lower", "Usual, upper"),
        tuple(
            (
                Cell(label(month), header=True),
                Cell(
                    (points[i] or Text("not published"),),
                    align="right",
                ),
                Cell((lower[i],), align="right"),
                Cell((upper[i],), align="right"),
            )
            for i, month in enumerate(MONTHS)
        ),
    )
    chart = Chart(
        key,
        "line",
        spec,
        MONTHS,
        (
            ChartSeries("Offences", points),
            ChartSeries("Usual range, lower", lower, "limit"),
            ChartSeries("Usual range, upper", upper, "limit"),
            ChartSeries("Average", centre, "centre"),
        ),
        "Month",
        "Offences recorded",
        {27: "exception"},
    )
    return Figure(
        chart,
        text("Offences each month, with the usual range"),
        (
            Text("A line over thirty months. It stays within the usual range except in "),
            Label(MONTHS[27]),
            Text(", when "),
            bound(f"{key}/month-27", values[27]),
            Text(" offences were recorded."),
        ),
        table,
    )


def rates(key: str, *, kind: str = "interval", marked: int = 6) -> Figure:
    """Bars for thirty-two areas, one marked; `interval` adds limits; one value suppressed."""
    values = [round(3.1 + 0.27 * i + (i * 5 % 7) / 10, 1) for i in range(len(AREAS))]
    points = tuple(
        bound(f"{key}/rate-{i}", None, "fewer than five")
        if i == 3
        else bound(f"{key}/rate-{i}", value, f"{value:.1f}", "0.0")
        for i, value in enumerate(values)
    )
    low = tuple(
        None if i == 3 else bound(f"{key}/low-{i}", round(v - 0.4, 1), f"{v - 0.4:.1f}", "0.0")
        for i, v in enumerate(values)
    )
    high = tuple(
        None if i == 3 else bound(f"{key}/high-{i}", round(v + 0.5, 1), f"{v + 0.5:.1f}", "0.0")
        for i, v in enumerate(values)
    )
    rows = [
        {
            "area": area,
            "rate": values[i],
            "low": values[i] - 0.4,
            "high": values[i] + 0.5,
            "marked": i == marked,
        }
        for i, area in enumerate(AREAS)
        if i != 3
    ]
    y = {
        "field": "area",
        "type": "nominal",
        "sort": None,
        "title": None,
        "axis": {"labelLimit": 170},
    }
    x = {"field": "rate", "type": "quantitative", "title": "Offences per 1,000 residents"}
    spec = {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "width": 460,
        "height": {"step": 16},
        "data": {"values": rows},
        "layer": [
            {
                "transform": [{"filter": "!datum.marked"}],
                "mark": {"type": "bar", "style": "muted-bar"},
                "encoding": {"x": x, "y": y},
            },
            {
                "transform": [{"filter": "datum.marked"}],
                "mark": {"type": "bar", "style": "highlight-bar"},
                "encoding": {"x": x, "y": y},
            },
            {
                "mark": {"type": "rule"},
                "encoding": {
                    "x": {"field": "low", "type": "quantitative"},
                    "x2": {"field": "high"},
                    "y": y,
                },
            },
        ],
    }
    series = [ChartSeries("Rate", points)]
    if kind == "interval":
        series += [
            ChartSeries("Likely, lower", low, "limit"),
            ChartSeries("Likely, upper", high, "limit"),
        ]
    table = Table(
        f"{key}-behind",
        label("Rate by area"),
        head("Area", "Per 1,000 residents", "Likely, from", "to"),
        tuple(
            (
                Cell(label(area), header=True),
                Cell((points[i],), align="right"),
                Cell((low[i] or Text("–"),), align="right"),
                Cell((high[i] or Text("–"),), align="right"),
            )
            for i, area in enumerate(AREAS)
        ),
        emphasis=frozenset({marked}),
    )
    return Figure(
        Chart(
            key,
            kind,  # type: ignore[arg-type]
            spec,
            AREAS,
            tuple(series),
            "Area",
            "Offences per 1,000 residents",
            {marked: "this area"},
        ),
        text("Rate by area, with the likely range of each"),
        (
            Label(AREAS[marked]),
            Text(" had a rate of "),
            points[marked],
            Text(" for each thousand residents, among the lower rates of the set."),
        ),
        table,
    )


def columns(key: str) -> Figure:
    """Two sets of columns: this year and last."""
    names = ("Quarter 1", "Quarter 2", "Quarter 3", "Quarter 4")
    this = tuple(bound(f"{key}/this-{i}", 310 + 13 * i) for i in range(4))
    last = tuple(bound(f"{key}/last-{i}", 350 - 9 * i) for i in range(4))
    rows = [
        {"quarter": name, "year": year, "value": point.value}
        for year, points in (("This year", this), ("Last year", last))
        for name, point in zip(names, points, strict=True)
    ]
    spec = {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "width": 520,
        "height": 200,
        "data": {"values": rows},
        "mark": "bar",
        "encoding": {
            "x": {"field": "quarter", "type": "ordinal", "title": None, "axis": {"labelAngle": 0}},
            "xOffset": {"field": "year", "sort": None},
            "y": {"field": "value", "type": "quantitative", "title": "Offences recorded"},
            "color": {"field": "year", "type": "nominal", "sort": None, "title": None},
        },
    }
    table = Table(
        f"{key}-behind",
        label("Offences by quarter"),
        head("Quarter", "This year", "Last year"),
        tuple(
            (
                Cell(label(name), header=True),
                Cell((this[i],), align="right"),
                Cell((last[i],), align="right"),
            )
            for i, name in enumerate(names)
        ),
    )
    return Figure(
        Chart(
            key,
            "column",
            spec,
            names,
            (ChartSeries("This year", this), ChartSeries("Last year", last, "comparison")),
            "Quarter",
            "Offences recorded",
        ),
        text("Offences by quarter, this year and last"),
        (Text("Every quarter but the last was below last year; the last was "), this[3], Text(".")),
        table,
    )


def funnel(key: str) -> Figure:
    """Points against their exposure, between curved limits."""
    exposures = [2000 + 900 * i for i in range(16)]
    values = [round(20 + 6 * math.sin(i * 2.1) * (1.6 - i / 16), 1) for i in range(16)]
    rows = [
        {
            "n": n,
            "value": values[i],
            "low": 20 - 500 / math.sqrt(n),
            "high": 20 + 500 / math.sqrt(n),
        }
        for i, n in enumerate(exposures)
    ]
    x = {"field": "n", "type": "quantitative", "title": "Recorded offences"}
    spec = {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "width": 560,
        "height": 280,
        "data": {"values": rows},
        "layer": [
            {
                "mark": {"type": "line", "style": "limit"},
                "encoding": {
                    "x": x,
                    "y": {
                        "field": "low",
                        "type": "quantitative",
                        "title": "Positive outcomes, per cent",
                    },
                },
            },
            {
                "mark": {"type": "line", "style": "limit"},
                "encoding": {"x": x, "y": {"field": "high", "type": "quantitative"}},
            },
            {
                "mark": {"type": "point", "style": "main-point"},
                "encoding": {"x": x, "y": {"field": "value", "type": "quantitative"}},
            },
        ],
    }
    points = tuple(bound(f"{key}/{i}", v, f"{v:.1f}%", '0.0"%"') for i, v in enumerate(values))
    sizes = tuple(bound(f"{key}/n-{i}", n) for i, n in enumerate(exposures))
    ends = {
        side: tuple(
            bound(f"{key}/{side}-{i}", row[side], f"{row[side]:.1f}%", '0.0"%"')
            for i, row in enumerate(rows)
        )
        for side in ("low", "high")
    }
    table = Table(
        f"{key}-behind",
        label("Positive outcomes by area"),
        head("Area", "Recorded offences", "Positive outcomes", "Limit, lower", "Limit, upper"),
        tuple(
            (
                Cell(label(AREAS[i]), header=True),
                Cell((sizes[i],), align="right"),
                Cell((points[i],), align="right"),
                Cell((ends["low"][i],), align="right"),
                Cell((ends["high"][i],), align="right"),
            )
            for i in range(16)
        ),
    )
    return Figure(
        Chart(
            key,
            "funnel",
            spec,
            AREAS[:16],
            (
                ChartSeries("Positive outcomes", points),
                ChartSeries("Lower limit", ends["low"], "limit"),
                ChartSeries("Upper limit", ends["high"], "limit"),
            ),
            "Recorded offences",
            "Positive outcomes, per cent",
            across=sizes,
        ),
        text("Positive outcomes against the number of offences"),
        (Text("All areas but two lie within the funnel; the highest is "), points[1], Text(".")),
        table,
    )


def ward_map(key: str) -> Figure:
    """Twelve square wards, shaded; one suppressed."""
    features = []
    for i in range(12):
        left, low = -0.3 + 0.02 * (i % 4), 51.5 + 0.014 * (i // 4)
        ring = [
            [left, low],
            [left, low + 0.013],
            [left + 0.019, low + 0.013],
            [left + 0.019, low],
            [left, low],
        ]
        features.append(
            {
                "type": "Feature",
                "geometry": {"type": "Polygon", "coordinates": [ring]},
                "properties": {"ward": f"Ward {i}", "value": None if i == 5 else 12 + 7 * i},
            }
        )
    spec = {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "width": 560,
        "height": 340,
        "projection": {"type": "mercator"},
        "data": {"values": features},
        "mark": {"type": "geoshape", "stroke": "#1b2126", "strokeWidth": 0.7},
        "encoding": {
            "color": {
                "field": "properties.value",
                "type": "quantitative",
                "title": "Offences",
                "scale": {"range": ["#eef3f5", "#1f4e5f"]},
            }
        },
    }
    names = tuple(f"Ward {chr(65 + i)}" for i in range(12))
    points = tuple(
        bound(f"{key}/{i}", None, "suppressed") if i == 5 else bound(f"{key}/{i}", 12 + 7 * i)
        for i in range(12)
    )
    table = Table(
        f"{key}-behind",
        label("Offences by ward"),
        head("Ward", "Offences"),
        tuple(
            (Cell(label(name), header=True), Cell((points[i],), align="right"))
            for i, name in enumerate(names)
        ),
    )
    return Figure(
        Chart(key, "map", spec, names, (ChartSeries("Offences", points),), "Ward", "Offences"),
        text("Offences by ward"),
        (Text("The highest count is in the north east, "), points[11], Text(" offences.")),
        table,
    )
