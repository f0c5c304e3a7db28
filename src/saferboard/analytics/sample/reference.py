"""Populations, households, look-ups, deprivation and boundaries in their publishers' forms."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import shapely
import xlsxwriter
from numpy.typing import NDArray

from saferboard.analytics.sample.world import World

_DOMAINS = (
    "IMD",
    "Income",
    "Employment",
    "Education",
    "Health",
    "Crime",
    "Housing_and_Services",
    "Environment",
)
_NATION = (("K04000001", "ENGLAND AND WALES"), ("E92000001", "ENGLAND"))
_COUNTRY = "Country"
_KIND = "London Borough"
_GROWTH = 1.006  # a year
_OLDEST = 90


def write_reference(folder: Path, world: World, year: int, rng: np.random.Generator) -> list[Path]:
    """Every reference file into `folder`; `year` is that of the newest mid-year estimate."""
    folder.mkdir(parents=True, exist_ok=True)
    return [
        _population(folder / f"MYE mid-2011 to mid-{year}.xlsx", world, year, rng),
        _households(folder / "households21_ltla23.csv", world),
        _districts_to_csps(folder / "LAD_to_CSP_to_PFA_Lookup.csv", world),
        _lsoas_to_wards(folder / "LSOA21_to_WD24_to_LAD24_Lookup.csv", world),
        _deprivation(folder / "imd2025_lsoa21.csv", world, rng),
        _boundaries(folder / "districts.geojson", _district_features(world)),
        _boundaries(folder / "wards.geojson", _ward_features(world)),
        _boundaries(folder / "lsoas.geojson", _lsoa_features(world)),
    ]


def _population(path: Path, world: World, year: int, rng: np.random.Generator) -> Path:
    """The workbook of mid-year estimates: notes above the header, ages in columns, years in
    columns, names in capitals for anything above a district."""
    years = list(range(year, 2010, -1))
    newest = np.array([one.residents for one in world.districts])
    by_year = np.array(
        [
            np.rint(newest / _GROWTH ** (year - each) + rng.normal(0, 40, len(newest)))
            for each in years
        ]
    ).T.astype(int)
    by_year[:, 0] = newest
    female = np.array([_ages(total, 0.51, rng) for total in newest])
    male = np.array(
        [_ages(total - one.sum(), 1.0, rng) for total, one in zip(newest, female, strict=True)]
    )
    book = xlsxwriter.Workbook(path, {"in_memory": True})
    cover = book.add_worksheet("Cover sheet")
    cover.write(0, 0, "Mid-year population estimates of an invented county (sample)")
    ages = [*(str(age) for age in range(_OLDEST)), f"{_OLDEST}+"]
    for name, values in (("Persons", female + male), ("Females", female), ("Males", male)):
        _sheet(
            book,
            f"MYE2 - {name}",
            f"MYE2: {name} by single year of age, mid-{year}",
            ["Code", "Name", "Geography", "All ages", *ages],
            _totalled(world, np.column_stack([values.sum(axis=1), values])),
        )
    _sheet(
        book,
        "MYE4",
        f"MYE4: Population estimates: Summary, mid-2011 to mid-{year}",
        ["Code", "Name", "Geography", *(f"Mid-{each}" for each in years)],
        _totalled(world, by_year),
    )
    book.close()
    return path


def _ages(total: int, share: float, rng: np.random.Generator) -> NDArray[np.int64]:
    """`total * share` people by single year of age: a gentle hump, then a long decline."""
    age = np.arange(_OLDEST + 1)
    weight = 1.0 + 0.35 * np.exp(-(((age - 34) / 14) ** 2)) - 0.012 * np.maximum(age - 52, 0)
    weight = np.maximum(weight, 0.12)
    return rng.multinomial(round(total * share), weight / weight.sum())


def _totalled(world: World, values: NDArray[Any]) -> Iterable[list[Any]]:
    total = values.sum(axis=0).tolist()
    for code, name in _NATION:
        yield [code, name, _COUNTRY, *total]
    yield [world.region["code"], world.region["name"], "Region", *total]
    for one, row in zip(world.districts, values.tolist(), strict=True):
        yield [one.code, one.name, _KIND, *row]


def _sheet(
    book: xlsxwriter.Workbook, name: str, title: str, header: list[str], rows: Iterable[list[Any]]
) -> None:
    sheet = book.add_worksheet(name)
    for line, text in enumerate(
        (
            title,
            "This worksheet contains one table. Freeze panes are turned on.",
            "To turn off freeze panes select the 'View' ribbon then 'Freeze Panes'.",
            "Made-up figures: a sample, not an estimate of anything.",
        )
    ):
        sheet.write(line, 0, text)
    for line, row in enumerate([header, *rows], start=7):
        sheet.write_row(line, 0, row)


def _households(path: Path, world: World) -> Path:
    rows = [
        [one.code, float(round(one.residents * world.households_per_resident))]
        for one in world.districts
    ]
    return _csv(path, ["ltla23_code", "households"], rows, encoding="utf-8")


def _districts_to_csps(path: Path, world: World) -> Path:
    rows = [
        [one.code, one.name, one.csp, one.name, world.force["code"], world.force["area"], number]
        for number, one in enumerate(world.districts, start=1)
    ]
    header = ["LAD23CD", "LAD23NM", "CSP23CD", "CSP23NM", "PFA23CD", "PFA23NM", "ObjectId"]
    return _csv(path, header, rows)


def _lsoas_to_wards(path: Path, world: World) -> Path:
    rows = []
    for number, one in enumerate(world.lsoas, start=1):
        ward, district = world.wards[one.ward], world.districts[one.district]
        place = [ward.code, ward.name, "", district.code, district.name, ""]
        rows.append([one.code, one.name, "", *place, number])
    header = "LSOA21CD,LSOA21NM,LSOA21NMW,WD24CD,WD24NM,WD24NMW,LAD24CD,LAD24NM,LAD24NMW,ObjectId"
    return _csv(path, header.split(","), rows)


def _deprivation(path: Path, world: World, rng: np.random.Generator) -> Path:
    """Deciles, ranks and scores of each domain, ranked within the county."""
    count = len(world.lsoas)
    lean = np.array([one.decile for one in world.lsoas], dtype=float)
    order = [lean + rng.normal(0, 0.01 if name == "IMD" else 2.0, count) for name in _DOMAINS]
    ranks = np.array([np.argsort(np.argsort(one)) + 1 for one in order])
    deciles = (ranks - 1) * 10 // count + 1
    scores = np.round(60 * (1 - ranks / count) ** 2 + 2, 3)
    header = ["lsoa21_code"] + [
        f"{name}_{what}" for what in ("decile", "rank", "score") for name in _DOMAINS
    ]
    rows = [
        [
            one.code,
            *(float(deciles[n, place]) for n in range(len(_DOMAINS))),
            *(float(ranks[n, place]) for n in range(len(_DOMAINS))),
            *(float(scores[n, place]) for n in range(len(_DOMAINS))),
        ]
        for place, one in enumerate(world.lsoas)
    ]
    return _csv(path, header, rows, encoding="utf-8")


def _district_features(world: World) -> Iterable[tuple[dict[str, Any], Any]]:
    for one in world.districts:
        yield {"LAD24CD": one.code, "LAD24NM": one.name, "LAD24NMW": " "}, one.shape


def _ward_features(world: World) -> Iterable[tuple[dict[str, Any], Any]]:
    for one in world.wards:
        district = world.districts[one.district]
        names = {"WD24CD": one.code, "WD24NM": one.name, "WD24NMW": " "}
        yield names | {"LAD24CD": district.code, "LAD24NM": district.name}, one.shape


def _lsoa_features(world: World) -> Iterable[tuple[dict[str, Any], Any]]:
    for one in world.lsoas:
        yield {"LSOA21CD": one.code, "LSOA21NM": one.name}, one.shape


def _boundaries(path: Path, features: Iterable[tuple[dict[str, Any], Any]]) -> Path:
    body = {
        "type": "FeatureCollection",
        "name": path.stem,
        "crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}},
        "features": [
            {
                "type": "Feature",
                "properties": {"FID": number, **properties},
                "geometry": shapely.geometry.mapping(shape),
            }
            for number, (properties, shape) in enumerate(features, start=1)
        ],
    }
    path.write_text(json.dumps(body, separators=(",", ":")), encoding="utf-8")
    return path


def _csv(
    path: Path, header: Sequence[str], rows: Iterable[Sequence[Any]], encoding: str = "utf-8-sig"
) -> Path:
    """A CSV; look-ups begin with a byte order mark, as the publisher's do."""
    with path.open("w", encoding=encoding, newline="") as out:
        writer = csv.writer(out)
        writer.writerow(header)
        writer.writerows(rows)
    return path
