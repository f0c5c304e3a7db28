"""TopoJSON as GeoJSON: borders shared by neighbours are stored once, as differences of whole
numbers (the TopoJSON specification, version 1.0)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

Position = tuple[float, float]


def features(topology: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """The areas of every object as GeoJSON features. Raises KeyError, IndexError or TypeError
    where the topology is not whole."""
    arcs = _arcs(topology)
    for one in topology["objects"].values():
        for geometry in one["geometries"] if one["type"] == "GeometryCollection" else [one]:
            shape = _geometry(geometry, arcs)
            if shape is not None:
                yield {"properties": geometry.get("properties") or {}, "geometry": shape}


def _arcs(topology: Mapping[str, Any]) -> list[list[Position]]:
    """Every arc as positions: with a `transform`, points are sums of differences, scaled."""
    transform = topology.get("transform")
    if transform is None:
        return [[(float(x), float(y)) for x, y, *_ in arc] for arc in topology["arcs"]]
    (scale_x, scale_y), (move_x, move_y) = transform["scale"], transform["translate"]
    decoded = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for step_x, step_y, *_ in arc:
            x, y = x + step_x, y + step_y
            points.append((x * scale_x + move_x, y * scale_y + move_y))
        decoded.append(points)
    return decoded


def _geometry(
    geometry: Mapping[str, Any], arcs: Sequence[Sequence[Position]]
) -> dict[str, Any] | None:
    kind = geometry["type"]
    if kind == "Polygon":
        return {"type": kind, "coordinates": [_ring(ring, arcs) for ring in geometry["arcs"]]}
    if kind == "MultiPolygon":
        shapes = [[_ring(ring, arcs) for ring in polygon] for polygon in geometry["arcs"]]
        return {"type": kind, "coordinates": shapes}
    return None


def _ring(indexes: Sequence[int], arcs: Sequence[Sequence[Position]]) -> list[Position]:
    """Arcs put end to end; a negative index is the arc `~index`, walked backwards."""
    ring: list[Position] = []
    for index in indexes:
        arc = arcs[index] if index >= 0 else arcs[~index][::-1]
        ring.extend(arc[1:] if ring else arc)
    return ring
