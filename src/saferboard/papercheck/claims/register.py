"""Registers: tables of actions, reports or projects, with heads that say what must be filled in.

A register goes on over pages: a table without heads of its own takes those of the table before
it when it is as wide. A head may stand again in the middle of a table.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from saferboard.papercheck.paper import Grid, Paper, Passage

HEADS = re.compile(
    r"^(?:ref(?:erence)?|themes?|actions?(?:\sno\.?)?|.{0,12}outcomes?|.{0,14}\blead\b.{0,14}|owner|"
    r"(?:start|end|due|target|review)\sdate|deadline|timescales?|supporting\sorganisation.{0,4}|"
    r"progress|comments?|status|updates?|(?:risk\s)?rag(?:\sstatus)?|title\sof\sreport|overview.{0,24}|"
    r"report\sof.{0,12}|issue\stype.{0,30}|project(?:\sarea)?|phase|additional\sinformation|"
    r"document\sreference.{0,4}|officer|.{0,10}updates?)$",
    re.I,
)
REQUIRED = re.compile(
    r"^(?:.{0,14}\blead\b.{0,14}|owner|(?:start|end|due|target)\sdate|deadline|timescales?|progress|"
    r"status|risk\srag\sstatus|rag\sstatus|overview.{0,24}|report\sof.{0,12}|issue\stype.{0,30}|"
    r".{0,10}\bupdates?)$",
    re.I,
)
OFTEN_LATER = re.compile(r"^(?:progress|status|(?:risk\s)?rag\sstatus|.{0,10}\bupdates?)$", re.I)
LEAST_HEADS = 2
NARROW = 5
_DATE_ALONE = re.compile(r"\b(?:19|20)\d\d$")
_NUMBERED = re.compile(r"^\d{1,3}\.?$")


@dataclass(frozen=True)
class Entry:
    """A row of a register: `cells` has one passage for each head."""

    cells: tuple[Passage, ...]

    @property
    def filled(self) -> int:
        return sum(1 for cell in self.cells if cell.text)


@dataclass(frozen=True)
class Register:
    """`heads` with their passages; entries until the next row of heads."""

    heads: tuple[Passage, ...]
    entries: tuple[Entry, ...]

    def required(self) -> Iterator[int]:
        """The columns that an entry must fill in."""
        for at, head in enumerate(self.heads):
            if REQUIRED.match(head.text):
                yield at


def registers(paper: Paper) -> list[Register]:
    """Every register of the paper."""
    found: list[Register] = []
    heads: tuple[Passage, ...] | None = None
    entries: list[Entry] = []

    def close() -> None:
        nonlocal entries
        if heads is not None and entries:
            found.append(Register(heads, tuple(entries)))
        entries = []

    for grid in paper.grids:
        if heads is not None and len(grid.rows[0]) != len(heads) and not _has_heads(grid):
            close()
            heads = None
        for row in grid.rows:
            if _is_head(row):
                close()
                heads = row
            elif heads is not None and (entry := _entry(row, len(heads))):
                entries.append(entry)
    close()
    return found


def _has_heads(grid: Grid) -> bool:
    return any(_is_head(row) for row in grid.rows)


def _is_head(row: tuple[Passage, ...]) -> bool:
    filled = [cell for cell in row if cell.text]
    named = sum(1 for cell in filled if HEADS.match(cell.text))
    required = any(REQUIRED.match(cell.text) for cell in filled)
    return required and named >= LEAST_HEADS and named >= 0.7 * len(filled)


def _entry(row: tuple[Passage, ...], width: int) -> Entry | None:
    """The row under its heads. A row that lost its leading empty cells (it begins with the
    number of the action) is moved to the right; another ragged row cannot be placed."""
    filled = [cell for cell in row if cell.text and not set(cell.text) <= set("-–: ")]
    if not filled or all(HEADS.match(cell.text) or cell.text == "Risk" for cell in filled):
        return None
    alone = len(filled) == 1 and (not row[0].text or _DATE_ALONE.search(row[0].text))
    if alone or (len(filled) == 1 and width > NARROW):
        return None
    cells = [cell for at, cell in enumerate(row, 1) if cell.place.column in (0, at)]
    short = width - len(cells)
    if short > 0 and len(row) >= width - short:
        if not (_NUMBERED.match(cells[0].text) and short <= 2):
            return None
        cells = [*row[-1:] * short, *cells] if not row[-1].text else cells
    return Entry(tuple(cells[:width])) if len(cells) >= width else None
