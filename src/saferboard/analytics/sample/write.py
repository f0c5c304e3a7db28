"""`write_sample`: a whole fictional partnership, ready to be loaded."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from saferboard.analytics.sample import police
from saferboard.analytics.sample.counts import Series, months_to, part_of, simulate
from saferboard.analytics.sample.partner import write_commentary, write_partnership, write_returns
from saferboard.analytics.sample.reference import write_reference
from saferboard.analytics.sample.street import write_street
from saferboard.analytics.sample.world import World, make_world, words
from saferboard.vocabulary.period import Month

SEED = 20_250_630
LAST = Month(2025, 6)


@dataclass(frozen=True)
class SampleReport:
    """What was written: `data` is the folder to load, `partnership` the file that describes
    the partnership, `area` its district's code, `size` the bytes of all files."""

    folder: Path
    data: Path
    partnership: Path
    area: str
    area_name: str
    to: Month
    seed: int
    files: tuple[Path, ...]
    size: int


def write_sample(folder: Path, *, seed: int = SEED, to: Month = LAST) -> SampleReport:
    """Write the sample into `folder` (made if it is not there): counts to the month `to`,
    the same bytes for the same seed. Everything in it is invented."""
    rng = np.random.default_rng(seed)
    world = make_world(rng)
    months = months_to(to)
    plans = words("offences.yaml")
    series = {plan["key"]: simulate(plan, world, months, rng) for plan in plans}
    flagged = _flagged(world, months, rng)
    labels = police.labelled(plans, series, world, rng)

    data = folder / "data"
    for name in ("police", "police-uk", "reference", "partners"):
        (data / name).mkdir(parents=True, exist_ok=True)
    files = [
        *police.write_older(data / "police", plans, series, world, months, to + -17, rng),
        *police.write_newer(data / "police", labels, world, months, to + -12, rng, history=False),
        *police.write_newer(data / "police", labels, world, months, to, rng, history=True),
        *police.write_wards(data / "police", labels, world, months, rng),
        police.write_lsoas(data / "police", labels, world, months),
        police.write_dashboard(
            data / "police", words("dashboard.yaml"), flagged, world, months, rng
        ),
        write_street(data / "police-uk", plans, series, world, months, rng),
        *write_reference(data / "reference", world, to.year - (to.month < 7), rng),
        write_returns(data / "partners", world, to, rng),
        *write_partnership(folder, world),
        *write_commentary(folder, to),
    ]
    district = world.districts[world.focus]
    return SampleReport(
        folder,
        data,
        folder / "partnership.yaml",
        district.code,
        district.name,
        to,
        seed,
        tuple(files),
        sum(file.stat().st_size for file in files),
    )


def _flagged(
    world: World, months: tuple[Month, ...], rng: np.random.Generator
) -> dict[str, Series]:
    """What the dashboard counts: wholes are simulated, parts are drawn from their wholes."""
    found: dict[str, Series] = {}
    for plan in words("dashboard.yaml"):
        if whole := plan.get("share_of"):
            found[plan["key"]] = part_of(found[whole], plan["key"], plan["share"], world, rng)
        else:
            found[plan["key"]] = simulate(plan, world, months, rng)
    return found
