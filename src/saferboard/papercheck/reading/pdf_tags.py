"""PDF pages whose program left tags in them: headings, lists, and tables cell by cell.

Word and our own packs write such files. Where more than a fifth of a page's letters carry no
tag, the tags of that page are not believed.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pypdfium2.raw as raw

from saferboard.papercheck.paper import PassageKind
from saferboard.papercheck.reading.pdf_chars import extents, joined, marked_words
from saferboard.papercheck.reading.pdf_page import Block, PageBlock, PictureBlock, TableBlock

MOST_UNTAGGED = 0.2
MOST_DEPTH = 60
MOST_SPAN = 60
_KINDS: dict[str, PassageKind] = {"Caption": "caption", "LI": "item", "Note": "note"}
_LEAVES = {"P", "Caption", "Note", "BlockQuote", "TOCI", "H", "H1", "H2", "H3", "H4", "H5", "H6"}
_INLINE = {"Span", "Link", "Quote", "Reference", "Lbl", "Code", "Em", "Strong", "Sub", "Annot"}


@dataclass
class _Node:
    """`parts` are numbers of marked content and nodes, in the order of the page's tree."""

    kind: str
    element: Any
    parts: list[int | _Node] = field(default_factory=list)

    @property
    def marks(self) -> list[int]:
        return [one for one in self.parts if isinstance(one, int)]

    @property
    def children(self) -> list[_Node]:
        return [one for one in self.parts if isinstance(one, _Node)]

    def every_mark(self) -> Iterator[int]:
        """The marks under the node, however deep."""
        for one in self.parts:
            if isinstance(one, int):
                yield one
            else:
                yield from one.every_mark()


TaggedRow = list[tuple[str, "_Node | None"]]


class TaggedPage:
    """The blocks of one page by its tags."""

    def __init__(self, page: Any, textpage: Any, number: int) -> None:
        self._words, self._edges = marked_words(page, textpage)
        self._number = number
        self._used: set[int] = set()
        self._page = page
        self._textpage = textpage
        self._extents: dict[int, tuple[float, float]] | None = None

    def blocks(self) -> list[PageBlock] | None:
        """None where the page has no tags that can be believed."""
        tree = raw.FPDF_StructTree_GetForPage(self._page)
        if not tree:
            return None
        try:
            roots = [
                _node(raw.FPDF_StructTree_GetChildAtIndex(tree, at), 0)
                for at in range(raw.FPDF_StructTree_CountChildren(tree))
            ]
            found = [block for root in roots if root for block in self._walk(root)]
        finally:
            raw.FPDF_StructTree_Close(tree)
        every = sum(len("".join(words.split())) for words in self._words.values())
        left = {mark: words for mark, words in self._words.items() if mark not in self._used}
        lost = sum(
            len("".join(words.split())) for mark, words in left.items() if mark not in self._edges
        )
        if not every or lost > MOST_UNTAGGED * every:
            return None
        edges: list[PageBlock] = [
            Block(line.strip(), "note", page=self._number, edge=True)
            for words in left.values()
            for line in words.replace("\r", "\n").split("\n")
            if line.strip()
        ]
        return [*found, *edges]

    def _walk(self, node: _Node) -> Iterator[PageBlock]:
        if node.kind == "Table":
            yield from self._table(node)
        elif node.kind in ("Figure", "Formula"):
            alternative = _string(raw.FPDF_StructElement_GetAltText, node.element)
            yield PictureBlock(alternative, self._number)
            words = self._text(node)
            if words.strip() and not alternative:
                yield Block(words, page=self._number)
        elif node.kind in _LEAVES or node.marks or self._only_inline(node):
            yield from self._leaf(node)
        elif node.kind == "LI":
            yield from self._item(node)
        else:
            for child in node.children:
                yield from self._walk(child)

    def _leaf(self, node: _Node) -> Iterator[PageBlock]:
        for inner in node.children:
            if inner.kind in ("Figure", "Table"):
                yield from self._walk(inner)
        words = self._text(node, leave={"Figure", "Table"})
        if not words.strip():
            return
        level = int(node.kind[1]) if len(node.kind) == 2 and node.kind[1].isdigit() else 0
        if node.kind == "H":
            level = 2
        kind: PassageKind = "heading" if level else _KINDS.get(node.kind, "paragraph")
        yield Block(words, kind, level, self._number)

    def _item(self, node: _Node) -> Iterator[PageBlock]:
        """An item of a list: its own words, without its bullet, then what it holds in blocks."""
        inner = [one for one in node.children if one.kind != "Lbl"]
        blocks = [
            block
            for one in inner
            for block in (
                self._walk(one)
                if not self._only_inline(one) and one.kind != "LBody"
                else self._body(one)
            )
        ]
        for label in node.children:
            if label.kind == "Lbl":
                self._text(label)
        yield from blocks

    def _body(self, node: _Node) -> Iterator[PageBlock]:
        if node.marks or self._only_inline(node):
            words = self._text(node)
            if words.strip():
                yield Block(words, "item", page=self._number)
            return
        for child in node.children:
            for block in self._walk(child):
                plain = isinstance(block, Block) and block.kind == "paragraph"
                yield Block(block.text, "item", 0, self._number) if plain else block  # type: ignore[union-attr] # plain says Block

    def _only_inline(self, node: _Node) -> bool:
        return bool(node.children) and all(
            child.kind in _INLINE and self._inline_below(child) for child in node.children
        )

    def _inline_below(self, node: _Node) -> bool:
        return all(one.kind in _INLINE and self._inline_below(one) for one in node.children)

    def _text(self, node: _Node, leave: set[str] | None = None) -> str:
        """The words under a node in the order of its marks; those of blocks in it on lines."""
        parts = []
        for one in node.parts:
            if isinstance(one, int):
                self._used.add(one)
                parts.append(self._words.get(one, ""))
            elif one.kind not in (leave or ()):
                words = self._text(one, leave)
                parts.append(words if one.kind in _INLINE else f"\n{words}")
        return joined("".join(parts))

    def _table(self, node: _Node) -> Iterator[PageBlock]:
        rows: list[TaggedRow] = []
        headers = 0
        below: dict[int, int] = {}
        caption = ""
        for part in _parts(node):
            if part.kind == "Caption":
                caption = self._text(part)
                continue
            cells: TaggedRow = []
            heads = any(cell.kind == "TH" for cell in part.children)
            for cell in part.children:
                while below.get(len(cells), 0) > 0:
                    below[len(cells)] -= 1
                    cells.append(("", None))
                heads = heads and (cell.kind == "TH" or cell.element is None)
                deep = _span(cell.element, "RowSpan")
                words = self._text(cell).strip()
                for extra in range(_span(cell.element, "ColSpan")):
                    if deep > 1:
                        below[len(cells)] = deep - 1
                    cells.append(("", None) if extra else (words, cell))
            while below.get(len(cells), 0) > 0:
                below[len(cells)] -= 1
                cells.append(("", None))
            if cells:
                if heads and headers == len(rows):
                    headers += 1
                rows.append(cells)
        if caption.strip():
            yield Block(caption, "caption", page=self._number)
        placed, certain = self._placed(rows)
        filled = [row for row in placed if any(row)]
        if filled:
            pages = (self._number,) * len(filled)
            yield TableBlock(tuple(filled), pages, headers, certain=certain, tagged=True)

    def _placed(self, rows: list[TaggedRow]) -> tuple[list[tuple[str, ...]], bool]:
        """Rows of one width. A program may leave out the tags of empty cells: the cells that are
        left then go to the columns under which they stand on the page, as full rows show them.
        Whether that could be told for every row comes second."""
        width = max((len(row) for row in rows), default=0)
        columns = [
            self._extent([_alone(row, at) for row in rows if len(row) == width])
            for at in range(width)
        ]
        certain = True
        found = []
        for row in rows:
            words = [cell[0] for cell in row]
            if len(row) < width:
                held = [""] * width
                least = 0
                for text, cell in row:
                    own = self._extent([cell])
                    at = _column(own, columns, least) if own is not None else None
                    if at is None:
                        certain = certain and not text
                        continue
                    held[at] = text
                    least = at + 1
                if "".join(held) == "".join(words):
                    words = held
                else:
                    certain = False
            found.append(tuple(words))
        return found, certain

    def _extent(self, cells: list[_Node | None]) -> tuple[float, float] | None:
        """From where to where the words of some cells stand, from left to right."""
        if self._extents is None:
            self._extents = extents(self._page, self._textpage)
        marks = [mark for cell in cells if cell is not None for mark in cell.every_mark()]
        held = [self._extents[mark] for mark in marks if mark in self._extents]
        return (min(one[0] for one in held), max(one[1] for one in held)) if held else None


def _node(element: Any, depth: int) -> _Node | None:
    if not element or depth > MOST_DEPTH:
        return None
    node = _Node(_string(raw.FPDF_StructElement_GetType, element), element)
    for at in range(max(0, raw.FPDF_StructElement_CountChildren(element))):
        child = _node(raw.FPDF_StructElement_GetChildAtIndex(element, at), depth + 1)
        # only content of this page: an element may go on over pages, each with marks from 0
        mark = raw.FPDF_StructElement_GetChildMarkedContentID(element, at)
        if child is not None:
            node.parts.append(child)
        elif mark >= 0:
            node.parts.append(mark)
        elif node.kind == "TR":
            # a cell with nothing in it has no content on the page, and keeps its place
            node.parts.append(_Node("TD", None))
    return node


def _alone(row: TaggedRow, at: int) -> _Node | None:
    """The cell of a column, unless it reaches into the next one."""
    wide = at + 1 < len(row) and row[at + 1][1] is None
    return None if wide else row[at][1]


def _column(
    own: tuple[float, float], columns: list[tuple[float, float] | None], least: int
) -> int | None:
    """The column, from `least` on, that a cell shares most of its width with, else the nearest."""
    best: tuple[float, int] | None = None
    for at, column in enumerate(columns[least:], start=least):
        if column is None:
            continue
        shared = min(own[1], column[1]) - max(own[0], column[0])
        if best is None or shared > best[0]:
            best = (shared, at)
    return best[1] if best else None


def _parts(node: _Node) -> Iterator[_Node]:
    """Rows and captions of a table, those in heads and bodies too."""
    for child in node.children:
        if child.kind in ("TR", "Caption"):
            yield child
        elif child.kind in ("THead", "TBody", "TFoot"):
            yield from _parts(child)


def _string(read: Callable[[Any, Any, int], int], element: Any) -> str:
    length = read(element, None, 0)
    if length <= 2:
        return ""
    held = ctypes.create_string_buffer(length)
    read(element, held, length)
    return held.raw[: length - 2].decode("utf-16-le", errors="replace")


def _span(element: Any, name: str) -> int:
    if element is None:
        return 1
    value = ctypes.c_float()
    for at in range(max(0, raw.FPDF_StructElement_GetAttributeCount(element))):
        attribute = raw.FPDF_StructElement_GetAttributeAtIndex(element, at)
        held = raw.FPDF_StructElement_Attr_GetValue(attribute, name.encode())
        if held and raw.FPDF_StructElement_Attr_GetNumberValue(held, value):
            return min(max(int(value.value), 1), MOST_SPAN)
    return 1
