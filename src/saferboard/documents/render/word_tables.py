"""Tables of a Word document, written as XML: python-docx takes seconds for long ones.

The header rows repeat on every page, no row breaks across pages, and the caption is the
table's alternative text too.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from saferboard.documents.model import Cell, Inline, Inlines, Link, Strong, Table, Tag, plain
from saferboard.documents.render import fitting
from saferboard.documents.themes.palette import INK, PANEL, RULE, TONES, Palette

_TWIPS = 20
_JUSTIFY = {"left": "left", "right": "right", "centre": "center"}


def table_element(table: Table, palette: Palette, room: float, *, style: str, size: float) -> Any:
    """`table` as a `w:tbl` no wider than `room` points; `style` is the cells' paragraph style
    (its id) and `size` the letters' size, made smaller where the words need it."""
    count = sum(cell.span for cell in table.head[0])
    rows = (*table.head, *table.body)
    columns = [
        [plain(row[number].parts) if number < len(row) else "" for row in rows]
        for number in range(count)
    ]
    widths = None
    while size >= 6.5 and widths is None:
        widths = fitting.column_widths(columns, size, room)
        size -= 0 if widths else 0.5
    widths = widths or [room / count] * count
    grid = "".join(f'<w:gridCol w:w="{round(wide * _TWIPS)}"/>' for wide in widths)
    written = [
        _row(row, widths, palette, style, size, head=True, marked=False) for row in table.head
    ]
    written += [
        _row(row, widths, palette, style, size, head=False, marked=number in table.emphasis)
        for number, row in enumerate(table.body)
    ]
    caption = quoteattr(plain(table.caption))
    return parse_xml(
        f"<w:tbl {nsdecls('w')}><w:tblPr>"
        f'<w:tblW w:w="{round(sum(widths) * _TWIPS)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        '<w:tblCellMar><w:top w:w="40" w:type="dxa"/><w:left w:w="80" w:type="dxa"/>'
        '<w:bottom w:w="40" w:type="dxa"/><w:right w:w="80" w:type="dxa"/></w:tblCellMar>'
        '<w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" w:firstColumn="0" '
        'w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>'
        f"<w:tblCaption w:val={caption}/></w:tblPr>"
        f"<w:tblGrid>{grid}</w:tblGrid>{''.join(written)}</w:tbl>"
    )


def _row(
    row: Sequence[Cell],
    widths: Sequence[float],
    palette: Palette,
    style: str,
    size: float,
    *,
    head: bool,
    marked: bool,
) -> str:
    repeat = "<w:tblHeader/>" if head else ""
    at, cells = 0, []
    for cell in row:
        wide = sum(widths[at : at + cell.span])
        at += cell.span
        ground = palette.accent_ground if marked else ""
        if head:
            ground = PANEL
        elif cell.tone != "none":
            ground = TONES[cell.tone].ground
        edge = f'w:sz="12" w:color="{_hex(INK)}"' if head else f'w:sz="4" w:color="{_hex(RULE)}"'
        shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{_hex(ground)}"/>' if ground else ""
        span = f'<w:gridSpan w:val="{cell.span}"/>' if cell.span > 1 else ""
        words = runs(cell.parts, size, bold=head or marked)
        cells.append(
            f'<w:tc><w:tcPr><w:tcW w:w="{round(wide * _TWIPS)}" w:type="dxa"/>{span}'
            f'<w:tcBorders><w:bottom w:val="single" w:space="0" {edge}/></w:tcBorders>{shade}'
            f'<w:vAlign w:val="{"bottom" if head else "top"}"/></w:tcPr>'
            f"<w:p><w:pPr><w:pStyle w:val={quoteattr(style)}/>"
            f'<w:jc w:val="{_JUSTIFY[cell.align]}"/></w:pPr>{words}</w:p></w:tc>'
        )
    return f"<w:tr><w:trPr><w:cantSplit/>{repeat}</w:trPr>{''.join(cells)}</w:tr>"


def runs(parts: Inlines, size: float, *, bold: bool) -> str:
    """The words of a cell as `w:r` elements."""
    return "".join(_run(part, size, bold) for part in parts)


def _run(part: Inline, size: float, bold: bool) -> str:
    if isinstance(part, Strong | Link):
        return runs(part.parts, size, bold=bold or isinstance(part, Strong))
    tag = isinstance(part, Tag)
    colour = f'<w:color w:val="{_hex(TONES[part.tone].ink)}"/>' if isinstance(part, Tag) else ""
    strong = "<w:b/>" if bold or tag else ""
    words = escape(plain((part,)))
    return (
        f'<w:r><w:rPr>{strong}{colour}<w:sz w:val="{round(size * 2)}"/></w:rPr>'
        f'<w:t xml:space="preserve">{words}</w:t></w:r>'
    )


def _hex(colour: str) -> str:
    return colour.removeprefix("#").upper()
