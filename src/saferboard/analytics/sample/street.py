"""The county's street crimes and stops in the form of data.police.uk: a zip of months."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import shapely

from saferboard.analytics.sample.counts import Series
from saferboard.analytics.sample.world import World, words
from saferboard.vocabulary.period import Month

_STREET = [
    "Crime ID",
    "Month",
    "Reported by",
    "Falls within",
    "Longitude",
    "Latitude",
    "Location",
    "LSOA code",
    "LSOA name",
    "Crime type",
    "Last outcome category",
    "Context",
]
_STOPS = [
    "Type",
    "Date",
    "Part of a policing operation",
    "Policing operation",
    "Latitude",
    "Longitude",
    "Gender",
    "Age range",
    "Self-defined ethnicity",
    "Officer-defined ethnicity",
    "Legislation",
    "Object of search",
    "Outcome",
    "Outcome linked to object of search",
    "Removal of more than just outer clothing",
]
_LONDON = ZoneInfo("Europe/London")
_WITHOUT_ID = "Anti-social behaviour"
_OPEN = "Under investigation"
_SNAPS = 5  # points that the crimes of a neighbourhood are snapped to


def write_street(
    folder: Path,
    plans: Sequence[Any],
    series: dict[str, Series],
    world: World,
    months: Sequence[Month],
    rng: np.random.Generator,
    *,
    span: int = 24,
) -> Path:
    """An archive of `span` months of street files and stop-and-search files. One month of
    stops is not there, and nothing says so (quirk 21)."""
    plan = words("streets.yaml")
    snaps = _snap_points(world, rng)
    slug = world.force["slug"]
    path = folder / f"{slug}-to-{months[-1]}.zip"
    number = 0
    gap = len(months) - 1 - words("planted.yaml")["missing_stop_and_search"]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for position in range(len(months) - span, len(months)):
            month = months[position]
            newest = position >= len(months) - 2
            text, number = _street_month(
                plan, plans, series, world, month, position, snaps, rng, number, newest=newest
            )
            _store(archive, f"{month}/{month}-{slug}-street.csv", text)
            if position != gap:
                text = _stops_month(plan["stops"], world, month, snaps, rng)
                _store(archive, f"{month}/{month}-{slug}-stop-and-search.csv", text)
    return path


def _street_month(
    plan: Mapping[str, Any],
    plans: Sequence[Any],
    series: dict[str, Series],
    world: World,
    month: Month,
    position: int,
    snaps: list[list[tuple[str, str, str]]],
    rng: np.random.Generator,
    number: int,
    *,
    newest: bool,
) -> tuple[str, int]:
    out = io.StringIO()
    write = csv.writer(out, lineterminator="\n").writerow
    write(_STREET)
    force = world.force["name"]
    names = list(plan["outcomes"])
    chances = _chances(plan["outcomes"])
    for one in plans:
        counts = series[one["key"]]
        kind = one["street"]
        placed = counts.lsoa[:, position]
        nowhere = int(counts.district[:, position].sum() - placed.sum())
        where = np.concatenate([np.repeat(np.arange(len(placed)), placed), np.full(nowhere, -1)])
        hidden = rng.random(len(where)) < plan["no_location"]
        snap = rng.integers(0, _SNAPS, len(where))
        outcome = rng.choice(len(names), len(where), p=chances)
        for lsoa, hide, point, result in zip(where, hidden, snap, outcome, strict=True):
            number += 1
            if lsoa < 0 or hide:
                place = ("", "", "No Location", "", "")
            else:
                neighbourhood = world.lsoas[lsoa]
                place = (*snaps[lsoa][point], neighbourhood.code, neighbourhood.name)
            if kind == _WITHOUT_ID:
                write(["", month, force, force, *place, kind, "", ""])
            else:
                words_ = _OPEN if newest else names[result]
                write([f"{number:064x}", month, force, force, *place, kind, words_, ""])
    return out.getvalue(), number


def _stops_month(
    plan: Mapping[str, Any],
    world: World,
    month: Month,
    snaps: list[list[tuple[str, str, str]]],
    rng: np.random.Generator,
) -> str:
    out = io.StringIO()
    write = csv.writer(out, lineterminator="\n").writerow
    write(_STOPS)
    count = int(rng.poisson(plan["per_month"]))
    pull = np.exp([0.6 * one.town for one in world.lsoas])
    where = rng.choice(len(world.lsoas), count, p=pull / pull.sum())
    # local midnight in summer is 23:00 UTC of the day before (quirk 23)
    start = datetime(month.year, month.month, 1, tzinfo=_LONDON).astimezone(UTC)
    minutes = np.sort(rng.integers(0, month.days * 24 * 60, count))
    columns = {
        name: rng.choice(list(values), count, p=_chances(values))
        for name, values in plan["columns"].items()
    }
    nowhere = rng.random(count) < plan["without_place"]
    snap = rng.integers(0, _SNAPS, count)
    for row in range(count):
        east, north, _ = snaps[where[row]][snap[row]]
        drawn = {name: values[row] for name, values in columns.items()}
        drawn["Date"] = f"{(start + timedelta(minutes=int(minutes[row]))).isoformat()}"
        drawn["Part of a policing operation"] = "False"
        drawn["Latitude"], drawn["Longitude"] = ("", "") if nowhere[row] else (north, east)
        write([drawn.get(name, "") for name in _STOPS])
    return out.getvalue()


def _snap_points(world: World, rng: np.random.Generator) -> list[list[tuple[str, str, str]]]:
    """A few points inside each neighbourhood, each with a street's name."""
    found = []
    for one in world.lsoas:
        west, south, east, north = one.shape.bounds
        points = rng.uniform((west, south), (east, north), (200, 2))
        inside = points[shapely.contains_xy(one.shape, points[:, 0], points[:, 1])][:_SNAPS]
        if len(inside) < _SNAPS:
            middle = one.shape.representative_point()
            inside = np.array([(middle.x, middle.y)] * _SNAPS)
        streets = rng.choice(world.streets, _SNAPS)
        found.append(
            [
                (f"{x:.6f}", f"{y:.6f}", f"On or near {street}")
                for (x, y), street in zip(inside, streets, strict=True)
            ]
        )
    return found


def _chances(values: Mapping[str, float]) -> Any:
    weights = np.array(list(values.values()), dtype=float)
    return weights / weights.sum()


def _store(archive: zipfile.ZipFile, name: str, text: str) -> None:
    """Write with a fixed time, so that one seed gives the same bytes every day."""
    info = zipfile.ZipInfo(name, (2000, 1, 1, 0, 0, 0))
    info.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(info, text)
