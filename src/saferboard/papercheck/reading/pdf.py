"""PDF: the text layer, page by page. Tables stay uncertain: a page knows no cells."""

from __future__ import annotations

import re

import pypdfium2 as pdfium

from saferboard.papercheck.paper import Paper
from saferboard.papercheck.place import Place
from saferboard.papercheck.reading.builder import Builder
from saferboard.papercheck.reading.layout import Row, Run, Words, arranged
from saferboard.vocabulary.problem import Problem

MOST_PAGES = 3000
_SENTENCE_END = re.compile(r"[.:;?!)”\"]$")
_BULLET = re.compile(r"^\s*[•▪●❑o-]\s+(?=\S)")


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
        pages_of_runs = [_page_runs(document, number) for number in range(pages)]
    finally:
        document.close()
    empty = [
        number
        for number, runs in enumerate(pages_of_runs, start=1)
        if not any(run.text.strip() for run in runs)
    ]
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
    for number, runs in enumerate(pages_of_runs, start=1):
        _page(builder, number, runs)
    return builder.paper()


def _page_runs(document: pdfium.PdfDocument, number: int) -> list[Run]:
    """The runs of letters of a page, with a soft hyphen where a line breaks a word."""
    page = document[number]
    try:
        held = page.get_textpage()
        try:
            runs = []
            for at in range(held.count_rects()):
                left, bottom, right, top = held.get_rect(at)
                text = str(held.get_text_bounded(left, bottom, right, top))
                runs.append(Run(left, bottom, right, top, _joined(text)))
            return runs
        finally:
            held.close()
    finally:
        page.close()


def _joined(text: str) -> str:
    return text.replace("\ufffe", "\u00ad").replace("\r\n", " ").replace("\n", " ")


def _page(builder: Builder, page: int, runs: list[Run]) -> None:
    """Paragraphs and tables of one page: a line goes on with the next while it ends without a
    full stop, is nearly as wide as the widest, and the letters stay of one size."""
    parts = arranged(runs)
    widest = max((part.right for part in parts if isinstance(part, Words)), default=0.0)
    held: list[str] = []
    height = 0.0
    start = builder.place(page=page)
    for part in parts:
        if not isinstance(part, Words):
            _flush(builder, held, start)
            _table(builder, part, page)
            continue
        if held and (_BULLET.match(part.text) or abs(part.height - height) > 0.35 * height):
            _flush(builder, held, start)
        height = part.height
        held.append(_BULLET.sub("", part.text))
        full = part.right >= 0.85 * widest
        if not full or (_SENTENCE_END.search(part.text) and part.right < 0.95 * widest):
            _flush(builder, held, start)
    _flush(builder, held, start)


def _flush(builder: Builder, held: list[str], place: Place) -> None:
    if held:
        builder.text("\n".join(held).replace("\u00ad\n", ""), place)
        held.clear()


def _table(builder: Builder, rows: list[Row], page: int) -> None:
    number = builder.tables + 1
    cells = [
        [
            (text, builder.place(page=page, table=number, row=at, column=column))
            for column, text in enumerate(row.cells, start=1)
        ]
        for at, row in enumerate(rows, start=1)
    ]
    builder.table(cells, builder.place(page=page, table=number), certain=False)
