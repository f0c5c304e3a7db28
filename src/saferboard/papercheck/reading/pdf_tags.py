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
from saferboard.papercheck.reading.pdf_chars import joined, marked_words
from saferboard.papercheck.reading.pdf_page import Block, PageBlock, PictureBlock, TableBlock

MOST_UNTAGGED = 0.2
MOST_DEPTH = 60
MOST_SPAN = 60
_KINDS: dict[str, PassageKind] = {"Caption": "caption", "LI": "item", "Note": "note"}
_LEAVES = {"P", "Caption", "Note", "BlockQuote", "TOCI", "H", "H1", "H2", "H3", "H4", "H5", "H6"}
_INLINE = {"Span", "Link", "Quote", "Reference", "Lbl", "Code", "Em", "Strong", "Sub", "Annot"}


@dataclass
class _Node:
    kind: str
    element: Any
    marks: list[int]
    children: list[_Node] = field(default_factory=list)


class TaggedPage:
    """The blocks of one page by its tags."""

    def __init__(self, page: Any, textpage: Any, number: int) -> None:
        self._words, self._edges = marked_words(page, textpage)
        self._number = number
        self._used: set[int] = set()
        self._page = page

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
        for mark in node.marks:
            if mark in self._words:
                self._used.add(mark)
                parts.append(self._words[mark])
        for child in node.children:
            if child.kind in (leave or ()):
                continue
            words = self._text(child, leave)
            parts.append(words if child.kind in _INLINE else f"\n{words}")
        return joined("".join(parts))

    def _table(self, node: _Node) -> Iterator[PageBlock]:
        rows: list[tuple[str, ...]] = []
        headers = 0
        below: dict[int, int] = {}
        caption = ""
        for part in _parts(node):
            if part.kind == "Caption":
                caption = self._text(part)
                continue
            cells: list[str] = []
            heads = any(cell.kind == "TH" for cell in part.children)
            for cell in part.children:
                while below.get(len(cells), 0) > 0:
                    below[len(cells)] -= 1
                    cells.append("")
                heads = heads and (cell.kind == "TH" or cell.element is None)
                deep = _span(cell.element, "RowSpan")
                words = self._text(cell)
                for extra in range(_span(cell.element, "ColSpan")):
                    if deep > 1:
                        below[len(cells)] = deep - 1
                    cells.append("" if extra else words.strip())
            while below.get(len(cells), 0) > 0:
                below[len(cells)] -= 1
                cells.append("")
            if cells:
                if heads and headers == len(rows):
                    headers += 1
                rows.append(tuple(cells))
        if caption.strip():
            yield Block(caption, "caption", page=self._number)
        filled = [row for row in rows if any(row)]
        if filled:
            yield TableBlock(
                tuple(filled), (self._number,) * len(filled), headers, certain=True, tagged=True
            )


def _node(element: Any, depth: int) -> _Node | None:
    if not element or depth > MOST_DEPTH:
        return None
    count = raw.FPDF_StructElement_GetMarkedContentIdCount(element)
    marks = [raw.FPDF_StructElement_GetMarkedContentIdAtIndex(element, at) for at in range(count)]
    node = _Node(
        _string(raw.FPDF_StructElement_GetType, element),
        element,
        [one for one in marks if one >= 0],
    )
    for at in range(max(0, raw.FPDF_StructElement_CountChildren(element))):
        child = _node(raw.FPDF_StructElement_GetChildAtIndex(element, at), depth + 1)
        if child is not None:
            node.children.append(child)
        elif node.kind == "TR":
            # a cell with nothing in it has no content on the page, and keeps its place
            node.children.append(_Node("TD", None, []))
    return node


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
