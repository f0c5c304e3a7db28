"""Points in outlines, against the plain way of asking every outline about every point."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from saferboard.analytics.store.places import locate, ring_of

LEFT = ("E06000101", shapely.to_wkb(shapely.box(0.0, 51.0, 0.1, 51.1)))
RIGHT = ("E06000102", shapely.to_wkb(shapely.box(0.1, 51.0, 0.2, 51.1)))
RING = (
    "E06000103",
    shapely.to_wkb(shapely.box(0.3, 51.0, 0.6, 51.3) - shapely.box(0.4, 51.1, 0.5, 51.2)),
)
OUTLINES = [RIGHT, RING, LEFT]


def at(*points: tuple[float, float]) -> list[str | None]:
    longitudes, latitudes = np.array([x for x, _ in points]), np.array([y for _, y in points])
    return locate(longitudes, latitudes, OUTLINES)


def test_inside_outside_and_in_a_hole() -> None:
    assert at((0.05, 51.05), (0.15, 51.05), (0.9, 51.05), (0.45, 51.15), (0.35, 51.05)) == [
        "E06000101",
        "E06000102",
        None,
        None,
        "E06000103",
    ]


def test_no_point_is_nowhere() -> None:
    nothing = float("nan")
    assert at((nothing, nothing), (0.05, nothing), (0.05, 51.05)) == [None, None, "E06000101"]


def test_a_shared_border_always_goes_to_the_first_code() -> None:
    assert at((0.1, 51.05)) == ["E06000101"]
    longitudes, latitudes = np.array([0.1]), np.array([51.05])
    assert locate(longitudes, latitudes, [LEFT, RIGHT]) == ["E06000101"]


def test_nothing_in_nothing_out() -> None:
    assert locate(np.array([]), np.array([]), OUTLINES) == []
    assert locate(np.array([0.05]), np.array([51.05]), []) == [None]
    with pytest.raises(ValueError, match="length"):
        locate(np.array([0.05]), np.array([]), OUTLINES)


@given(st.lists(st.tuples(st.floats(-0.1, 0.7), st.floats(50.9, 51.4)), min_size=1, max_size=40))
def test_the_same_as_asking_every_outline(points: list[tuple[float, float]]) -> None:
    plain = [
        next(
            (
                code
                for code, geometry in sorted(OUTLINES)
                if shapely.from_wkb(geometry).intersects(shapely.Point(x, y))
            ),
            None,
        )
        for x, y in points
    ]
    assert at(*points) == plain


def test_a_ring_is_short_and_holds_the_area() -> None:
    angles = np.linspace(0, 2 * np.pi, 2000, endpoint=False)
    radius = 0.1 + 0.01 * np.sin(40 * angles)
    star = shapely.Polygon(np.c_[radius * np.cos(angles), 51 + radius * np.sin(angles)])
    ring = ring_of(shapely.to_wkb(star), most=100)
    assert len(ring) <= 100
    around = shapely.Polygon(ring)
    assert around.is_valid
    assert star.intersection(around).area / star.area > 0.99


def test_an_area_of_parts_becomes_one_ring() -> None:
    parts = shapely.MultiPolygon([shapely.box(0, 51, 0.1, 51.1), shapely.box(0.2, 51, 0.3, 51.1)])
    assert shapely.Polygon(ring_of(shapely.to_wkb(parts))).covers(parts)
