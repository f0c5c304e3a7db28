"""“Data as published on …”: which publication each figure of a page comes from."""

from __future__ import annotations

from saferboard.analytics.measures.results import Comparison, MeasureResult
from saferboard.analytics.packs.material import Material
from saferboard.analytics.packs.writing import joined, listed, sentence, words
from saferboard.analytics.store.vintage import Vintage
from saferboard.documents.model import Inlines, Label
from saferboard.vocabulary.period import day_label


def published_on(vintage: Vintage) -> str:
    """`31 January 2024`, with a remark where the date is only assumed."""
    day = day_label(vintage.published)
    return f"{day} (assumed: the end of its last month)" if vintage.published_assumed else day


def published_words(material: Material, result: MeasureResult) -> Inlines:
    """One sentence, or two where this year's and last year's figures differ in publication."""
    comparison = result.year or result.quarter
    if comparison is None:
        return _data(material, result.vintages)
    current, previous = _loads(comparison)
    if not previous or set(previous) == set(current):
        return _data(material, current or result.vintages)
    return joined(
        _data(material, current),
        sentence("Figures of the year before as published on ", _days(material, previous)),
    )


def _data(material: Material, loads: tuple[str, ...]) -> Inlines:
    if not loads:
        return ()
    return sentence("Data as published on ", _days(material, loads))


def _days(material: Material, loads: tuple[str, ...]) -> Inlines:
    held = material.summary.vintages
    days = dict.fromkeys(published_on(held[one]) for one in sorted(loads) if one in held)
    return listed(words(Label(day)) for day in days)


def _loads(comparison: Comparison) -> tuple[tuple[str, ...], tuple[str, ...]]:
    return comparison.current.vintages, comparison.previous.vintages
