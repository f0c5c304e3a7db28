"""Pairs of bars: this year and the year before, a pair for each measure."""

from __future__ import annotations

from collections.abc import Sequence

from saferboard.analytics.charts.spec import COMPACT, Spec, layered
from saferboard.analytics.facts.fact import Fact
from saferboard.analytics.facts.format import bind, bound
from saferboard.documents.model import Chart, ChartSeries

_ROW = 30
_EDGES = 40


def pairs_chart(key: str, title: str, pairs: Sequence[tuple[str, Fact, Fact | None]]) -> Chart:
    """`pairs` are a name, the newer fact and the older one, if there is one."""
    names = [name for name, _, _ in pairs]
    rows = [
        {"name": name, "when": when, "value": fact.value, "shown": bind(fact).display}
        for name, now, before in pairs
        for when, fact in (("now", now), ("before", before))
        if fact is not None and fact.value is not None
    ]
    place: Spec = {
        "y": {
            "field": "name",
            "type": "nominal",
            "sort": names,
            "title": None,
            "axis": {"domain": False, "ticks": False, "labelLimit": 250},
        },
        "yOffset": {"field": "when", "type": "nominal", "sort": ["now", "before"]},
        "x": {
            "field": "value",
            "type": "quantitative",
            "title": None,
            "axis": {"grid": True, "tickCount": 5},
        },
    }
    layers: list[Spec] = [
        {
            "transform": [{"filter": f"datum.when === '{when}'"}],
            "mark": {"type": "bar", "style": style},
            "encoding": place,
        }
        for when, style in (("now", "main-bar"), ("before", "muted-bar"))
    ]
    layers.append(
        {
            "mark": {"type": "text", "align": "left", "dx": 4, "fontSize": 11},
            "encoding": {**place, "text": {"field": "shown"}},
        }
    )
    return Chart(
        key=key,
        kind="bar",
        spec={
            **layered(rows, layers, height=_EDGES + _ROW * len(names), description=title),
            "width": COMPACT,
        },
        categories=tuple(names),
        series=(
            ChartSeries("12 months", tuple(bound(now) for _, now, _ in pairs), "main"),
            ChartSeries(
                "The 12 before",
                tuple(
                    bound(before) if before is not None and before.value is not None else None
                    for _, _, before in pairs
                ),
                "muted",
            ),
        ),
        category_title="Measure",
        value_title="Number",
    )
