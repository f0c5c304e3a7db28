"""Comparisons across a registered break in how things are counted."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from saferboard.analytics.measures.breaks import Setting, met_between
from saferboard.analytics.measures.register import definitions
from saferboard.analytics.measures.results import BreakMet
from saferboard.papercheck.finding import Finding, Pack, Rule
from saferboard.papercheck.measures.claim import MeasureClaim
from saferboard.papercheck.measures.collect import measure_claims
from saferboard.papercheck.measures.verdicts import title_of
from saferboard.papercheck.paper import Paper
from saferboard.papercheck.place import Place
from saferboard.papercheck.rules.around import listed, near
from saferboard.vocabulary.period import Period

KEY = "comparison-across-a-break"
_SAID = re.compile(
    r"not comparable|compare with care|definition|counting rules|(?:crime )?recording (?:system|"
    r"practice|change)|recorded differently|reclassif|re-?stated|restrictions|covid|pandemic|"
    r"lockdown|new system",
    re.I,
)
SMALL = 20
Pair = tuple[MeasureClaim, Period]


def find(pack: Pack) -> Iterator[Finding]:
    papers = {paper.name: paper for paper in pack.papers}
    met: dict[tuple[str, str], list[tuple[MeasureClaim, Period, BreakMet]]] = defaultdict(list)
    for claim, against in _pairs(measure_claims(pack)):
        for one in _breaks(pack, claim, against):
            if not _said(papers[claim.place.file], claim.place):
                met[claim.place.file, one.key].append((claim, against, one))
    for held in met.values():
        first, _, entry = held[0]
        told = [
            f"{title_of(one)}, {one.period.label()} with {past.label()}" for one, past, _ in held
        ]
        yield Finding(
            KEY,
            "advice",
            f"Compared across a break: {listed(told)}. {entry.words}",
            first.quote,
            first.place,
            against=tuple(dict.fromkeys(one.place for one, _, _ in held[1:])),
        )


def _pairs(claims: tuple[MeasureClaim, ...]) -> Iterator[Pair]:
    """What is compared: the two periods of a change, and in a row of a table the last period
    with each before it."""
    rows: dict[tuple[str, int, str], list[MeasureClaim]] = defaultdict(list)
    for one in claims:
        if one.kind == "change" and one.against is not None:
            yield one, one.against
        elif _in_a_row(one):
            rows[one.place.file, one.place.table, one.measure].append(one)
    for held in rows.values():
        last = max(held, key=lambda one: one.period.end)
        for one in held:
            if one.period.month_count == last.period.month_count and one.period != last.period:
                yield last, one.period


def _in_a_row(one: MeasureClaim) -> bool:
    many = one.period.month_count > 1 and one.number.value >= SMALL
    return one.kind == "count" and bool(one.place.table) and many


def _breaks(pack: Pack, claim: MeasureClaim, against: Period) -> tuple[BreakMet, ...]:
    data = pack.data
    source, units = data.source_of(claim.measure) if data is not None else ("", ())
    setting = Setting(
        source=source,
        units=units,
        area=data.area.code if data is not None else "",
        within=data.area.within if data is not None else None,
    )
    return met_between(definitions()[claim.measure].breaks, claim.period, against, setting)


def _said(paper: Paper, place: Place) -> bool:
    passage = next((one for one in paper.passages if one.place == place), None)
    return passage is not None and near(paper, passage, _SAID)


RULE = Rule(
    KEY,
    "Figures that are compared were counted in one way.",
    "advice",
    8,
    "Residential burglary of 2016/17 beside 2017/18, when sheds and garages began to be counted.",
    "Compare only what lies on one side of the break, or print the reason beside the figures.",
    find,
)
