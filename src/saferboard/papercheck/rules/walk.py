"""How rules walk through a pack, and how they quote what they found."""

from __future__ import annotations

import re
from collections.abc import Iterator

from saferboard.papercheck.claims.mask import Masked, masked
from saferboard.papercheck.finding import Pack
from saferboard.papercheck.paper import Grid, Paper, Passage

SHORT_CELL = 40
MOST_QUOTED = 300
_BLANK = re.compile(r"\s")
_FIGURE = re.compile(
    r"\d|eleven\b|twelve\b|teen\b|(?:twen|thir|for|fif|six|seven|eigh|nine)ty\b", re.I
)
_SENTENCE_START = re.compile(r"(?<=[.!?])\s+(?=[A-Z“\"(])")


def prose(pack: Pack) -> Iterator[tuple[Paper, Passage, Masked]]:
    """Every passage with words and figures that can hold a sentence, with its mask; cells of a
    table only where they are as long as sentences."""
    yield from pack.once("prose", lambda: tuple(_prose(pack)))


def _prose(pack: Pack) -> Iterator[tuple[Paper, Passage, Masked]]:
    for paper in pack.papers:
        for passage in paper.passages:
            if passage.kind == "cell" and len(passage.text) < SHORT_CELL:
                continue
            if _FIGURE.search(passage.text):
                yield paper, passage, masked(passage.text)


def passages(pack: Pack) -> Iterator[tuple[Paper, Passage]]:
    """Every passage of every paper."""
    for paper in pack.papers:
        for passage in paper.passages:
            yield paper, passage


def grids(pack: Pack) -> Iterator[tuple[Paper, Grid]]:
    """Every table of every paper."""
    for paper in pack.papers:
        for grid in paper.grids:
            yield paper, grid


def sentence(passage: Passage, start: int, end: int) -> str:
    """The sentence or sentences that hold [start, end), shortened around it where long."""
    text = passage.text
    first, last = 0, len(text)
    for found in _SENTENCE_START.finditer(text):
        if found.end() <= start:
            first = found.end()
        elif found.start() >= end:
            last = found.start()
            break
    quoted = text[first:last]
    if len(quoted) <= MOST_QUOTED:
        return quoted.strip()
    spare = max(0, MOST_QUOTED - (end - start)) // 2
    opens, closes = max(first, start - spare), min(last, end + spare)
    if opens > first and not text[opens - 1].isspace():
        blank = _BLANK.search(text, opens, start)
        opens = blank.end() if blank else start
    ends = opens + len(cut(text[opens:last], closes - opens))
    if ends < end:
        blank = _BLANK.search(text, max(0, end - 1), last)
        ends = blank.start() if blank else last
    return text[opens:ends].strip()


def cut(text: str, most: int = MOST_QUOTED) -> str:
    """The words of a text that fit into so many letters: none of them is cut in two, but a word
    that is longer than all of it."""
    if len(text) <= most:
        return text
    held = text[:most]
    if not text[most].isspace() and (blanks := list(_BLANK.finditer(held))):
        held = held[: blanks[-1].start()]
    return held.rstrip()


def row_words(grid: Grid, row: int) -> str:
    """The cells of a row of a table as one line, as a quote."""
    cells = [cell.text for cell in grid.rows[row] if cell.text]
    return cut(" | ".join(cells))
