"""Measure claims against a fact sheet: what each should be printed as."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from saferboard.analytics.facts.fact import Fact, FactKind
from saferboard.analytics.facts.sheet import FactSheet
from saferboard.papercheck.claims.rounding import agrees
from saferboard.papercheck.measures.claim import Kind, MeasureClaim

# How a kind of claim is called in a sheet. A change of a percentage is in points.
_KINDS: dict[Kind, tuple[FactKind, ...]] = {
    "count": ("count",),
    "change": ("change_percent", "change_points"),
    "rate": ("rate",),
    "rank": ("rank",),
    "percentage": ("percentage", "share"),
    "limit": ("limit",),
}
# One figure may be kept for several uses; any other part is a part of the area or of the measure.
_WHOLE = ("", "trend", "financial-year", "baseline")


@dataclass(frozen=True)
class Contradiction:
    """A claim, and the fact that it contradicts."""

    claim: MeasureClaim
    fact: Fact


class Sheet:
    """A fact sheet, asked by what a claim is about."""

    def __init__(self, sheet: FactSheet) -> None:
        self.own = str(sheet.about.get("area", ""))
        self._areas: dict[str, set[str]] = defaultdict(set)
        self._facts: dict[tuple[str, str, str, str], list[Fact]] = defaultdict(list)
        for fact in sheet:
            self._areas[fact.area_name.casefold()].add(fact.area)
            key = (fact.measure, fact.area, fact.kind, fact.period.slug())
            self._facts[key].append(fact)

    def facts(self, claim: MeasureClaim) -> list[Fact]:
        """The facts that a claim can mean: all that are about the same thing."""
        areas = self._areas.get(claim.area.casefold(), set()) if claim.area else {self.own}
        found = [
            fact
            for area in areas
            for kind in _KINDS[claim.kind]
            for fact in self._facts.get((claim.measure, area, kind, claim.period.slug()), ())
        ]
        return [fact for fact in found if _same_thing(claim, fact)]

    def contradicted(self, claim: MeasureClaim) -> Fact | None:
        """The fact that a claim contradicts; None where it agrees with one, or there is none."""
        held = [fact for fact in self.facts(claim) if fact.value is not None]
        if not held or any(_agrees(claim, fact) for fact in held):
            return None
        return held[0]


def contradictions(sheet: FactSheet, claims: tuple[MeasureClaim, ...]) -> Iterator[Contradiction]:
    """Every claim that the sheet contradicts."""
    asked = Sheet(sheet)
    for claim in claims:
        fact = asked.contradicted(claim)
        if fact is not None:
            yield Contradiction(claim, fact)


def _same_thing(claim: MeasureClaim, fact: Fact) -> bool:
    compared = (claim.against, fact.against)
    if None not in compared and len({one.slug() for one in compared if one}) > 1:
        return False
    if claim.kind == "rate" and claim.per and fact.per != claim.per:
        return False
    if claim.kind in ("rate", "limit") and fact.part != claim.part:
        # The rate of a set's average stands beside the area's own.
        return claim.kind == "rate" and not claim.part and not fact.part.startswith("average")
    if claim.kind == "rank":
        return not claim.part or fact.part == claim.part
    return fact.part == claim.part if claim.part else fact.part in _WHOLE


def _agrees(claim: MeasureClaim, fact: Fact) -> bool:
    number, value = claim.number, float(fact.value or 0)
    if claim.kind == "change":
        if claim.sign and value * claim.sign < 0 and abs(value) >= number.step / 2:
            return False
        return agrees(abs(value), abs(value), number)
    if claim.kind in ("count", "rank") and number.whole and not number.approx:
        return value == number.value
    return agrees(value, value, number)
