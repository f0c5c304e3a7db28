"""What every Vega-Lite specification here has in common.

A specification says what a mark is (`style`: main, limit, highlight-point …); how that looks is
decided by the theme of the documents, so that pages, slides and paper look alike. Numbers are
written by `facts.format` and carried as text; Vega only places marks.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from saferboard.vocabulary.period import Month

SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"
WIDTH = 680
COMPACT = 440
"""Bars are read at this width on paper and, shrunk a little, on a telephone: one drawing."""

Spec = dict[str, Any]

_SHORT = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


def layered(
    rows: Sequence[Mapping[str, Any]],
    layers: Sequence[Spec],
    *,
    height: int,
    description: str,
    **more: Any,
) -> Spec:
    """Layers over one table of rows. The width is that of the whole picture, labels included,
    so that a telephone gets a drawing of its own width."""
    return {
        "$schema": SCHEMA,
        "description": description,
        "width": WIDTH,
        "height": height,
        "autosize": {"type": "fit", "contains": "padding"},
        "data": {"values": [dict(row) for row in rows]},
        "layer": list(layers),
        **more,
    }


LIMIT: Spec = {"type": "line", "style": "limit", "strokeWidth": 1.3, "strokeDash": [5, 4]}
CENTRE: Spec = {"type": "line", "style": "centre", "strokeWidth": 1.3}
MAIN: Spec = {"type": "line", "style": "main"}
EXCEPTION: Spec = {
    "type": "point",
    "style": "highlight-point",
    "filled": True,
    "shape": "diamond",
    "size": 150,
    "opacity": 1,
    "stroke": "#1b2126",
    "strokeWidth": 1,
}
WATCH: Spec = {
    "type": "point",
    "style": "watch-point",
    "filled": True,
    "fill": "white",
    "shape": "triangle-up",
    "size": 120,
    "opacity": 1,
    "stroke": "#1b2126",
    "strokeWidth": 2,
}
PROVISIONAL: Spec = {**WATCH, "style": "provisional-point", "shape": "circle", "size": 75}
# A path is cut where a value is missing, and the axis still covers the missing month.
GAPS: Spec = {"invalid": "break-paths-filter-domains"}


def month_axis(step: int = 6) -> Spec:
    """A time axis in months, labelled every `step`. Vega's local time is avoided: a month is a
    month everywhere."""
    return {
        "field": "month",
        "type": "temporal",
        "scale": {"type": "utc", "padding": 9},
        "axis": {
            "title": None,
            "format": "%b %Y",
            "labelOverlap": "greedy",
            "labelBound": True,
            "tickCount": {"interval": "month", "step": step},
        },
    }


def day_of(month: Month) -> str:
    """The month as Vega reads it in UTC."""
    return f"{month.first_day.isoformat()}T00:00:00Z"


def short_month(month: Month) -> str:
    """`Dec 2023`: for the categories of native charts and the rows of tables."""
    return f"{_SHORT[month.month - 1]} {month.year}"


def value_axis(field: str, title: str, **more: Any) -> Spec:
    """A quantitative axis from zero."""
    return {
        "field": field,
        "type": "quantitative",
        "title": title,
        "scale": {"zero": True, "nice": True},
        "axis": {"tickCount": 5},
        **more,
    }
