"""Word documents: body, tables, text boxes, notes, page headers. Nothing in them is ever run."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import docx
from docx.opc.exceptions import OpcError
from docx.oxml.ns import qn
from lxml import etree

from saferboard.papercheck.paper import Paper, PassageKind
from saferboard.papercheck.place import Place
from saferboard.papercheck.reading.builder import Builder
from saferboard.papercheck.reading.chart_data import chart_rows, chart_title
from saferboard.papercheck.reading.package import Package
from saferboard.papercheck.reading.word_style import Styles
from saferboard.papercheck.reading.word_table import has_first_row, rows_of, tables_inside
from saferboard.papercheck.reading.word_text import (
    changed,
    hidden,
    mark_gone,
    paragraph_words,
    references,
    text_boxes,
)

FAULTS = (OpcError,)
MACROS = "The file holds macros. They were neither run nor read."
_PARAGRAPH, _TABLE = qn("w:p"), qn("w:tbl")
_CONTROLS = frozenset(
    {qn("w:sdt"), qn("w:sdtContent"), qn("w:ins"), qn("w:moveTo"), qn("w:del"), qn("w:moveFrom"),
     qn("w:customXml")}
)  # fmt: skip
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_DATA = "{http://schemas.openxmlformats.org/drawingml/2006/main}graphicData"
_CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}chart"
_DECORATIVE = "{http://schemas.microsoft.com/office/drawing/2017/decorative}decorative"
_SEEN = ("/picture", "/chart", "/diagram", "chartex")
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)


def read_paper(name: str, package: Package) -> Paper:
    """The text as it would stand if every tracked change were accepted. Where there are such
    changes, `original` holds the paper as it stood before them, and a note says so."""
    document = docx.Document(io.BytesIO(package.data))
    changes = changed(document.element.body)
    original = (
        WordReader(name, document, accepted=False).read().builder.paper() if changes else None
    )
    reader = WordReader(name, document).read()
    if changes:
        reader.builder.notes.append(
            f"{changes} tracked change{'s are' if changes > 1 else ' is'} open: the paper was "
            "checked as if they were accepted, and as it stood before them."
        )
    if package.macros:
        reader.builder.notes.append(MACROS)
    return reader.builder.paper(original=original)


class WordReader:
    """One walk through a document. `elements` says where each place stands in it: what a copy
    with comments is made from."""

    def __init__(self, name: str, document: Any, *, accepted: bool = True) -> None:
        self.builder = Builder(name, "docx")
        self.document = document
        self.elements: dict[Place, Any] = {}
        self._accepted = accepted
        self._styles = Styles(document)
        self._number = 0
        self._hidden = 0
        self._notes = {kind: _notes(document, kind) for kind in ("footnote", "endnote")}
        self._told: dict[tuple[str, str], int] = {}

    def read(self) -> WordReader:
        """Everything in the order of reading."""
        self._blocks(self.document.element.body, "")
        self._headers()
        properties = self.document.core_properties
        self.builder.fields["title"] = properties.title or ""
        self.builder.fields["language"] = self._styles.language or properties.language or ""
        if self._hidden:
            self.builder.notes.append(
                f"{self._hidden} passage{'s hold' if self._hidden > 1 else ' holds'} hidden text, "
                "which was not read: whoever has the file can show it."
            )
        return self

    def _blocks(self, element: Any, part: str) -> None:
        """Paragraphs and tables; a paragraph whose end is deleted goes on in the next."""
        held: list[Any] = []
        for child in _in_order(element):
            if child.tag == _TABLE:
                self._flush(held, part)
                self._table(child, part)
                continue
            held.append(child)
            if not part:
                self._number += 1
            if not mark_gone(child, self._accepted):
                self._flush(held, part)
        self._flush(held, part)

    def _flush(self, held: list[Any], part: str) -> None:
        if not held:
            return
        words = "".join(paragraph_words(one, accepted=self._accepted) for one in held)
        place = self._place(part)
        self._paragraph(held[0], words, place)
        if words.strip():
            self.elements[place] = held[0]
        for paragraph in held:
            self._inside(paragraph, part)
        held.clear()

    def _place(self, part: str) -> Place:
        return self.builder.place(paragraph=self._number, part=part)

    def _paragraph(self, element: Any, words: str, place: Place) -> None:
        style, level, listed = self._styles.of(element)
        if level and not place.part:
            self.builder.heading(words, level, place)
            return
        kind: PassageKind = "paragraph"
        if style == "caption":
            kind = "caption"
        elif listed:
            kind = "item"
        elif place.part and place.part != "text box":
            kind = "note"
        self.builder.text(words, place, kind)

    def _inside(self, element: Any, part: str) -> None:
        """What hangs on a paragraph or a cell: text boxes, notes, pictures, charts, links."""
        for link in element.iter(qn("w:hyperlink")):
            if link.get(_RELATION):
                self.builder.link(paragraph_words(link, accepted=self._accepted), self._place(part))
        if any(hidden(run) and _has_words(run) for run in element.iter(qn("w:r"))):
            self._hidden += 1
        if part:
            return
        for box in text_boxes(element):
            self._blocks_inside(box, "text box")
        self._pictures(element)
        for kind, identity in references(element):
            self._note(kind, identity)

    def _blocks_inside(self, element: Any, part: str) -> None:
        number = self._number
        self._blocks(element, part)
        self._number = number

    def _note(self, kind: str, identity: str) -> None:
        note = self._notes[kind].get(identity)
        if note is None or (kind, identity) in self._told:
            return
        shown = 1 + sum(1 for told, _ in self._told if told == kind)
        self._told[kind, identity] = shown
        self._blocks_inside(note, f"{kind} {shown}")

    def _pictures(self, element: Any) -> None:
        place = self._place("")
        for data in element.iter(_DATA):
            drawing = data.getparent().getparent()
            if not str(data.get("uri") or "").endswith(_SEEN):
                continue
            described = drawing.find(qn("wp:docPr"))
            chart = self._chart(data, place)
            if described is not None and not _decorative(described):
                words = described.get("descr") or described.get("title") or ""
                self.builder.picture(words, place)
            if chart:
                number = self.builder.tables + 1
                rows = [
                    [
                        (
                            words,
                            self.builder.place(
                                paragraph=self._number, table=number, row=at, column=column,
                                part="chart",
                            ),
                        )
                        for column, words in enumerate(row, start=1)
                    ]
                    for at, row in enumerate(chart, start=1)
                ]  # fmt: skip
                self.builder.table(rows, self._place("chart"), header_rows=1)

    def _chart(self, data: Any, place: Place) -> list[list[str]]:
        found = data.find(_CHART)
        if found is None:
            return []
        part = self.document.part.related_parts.get(found.get(_RELATION))
        if part is None:
            return []
        root = etree.fromstring(part.blob, _PARSER)
        self.builder.text(chart_title(root), self._place("chart"), "caption")
        return chart_rows(root)

    def _table(self, table: Any, part: str) -> None:
        number = self.builder.tables + 1
        rows: list[list[tuple[str, Place]]] = []
        headers = 0
        for at, row in enumerate(rows_of(table, accepted=self._accepted), start=1):
            cells: list[tuple[str, Place]] = []
            for column, cell in enumerate(row.cells, start=1):
                place = self.builder.place(
                    paragraph=self._number, table=number, row=at, column=column, part=part
                )
                if cell.element is not None:
                    self.elements[place] = cell.element
                cells.append((cell.words, place))
            if row.header and headers == at - 1:
                headers = at
            rows.append(cells)
        place = self.builder.place(paragraph=self._number, table=number, part=part)
        self.elements[place] = table
        self.builder.table(
            rows, place, header_rows=headers, marked=headers > 0 or has_first_row(table)
        )
        for inner in tables_inside(table):
            self._table(inner, part)
        if not part:
            for cell in table.iter(qn("w:tc")):
                self._inside_cell(cell)

    def _inside_cell(self, cell: Any) -> None:
        for paragraph in cell.iterchildren(_PARAGRAPH):
            self._inside(paragraph, "")

    def _headers(self) -> None:
        """The heads and feet of pages, each text once."""
        told: set[str] = set()
        for relation in self.document.part.rels.values():
            kind = str(relation.reltype).rsplit("/", 1)[-1]
            if kind not in ("header", "footer") or relation.is_external:
                continue
            element = relation.target_part.element
            words = "\n".join(paragraph_words(one) for one in element.iter(_PARAGRAPH))
            if words.strip() and words not in told:
                told.add(words)
                self._blocks_inside(element, f"page {kind}")


def _in_order(element: Any) -> Iterator[Any]:
    """Paragraphs and tables in order, those inside content controls too."""
    for child in element:
        if child.tag in (_PARAGRAPH, _TABLE):
            yield child
        elif child.tag in _CONTROLS:
            yield from _in_order(child)


def _notes(document: Any, kind: str) -> dict[str, Any]:
    """The notes of a document by the number that the file gives them."""
    for relation in document.part.rels.values():
        if str(relation.reltype).endswith(f"/{kind}s") and not relation.is_external:
            root = etree.fromstring(relation.target_part.blob, _PARSER)
            return {
                one.get(qn("w:id")) or "": one
                for one in root.iter(qn(f"w:{kind}"))
                if one.get(qn("w:type")) in (None, "normal")
            }
    return {}


def _has_words(run: Any) -> bool:
    return any((node.text or "").strip() for node in run.iter(qn("w:t")))


def _decorative(described: Any) -> bool:
    return any(mark.get("val") in ("1", "true") for mark in described.iter(_DECORATIVE))
