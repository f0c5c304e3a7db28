"""The slide master used when the partnership gives none: wide, white, one strip of colour.

Made from the plain presentation that comes with python-pptx: its layouts are placed anew, and
those that no section needs are taken out.
"""

from __future__ import annotations

from typing import Any

from lxml import etree
from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.oxml.ns import qn
from pptx.util import Inches, Pt

from saferboard.documents.themes.palette import INK, QUIET_INK, Palette

FONT = "Arial"
WIDE, HIGH = Inches(13.333), Inches(7.5)
MARGIN = Inches(0.6)
_KEPT = ("Title Slide", "Title Only")


def default_presentation(palette: Palette) -> Any:
    """An empty presentation with a cover layout and a title-only layout."""
    presentation = Presentation()
    _without_thumbnail(presentation)
    presentation.slide_width, presentation.slide_height = WIDE, HIGH
    master = presentation.slide_master
    _colours_and_fonts(master, palette)
    for layout in list(presentation.slide_layouts):
        if layout.name not in _KEPT:
            presentation.slide_layouts.remove(layout)
    for shape in list(master.placeholders):
        _place(shape, _PLACES.get(shape.placeholder_format.type.name))
    for layout in presentation.slide_layouts:
        cover = layout.name == "Title Slide"
        for shape in list(layout.placeholders):
            name = shape.placeholder_format.type.name
            if name == "DATE":
                shape._element.getparent().remove(shape._element)
            else:
                _place(shape, (_COVER if cover else _PLACES).get(name))
    _title_style(master, palette)
    for name, high in (("Title Only", Inches(0.16)), ("Title Slide", Inches(1.25))):
        _strip(presentation, name, high, palette)
    return presentation


def _without_thumbnail(presentation: Any) -> None:
    """The plain presentation's preview shows another first slide than ours."""
    relations = presentation.part.package._rels
    for name, relation in list(relations.items()):
        if relation.reltype.endswith("/thumbnail"):
            relations.pop(name)


def rgb(colour: str) -> RGBColor:
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return RGBColor(red, green, blue)


_PLACES = {
    "TITLE": (MARGIN, Inches(0.42), WIDE - 2 * MARGIN, Inches(0.72)),
    "BODY": (MARGIN, Inches(1.3), WIDE - 2 * MARGIN, Inches(5.4)),
    "DATE": (MARGIN, Inches(7.02), Inches(2), Inches(0.3)),
    "FOOTER": (MARGIN, Inches(7.02), Inches(10.4), Inches(0.3)),
    "SLIDE_NUMBER": (WIDE - MARGIN - Inches(1.2), Inches(7.02), Inches(1.2), Inches(0.3)),
}
_COVER = {
    **_PLACES,
    "CENTER_TITLE": (MARGIN, Inches(2.5), Inches(11.4), Inches(1.5)),
    "SUBTITLE": (MARGIN, Inches(4.15), Inches(11.4), Inches(2.3)),
}


def _place(shape: Any, place: tuple[int, int, int, int] | None) -> None:
    if place is not None:
        shape.left, shape.top, shape.width, shape.height = place


def _colours_and_fonts(master: Any, palette: Palette) -> None:
    part = next(
        relation.target_part
        for relation in master.part.rels.values()
        if relation.reltype.endswith("/theme")
    )
    theme = etree.fromstring(part.blob)
    space = {"a": "http://schemas.openxmlformats.org/drawingml/2006/main"}
    colours = {
        "dk1": INK,
        "lt1": "#ffffff",
        "dk2": palette.brand,
        "lt2": palette.brand_ground,
        "accent1": palette.brand,
        "accent2": palette.accent,
        "accent3": "#5d6b75",
        "accent4": "#0072b2",
        "accent5": "#8a5a00",
        "accent6": "#7b4f9d",
        "hlink": palette.brand,
        "folHlink": palette.brand,
    }
    for name, colour in colours.items():
        for slot in theme.findall(f".//a:clrScheme/a:{name}", space):
            for child in list(slot):
                slot.remove(child)
            etree.SubElement(slot, f"{{{space['a']}}}srgbClr", val=colour[1:].upper())
    for font in theme.findall(".//a:fontScheme/*/a:latin", space):
        font.set("typeface", FONT)
    part._blob = etree.tostring(theme, xml_declaration=True, encoding="UTF-8", standalone=True)


def _title_style(master: Any, palette: Palette) -> None:
    """Titles at the left, in the brand's colour; on the cover large and white."""
    style = master._element.find(f"{qn('p:txStyles')}/{qn('p:titleStyle')}/{qn('a:lvl1pPr')}")
    style.set("algn", "l")
    run = style.find(qn("a:defRPr"))
    run.set("sz", "2800")
    run.set("b", "1")
    fill = run.find(qn("a:solidFill"))
    if fill is not None:
        run.remove(fill)
    fill = etree.SubElement(run, qn("a:solidFill"))
    run.insert(0, fill)
    etree.SubElement(fill, qn("a:srgbClr"), val=palette.brand[1:].upper())
    for shape in master.placeholders:
        name = shape.placeholder_format.type.name
        shape.text_frame.margin_left = shape.text_frame.margin_right = 0
        if name == "TITLE":
            _anchor(shape, "b")
        elif name in ("FOOTER", "SLIDE_NUMBER"):
            _small(shape, "l" if name == "FOOTER" else "r")
    for layout in master.slide_layouts:
        for shape in layout.placeholders:
            name = shape.placeholder_format.type.name
            shape.text_frame.margin_left = shape.text_frame.margin_right = 0
            if name == "CENTER_TITLE":
                _first_level(shape, size=4400, bold=True, colour=palette.brand)
                _anchor(shape, "b")
            elif name == "SUBTITLE":
                _first_level(shape, size=2000, bold=False, colour=INK)
            elif name in ("FOOTER", "SLIDE_NUMBER"):
                _small(shape, "l" if name == "FOOTER" else "r")


def _first_level(shape: Any, *, size: int, bold: bool, colour: str) -> None:
    """Text at the left without bullets, as the cover has it."""
    body = shape._element.txBody
    lists = body.find(qn("a:lstStyle"))
    for child in list(lists):
        lists.remove(child)
    level = etree.SubElement(lists, qn("a:lvl1pPr"), marL="0", indent="0", algn="l")
    etree.SubElement(level, qn("a:buNone"))
    run = etree.SubElement(level, qn("a:defRPr"), sz=str(size), b="1" if bold else "0")
    fill = etree.SubElement(run, qn("a:solidFill"))
    etree.SubElement(fill, qn("a:srgbClr"), val=colour[1:].upper())


def _anchor(shape: Any, where: str) -> None:
    shape._element.txBody.find(qn("a:bodyPr")).set("anchor", where)


def _small(shape: Any, align: str) -> None:
    lists = shape._element.txBody.find(qn("a:lstStyle"))
    for child in list(lists):
        lists.remove(child)
    level = etree.SubElement(lists, qn("a:lvl1pPr"), algn=align)
    run = etree.SubElement(level, qn("a:defRPr"), sz=str(int(Pt(10).pt * 100)))
    fill = etree.SubElement(run, qn("a:solidFill"))
    etree.SubElement(fill, qn("a:srgbClr"), val=QUIET_INK[1:].upper())


def _strip(presentation: Any, name: str, high: int, palette: Palette) -> None:
    """A strip of the brand's colour along the top of a layout."""
    layout = next(item for item in presentation.slide_layouts if item.name == name)
    tree = layout.shapes._spTree
    element = etree.fromstring(
        f'<p:sp xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" '
        f'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
        f'<p:nvSpPr><p:cNvPr id="90" name="Strip"/><p:cNvSpPr/><p:nvPr userDrawn="1"/></p:nvSpPr>'
        f'<p:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{int(WIDE)}" cy="{int(high)}"/>'
        f'</a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:solidFill>'
        f'<a:srgbClr val="{palette.brand[1:].upper()}"/></a:solidFill><a:ln><a:noFill/></a:ln>'
        f"</p:spPr></p:sp>"
    )
    tree.insert(2, element)
