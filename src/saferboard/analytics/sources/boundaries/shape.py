"""Boundaries: which files are ours, and their outlines as rows."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import pyarrow as pa
import shapely
from shapely.geometry import shape as shape_of

from saferboard.analytics.intake.source import Candidate, Desk, Load, Recognised, Shape
from saferboard.analytics.intake.texts import decoded, start_of
from saferboard.analytics.sources.boundaries.fields import Outline, outline_fields
from saferboard.analytics.sources.boundaries.names import codes_by_name, plain
from saferboard.analytics.sources.boundaries.topology import features as topology_features
from saferboard.analytics.store.file_rows import is_off_map
from saferboard.analytics.store.vintage import LoadNote
from saferboard.vocabulary.area import kind_of_gss
from saferboard.vocabulary.period import Month
from saferboard.vocabulary.problem import Problem

# Names of WGS84 with longitude first; GeoJSON means nothing else (RFC 7946).
_WGS84 = ("EPSG:4326", "EPSG::4326", "CRS84")


def recognise(candidate: Candidate) -> Shape | None:
    """A FeatureCollection or a Topology, by its own words. Files of the same kind and edition
    are one group: wards come in a file for each authority."""
    head = start_of(candidate).lstrip()
    if not head.startswith("{"):
        return None
    start = head[:4096].replace(" ", "").replace("\n", "")
    if '"type":"Topology"' in start:
        return Shape("boundaries", "topojson", f"topology-{candidate.sha256[:12]}")
    if '"type":"FeatureCollection"' in start:
        known = outline_fields(_field_names(head))
        group = f"{known.kind}-{known.edition}" if known else f"named-{candidate.sha256[:12]}"
        return Shape("boundaries", "geojson", f"boundaries-{group}")
    return None


def read(files: Sequence[Recognised], desk: Desk) -> Iterator[Load]:
    """One load for all files of a kind and edition."""
    outlines: list[Outline] = []
    rows: dict[str, int] = {}
    lost: list[str] = []
    for number, file in enumerate(files):
        desk.progress(number, len(files), file.candidate.name)
        found = list(_outlines(file, desk))
        placed = [one for one in found if one.code]
        if not placed:
            raise Problem(
                "These outlines have names and no codes, and the names are not known.",
                file=file.candidate.name,
                remedy="Load an ONS look-up of these areas first (saferboard data fetch --list).",
            )
        lost += [one.name for one in found if not one.code]
        outlines += placed
        rows[file.candidate.name] = len(found)
    kinds = sorted({one.kind for one in outlines})
    editions = {one.edition for one in outlines if one.edition}
    notes: tuple[LoadNote, ...] = ()
    if lost:
        words = f"No code is known for {', '.join(sorted(lost))}: left out."
        notes = (LoadNote("unknown-area", words, float(len(lost))),)
    yield Load(
        dataset=f"boundaries-{'-'.join(kinds)}-{'-'.join(sorted(editions)) or 'undated'}",
        generation=files[0].shape.generation,
        tables={"boundaries": _boundaries(outlines), "areas": _areas(outlines)},
        coverage={"ons": (Month(int(max(editions)), 12),)} if editions else {},
        files=tuple(files),
        rows=rows,
        notes=notes,
    )


def _outlines(file: Recognised, desk: Desk) -> Iterator[Outline]:
    name = file.candidate.name
    body = _body(file.candidate)
    _check_projection(body, name)
    try:
        features = (
            list(topology_features(body))
            if file.shape.generation == "topojson"
            else list(body["features"])
        )
    except (KeyError, IndexError, TypeError, ValueError) as error:
        raise Problem(
            "The outlines in this file are not whole.", file=name, remedy="Download it again."
        ) from error
    if not features:
        raise Problem("This file holds no outline.", file=name, remedy="Download it again.")
    codes: Mapping[str, str] | None = None
    for number, feature in enumerate(features, start=1):
        outline = _outline(feature, name, number)
        if not outline.code:
            if codes is None:
                codes = codes_by_name(desk)
            code = codes.get(plain(outline.name), "")
            outline = replace(outline, code=code, kind=kind_of_gss(code) if code else "other")
        yield outline


def _outline(feature: Mapping[str, Any], file: str, number: int) -> Outline:
    properties = feature.get("properties") or {}
    fields = outline_fields(list(properties))
    if fields is None:
        raise Problem(
            f"No field holds a name: {', '.join(list(properties)[:8])}.",
            file=file,
            place=f"outline {number}",
            remedy="Load boundaries of the ONS, with fields such as WD25CD and WD25NM.",
        )
    geometry = _geometry(feature.get("geometry"), file, number)
    return fields.outline(properties, geometry)


def _geometry(geometry: Any, file: str, number: int) -> bytes:
    try:
        outline = shape_of(geometry)
        if not outline.is_valid:
            outline = shapely.make_valid(outline)
    except (AttributeError, KeyError, TypeError, ValueError, IndexError) as error:
        raise Problem(
            "This outline has no geometry that can be read.",
            file=file,
            place=f"outline {number}",
            remedy="Download the file again.",
        ) from error
    if outline.is_empty:
        raise Problem("This outline is empty.", file=file, place=f"outline {number}")
    west, south, east, north = outline.bounds
    if is_off_map(str(west), str(south)) or is_off_map(str(east), str(north)):
        raise Problem(
            f"The outline lies outside the British Isles ({west:.0f}, {south:.0f}).",
            file=file,
            place=f"outline {number}",
            remedy="It may be in metres (British National Grid): ask for WGS84 (EPSG 4326).",
        )
    found: bytes = shapely.to_wkb(outline)
    return found


def _body(candidate: Candidate) -> Mapping[str, Any]:
    text = decoded(candidate.path.read_bytes(), candidate.name)
    try:
        body = json.loads(text)
    except ValueError as error:
        place = f"line {error.lineno}" if isinstance(error, json.JSONDecodeError) else None
        raise Problem(
            "This file cannot be read as JSON: it may have been cut short.",
            file=candidate.name,
            place=place,
            remedy="Download it again.",
        ) from error
    if not isinstance(body, dict):
        raise Problem("This is not a collection of outlines.", file=candidate.name)
    return body


def _check_projection(body: Mapping[str, Any], file: str) -> None:
    name = ((body.get("crs") or {}).get("properties") or {}).get("name")
    if name is not None and not str(name).upper().endswith(_WGS84):
        raise Problem(
            f"The coordinates are in {name}.",
            file=file,
            remedy="Ask for WGS84 (EPSG 4326): longitude and latitude.",
        )


def _field_names(head: str) -> list[str]:
    """The names of the first feature's fields, from the start of the file."""
    at = head.find('"properties"', head.find('"features"'))
    start = head.find("{", at)
    if at < 0 or start < 0:
        return []
    try:
        found, _ = json.JSONDecoder().raw_decode(head[start:])
    except ValueError:
        return []
    return list(found)


def _boundaries(outlines: Sequence[Outline]) -> pa.Table:
    return pa.table(
        {
            "code": [one.code for one in outlines],
            "name": [one.name for one in outlines],
            "kind": [one.kind for one in outlines],
            "edition": pa.array([one.edition for one in outlines], pa.string()),
            "within": pa.array([one.within for one in outlines], pa.string()),
            "geometry": pa.array([one.geometry for one in outlines], pa.binary()),
        }
    )


def _areas(outlines: Sequence[Outline]) -> pa.Table:
    return _boundaries(outlines).drop(["geometry"])
