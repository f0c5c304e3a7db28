"""A map of areas: bands of a rate from light to dark, or circles where there are only counts.

Bands differ in lightness, and areas carry their figures and, where there is room, their names,
so that the map is read on a grey print. Circles are used for counts, because a dark large ward
would say nothing but that it is large.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from saferboard.analytics.charts.hatching import hatched
from saferboard.analytics.charts.map_names import NAME_SIZE, Projection, named_places
from saferboard.analytics.charts.spec import SCHEMA, Spec
from saferboard.analytics.facts.fact import Fact
from saferboard.analytics.facts.format import bind, bound, written
from saferboard.documents.model import Chart, ChartSeries

WIDE, HEIGHT = 520, 470
# What the key under a map takes of its height.
_KEY = 62
# The area of the largest circle, in pixels.
_LARGEST = 1000
BANDS = 5
_SHADES = ("#f1f5f7", "#c9d7de", "#93aebb", "#557c8e", "#1f4e5f")
_NO_DATA = "#ffffff"
_INK = "#1b2126"
_GROUND = "#f6f8f9"
_HATCHES = 45  # lines over the height of the map


def area_map(
    key: str,
    title: str,
    unit: str,
    areas: Sequence[tuple[str, str, Fact]],
    outlines: Mapping[str, Mapping[str, Any]],
    *,
    banded: bool,
    unclear: Collection[str] = (),
) -> Chart:
    """`areas` are code, name and fact; `outlines` GeoJSON geometries by code (wound as d3 asks:
    clockwise outside). `banded` shades areas in bands; otherwise counts are circles. `unclear`
    are codes of areas to hatch: their rate is not clearly off that of all."""
    limits = band_limits([fact.value for _, _, fact in areas if fact.value is not None])
    features = [
        {
            "type": "Feature",
            "geometry": outlines[code],
            "properties": _properties(name, fact, limits),
        }
        for code, name, fact in areas
    ]
    data = {"values": features}
    layers = [_shapes(limits, unit, banded=banded)]
    if lines := _hatching(outlines, unclear):
        layers.append(lines)
    places = []
    for code, name, fact in areas:
        longitude, latitude = _inside(outlines[code])
        place = _properties(name, fact, limits)
        places.append({**place, "longitude": longitude, "latitude": latitude})
    if not banded:
        layers.append(_circles(places, unit))
    inner = (float(WIDE), float(HEIGHT - _KEY))
    points = [
        (point[0], point[1])
        for code, _, _ in areas
        for ring in _rings(outlines[code])
        for point in ring
    ]
    named = named_places(
        places,
        Projection.fitted(points, *inner),
        inner,
        largest_circle=0 if banded else _LARGEST,
    )
    dark = {place["name"]: place["dark"] for place in places}
    named = [{**one, "dark": dark[one["name"]]} for one in named]
    if not banded:  # a border under a name does not run through it
        halo = _words(named, "name", NAME_SIZE, 400, banded=False)
        halo["mark"] |= {"stroke": _GROUND, "strokeWidth": 4, "strokeJoin": "round"}
        layers.append(halo)
    layers += [
        _words(named, "name", NAME_SIZE, 400, banded=banded),
        _words(places, "shown", 11, 600, banded=banded),
    ]
    return Chart(
        key=key,
        kind="map",
        spec={
            "$schema": SCHEMA,
            "description": title,
            "width": WIDE,
            "height": HEIGHT,
            "autosize": {"type": "fit", "contains": "padding"},
            "projection": {"type": "mercator"},
            "data": data,
            "layer": layers,
        },
        categories=tuple(name for _, name, _ in areas),
        series=(ChartSeries(unit[:1].upper() + unit[1:], tuple(bound(f) for _, _, f in areas)),),
        category_title="Area",
        value_title=unit,
    )


def _hatching(outlines: Mapping[str, Mapping[str, Any]], codes: Collection[str]) -> Spec | None:
    """Thin lines over the areas of `codes`; None where there are none."""
    every = [point[1] for one in outlines.values() for ring in _rings(one) for point in ring]
    if not codes or not every:
        return None
    spacing = (max(every) - min(every)) / _HATCHES
    drawn = [lines for code in sorted(codes) if (lines := hatched(outlines[code], spacing))]
    return {
        "data": {"values": [{"type": "Feature", "geometry": one} for one in drawn]},
        "mark": {
            "type": "geoshape",
            "filled": False,
            "stroke": "#5d6b75",
            "strokeWidth": 0.7,
            "strokeOpacity": 0.55,
        },
    }


def band_limits(values: Sequence[float]) -> tuple[float, ...]:
    """Round limits between bands that hold about as many areas each: at most four."""
    ordered = sorted(values)
    limits: list[float] = []
    for at in range(1, BANDS):
        value = _round(ordered[len(ordered) * at // BANDS]) if ordered else 0.0
        if ordered and ordered[0] < value and (not limits or value > limits[-1]):
            limits.append(value)
    return tuple(limits)


def _round(value: float) -> float:
    """Two figures are enough for the limit of a band."""
    return float(f"{value:.2g}")


def _properties(name: str, fact: Fact, limits: Sequence[float]) -> dict[str, Any]:
    band = None if fact.value is None else sum(fact.value >= limit for limit in limits)
    return {
        "name": name,
        "value": fact.value,
        "shown": bind(fact).display,
        "band": _band_name(band, limits),
        "dark": band is not None and band >= BANDS - 2,
    }


def _band_name(band: int | None, limits: Sequence[float]) -> str:
    if band is None:
        return "no figure"

    def said(limit: float) -> str:
        return written(limit, 0 if float(limit).is_integer() else 1)

    if not limits:
        return "all alike"
    if band == 0:
        return f"under {said(limits[0])}"
    if band == len(limits):
        return f"{said(limits[-1])} and over"
    return f"{said(limits[band - 1])} to {said(limits[band])}"


def _shapes(limits: Sequence[float], unit: str, *, banded: bool) -> Spec:
    mark: Spec = {"type": "geoshape", "stroke": "#5d6b75", "strokeWidth": 1}
    if not banded:
        return {"mark": {**mark, "fill": _GROUND}}
    names = [_band_name(at, limits) for at in range(len(limits) + 1)]
    shades = list(_SHADES[: len(names)] if len(names) < BANDS else _SHADES)
    return {
        "mark": mark,
        "encoding": {
            "color": {
                "field": "properties.band",
                "type": "ordinal",
                "title": unit[:1].upper() + unit[1:],
                "scale": {"domain": [*names, "no figure"], "range": [*shades, _NO_DATA]},
                "legend": {"orient": "bottom", "symbolStrokeColor": "#5d6b75", "values": names},
            }
        },
    }


def _circles(places: Sequence[Mapping[str, Any]], unit: str) -> Spec:
    return {
        "data": {"values": [place for place in places if place["value"] is not None]},
        "mark": {
            "type": "circle",
            "style": "main-point",
            "opacity": 0.5,
            "stroke": "white",
            "strokeWidth": 1,
        },
        "encoding": {
            "longitude": {"field": "longitude", "type": "quantitative"},
            "latitude": {"field": "latitude", "type": "quantitative"},
            "size": {
                "field": "value",
                "type": "quantitative",
                "title": unit[:1].upper() + unit[1:],
                "scale": {"type": "linear", "range": [0, _LARGEST], "zero": True},
                "legend": {"orient": "bottom"},
            },
        },
    }


def _words(
    places: Sequence[Mapping[str, Any]], field: str, size: float, weight: int, *, banded: bool
) -> Spec:
    colour: Spec = (
        {"condition": {"test": "datum.dark", "value": "white"}, "value": _INK}
        if banded
        else {"value": _INK}
    )
    return {
        "data": {"values": list(places)},
        "mark": {"type": "text", "fontSize": size, "fontWeight": weight},
        "encoding": {
            "longitude": {"field": "longitude", "type": "quantitative"},
            "latitude": {"field": "latitude", "type": "quantitative"},
            "text": {"field": field},
            "color": colour,
        },
    }


def _rings(geometry: Mapping[str, Any]) -> list[Any]:
    """The outer ring of each part."""
    if geometry["type"] == "Polygon":
        return [geometry["coordinates"][0]]
    return [polygon[0] for polygon in geometry["coordinates"]]


def _inside(geometry: Mapping[str, Any]) -> tuple[float, float]:
    """A point to write on: the middle of the box of the largest ring."""
    largest = max(_rings(geometry), key=len)
    xs = [point[0] for point in largest]
    ys = [point[1] for point in largest]
    return (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2
