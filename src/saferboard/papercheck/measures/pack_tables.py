"""Measure claims in the tables of our own packs: what a fact sheet can be held against."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from saferboard.papercheck.claims.number import NumberKind
from saferboard.papercheck.measures.claim import Facet, Kind, MeasureClaim
from saferboard.papercheck.measures.facts import Sheet
from saferboard.papercheck.measures.names import is_unit, measure_named
from saferboard.papercheck.measures.pack_words import RATED, RATING, N, number_in
from saferboard.papercheck.measures.periods import periods_in
from saferboard.papercheck.paper import Grid, Passage
from saferboard.papercheck.rules.walk import row_words
from saferboard.vocabulary.period import Period

_COUNT = re.compile(rf"^(?P<value>\d[\d,]*)(?:\s(?P<change>[+-]?{N}%))?(?=\s|$)")
_CHANGE = re.compile(r"^(?P<change>[+-]?\d[\d,]*(?:\.\d+)?%)(?=\s|$)")
_VALUE = re.compile(rf"^(?P<value>{N})%?$")
_MONTHS = re.compile(r"(?P<month>[A-Z][a-z]{2}) (?P<value>\d[\d,]*)(?=,| |$)")
_SHORT = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_PER = re.compile(r"^Per (?P<per>[\d,]+) ", re.I)
_LIMITS = {"usual range, lower": "lower", "usual range, upper": "upper"}
_CONTROL = {
    "value": "control-value", "centre": "control-centre", "lower": "control-lower",
    "upper": "control-upper", "lower limit": "control-lower", "upper limit": "control-upper",
}  # fmt: skip


@dataclass(frozen=True)
class Tables:
    """Reads one table of a pack. `measure` is that of its caption or section, `place` the area
    that the section is named after (a ward)."""

    sheet: Sheet
    grid: Grid
    measure: str
    place: str = ""

    def claims(self) -> Iterator[MeasureClaim]:
        """Every claim of the table."""
        heads = [cell.text.casefold() for cell in self.grid.rows[0]]
        if not heads or len(self.grid.rows) < 2:
            return
        first = heads[0]
        if first == "measure" and (self.place or not self.sheet.of_wards):
            yield from self._summary(heads)
        elif first == "month" and self.measure:
            yield from self._months(heads)
        elif first == "area" and self.measure:
            yield from self._areas(heads)
        elif first == "ward" and self.measure:
            yield from self._wards(heads)

    def _summary(self, heads: list[str]) -> Iterator[MeasureClaim]:
        for at, row in enumerate(self.grid.rows[1:], start=1):
            measure = measure_named(row[0].text)
            if not measure:
                continue
            for column, head in enumerate(heads[1:], start=1):
                if column < len(row):
                    yield from self._of_measure(at, row[column], head, measure)

    def _of_measure(
        self, at: int, cell: Passage, head: str, measure: str
    ) -> Iterator[MeasureClaim]:
        year = self.sheet.span(measure, 12)
        period = self._period(head, measure)
        if head == "rating" and (last := self.sheet.last_month(measure)) is not None:
            for found in RATING.finditer(cell.text):
                for name, part in RATED:
                    yield self._made(at, cell, found, name, measure, "tally", last, part=part)
        elif head.startswith("rank"):
            for found in _RANKED.finditer(cell.text):
                yield from self._ranked(at, cell, found, measure, year)
        elif head == "last three months":
            last = self.sheet.span(measure, 1)
            for found in _MONTHS.finditer(cell.text):
                if last is not None and found["month"] in _SHORT:
                    number = _SHORT.index(found["month"]) + 1
                    back = (last.last_month.month - number) % 12
                    month = last.last_month + -back
                    when = Period.of_months(month, month)
                    yield self._made(at, cell, found, "value", measure, "count", when)
        elif head in ("change", "share of the area") and year is not None:
            yield from self._changed(at, cell, measure, year, self.place)
        elif period is not None:
            found_count = _COUNT.match(cell.text)
            if found_count is None:
                return
            yield self._made(
                at, cell, found_count, "value", measure, "count", period, area=self.place
            )
            if found_count["change"]:
                yield self._made(
                    at, cell, found_count, "change", measure, "change", period, area=self.place
                )

    def _period(self, head: str, measure: str) -> Period | None:
        year = self.sheet.span(measure, 12)
        if head.startswith("quarter"):
            return self.sheet.span(measure, 3)
        if head.startswith("financial year"):
            return self.sheet.financial(measure)
        if year is not None and head in (
            "the 12 before",
            "the 12 months before",
            "before",
            "a year before",
        ):
            return year.year_before()
        return year if head.startswith("12 months") else None

    def _ranked(
        self, at: int, cell: Passage, found: re.Match[str], measure: str, year: Period | None
    ) -> Iterator[MeasureClaim]:
        if year is None:
            return
        of = int(found["of"])
        yield self._made(at, cell, found, "rank", measure, "rank", year, of=of)
        yield self._made(at, cell, found, "of", measure, "size", year)
        if found["low"]:
            high = "high" if found["high"] else "low"
            yield self._made(at, cell, found, "low", measure, "rank", year, of=of, facet="low")
            yield self._made(at, cell, found, high, measure, "rank", year, of=of, facet="high")

    def _months(self, heads: list[str]) -> Iterator[MeasureClaim]:
        control = "centre" in heads
        for at, row in enumerate(self.grid.rows[1:], start=1):
            named = periods_in(row[0].text)
            month = named[0].period if len(named) == 1 else None
            if month is None:
                continue
            for column, head in enumerate(heads[1:], start=1):
                part = _CONTROL.get(head) if control else _LIMITS.get(head)
                if control and part is None and head and is_unit(head, self.measure):
                    part = "control-value"
                found = _VALUE.match(row[column].text) if column < len(row) else None
                if part and found:
                    yield self._made(
                        at, row[column], found, "value", self.measure, "limit", month, part=part
                    )

    def _areas(self, heads: list[str]) -> Iterator[MeasureClaim]:
        year = self.sheet.span(self.measure, 12)
        per = next((found for head in heads if (found := _PER.match(head))), None)
        if year is None or per is None:
            return
        base = int(per["per"].replace(",", ""))
        facets: dict[str, Facet] = {"likely from": "low", "likely to": "high"}
        for at, row in enumerate(self.grid.rows[1:], start=1):
            for column, head in enumerate(heads[1:], start=1):
                found = _VALUE.match(row[column].text) if column < len(row) else None
                if found and (_PER.match(head) or head in facets):
                    yield self._made(
                        at, row[column], found, "value", self.measure, "rate", year, per=base,
                        area=row[0].text, facet=facets.get(head, ""),
                    )  # fmt: skip

    def _wards(self, heads: list[str]) -> Iterator[MeasureClaim]:
        year = self.sheet.span(self.measure, 12)
        if year is None:
            return
        for at, row in enumerate(self.grid.rows[1:], start=1):
            area = row[0].text
            for column, head in enumerate(heads[1:], start=1):
                if column >= len(row):
                    continue
                cell = row[column]
                period = year if is_unit(head, self.measure) else self._period(head, self.measure)
                found = _COUNT.match(cell.text)
                if period is not None and found:
                    yield self._made(
                        at, cell, found, "value", self.measure, "count", period, area=area
                    )
                elif head in ("change", "share of the area"):
                    yield from self._changed(at, cell, self.measure, year, area)

    def _changed(
        self, at: int, cell: Passage, measure: str, year: Period, area: str
    ) -> Iterator[MeasureClaim]:
        head = self.grid.rows[0][cell.place.column - 1].text.casefold() if cell.place.column else ""
        if (found := _CHANGE.match(cell.text)) is None:
            return
        kind: Kind = "change" if head == "change" or "+" in cell.text else "percentage"
        if head == "share of the area":
            kind = "percentage"
        yield self._made(at, cell, found, "change", measure, kind, year, area=area)

    def _made(
        self,
        at: int,
        cell: Passage,
        found: re.Match[str],
        name: str,
        measure: str,
        kind: Kind,
        period: Period,
        *,
        per: int = 0,
        of: int = 0,
        part: str = "",
        area: str = "",
        facet: Facet = "",
    ) -> MeasureClaim:
        unit: NumberKind = "percent" if kind in ("change", "percentage") else "count"
        number = number_in(cell.text, found.start(name), found.end(name), unit)
        sign = 1 if number.value > 0 else -1 if number.value < 0 else 0
        return MeasureClaim(
            measure, kind, period, number, cell.place, row_words(self.grid, at),
            area="" if area == self.sheet.own_name else area,
            against=period.year_before() if kind == "change" else None,
            sign=sign if kind == "change" else 0, per=per, of=of, part=part, facet=facet,
            of_pack=True,
        )  # fmt: skip


_RANKED = re.compile(
    r"(?P<rank>\d+(?:st|nd|rd|th)) of (?P<of>\d+)(?: \(likely (?P<low>\d+(?:st|nd|rd|th))"
    r"(?: to (?P<high>\d+(?:st|nd|rd|th)))?\))?"
)
