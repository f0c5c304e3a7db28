"""Which small area lies in which authority or ward, and which point lies in which authority.

LSOAs of 2011 and of 2021 stand side by side in one rolling year (quirk 20): both are brought to
the areas of the newest look-up that is loaded.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

import pyarrow as pa
import pyarrow.compute as pc
import shapely

from saferboard.analytics.store.lake import Lake

_LSOAS = ("lsoa21", "lsoa11")


def lsoa_places(lake: Lake, kind: str) -> dict[str, str]:
    """The area of `kind` (authority, ward, csp) of each LSOA of either census, from the newest
    edition of the look-ups. An LSOA of 2011 without a link of its own goes through those of
    2021 that it became; where they lie in different areas it goes to the area of the most."""
    links = lake.table("area_links")
    rows = lake.run(
        links.filter(links.from_kind.isin(_LSOAS), links.to_kind.isin([kind, "lsoa21"]))
        .select("from_code", "from_kind", "to_code", "to_kind", "edition")
        .distinct()
    ).to_pylist()
    direct: dict[str, tuple[str, str]] = {}
    became: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        if row["to_kind"] == kind:
            held = direct.get(row["from_code"])
            found = (row["edition"] or "", row["to_code"])
            if held is None or found > held:
                direct[row["from_code"]] = found
        elif row["from_kind"] == "lsoa11":
            became[row["from_code"]].add(row["to_code"])
    newest = {code: found[1] for code, found in direct.items()}
    edition = max((found[0] for found in direct.values()), default="")
    for code, children in became.items():
        if code in direct and direct[code][0] == edition:
            continue
        areas = [newest[child] for child in sorted(children) if child in newest]
        if areas:
            newest[code] = max(areas, key=areas.count)
    return newest


def place_table(places: Mapping[str, str]) -> pa.Table:
    """`lsoa_places` as a table to join with: place_lsoa, area_code."""
    return pa.table(
        {
            "place_lsoa": pa.array(list(places), pa.string()),
            "area_code": pa.array(list(places.values()), pa.string()),
        }
    )


def point_table(lake: Lake, points: pa.Table, kind: str) -> pa.Table:
    """Points (longitude, latitude) with the area of `kind` that they lie in, from the newest
    boundaries; points in no area are left out. Columns longitude, latitude, area_code,
    area_name."""
    outlines = lake.table("boundaries")
    rows = lake.run(
        outlines.filter(outlines.kind == kind).select("code", "name", "edition", "geometry")
    ).to_pylist()
    newest: dict[str, dict[str, object]] = {}
    for row in rows:
        held = newest.get(row["code"])
        if held is None or str(row["edition"] or "") >= str(held["edition"] or ""):
            newest[row["code"]] = row
    areas = list(newest.values())
    longitudes = points["longitude"].to_numpy()
    latitudes = points["latitude"].to_numpy()
    if not areas or not len(points):
        return pa.table(
            {
                "longitude": pa.array([], pa.float64()),
                "latitude": pa.array([], pa.float64()),
                "area_code": pa.array([], pa.string()),
                "area_name": pa.array([], pa.string()),
            }
        )
    # The points stand in the tree and the outlines ask: an outline is prepared once, then.
    tree = shapely.STRtree(shapely.points(longitudes, latitudes))
    found_areas, found_points = tree.query(
        [shapely.from_wkb(area["geometry"]) for area in areas], predicate="intersects"
    )
    # A point on a shared edge touches two areas: the first by code has it, so that it counts once.
    order = sorted(
        zip(found_points.tolist(), found_areas.tolist(), strict=True),
        key=lambda pair: (pair[0], str(areas[pair[1]]["code"])),
    )
    once: dict[int, int] = {}
    for point, area in order:
        once.setdefault(point, area)
    index = pa.array(list(once), pa.int64())
    return pa.table(
        {
            "longitude": pc.take(points["longitude"], index),
            "latitude": pc.take(points["latitude"], index),
            "area_code": pa.array([str(areas[at]["code"]) for at in once.values()], pa.string()),
            "area_name": pa.array([str(areas[at]["name"]) for at in once.values()], pa.string()),
        }
    )
