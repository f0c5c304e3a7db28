"""Which area a point lies in, by the outlines in the lake."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Outline = tuple[str, bytes]


def locate(
    longitudes: NDArray[np.float64],
    latitudes: NDArray[np.float64],
    outlines: Sequence[Outline],
) -> list[str | None]:
    """The code of the outline that each point lies in, in the order of the points.

    `longitudes` and `latitudes` are degrees (WGS84), equally long, NaN where there is no
    point. `outlines` are codes with well-known binary in the same degrees. A point in none,
    or no point, is None; a point on a border that two share is given to the code that sorts
    first, so that the same points always get the same answer. Raises ValueError where the
    arrays differ in length.

    Straight lines between degrees are not quite the straight lines of the National Grid: near
    a border the error is below the snapping of published points.
    """
    import numpy as np  # slow to load, as shapely is, and most commands locate nothing
    import shapely

    if len(longitudes) != len(latitudes):
        raise ValueError("longitudes and latitudes differ in length")
    found: list[str | None] = [None] * len(longitudes)
    if not outlines or not len(longitudes):
        return found
    ordered = sorted(outlines, key=lambda outline: outline[0])
    areas = shapely.from_wkb([geometry for _, geometry in ordered])
    shapely.prepare(areas)
    there = np.flatnonzero(np.isfinite(longitudes) & np.isfinite(latitudes))
    points = shapely.points(longitudes[there], latitudes[there])
    tree = shapely.STRtree(areas)
    which, area = tree.query(points, predicate="intersects")
    # Of several areas the first in the order of codes: later writes win, so go backwards.
    for at, index in sorted(zip(which, area, strict=True), key=lambda pair: -pair[1]):
        found[int(there[at])] = ordered[int(index)][0]
    return found


def ring_of(geometry: bytes, *, most: int = 100) -> list[tuple[float, float]]:
    """The outline as one ring of at most `most` points (longitude, latitude), for services that
    take a polygon in their address: an area of several parts becomes its convex hull, and
    the ring is made simpler until it is short enough, so it is not the area to the metre."""
    import shapely

    area = shapely.from_wkb(geometry)
    if area.geom_type != "Polygon":
        area = area.convex_hull
    ring = shapely.Polygon(area.exterior)
    tolerance = 0.0001
    simple = ring
    while len(simple.exterior.coords) > most:
        # Widened by as much as it was made simpler, so that it still holds the area.
        simple = shapely.Polygon(ring.buffer(tolerance).exterior).simplify(tolerance)
        tolerance *= 1.6
    return [(float(x), float(y)) for x, y in simple.exterior.coords[:-1]]
