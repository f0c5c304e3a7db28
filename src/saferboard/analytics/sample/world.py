"""The invented county: its districts, wards and neighbourhoods, drawn on a map of open sea."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import MultiPoint, Polygon
from shapely.geometry.base import BaseGeometry

from saferboard.vocabulary.data_file import data_file

Points = NDArray[np.float64]


@dataclass(frozen=True)
class Lsoa:
    """A neighbourhood. `ward` and `district` are positions in `World.wards` and
    `World.districts`; `town` is how far it has the look of a town centre (mean 0)."""

    code: str
    name: str
    ward: int
    district: int
    town: float
    decile: int
    shape: BaseGeometry


@dataclass(frozen=True)
class Ward:
    code: str
    name: str
    district: int
    shape: BaseGeometry


@dataclass(frozen=True)
class District:
    """`residents` are those of mid-2024; `level` is its crime against the county's average."""

    code: str
    csp: str
    name: str
    residents: int
    level: float
    shape: BaseGeometry


@dataclass(frozen=True)
class World:
    """`force`, `region` and `streets` are the words of world.yaml."""

    force: dict[str, str]
    region: dict[str, str]
    streets: tuple[str, ...]
    households_per_resident: float
    districts: tuple[District, ...]
    wards: tuple[Ward, ...]
    lsoas: tuple[Lsoa, ...]
    focus: int

    def wards_of(self, district: int) -> tuple[Ward, ...]:
        return tuple(ward for ward in self.wards if ward.district == district)


@cache
def words(name: str) -> Any:
    """What a data file of this folder holds, as YAML gives it."""
    return data_file("saferboard.analytics.sample", name)


def make_world(rng: np.random.Generator) -> World:
    """Draw the county. Land is an island; points on it are clustered into districts, these
    into wards, these into neighbourhoods; each neighbourhood is a Voronoi cell, and wards
    and districts are unions of cells, so borders meet without gaps."""
    plan = words("world.yaml")
    coast = _coast(plan["sea"], rng)
    ground = _scatter(coast, 9000, rng)
    weights = np.array([float(one["weight"]) for one in plan["districts"]])
    in_district = _cluster(ground, weights, rng)

    seeds: list[Points] = []
    ward_of: list[int] = []
    district_of: list[int] = []
    ward_districts: list[int] = []
    for position, body in enumerate(plan["districts"]):
        land = ground[in_district == position]
        in_ward = _cluster(land, np.ones(body["wards"]), rng)
        count = round(body["weight"] * 1000 / plan["residents_per_lsoa"] / body["wards"])
        for number in range(body["wards"]):
            here = land[in_ward == number]
            cells = _cluster(here, np.ones(max(2, count)), rng)
            for cell in np.unique(cells):
                seeds.append(here[cells == cell].mean(axis=0))
                ward_of.append(len(ward_districts))
                district_of.append(position)
            ward_districts.append(position)

    shapes = _cells(np.array(seeds), coast)
    return _named(plan, shapes, ward_of, district_of, ward_districts, rng)


def _named(
    plan: dict[str, Any],
    shapes: list[BaseGeometry],
    ward_of: list[int],
    district_of: list[int],
    ward_districts: list[int],
    rng: np.random.Generator,
) -> World:
    first = plan["first_code"]
    names = _ward_names(plan, ward_districts, rng)
    lsoas = []
    letters: dict[int, int] = {}
    town = rng.normal(0.0, 1.0, len(shapes))
    # deprivation leans the way of crime, as it does in the real indices
    lean = town + rng.normal(0.0, 1.2, len(shapes))
    deciles = 10 - np.floor(np.argsort(np.argsort(lean)) / len(shapes) * 10).astype(int)
    for number, shape in enumerate(shapes):
        district = district_of[number]
        place = letters.get(district, 0)
        letters[district] = place + 1
        label = f"{plan['districts'][district]['name']} {place // 5 + 1:03d}{'ABCDE'[place % 5]}"
        code = f"E0{first['lsoa'] + number}"
        lsoas.append(
            Lsoa(
                code,
                label,
                ward_of[number],
                district,
                float(town[number]),
                int(deciles[number]),
                shape,
            )
        )
    wards = tuple(
        Ward(
            f"E0{first['ward'] + number}",
            names[number],
            district,
            shapely.union_all([one.shape for one in lsoas if one.ward == number]),
        )
        for number, district in enumerate(ward_districts)
    )
    districts = tuple(
        District(
            f"E09000{first['authority'] + number}",
            f"E22000{first['csp'] + number}",
            body["name"],
            int(body["weight"] * 1000 + rng.integers(-490, 490)),
            body["level"],
            shapely.union_all([one.shape for one in wards if one.district == number]),
        )
        for number, body in enumerate(plan["districts"])
    )
    focus = [one.name for one in districts].index(plan["focus"])
    return World(
        plan["force"],
        plan["region"],
        tuple(plan["streets"]),
        plan["households_per_resident"],
        districts,
        wards,
        tuple(lsoas),
        focus,
    )


def _ward_names(
    plan: dict[str, Any], ward_districts: list[int], rng: np.random.Generator
) -> list[str]:
    """A name for each ward, all different but for one that two districts share."""
    endings = [word for text in plan["ward_endings"] for word in text.split()]
    stems = rng.permutation(plan["ward_stems"])
    names = [
        f"{stems[number % len(stems)]} {endings[(number + number // len(stems)) % len(endings)]}"
        for number in range(len(ward_districts))
    ]
    focus = [one["name"] for one in plan["districts"]].index(plan["focus"])
    first = ward_districts.index(focus)
    other = ward_districts.index((focus + 1) % len(plan["districts"]))
    names[first + 1] = names[other] = plan["twice"]
    return names


def _coast(sea: dict[str, float], rng: np.random.Generator) -> Polygon:
    """A rough island: an ellipse whose radius wanders with a few waves."""
    angle = np.linspace(0, 2 * np.pi, 240, endpoint=False)
    radius = np.full_like(angle, 0.86)
    for wave in range(2, 9):
        radius += 0.10 / wave * np.cos(wave * angle + rng.uniform(0, 2 * np.pi))
    middle = ((sea["west"] + sea["east"]) / 2, (sea["south"] + sea["north"]) / 2)
    half = ((sea["east"] - sea["west"]) / 2, (sea["north"] - sea["south"]) / 2)
    x = middle[0] + half[0] * radius * np.cos(angle)
    y = middle[1] + half[1] * radius * np.sin(angle)
    return Polygon(np.column_stack([x, y]))


def _scatter(coast: Polygon, count: int, rng: np.random.Generator) -> Points:
    west, south, east, north = coast.bounds
    points = rng.uniform((west, south), (east, north), (count * 2, 2))
    inside = shapely.contains_xy(coast, points[:, 0], points[:, 1])
    return np.asarray(points[inside][:count])


def _cluster(points: Points, weights: NDArray[np.float64], rng: np.random.Generator) -> Points:
    """The cluster of each point: k-means with areas nudged towards `weights`."""
    wanted = weights / weights.sum()
    centres = points[rng.choice(len(points), len(weights), replace=False)]
    # a degree north is longer than a degree east at this latitude
    scale = np.array([0.57, 1.0])
    push = np.zeros(len(weights))
    spread = float(((points - points.mean(axis=0)) * scale).var(axis=0).sum())
    labels = np.zeros(len(points), dtype=int)
    for _ in range(40):
        apart = (((points[:, None, :] - centres[None, :, :]) * scale) ** 2).sum(axis=2)
        labels = (apart + push).argmin(axis=1)
        share = np.bincount(labels, minlength=len(weights)) / len(points)
        push += (share - wanted) * spread * 0.6
        centres = np.array(
            [
                points[labels == number].mean(axis=0) if (labels == number).any() else centre
                for number, centre in enumerate(centres)
            ]
        )
    return labels


def _cells(seeds: Points, coast: Polygon) -> list[BaseGeometry]:
    """The Voronoi cell of each seed, cut by the coast, in the order of the seeds."""
    cells = shapely.voronoi_polygons(MultiPoint(seeds), extend_to=coast.buffer(0.2)).geoms
    tree = shapely.STRtree(list(cells))
    found = tree.query(shapely.points(seeds), predicate="within")
    order = {int(seed): int(cell) for seed, cell in found.T}
    return [
        shapely.set_precision(shapely.intersection(cells[order[n]], coast), 0.00001)
        for n in range(len(seeds))
    ]
