"""Web pages: headings, paragraphs, lists, tables and pictures, scripts and styles left out."""

from __future__ import annotations

from html.parser import HTMLParser

from saferboard.papercheck.paper import Paper, PassageKind
from saferboard.papercheck.place import Place
from saferboard.papercheck.reading.builder import Builder
from saferboard.papercheck.reading.html_table import HtmlTable

SILENT = {
    "script",
    "style",
    "svg",
    "template",
    "noscript",
    "iframe",
    "object",
    "select",
    "textarea",
}
BLOCKS = {
    "p", "div", "section", "article", "main", "header", "footer", "nav", "aside", "li", "dt", "dd",
    "figcaption", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "figure", "details",
    "summary", "dl", "pre", "form", "br", "hr", "body", "address", "fieldset", "legend",
}  # fmt: skip
VOID = {"br", "hr", "img", "meta", "link", "input", "wbr", "col", "source", "area", "embed"}
CELLS = {"td", "th"}
KINDS: dict[str, PassageKind] = {"li": "item", "dd": "item", "figcaption": "caption"}
FURTHER_ROWS = {"thead", "tbody", "tfoot"}
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def read_html(name: str, text: str) -> Paper:
    """A page as a reader sees it; the place of everything is its line in the source."""
    reader = _Reader(Builder(name, "html"))
    reader.feed(text)
    reader.close()
    reader.finish()
    return reader.builder.paper()


class _Reader(HTMLParser):
    """Writes words to whatever is open: the title, a cell of the innermost table, or a block."""

    def __init__(self, builder: Builder) -> None:
        super().__init__(convert_charrefs=True)
        self.builder = builder
        builder.fields |= {"title": "", "language": ""}
        self._silent: list[str] = []
        self._words: list[str] = []
        self._at = 1
        self._block = "p"
        self._tables: list[HtmlTable] = []
        self._in_title = False
        self._in_caption = False
        self._raised = 0
        self._link: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if self._silent:
            if tag == self._silent[-1]:
                self._silent.append(tag)
            return
        self._picture(tag, given)
        if tag in SILENT or ("hidden" in given and tag not in VOID):
            self._silent.append(tag)
        elif tag == "html":
            self.builder.fields["language"] = given.get("lang") or ""
        elif tag == "title":
            self._in_title, self._words = True, []
        elif tag == "sup":
            self._raised += 1
        elif tag == "a" and given.get("href"):
            self._link = []
        elif tag == "table":
            self._open_table()
        elif self._tables and tag in {"tr", "caption", *CELLS, *FURTHER_ROWS}:
            self._part_of_table(tag, given)
        elif tag in BLOCKS and self._in_cell:
            self._words.append("\n")
        elif tag in BLOCKS:
            self.flush()
            if tag not in VOID:
                self._block = tag

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._silent or tag not in SILENT:
            self.handle_starttag(tag, attrs)
            if tag == "a":
                self._link = None

    def handle_endtag(self, tag: str) -> None:
        if self._silent:
            if tag == self._silent[-1]:
                self._silent.pop()
        elif tag == "title" and self._in_title:
            self.builder.fields["title"] = " ".join("".join(self._words).split())
            self._in_title, self._words = False, []
        elif tag == "sup":
            self._raised = max(0, self._raised - 1)
        elif tag == "a" and self._link is not None:
            self.builder.link("".join(self._link), self.builder.place(line=self.getpos()[0]))
            self._link = None
        elif tag in CELLS and self._in_cell:
            self._close_cell()
        elif tag == "caption" and self._in_caption:
            self._tables[-1].caption, self._words = "".join(self._words), []
            self._in_caption = False
        elif tag == "tr" and self._tables:
            self._close_cell()
            self._tables[-1].end_row()
        elif tag == "table" and self._tables:
            self._close_table()
        elif tag in BLOCKS and self._in_cell:
            self._words.append("\n")
        elif tag in BLOCKS:
            self.flush()
            self._block = "p"

    def handle_data(self, data: str) -> None:
        if self._silent:
            return
        if not self._words and data.strip():
            self._at = self.getpos()[0]
        if self._raised and data.strip().isdigit():
            data = data.translate(_RAISED)
        if self._link is not None:
            self._link.append(data)
        if not self._tables or self._in_cell or self._in_caption:
            self._words.append(data)
        elif data.strip():
            # words between the cells of a table: a browser shows them before it
            self.builder.text(data, self.builder.place(line=self.getpos()[0]))

    def finish(self) -> None:
        """What was left open at the end of the file."""
        while self._tables:
            self._close_table()
        self.flush()

    def flush(self) -> None:
        """Puts the words so far into the paper, as what their block says they are."""
        words, self._words = "".join(self._words), []
        if not words.strip():
            return
        place = self.builder.place(line=self._at)
        if len(self._block) == 2 and self._block[0] == "h" and self._block[1].isdigit():
            self.builder.heading(words, int(self._block[1]), place)
        else:
            self.builder.text(words, place, KINDS.get(self._block, "paragraph"))

    @property
    def _in_cell(self) -> bool:
        return bool(self._tables) and self._tables[-1].in_cell

    def _picture(self, tag: str, given: dict[str, str | None]) -> None:
        seen = tag == "img" or (tag == "svg" and given.get("role") == "img")
        hidden = given.get("aria-hidden") == "true" or given.get("role") in ("presentation", "none")
        # an empty alternative is how a page says that a picture is decoration
        if seen and not hidden and given.get("alt") != "":
            place = self.builder.place(line=self.getpos()[0])
            named = given.get("aria-labelledby") or ""
            self.builder.picture(given.get("alt") or given.get("aria-label") or named, place)

    def _open_table(self) -> None:
        if self._in_cell:
            self._tables[-1].keep(self._words)
        else:
            self.flush()
        self._words = []
        self._tables.append(HtmlTable(self.getpos()[0]))

    def _part_of_table(self, tag: str, given: dict[str, str | None]) -> None:
        table = self._tables[-1]
        if tag == "caption":
            self._in_caption, self._words = True, []
            return
        self._close_cell()
        if tag in CELLS:
            self._at = self.getpos()[0]
            table.start_cell(tag, given.get("colspan"), given.get("rowspan"))
        elif tag == "tr":
            table.end_row()
            table.start_row()
        else:
            table.end_row()
            table.in_head = tag == "thead"

    def _close_cell(self) -> None:
        if self._in_cell:
            self._tables[-1].end_cell("".join(self._words), self._at)
            self._words = []

    def _close_table(self) -> None:
        """A table inside a cell goes into the paper before the one that holds it."""
        self._close_cell()
        self._in_caption = False
        table = self._tables.pop()
        table.end_row()
        number = self.builder.tables + 1
        rows: list[list[tuple[str, Place]]] = [
            [
                (words, self.builder.place(line=line, table=number, row=at, column=column))
                for column, (words, line) in enumerate(row, start=1)
            ]
            for at, row in enumerate(table.rows, start=1)
        ]
        self.builder.table(
            rows,
            self.builder.place(line=table.line, table=number),
            header_rows=table.headers,
            caption=table.caption,
            marked=table.headers > 0 or table.row_heads,
        )
        self._words = self._tables[-1].kept() if self._in_cell else []
