"""A small lake for the tests of measures: a made borough file in the publisher's second form,
households and residents, a look-up, and returns, all read by the real sources."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from saferboard.analytics.intake.add import add
from saferboard.analytics.sources.registry import sources
from saferboard.vocabulary.period import Month

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
BOROUGHS = {
    "Barnet": "E09000003",
    "Brent": "E09000005",
    "Harrow": "E09000015",
    "Camden": "E09000007",
    "Ealing": "E09000009",
}
Counts = Mapping[tuple[str, str, str], Sequence[int]]


def months(first: str, last: str) -> list[Month]:
    """Every month from `first` to `last`."""
    start, end = Month.parse(first), Month.parse(last)
    return [start + step for step in range(end - start + 1)]


def seasonal(mean: float, span: Sequence[Month], lift: float = 1.0) -> list[int]:
    """Counts with a winter peak and a little unevenness; the last 12 months times `lift`."""
    values = []
    for at, month in enumerate(span):
        season = 1 + 0.15 * math.cos(2 * math.pi * (month.month - 1) / 12)
        uneven = 1 + 0.04 * ((7 * at) % 5 - 2) / 2
        late = lift if len(span) - at <= 12 else 1.0
        values.append(round(mean * season * uneven * late))
    return values


def borough_csv(span: Sequence[Month], counts: Counts) -> str:
    """A borough file; `counts` by (group, label, borough)."""
    head = ["MajorText", "MinorText", "LookUp_BoroughName"]
    lines = [",".join([*head, *(f"{m.year}{m.month:02d}" for m in span)])]
    for (major, minor, borough), values in counts.items():
        lines.append(",".join([major, minor, borough, *map(str, values)]))
    return "\n".join(lines) + "\n"


def usual_counts(span: Sequence[Month], lift: float = 1.0) -> dict[tuple[str, str, str], list[int]]:
    """Residential burglary, robbery and homicide in five boroughs; `lift` raises Barnet's."""
    found: dict[tuple[str, str, str], list[int]] = {}
    for at, borough in enumerate(BOROUGHS):
        own = lift if borough == "Barnet" else 1.0
        found["Burglary", "Domestic Burglary", borough] = seasonal(150 + 10 * at, span, own)
        found["Burglary", "Burglary Business and Community", borough] = seasonal(50, span)
        found["Robbery", "Robbery of Personal Property", borough] = seasonal(60 + 5 * at, span)
    # A combination that was zero throughout has no row (quirk 5): only one borough has any.
    found["Violence Against the Person", "Homicide", "Brent"] = [0] * (len(span) - 1) + [1]
    return found


def households_csv() -> str:
    """The census form: a hundred thousand households, and ten thousand more each."""
    rows = [f"{code},{100000 + 10000 * at}.0" for at, code in enumerate(BOROUGHS.values())]
    return "\n".join(["ltla23_code,households", *rows]) + "\n"


def residents_csv() -> str:
    """The density form: 300,000 residents in 2018 and 1% more each year."""
    head = (
        "Code,Name,Year,Source,Population,Inland_Area _Hectares,Total_Area_Hectares,"
        "Population_per_hectare,Square_Kilometres,Population_per_square_kilometre"
    )
    lines = [head]
    for name, code in BOROUGHS.items():
        for year in range(2015, 2025):
            people = round(300000 * 1.01 ** (year - 2018))
            lines.append(f"{code},{name},{year},ONS MYE,{people},1,1,1,1,1")
    return "\n".join(lines) + "\n"


def lookup_csv() -> str:
    """Authority, partnership and force."""
    lines = ["LAD23CD,LAD23NM,CSP23CD,CSP23NM,PFA23CD,PFA23NM,ObjectId"]
    for at, (name, code) in enumerate(BOROUGHS.items()):
        lines.append(f"{code},{name},E2200018{at},{name},E23000001,Metropolitan Police,{at}")
    return "\n".join(lines) + "\n"


def make(folder: Path, files: Mapping[str, str], *, now: datetime = NOW) -> Path:
    """A lake of these files (name to text); refusals fail the test."""
    lake = folder / "lake"
    add_more(lake, folder, files, now=now)
    return lake


def add_more(lake: Path, folder: Path, files: Mapping[str, str], *, now: datetime = NOW) -> None:
    """Write these files into `folder` and add them to the lake; refusals fail the test."""
    written = []
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        written.append(path)
    report = add(lake, written, sources(), now=now)
    assert not report.refused, [one.problem.sentence() for one in report.refused]


RETURN_HEAD = (
    "measure,area_code,area_name,period_from,period_to,period_words,value,denominator,"
    "breakdown,recording_change,comparable,reported_by,note"
)


def return_csv(*rows: str) -> str:
    """A return: rows in the order of the template's columns."""
    return "\n".join([RETURN_HEAD, *rows]) + "\n"
