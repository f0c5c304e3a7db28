"""Measure claims in the sentences of our own packs: what a fact sheet can be held against.

A pack says “12 months” and “a year before” and means the periods of its sheet; these forms are read
only where a sheet is given, for papers that were written from one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from saferboard.papercheck.claims.number import Number, NumberKind, number_at
from saferboard.papercheck.measures.claim import Facet, Kind, MeasureClaim
from saferboard.papercheck.measures.facts import Sheet
from saferboard.papercheck.measures.names import measures_in
from saferboard.papercheck.measures.periods import periods_in
from saferboard.papercheck.paper import Passage
from saferboard.vocabulary.period import Period

N = r"[+-]?\d[\d,]*(?:\.\d+)?"
_ORDINAL = r"\d+(?:st|nd|rd|th)"
_RATE = re.compile(
    rf"\b(?:The rate is (?P<value>{N}) per (?P<per>[\d,]+)|Rate per (?P<base>[\d,]+)[^:.]*: "
    rf"(?P<shown>{N}))(?:[^(;.]*(?:\.\s|\()likely (?P<low>{N}) to (?P<high>{N})\)?)?"
    rf"(?:; a year before it was (?P<before>{N}))?"
)
_RANK = re.compile(
    rf"(?P<rank>{_ORDINAL}) of (?:the )?(?P<of>\d+)(?: \(of (?P<all>\d+)\) that have data)?"
    rf"(?: \(likely (?P<low>{_ORDINAL})(?: to (?P<high>{_ORDINAL}))?\))?"
    rf"(?:; a year before (?P<before>{_ORDINAL}))?"
)
_PEERS = re.compile(r"\((?P<list>[^()]*) per (?P<per>[\d,]+) \w+[^()]*\)")
_PEER = re.compile(rf"(?:(?<=\()|, | and )(?P<name>[A-Z][^\d,]*?) (?P<value>{N})(?=,| and |$)")
_FROM = re.compile(rf"(?P<change>[+-]?\d[\d,]*(?:\.\d+)?%) from (?P<before>{N})\b")
_AFTER = re.compile(r"[(,]\s?(?P<change>[+-]\d[\d,]*(?:\.\d+)?%)(?=[).])")
_MEANS = re.compile(
    r"(?P<span>Quarter|12 months)?[:]? ?[^:]*?the real change is likely to (?:lie between a "
    rf"(?P<first>fall|rise) of (?P<low>{N})% and a (?P<second>fall|rise) of (?P<high>{N})%|be a "
    rf"(?P<both>fall|rise) of between (?P<least>{N})% and (?P<most>{N})%)"
)
_LINE = re.compile(
    rf"lowest month is (?P<low>\w+ \d{{4}}) with (?P<least>{N}), the highest "
    rf"(?P<high>\w+ \d{{4}}) with (?P<most>{N})"
)
_BARS = re.compile(
    rf"from (?P<first>[^()]+?) \((?P<low>{N})\) to (?P<last>[^()]+?) \((?P<high>{N})\)"
    rf"(?:; (?P<own>[^;]+?) has (?P<value>{N}))?(?:; the average is (?P<average>{N}))?"
)
_AFTER_COUNT = re.compile(rf"\bafter (?P<before>{N})$")
RATING = re.compile(r"(?P<better>\d+) better, (?P<worse>\d+) worse, (?P<none>\d+) no clear change")
_UNPLACED = re.compile(rf": (?P<value>{N}) \w+ of the area could not be placed in a ward")
_OF_WARD = re.compile(rf": (?P<value>{N}) \w+, (?P<change>[+-]?\d[\d,]*(?:\.\d+)?%)")
_LIMITS = re.compile(rf"(?:usual range|limits of) (?P<low>{N}) to (?P<high>{N})")
_RATE_LABEL = re.compile(r"^Rate per (?P<base>[\d,]+)\b")
_ALONE = re.compile(rf"^(?P<value>{N})$")
_LIKELY = re.compile(rf"^likely (?P<low>{N}) to (?P<high>{N})$")
_BEFORE = re.compile(rf"^before: (?P<before>{N})$")
LONGEST_ALONE = 40


@dataclass(frozen=True)
class Words:
    """Reads the forms of packs in one passage. `measure` is that of the section, `label` the
    line before that names a period or a rate for figures that stand alone."""

    sheet: Sheet
    passage: Passage
    measure: str
    label: str = ""

    def claims(self) -> Iterator[MeasureClaim]:
        """Every claim of these forms."""
        text = self.passage.text
        named = [one.value for one in measures_in(text) if one.value]
        measure = named[0] if named else self.measure
        if not measure:
            return
        yield from self._alone(measure)
        yield from self._rates(measure)
        yield from self._ranks(measure)
        yield from self._moves(measure)
        yield from self._meanings(measure)
        yield from self._charts(measure)
        yield from self._counted(measure)

    def _counted(self, measure: str) -> Iterator[MeasureClaim]:
        """The indicators of a rating, what lies in no ward, a line about a ward."""
        text, year = self.passage.text, self.sheet.span(measure, 12)
        last = self.sheet.last_month(measure)
        for found in RATING.finditer(text):
            if last is None:
                break
            for name, part in RATED:
                yield self._claim(found, name, measure, "tally", last, part=part)
        if year is None:
            return
        if unplaced := _UNPLACED.search(text):
            yield self._claim(unplaced, "value", measure, "count", year, part="not-in-a-ward")
        place = self.sheet.place_in(self.passage.place.heading)
        for found in _OF_WARD.finditer(text) if place else ():
            yield self._claim(found, "value", measure, "count", year, area=place)
            yield self._change(found, measure, year, place)

    def _alone(self, measure: str) -> Iterator[MeasureClaim]:
        """Figures under a label: “April to June 2025”, “111”, “-18.4% from 136”."""
        text = self.passage.text
        if not self.label or len(text) > LONGEST_ALONE:
            return
        rated = _RATE_LABEL.match(self.label)
        year = self.sheet.rated(measure)
        if rated and year is not None:
            per = int(rated["base"].replace(",", ""))
            if found := _ALONE.match(text):
                yield self._claim(found, "value", measure, "rate", year, per=per)
            elif found := _LIKELY.match(text):
                yield self._claim(found, "low", measure, "rate", year, per=per, facet="low")
                yield self._claim(found, "high", measure, "rate", year, per=per, facet="high")
            return
        periods = [one.period for one in periods_in(self.label) if one.period is not None]
        if len(periods) != 1:
            return
        if found := _ALONE.match(text):
            yield self._claim(found, "value", measure, "count", periods[0])
        elif found := _BEFORE.match(text):
            yield self._claim(found, "before", measure, "count", periods[0].year_before())
        elif found := _FROM.match(text):
            yield self._change(found, measure, periods[0])
            yield self._claim(found, "before", measure, "count", periods[0].year_before())

    def _rates(self, measure: str) -> Iterator[MeasureClaim]:
        year = self.sheet.rated(measure)
        for found in _RATE.finditer(self.passage.text):
            per = int((found["per"] or found["base"]).replace(",", ""))
            if year is None:
                return
            name = "value" if found["value"] else "shown"
            yield self._claim(found, name, measure, "rate", year, per=per)
            if found["low"]:
                yield self._claim(found, "low", measure, "rate", year, per=per, facet="low")
                yield self._claim(found, "high", measure, "rate", year, per=per, facet="high")
            if found["before"]:
                yield self._claim(found, "before", measure, "rate", year.year_before(), per=per)

    def _ranks(self, measure: str) -> Iterator[MeasureClaim]:
        year = self.sheet.span(measure, 12)
        if year is None:
            return
        for found in _RANK.finditer(self.passage.text):
            # The set is known by how many areas it has, with data or without.
            of = int(found["all"] or found["of"])
            yield self._claim(found, "rank", measure, "rank", year, of=of)
            yield self._claim(found, "of", measure, "size", year)
            if found["all"]:
                yield self._claim(found, "all", measure, "size", year)
            if found["low"]:
                high = "high" if found["high"] else "low"
                yield self._claim(found, "low", measure, "rank", year, of=of, facet="low")
                yield self._claim(found, high, measure, "rank", year, of=of, facet="high")
            if found["before"]:
                yield self._claim(found, "before", measure, "rank", year.year_before(), of=of)
        for peers in _PEERS.finditer(self.passage.text):
            per = int(peers["per"].replace(",", ""))
            for found in _PEER.finditer(self.passage.text, peers.start("list"), peers.end("list")):
                yield self._claim(
                    found, "value", measure, "rate", year, per=per, area=found["name"].strip()
                )

    def _moves(self, measure: str) -> Iterator[MeasureClaim]:
        text = self.passage.text
        periods = [one.period for one in periods_in(text) if one.period is not None]
        if not periods or len(set(periods)) > 1:
            return
        period = periods[0]
        for found in _FROM.finditer(text):
            yield self._change(found, measure, period)
            yield self._claim(found, "before", measure, "count", period.year_before())
        if after := _AFTER_COUNT.search(text):
            yield self._claim(after, "before", measure, "count", period.year_before())
        if not _FROM.search(text):
            for found in _AFTER.finditer(text):
                yield self._change(found, measure, period)
        for found in _LIMITS.finditer(text):
            yield self._claim(found, "low", measure, "limit", period, part="lower")
            yield self._claim(found, "high", measure, "limit", period, part="upper")

    def _meanings(self, measure: str) -> Iterator[MeasureClaim]:
        named = [one.period for one in periods_in(self.passage.text) if one.period is not None]
        for found in _MEANS.finditer(self.passage.text):
            if found["span"]:
                period = self.sheet.span(measure, 3 if found["span"] == "Quarter" else 12)
            else:
                period = named[0] if named else self.sheet.only_change(measure)
            if period is None:
                continue
            names = ("least", "most") if found["both"] else ("low", "high")
            signs = [found["both"]] * 2 if found["both"] else [found["first"], found["second"]]
            values = [
                (number.value if way == "rise" else -number.value, number)
                for way, number in zip(signs, (self._number(found, n) for n in names), strict=True)
            ]
            ordered = sorted(values, key=lambda one: one[0])
            for (value, number), facet in zip(ordered, FACETS, strict=True):
                yield self._made(
                    number, measure, "change", period, against=period.year_before(), facet=facet,
                    sign=1 if value > 0 else -1 if value < 0 else 0,
                )  # fmt: skip

    def _charts(self, measure: str) -> Iterator[MeasureClaim]:
        for found in _LINE.finditer(self.passage.text):
            for month, name in (("low", "least"), ("high", "most")):
                when = [one.period for one in periods_in(found[month]) if one.period]
                if when:
                    yield self._claim(found, name, measure, "count", when[0])
        year = self.sheet.span(measure, 12)
        for found in _BARS.finditer(self.passage.text):
            if year is None:
                return
            for name, value in (("first", "low"), ("last", "high"), ("own", "value")):
                if found[name]:
                    yield self._claim(found, value, measure, "rate", year, area=found[name])

    # --- making -----------------------------------------------------------------------------

    def _change(
        self, found: re.Match[str], measure: str, period: Period, area: str = ""
    ) -> MeasureClaim:
        number = self._number(found, "change", "percent")
        sign = 1 if number.value > 0 else -1 if number.value < 0 else 0
        return self._made(
            number, measure, "change", period, against=period.year_before(), sign=sign, area=area
        )

    def _claim(
        self,
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
        return self._made(
            self._number(found, name), measure, kind, period, per=per, of=of, part=part, area=area,
            facet=facet,
        )  # fmt: skip

    def _number(self, found: re.Match[str], name: str, kind: NumberKind = "count") -> Number:
        text = self.passage.text
        return number_in(text, found.start(name), found.end(name), kind)

    def _made(
        self,
        number: Number,
        measure: str,
        kind: Kind,
        period: Period,
        *,
        against: Period | None = None,
        sign: int = 0,
        per: int = 0,
        of: int = 0,
        part: str = "",
        area: str = "",
        facet: Facet = "",
    ) -> MeasureClaim:
        text = self.passage.text
        start = text.rfind(" ", 0, max(0, number.start - LEAD)) + 1
        end = text.find(" ", number.end + TAIL)
        quote = text[start : end if end >= 0 else len(text)].strip()
        own = self.sheet.own_name
        return MeasureClaim(
            measure, kind, period, number, self.passage.place, quote,
            area="" if area == own else area, against=against, sign=sign, per=per, of=of, part=part,
            facet=facet, of_pack=True,
        )  # fmt: skip


LEAD, TAIL = 80, 6
RATED = (("better", "rag-better"), ("worse", "rag-worse"), ("none", "rag-no-clear-change"))
FACETS: tuple[Facet, Facet] = ("low", "high")
_DIGITS = re.compile(r"\d[\d,]*(?:\.\d+)?")


def number_in(text: str, start: int, end: int, kind: NumberKind = "count") -> Number:
    """The figure printed at a span: `7th`, `-18.4%`, `1,234`. Raises ValueError for no figure."""
    digits = _DIGITS.search(text, start, end)
    if digits is None:
        raise ValueError(f"no figure in “{text[start:end]}”")
    sign = text[start : digits.start()].strip()
    return number_at(text, start, end, kind, digits[0], sign=sign)
