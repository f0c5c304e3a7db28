"""Outlines: any edition, names alone, TopoJSON, and coordinates that are no degrees."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import shapely
from tests.shared_data import shared
from tests.unit.sources.given import candidate, load, recognised, rows_of, written

from saferboard.analytics.intake.add import add
from saferboard.analytics.intake.source import Candidate, Desk
from saferboard.analytics.sources.boundaries import shape
from saferboard.analytics.sources.registry import sources
from saferboard.analytics.store.lake import Lake
from saferboard.vocabulary.problem import Problem

SQUARE = [[[0.0, 51.0], [0.1, 51.0], [0.1, 51.1], [0.0, 51.1], [0.0, 51.0]]]
WARD = {"WD31CD": "E05000101", "WD31NM": "Mill ", "LAD31CD": "E06000101", "LAD31NM": "Little"}
LOOKUP = "LAD27CD,LAD27NM,CSP27CD,CSP27NM\nE06000101,Little & Large,E22000901,Little\n"


def feature(properties: dict[str, Any], outline: Any = None) -> dict[str, Any]:
    geometry = {"type": "Polygon", "coordinates": outline or SQUARE}
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def collection(folder: Path, name: str, *features: dict[str, Any], crs: str = "") -> Candidate:
    body: dict[str, Any] = {"type": "FeatureCollection"}
    if crs:
        body["crs"] = {"type": "name", "properties": {"name": crs}}
    return written(folder, name, json.dumps(body | {"features": list(features)}))


def test_code_name_edition_and_authority_by_pattern(tmp_path: Path, desk: Desk) -> None:
    found = load(shape, desk, collection(tmp_path, "w.geojson", feature(WARD)))
    (row,) = rows_of(found, "boundaries")
    geometry = row.pop("geometry")
    assert row == {
        "code": "E05000101",
        "name": "Mill",
        "kind": "ward",
        "edition": "2031",
        "within": "E06000101",
    }
    assert shapely.from_wkb(geometry).area == pytest.approx(0.01)


def test_files_of_one_kind_and_edition_are_one_load(tmp_path: Path, desk: Desk) -> None:
    one = collection(tmp_path, "a.geojson", feature(WARD))
    two = collection(tmp_path, "b.geojson", feature(WARD | {"WD31CD": "E05000102"}))
    other = collection(tmp_path, "c.geojson", feature({"WD30CD": "E05000101", "WD30NM": "Mill"}))
    found = load(shape, desk, one, two)
    assert len(rows_of(found, "areas")) == 2
    assert recognised(shape, other).shape.group != recognised(shape, one).shape.group


@pytest.mark.parametrize("crs", ["", "EPSG:4326", "urn:ogc:def:crs:OGC:1.3:CRS84"])
def test_degrees_under_their_several_names(tmp_path: Path, desk: Desk, crs: str) -> None:
    assert load(shape, desk, collection(tmp_path, "w.geojson", feature(WARD), crs=crs))


def test_metres_are_refused(tmp_path: Path, desk: Desk) -> None:
    grid = collection(tmp_path, "w.geojson", feature(WARD), crs="urn:ogc:def:crs:EPSG::27700")
    with pytest.raises(Problem, match="27700"):
        load(shape, desk, grid)
    metres = [[[530000, 180000], [531000, 180000], [531000, 181000], [530000, 180000]]]
    unsaid = collection(tmp_path, "m.geojson", feature(WARD), feature(WARD, metres))
    with pytest.raises(Problem, match="outside the British Isles") as refused:
        load(shape, desk, unsaid)
    assert refused.value.place == "outline 2"


def test_broken_files_are_refused(tmp_path: Path, desk: Desk) -> None:
    good = collection(tmp_path, "w.geojson", feature(WARD))
    cut = written(tmp_path, "cut.geojson", good.path.read_bytes()[:-30])
    with pytest.raises(Problem, match="cut short"):
        load(shape, desk, cut)
    hollow = feature(WARD) | {"geometry": None}
    with pytest.raises(Problem, match="no geometry"):
        load(shape, desk, collection(tmp_path, "h.geojson", hollow))
    with pytest.raises(Problem, match="no outline"):
        load(shape, desk, collection(tmp_path, "e.geojson"))
    with pytest.raises(Problem, match="No field holds a name"):
        load(shape, desk, collection(tmp_path, "n.geojson", feature({"colour": "blue"})))
    assert shape.recognise(written(tmp_path, "x.json", '{"type": "Feature"}')) is None


def test_an_outline_that_crosses_itself_is_mended(tmp_path: Path, desk: Desk) -> None:
    bow = [[[0.0, 51.0], [0.1, 51.1], [0.1, 51.0], [0.0, 51.1], [0.0, 51.0]]]
    found = load(shape, desk, collection(tmp_path, "w.geojson", feature(WARD, bow)))
    assert shapely.from_wkb(rows_of(found, "boundaries")[0]["geometry"]).is_valid


def test_names_alone_need_a_look_up(tmp_path: Path, desk: Desk) -> None:
    named = collection(tmp_path, "n.geojson", feature({"name": "Little and Large"}))
    with pytest.raises(Problem, match="names and no codes") as refused:
        load(shape, desk, named)
    assert "look-up" in str(refused.value.remedy)


def test_names_alone_get_their_codes_from_the_lake(tmp_path: Path) -> None:
    """The look-up of the same add is read first."""
    lookup = written(tmp_path, "lookup.csv", LOOKUP)
    named = collection(
        tmp_path,
        "n.geojson",
        feature({"name": "Little and Large"}),
        feature({"name": "Nowhere"}),
    )
    lake = tmp_path / "lake"
    report = add(lake, [named.path, lookup.path], sources(), now=datetime(2031, 1, 1, tzinfo=UTC))
    assert not report.refused
    opened = Lake.open(lake)
    rows = opened.run(opened.table("boundaries")).to_pylist()
    opened.close()
    assert [(row["code"], row["kind"]) for row in rows] == [("E06000101", "authority")]
    notes = [note for vintage in report.read for note in vintage.notes]
    assert any("Nowhere" in note.words for note in notes)


def topology(**changed: Any) -> dict[str, Any]:
    """Two squares that share a border: it is stored once, and walked backwards by the second."""
    return {
        "type": "Topology",
        "transform": {"scale": [0.1, 0.1], "translate": [0.0, 51.0]},
        "arcs": [
            [[1, 0], [0, 1]],
            [[1, 1], [-1, 0], [0, -1], [1, 0]],
            [[1, 0], [1, 0], [0, 1], [-1, 0]],
        ],
        "objects": {
            "lad": {
                "type": "GeometryCollection",
                "geometries": [
                    {
                        "type": "Polygon",
                        "arcs": [[0, 1]],
                        "properties": {"areacd": "E06000101", "areanm": "Left"},
                    },
                    {
                        "type": "MultiPolygon",
                        "arcs": [[[2, -1]]],
                        "properties": {"areacd": "E06000102", "areanm": "Right"},
                    },
                ],
            }
        },
    } | changed


def test_topojson_is_decoded(tmp_path: Path, desk: Desk) -> None:
    found = load(shape, desk, written(tmp_path, "t.json", json.dumps(topology())))
    outlines = {
        row["code"]: shapely.from_wkb(row["geometry"]) for row in rows_of(found, "boundaries")
    }
    assert outlines["E06000101"].equals(shapely.box(0.0, 51.0, 0.1, 51.1))
    assert outlines["E06000102"].equals(shapely.box(0.1, 51.0, 0.2, 51.1))


def test_topojson_that_is_not_whole_is_refused(tmp_path: Path, desk: Desk) -> None:
    broken = written(tmp_path, "t.json", json.dumps(topology(arcs=[[[0, 0]]])))
    with pytest.raises(Problem, match="not whole"):
        load(shape, desk, broken)


def test_the_real_outlines(desk: Desk) -> None:
    found = load(shape, desk, candidate(shared("geography", "geogLA2022EW.json")))
    rows = {row["code"]: shapely.from_wkb(row["geometry"]) for row in rows_of(found, "boundaries")}
    assert len(rows) == 331
    # Where a topology is decoded rightly, neighbours do not overlap and lie side by side.
    wards = load(shape, desk, candidate(shared("geography", "wards", "E09000003.geojson")))
    together = shapely.unary_union(
        [shapely.from_wkb(row["geometry"]) for row in rows_of(wards, "boundaries")]
    )
    barnet = rows["E09000003"]
    assert together.intersection(barnet).area / barnet.area > 0.97
