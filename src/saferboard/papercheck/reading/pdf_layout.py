"""PDF pages without tags: ruled tables by their lines, the rest by how it is laid out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Any

from saferboard.papercheck.reading.layout import Row, Run, Words, arranged, lines_of
from saferboard.papercheck.reading.pdf_chars import EDGE, HYPHENS, SOFT_HYPHEN, joined
from saferboard.papercheck.reading.pdf_page import Block, PageBlock, TableBlock
from saferboard.papercheck.reading.pdf_ruled import Ruled, cells, ruled_tables

_SENTENCE_END = re.compile(r"[.:;?!)”\"]$")
_BROKEN = re.compile("[\u00ad\u2010]\\s*$|\\d-\\s*$")
_BULLET = re.compile(r"^\s*[•▪●❑o-]\s+(?=\S)")
EDGE_LINES = 3
HEADING = 1.25
LONGEST_HEADING = 120
SHORT = 12
ALIGNED = 9.0
NARROWEST = 0.35
"""Of the width of a page: a line that ends before is no full line of a paragraph."""


class LaidOutPage:
    """The runs of letters of one page, and the tables that are drawn on it."""

    def __init__(self, page: Any, textpage: Any, number: int) -> None:
        self.number = number
        self.height = float(page.get_height())
        self.width = float(page.get_width())
        tables = ruled_tables(page)
        self.runs: list[Run] = []
        inside: list[list[Run]] = [[] for _ in tables]
        for run in _runs(textpage):
            x, y = (run.left + run.right) / 2, (run.bottom + run.top) / 2
            at = next((n for n, table in enumerate(tables) if table.holds(x, y)), None)
            (self.runs if at is None else inside[at]).append(run)
        self._edges = self._outermost()
        self.tables: list[tuple[Ruled, list[list[str]]]] = (
            list(zip(tables, cells(textpage, tables), strict=True)) if any(inside) else []
        )

    @property
    def has_text(self) -> bool:
        return any(run.text.strip() for run in self.runs) or bool(self.tables)

    def body_height(self) -> Counter[float]:
        """How many letters stand in lines of each height (half points)."""
        found: Counter[float] = Counter()
        for run in self.runs:
            found[round(2 * (run.top - run.bottom)) / 2] += len(run.text)
        return found

    def edge_lines(self) -> list[str]:
        """The lines at the head and the foot of the page, with figures as `#`."""
        return [pattern(_line_words(line)) for line in self._edges]

    def blocks(self, body: float, repeated: set[str]) -> list[PageBlock]:
        """Blocks from top to bottom; tables that are drawn go where they stand. `body` is the
        usual height of a line; `repeated` the patterns of heads and feet."""
        known = [line for line in self._edges if pattern(_line_words(line)) in repeated]
        edges: list[PageBlock] = [
            Block(_line_words(line), "note", page=self.number, edge=True) for line in known
        ]
        gone = {id(run) for line in known for run in line}
        held = [run for run in self.runs if id(run) not in gone]
        found: list[PageBlock] = []
        for table, rows in sorted(self.tables, key=lambda one: -one[0].rows[0]):
            above = [run for run in held if run.bottom >= table.rows[0]]
            held = [run for run in held if run.bottom < table.rows[0]]
            found += self._words(above, body)
            filled = [tuple(row) for row in rows if any(row)]
            if filled:
                pages = (self.number,) * len(filled)
                found.append(TableBlock(tuple(filled), pages, certain=True))
        return [*found, *self._words(held, body), *edges]

    def _outermost(self) -> list[list[Run]]:
        """The first and last lines of the page that stand in its margins and are no rows of a
        table: heads and feet hold two figures at most (page 3 of 10)."""
        lines = lines_of(self.runs)
        first = [one for one in lines[:EDGE_LINES] if one[0].bottom > (1 - EDGE) * self.height]
        last = [one for one in lines[-EDGE_LINES:] if one[0].top < EDGE * self.height]
        return [one for one in (*first, *last) if pattern(_line_words(one)).count("#") <= 2]

    def _words(self, runs: Sequence[Run], body: float) -> list[PageBlock]:
        """Paragraphs and tables: a line goes on with the next while it ends without a full stop,
        is nearly as wide as the widest, and the letters stay of one size."""
        parts = arranged(runs)
        lines = [part for part in parts if isinstance(part, Words)]
        found: list[PageBlock] = []
        held: list[Words] = []
        item = False
        for part in parts:
            if not isinstance(part, Words):
                self._flush(found, held, body, item)
                found.append(self._table(part))
                continue
            bullet = _BULLET.match(part.text)
            if held and (bullet or _other_size(part, held[-1])):
                self._flush(found, held, body, item)
            if not held:
                item = bool(bullet)
            held.append(part)
            # of the lines that begin at its left end: a line in the middle of a page is wider
            widest = max(one.right for one in lines if abs(one.left - part.left) <= ALIGNED)
            full = _BROKEN.search(part.text) or (
                part.right >= 0.85 * widest and part.right >= NARROWEST * self.width
            )
            if not full or (_SENTENCE_END.search(part.text) and part.right < 0.95 * widest):
                self._flush(found, held, body, item)
        self._flush(found, held, body, item)
        return found

    def _flush(self, found: list[PageBlock], held: list[Words], body: float, item: bool) -> None:
        if not held:
            return
        lines = [_BULLET.sub("", part.text) for part in held]
        words = joined("\n".join(lines))
        large = min(part.height for part in held) >= HEADING * body > 0
        if large and len(words) <= LONGEST_HEADING and not item:
            found.append(Block(words, "heading", 2, self.number))
        else:
            found.append(Block(words, "item" if item else "paragraph", page=self.number))
        held.clear()

    def _table(self, rows: list[Row]) -> TableBlock:
        return TableBlock(tuple(row.cells for row in rows), (self.number,) * len(rows))


def _other_size(line: Words, before: Words) -> bool:
    """Whether letters are of another size; a few letters may lack the tall ones."""
    if min(len(line.text), len(before.text)) < SHORT:
        return line.height > 1.35 * before.height
    return abs(line.height - before.height) > 0.35 * before.height


def _line_words(line: Sequence[Run]) -> str:
    return " ".join(run.text.strip() for run in line)


def pattern(words: str) -> str:
    """Words with their figures as `#`: `Page 3 of 10` and `Page 4 of 10` are alike."""
    return re.sub(r"\d+", "#", " ".join(words.split()))


def _runs(textpage: Any) -> list[Run]:
    """The runs of letters of a page, with a soft hyphen where a line breaks a word."""
    runs = []
    for at in range(textpage.count_rects()):
        left, bottom, right, top = textpage.get_rect(at)
        text = str(textpage.get_text_bounded(left, bottom, right, top))
        for hyphen in HYPHENS:
            text = text.replace(hyphen, SOFT_HYPHEN)
        text = text.replace("\r\n", " ").replace("\n", " ")
        runs.append(Run(left, bottom, right, top, text))
    return runs
