"""A table of a web page in the making: spans over columns and rows, rows of heads."""

from __future__ import annotations

MOST_SPAN = 200


class HtmlTable:
    """`rows` hold words and lines of the source. A cell over several columns or rows has its
    words where it begins, and nothing where it goes on."""

    def __init__(self, line: int) -> None:
        self.line = line
        self.caption = ""
        self.rows: list[list[tuple[str, int]]] = []
        self.headers = 0
        self.row_heads = False
        self.in_head = False
        self.in_cell = False
        self._row: list[tuple[str, int]] | None = None
        self._heads_only = True
        self._below: dict[int, int] = {}
        self._tag, self._columns, self._deep = "td", 1, 1
        self._kept: list[str] = []

    def start_row(self) -> None:
        """A new row; it begins with what is left of cells above that reach into it."""
        self._row, self._heads_only = [], True

    def start_cell(self, tag: str, columns: str | None, rows: str | None) -> None:
        """A new cell, in a new row where the page opened none."""
        if self._row is None:
            self.start_row()
        self._fill(self.line)
        self._tag, self.in_cell = tag, True
        self._columns, self._deep = _span(columns), _span(rows)
        self._heads_only = self._heads_only and tag == "th"

    def end_cell(self, words: str, line: int) -> None:
        """The words of the open cell."""
        row = self._row if self._row is not None else []
        for extra in range(self._columns):
            if self._deep > 1:
                self._below[len(row)] = self._deep - 1
            row.append((words if not extra else "", line))
        if self._tag == "th" and not self._heads_only:
            self.row_heads = True
        if self._tag == "th" and len(row) == self._columns and not self.in_head:
            self.row_heads = True
        self.in_cell = False

    def end_row(self) -> None:
        """Rows of heads count while they stand at the top."""
        if self._row is None:
            return
        if self._row:
            self._fill(self._row[-1][1])
            self.rows.append(self._row)
            heads = self._heads_only or self.in_head
            if heads and self.headers == len(self.rows) - 1:
                self.headers += 1
        self._row = None

    def keep(self, words: list[str]) -> None:
        """Words of the open cell while a table inside it is read."""
        self._kept = words

    def kept(self) -> list[str]:
        return self._kept

    def _fill(self, line: int) -> None:
        """Empty cells where one above reaches down to this row."""
        row = self._row if self._row is not None else []
        while self._below.get(len(row), 0) > 0:
            self._below[len(row)] -= 1
            row.append(("", line))


def _span(given: str | None) -> int:
    words = (given or "1").strip()
    return min(max(int(words), 1), MOST_SPAN) if words.isascii() and words.isdigit() else 1
