"""A measure on two slides at most: what happened, then how it compares and what to know.

A room reads a slide for a minute. The first holds the headline, the first chart with the key
figures beside it and the sentences; the second the next chart, with the rest of the words
beside it as far as they fit. The notes hold the whole page in words when the slides leave
something out, and charts that are left over stand at the end of the deck.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from saferboard.documents.model import (
    Block,
    Bullets,
    Definitions,
    Figure,
    Inlines,
    KeyFigures,
    Note,
    Paragraph,
    Picture,
    Section,
    Table,
    Text,
    plain,
)
from saferboard.documents.render.deck import footnote
from saferboard.documents.render.native_charts import NATIVE
from saferboard.documents.render.slide import Box
from saferboard.documents.render.slide_text import Piece, pieces, small_card
from saferboard.documents.render.slide_writer import BODY, GAP, SIDE, Writer, grouped, unpacked

_SMALL, _LEAST = 13.0, 12.0
_HEADLINE = 15.0  # with the addition of headlines: 19 points
_CHART_LEAST = 185.0
_CARDS_WIDE = 215.0
_CHART_SHARE = 0.55
_MORE = "More in the notes to these slides."


def fits_two_slides(section: Section) -> bool:
    """Whether a section is a measure without tables or pictures of its own."""
    kinds = {type(block) for block in unpacked(section.blocks)}
    return section.layout == "measure" and not kinds & {Table, Picture}


class MeasureSlides(Writer):
    """The two slides of one measure."""

    def section(self, section: Section) -> None:
        """Both slides; `left_over` are the figures that found no room."""
        blocks = unpacked(section.blocks)
        figures = [block for block in blocks if isinstance(block, Figure)]
        self.left_over = figures[2:]
        self._omitted = False
        if not figures:
            self._alone(section, blocks)
            return
        at = blocks.index(figures[0])
        # Where no chart of months comes first, the sentences stand before the chart of areas: they
        # follow the key figures on the slide as they do on the page.
        head = next((n for n, one in enumerate(blocks[:at]) if isinstance(one, KeyFigures)), at - 1)
        sources, words = _apart([*blocks[head + 1 : at], *blocks[at + 1 :]])
        waiting = self._first(section, blocks[: head + 1], figures[0], words)
        if len(figures) > 1 or waiting:
            self._second(figures[1] if len(figures) > 1 else None, waiting, sources)
        else:
            self._foot(self.deck.area, sources)
        self._notes(section)

    def _first(
        self, section: Section, before: Sequence[Block], figure: Figure, words: Sequence[Block]
    ) -> list[Block]:
        """Headline, chart with key figures beside it, sentences below; gives the blocks that
        have to wait for the next slide."""
        self._new()
        if section.presenter:
            self._flow([footnote(f"Presented by {section.presenter}")])
        cards = [
            small_card(item, self.deck.palette)
            for block in before
            if isinstance(block, KeyFigures)
            for item in block.items
        ]
        above = [block for block in before if not isinstance(block, KeyFigures)]
        self._flow(list(pieces(above, self.deck.palette, _HEADLINE)))
        whole = self.free
        # A template may leave a slide lower than ours.
        cards_high = sum(card.height(_CARDS_WIDE) + card.after for card in cards)
        room = whole.height - max(_CHART_LEAST, cards_high)
        below, used = 0, 0.0
        for block in words:
            high = self._high([block], whole.width)
            if not isinstance(block, Paragraph) or used + high + GAP > room:
                break
            below, used = below + 1, used + high
        chart_high = whole.height - used - (GAP if below else 0)
        chart_wide = whole.width - (_CARDS_WIDE + GAP if cards else 0)
        self.free = Box(whole.left + chart_wide + GAP, whole.top, _CARDS_WIDE, chart_high)
        self._beside(cards)
        self._figure(figure, Box(whole.left, whole.top, chart_wide, chart_high))
        top = whole.top + chart_high + GAP
        self.free = Box(whole.left, top, whole.width, max(0.0, whole.bottom - top))
        self._beside(list(pieces(words[:below], self.deck.palette, _SMALL)))
        return list(words[below:])

    def _alone(self, section: Section, blocks: Sequence[Block]) -> None:
        """A measure without a chart: all on one slide."""
        sources, words = _apart(blocks)
        self._new()
        if section.presenter:
            self._flow([footnote(f"Presented by {section.presenter}")])
        kept = sum(p.height(self.free.width) + p.after for p in self._feet(sources))
        self.free = replace(self.free, height=self.free.height - kept)
        for kind, group in grouped(words):
            if kind is KeyFigures:
                self._cards(group)
            else:
                self._beside(list(pieces(group, self.deck.palette, _HEADLINE)))
        self._foot(self.deck.area, sources)
        self._notes(section)

    def _second(
        self, figure: Figure | None, words: Sequence[Block], sources: Sequence[Block]
    ) -> None:
        self._new()
        whole = self.deck.area
        column = whole
        if figure is not None:
            wide = whole.width * _CHART_SHARE
            column = Box(whole.left + wide + GAP, whole.top, whole.width - wide - GAP, whole.height)
            self._figure(figure, Box(whole.left, whole.top, wide, whole.height))
        kept = sum(piece.height(column.width) + piece.after for piece in self._feet(sources))
        self.free = Box(column.left, column.top, column.width, column.height - kept)
        fitting = (
            items
            for size in (*((BODY,) if figure is None else ()), _SMALL)
            if self._fits(items := list(pieces(words, self.deck.palette, size)))
        )
        self._beside(next(fitting, list(pieces(words, self.deck.palette, _LEAST))))
        self._foot(column, sources)

    def _beside(self, items: Sequence[Piece]) -> None:
        """Place what fits; a piece too high for what is left does not keep out a lower one."""
        for piece in items:
            if piece.height(self.free.width) <= self.free.height:
                self._place(piece)
            else:
                self._omitted = True

    def _fits(self, items: Sequence[Piece]) -> bool:
        wide = self.free.width
        return sum(piece.height(wide) + piece.after for piece in items) <= self.free.height

    def _foot(self, column: Box, sources: Sequence[Block]) -> None:
        """Where the figures come from, at the bottom; and that there is more, if there is."""
        items = self._feet(sources)
        if not self._omitted:
            items = items[: len(items) - 1]
        high = sum(piece.height(column.width) + piece.after for piece in items)
        self.free = Box(column.left, column.bottom - high, column.width, high + 1)
        for piece in items:
            self._place(piece)

    def _feet(self, sources: Sequence[Block]) -> list[Piece]:
        return [*pieces(sources, self.deck.palette, SIDE), footnote(_MORE)]

    def _high(self, blocks: Sequence[Block], width: float) -> float:
        found = pieces(blocks, self.deck.palette, _SMALL)
        return sum(piece.height(width) + piece.after for piece in found)

    def _named(self) -> str:
        return self.title if self.count == 1 else f"{self.title} (continued)"

    def _spoken(self, section: Section) -> list[str]:
        spoken = super()._spoken(section)
        if self._omitted or self.left_over:
            spoken += ["", "The whole page in words:", *_in_full(section.blocks)]
        return spoken


def _apart(blocks: Sequence[Block]) -> tuple[list[Block], list[Block]]:
    """Paragraphs that name sources, and the other words; figures in neither, nor how to read
    a chart that is drawn natively."""
    native = all(b.chart.kind in NATIVE for b in blocks if isinstance(b, Figure))
    sources: list[Block] = []
    words: list[Block] = []
    for block in blocks:
        if isinstance(block, Paragraph) and block.role == "source":
            sources.append(block)
        elif not isinstance(block, Figure) and not _is_key(block, native):
            words.append(block)
    return sources, words


def _is_key(block: Block, native: bool) -> bool:
    return native and isinstance(block, Paragraph) and block.role == "key"


def _in_full(blocks: Sequence[Block]) -> Iterator[str]:
    """Every word of a page, a line for each paragraph."""
    for block in blocks:
        yield from (plain(parts) for parts in _lines(block))


def _lines(block: Block) -> Iterator[Inlines]:
    match block:
        case Bullets():
            yield from block.items
        case Note():
            yield block.title
            for inner in block.blocks:
                yield from _lines(inner)
        case KeyFigures():
            for item in block.items:
                yield (*item.label, Text(": "), *item.value, Text(", "), *item.detail)
        case Definitions():
            for term, meaning in block.items:
                yield term
                for inner in meaning:
                    yield from _lines(inner)
        case Figure():
            yield block.caption
        case Table() | Picture():
            return
        case _:
            yield block.parts
