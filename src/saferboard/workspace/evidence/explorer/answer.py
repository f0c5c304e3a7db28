"""The answer of the explorer: the same functions as a pack's page, for one measure."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass, replace

from saferboard.analytics.facts.sheet import FactSheet
from saferboard.analytics.measures.results import MeasureResult
from saferboard.analytics.packs.asked import Question, answered, material_from
from saferboard.analytics.packs.commentary import NOTHING
from saferboard.analytics.packs.material import Material
from saferboard.analytics.packs.performance.measure_page import measure_page
from saferboard.analytics.packs.publications import published_words, source_title
from saferboard.analytics.packs.sentences import (
    comparison_sentences,
    headline,
    leading,
    meaning,
    rate_sentence,
)
from saferboard.analytics.packs.writing import verdict_tag
from saferboard.documents.model import Bound, Figure, Section, Table, Tag, plain
from saferboard.documents.render.pictures import Pictures
from saferboard.vocabulary.problem import Problem
from saferboard.workspace.evidence.explorer.question import Asked, state_of
from saferboard.workspace.evidence.place import described, opened

_MOST = 24


@dataclass(frozen=True)
class Answer:
    """`section` is the measure's page with its charts, which `pictures` draws; `sentences` say the
    same in words that stand alone; `tag` is what the change means; `source` the line that goes
    with every copy."""

    asked: Asked
    area: str
    title: str
    sentences: tuple[str, ...]
    tag: Tag | None
    source: str
    section: Section
    sheet: FactSheet
    pictures: Pictures

    @property
    def figures(self) -> tuple[Figure, ...]:
        """The charts of the page, in their order."""
        return tuple(one for one in self.section.blocks if isinstance(one, Figure))

    def figure(self, key: str) -> Figure | None:
        """The chart with this key."""
        return next((one for one in self.figures if one.chart.key == key), None)


def answer(asked: Asked) -> Answer:
    """What the data store says. Kept in memory until it changes. Raises Problem for an unknown
    area, and where nothing that is loaded has a figure."""
    with opened() as lake:
        key = (state_of(lake), asked)
        with _LOCK:
            kept = _KEPT.get(key)
        if kept is not None:
            return kept
        place = described()
        known = place.partnership
        if known is not None and asked.peers:
            known = known.model_copy(update={"peer_sets": (asked.peers,)})
        question = Question(to=asked.to, area=asked.area, measures=(asked.measure,))
        result = answered(lake, question, known, place.folder)
        material = material_from(lake, result, known, NOTHING)
    found = _written(asked, material)
    with _LOCK:
        _KEPT[key] = found
        while len(_KEPT) > _MOST:
            _KEPT.popitem(last=False)
    return found


_LOCK = threading.Lock()
_KEPT: OrderedDict[tuple[tuple[str, ...], Asked], Answer] = OrderedDict()


def _written(asked: Asked, material: Material) -> Answer:
    (result,) = material.summary.measures
    if asked.peers:
        ranks = tuple(one for one in result.ranks if one.area_set == asked.peers)
        if not ranks:
            raise Problem(
                f"{result.area.name} is not in this set of areas.", remedy="Choose another set."
            )
        result = replace(result, ranks=ranks)
    first = leading(result)
    published = plain(published_words(material, result))
    return Answer(
        asked=asked,
        area=result.area.name,
        title=result.title,
        sentences=tuple(_sentences(result)),
        tag=verdict_tag(first.verdict, result.polarity) if first else None,
        source=f"Source: {source_title(result)}. {published}".strip(),
        section=measure_page(material, result),
        sheet=material.summary.sheet,
        pictures=Pictures(material.look),
    )


def _sentences(result: MeasureResult) -> Iterator[str]:
    yield f"{plain(headline(result)).rstrip('.')}."
    main = [one for one in (result.quarter, result.year, result.latest) if one is not None]
    yield from (plain(one) for one in comparison_sentences(result, main))
    yield from filter(None, (plain(meaning(one)) for one in main[-1:]))
    if result.rate is not None:
        yield plain(rate_sentence(result))


def rows_of(table: Table) -> Iterator[list[object]]:
    """The body of a table with raw numbers where a cell is one figure."""
    for row in table.body:
        yield [_cell(cell.parts) for cell in row]


def _cell(parts: tuple[object, ...]) -> object:
    if len(parts) == 1 and isinstance(parts[0], Bound) and parts[0].value is not None:
        return parts[0].value
    return plain(parts)  # type: ignore[arg-type]  # inlines of text
