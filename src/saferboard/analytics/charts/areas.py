"""The areas of a set side by side: the rate of each, how sure it is, and the average."""

from __future__ import annotations

from saferboard.analytics.charts.spec import COMPACT, Spec, layered
from saferboard.analytics.facts.format import Style, bind, bound, unit_words
from saferboard.analytics.measures.results import PeerRate, RankResult
from saferboard.documents.model import Chart, ChartSeries

_ROW, _MANY, _LOW_ROW = 21, 16, 15
"""Pixels for an area; a set of more than `_MANY` gets lower rows, so that it fits on a page."""
_EDGES = 60
_ENDS: tuple[tuple[str, Style], ...] = (("Likely from", "low"), ("Likely to", "high"))


def areas_chart(key: str, title: str, ranking: RankResult) -> Chart:
    """Bars in rank order, the best first. The area's own bar is dark and its name bold; thin
    lines are likely ranges; the dashed rule is the average of the set."""
    peers = tuple(peer for peer in ranking.peers if peer.fact.value is not None)
    own = next((peer.area_name for peer in peers if peer.is_area), "")
    rows = [_row(peer) for peer in peers]
    unit = _unit(peers)
    row, size = (_LOW_ROW, 11) if len(peers) > _MANY else (_ROW, 12)
    names = {
        "field": "area",
        "type": "nominal",
        "sort": [peer.area_name for peer in peers],
        "title": None,
        "axis": {
            "domain": False,
            "ticks": False,
            "labelLimit": 170,
            "labelFontSize": size + 1,
            "labelFontWeight": {
                "condition": {"test": f"datum.value === {_quoted(own)}", "value": 600},
                "value": 400,
            },
        },
    }
    value = {
        "field": "value",
        "type": "quantitative",
        "title": unit,
        "scale": {"zero": True, "nice": True},
        "axis": {"grid": True, "tickCount": 5},
    }
    words: Spec = {
        "mark": {"type": "text", "align": "left", "dx": 6, "fontSize": size},
        "encoding": {"y": names, "x": {**value, "field": "end"}, "text": {"field": "shown"}},
    }
    layers: list[Spec] = [
        _bars("datum.own", "main-bar", names, value),
        _bars("!datum.own", "muted-bar", names, value),
        {
            "transform": [{"filter": "isValid(datum.low)"}],
            "mark": {"type": "rule", "color": "#1b2126", "strokeWidth": 1.3},
            "encoding": {"y": names, "x": {**value, "field": "low"}, "x2": {"field": "high"}},
        },
    ]
    if ranking.average is not None and ranking.average.value is not None:
        layers.append(_average(ranking.average.value, value))
    # Words last, on a halo, so that the average does not run through them.
    halo = {**words["mark"], "stroke": "white", "strokeWidth": 4, "strokeJoin": "round"}
    layers += [{**words, "mark": halo}, words]
    spec = layered(rows, layers, height=_EDGES + row * len(rows), description=title)
    spec["width"] = COMPACT
    series = [ChartSeries(unit or "Value", tuple(bound(peer.fact) for peer in peers), "main")]
    if any(peer.fact.interval for peer in peers):
        series += [
            ChartSeries(
                name,
                tuple(bound(peer.fact, end) if peer.fact.interval else None for peer in peers),
                "limit",
            )
            for name, end in _ENDS
        ]
    if ranking.average is not None and ranking.average.value is not None:
        series.append(ChartSeries("Average", (bound(ranking.average),) * len(peers), "comparison"))
    return Chart(
        key=key,
        kind="interval" if any(peer.fact.interval for peer in peers) else "bar",
        spec=spec,
        categories=tuple(peer.area_name for peer in peers),
        series=tuple(series),
        category_title="Area",
        value_title=unit,
        marks={at: "this area" for at, peer in enumerate(peers) if peer.is_area},
    )


def _row(peer: PeerRate) -> dict[str, object]:
    interval = peer.fact.interval
    return {
        "area": peer.area_name,
        "value": peer.fact.value,
        "low": interval.low if interval else None,
        "high": interval.high if interval else None,
        "end": max(peer.fact.value or 0, interval.high if interval else 0),
        "own": peer.is_area,
        "shown": bind(peer.fact).display,
    }


def _bars(test: str, style: str, names: Spec, value: Spec) -> Spec:
    return {
        "transform": [{"filter": test}],
        "mark": {"type": "bar", "style": style, "height": {"band": 0.72}},
        "encoding": {"y": names, "x": value},
    }


def _average(average: float, value: Spec) -> Spec:
    return {
        "data": {"values": [{"value": average}]},
        "mark": {"type": "rule", "style": "comparison", "strokeDash": [5, 4]},
        "encoding": {"x": value},
    }


def _unit(peers: tuple[PeerRate, ...]) -> str:
    if not peers:
        return ""
    words = unit_words(peers[0].fact)
    return words[:1].upper() + words[1:] if words else peers[0].fact.unit.capitalize()


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace("'", "\\'")
    return f"'{escaped}'"
