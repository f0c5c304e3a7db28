"""Slides: one for each section, more where it does not fit, at most two for a measure; native
charts and tables."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

from pptx import Presentation

from saferboard.documents.model import Bound, Document, Figure, Section, Table, inlines, plain
from saferboard.documents.render.deck import Deck, without_slides
from saferboard.documents.render.measure_slides import MeasureSlides, fits_two_slides
from saferboard.documents.render.native_charts import NATIVE
from saferboard.documents.render.pictures import Pictures
from saferboard.documents.render.slide_writer import Writer
from saferboard.documents.render.templates import opened
from saferboard.documents.themes.palette import Palette
from saferboard.documents.themes.slides import default_presentation
from saferboard.documents.walk import figures_of


def render(
    document: Document, *, template: Path | None = None, pictures: Pictures | None = None
) -> bytes:
    """The document as a PowerPoint file, on the partnership's own master if one is given."""
    pictures = pictures or Pictures(document.look)
    palette = Palette.of(document.look)
    if template is None:
        presentation = default_presentation(palette)
    else:
        presentation = opened(template, Presentation, "PowerPoint")
        without_slides(presentation)
    deck = Deck(presentation, document, palette, pictures)
    deck.cover()
    left_over: list[tuple[str, Figure]] = []
    for section in document.sections:
        title = plain(section.title)
        writer = (MeasureSlides if fits_two_slides(section) else Writer)(deck, title)
        writer.section(section)
        left_over += [(title, figure) for figure in writer.left_over]
    _appendix(deck, document, left_over)
    properties = presentation.core_properties
    properties.title, properties.author = document.title, document.organisation
    properties.subject, properties.language = document.subtitle, document.language
    properties.keywords = ", ".join(document.keywords)
    out = io.BytesIO()
    presentation.save(out)
    return out.getvalue()


def _appendix(deck: Deck, document: Document, left_over: Sequence[tuple[str, Figure]]) -> None:
    """Charts for which their section had no room, then the figures of charts that are pictures
    here, where no table of their section has them."""
    for number, (title, figure) in enumerate(left_over, 1):
        Writer(deck, f"Appendix {number}: {title}").figure(figure)
    for section, figure in figures_of(document):
        if figure.table and figure.chart.kind not in NATIVE and not _told(section, figure.table):
            Writer(deck, f"{plain(section.title)}: the figures behind the chart").table(
                figure.table
            )


def _told(section: Section, table: Table) -> bool:
    """Whether the other tables of a section hold every figure of `table`."""
    told = {
        part
        for block in section.blocks
        if isinstance(block, Table)
        for part in inlines(block)
        if isinstance(part, Bound)
    }
    return {part for part in inlines(table) if isinstance(part, Bound)} <= told
