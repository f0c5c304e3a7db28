"""Counts about the pack itself (how many boroughs, how many better): facts like all others."""

from __future__ import annotations

from saferboard.analytics.facts.fact import Fact, FactKind
from saferboard.analytics.facts.format import bound
from saferboard.documents.model import Bound
from saferboard.vocabulary.area import Area
from saferboard.vocabulary.period import Month, Period

PACK = "pack"


class Tallies:
    """Collects the facts that composing a pack adds, so that they stand in `facts.json` too."""

    def __init__(self, area: Area, to: Month) -> None:
        self._area = area
        self._period = Period.of_months(to, to)
        self._held: dict[str, Fact] = {}

    def count(
        self, part: str, value: float, *, measure: str = PACK, period: Period | None = None
    ) -> Bound:
        """`value` as a fact of its own, bound. `part` says what was counted."""
        return self.add(part, value, "tally", "", measure=measure, period=period)

    def add(
        self,
        part: str,
        value: float,
        kind: FactKind,
        unit: str,
        *,
        measure: str = PACK,
        period: Period | None = None,
    ) -> Bound:
        """A fact of any kind that is about the pack or its methods, bound."""
        fact = Fact(
            kind,
            measure,
            self._area.code,
            self._area.name,
            period or self._period,
            value,
            unit,
            part=part,
        )
        if self._held.setdefault(fact.id, fact) != fact:
            raise ValueError(f"two different tallies have the id {fact.id}")
        return bound(fact)

    def facts(self) -> tuple[Fact, ...]:
        return tuple(self._held.values())
