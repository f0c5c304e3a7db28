"""Web pages: headings, paragraphs, lists, tables and pictures, scripts and styles left out."""

from __future__ import annotations

from html.parser import HTMLParser

from saferboard.papercheck.paper import Paper, PassageKind
from saferboard.papercheck.place import Place
from saferboard.papercheck.reading.builder import Builder

SILENT = {"script", "style", "svg", "head", "template", "noscript"}
BLOCKS = {
    "p", "div", "section", "article", "main", "header", "footer", "nav", "aside", "li", "dt", "dd",
    "figcaption", "caption", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6", "table", "ul", "ol",
    "figure", "tr", "details", "summary", "dl", "pre", "form", "br", "hr", "body", "title",
}  # fmt: skip
VOID = {"br", "hr", "img", "meta", "link", "input", "wbr", "col"}


def read_html(name: str, text: str) -> Paper:
    """A page as a reader sees it; the place of everything is its line in the source."""
    parser = _Reader(Builder(name, "html"))
    parser.feed(text)
    parser.close()
    parser.flush()
    return parser.builder.paper()


class _Reader(HTMLParser):
    def __init__(self, builder: Builder) -> None:
        super().__init__(convert_charrefs=True)
        self.builder = builder
        self._silent: list[str] = []
        self._words: list[str] = []
        self._at: int = 1
        self._block = "p"
        self._rows: list[list[tuple[str, Place]]] | None = None
        self._headers = 0
        self._row_is_header = True
        self._caption = ""
        self._table_line = 0
        self._in_cell = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in SILENT:
            self._silent.append(tag)
        if self._silent:
            return
        given = dict(attrs)
        if tag == "img" or given.get("role") == "img":
            place = self.builder.place(line=self.getpos()[0])
            self.builder.picture(given.get("alt") or given.get("aria-label") or "", place)
        if tag == "table":
            self.flush()
            self._rows, self._headers, self._caption = [], 0, ""
            self._table_line = self.getpos()[0]
        elif tag == "tr" and self._rows is not None:
            self._rows.append([])
            self._row_is_header = True
        elif tag in {"td", "th"} and self._rows:
            self._words, self._in_cell = [], True
            self._at = self.getpos()[0]
            self._row_is_header = self._row_is_header and tag == "th"
            for _ in range(int(given.get("colspan") or 1) - 1):
                self._rows[-1].append(("", self._cell_place()))
        elif tag in BLOCKS and not self._in_cell:
            self.flush()
            self._block = tag
        elif tag in BLOCKS:
            self._words.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if self._silent:
            if tag == self._silent[-1]:
                self._silent.pop()
            return
        if tag in {"td", "th"} and self._rows:
            self._rows[-1].append(("".join(self._words), self._cell_place()))
            self._words, self._in_cell = [], False
        elif tag == "tr" and self._rows is not None:
            if self._rows and self._row_is_header and self._headers == len(self._rows) - 1:
                self._headers += 1
        elif tag == "caption" and self._rows is not None:
            self._caption, self._words = "".join(self._words), []
        elif tag == "table" and self._rows is not None:
            self._finish_table()
        elif tag in BLOCKS and not self._in_cell:
            self.flush()
            self._block = "p"

    def handle_data(self, data: str) -> None:
        if self._silent:
            return
        if not self._words and data.strip():
            self._at = self.getpos()[0]
        self._words.append(data)

    def flush(self) -> None:
        """Puts the words so far into the paper, as what their block says they are."""
        words, self._words = "".join(self._words), []
        if not words.strip():
            return
        place = self.builder.place(line=self._at)
        if len(self._block) == 2 and self._block[0] == "h" and self._block[1].isdigit():
            self.builder.heading(words, int(self._block[1]), place)
            return
        kinds: dict[str, PassageKind] = {
            "li": "item",
            "figcaption": "caption",
            "caption": "caption",
        }
        self.builder.text(words, place, kinds.get(self._block, "paragraph"))

    def _cell_place(self) -> Place:
        rows = self._rows or [[]]
        return self.builder.place(
            line=self._at, table=self.builder.tables + 1, row=len(rows), column=len(rows[-1]) + 1
        )

    def _finish_table(self) -> None:
        place = self.builder.place(line=self._table_line, table=self.builder.tables + 1)
        rows = self._rows or []
        self._rows, self._words = None, []
        self.builder.table(rows, place, header_rows=self._headers, caption=self._caption)
