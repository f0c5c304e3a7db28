"""Fills slides with the blocks of one section, from top to bottom.

Nothing overflows: every piece is measured before it is placed, and what does not fit goes on
the next slide. Shapes stand in the XML in reading order.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from saferboard.documents.model import (
    Block,
    Figure,
    Heading,
    KeyFigures,
    Paragraph,
    Picture,
    Section,
    Table,
    plain,
)
from saferboard.documents.render import native_charts
from saferboard.documents.render.deck import Deck, footnote
from saferboard.documents.render.slide import Box, Canvas, describe
from saferboard.documents.render.slide_tables import Arranged, arranged
from saferboard.documents.render.slide_text import Line, Piece, pieces
from saferboard.documents.walk import nested

BODY, SIDE = 16.0, 14.0
GAP = 14.0
_CHART_SHARE = 0.66
_CHART_LEAST = 165.0
# The most of a slide's height that a table below a chart may take.
_BELOW_MOST = 0.45


class Writer:
    """Fills as many slides as one section needs, from top to bottom."""

    def __init__(self, deck: Deck, title: str) -> None:
        self.deck = deck
        self.title = title
        self.count = 0
        self.canvas: Canvas
        self.first: Any = None
        self.free = Box(0, 0, 0, 0)
        self.left_over: list[Figure] = []

    def section(self, section: Section) -> None:
        """Blocks in order; each figure gets a slide with the words that belong to it."""
        self._new()
        if section.presenter:
            self._flow([footnote(f"Presented by {section.presenter}")])
        text: list[Block] = []
        figure: Figure | None = None
        ahead: list[Piece] = []
        for block in unpacked(section.blocks):
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
                    below = self._below(block) if isinstance(block, Table) and not titles else 0
                    self._rest(figure, ahead, text[: len(text) - len(titles)], below)
                    figure, ahead, text = None, [], []
                    if titles and self.free.height < 200:
                        self._new()
                    self._flow(list(pieces(titles, self.deck.palette, BODY)))
                    self.table(block) if isinstance(block, Table) else self._given(block)
                case _:
                    text.append(block)
        self._rest(figure, ahead, text)
        self._notes(section)

    def figure(self, figure: Figure) -> None:
        """A chart on a slide of its own."""
        self._new()
        self._figure(figure, self.free)

    def table(self, table: Table) -> None:
        """A table on as many slides as it needs, its header on each; whole on one slide where
        its letters can be made to fit. A table that is wider than a slide is cut by columns,
        with its first column on each."""
        if self.count == 0:
            self._new()
        caption = Piece((Line(table.caption, SIDE, bold=True),), after=4)
        above = caption.height(self.deck.area.width) + caption.after
        rooms = (self.free.height - above, self.deck.area.height - above)
        for part in arranged(table, self.deck.area.width, rooms):
            whole = part.height + above <= self.deck.area.height
            least = part.height if whole else sum(part.head) + sum(part.body[:3])
            if self.free.height < above + least and not self._fresh():
                self._new()
            self._flow([caption])
            self._rows(table, part)
        if table.note:
            self._flow([Piece((Line(table.note, 11),))])

    def _rows(self, table: Table, part: Arranged) -> None:
        start, body = 0, part.body
        while True:
            room, end = self.free.height - sum(part.head), start
            while end < len(body) and (sum(body[start : end + 1]) <= room or end == start):
                end += 1
            heights = [*part.head, *body[start:end]]
            at = (self.free.left, self.free.top)
            self.canvas.table(table, range(start, end), part, heights, at)
            self._use(sum(heights) + GAP)
            start = end
            if start >= len(body):
                return
            self._new()

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

    def _rest(
        self,
        figure: Figure | None,
        ahead: Sequence[Piece],
        text: Sequence[Block],
        below: float = 0,
    ) -> None:
        if figure is not None:
            self._scene(figure, ahead, text, below)
            return
        for kind, group in grouped(text):
            if kind is KeyFigures:
                self._cards(group)
            else:
                self._flow(list(pieces(group, self.deck.palette, BODY)))

    def _below(self, table: Table) -> float:
        """The height of a table that may stand below a chart; 0 where it is too high for that."""
        least = self.deck.area.height * _BELOW_MOST
        part, *others = arranged(table, self.deck.area.width, (least,))
        caption = Piece((Line(table.caption, SIDE, bold=True),), after=4)
        high = part.height + caption.height(self.deck.area.width) + caption.after
        return 0 if others or table.note or high > least else high + GAP

    def _scene(
        self,
        figure: Figure,
        ahead: Sequence[Piece],
        text: Sequence[Block],
        below: float = 0,
    ) -> None:
        """A chart at the left and the words that belong to it at the right, those before it
        (`ahead`) first; what does not fit beside the chart follows on the next slide. `below`
        is kept free under both where that leaves the chart enough."""
        if self.free.height < 250 and not ahead:
            self._new()
        side = list(pieces(text, self.deck.palette, SIDE))
        share = _CHART_SHARE if side or ahead else 1.0
        if self.free.height - below < _CHART_LEAST:
            below = 0
        whole = replace(self.free, height=self.free.height - below)
        wide = whole.width * share - (GAP if share < 1 else 0)
        chart_box = Box(whole.left, whole.top, wide, whole.height)
        left = whole.left + whole.width * share
        self.free = Box(left, whole.top, whole.width * (1 - share), whole.height)
        self._column(ahead)
        self._figure(figure, chart_box)
        left_over = self._column(side)
        self.free = Box(whole.left, whole.bottom, whole.width, below)
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
            frame = native_charts.add_chart(
                self.canvas.shapes, chart, rest.emu(), self.deck.palette, rest.height
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
            wide = (self.free.width - GAP * 3) / 4
            high = max(card.height(wide) for card in row)
            if high > self.free.height and not self._fresh():
                self._new()
            for number, card in enumerate(row):
                left = self.free.left + number * (wide + GAP)
                self.canvas.text(card, Box(left, self.free.top, wide, high), "Key figure")
            self._use(high + GAP)

    def _given(self, picture: Picture) -> None:
        if self.free.height < 120:
            self._new()
        box = Box(self.free.left, self.free.top, self.free.width, min(self.free.height, 300))
        data = self.deck.pictures.raster(picture)
        self._use(self.canvas.picture(data, picture.alternative, box, natural=True) + GAP)

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
        self.canvas, slide = self.deck.slide(self._named())
        self.free = self.deck.area
        self.first = self.first or slide

    def _named(self) -> str:
        return self.title if self.count == 1 else f"{self.title} (part {self.count})"

    def _notes(self, section: Section) -> None:
        spoken = self._spoken(section)
        if spoken:
            self.first.notes_slide.notes_text_frame.text = "\n".join(spoken)

    def _spoken(self, section: Section) -> list[str]:
        """What whoever presents the section may say, a line for each paragraph."""
        spoken = [plain(paragraph.parts) for paragraph in section.speaker]
        presented = f"Presented by {section.presenter}"
        if section.presenter and not any(line.startswith(presented) for line in spoken):
            spoken.insert(0, presented)
        return spoken


def unpacked(blocks: Sequence[Block]) -> list[Block]:
    """Tables and figures inside notes are placed after the note's words."""
    found: list[Block] = []
    for block in blocks:
        found.append(block)
        inner = [item for item in nested([block]) if item is not block]
        found += [item for item in inner if isinstance(item, Figure)]
    return found


def grouped(blocks: Sequence[Block]) -> list[tuple[type, list[Block]]]:
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
