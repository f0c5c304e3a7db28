"""The force's files of recorded crime, in the forms that its publisher uses."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import numpy as np

from saferboard.analytics.sample.counts import Counts, Series, part_of
from saferboard.analytics.sample.world import World
from saferboard.vocabulary.period import Month

_RECENT = 24
_LATE = np.array([0.995, 0.985, 0.96])  # share of the last three months known at first


@dataclass(frozen=True)
class Labelled:
    """A series under a label of the newest form; several labels may share one offence."""

    major: str
    minor: str
    series: Series


def labelled(
    plans: Sequence[Any], series: dict[str, Series], world: World, rng: np.random.Generator
) -> list[Labelled]:
    """Each offence under the labels of the third form, shared out where there are several."""
    found = []
    for plan in plans:
        rest = series[plan["key"]]
        left = 1.0
        for major, minor, share in plan.get("third", ()):
            part = part_of(rest, plan["key"], min(1.0, share / left), world, rng)
            found.append(Labelled(major, minor, part))
            rest = Series(plan["key"], rest.district - part.district, rest.lsoa - part.lsoa)
            left -= share
    return found


def write_older(
    folder: Path,
    plans: Sequence[Any],
    series: dict[str, Series],
    world: World,
    months: Sequence[Month],
    last: Month,
    rng: np.random.Generator,
) -> list[Path]:
    """A release of the second form up to `last`, history and recent file: the counts as they
    stood before the force restated them. The two files overlap by a month (quirk 8)."""
    end = list(months).index(last) + 1
    rows = []
    for plan in plans:
        if "second" not in plan:
            continue
        now = series[plan["key"]].district
        before = now + rng.poisson(now * (1 / plan["restated"] - 1))
        rows.append((*plan["second"], _late(before[:, :end], rng)))
    header = ["MajorText", "MinorText", "LookUp_BoroughName"]
    seam = end - _RECENT
    spans = {
        f"Borough Level Crime (Historical) to {months[seam]}.csv": slice(0, seam + 1),
        f"Borough Level Crime (most recent 24 months) to {last}.csv": slice(seam, end),
    }
    return [
        _wide(
            folder / name,
            header,
            months[span],
            (
                ((major, minor, one.name), counts[number, span])
                for major, minor, counts in rows
                for number, one in enumerate(world.districts)
            ),
        )
        for name, span in spans.items()
    ]


def write_newer(
    folder: Path,
    labels: Sequence[Labelled],
    world: World,
    months: Sequence[Month],
    last: Month,
    rng: np.random.Generator,
    *,
    history: bool,
) -> list[Path]:
    """A release of the third form up to `last`: upper-case labels, the whole history restated,
    and a row for offences whose district is not known."""
    end = list(months).index(last) + 1
    final = last == months[-1]
    header = ["MajorText", "MinorText", "BoroughName"]
    spans = {
        f"Borough Level Crime (most recent 24 months) to {last}.csv": slice(end - _RECENT, end)
    }
    if history:
        spans[f"Borough Level Crime (Historical) to {months[end - _RECENT - 1]}.csv"] = slice(
            0, end - _RECENT
        )
    counts = [
        one.series.district[:, :end] if final else _late(one.series.district[:, :end], rng)
        for one in labels
    ]
    lost = [rng.poisson(one.sum(axis=0) * 0.004) for one in counts]
    return [
        _wide(
            folder / name,
            header,
            months[span],
            (
                ((one.major, one.minor, area), values[span])
                for one, body, unknown in zip(labels, counts, lost, strict=True)
                for area, values in [
                    *((each.name, body[n]) for n, each in enumerate(world.districts)),
                    ("Unknown", unknown),
                ]
            ),
        )
        for name, span in spans.items()
    ]


def write_wards(
    folder: Path,
    labels: Sequence[Labelled],
    world: World,
    months: Sequence[Month],
    rng: np.random.Generator,
) -> list[Path]:
    """Two ward files: a recent one of 25 months whose first month is nearly empty (quirk 9)
    and the history that ends with that month."""
    seam = len(months) - _RECENT - 1
    recent = folder / f"Ward Level Crime (most recent 24 months) to {months[-1]}.csv"
    history = folder / f"Ward Level Crime (Historical) to {months[seam]}.csv"

    def rows(span: slice, *, recent_file: bool) -> Iterator[tuple[tuple[str, ...], Counts]]:
        for one in labels:
            counts = one.series.ward(world)[:, span]
            if recent_file:
                counts[:, 0] = rng.binomial(counts[:, 0], 0.02)
            for number, ward in enumerate(world.wards):
                borough = world.districts[ward.district].name
                place, offence = (ward.name, ward.code), (one.major, one.minor)
                key = (*offence, *place, borough) if recent_file else (*place, *offence, borough)
                yield key, counts[number]

    return [
        _wide(
            recent,
            ["MajorText", "MinorText", "WardName", "WardCode", "LookUp_BoroughName"],
            months[seam:],
            rows(slice(seam, None), recent_file=True),
        ),
        _wide(
            history,
            ["WardName", "WardCode", "MajorText", "MinorText", "LookUp_BoroughName"],
            months[seam - 36 : seam + 1],
            rows(slice(seam - 36, seam + 1), recent_file=False),
        ),
    ]


def write_lsoas(
    folder: Path, labels: Sequence[Labelled], world: World, months: Sequence[Month]
) -> Path:
    """The file by neighbourhood: the borough as a code, no sexual offences (quirk 9)."""
    first = len(months) - _RECENT - 1
    return _wide(
        folder / f"LSOA Level Crime (most recent 24 months) to {months[-1]}.csv",
        ["LSOA Code", "LSOA Name", "Borough", "Major Category", "Minor Category"],
        months[first:],
        (
            (
                (
                    place.code,
                    place.name,
                    world.districts[place.district].code,
                    one.major,
                    one.minor,
                ),
                one.series.lsoa[number, first:],
            )
            for one in labels
            if one.major != "SEXUAL OFFENCES"
            for number, place in enumerate(world.lsoas)
        ),
    )


def write_dashboard(
    folder: Path,
    plans: Sequence[Any],
    series: dict[str, Series],
    world: World,
    months: Sequence[Month],
    rng: np.random.Generator,
    *,
    borough_months: int = 48,
    ward_months: int = 27,
) -> Path:
    """The long dashboard file: boroughs and wards in one table, no rows for zero. Outcomes
    count in the month after the offence, so a rate can pass 100% (quirk 15)."""
    path = folder / f"MonthlyCrimeDashboard_OtherCrimeData to {months[-1]}.csv"
    refresh = (months[-1].last_day + timedelta(days=21)).isoformat()
    with path.open("w", encoding="utf-8", newline="") as out:
        write = csv.writer(out).writerow
        write(
            [
                "Month_Year",
                "Area Type",
                "Borough_SNT",
                "Area Name",
                "Area Code",
                "Crime Type",
                "Crime Subtype",
                "Measure",
                "Financial Year",
                "FY_FYIndex",
                "Count",
                "Refresh Date",
            ]
        )
        places = [
            ("Borough", one.name, one.name, one.code, borough_months) for one in world.districts
        ] + [
            (
                "Safer Neighbourhood Teams",
                f"{world.districts[one.district].name} {one.name}",
                one.name,
                one.code,
                ward_months,
            )
            for one in world.wards
        ]
        for plan in plans:
            whole = series[plan["key"]]
            outcomes = part_of(whole, plan["key"], plan["positive"], world, rng)
            for measure, labels, one, lag in (
                ("Offences", plan["offences"], whole, 0),
                ("Positive Outcomes", plan.get("outcomes"), outcomes, 1),
            ):
                if labels is None:
                    continue
                counts = np.roll(np.vstack([one.district, one.ward(world)]), lag, axis=1)
                for number, (kind, snt, name, code, span) in enumerate(places):
                    for position in range(len(months) - span, len(months)):
                        if count := int(counts[number, position]):
                            month = months[position]
                            year = month.year if month.month >= 4 else month.year - 1
                            short = f"{year % 100:02d}-{(year + 1) % 100:02d}"
                            write(
                                [
                                    f"{month}-01",
                                    kind,
                                    snt,
                                    name,
                                    code,
                                    *labels,
                                    measure,
                                    f"fy{short}",
                                    f"{short}_01",
                                    count,
                                    refresh,
                                ]
                            )
    return path


def _late(counts: Counts, rng: np.random.Generator) -> Counts:
    """Counts as first published: the last three months are not complete yet."""
    known = counts.copy()
    known[:, -3:] = rng.binomial(known[:, -3:], _LATE)
    return known


def _wide(
    path: Path,
    header: list[str],
    months: Sequence[Month],
    rows: Iterable[tuple[tuple[str, ...], Counts]],
) -> Path:
    """A column per month; a combination with only zeros has no row (quirk 5)."""
    with path.open("w", encoding="utf-8", newline="") as out:
        write = csv.writer(out).writerow
        write([*header, *(f"{month.year}{month.month:02d}" for month in months)])
        for key, counts in rows:
            if counts.any():
                write([*key, *counts.tolist()])
    return path
