"""Months and periods: the spans of time that a figure is about."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from saferboard.vocabulary.problem import Problem

_MONTH_FORMS = (re.compile(r"^(\d{4})-(\d{2})$"), re.compile(r"^(\d{4})(\d{2})$"))


_SHORTEST_YEAR = 360  # days; waves of a yearly count are not always of the very same days


@dataclass(frozen=True, order=True)
class Month:
    """A calendar month. Adding an integer moves by months; subtracting two gives months."""

    year: int
    month: int

    def __post_init__(self) -> None:
        if not (1 <= self.month <= 12 and 1900 <= self.year <= 2200):
            raise Problem(
                f"{self.year:04d}-{self.month:02d} is not a month.",
                remedy="Write a month as 2023-12.",
            )

    @classmethod
    def parse(cls, text: str) -> Month:
        """Read `2023-12` or `202312`. Raises Problem for anything else."""
        for form in _MONTH_FORMS:
            if found := form.match(text.strip()):
                return cls(int(found[1]), int(found[2]))
        raise Problem(f"“{text}” is not a month.", remedy="Write a month as 2023-12.")

    @classmethod
    def of(cls, day: date) -> Month:
        """The month that `day` lies in."""
        return cls(day.year, day.month)

    @property
    def ordinal(self) -> int:
        """Months since the year 0: consecutive months differ by one."""
        return self.year * 12 + self.month - 1

    @classmethod
    def from_ordinal(cls, ordinal: int) -> Month:
        """The inverse of `ordinal`."""
        return cls(ordinal // 12, ordinal % 12 + 1)

    @property
    def first_day(self) -> date:
        return date(self.year, self.month, 1)

    @property
    def last_day(self) -> date:
        return date(self.year, self.month, self.days)

    @property
    def days(self) -> int:
        return _days(self.year, self.month)

    @property
    def name(self) -> str:
        """`December`."""
        return calendar.month_name[self.month]

    def __add__(self, months: int) -> Month:
        return Month.from_ordinal(self.ordinal + months)

    def __sub__(self, other: Month) -> int:
        return self.ordinal - other.ordinal

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"

    def label(self) -> str:
        """`December 2023`."""
        return f"{self.name} {self.year}"


@dataclass(frozen=True, order=True)
class Period:
    """A span of whole days, both ends included. `words` replaces the computed label
    where a publisher names the period in its own way (“autumn 2016”)."""

    start: date
    end: date
    words: str | None = None

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise Problem(f"The period ends ({self.end}) before it starts ({self.start}).")

    @classmethod
    def of_months(cls, first: Month, last: Month) -> Period:
        """From the first day of `first` to the last day of `last`."""
        return cls(first.first_day, last.last_day)

    @classmethod
    def quarter_to(cls, last: Month) -> Period:
        """The three months that end with `last`."""
        return cls.of_months(last + -2, last)

    @classmethod
    def year_to(cls, last: Month) -> Period:
        """The twelve months that end with `last`."""
        return cls.of_months(last + -11, last)

    @classmethod
    def financial_year_to_date(cls, last: Month, starts: int = 4) -> Period:
        """From the start of the financial year that holds `last` to its end; `starts` is
        the number of the month in which that year begins."""
        year = last.year if last.month >= starts else last.year - 1
        return cls.of_months(Month(year, starts), last)

    @property
    def days(self) -> int:
        return (self.end - self.start).days + 1

    @property
    def is_whole_months(self) -> bool:
        return self.start.day == 1 and (self.end + timedelta(days=1)).day == 1

    @property
    def first_month(self) -> Month:
        return Month.of(self.start)

    @property
    def last_month(self) -> Month:
        return Month.of(self.end)

    def months(self) -> Iterator[Month]:
        """Every month that the period touches, in order."""
        month = self.first_month
        while month <= self.last_month:
            yield month
            month = month + 1

    @property
    def is_short(self) -> bool:
        """Whether it is less than a year: a rate over it has to say so."""
        return self.days < _SHORTEST_YEAR

    @property
    def month_count(self) -> int:
        return self.last_month - self.first_month + 1

    def year_before(self, years: int = 1) -> Period:
        """The same months `years` years earlier. Only for periods of whole months."""
        if self.is_whole_months:
            return Period.of_months(self.first_month + -12 * years, self.last_month + -12 * years)
        return Period(_years_back(self.start, years), _years_back(self.end, years))

    def slug(self) -> str:
        """A short text for identifiers: `2023-10..2023-12`, or days where they matter."""
        return _slug(self)

    def _slug(self) -> str:
        if self.is_whole_months:
            first, last = str(self.first_month), str(self.last_month)
        else:
            first, last = self.start.isoformat(), self.end.isoformat()
        return first if first == last else f"{first}..{last}"

    def label(self) -> str:
        """The period in words: `October to December 2023`, `12 months to December 2023`,
        `December 2023`, `1 April 2023 to 8 September 2023`."""
        if self.words:
            return self.words
        if not self.is_whole_months:
            return f"{day_label(self.start)} to {day_label(self.end)}"
        first, last = self.first_month, self.last_month
        if first == last:
            return first.label()
        if self.month_count == 12:
            return f"12 months to {last.label()}"
        if first.year == last.year:
            return f"{first.name} to {last.label()}"
        return f"{first.label()} to {last.label()}"


def day_label(day: date) -> str:
    """`8 September 2017`: day, month, year, as the interface standard asks."""
    return f"{day.day} {calendar.month_name[day.month]} {day.year}"


@lru_cache(maxsize=4096)
def _slug(period: Period) -> str:
    # Every fact's id has it, and a pack has a hundred thousand facts about a hundred periods.
    return period._slug()


@lru_cache(maxsize=4096)
def _days(year: int, month: int) -> int:
    # The period of every fact about a month asks for its last day.
    return calendar.monthrange(year, month)[1]


def _years_back(day: date, years: int) -> date:
    return date(day.year - years, day.month, min(day.day, _days(day.year - years, day.month)))
