"""Blocks as HTML, for the screen and for paper. Words and figures are printed as they stand."""

from __future__ import annotations

import base64
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from typing import Literal

from saferboard.documents.model import (
    Block,
    Bound,
    Bullets,
    Cell,
    Chart,
    Definitions,
    Figure,
    Heading,
    Inline,
    Inlines,
    KeyFigure,
    KeyFigures,
    Link,
    Note,
    Paragraph,
    Picture,
    Quoted,
    Strong,
    Table,
    Tag,
    plain,
)
from saferboard.documents.render.pictures import Pictures, has_narrow

Medium = Literal["screen", "paper"]

UNBROKEN = 20
"""A figure up to this many characters is kept on one line."""

_SCROLL_FROM = 3
"""A table with this many columns may be wider than a telephone."""


@dataclass(frozen=True)
class Markup:
    """Writes blocks for one medium.

    On the screen a figure knows its fact (`data-fact`), charts are drawn for wide and narrow
    screens and carry their table in a `<details>`. On paper a chart is an image with its
    alternative, and its table is left to the end of the document.
    """

    medium: Medium
    pictures: Pictures

    def inline(self, parts: Inlines) -> str:
        return "".join(map(self._inline, parts))

    def blocks(self, blocks: Iterable[Block]) -> str:
        return "\n".join(map(self.block, blocks))

    def block(self, block: Block) -> str:
        match block:
            case Heading():
                anchor = f' id="{escape(block.anchor)}"' if block.anchor else ""
                return f"<h{block.level}{anchor}>{self.inline(block.parts)}</h{block.level}>"
            case Paragraph():
                role = "" if block.role == "body" else f' class="{block.role}"'
                return f"<p{role}>{self.inline(block.parts)}</p>"
            case Bullets():
                items = "".join(f"<li>{self.inline(item)}</li>" for item in block.items)
                name = "ol" if block.numbered else "ul"
                return f"<{name}>{items}</{name}>"
            case Table():
                return self.table(block)
            case Figure():
                return self._figure(block)
            case Picture():
                return picture(block, "picture")
            case Note():
                return (
                    f'<div class="notice {block.kind}"><p class="notice-title">'
                    f"{self.inline(block.title)}</p>{self.blocks(block.blocks)}</div>"
                )
            case KeyFigures():
                items = "".join(map(self._key_figure, block.items))
                return f'<ul class="figures">{items}</ul>'
            case Definitions():
                return (
                    "<dl>"
                    + "".join(
                        f"<dt>{self.inline(term)}</dt><dd>{self.blocks(meaning)}</dd>"
                        for term, meaning in block.items
                    )
                    + "</dl>"
                )

    def table(self, table: Table, extra: str = "") -> str:
        """A table with its caption, header cells with scope, and its note."""
        name = f"table-{escape(table.key)}"
        head = "".join(
            f"<tr>{''.join(self._cell(cell, in_head=True) for cell in row)}</tr>"
            for row in table.head
        )
        body = "".join(
            f"{_row(number in table.emphasis)}"
            f"{''.join(self._cell(cell, in_head=False) for cell in row)}</tr>"
            for number, row in enumerate(table.body)
        )
        columns = sum(cell.span for cell in table.head[0]) if table.head else 0
        kind = _kind("wide" if table.wide else "", extra)
        written = (
            f'<table id="{name}"{kind}>'
            f'<caption id="{name}-caption"><span>{self.inline(table.caption)}</span></caption>'
            f"<thead>{head}</thead><tbody>{body}</tbody></table>"
        )
        if self.medium == "screen":
            reach = (
                f' role="group" tabindex="0" aria-labelledby="{name}-caption"'
                if table.wide or columns >= _SCROLL_FROM
                else ""
            )
            written = f'<div class="scroll"{reach}>{written}</div>'
        if table.note:
            written += f'<p class="note">{self.inline(table.note)}</p>'
        return written

    def _cell(self, cell: Cell, *, in_head: bool) -> str:
        span = f' colspan="{cell.span}"' if cell.span > 1 else ""
        kind = _kind(
            cell.align if cell.align != "left" else "",
            f"tone-{cell.tone}" if cell.tone != "none" else "",
        )
        words = self.inline(cell.parts)
        if in_head or cell.header:
            scope = ("colgroup" if cell.span > 1 else "col") if in_head else "row"
            return f'<th scope="{scope}"{span}{kind}>{words}</th>'
        return f"<td{span}{kind}>{words}</td>"

    def _figure(self, figure: Figure) -> str:
        chart = figure.chart
        name = f"figure-{escape(chart.key)}"
        caption = self.inline(figure.caption)
        if self.medium == "paper":
            words = escape(plain(figure.alternative))
            return (
                f'<figure id="{name}" class="{chart.kind}"><figcaption>{caption}</figcaption>'
                f'<img src="chart:{escape(chart.key)}" alt="{words}"></figure>'
            )
        behind = self.table(figure.table, "behind") if figure.table else ""
        return (
            f'<figure id="{name}" class="{chart.kind}"><figcaption>{caption}</figcaption>'
            f"{self._drawings(chart, name)}"
            f"<details><summary>What this chart shows, in words and figures"
            f'<span class="hidden">: {escape(plain(figure.caption))}</span></summary>'
            f'<p id="{name}-words">{self.inline(figure.alternative)}</p>{behind}</details></figure>'
        )

    def _drawings(self, chart: Chart, name: str) -> str:
        attributes = f'role="img" aria-labelledby="{name}-words"'
        wide = _fitted(self.pictures.svg(chart), f'{attributes} class="chart wide"')
        if not has_narrow(chart):
            return _fitted(self.pictures.svg(chart), f'{attributes} class="chart"')
        narrow = _fitted(self.pictures.svg(chart, "narrow"), f'{attributes} class="chart narrow"')
        return wide + narrow

    def _key_figure(self, item: KeyFigure) -> str:
        tag = f"<p>{self.inline((item.tag,))}</p>" if item.tag else ""
        return (
            f'<li><p class="label">{self.inline(item.label)}</p>'
            f'<p class="value">{self.inline(item.value)}</p>'
            f'<p class="detail">{self.inline(item.detail)}</p>{tag}</li>'
        )

    def _inline(self, part: Inline) -> str:
        match part:
            case Bound():
                words = escape(part.display)
                if self.medium == "paper":
                    return words
                kind = ' class="n"' if len(part.display) <= UNBROKEN else ""
                return f'<span{kind} data-fact="{escape(part.fact)}">{words}</span>'
            case Strong():
                return f"<strong>{self.inline(part.parts)}</strong>"
            case Link():
                return f'<a href="{escape(part.target)}">{self.inline(part.parts)}</a>'
            case Tag():
                shape = f'<span class="shape">{escape(part.shape)}</span> ' if part.shape else ""
                return f'<span class="tag tone-{part.tone}">{shape}{escape(part.text)}</span>'
            case Quoted():
                place = escape(part.place)
                return f'<span class="quoted" data-place="{place}">{escape(part.text)}</span>'
            case _:
                return escape(part.text)


def _kind(*words: str) -> str:
    named = " ".join(filter(None, words))
    return f' class="{named}"' if named else ""


def _row(marked: bool) -> str:
    return f"<tr{_kind('marked' if marked else '')}>"


def picture(given: Picture, kind: str) -> str:
    """A given image inside the page itself."""
    data = base64.b64encode(given.data).decode()
    return (
        f'<img class="{kind}" src="data:{given.media_type};base64,{data}" '
        f'alt="{escape(given.alternative)}">'
    )


def _fitted(svg: str, attributes: str) -> str:
    """The drawing with its size as a ratio only, so that it fills the page's width."""
    opening, rest = svg.split(">", 1)
    box = opening.split('viewBox="', 1)[1].split('"', 1)[0]
    width = box.split()[2]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}" '
        f'style="max-width:{width}px" {attributes}>{rest}'
    )
