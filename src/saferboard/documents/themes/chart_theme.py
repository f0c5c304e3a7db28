"""The theme of charts, as a Vega-Lite `config`.

A specification says what a mark *is* (`mark={"type": "line", "style": "main"}`), the theme
says how that looks: the names are those of `model.SeriesRole`, each for a line, a bar and a
point (`main`, `main-bar`, `main-point`). Roles differ by weight, dash or lightness as well as
by hue, so that they are told apart on a grey print.
"""

from __future__ import annotations

from typing import Any

from saferboard.documents.themes.letters import FAMILY
from saferboard.documents.themes.palette import INK, QUIET_INK, RULE, Palette, tint

LIMIT_DASH = [5, 4]
COMPARISON_DASH = [2, 3]


def line_colours(palette: Palette) -> dict[str, str]:
    """The colour of each role of a series, for pictures and native charts alike."""
    return {
        "main": palette.brand,
        "comparison": "#5d6b75",
        "limit": "#6f7b84",
        "centre": "#49545c",
        "highlight": palette.accent,
        "muted": tint(palette.brand, 0.55),
    }


def chart_theme(palette: Palette) -> dict[str, Any]:
    """The `config` object for Vega-Lite."""
    colours = line_colours(palette)
    return {
        "aria": False,
        "background": "white",
        "font": FAMILY,
        "padding": 6,
        "view": {"stroke": None, "continuousWidth": 640, "continuousHeight": 260},
        "axis": {
            "labelColor": INK,
            "labelFontSize": 13,
            "titleColor": QUIET_INK,
            "titleFontSize": 13,
            "titleFontWeight": "normal",
            "titlePadding": 10,
            "domainColor": QUIET_INK,
            "gridColor": "#e4e9ec",
            "tickColor": RULE,
            "labelPadding": 5,
        },
        "axisY": {"domain": False, "ticks": False},
        "axisX": {"grid": False},
        "legend": {
            "labelColor": INK,
            "labelFontSize": 13,
            "titleColor": QUIET_INK,
            "titleFontSize": 13,
            "titleFontWeight": "normal",
            "orient": "top",
            "symbolStrokeWidth": 2.5,
        },
        "header": {"labelColor": INK, "labelFontSize": 14, "titleColor": INK},
        "title": {"color": INK, "fontSize": 16, "fontWeight": 600, "anchor": "start"},
        "text": {"color": INK, "fontSize": 13},
        "mark": {"color": colours["main"]},
        "line": {"strokeWidth": 2.5},
        "rule": {"color": QUIET_INK},
        "point": {"filled": True, "size": 60, "opacity": 1},
        "range": {
            "category": [
                palette.brand,
                palette.accent,
                "#5d6b75",
                "#0072b2",
                "#8a5a00",
                "#7b4f9d",
                "#3a7d5c",
            ]
        },
        "style": {
            "main": {"color": colours["main"], "strokeWidth": 2.5},
            "comparison": {
                "color": colours["comparison"],
                "strokeWidth": 2,
                "strokeDash": COMPARISON_DASH,
            },
            "limit": {"color": colours["limit"], "strokeWidth": 1.2, "strokeDash": LIMIT_DASH},
            "centre": {"color": colours["centre"], "strokeWidth": 1.2},
            "highlight": {"color": colours["highlight"], "strokeWidth": 3},
            "muted": {"color": colours["muted"], "strokeWidth": 1.5},
            "main-bar": {"color": colours["main"]},
            "comparison-bar": {"color": colours["comparison"]},
            "highlight-bar": {"color": colours["highlight"]},
            "muted-bar": {"color": colours["muted"]},
            "main-point": {"color": colours["main"], "size": 50},
            "highlight-point": {
                "color": colours["highlight"],
                "fill": colours["highlight"],
                "stroke": INK,
                "strokeWidth": 1,
                "shape": "diamond",
                "size": 130,
            },
            "watch-point": {
                "color": "white",
                "fill": "white",
                "stroke": colours["highlight"],
                "strokeWidth": 2,
                "shape": "triangle-up",
                "size": 110,
            },
            "note": {"color": QUIET_INK, "fontSize": 12},
        },
    }
