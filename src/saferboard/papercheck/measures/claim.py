"""A figure that a paper gives for a measure: which, where, when, and how it is printed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from saferboard.papercheck.claims.number import Number
from saferboard.papercheck.place import Place
from saferboard.vocabulary.period import Period

Kind = Literal["count", "change", "rate", "rank", "percentage", "limit", "size", "tally"]
Facet = Literal["", "low", "high"]


@dataclass(frozen=True)
class MeasureClaim:
    """`measure` is a key of the catalogue. `area` is "" for the partnership's own area, else the
    name that the paper gives. `number` is as printed (a change carries its sign in `sign`: +1, −1,
    0 where nothing says it); `against` is the period that a change is against; `per` the base of a
    rate; `of` the number of areas of a rank, `highest` whether it counts from the highest; `part`
    tells apart what a sheet has several of (a limit, a set). `given` says that the words name the
    period, which otherwise was taken from what stands around; `derived` that both figures of a
    change stand beside it, so that nothing is new in it. `facet` is an end of the interval of what
    is claimed; `of_pack` says that only our own packs print it so."""

    measure: str
    kind: Kind
    period: Period
    number: Number
    place: Place
    quote: str
    area: str = ""
    against: Period | None = None
    sign: int = 0
    per: int = 0
    of: int = 0
    highest: bool = False
    part: str = ""
    given: bool = True
    derived: bool = False
    facet: Facet = ""
    of_pack: bool = False

    @property
    def subject(self) -> tuple[object, ...]:
        """What the figure is about: two claims of one subject must have one value."""
        return (
            self.measure, self.area, self.kind, self.period, self.against, self.per, self.of,
            self.highest, self.part, self.facet,
        )  # fmt: skip
