"""How much room words take, for formats that place them by hand (slides, column widths).

Widths are those of Helvetica (its font metrics file: thousandths of the letter size), which
Arial and Liberation Sans share. A little is added, so that a neighbouring font fits as well.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from saferboard.documents.model import Inline, Inlines, Label, Link, Prose, Strong, Text, plain

_NARROW = dict(zip(" !,./:;[]\\ijl|'fIt()-r`", (
    278, 278, 278, 278, 278, 278, 278, 278, 278, 278, 222, 222, 222, 260, 191, 278, 278, 278,
    333, 333, 333, 333, 333,
), strict=True))  # fmt: skip
_WIDE = {
    **dict.fromkeys("cksvxyzJ", 500),
    **dict.fromkeys("ABEKPSVXY&", 667),
    **dict.fromkeys("CDHNRUw", 722),
    **dict.fromkeys("FTZ", 611),
    **dict.fromkeys("GOQ", 778),
    **dict.fromkeys("mM", 833),
    **dict.fromkeys("W@—", 1000),
    **dict.fromkeys("+<=>~−±", 584),
    "%": 889,
    "\N{NO-BREAK SPACE}": 278,
}
_WIDTHS = {**_NARROW, **_WIDE}
_OTHER = 556
_UNKNOWN = 800
_ROOM = 1.06
_BOLD = 1.08


def width(words: str, size: float, *, bold: bool = False) -> float:
    """Width in points of one line of `words` at `size` points."""
    thousandths = sum(
        _WIDTHS.get(letter, _OTHER if ord(letter) < 0x2030 else _UNKNOWN) for letter in words
    )
    return thousandths / 1000 * size * _ROOM * (_BOLD if bold else 1)


def longest_word(words: str, size: float, *, bold: bool = False) -> float:
    """Width in points of the widest word: a column narrower than this breaks words."""
    return max((width(word, size, bold=bold) for word in words.split(" ")), default=0.0)


def lines(words: str, size: float, room: float, *, bold: bool = False) -> int:
    """How many lines `words` take in `room` points."""
    count = 0
    for paragraph in words.split("\n"):
        used = 0.0
        count += 1
        space = width(" ", size, bold=bold)
        for word in paragraph.split(" "):
            wide = width(word, size, bold=bold)
            if used and used + space + wide > room:
                count += 1
                used = 0.0
            while wide > room:
                count += 1
                wide -= room
            used += wide + (space if used else 0)
    return count


def pieces(parts: Inlines, size: float, room: float, most: int) -> Iterator[Inlines]:
    """`parts` cut between words into runs of at most `most` lines: a paragraph longer than a
    slide. Figures, quotations and tags are never cut."""
    held: list[Inline] = []
    for part in _small(parts):
        if held and lines(plain((*held, part)), size, room) > most:
            yield tuple(held)
            held = []
        held.append(part)
    if held:
        yield tuple(held)


def _small(parts: Iterable[Inline]) -> Iterator[Inline]:
    for part in parts:
        match part:
            case Text() | Label() | Prose():
                words = part.text.split(" ")
                for number in range(0, len(words), 12):
                    tail = " " if number + 12 < len(words) else ""
                    yield replace(part, text=" ".join(words[number : number + 12]) + tail)
            case Strong() | Link():
                for small in _small(part.parts):
                    yield replace(part, parts=(small,))
            case _:
                yield part


CELL_PADDING = 10.0
"""Points that a cell needs beside its words."""

_WIDEST = 240.0


def column_widths(columns: list[list[str]], size: float, room: float) -> list[float] | None:
    """Widths in points for columns of words within `room`: what each asks for if that fits,
    else its longest word and a share of the rest; None if even the longest words do not fit.
    The first row of every column is its header, in bold."""
    least, asked = [], []
    for column in columns:
        words = [(cell, number == 0) for number, cell in enumerate(column)]
        least.append(
            CELL_PADDING + max(longest_word(cell, size, bold=bold) for cell, bold in words)
        )
        asked.append(
            max(
                least[-1],
                min(
                    _WIDEST,
                    CELL_PADDING + max(width(cell, size, bold=False) for cell, bold in words),
                ),
            )
        )
    if sum(asked) <= room:
        spare = min(room - sum(asked), 0.6 * sum(asked))
        return [wide + spare * wide / sum(asked) for wide in asked]
    if sum(least) > room:
        return None
    share = (room - sum(least)) / (sum(asked) - sum(least))
    return [low + (wide - low) * share for low, wide in zip(least, asked, strict=True)]
