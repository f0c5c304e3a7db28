"""Every measure claim of a pack, read once and kept."""

from __future__ import annotations

import re
from collections.abc import Iterator

from saferboard.papercheck.claims.mask import masked
from saferboard.papercheck.finding import Pack
from saferboard.papercheck.measures import cells
from saferboard.papercheck.measures.blocks import block_in_words, blocks
from saferboard.papercheck.measures.claim import MeasureClaim
from saferboard.papercheck.measures.context import (
    LONGEST_LABEL,
    Context,
    footnotes,
    noted,
    section_measure,
)
from saferboard.papercheck.measures.facts import Sheet
from saferboard.papercheck.measures.names import Places, measure_named
from saferboard.papercheck.measures.pack_tables import Tables
from saferboard.papercheck.measures.pack_words import Words
from saferboard.papercheck.measures.periods import period_named
from saferboard.papercheck.measures.phrases import Phrases
from saferboard.papercheck.measures.sentences import Prose
from saferboard.papercheck.paper import Grid, Paper, Passage
from saferboard.papercheck.rules.walk import SHORT_CELL

_MARKED = re.compile(
    r"(?:last|past|latest)\s(?:12\smonths|twelve\smonths|performance\syear|year)(?P<mark>[¹²³⁴⁵⁶⁷⁸⁹⁰]+)",
    re.I,
)
_RATE = re.compile(r"^Rate per [\d,]+ [\w ]+$")
_DIGIT = re.compile(r"\d")
YEAR_STARTS = 4


def measure_claims(pack: Pack) -> tuple[MeasureClaim, ...]:
    """The figures about measures of the catalogue that the papers of a pack give."""
    return pack.once("measure claims", lambda: tuple(_all_claims(pack)))


def _all_claims(pack: Pack) -> Iterator[MeasureClaim]:
    places = places_of(pack).phrases()
    starts = pack.data.year_starts if pack.data is not None else YEAR_STARTS
    sheet = Sheet(pack.facts) if pack.facts is not None else None
    for paper in pack.papers:
        yield from _claims(paper, places, starts, sheet)


def places_of(pack: Pack) -> Places:
    """The names of the area that the pack is about and of the places around it."""
    if pack.data is not None:
        return pack.data.places()
    if pack.facts is not None:
        own = str(pack.facts.about.get("area_name", ""))
        others = {fact.area_name for fact in pack.facts if fact.area_name != own}
        return Places((own,) if own else (), tuple(sorted(others)))
    return Places()


def _claims(
    paper: Paper, places: Phrases[str], year_starts: int, sheet: Sheet | None
) -> Iterator[MeasureClaim]:
    context = Context(year_starts, loose=paper.kind in ("text", "pdf"))
    notes = footnotes(paper, year_starts)
    grids = {grid.rows[0][0].index: grid for grid in paper.grids}
    rows = {cell.index: row[0].text for grid in paper.grids for row in grid.rows for cell in row}
    recent: list[Passage] = []
    label = ""
    for passage in paper.passages:
        measure = ""
        if passage.kind == "cell":
            grid = grids.get(passage.index)
            if grid is not None:
                yield from _table(grid, recent, context, sheet)
            if len(passage.text) < SHORT_CELL:
                continue
            measure = measure_named(rows.get(passage.index, ""))
        else:
            context.enter(passage)
            recent = [*recent[-2:], passage]
        if marked := _MARKED.search(passage.text):
            context.noted = noted(notes, marked["mark"], passage.index)
        if _DIGIT.search(passage.text):
            with context.about(measure):
                found = list(Prose(passage, masked(passage.text), context, places).claims())
                yield from found
                if sheet is not None and (spelled := block_in_words(passage)) is not None:
                    yield from _table(spelled, recent[:-1], context, sheet)
                elif sheet is not None:
                    words = Words(sheet, passage, context.measure, label)
                    yield from _more(words.claims(), found)
        if passage.kind != "cell":
            context.leave(passage)
            # Where headings are not marked, the numbers of a chart's axis stand alone too.
            label = "" if context.loose else _label(passage, label)


def _more(claims: Iterator[MeasureClaim], found: list[MeasureClaim]) -> Iterator[MeasureClaim]:
    """Those whose figures nobody has read yet."""
    taken = {one.number.start for one in found}
    for one in claims:
        if one.number.start not in taken:
            taken.add(one.number.start)
            yield one


def _label(passage: Passage, before: str) -> str:
    """The line that names a period or a rate for the short lines that follow."""
    if len(passage.text) > LONGEST_LABEL or passage.kind == "heading":
        return ""
    if _RATE.match(passage.text) or period_named(passage.text) is not None:
        return passage.text
    return before


def _table(
    grid: Grid, recent: list[Passage], context: Context, sheet: Sheet | None
) -> Iterator[MeasureClaim]:
    captions = [grid.caption, *(one.text for one in reversed(recent))]
    caption = next((words for words in captions if section_measure(words)), captions[0])
    measure = section_measure(caption) or context.measure
    for part in blocks(grid):
        found = list(cells.claims_in(part, caption, context.measure, context.year_starts))
        yield from found
        if sheet is not None:
            place = _place(sheet, [*captions, grid.place.heading])
            taken = {(one.place, one.quote) for one in found}
            for one in Tables(sheet, part, measure, place).claims():
                if (one.place, one.quote) not in taken or one.kind != "count":
                    yield one


def _place(sheet: Sheet, words: list[str]) -> str:
    """The ward that a table is about; "" for the whole area."""
    return next((place for one in words if (place := sheet.place_in(one))), "")
