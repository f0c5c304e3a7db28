"""A Word document: heading styles, captions, header rows that repeat, words for pictures."""

from __future__ import annotations

import io
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from docx import Document as open_document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Emu, Mm, Pt

from saferboard.documents.model import (
    Block,
    Bullets,
    Definitions,
    Document,
    Figure,
    Heading,
    Inlines,
    KeyFigures,
    Link,
    Note,
    Paragraph,
    Picture,
    Section,
    Strong,
    Table,
    Tag,
    Text,
    plain,
)
from saferboard.documents.render.pictures import PNG_SCALE, Pictures
from saferboard.documents.render.templates import opened
from saferboard.documents.render.word_tables import table_element
from saferboard.documents.themes.palette import QUIET_INK, TONES, Palette
from saferboard.documents.themes.word import colour_of, default_document, own_styles, speak
from saferboard.documents.walk import figures_of

_ROLES = {
    "body": "Normal",
    "headline": "Headline",
    "lead": "Lead",
    "meaning": "Meaning",
    "source": "Source",
    "note": "Source",
    "byline": "Source",
    "key": "Source",
}
_PIXEL = 9525
_HIGHEST = Mm(150)
# A set of many areas leaves room on its page for what is said of it.
_HIGHEST_BARS = Mm(112)


def render(
    document: Document,
    *,
    template: Path | None = None,
    pictures: Pictures | None = None,
    tables_behind: bool = True,
) -> bytes:
    """The document as a Word file, in the partnership's own template if one is given.
    `tables_behind` prints the figures of every chart at the end."""
    pictures = pictures or Pictures(document.look)
    pictures.draw(document, narrow=False)
    palette = Palette.of(document.look)
    if template is None:
        word = default_document(palette, document.language)
    else:
        word = opened(template, open_document, "Word")
        _without_words(word)
        own_styles(word, palette)
        speak(word, document.language)
    writer = Writer(word, document, palette, pictures)
    writer.cover()
    for section in document.sections:
        writer.section(section)
    if tables_behind and any(figure.table for _, figure in figures_of(document)):
        writer.figures_behind()
    writer.edges()
    properties = word.core_properties
    properties.title, properties.author = document.title, document.organisation
    properties.subject, properties.language = document.subtitle, document.language
    properties.keywords = ", ".join(document.keywords)
    properties.comments = ""
    out = io.BytesIO()
    word.save(out)
    return out.getvalue()


class Writer:
    """Appends blocks to a Word document."""

    def __init__(self, word: Any, document: Document, palette: Palette, pictures: Pictures) -> None:
        self.word = word
        self.document = document
        self.palette = palette
        self.pictures = pictures
        page = word.sections[-1]
        self.room = int(page.page_width - page.left_margin - page.right_margin)
        self._bookmarks = 0
        # Looking a style up by name searches all of them: once is enough.
        self._styles = {style.name: style for style in word.styles}

    def cover(self) -> None:
        document = self.document
        if document.marking:
            self._words((document.marking,), "Source")
        logo = document.look.logo
        if logo is not None:
            self._image(self.pictures.raster(logo), logo.alternative, Mm(50), Mm(20))
        self._words((document.organisation,), "Lead").paragraph_format.space_before = Pt(120)
        self._words((document.title,), "Title")
        for words in filter(None, (document.subtitle, document.date, document.contact)):
            self._words((words,), "Subtitle")
        self._contents()

    def section(self, section: Section) -> None:
        heading = self._heading(section.title, 1, section.anchor)
        heading.paragraph_format.page_break_before = True
        if section.presenter:
            self._words((f"Presented by {section.presenter}",), "Source")
        self.blocks(section.blocks)

    def figures_behind(self) -> None:
        title = self._words(("The figures behind the charts",), "Heading 1")
        title.paragraph_format.page_break_before = True
        for section, figure in figures_of(self.document):
            if figure.table:
                self._words((plain(section.title),), "Heading 2")
                self._table(figure.table, size=8.5)

    def blocks(self, blocks: Iterable[Block], style: str = "") -> None:
        for block in blocks:
            self._block(block, style)

    def _block(self, block: Block, style: str) -> None:
        match block:
            case Heading():
                self._heading(block.parts, block.level - 1, block.anchor)
            case Paragraph():
                self._paragraph(block.parts, style or _ROLES[block.role])
            case Bullets():
                name = "List Number" if block.numbered else "List Bullet"
                for number, item in enumerate(block.items):
                    paragraph = self._paragraph(item, self._known(name))
                    if block.numbered and number == 0:
                        self._restart(paragraph)
            case Table():
                self._table(block)
            case Figure():
                self._figure(block)
            case Picture():
                data = self.pictures.raster(block)
                self._image(data, block.alternative, self.room, Mm(80))
            case Note():
                title = self._paragraph((Strong(block.title),), "Notice")
                title.paragraph_format.space_before = Pt(10)
                title.paragraph_format.keep_with_next = True
                self.blocks(block.blocks, "Notice")
            case KeyFigures():
                self._key_figures(block)
            case Definitions():
                for term, meaning in block.items:
                    title = self._paragraph((Strong(term),), "Normal")
                    title.paragraph_format.keep_with_next = True
                    self.blocks(meaning)

    def _heading(self, parts: Inlines, level: int, anchor: str) -> Any:
        paragraph = self._paragraph(parts, self._known(f"Heading {min(level, 9)}"))
        if anchor:
            self._bookmark(paragraph, anchor)
        return paragraph

    def _figure(self, figure: Figure) -> None:
        self._paragraph(figure.caption, self._known("Caption"))
        data = self.pictures.png(figure.chart)
        highest = _HIGHEST_BARS if figure.chart.kind in ("bar", "interval") else _HIGHEST
        self._image(data, plain(figure.alternative), self.room, highest)

    def _image(self, data: bytes, words: str, widest: int, highest: int) -> None:
        paragraph = self.word.add_paragraph()
        shape = paragraph.add_run().add_picture(io.BytesIO(data))
        wide, high = _drawn_size(data)
        scale = min(widest / wide, highest / high, 1.0 if wide < widest else 10.0)
        shape.width, shape.height = Emu(int(wide * scale)), Emu(int(high * scale))
        properties = shape._inline.docPr
        properties.set("descr", words)
        self._bookmarks += 1
        properties.set("id", str(2000 + self._bookmarks))

    def _table(self, table: Table, size: float = 0.0) -> None:
        size = size or (8.0 if table.wide else 9.5)
        caption = self._paragraph(table.caption, self._known("Caption"))
        caption.paragraph_format.keep_with_next = True
        style = self._styles["Table Text"].style_id
        element = table_element(table, self.palette, self.room / 12700, style=style, size=size)
        self.word.element.body.insert(len(self.word.element.body) - 1, element)
        after = self._paragraph(table.note, "Source")
        after.paragraph_format.space_before = Pt(4)

    def _key_figures(self, block: KeyFigures) -> None:
        """A row of cells without a header is layout: each key figure is a line of words."""
        for item in block.items:
            line = self._paragraph((Strong(item.label), Text("   ")), "Normal")
            at = len(line.runs)
            self._add(line, item.value)
            for run in line.runs[at:]:
                run.font.size, run.font.bold = Pt(17), True
                run.font.color.rgb = colour_of(self.palette.brand)
            self._add(line, (Text("   "), *item.detail))
            if item.tag:
                self._add(line, (Text("   "), item.tag))
            line.paragraph_format.space_after = Pt(2)

    def _paragraph(self, parts: Inlines, style: str) -> Any:
        paragraph = self._empty(style)
        self._add(paragraph, parts)
        return paragraph

    def _words(self, words: Iterable[str], style: str) -> Any:
        paragraph = self._empty(style)
        paragraph.add_run("".join(words))
        return paragraph

    def _empty(self, style: str) -> Any:
        paragraph = self.word.add_paragraph()
        paragraph._p.style = self._styles[self._known(style)].style_id
        return paragraph

    def _add(self, paragraph: Any, parts: Inlines, *, bold: bool = False) -> None:
        for part in parts:
            match part:
                case Strong():
                    self._add(paragraph, part.parts, bold=True)
                case Link():
                    self._link(paragraph, part)
                case _:
                    run = paragraph.add_run(plain((part,)))
                    if bold or isinstance(part, Tag):
                        run.bold = True
                    if isinstance(part, Tag):
                        run.font.color.rgb = colour_of(TONES[part.tone].ink)

    def _link(self, paragraph: Any, link: Link) -> None:
        element = OxmlElement("w:hyperlink")
        if link.target.startswith("#"):
            element.set(qn("w:anchor"), _bookmark_name(link.target[1:]))
        else:
            kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
            relation = paragraph.part.relate_to(link.target, kind, is_external=True)
            element.set(qn("r:id"), relation)
        run = paragraph.add_run(plain(link.parts))
        run.underline = True
        run.font.color.rgb = colour_of(self.palette.brand)
        paragraph._p.append(element)
        element.append(run._r)

    def _bookmark(self, paragraph: Any, anchor: str) -> None:
        self._bookmarks += 1
        start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
        for element in (start, end):
            element.set(qn("w:id"), str(self._bookmarks))
        start.set(qn("w:name"), _bookmark_name(anchor))
        paragraph._p.insert(1 if paragraph._p.pPr is not None else 0, start)
        paragraph._p.append(end)

    def _contents(self) -> None:
        """A list of sections that link to their places; page numbers are Word's to fill in."""
        title = self._words(("Contents",), "Heading 1")
        title.paragraph_format.page_break_before = True
        for section in self.document.sections:
            line = self._paragraph((Link(section.title, f"#{section.anchor}"),), "Normal")
            line.paragraph_format.space_after = Pt(3)
            line.add_run("\t")
            _right_tab(line, self.room)
            _field(line, f"PAGEREF {_bookmark_name(section.anchor)} \\h")

    def edges(self) -> None:
        """Footers: organisation, marking, page x of y."""
        for part in self.word.sections:
            if any(paragraph.text.strip() for paragraph in part.footer.paragraphs):
                continue
            paragraph = part.footer.paragraphs[0]
            paragraph.style = self._styles["Normal"]
            words = filter(None, (self.document.organisation, self.document.marking))
            paragraph.add_run(" | ".join(words) + "\tPage ")
            _right_tab(paragraph, self.room)
            _field(paragraph, "PAGE")
            paragraph.add_run(" of ")
            _field(paragraph, "NUMPAGES")
            for run in paragraph.runs:
                run.font.size = Pt(9)
                run.font.color.rgb = colour_of(QUIET_INK)

    def _restart(self, paragraph: Any) -> None:
        """Let a numbered list begin at its beginning."""
        style = paragraph.style.element
        numbered = style.find(f"{qn('w:pPr')}/{qn('w:numPr')}/{qn('w:numId')}")
        if numbered is None:
            return
        numbering = self.word.part.numbering_part.numbering_definitions._numbering
        kind = numbering.num_having_numId(int(numbered.get(qn("w:val")))).abstractNumId.val
        fresh = numbering.add_num(kind)
        fresh.add_lvlOverride(ilvl=0).add_startOverride(1)
        paragraph._p.get_or_add_pPr().get_or_add_numPr().get_or_add_numId().val = fresh.numId

    def _known(self, style: str) -> str:
        """The style, or the ordinary one where a template has no such style."""
        return style if style in self._styles else "Normal"


def _without_words(word: Any) -> None:
    """Take out what a template holds as an example; its page set-up stays."""
    body = word.element.body
    for element in list(body):
        if element.tag != qn("w:sectPr"):
            body.remove(element)


def _field(paragraph: Any, code: str) -> None:
    for kind, words in (("begin", ""), ("", code), ("separate", ""), ("text", "–"), ("end", "")):
        run = paragraph.add_run()
        if kind == "text":
            run.text = words
        elif kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run._r.append(mark)
        else:
            instruction = OxmlElement("w:instrText")
            instruction.set(qn("xml:space"), "preserve")
            instruction.text = f" {words} "
            run._r.append(instruction)


def _right_tab(paragraph: Any, at: int) -> None:
    properties = paragraph._p.get_or_add_pPr()
    tabs = properties.get_or_add_tabs()
    tab = OxmlElement("w:tab")
    tab.set(qn("w:val"), "right")
    tab.set(qn("w:leader"), "none")
    tab.set(qn("w:pos"), str(at // 635))
    tabs.append(tab)


def _bookmark_name(anchor: str) -> str:
    return "s_" + anchor.replace("-", "_")[:36]


def _drawn_size(data: bytes) -> tuple[int, int]:
    """Width and height in EMU of a PNG drawn at `PNG_SCALE`."""
    wide = int.from_bytes(data[16:20], "big") if data[:4] == b"\x89PNG" else 0
    high = int.from_bytes(data[20:24], "big") if wide else 0
    return (max(1, int(wide / PNG_SCALE * _PIXEL)), max(1, int(high / PNG_SCALE * _PIXEL)))
