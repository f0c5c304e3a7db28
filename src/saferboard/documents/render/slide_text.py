"""Blocks as pieces of text that can be measured before they are placed on a slide."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from saferboard.documents.model import (
    Block,
    Bullets,
    Definitions,
    Heading,
    Inlines,
    KeyFigure,
    KeyFigures,
    Note,
    Paragraph,
    Table,
    Text,
    plain,
)
from saferboard.documents.render import fitting
from saferboard.documents.themes.palette import INK, PANEL, QUIET_INK, TONES, Palette

LEADING = 1.22
BOX_PADDING = 9.0  # half of it in a tight box
INDENT = 20.0


@dataclass(frozen=True)
class Line:
    """One paragraph on a slide; `size` in points."""

    parts: Inlines
    size: float
    bold: bool = False
    colour: str = INK
    bullet: str = ""
    after: float = 3.0

    def height(self, room: float) -> float:
        inner = room - (INDENT if self.bullet else 0)
        count = fitting.lines(plain(self.parts), self.size, inner, bold=self.bold)
        return count * self.size * LEADING + self.after


@dataclass(frozen=True)
class Piece:
    """Paragraphs that stay together, boxed if they have a `fill`; `edge` colours the frame."""

    lines: tuple[Line, ...]
    fill: str = ""
    edge: str = ""
    after: float = 8.0
    title: bool = False
    tight: bool = False

    @property
    def padding(self) -> float:
        if not self.fill:
            return 0.0
        return BOX_PADDING / 2 if self.tight else BOX_PADDING

    def height(self, room: float) -> float:
        inner = room - 2 * self.padding
        return sum(line.height(inner) for line in self.lines) + 2 * self.padding

    def cut(self, room: float, most: float) -> Iterator[Piece]:
        """Pieces no higher than `most` with the same words in the same order."""
        if self.height(room) <= most:
            yield self
            return
        inner, held = room - 2 * self.padding, list[Line]()
        for line in self._short(inner, most):
            high = sum(item.height(inner) for item in (*held, line)) + 2 * self.padding
            if held and high > most:
                yield replace(self, lines=tuple(held))
                held = []
            held.append(line)
        yield replace(self, lines=tuple(held))

    def _short(self, inner: float, most: float) -> Iterator[Line]:
        for line in self.lines:
            count = int((most - 2 * self.padding - line.after) / (line.size * LEADING))
            room = inner - (INDENT if line.bullet else 0)
            for number, parts in enumerate(
                fitting.pieces(line.parts, line.size, room, max(1, count))
            ):
                yield replace(line, parts=parts, bullet=line.bullet if number == 0 else "")


def pieces(blocks: Iterable[Block], palette: Palette, size: float) -> Iterator[Piece]:
    """The text blocks among `blocks`, with body text of `size` points."""
    for block in blocks:
        match block:
            case Heading():
                line = Line(block.parts, size + 2, bold=True, colour=palette.brand)
                yield Piece((line,), title=True)
            case Paragraph():
                yield _paragraph(block, palette, size)
            case Bullets():
                for number, item in enumerate(block.items, 1):
                    mark = f"{number}." if block.numbered else "•"
                    yield Piece((Line(item, size, bullet=mark),), after=3)
            case Note():
                edge = {
                    "caution": TONES["mixed"].ink,
                    "break": TONES["mixed"].ink,
                    "missing": TONES["bad"].ink,
                    "stale": TONES["bad"].ink,
                }.get(block.kind, palette.brand)
                title = Line(block.title, size - 2, bold=True)
                yield Piece((title, *_inside(block.blocks, size - 2)), fill=PANEL, edge=edge)
            case Definitions():
                for term, meaning in block.items:
                    yield Piece((Line(term, size, bold=True), *_inside(meaning, size)))
            case KeyFigures():
                for figure in block.items:
                    yield card(figure, palette)
            case _:
                continue


def card(item: KeyFigure, palette: Palette) -> Piece:
    """A key figure: its label, the figure large, what changed, and its mark."""
    lines = [
        Line(item.label, 12, bold=True, after=1),
        Line(item.value, 26, bold=True, colour=palette.brand, after=1),
        Line(item.detail, 12, colour=QUIET_INK, after=1),
    ]
    if item.tag:
        lines.append(Line((item.tag,), 12, bold=True, after=0))
    return Piece(tuple(line for line in lines if line.parts), fill=PANEL)


def small_card(item: KeyFigure, palette: Palette) -> Piece:
    """A key figure in little room: what changed and its mark on one line."""
    mark: Inlines = (Text("  "), item.tag) if item.tag else ()
    lines = [
        Line(item.label, 11, bold=True, after=0),
        Line(item.value, 18, bold=True, colour=palette.brand, after=0),
        Line((*item.detail, *mark), 11, colour=QUIET_INK, after=0),
    ]
    return Piece(tuple(line for line in lines if line.parts), fill=PANEL, after=5, tight=True)


def _paragraph(block: Paragraph, palette: Palette, size: float) -> Piece:
    match block.role:
        case "headline":
            return Piece((Line(block.parts, size + 4, bold=True),), after=10)
        case "lead":
            return Piece((Line(block.parts, size + 2),))
        case "meaning":
            line = Line(block.parts, size)
            return Piece((line,), fill=palette.brand_ground, edge=palette.brand)
        case "source" | "note" | "byline" | "key":
            return Piece((Line(block.parts, max(10, size - 4), colour=QUIET_INK),), after=5)
        case _:
            return Piece((Line(block.parts, size),))


def _inside(blocks: Iterable[Block], size: float) -> Iterator[Line]:
    """The words of blocks inside a note or a definition."""
    for block in blocks:
        match block:
            case Paragraph() | Heading():
                yield Line(block.parts, size, bold=isinstance(block, Heading))
            case Bullets():
                for number, item in enumerate(block.items, 1):
                    yield Line(item, size, bullet=f"{number}." if block.numbered else "•")
            case Note():
                yield Line(block.title, size, bold=True)
                yield from _inside(block.blocks, size)
            case Definitions():
                for term, meaning in block.items:
                    yield Line(term, size, bold=True)
                    yield from _inside(meaning, size)
            case KeyFigures():
                for figure in block.items:
                    yield Line((*figure.label, *figure.value, *figure.detail), size)
            case Table():
                for row in (*block.head, *block.body):
                    for cell in row:
                        yield Line(cell.parts, size)
            case _:
                continue
