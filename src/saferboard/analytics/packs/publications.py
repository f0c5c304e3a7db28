"""“Data as published on …”: which publication each figure of a page comes from."""

from __future__ import annotations

from collections.abc import Iterable

from saferboard.analytics.measures.results import MeasureResult
from saferboard.analytics.packs.material import LOCAL, Material
from saferboard.analytics.packs.sentences import leading
from saferboard.analytics.packs.writing import joined, sentence
from saferboard.analytics.sources.registry import sources
from saferboard.analytics.store.vintage import Vintage
from saferboard.documents.model import Inlines, Label
from saferboard.vocabulary.period import day_label

ASSUMED = "assumed"


def source_title(result: MeasureResult) -> str:
    """The name of the source that fed a measure, as its description has it; for a return, who
    made it."""
    if result.source == LOCAL and result.source_title not in ("", LOCAL):
        return f"Return of {result.source_title}"
    titles = {one.key: one.title for one in sources()}
    return titles.get(result.source, result.source_title)


def missing_words(result: MeasureResult) -> str:
    """Why a measure has no figures, and which file to load: `… Add MPS borough level crime or
    recorded crime by ward.`"""
    add = f" Add {fed_by(result)}." if result.could_feed else ""
    return f"{result.missing or ''}{add}"


def fed_by(result: MeasureResult) -> str:
    """The titles of the sources that can feed a measure: `A, B or C`."""
    titles = {one.key: one.title for one in sources()}
    *before, last = [titles.get(key, key) for key in result.could_feed] or ["no source"]
    return f"{', '.join(before)}{' or ' if before else ''}{last}"


def data_title(vintage: Vintage) -> str:
    """What a load holds, in words: `MPS monthly crime dashboard: knife crime`."""
    titles = {one.key: one.title for one in sources()}
    title = titles.get(vintage.source, vintage.source)
    if set(vintage.dataset.split("-")) & set(vintage.source.split("-")):
        return title
    return f"{title}: {vintage.dataset.replace('-', ' ')}"


def published_on(vintage: Vintage) -> str:
    """`31 January 2024`, and whether that date is only assumed."""
    day = day_label(vintage.published)
    return f"{day} ({ASSUMED})" if vintage.published_assumed else day


def published_words(material: Material, result: MeasureResult) -> Inlines:
    """One sentence, or two where the year before comes from another publication. A history
    and the file that continues it are one publication, as new as the newer of the two."""
    comparison = leading(result)
    if comparison is None:
        return _data(material, result.vintages)
    current, previous = comparison.current.vintages, comparison.previous.vintages
    apart = comparison.stitched or material.summary.comparators == "as-published"
    if not previous or not apart or set(previous) == set(current):
        return _data(material, (*current, *previous) or result.vintages)
    return joined(
        _data(material, current),
        sentence("Figures of the year before as published on ", _newest(material, previous)),
    )


def newest(material: Material, loads: Iterable[str]) -> Vintage | None:
    """The load of `loads` that was published last."""
    held = [material.summary.vintages[key] for key in loads if key in material.summary.vintages]
    return max(held, key=lambda one: (one.published, one.id), default=None)


def _data(material: Material, loads: tuple[str, ...]) -> Inlines:
    if newest(material, loads) is None:
        return ()
    return sentence("Data as published on ", _newest(material, loads))


def _newest(material: Material, loads: tuple[str, ...]) -> Inlines:
    found = newest(material, loads)
    return (Label(published_on(found)),) if found else ()
