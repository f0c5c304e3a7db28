"""Drawing on one slide: words, cards, pictures and tables at places measured beforehand.

python-pptx has no interface for alternative text, languages of words or cell borders: those
are set in the XML.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from lxml import etree
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.util import Pt

from saferboard.documents.model import Cell, Inlines, Link, Strong, Table, Tag, plain
from saferboard.documents.render.slide_tables import Arranged
from saferboard.documents.render.slide_text import INDENT, Line, Piece
from saferboard.documents.themes.palette import INK, PANEL, RULE, TONES, WHITE, Palette
from saferboard.documents.themes.slides import rgb

_NO_STYLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
_ALIGN = {"left": PP_ALIGN.LEFT, "right": PP_ALIGN.RIGHT, "centre": PP_ALIGN.CENTER}


@dataclass(frozen=True)
class Box:
    """A place on a slide, in points."""

    left: float
    top: float
    width: float
    height: float

    @property
    def bottom(self) -> float:
        return self.top + self.height

    def emu(self) -> tuple[int, int, int, int]:
        return (
            int(Pt(self.left)),
            int(Pt(self.top)),
            int(Pt(self.width)),
            int(Pt(self.height)),
        )


@dataclass(frozen=True)
class Canvas:
    """One slide to draw on."""

    shapes: Any
    palette: Palette
    language: str

    def text(self, piece: Piece, box: Box, name: str = "Text") -> None:
        """Words in a box of their own, filled and framed if the piece is."""
        if piece.fill:
            shape = self.shapes.add_shape(MSO_SHAPE.RECTANGLE, *box.emu())
            shape.fill.solid()
            shape.fill.fore_color.rgb = rgb(piece.fill)
            shape._element.remove(shape._element.find(qn("p:style")))  # no shadow, no theme line
            if piece.edge:
                shape.line.color.rgb = rgb(piece.edge)
                shape.line.width = Pt(1.25)
            else:
                shape.line.fill.background()
        else:
            shape = self.shapes.add_textbox(*box.emu())
        shape.name = name
        frame = shape.text_frame
        frame.word_wrap = True
        frame.auto_size = MSO_AUTO_SIZE.NONE
        frame.vertical_anchor = MSO_ANCHOR.TOP
        frame.margin_left = frame.margin_right = Pt(piece.padding)
        frame.margin_top = frame.margin_bottom = Pt(piece.padding)
        for number, line in enumerate(piece.lines):
            paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
            self.paragraph(paragraph, line)

    def paragraph(self, paragraph: Any, line: Line) -> None:
        paragraph.alignment = PP_ALIGN.LEFT
        paragraph.space_after = Pt(line.after)
        if line.bullet:
            properties = paragraph._p.get_or_add_pPr()
            indent = int(Pt(INDENT))
            properties.set("marL", str(indent))
            properties.set("indent", str(-indent))
            if line.bullet == "•":
                etree.SubElement(properties, qn("a:buChar"), char="•")
            else:
                start = line.bullet.removesuffix(".")
                etree.SubElement(properties, qn("a:buAutoNum"), type="arabicPeriod", startAt=start)
        self.runs(paragraph, line.parts, line.size, bold=line.bold, colour=line.colour)

    def runs(
        self,
        paragraph: Any,
        parts: Inlines,
        size: float,
        *,
        bold: bool = False,
        colour: str = INK,
        address: str = "",
    ) -> None:
        for part in parts:
            match part:
                case Strong():
                    self.runs(
                        paragraph, part.parts, size, bold=True, colour=colour, address=address
                    )
                case Link():
                    outside = "" if part.target.startswith("#") else part.target
                    self.runs(
                        paragraph, part.parts, size, bold=bold, colour=colour, address=outside
                    )
                case _:
                    run = paragraph.add_run()
                    run.text = plain((part,))
                    run.font.size = Pt(size)
                    run.font.bold = bold or isinstance(part, Tag)
                    shade = TONES[part.tone].ink if isinstance(part, Tag) else colour
                    run.font.color.rgb = rgb(shade)
                    run._r.get_or_add_rPr().set("lang", self.language)
                    if address:
                        run.hyperlink.address = address

    def picture(self, data: bytes, words: str, box: Box, *, natural: bool = False) -> float:
        """A picture as large as the box allows (or as it is, if `natural`), at its top left,
        with its alternative. Gives its height in points."""
        picture = self.shapes.add_picture(io.BytesIO(data), *box.emu()[:2])
        most = 1.0 if natural else 10.0
        scale = min(box.emu()[2] / picture.width, box.emu()[3] / picture.height, most)
        picture.width, picture.height = int(picture.width * scale), int(picture.height * scale)
        describe(picture, words)
        return float(picture.height / 12700)

    def table(
        self,
        table: Table,
        rows: Sequence[int],
        part: Arranged,
        heights: Sequence[float],
        at: tuple[float, float],
    ) -> None:
        """Header rows and the body rows numbered `rows` of `table`, for the columns of `part`.
        `heights` has one entry for each row drawn; tables with spans keep all columns."""
        columns = part.columns
        drawn = [(row, True, False) for row in table.head]
        drawn += [(table.body[row], False, row in table.emphasis) for row in rows]
        box = Box(*at, sum(part.widths), sum(heights))
        frame = self.shapes.add_table(len(drawn), len(columns), *box.emu())
        frame.name = f"Table: {plain(table.caption)}"[:120]
        describe(frame, plain(table.caption))
        native = frame.table
        native.first_row, native.horz_banding = True, False
        frame._element.graphic.graphicData.tbl.tblPr.find(qn("a:tableStyleId")).text = _NO_STYLE
        for column, wide in zip(native.columns, part.widths, strict=True):
            column.width = Pt(wide)
        for number, (row, is_head, marked) in enumerate(drawn):
            native.rows[number].height = Pt(heights[number])
            place = 0
            for cell in row:
                if place in columns:
                    at_column = columns.index(place)
                    target = native.cell(number, at_column)
                    if cell.span > 1:
                        target.merge(native.cell(number, at_column + cell.span - 1))
                    self._cell(target, cell, part, is_head=is_head, marked=marked)
                place += cell.span

    def _cell(
        self, target: Any, cell: Cell, part: Arranged, *, is_head: bool, marked: bool
    ) -> None:
        target.margin_left = target.margin_right = Pt(4.5)
        target.margin_top = target.margin_bottom = Pt(part.padding)
        target.vertical_anchor = MSO_ANCHOR.BOTTOM if is_head else MSO_ANCHOR.TOP
        paragraph = target.text_frame.paragraphs[0]
        paragraph.alignment = _ALIGN[cell.align]
        self.runs(paragraph, cell.parts, part.size, bold=is_head or marked)
        ground = self.palette.accent_ground if marked else WHITE
        if is_head:
            ground = PANEL
        elif cell.tone != "none":
            ground = TONES[cell.tone].ground
        target.fill.solid()
        target.fill.fore_color.rgb = rgb(ground)
        properties = target._tc.get_or_add_tcPr()
        line = etree.Element(qn("a:lnB"), w=str(int(Pt(1.5 if is_head else 0.5))))
        fill = etree.SubElement(line, qn("a:solidFill"))
        etree.SubElement(fill, qn("a:srgbClr"), val=(INK if is_head else RULE)[1:].upper())
        properties.insert(0, line)


def describe(shape: Any, words: str) -> None:
    """Set a shape's alternative text."""
    element = shape._element
    for properties in element.iter(qn("p:cNvPr")):
        properties.set("descr", words)
        return
