"""One figure with everything needed to check it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from saferboard.vocabulary.period import Period
from saferboard.vocabulary.verdict import Verdict

FactKind = Literal[
    "count",  # a number of things in the period
    "mean",  # the average of a window, for control charts
    "change_percent",  # change against `against`, in per cent
    "change_points",  # change of a percentage, in percentage points
    "difference",  # change in units
    "rate",  # count per so many of a denominator
    "share",  # part of a whole, in per cent
    "percentage",  # a survey percentage or an outcome rate
    "rank",  # 1 is best
    "index",  # a published index or score
    "limit",  # a limit of a chart (`part` says which)
    "denominator",  # a population or household count
    "tally",  # how many series, exceptions, indicators: counts about the pack itself
]


@dataclass(frozen=True)
class Interval:
    """Limits in the unit of the value they belong to, and the level (0.95)."""

    low: float
    high: float
    level: float = 0.95


@dataclass(frozen=True)
class Fact:
    """`value` is None when it is suppressed, missing or cannot be computed; `missing` then
    says why in words (“not published for June 2022”, “fewer than 5”, “no percentage of zero”).

    `area` is a code, `vintages` are the ids of the loads it was computed from, `definition`
    the version of the measure's definition, `part` what distinguishes facts of one kind
    (an area set's key for a rank, `upper` for a limit, a breakdown's value)."""

    kind: FactKind
    measure: str
    area: str
    area_name: str
    period: Period
    value: float | int | None
    unit: str
    definition: int = 1
    part: str = ""
    against: Period | None = None
    n: float | None = None
    per: int | None = None
    of: str | None = None
    interval: Interval | None = None
    verdict: Verdict | None = None
    missing: str | None = None
    suppressed: bool = False
    provisional: bool = False
    stitched: bool = False
    vintages: tuple[str, ...] = ()
    note: str = ""

    @property
    def id(self) -> str:
        """Stable and readable: `residential-burglary/E09000003/2023-10..2023-12/count`."""
        tail = f"{self.kind}:{self.part}" if self.part else self.kind
        compared = f"~{self.against.slug()}" if self.against else ""
        return f"{self.measure}/{self.area}/{self.period.slug()}{compared}/{tail}"
