"""Slides: one for each section, more where it does not fit; native charts and tables.

Nothing overflows: every piece is measured before it is placed, and what does not fit goes on
the next slide. Shapes stand in the XML in reading order.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pptx import Presentation

from saferboard.documents.model import (
    Block,
    Document,
    Figure,
    Heading,
    KeyFigures,
    Paragraph,
    Picture,
    Section,
    Table,
    plain,
)
from saferboard.documents.render import fitting, native_charts
from saferboard.documents.render.deck import Deck, footnote, without_slides
from saferboard.documents.render.pictures import Pictures
from saferboard.documents.render.slide import Box, Canvas, describe, row_height
from saferboard.documents.render.slide_text import Line, Piece, pieces
from saferboard.documents.render.templates import opened
from saferboard.documents.themes.palette import Palette
from saferboard.documents.themes.slides import default_presentation
from saferboard.documents.walk import figures_of, nested

BODY, SIDE = 16.0, 14.0
_TABLE_SIZES = (12.0, 11.0, 10.0, 9.0)
_GAP = 14.0
_CHART_SHARE = 0.66


def render(
    document: Document, *, template: Path | None = None, pictures: Pictures | None = None
) -> bytes:
    """The document as a PowerPoint file, on the partnership's own master if one is given."""
    pictures = pictures or Pictures(document.look)
    palette = Palette.of(document.look)
    if template is None:
        presentation = default_presentation(palette)
    else:
        presentation = opened(template, Presentation, "PowerPoint")
        without_slides(presentation)
    deck = Deck(presentation, document, palette, pictures)
    deck.cover()
    for section in document.sections:
        Writer(deck, plain(section.title)).section(section)
    for section, figure in figures_of(document):
        if figure.table and figure.chart.kind not in native_charts.NATIVE:
            writer = Writer(deck, f"{plain(section.title)}: the figures behind the chart")
            writer.table(figure.table)
    properties = presentation.core_properties
    properties.title, properties.author = document.title, document.organisation
    properties.subject, properties.language = document.subtitle, document.language
    properties.keywords = ", ".join(document.keywords)
    out = io.BytesIO()
    presentation.save(out)
    return out.getvalue()


class Writer:
    """Fills as many slides as one section needs, from top to bottom."""

    def __init__(self, deck: Deck, title: str) -> None:
        self.deck = deck
        self.title = title
        self.count = 0
        self.canvas: Canvas
        self.first: Any = None
        self.free = Box(0, 0, 0, 0)

    def section(self, section: Section) -> None:
        """Blocks in order; each figure gets a slide with the words that belong to it."""
        self._new()
        if section.presenter:
            self._flow([footnote(f"Presented by {section.presenter}")])
        text: list[Block] = []
        figure: Figure | None = None
        ahead: list[Piece] = []
        for block in _unpacked(section.blocks):
            match block:
                case Figure():
                    if figure is not None:
                        self._scene(figure, ahead, text)
                        ahead = []
                    else:
                        ahead = self._introduction(text)
                    figure, text = block, []
                case Table() | Picture():
                    titles = _trailing(text)
                    self._rest(figure, ahead, text[: len(text) - len(titles)])
                    figure, ahead, text = None, [], []
                    if titles and self.free.height < 200:
                        self._new()
                    self._flow(list(pieces(titles, self.deck.palette, BODY)))
                    self.table(block) if isinstance(block, Table) else self._given(block)
                case _:
                    text.append(block)
        self._rest(figure, ahead, text)
        self._notes(section)

    def table(self, table: Table) -> None:
        """A table on as many slides as it needs, its header on each; a table that is wider
        than a slide is cut by columns, with its first column on each."""
        if self.count == 0:
            self._new()
        rows = (*table.head, *table.body)
        columns = [
            [plain(row[number].parts) if number < len(row) else "" for row in rows]
            for number in range(_width(table))
        ]
        size, groups = _arranged(columns, self.deck.area.width, _has_spans(table))
        for numbers, widths in groups:
            self._table(table, numbers, widths, size)
        if table.note:
            self._flow([Piece((Line(table.note, 11),))])

    def _table(
        self, table: Table, numbers: Sequence[int], widths: Sequence[float], size: float
    ) -> None:
        def high(row: Any, bold: bool) -> float:
            kept = row if len(row) != _width(table) else [row[number] for number in numbers]
            return row_height(kept, widths, size, bold=bold)

        head = [high(row, True) for row in table.head]
        body = [
            high(row, row_number in table.emphasis) for row_number, row in enumerate(table.body)
        ]
        caption = Piece((Line(table.caption, SIDE, bold=True),), after=4)
        above = caption.height(self.deck.area.width) + caption.after
        if self.free.height < above + sum(head) + sum(body[:3]) and not self._fresh():
            self._new()
        start = 0
        while start < len(body) or start == 0:
            if start == 0:
                self._flow([caption])
            room, end = self.free.height - sum(head), start
            while end < len(body) and (sum(body[start : end + 1]) <= room or end == start):
                end += 1
            self.canvas.table(
                table, range(start, end), numbers, widths,
                [*head, *body[start:end]], size, (self.free.left, self.free.top),
            )  # fmt: skip
            self._use(sum(head) + sum(body[start:end]) + _GAP)
            start = end
            if start < len(body):
                self._new()
            elif start == 0:
                break

    def _introduction(self, text: Sequence[Block]) -> list[Piece]:
        """Headlines across the slide; gives the pieces that stand beside the chart, if all
        that comes before it can."""
        count = 0
        while count < len(text) and isinstance(text[count], Paragraph):
            count += 1
        self._flow(list(pieces(text[:count], self.deck.palette, BODY)))
        beside = list(pieces(text[count:], self.deck.palette, SIDE))
        room = self.free.width * (1 - _CHART_SHARE)
        if sum(piece.height(room) + piece.after for piece in beside) <= self.free.height:
            return beside
        self._rest(None, [], text[count:])
        return []

    def _rest(self, figure: Figure | None, ahead: Sequence[Piece], text: Sequence[Block]) -> None:
        if figure is not None:
            self._scene(figure, ahead, text)
            return
        for kind, group in _grouped(text):
            if kind is KeyFigures:
                self._cards(group)
            else:
                self._flow(list(pieces(group, self.deck.palette, BODY)))

    def _scene(self, figure: Figure, ahead: Sequence[Piece], text: Sequence[Block]) -> None:
        """A chart at the left and the words that belong to it at the right, those before it
        (`ahead`) first; what does not fit beside the chart follows on the next slide."""
        if self.free.height < 250 and not ahead:
            self._new()
        side = list(pieces(text, self.deck.palette, SIDE))
        share = _CHART_SHARE if side or ahead else 1.0
        whole = self.free
        wide = whole.width * share - (_GAP if share < 1 else 0)
        chart_box = Box(whole.left, whole.top, wide, whole.height)
        left = whole.left + whole.width * share
        self.free = Box(left, whole.top, whole.width * (1 - share), whole.height)
        self._column(ahead)
        self._figure(figure, chart_box)
        left_over = self._column(side)
        self.free = Box(whole.left, whole.bottom, whole.width, 0)
        if left_over:
            self._new()
            self._flow(left_over)

    def _column(self, items: Sequence[Piece]) -> list[Piece]:
        """Place pieces in the free column while they fit; gives those that do not."""
        for number, piece in enumerate(items):
            if piece.height(self.free.width) > self.free.height:
                return list(items[number:])
            self._place(piece)
        return []

    def _figure(self, figure: Figure, box: Box) -> None:
        caption = Piece((Line(figure.caption, SIDE, bold=True),), after=4)
        high = caption.height(box.width)
        self.canvas.text(caption, Box(box.left, box.top, box.width, high), "Caption")
        rest = Box(box.left, box.top + high + 4, box.width, box.height - high - 4)
        chart, words = figure.chart, plain(figure.alternative)
        if chart.kind in native_charts.NATIVE:
            size = 11.0
            if chart.kind in ("bar", "interval"):
                room = (rest.height - 60) / max(1, len(chart.categories))
                size = max(6.0, min(11.0, room / 1.3))
            frame = native_charts.add_chart(
                self.canvas.shapes, chart, rest.emu(), self.deck.palette, size
            )
            frame.name = f"Chart: {plain(figure.caption)}"[:120]
            describe(frame, words)
        else:
            self.canvas.picture(self.deck.pictures.png(chart), words, rest)

    def _cards(self, blocks: Sequence[Block]) -> None:
        """Key figures in a row, at most four abreast."""
        cards = list(pieces(blocks, self.deck.palette, BODY))
        for start in range(0, len(cards), 4):
            row = cards[start : start + 4]
            wide = (self.free.width - _GAP * 3) / 4
            high = max(card.height(wide) for card in row)
            if high > self.free.height and not self._fresh():
                self._new()
            for number, card in enumerate(row):
                left = self.free.left + number * (wide + _GAP)
                self.canvas.text(card, Box(left, self.free.top, wide, high), "Key figure")
            self._use(high + _GAP)

    def _given(self, picture: Picture) -> None:
        if self.free.height < 120:
            self._new()
        box = Box(self.free.left, self.free.top, self.free.width, min(self.free.height, 300))
        data = self.deck.pictures.raster(picture)
        self._use(self.canvas.picture(data, picture.alternative, box, natural=True) + _GAP)

    def _flow(self, items: Sequence[Piece]) -> None:
        """Text across the slide, and on to the next ones."""
        whole = self.deck.area
        cut = [piece for item in items for piece in item.cut(whole.width, whole.height)]
        for number, piece in enumerate(cut):
            needed = piece.height(self.free.width)
            if piece.title and number + 1 < len(cut):  # a heading is not left behind
                needed += piece.after + cut[number + 1].height(self.free.width)
            if needed > self.free.height and not self._fresh():
                self._new()
            self._place(piece)

    def _place(self, piece: Piece) -> None:
        high = piece.height(self.free.width)
        self.canvas.text(piece, Box(self.free.left, self.free.top, self.free.width, high))
        self._use(high + piece.after)

    def _use(self, high: float) -> None:
        free = self.free
        self.free = Box(free.left, free.top + high, free.width, max(0.0, free.height - high))

    def _fresh(self) -> bool:
        return self.free == self.deck.area

    def _new(self) -> None:
        self.count += 1
        title = self.title if self.count == 1 else f"{self.title} (part {self.count})"
        self.canvas, slide = self.deck.slide(title)
        self.free = self.deck.area
        self.first = self.first or slide

    def _notes(self, section: Section) -> None:
        spoken = [plain(paragraph.parts) for paragraph in section.speaker]
        if section.presenter:
            spoken.insert(0, f"Presented by {section.presenter}")
        if spoken:
            self.first.notes_slide.notes_text_frame.text = "\n".join(spoken)


def _unpacked(blocks: Sequence[Block]) -> list[Block]:
    """Tables and figures inside notes are placed after the note's words."""
    found: list[Block] = []
    for block in blocks:
        found.append(block)
        inner = [item for item in nested([block]) if item is not block]
        found += [item for item in inner if isinstance(item, Figure)]
    return found


def _grouped(blocks: Sequence[Block]) -> list[tuple[type, list[Block]]]:
    groups: list[tuple[type, list[Block]]] = []
    for block in blocks:
        kind = KeyFigures if isinstance(block, KeyFigures) else Paragraph
        if groups and groups[-1][0] is kind:
            groups[-1][1].append(block)
        else:
            groups.append((kind, [block]))
    return groups


def _trailing(blocks: Sequence[Block]) -> list[Block]:
    """The headings at the end, which belong to what comes next."""
    count = 0
    while count < len(blocks) and isinstance(blocks[-1 - count], Heading):
        count += 1
    return list(blocks[len(blocks) - count :])


def _width(table: Table) -> int:
    return sum(cell.span for cell in table.head[0])


def _has_spans(table: Table) -> bool:
    return any(cell.span > 1 for row in (*table.head, *table.body) for cell in row)


def _arranged(
    columns: list[list[str]], room: float, whole: bool
) -> tuple[float, list[tuple[list[int], list[float]]]]:
    """The letter size and, for each part of the table, its columns and their widths."""
    everything = list(range(len(columns)))
    for size in _TABLE_SIZES:
        widths = fitting.column_widths(columns, size, room)
        if widths is not None:
            return size, [(everything, widths)]
    size = _TABLE_SIZES[-1]
    if whole:
        return size, [(everything, [room / len(columns)] * len(columns))]
    groups: list[tuple[list[int], list[float]]] = []
    held = [0]
    for number in everything[1:]:
        if fitting.column_widths([columns[i] for i in (*held, number)], size, room) is None:
            groups.append((held, _widths(columns, held, size, room)))
            held = [0]
        held.append(number)
    groups.append((held, _widths(columns, held, size, room)))
    return size, groups


def _widths(columns: list[list[str]], held: list[int], size: float, room: float) -> list[float]:
    found = fitting.column_widths([columns[number] for number in held], size, room)
    return found or [room / len(held)] * len(held)
