"""Registers: tables of actions, reports or projects, with heads that say what must be filled in.

A register goes on over pages: a table without heads of its own takes those of the table before
it when it is as wide. A head may stand again in the middle of a table.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from saferboard.papercheck.claims.month_names import MONTH_NAME
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
_DATE_CELL = re.compile(
    rf"^(?:\d{{1,2}}(?:st|nd|rd|th)?\s)?{MONTH_NAME}[\s’'-]*(?:20)?\d\d$|^\d\d?[./]\d\d?[./]\d{{2,4}}$",
    re.I,
)
_IS_DATE = re.compile(r"\bdate\b|deadline|timescale", re.I)
_IS_NUMBER = re.compile(r"^(?:ref(?:erence)?|(?:action\s)?no\.?|number)$", re.I)
_IS_LEAD = re.compile(r"\blead\b|owner|officer", re.I)
_IS_OUTCOME = re.compile(r"^(?:actions?|(?:local\s)?outcomes?)$", re.I)
LONGEST_LEAD = 50
MOST_MOVED = 3


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
            elif heads is not None and (entry := _entry(row, heads)):
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


def _entry(row: tuple[Passage, ...], heads: tuple[Passage, ...]) -> Entry | None:
    """The row under its heads, moved to where its dates and numbers stand under theirs: rows
    lose their leading cells at the turn of a page. None for a row that cannot be placed."""
    width = len(heads)
    filled = [cell for cell in row if cell.text and not set(cell.text) <= set("-–: ")]
    if not filled or all(HEADS.match(cell.text) or cell.text == "Risk" for cell in filled):
        return None
    alone = len(filled) == 1 and (not row[0].text or _DATE_ALONE.search(row[0].text))
    if alone or (len(filled) == 1 and width > NARROW):
        return None
    cells = [cell for at, cell in enumerate(row, 1) if cell.place.column in (0, at)]
    short = width - len(cells)
    if short > 0 and not cells[-1].text:
        padded = (*cells, *cells[-1:] * short)
        if (loose := _words_and_dates(padded, heads)) is not None:
            return Entry(loose)
    if short > 0 and len(row) >= width - short:
        if not (_NUMBERED.match(cells[0].text) and short <= 2):
            return None
        cells = [*row[-1:] * short, *cells] if not row[-1].text else cells
    if len(cells) < width:
        return None
    return Entry(_placed(tuple(cells[:width]), heads))


def _placed(cells: tuple[Passage, ...], heads: tuple[Passage, ...]) -> tuple[Passage, ...]:
    """The cells, moved to the right by as many columns as are empty at their end where that
    fits the heads better."""
    if not any(_IS_DATE.search(head.text) for head in heads):
        return cells
    if (loose := _words_and_dates(cells, heads)) is not None:
        return loose
    empty = next(cell for cell in reversed(cells)) if not cells[-1].text else None
    best, most = cells, _fit(cells, heads)
    for by in range(1, MOST_MOVED + 1):
        if empty is None or any(cell.text for cell in cells[-by:]):
            break
        moved = (*(empty,) * by, *cells[:-by])
        if (fit := _fit(moved, heads)) > most:
            best, most = moved, fit
    return best


def _fit(cells: tuple[Passage, ...], heads: tuple[Passage, ...]) -> float:
    """How well cells stand under their heads: dates under dates, numbers under numbers, and,
    where that says nothing, a lead under leads."""
    fit = 0.0
    for cell, head in zip(cells, heads, strict=True):
        if not cell.text:
            continue
        dated, numbered = bool(_DATE_CELL.match(cell.text)), bool(_NUMBERED.match(cell.text))
        if _IS_DATE.search(head.text) or dated:
            fit += 2 if dated and _IS_DATE.search(head.text) else -2
        elif _IS_NUMBER.match(head.text) or numbered:
            fit += 1 if numbered and _IS_NUMBER.match(head.text) else -1
        elif _IS_LEAD.search(head.text) and len(cell.text) <= LONGEST_LEAD:
            fit += 0.25
    return fit


def _words_and_dates(
    cells: tuple[Passage, ...], heads: tuple[Passage, ...]
) -> tuple[Passage, ...] | None:
    """A row of words and as many dates as there are heads for them, and nothing else, wherever
    they stand: the words under the widest head, the dates under theirs."""
    filled = [cell for cell in cells if cell.text]
    dated = [cell for cell in filled if _DATE_CELL.match(cell.text)]
    under = [at for at, head in enumerate(heads) if _IS_DATE.search(head.text)]
    words = [cell for cell in filled if cell not in dated]
    free = next((cell for cell in cells if not cell.text), None)
    target = next((at for at, head in enumerate(heads) if _IS_OUTCOME.search(head.text)), None)
    if len(words) != 1 or len(dated) != len(under) or free is None or target is None:
        return None
    placed = [free] * len(heads)
    placed[target] = words[0]
    for at, cell in zip(under, dated, strict=True):
        placed[at] = cell
    return tuple(placed)
