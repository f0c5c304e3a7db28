"""Measure claims against a fact sheet: what each should be printed as."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from saferboard.analytics.facts.fact import Fact, FactKind
from saferboard.analytics.facts.sheet import FactSheet
from saferboard.papercheck.claims.rounding import agrees
from saferboard.papercheck.measures.claim import Kind, MeasureClaim
from saferboard.vocabulary.period import Period

# How a kind of claim is called in a sheet. A change of a percentage is in points.
_KINDS: dict[Kind, tuple[FactKind, ...]] = {
    "count": ("count",),
    "change": ("change_percent", "change_points"),
    "rate": ("rate",),
    "rank": ("rank",),
    "percentage": ("percentage", "share"),
    "limit": ("limit",),
    "size": ("tally",),
    "tally": ("tally",),
}
# One figure may be kept for several uses; any other part is a part of the area or of the measure.
_WHOLE = ("", "trend", "financial-year", "baseline", "as-published")
_PARTS = (*_WHOLE, "wards", "peers")
_OF = "-of"
_PLACE_ENDS = re.compile(r":|,| \(part")
_SPANNED = ("count", "percentage", "change_percent", "change_points")


@dataclass(frozen=True)
class Contradiction:
    """A claim, and the fact that it contradicts."""

    claim: MeasureClaim
    fact: Fact


class Sheet:
    """A fact sheet, asked by what a claim is about."""

    def __init__(self, sheet: FactSheet) -> None:
        self.own = str(sheet.about.get("area", ""))
        self.own_name = str(sheet.about.get("area_name", ""))
        self.of_wards = sheet.about.get("pack") == "ward"
        self._areas: dict[str, set[str]] = defaultdict(set)
        self._facts: dict[tuple[str, str, str, str], list[Fact]] = defaultdict(list)
        self._sizes: dict[tuple[str, float], set[str]] = defaultdict(set)
        self._spans: dict[str, set[Period]] = defaultdict(set)
        self._financial: dict[str, Period] = {}
        self._rated: dict[str, Period] = {}
        self._rating: dict[str, Period] = {}
        self._changed: dict[str, set[Period]] = defaultdict(set)
        for fact in sheet:
            self._areas[fact.area_name.casefold()].add(fact.area)
            self._facts[fact.measure, fact.area, fact.kind, fact.period.slug()].append(fact)
            if fact.kind == "tally" and fact.part.endswith(_OF) and fact.value is not None:
                set_key = fact.part.removesuffix(_OF)
                self._sizes[fact.measure, float(fact.value)].add(set_key)
            if fact.area == self.own and fact.kind in _SPANNED and fact.period.is_whole_months:
                self._spans[fact.measure].add(fact.period)
            if fact.area != self.own:
                continue
            if fact.kind == "change_percent" and not fact.part and fact.interval is not None:
                self._changed[fact.measure].add(fact.period)
            for held, fits in (
                (self._financial, fact.kind == "count" and fact.part == "financial-year"),
                (self._rated, fact.kind == "rate" and not fact.part),
                (self._rating, fact.kind == "tally" and fact.part == "rag-better"),
            ):
                known = held.get(fact.measure)
                if fits and (known is None or fact.period.end > known.end):
                    held[fact.measure] = fact.period

    def span(self, measure: str, months: int) -> Period | None:
        """The newest period of so many months that the sheet has for the measure."""
        held = [one for one in self._spans.get(measure, ()) if one.month_count == months]
        return max(held, default=None, key=lambda one: one.end)

    def last_month(self, measure: str) -> Period | None:
        """The newest month of the measure."""
        return self.span(measure, 1) or self._rating.get(measure)

    def rated(self, measure: str) -> Period | None:
        """The newest period that the sheet has a rate of the area itself for."""
        return self._rated.get(measure) or self.span(measure, 12)

    def only_change(self, measure: str) -> Period | None:
        """The period of the measure's only change, where it has one."""
        held = self._changed.get(measure, set())
        return next(iter(held)) if len(held) == 1 else None

    def financial(self, measure: str) -> Period | None:
        """The newest financial year to date that the sheet has for the measure."""
        return self._financial.get(measure)

    def place_in(self, words: str) -> str:
        """The place that a heading or a caption begins with (“Ember End: Wards”), other than the
        sheet's own area; empty where it begins with none."""
        name = _PLACE_ENDS.split(words)[0].strip()
        return name if name != self.own_name and name.casefold() in self._areas else ""

    def facts(self, claim: MeasureClaim) -> list[Fact]:
        """The facts that a claim can mean: all that are about the same thing."""
        areas = self._areas.get(claim.area.casefold(), set()) if claim.area else {self.own}
        found = [
            fact
            for area in areas
            for kind in _KINDS[claim.kind]
            for fact in self._facts.get((claim.measure, area, kind, claim.period.slug()), ())
        ]
        return [
            fact
            for fact in found
            if self._same_thing(claim, fact) and _value(claim, fact) is not None
        ]

    def contradicted(self, claim: MeasureClaim) -> Fact | None:
        """The fact that a claim contradicts; None where it agrees with one, or there is none."""
        held = self.facts(claim)
        if not held or any(_agrees(claim, fact) for fact in held):
            return None
        return held[0]

    def _same_thing(self, claim: MeasureClaim, fact: Fact) -> bool:
        compared = (claim.against, fact.against)
        if None not in compared and len({one.slug() for one in compared if one}) > 1:
            return False
        match claim.kind:
            case "rate":
                # The rate of a set's average stands beside the area's own.
                return not (claim.per and fact.per != claim.per) and "average" not in fact.part
            case "rank":
                sets = self._sizes.get((claim.measure, float(claim.of)))
                return not sets or fact.part in sets
            case "size":
                return fact.part.endswith((_OF, "-with-data"))
            case "limit" | "tally":
                return fact.part == claim.part
            case _ if claim.part:
                return fact.part == claim.part
            case _:
                return fact.part in (_PARTS if claim.area else _WHOLE)


def contradictions(sheet: FactSheet, claims: tuple[MeasureClaim, ...]) -> Iterator[Contradiction]:
    """Every claim that the sheet contradicts."""
    asked = Sheet(sheet)
    for claim in claims:
        fact = asked.contradicted(claim)
        if fact is not None:
            yield Contradiction(claim, fact)


def _value(claim: MeasureClaim, fact: Fact) -> float | None:
    """The figure of a fact that a claim prints: its value, or an end of its interval."""
    if not claim.facet:
        return None if fact.value is None else float(fact.value)
    if fact.interval is None:
        return None
    return fact.interval.low if claim.facet == "low" else fact.interval.high


def _agrees(claim: MeasureClaim, fact: Fact) -> bool:
    number, value = claim.number, _value(claim, fact) or 0.0
    if claim.kind == "change":
        if claim.sign and value * claim.sign < 0 and abs(value) >= number.step / 2:
            return False
        return agrees(abs(value), abs(value), number)
    if claim.kind in ("count", "rank", "size", "tally") and number.whole and not number.approx:
        return value == number.value
    return agrees(value, value, number)
