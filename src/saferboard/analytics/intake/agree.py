"""Two files of one add that answer for the same month must say the same."""

from __future__ import annotations

from collections.abc import Sequence

from saferboard.analytics.intake.source import Recognised
from saferboard.analytics.store.releases import releases
from saferboard.analytics.store.vintage import Vintage
from saferboard.vocabulary.problem import Problem


def clashing_files(group: Sequence[Recognised]) -> dict[str, Problem]:
    """Among files that are read together, those that a source says (`facts` with `unit`
    and `month`) are about the same month of the same unit: they differ, or the second would
    have been skipped. By candidate name."""
    first: dict[tuple[str, str, str], Recognised] = {}
    problems: dict[str, Problem] = {}
    for one in group:
        unit, month = one.shape.facts.get("unit"), one.shape.facts.get("month")
        if unit is None or month is None:
            continue
        other = first.setdefault((one.shape.dataset, unit, month), one)
        if other is not one:
            names = (other.candidate.name, one.candidate.name)
            for name in names:
                problems[name] = _disagree(names, f"{unit}, {month}", name)
    return problems


def clashing_loads(loads: Sequence[Vintage]) -> list[tuple[Vintage, Vintage, Problem]]:
    """Pairs of loads of one add with the same data set, generation, unit and date of
    publication that share a month, and are not the two parts of one release."""
    release_of = {v.id: release.id for release in releases(loads) for v in release.vintages}
    clashes = []
    for at, one in enumerate(loads):
        for other in loads[:at]:
            same = (one.source, one.dataset, one.generation, one.published) == (
                other.source,
                other.dataset,
                other.generation,
                other.published,
            )
            if not same or release_of[one.id] == release_of[other.id]:
                continue
            for unit in sorted(set(one.coverage) & set(other.coverage)):
                shared = sorted(set(one.coverage[unit]) & set(other.coverage[unit]))
                if shared:
                    names = tuple(file.name for load in (other, one) for file in load.files)
                    place = f"{unit}, {shared[0]}"
                    if len(shared) > 1:
                        place += f" and {len(shared) - 1} more months"
                    clashes.append((other, one, _disagree(names, place, names[0])))
                    break
    return clashes


def _disagree(names: Sequence[str], place: str, file: str) -> Problem:
    return Problem(
        f"These files are about the same months and are not the same: {' and '.join(names)}.",
        file=file,
        place=place,
        remedy="Keep the one that the publisher gives today and add it alone.",
    )
