"""Where the names of areas stand on a map, so that none covers another or a figure.

The picture's own projection is not known before it is drawn: it is reckoned here, as Mercator
fitted into the picture. A name that finds no free place is left out; the table has it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import atan, degrees, exp, log, pi, radians, sqrt, tan
from typing import Any

NAME_SIZE = 10.5
_LETTER = 0.5  # of the letter size: the mean width of Source Sans
_FIGURE_HIGH, _FIGURE_LETTER = 11.0, 6.0
_AIR = 1.5


@dataclass(frozen=True)
class Projection:
    """Pixels of a Mercator map that fills `width` by `height`; y grows downwards."""

    west: float
    north: float
    scale: float
    left: float
    top: float

    @classmethod
    def fitted(
        cls, points: Sequence[tuple[float, float]], width: float, height: float
    ) -> Projection:
        """The projection that shows all `points` (longitude, latitude) as large as it can."""
        xs = [radians(longitude) for longitude, _ in points]
        ys = [_upwards(latitude) for _, latitude in points]
        wide, high = max(xs) - min(xs), max(ys) - min(ys)
        scale = min(width / wide if wide else width, height / high if high else height)
        left, top = (width - scale * wide) / 2, (height - scale * high) / 2
        return cls(min(xs), max(ys), scale, left, top)

    def pixel(self, longitude: float, latitude: float) -> tuple[float, float]:
        x = (radians(longitude) - self.west) * self.scale + self.left
        return x, (self.north - _upwards(latitude)) * self.scale + self.top

    def place(self, x: float, y: float) -> tuple[float, float]:
        """Longitude and latitude of a pixel."""
        up = self.north - (y - self.top) / self.scale
        longitude = degrees((x - self.left) / self.scale + self.west)
        return longitude, degrees(2 * atan(exp(up)) - pi / 2)


def _upwards(latitude: float) -> float:
    return log(tan(pi / 4 + radians(latitude) / 2))


@dataclass(frozen=True)
class _Box:
    left: float
    top: float
    right: float
    bottom: float

    @classmethod
    def around(cls, x: float, y: float, wide: float, high: float) -> _Box:
        return cls(x - wide / 2, y - high / 2, x + wide / 2, y + high / 2)

    def meets(self, other: _Box) -> bool:
        return (
            self.left < other.right + _AIR
            and other.left < self.right + _AIR
            and self.top < other.bottom + _AIR
            and other.top < self.bottom + _AIR
        )


def named_places(
    places: Sequence[Mapping[str, Any]],
    projection: Projection,
    size: tuple[float, float],
    *,
    largest_circle: float = 0.0,
) -> list[dict[str, Any]]:
    """`name`, `longitude` and `latitude` of the middle of each name that has a free place in a
    picture of `size` (width, height). `places` carry name, longitude, latitude, value and
    shown; `largest_circle` is the area in pixels of the circle of the largest value, 0 where
    there are no circles. Names of what has most come first."""
    most = max((place["value"] or 0 for place in places), default=0)
    middles = [projection.pixel(place["longitude"], place["latitude"]) for place in places]
    reaches = [
        sqrt(largest_circle * (place["value"] or 0) / most / pi) if most else 0.0
        for place in places
    ]
    taken = [
        _Box.around(
            x, y,
            max(2 * reach, _FIGURE_LETTER * len(place["shown"])),
            max(2 * reach, _FIGURE_HIGH),
        )
        for (x, y), reach, place in zip(middles, reaches, places, strict=True)
    ]  # fmt: skip
    found = []
    order = sorted(range(len(places)), key=lambda at: (-reaches[at], places[at]["name"]))
    for at in order:
        name = places[at]["name"]
        wide = NAME_SIZE * _LETTER * len(name)
        for x, y in _candidates(taken[at], wide):
            box = _Box.around(x, y, wide, NAME_SIZE)
            inside = box.left >= 0 and box.top >= 0 and box.right <= size[0]
            if inside and box.bottom <= size[1] and not any(box.meets(one) for one in taken):
                taken.append(box)
                longitude, latitude = projection.place(x, y)
                found.append({"name": name, "longitude": longitude, "latitude": latitude})
                break
    return found


def _candidates(own: _Box, wide: float) -> Iterator[tuple[float, float]]:
    """Below, above, at the right, at the left; then below and above, shifted to the sides."""
    middle, high = (own.left + own.right) / 2, (own.top + own.bottom) / 2
    below, above = own.bottom + NAME_SIZE / 2 + 2, own.top - NAME_SIZE / 2 - 2
    yield middle, below
    yield middle, above
    yield own.right + wide / 2 + 3, high
    yield own.left - wide / 2 - 3, high
    for shift in (wide / 4, -wide / 4, wide / 2, -wide / 2):
        yield middle + shift, below
        yield middle + shift, above
