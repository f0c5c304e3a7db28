"""Outlines of areas from the lake, made small enough to draw."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

import shapely
from shapely.geometry import mapping
from shapely.geometry.polygon import orient

from saferboard.analytics.store.lake import Lake

_TOLERANCE = 0.0004
"""Degrees: about thirty metres, less than a line's width on a map of a borough."""


def outlines(lake: Lake, codes: Collection[str]) -> Mapping[str, Mapping[str, Any]]:
    """GeoJSON geometries of the areas named by `codes`; those without an outline are left out.
    Where an area was loaded twice the newest load is drawn."""
    wanted = set(codes)
    if not wanted:
        return {}
    boundaries = lake.table("boundaries")
    rows = lake.run(
        boundaries.filter(boundaries["code"].isin(sorted(wanted))).select(
            "code", "geometry", "vintage"
        )
    ).to_pylist()
    order = {vintage.id: at for at, vintage in enumerate(lake.vintages)}
    rows.sort(key=lambda row: order.get(row["vintage"], -1))
    return {row["code"]: _drawable(row["geometry"]) for row in rows}


def _drawable(geometry: bytes) -> Mapping[str, Any]:
    """Simplified, and wound clockwise outside as d3's spherical paths ask."""
    shape = shapely.simplify(shapely.from_wkb(geometry), _TOLERANCE)
    polygons = [
        orient(part, sign=-1.0)
        for part in getattr(shape, "geoms", [shape])
        if part.geom_type == "Polygon" and not part.is_empty
    ]
    rounded = shapely.set_precision(shapely.multipolygons(polygons), 0.00001, mode="pointwise")
    return dict(mapping(rounded))
