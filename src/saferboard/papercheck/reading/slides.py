"""Presentations: a slide is a page, its title a heading."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from pptx import Presentation

from saferboard.papercheck.paper import Paper
from saferboard.papercheck.place import Place
from saferboard.papercheck.reading.builder import Builder


def read_slides(name: str, data: bytes) -> Paper:
    """Text of every shape from top to bottom, tables, pictures with their descriptions, and
    the notes of whoever presents."""
    deck = Presentation(io.BytesIO(data))
    builder = Builder(name, "pptx")
    for page, slide in enumerate(deck.slides, start=1):
        builder.pages = page
        title = slide.shapes.title
        if title is not None and title.has_text_frame:
            builder.heading(title.text_frame.text, 2, builder.place(page=page))
        titled = title.shape_id if title is not None else None
        for shape in _shapes(slide.shapes):
            if shape.shape_id != titled:
                _shape(builder, shape, page)
        if slide.has_notes_slide and slide.notes_slide.notes_text_frame is not None:
            for line in slide.notes_slide.notes_text_frame.text.splitlines():
                builder.text(line, builder.place(page=page), "note")
    return builder.paper()


def _shapes(shapes: Any) -> Iterator[Any]:
    """Shapes in the order of reading: downwards, then to the right; groups opened."""
    for shape in sorted(shapes, key=lambda one: ((one.top or 0), (one.left or 0))):
        if getattr(shape, "shapes", None) is not None:
            yield from _shapes(shape.shapes)
        else:
            yield shape


def _shape(builder: Builder, shape: Any, page: int) -> None:
    if shape.has_text_frame:
        for paragraph in shape.text_frame.paragraphs:
            words = "".join(run.text for run in paragraph.runs)
            builder.text(
                words, builder.place(page=page), "item" if paragraph.level else "paragraph"
            )
    elif getattr(shape, "has_table", False) and shape.has_table:
        number = builder.tables + 1
        rows: list[list[tuple[str, Place]]] = [
            [
                (
                    cell.text_frame.text,
                    builder.place(page=page, table=number, row=at, column=column),
                )
                for column, cell in enumerate(row.cells, start=1)
            ]
            for at, row in enumerate(shape.table.rows, start=1)
        ]
        headers = 1 if shape.table.first_row else 0
        builder.table(rows, builder.place(page=page, table=number), header_rows=headers)
    elif shape.shape_type is not None and "PICTURE" in str(shape.shape_type):
        described = shape._element.find(".//{*}cNvPr")
        words = described.get("descr") if described is not None else ""
        builder.picture(words or "", builder.place(page=page))
