"""Reads the words back out of each of the five formats, to prove that they say the same.

`assert_same_figures(document, files)` is what golden tests of packs call: every figure that a
reader sees stands in each format in the order of the document, and the figures of charts stand
there as sets.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator, Mapping
from html.parser import HTMLParser
from typing import Any

import openpyxl
import pypdfium2
import pytest
from docx import Document as open_word
from pptx import Presentation as open_slides

from saferboard.documents.model import (
    Block,
    Bound,
    Document,
    Figure,
    Inlines,
    Section,
    Table,
    bound_in,
    inlines,
    plain,
)
from saferboard.documents.render.plain_charts import drawn_series
from saferboard.documents.walk import leaves, nested


class _Words(HTMLParser):
    """The words of a page in order, and the facts that they come from."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.facts: list[tuple[str, str]] = []
        self._fact: str | None = None
        self._hidden = 0

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        if tag in ("style", "svg"):
            self._hidden += 1
        fact = dict(attributes).get("data-fact")
        if fact is not None:
            self._fact = fact

    def handle_endtag(self, tag: str) -> None:
        if tag in ("style", "svg"):
            self._hidden -= 1
        if tag == "span":
            self._fact = None

    def handle_data(self, data: str) -> None:
        if self._hidden:
            return
        self.words.append(data)
        if self._fact is not None:
            self.facts.append((self._fact, data))


def html_words(data: bytes) -> str:
    reader = _Words()
    reader.feed(data.decode())
    return " ".join(reader.words)


def html_facts(data: bytes) -> list[tuple[str, str]]:
    """Fact and display of every bound figure of a page, in order."""
    reader = _Words()
    reader.feed(data.decode())
    return reader.facts


def squeezed(words: str) -> str:
    """Without white space: where lines break is the format's affair."""
    return re.sub(r"\s+", "", words)


def printed(document: Document) -> list[Bound]:
    """The figures of headlines, sentences, key figures and tables, in reading order: those of
    a chart's own table and alternative are compared as sets instead."""
    found: list[Bound] = []
    for section in document.sections:
        found.extend(_bound(section.title))
        for block in section.blocks:
            if isinstance(block, Figure):
                found.extend(_bound(block.caption))
            else:
                found.extend(part for part in inlines(block) if isinstance(part, Bound))
    return found


def charted(document: Document) -> set[str]:
    """The displays behind every chart."""
    return {
        part.display
        for section in document.sections
        for figure in figures(section)
        if figure.table
        for part in inlines(figure.table)
        if isinstance(part, Bound)
    }


def figures(section: Section) -> Iterator[Figure]:
    for block in nested(section.blocks):
        if isinstance(block, Figure):
            yield block


def _bound(parts: Inlines) -> list[Bound]:
    return [part for part, _ in leaves(parts) if isinstance(part, Bound)]


def missing_in_order(wanted: list[Bound], words: str) -> str | None:
    """The first figure that does not follow the one before it in `words`, or None."""
    text = squeezed(words)
    at = 0
    for number, part in enumerate(wanted):
        display = squeezed(part.display)
        found = text.find(display, at)
        if found < 0:
            before = [other.display for other in wanted[max(0, number - 3) : number]]
            return f"{part.display} ({part.fact}), after {before}"
        at = found + len(display)
    return None


def pdf_words(data: bytes) -> str:
    made = pypdfium2.PdfDocument(data)
    return "\n".join(made[number].get_textpage().get_text_range() for number in range(len(made)))


def docx_words(data: bytes) -> str:
    """Paragraphs and tables of the body, in order."""
    body = open_word(io.BytesIO(data)).element.body
    mark = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}t"
    return " ".join(element.text or "" for element in body.iter(mark))


def pptx_words(data: bytes) -> str:
    """Every slide's shapes in the order in which they are read, then what its presenter reads:
    the notes of a measure hold the whole page in words where its slides leave something out."""
    words: list[str] = []
    for slide in open_slides(io.BytesIO(data)).slides:
        for shape in slide.shapes:
            if shape.has_text_frame:
                words.append(shape.text_frame.text)
            elif getattr(shape, "has_table", False) and shape.has_table:
                words += [cell.text_frame.text for cell in shape.table.iter_cells()]
        if slide.has_notes_slide:
            words.append(slide.notes_slide.notes_text_frame.text)
    return "\n".join(words)


def pptx_charted(data: bytes) -> set[float]:
    """The raw values of every native chart."""
    return {
        round(value, 6)
        for slide in open_slides(io.BytesIO(data)).slides
        for shape in slide.shapes
        if getattr(shape, "has_chart", False) and shape.has_chart
        for plot in shape.chart.plots
        for series in plot.series
        for value in series.values
        if value is not None
    }


def workbook(data: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(data))


def cells(data: bytes) -> set[object]:
    """Every value of every sheet."""
    return {
        round(cell.value, 6) if isinstance(cell.value, float) else cell.value
        for sheet in workbook(data)
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    }


def drawn_values(document: Document, *, native_only: bool) -> set[float]:
    """The raw values of charts; `native_only` leaves out pictures and error bars."""
    return {
        round(float(point.value), 6)
        for section in document.sections
        for figure in figures(section)
        if not native_only or figure.chart.kind in ("line", "bar", "column", "interval", "funnel")
        for series in (drawn_series(figure.chart) if native_only else figure.chart.series)
        for point in series.points
        if point is not None and isinstance(point.value, int | float)
    }


def assert_same_figures(document: Document, files: Mapping[str, bytes]) -> None:
    """Each of `files` (by format) says what `document` says, in its order."""
    wanted = printed(document)
    sets = {squeezed(display) for display in charted(document)}
    if "html" in files:
        every = [(part.fact, part.display) for part in bound_in(document)]
        assert html_facts(files["html"]) == every, "html"
    readers: dict[str, Callable[[bytes], str]] = {
        "pdf": pdf_words,
        "docx": docx_words,
        "pptx": pptx_words,
    }
    for name, reader in readers.items():
        if name in files:
            words = reader(files[name])
            assert missing_in_order(wanted, words) is None, name
            if name != "pptx":
                text = squeezed(words)
                assert {display for display in sets if display not in text} == set(), name
    if "pptx" in files:
        absent = drawn_values(document, native_only=True) - pptx_charted(files["pptx"])
        assert absent == set(), "pptx"
    if "xlsx" in files:
        _assert_workbook(document, files["xlsx"])


def _assert_workbook(document: Document, data: bytes) -> None:
    """Words in order on their sheet; each table's raw values and formats, cell by cell."""
    book = workbook(data)
    words = "\n".join(str(row[1].value) for row in book["Headlines and sentences"].iter_rows())
    told = [
        part
        for section in document.sections
        for part in (*_bound(section.title), *_told(section.blocks))
    ]
    assert missing_in_order(told, words) is None, "xlsx"
    contents = {sheet["A1"].value: sheet for sheet in book if sheet.title not in ("Contents",)}
    for section in document.sections:
        for block in nested(section.blocks):
            if isinstance(block, Table):
                _assert_sheet(block, contents[plain(block.caption)])
    absent = drawn_values(document, native_only=False) - {
        value for value in cells(data) if isinstance(value, int | float)
    }
    assert absent == set(), "xlsx"


def _told(blocks: tuple[Block, ...]) -> list[Bound]:
    found: list[Bound] = []
    for block in blocks:
        if isinstance(block, Figure):
            found += [*_bound(block.caption), *_bound(block.alternative)]
        elif not isinstance(block, Table):
            found += [part for part in inlines(block) if isinstance(part, Bound)]
    return found


def _assert_sheet(table: Table, sheet: Any) -> None:
    first = 4 + len(table.head)
    for number, row in enumerate(table.body):
        column = 1
        for cell in row:
            written = sheet.cell(first + number, column)
            column += cell.span
            only = cell.parts[0] if len(cell.parts) == 1 else None
            if isinstance(only, Bound) and isinstance(only.value, int | float):
                assert written.value == pytest.approx(only.value), only.fact
                assert written.number_format == only.code, only.fact
            else:
                assert (written.value or "") == plain(cell.parts), (table.key, written.coordinate)
