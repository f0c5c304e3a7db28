"""Presentations: a slide is a page, its title a heading."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from lxml import etree
from pptx import Presentation
from pptx.exc import PythonPptxError

from saferboard.papercheck.paper import Paper
from saferboard.papercheck.place import Place
from saferboard.papercheck.reading.builder import Builder
from saferboard.papercheck.reading.chart_data import chart_rows, chart_title
from saferboard.papercheck.reading.package import Package
from saferboard.papercheck.reading.word import MACROS

FAULTS = (PythonPptxError,)
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
_DIAGRAM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}relIds"
_DATA = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}dm"
_DECORATIVE = "{http://schemas.microsoft.com/office/drawing/2017/decorative}decorative"
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)


def read_paper(name: str, package: Package) -> Paper:
    """Text of every shape from top to bottom, tables, the figures behind charts, pictures with
    their descriptions, and the notes of whoever presents."""
    deck = Presentation(io.BytesIO(package.data))
    builder = Builder(name, "pptx")
    builder.fields["title"] = deck.core_properties.title or ""
    hidden: list[int] = []
    for page, slide in enumerate(deck.slides, start=1):
        builder.pages = page
        if slide._element.get("show") in ("0", "false"):
            hidden.append(page)
        title = slide.shapes.title
        if title is not None and title.has_text_frame:
            builder.heading(_frame_words(title.text_frame), 2, builder.place(page=page))
        titled = title.shape_id if title is not None else None
        for shape in _shapes(slide.shapes):
            if shape.shape_id != titled:
                _shape(builder, slide, shape, page)
        if slide.has_notes_slide and slide.notes_slide.notes_text_frame is not None:
            place = builder.place(page=page, part="speaker’s notes")
            for line in slide.notes_slide.notes_text_frame.text.splitlines():
                builder.text(line, place, "note")
    if hidden:
        builder.notes.append(
            f"Hidden slides were read too: {', '.join(map(str, hidden))}. Whoever has the file can "
            "show them."
        )
    if package.macros:
        builder.notes.append(MACROS)
    return builder.paper()


def _shapes(shapes: Any) -> Iterator[Any]:
    """Shapes in the order of reading: downwards, then to the right; groups opened."""
    for shape in sorted(shapes, key=lambda one: ((one.top or 0), (one.left or 0))):
        if getattr(shape, "shapes", None) is not None:
            yield from _shapes(shape.shapes)
        else:
            yield shape


def _words(paragraph: Any) -> str:
    """The words of a paragraph: runs, fields (a slide's number, a date) and breaks."""
    parts: list[str] = []
    for node in paragraph._p:
        if node.tag == f"{A}br":
            parts.append(" ")
        elif node.tag in (f"{A}r", f"{A}fld"):
            settings = node.find(f"{A}rPr")
            raised = settings is not None and int(settings.get("baseline") or 0) > 0
            words = "".join(text.text or "" for text in node.iter(f"{A}t"))
            parts.append(words.translate(_RAISED) if raised else words)
    return "".join(parts)


def _frame_words(frame: Any) -> str:
    return "\n".join(_words(paragraph) for paragraph in frame.paragraphs)


def _shape(builder: Builder, slide: Any, shape: Any, page: int) -> None:
    place = builder.place(page=page)
    if shape.has_text_frame:
        for paragraph in shape.text_frame.paragraphs:
            builder.text(_words(paragraph), place, "item" if paragraph.level else "paragraph")
            for run in paragraph.runs:
                if run.hyperlink.address:
                    builder.link(run.text, place)
    elif getattr(shape, "has_table", False) and shape.has_table:
        _table(builder, shape.table, page)
    elif getattr(shape, "has_chart", False) and shape.has_chart:
        root = etree.fromstring(shape.chart.part.blob, _PARSER)
        part = builder.place(page=page, part="chart")
        builder.text(chart_title(root), part, "caption")
        _rows(builder, chart_rows(root), page, part="chart")
        _picture(builder, shape, place)
    elif shape._element.tag == f"{P}pic":
        _picture(builder, shape, place)
    else:
        _diagram(builder, slide, shape, place)


def _table(builder: Builder, table: Any, page: int) -> None:
    rows = [
        ["" if cell.is_spanned else _frame_words(cell.text_frame) for cell in row.cells]
        for row in table.rows
    ]
    first = bool(table.first_row)
    _rows(builder, rows, page, header_rows=1 if first else 0, marked=first)


def _rows(
    builder: Builder,
    rows: list[list[str]],
    page: int,
    *,
    header_rows: int = 1,
    marked: bool | None = None,
    part: str = "",
) -> None:
    number = builder.tables + 1
    cells: list[list[tuple[str, Place]]] = [
        [
            (words, builder.place(page=page, table=number, row=at, column=column, part=part))
            for column, words in enumerate(row, start=1)
        ]
        for at, row in enumerate(rows, start=1)
    ]
    place = builder.place(page=page, table=number, part=part)
    builder.table(cells, place, header_rows=header_rows, marked=marked)


def _picture(builder: Builder, shape: Any, place: Place) -> None:
    described = shape._element.find(".//{*}cNvPr")
    if described is None:
        return
    if any(mark.get("val") in ("1", "true") for mark in described.iter(_DECORATIVE)):
        return
    builder.picture(described.get("descr") or described.get("title") or "", place)


def _diagram(builder: Builder, slide: Any, shape: Any, place: Place) -> None:
    """The words of a SmartArt graphic, which lie in a part of their own."""
    for found in shape._element.iter(_DIAGRAM):
        related = slide.part.rels.get(found.get(_DATA))
        if related is None or related.is_external:
            continue
        root = etree.fromstring(related.target_part.blob, _PARSER)
        for paragraph in root.iter(f"{A}p"):
            builder.text(
                "".join(node.text or "" for node in paragraph.iter(f"{A}t")), place, "item"
            )
        _picture(builder, shape, place)
