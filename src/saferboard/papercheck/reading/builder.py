"""Collects what a reader of one format finds, in reading order, and makes the paper of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from saferboard.documents.model import (
    Block,
    Bullets,
    Cell,
    Document,
    Paragraph,
    Quoted,
    Section,
    Table,
)
from saferboard.papercheck.paper import Grid, Paper, Passage, PassageKind
from saferboard.papercheck.place import Place
from saferboard.papercheck.reading.cleaning import clean
from saferboard.papercheck.reading.headers import header_rows_of
from saferboard.vocabulary.problem import Problem

TITLE_LENGTH = 120
MOST_CHARACTERS = 20_000_000
"""About fifty of the longest packs that a board was given. More is not a paper."""

LONGEST_PASSAGE = 8_000


class Builder:
    """One paper in the making. Every `add…` cleans the words and keeps the raw ones."""

    def __init__(self, name: str, kind: str) -> None:
        self.name = name
        self.kind = kind
        self.pages = 0
        self.notes: list[str] = []
        self.fields: dict[str, str] = {}
        self.pictures: list[tuple[str, Place]] = []
        self.links: list[tuple[str, Place]] = []
        self._characters = 0
        self._passages: list[Passage] = []
        self._grids: list[Grid] = []
        self._sections: list[tuple[str, list[Block]]] = [("", [])]
        self._heading = ""

    def place(
        self,
        *,
        line: int = 0,
        page: int = 0,
        sheet: str = "",
        cell: str = "",
        paragraph: int = 0,
        table: int = 0,
        row: int = 0,
        column: int = 0,
        part: str = "",
    ) -> Place:
        """A place in this paper, under the heading that was read last."""
        return Place(
            self.name, line, page, sheet, cell, paragraph, table, row, column, self._heading, part
        )

    def heading(self, raw: str, level: int, place: Place) -> None:
        """A heading; it opens a section of the document."""
        words = clean(raw)
        if not words:
            return
        self._heading = words[:TITLE_LENGTH]
        self._passages.append(self._passage(raw, place, "heading", level))
        self._sections.append((words, []))

    def text(self, raw: str, place: Place, kind: PassageKind = "paragraph") -> None:
        """A paragraph, list item, caption, field or note. One that is longer than any paragraph
        is divided between its sentences: what rules do with a passage may grow faster than it."""
        words = clean(raw)
        if not words:
            return
        if len(words) > LONGEST_PASSAGE:
            for piece in _pieces(words):
                self.text(piece, place, kind)
            return
        self._passages.append(self._passage(raw, place, kind))
        quoted = Quoted(words, place.words())
        blocks = self._sections[-1][1]
        if kind == "item" and blocks and isinstance(blocks[-1], Bullets):
            blocks[-1] = replace(blocks[-1], items=(*blocks[-1].items, (quoted,)))
        elif kind == "item":
            blocks.append(Bullets(((quoted,),)))
        else:
            blocks.append(Paragraph((quoted,)))

    def table(
        self,
        rows: Sequence[Sequence[tuple[str, Place]]],
        place: Place,
        *,
        header_rows: int = 0,
        caption: str = "",
        certain: bool = True,
        marked: bool | None = None,
    ) -> None:
        """A table of cells with their places; ragged rows are padded. Where the file says no
        number of header rows they are told from what the rows hold."""
        filled = [list(row) for row in rows if row]
        if not filled:
            return
        width = max(len(row) for row in filled)
        grid_rows: list[tuple[Passage, ...]] = []
        for row in filled:
            row.extend(("", row[-1][1]) for _ in range(width - len(row)))
            cells = []
            for raw, where in row:
                cell = self._passage(raw, where, "cell")
                cells.append(cell)
                self._passages.append(cell)
            grid_rows.append(tuple(cells))
        headers = header_rows or header_rows_of([[cell.text for cell in row] for row in grid_rows])
        grid = Grid(
            tuple(grid_rows), place, min(headers, len(grid_rows)), clean(caption), certain, marked
        )
        self._grids.append(grid)
        self._sections[-1][1].append(_table(grid, len(self._grids)))

    @property
    def tables(self) -> int:
        return len(self._grids)

    def picture(self, alternative: str, place: Place) -> None:
        self.pictures.append((clean(alternative), place))

    def link(self, words: str, place: Place) -> None:
        """The words that a reader follows to somewhere else."""
        if words.strip():
            self.links.append((clean(words), place))

    def paper(self, *, original: Paper | None = None) -> Paper:
        """What was collected, as a paper. Raises Problem where there is nothing to check."""
        if not any(passage.text for passage in self._passages) and not self.notes:
            raise Problem(
                "The file holds no text.", file=self.name, remedy="Check that it is the right one."
            )
        title = next((p.text for p in self._passages if p.kind == "heading"), "") or self.name
        sections = tuple(
            Section(f"section-{number}", (Quoted(words or title, ""),), tuple(blocks))
            for number, (words, blocks) in enumerate(self._sections)
            if words or blocks
        )
        document = Document(title[:TITLE_LENGTH], "", "", "en-GB", "", sections)
        return Paper(
            self.name,
            self.kind,
            document,
            tuple(self._passages),
            tuple(self._grids),
            tuple(self.pictures),
            self.pages,
            tuple(self.notes),
            dict(self.fields),
            tuple(self.links),
            original,
        )

    def _passage(self, raw: str, place: Place, kind: PassageKind, level: int = 0) -> Passage:
        self._characters += len(raw)
        if self._characters > MOST_CHARACTERS:
            raise Problem(
                f"The paper has more than {MOST_CHARACTERS / 1e6:.0f} million characters.",
                file=self.name,
                remedy="Divide it.",
            )
        words = clean(raw)
        return Passage(
            words, place, kind, len(self._passages), level, words if words == raw else raw
        )


def _pieces(words: str) -> Iterator[str]:
    """Stretches of at most LONGEST_PASSAGE, ended at a full stop or else a blank."""
    at = 0
    while at < len(words):
        end = at + LONGEST_PASSAGE
        if end < len(words):
            least = at + LONGEST_PASSAGE // 2
            stop = words.rfind(". ", least, end) + 1 or words.rfind(" ", least, end)
            end = stop if stop > at else end
        yield words[at:end]
        at = end


def _table(grid: Grid, number: int) -> Table:
    def line(row: tuple[Passage, ...], header: bool) -> tuple[Cell, ...]:
        return tuple(
            Cell((Quoted(cell.text, cell.place.words()),), header=header or at == 0)
            for at, cell in enumerate(row)
        )

    head, body = grid.rows[: grid.header_rows], grid.rows[grid.header_rows :]
    caption = (Quoted(grid.caption, ""),) if grid.caption else ()
    return Table(
        f"table-{number}",
        caption,
        tuple(line(row, True) for row in head),
        tuple(line(row, False) for row in body),
    )
