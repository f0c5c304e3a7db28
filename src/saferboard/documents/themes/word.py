"""The Word styles used when the partnership gives no template: real headings, Arial, A4."""

from __future__ import annotations

from typing import Any

from docx import Document as open_document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from saferboard.documents.themes.palette import INK, QUIET_INK, Palette

FONT = "Arial"


def default_document(palette: Palette, language: str) -> Any:
    """An empty A4 document with every style that the renderer asks for."""
    document = open_document()
    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = Mm(20)
    page.top_margin, page.bottom_margin = Mm(20), Mm(20)
    normal = document.styles["Normal"]
    _letters(normal, 11, INK)
    normal.paragraph_format.space_after = Pt(6)
    normal.paragraph_format.line_spacing = 1.15
    for name, size, before in (
        ("Title", 32, 0),
        ("Heading 1", 20, 18),
        ("Heading 2", 14, 14),
        ("Heading 3", 12, 10),
        ("Heading 4", 11, 8),
    ):
        style = document.styles[name]
        _letters(style, size, palette.brand, bold=True)
        style.paragraph_format.space_before = Pt(before)
        style.paragraph_format.space_after = Pt(6)
        style.paragraph_format.keep_with_next = True
    _without_border(document.styles["Title"])
    _letters(document.styles["Subtitle"], 15, INK)
    _letters(document.styles["Caption"], 11, INK, bold=True)
    document.styles["Caption"].paragraph_format.keep_with_next = True
    own_styles(document, palette)
    speak(document, language)
    return document


def own_styles(document: Any, palette: Palette) -> None:
    """Add the styles that Word has no name for, unless the template brings its own."""
    for name, size, bold, colour in (
        ("Headline", 14, True, INK),
        ("Lead", 12.5, False, INK),
        ("Meaning", 11, False, INK),
        ("Source", 9, False, QUIET_INK),
        ("Notice", 10.5, False, INK),
        ("Table Text", 9.5, False, INK),
    ):
        if name in document.styles:
            continue
        style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = document.styles["Normal"]
        style.font.size = Pt(size)
        style.font.bold = bold
        style.font.color.rgb = colour_of(colour)
        style.paragraph_format.space_after = Pt(0 if name == "Table Text" else 6)
        if name == "Table Text":
            style.paragraph_format.line_spacing = 1.0
        if name in ("Meaning", "Notice"):
            _boxed(style, palette.brand_ground if name == "Meaning" else "#f3f6f7", palette.brand)


def speak(document: Any, language: str) -> None:
    """Say in every default in which language the words are."""
    defaults = document.styles.element.find(
        f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}"
    )
    holders = [defaults] if defaults is not None else []
    holders.append(document.styles["Normal"].element.get_or_add_rPr())
    for holder in holders:
        for old in holder.findall(qn("w:lang")):
            holder.remove(old)
        spoken = holder.makeelement(
            qn("w:lang"),
            {qn("w:val"): language, qn("w:eastAsia"): language, qn("w:bidi"): "ar-SA"},
        )
        holder.append(spoken)


def colour_of(colour: str) -> RGBColor:
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return RGBColor(red, green, blue)


def _letters(style: Any, size: float, colour: str, *, bold: bool | None = None) -> None:
    style.font.name = FONT
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in list(fonts.attrib):
        if name.endswith(("Theme", "theme")):
            del fonts.attrib[name]
    for name in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(name), FONT)
    style.font.size = Pt(size)
    style.font.italic = False
    style.font.color.rgb = colour_of(colour)
    for spread in style.element.rPr.findall(qn("w:spacing")):
        style.element.rPr.remove(spread)
    if bold is not None:
        style.font.bold = bold


def _boxed(style: Any, ground: str, edge: str) -> None:
    properties = style.element.get_or_add_pPr()
    borders = properties.makeelement(qn("w:pBdr"), {})
    borders.append(
        properties.makeelement(
            qn("w:left"),
            {
                qn("w:val"): "single",
                qn("w:sz"): "24",
                qn("w:space"): "8",
                qn("w:color"): edge[1:].upper(),
            },
        )
    )
    shade = properties.makeelement(
        qn("w:shd"), {qn("w:val"): "clear", qn("w:color"): "auto", qn("w:fill"): ground[1:].upper()}
    )
    spacing = properties.find(qn("w:spacing"))
    for element in (borders, shade):
        if spacing is not None:
            spacing.addprevious(element)
        else:
            properties.append(element)


def _without_border(style: Any) -> None:
    properties = style.element.find(qn("w:pPr"))
    borders = properties.find(qn("w:pBdr")) if properties is not None else None
    if borders is not None:
        properties.remove(borders)
