"""An area of a set as one that reports a measure: which of its figures may be ranked."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Collection
from dataclasses import dataclass

from saferboard.analytics.measures.area_sets import NamedSet
from saferboard.analytics.measures.compute import Desk
from saferboard.analytics.measures.facts import Maker
from saferboard.analytics.measures.model import Definition
from saferboard.analytics.measures.results import BreakMet
from saferboard.analytics.measures.returns import Returns, Row, read_returns
from saferboard.vocabulary.area import Area
from saferboard.vocabulary.period import Period

ONE_ROW = ("return-percentage", "return-index")


@dataclass(frozen=True)
class Member:
    """An area of the set and what it reports; `ended` says that it was abolished before, `withheld`
    that its figure may not leave, `fewest` from how many people on a figure may be used."""

    area: Area
    returns: Returns
    maker: Maker
    ended: bool
    withheld: bool
    fewest: int

    def as_compared(self) -> Member:
        """The area with its returns as last year's figures are taken from: those of now, or as
        they stood a year before."""
        return dataclasses.replace(self, returns=self.returns.comparators)

    def rows(self, period: Period) -> list[Row]:
        """The rows that the figure of a period comes from: percentages and indices are of the
        very period, since they cannot be added up."""
        if self.maker.definition.kind not in ONE_ROW:
            return self.returns.covering(period)
        exact = self.returns.exactly(period)
        return [exact] if exact is not None and exact.value is not None else []

    def value(self, period: Period) -> float:
        """The figure of a period, nan where there is none that may be used."""
        rows = self.rows(period)
        if not rows or self.ended or self.hidden(period) or self.refused(period) is not None:
            return math.nan
        return sum(row.value or 0.0 for row in rows)

    def hidden(self, period: Period) -> bool:
        """Whether the figure may not leave, or is a small number: not even a place of the year
        before, whose counts nobody sees, rests on one."""
        return self.withheld or any(0 < one < self.fewest for one in self._people(period))

    def _people(self, period: Period) -> list[float]:
        """The numbers of people that the figure gives away: a count; of a percentage those who
        do, those who do not and all of them."""
        rows = self.rows(period)
        match self.maker.definition.kind:
            case "return-index":
                return []
            case "return-percentage":
                parts = [((row.value or 0.0) / 100, row.denominator or 0.0) for row in rows]
                return [
                    people
                    for share, base in parts
                    for people in (share * base, (1 - share) * base, base)
                ]
            case _:
                return [sum(row.value or 0.0 for row in rows)]

    def refused(self, period: Period) -> BreakMet | None:
        """The change of recording inside a period by which it cannot be added up."""
        inside = self.returns.breaks(period, period)
        return next((one for one in inside if one.severity == "not comparable"), None)


def member_of(
    desk: Desk,
    definition: Definition,
    code: str,
    chosen: NamedSet,
    withheld: Collection[str],
    own: Returns | None,
) -> Member:
    """The member of a set with this code; `own` are the returns of the area that is ranked, as
    far as they may be used."""
    area = desk.reader.atlas.find(code)
    if area.name in ("", code):
        area = Area(code, chosen.names.get(code, code), area.kind, within=area.within)
    returns = own or read_returns(desk, definition, area)
    day = chosen.ended.get(code)
    ended = day is not None and (returns.latest is None or day <= returns.latest.period.start)
    fewest = 0 if definition.disclosure == "open" else desk.options.small.threshold
    return Member(area, returns, Maker(definition, area), ended, code in withheld, fewest)
