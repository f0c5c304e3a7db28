"""Slanting lines over an area of a map: a mark that is read on a grey print, whatever the shade."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import shapely
from shapely.geometry import mapping, shape


def hatched(geometry: Mapping[str, Any], spacing: float) -> dict[str, Any] | None:
    """The part inside a GeoJSON area (degrees) of lines that rise to the right, `spacing` degrees
    of latitude apart; None where no line meets it. Lines of neighbours meet."""
    area = shapely.make_valid(shape(geometry))
    left, low, right, high = area.bounds
    # A degree of longitude is shorter than one of latitude: the lines slant alike on the ground.
    narrow = float(np.cos(np.radians((low + high) / 2)))
    first = int(np.floor((low - right * narrow) / spacing))
    last = int(np.ceil((high - left * narrow) / spacing))
    lines = shapely.MultiLineString(
        [
            [(left, left * narrow + at * spacing), (right, right * narrow + at * spacing)]
            for at in range(first, last + 1)
        ]
    )
    inside = area.intersection(lines)
    drawn = [
        one
        for one in getattr(inside, "geoms", [inside])
        if one.geom_type == "LineString" and not one.is_empty
    ]
    return dict(mapping(shapely.MultiLineString(drawn))) if drawn else None
