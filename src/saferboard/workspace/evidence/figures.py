"""A figure explained: its value and range, the definition behind it, and the files that it was
counted from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from saferboard.analytics.facts.fact import Fact
from saferboard.analytics.facts.format import bind, unit_words
from saferboard.analytics.facts.sheet import FactSheet
from saferboard.analytics.measures.model import Definition
from saferboard.analytics.measures.register import definitions
from saferboard.vocabulary.period import day_label

_KINDS = {
    "count": "A count",
    "mean": "An average",
    "change_percent": "A change, in per cent",
    "change_points": "A change, in percentage points",
    "difference": "A difference",
    "rate": "A rate",
    "share": "A share of the whole",
    "percentage": "A percentage",
    "rank": "A rank: 1st is best",
    "index": "An index or score",
    "limit": "A limit of a chart",
    "denominator": "A number of people or households",
    "tally": "A count about the pack itself",
}


@dataclass(frozen=True)
class SourceShown:
    """A load that a figure was counted from: data as published on a day. `files` are names and
    hashes; a hash is empty where it would let withheld numbers be guessed."""

    load: str
    publisher: str
    dataset: str
    months: str
    published: str
    licence: str
    files: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class DefinitionShown:
    """What a measure counts, and who answers for that."""

    title: str
    question: str
    numerator: str
    denominator: str
    caveats: tuple[str, ...]
    version: int
    owner: str
    checked_by: str
    review_by: date
    changes: tuple[tuple[int, date, str], ...]


@dataclass(frozen=True)
class FigureShown:
    """A figure with everything needed to check it. `version` is that of the definition by which
    it was computed, which may be older than the present one."""

    id: str
    display: str
    kind: str
    unit: str
    area: str
    period: str
    against: str
    likely: str
    means: str
    missing: str
    note: str
    provisional: bool
    version: int
    definition: DefinitionShown | None
    sources: tuple[SourceShown, ...]


def figure_in(sheet: FactSheet, fact_id: str) -> FigureShown | None:
    """The fact with this id, explained; None where the sheet has none."""
    if fact_id not in sheet:
        return None
    fact = sheet[fact_id]
    known = definitions().get(fact.measure)
    return FigureShown(
        id=fact.id,
        display=bind(fact).display,
        kind=_KINDS[fact.kind],
        unit=unit_words(fact) or fact.unit,
        area=fact.area_name,
        period=fact.period.label(),
        against=fact.against.label() if fact.against else "",
        likely=_likely(fact),
        means=fact.verdict or "",
        missing=fact.missing or "",
        note=fact.note,
        provisional=fact.provisional,
        version=fact.definition,
        definition=_definition(known) if known else None,
        sources=tuple(_source(sheet, key) for key in fact.vintages),
    )


def _likely(fact: Fact) -> str:
    if fact.interval is None:
        return ""
    return f"{bind(fact, 'low').display} to {bind(fact, 'high').display}"


def _definition(known: Definition) -> DefinitionShown:
    return DefinitionShown(
        title=known.title,
        question=known.question,
        numerator=known.numerator,
        denominator=known.denominator,
        caveats=known.caveats,
        version=known.version,
        owner=known.owner,
        checked_by=known.checked_by,
        review_by=known.review_by,
        changes=tuple((one.version, one.date, one.what) for one in known.change_log),
    )


def _source(sheet: FactSheet, key: str) -> SourceShown:
    held = sheet.vintages.get(key, {})
    published = str(held.get("published", ""))
    on = day_label(date.fromisoformat(published)) if published else "not known"
    return SourceShown(
        load=key,
        publisher=str(held.get("publisher", "")),
        dataset=str(held.get("dataset", "")),
        months=str(held.get("months", "")),
        published=f"{on} (assumed)" if held.get("published_assumed") else on,
        licence=str(held.get("licence", "")),
        files=tuple((str(name), str(mac)) for name, mac in held.get("files", {}).items()),
    )
