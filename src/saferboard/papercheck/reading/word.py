"""Word documents: body paragraphs and tables in their order. Nothing in them is ever run."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import docx
from docx.oxml.ns import qn

from saferboard.papercheck.paper import Paper, PassageKind
from saferboard.papercheck.place import Place
from saferboard.papercheck.reading.builder import Builder

INSERTED, DELETED = qn("w:ins"), qn("w:del")


def read_word(name: str, data: bytes) -> Paper:
    """The text as it would stand if every tracked change were accepted; where there are such
    changes the paper says so and keeps each deleted run as a note at its place."""
    document = docx.Document(io.BytesIO(data))
    builder = Builder(name, "docx")
    number = 0
    changes = 0
    body: Any = document.element.body
    for element in _blocks(body):
        if element.tag == qn("w:tbl"):
            _table(builder, element, builder.place(paragraph=number))
            continue
        number += 1
        place = builder.place(paragraph=number)
        changes += _changes(element)
        _paragraph(builder, document, element, place)
        for picture in element.iter(qn("wp:docPr")):
            builder.picture(picture.get("descr") or "", place)
        for deleted in element.iter(DELETED):
            words = "".join(part.text or "" for part in deleted.iter(qn("w:delText")))
            if words.strip():
                builder.notes.append(f"Deleted under tracked changes, {place.words()}: {words}")
    if changes:
        builder.notes.append(
            f"{changes} tracked changes are open: the text was read as if they were accepted."
        )
    return builder.paper()


def _blocks(element: Any) -> Iterator[Any]:
    """Paragraphs and tables in order, those inside content controls too."""
    for child in element:
        if child.tag in {qn("w:p"), qn("w:tbl")}:
            yield child
        elif child.tag in {qn("w:sdt"), qn("w:sdtContent"), INSERTED}:
            yield from _blocks(child)


def _words(paragraph: Any) -> str:
    """The words of a paragraph: inserted runs in, deleted ones out, breaks as blanks."""
    parts: list[str] = []
    for node in paragraph.iter(qn("w:t"), qn("w:tab"), qn("w:br"), qn("w:noBreakHyphen")):
        if node.tag == qn("w:t"):
            parts.append(node.text or "")
        elif node.tag == qn("w:noBreakHyphen"):
            parts.append("-")
        elif node.getparent().tag == qn("w:r"):
            parts.append(" ")
    return "".join(parts)


def _changes(paragraph: Any) -> int:
    return sum(1 for _ in paragraph.iter(INSERTED, DELETED))


def _paragraph(builder: Builder, document: Any, element: Any, place: Place) -> None:
    style = _style(document, element)
    words = _words(element)
    if style == "title":
        builder.heading(words, 1, place)
    elif style.startswith("heading"):
        level = style.removeprefix("heading").strip()
        builder.heading(words, int(level) if level.isdigit() else 2, place)
    else:
        listed = style.startswith("list") or element.find(f".//{qn('w:numPr')}") is not None
        kind: PassageKind = "caption" if style == "caption" else "item" if listed else "paragraph"
        builder.text(words, place, kind)


def _style(document: Any, element: Any) -> str:
    found = element.find(f"./{qn('w:pPr')}/{qn('w:pStyle')}")
    if found is None:
        return ""
    identity = found.get(qn("w:val")) or ""
    for style in document.styles:
        if style.style_id == identity:
            return str(style.name or "").lower()
    return identity.lower()


def _table(builder: Builder, table: Any, place: Place) -> None:
    number = builder.tables + 1
    rows: list[list[tuple[str, Place]]] = []
    headers = 0
    for row_number, row in enumerate(table.iter(qn("w:tr")), start=1):
        cells: list[tuple[str, Place]] = []
        for cell in row.iter(qn("w:tc")):
            words = "\n".join(_words(paragraph) for paragraph in cell.iter(qn("w:p")))
            span = cell.find(f"./{qn('w:tcPr')}/{qn('w:gridSpan')}")
            for extra in range(int(span.get(qn("w:val")) or 1) if span is not None else 1):
                where = builder.place(
                    paragraph=place.paragraph, table=number, row=row_number, column=len(cells) + 1
                )
                cells.append((words if not extra else "", where))
        marked = row.find(f"./{qn('w:trPr')}/{qn('w:tblHeader')}") is not None
        if marked and headers == row_number - 1:
            headers = row_number
        rows.append(cells)
    where = builder.place(paragraph=place.paragraph, table=number)
    builder.table(rows, where, header_rows=headers)
