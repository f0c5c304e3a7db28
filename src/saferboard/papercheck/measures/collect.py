"""Every measure claim of a pack, read once and kept."""

from __future__ import annotations

import re
from collections.abc import Iterator

from saferboard.papercheck.claims.mask import masked
from saferboard.papercheck.finding import Pack
from saferboard.papercheck.measures import cells
from saferboard.papercheck.measures.claim import MeasureClaim
from saferboard.papercheck.measures.context import Context, footnotes, noted
from saferboard.papercheck.measures.names import Places
from saferboard.papercheck.measures.phrases import Phrases
from saferboard.papercheck.measures.sentences import Prose
from saferboard.papercheck.paper import Grid, Paper, Passage
from saferboard.papercheck.rules.walk import SHORT_CELL

_KEY = "measure-claims"
_MARKED = re.compile(
    r"(?:last|past|latest)\s(?:12\smonths|twelve\smonths|performance\syear|year)(?P<mark>[¹²³⁴⁵⁶⁷⁸⁹⁰]+)",
    re.I,
)
_DIGIT = re.compile(r"\d")
YEAR_STARTS = 4


def measure_claims(pack: Pack) -> tuple[MeasureClaim, ...]:
    """The figures about measures of the catalogue that the papers of a pack give."""
    key = (_KEY, *map(id, pack.papers))
    if key not in pack.kept:
        places = places_of(pack).phrases()
        starts = pack.data.year_starts if pack.data is not None else YEAR_STARTS
        pack.kept[key] = tuple(
            claim for paper in pack.papers for claim in _claims(paper, places, starts)
        )
    held = pack.kept[key]
    assert isinstance(held, tuple)
    return held


def places_of(pack: Pack) -> Places:
    """The names of the area that the pack is about and of the places around it."""
    if pack.data is not None:
        return pack.data.places()
    if pack.facts is not None:
        own = str(pack.facts.about.get("area_name", ""))
        others = {fact.area_name for fact in pack.facts if fact.area_name != own}
        return Places((own,) if own else (), tuple(sorted(others)))
    return Places()


def _claims(paper: Paper, places: Phrases[str], year_starts: int) -> Iterator[MeasureClaim]:
    context = Context(year_starts, loose=paper.kind in ("text", "pdf"))
    notes = footnotes(paper, year_starts)
    grids = {grid.rows[0][0].index: grid for grid in paper.grids}
    last: Passage | None = None
    for passage in paper.passages:
        if passage.kind == "cell":
            grid = grids.get(passage.index)
            if grid is not None:
                yield from _table(grid, last, context)
            if len(passage.text) < SHORT_CELL:
                continue
        else:
            context.enter(passage)
            last = passage
        if marked := _MARKED.search(passage.text):
            context.noted = noted(notes, marked["mark"], passage.index)
        if _DIGIT.search(passage.text):
            yield from Prose(passage, masked(passage.text), context, places).claims()
        if passage.kind != "cell":
            context.leave(passage)


def _table(grid: Grid, last: Passage | None, context: Context) -> Iterator[MeasureClaim]:
    caption = grid.caption or (last.text if last is not None else "")
    yield from cells.claims_in(grid, caption, context.measure, context.year_starts)
