"""A data store of a few figures, said here: what rules need of one, without loading a file. That
the real store answers so is tested in test_data.py."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from saferboard.analytics.facts.fact import Fact
from saferboard.analytics.facts.sheet import FactSheet
from saferboard.papercheck.measures.answers import Answer
from saferboard.papercheck.measures.names import Places
from saferboard.vocabulary.area import Area
from saferboard.vocabulary.period import Month, Period


def quarter(year: int) -> Period:
    """October to December."""
    return Period.of_months(Month(year, 10), Month(year, 12))


def answer(value: float, to: Month) -> Answer:
    """What the file to this month gives."""
    return Answer(value, to.last_day, True, "Counts of crime", to)


NEWER, OLDER = Month(2024, 1), Month(2023, 2)
COUNTS = {
    ("robbery", quarter(2023)): (answer(251, NEWER), answer(240, Month(2025, 1))),
    ("robbery", quarter(2022)): (answer(194, OLDER), answer(195, NEWER)),
    ("shoplifting", quarter(2023)): (answer(812, Month(2025, 1)),),
}


AREA = Area("E07000999", "Alderbrook", "authority")


@dataclass(frozen=True)
class Told:
    """The figures of COUNTS, for an area called Alderbrook."""

    area: Area = AREA
    to: Month | None = None
    year_starts: int = 4

    def places(self) -> Places:
        return Places(("Alderbrook",), ("Fernleigh", "Copperdale"))

    def counts(self, measure: str, period: Period) -> tuple[Answer, ...]:
        return COUNTS.get((measure, period), ())

    def rates(self, measure: str, period: Period, per: int) -> tuple[Answer, ...]:
        """In thirty thousand residents."""
        return tuple(
            Answer(one.value / 30_000 * per, one.published, one.assumed, one.title, one.last)
            for one in self.counts(measure, period)
        )

    def ranks(self, measure: str, period: Period, of: int, *, highest: bool) -> tuple[Answer, ...]:
        return ()

    def changes(self, measure: str, period: Period, against: Period) -> tuple[Answer, ...]:
        return tuple(
            answer(100 * (one.value / other.value - 1), Month.of(one.published))
            for one in self.counts(measure, period)
            for other in self.counts(measure, against)
            if one.published == other.published
        )

    def source_of(self, measure: str) -> tuple[str, tuple[str, ...]]:
        return "", ()

    def phi(self, measure: str, last: Month) -> float:
        return 1.5


MEETING = date(2024, 3, 1)
SHEET = FactSheet(
    [
        Fact("count", "robbery", "E07000999", "Alderbrook", quarter(2023), 251, "offences"),
        Fact("count", "robbery", "E07000999", "Alderbrook", quarter(2022), 195, "offences"),
        Fact(
            "change_percent", "robbery", "E07000999", "Alderbrook", quarter(2023), 28.7179, "%",
            against=quarter(2022),
        ),
    ],
    about={"area": "E07000999", "area_name": "Alderbrook"},
)  # fmt: skip
