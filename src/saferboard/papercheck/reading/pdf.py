"""PDF: the text layer, page by page. Tables stay uncertain: a page knows no cells."""

from __future__ import annotations

import re

import pypdfium2 as pdfium

from saferboard.papercheck.paper import Paper
from saferboard.papercheck.place import Place
from saferboard.papercheck.reading.builder import Builder
from saferboard.vocabulary.problem import Problem

MOST_PAGES = 3000
_SENTENCE_END = re.compile(r"[.:;?!)”\"]$")
_BULLET = re.compile(r"^\s*[•▪●❑o-]\s+(?=\S)")
_COLUMNS = re.compile(r" {2,}|\t")


def read_pdf(name: str, data: bytes) -> Paper:
    """Lines that belong together are joined to paragraphs; rows set in columns become uncertain
    tables. Raises Problem for a file that is encrypted, broken, or only scanned pictures."""
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower():
            raise Problem(
                "The PDF is encrypted.", file=name, remedy="Save it without a password."
            ) from error
        raise Problem(
            "The PDF is damaged and cannot be read.", file=name, remedy="Export it again."
        ) from error
    try:
        pages = len(document)
        if pages > MOST_PAGES:
            raise Problem(f"The PDF has {pages} pages; {MOST_PAGES} is the most.", file=name)
        texts = [_page_text(document, number) for number in range(pages)]
    finally:
        document.close()
    empty = [number for number, text in enumerate(texts, start=1) if not text.strip()]
    if len(empty) == pages:
        raise Problem(
            f"The PDF holds no text: its {pages} pages are pictures of pages (a scan).",
            file=name,
            remedy="Ask for the file that it was printed from, or recognise its text first.",
        )
    builder = Builder(name, "pdf")
    builder.pages = pages
    if empty:
        shown = ", ".join(map(str, empty[:20]))
        builder.notes.append(f"{len(empty)} of {pages} pages hold no text: {shown}.")
    for number, text in enumerate(texts, start=1):
        _page(builder, number, text)
    return builder.paper()


def _page_text(document: pdfium.PdfDocument, number: int) -> str:
    page = document[number]
    try:
        words = page.get_textpage()
        try:
            return str(words.get_text_range()).replace("\ufffe", "\u00ad").replace("\r\n", "\n")
        finally:
            words.close()
    finally:
        page.close()


def _page(builder: Builder, page: int, text: str) -> None:
    """Paragraphs of one page: a line goes on with the next while it ends without a full stop
    and is nearly as long as the longest line."""
    lines = [line.rstrip() for line in text.split("\n")]
    longest = max((len(line) for line in lines), default=0)
    held: list[str] = []
    start = builder.place(page=page)
    rows: list[list[tuple[str, Place]]] = []
    for line in lines:
        columns = _COLUMNS.split(line.strip())
        if len(columns) > 2:
            _flush(builder, held, start)
            rows.append([(words, builder.place(page=page, column=at))
                         for at, words in enumerate(columns, start=1)])  # fmt: skip
            continue
        _rows(builder, rows, page)
        if _BULLET.match(line):
            _flush(builder, held, start)
        if line.strip():
            held.append(_BULLET.sub("", line))
        ends = not line.strip() or (_SENTENCE_END.search(line) and len(line) < 0.9 * longest)
        if ends or len(line) < 0.6 * longest:
            _flush(builder, held, start)
    _flush(builder, held, start)
    _rows(builder, rows, page)


def _flush(builder: Builder, held: list[str], place: Place) -> None:
    if held:
        builder.text("\n".join(held).replace("\u00ad\n", ""), place)
        held.clear()


def _rows(builder: Builder, rows: list[list[tuple[str, Place]]], page: int) -> None:
    if rows:
        where = builder.place(page=page, table=builder.tables + 1)
        builder.table(list(rows), where, certain=False)
        rows.clear()
