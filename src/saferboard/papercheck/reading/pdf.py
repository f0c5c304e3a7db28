"""PDF: the text layer, page by page; tables by their tags, their lines, or their layout."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from saferboard.papercheck.paper import Paper
from saferboard.papercheck.reading.builder import Builder
from saferboard.papercheck.reading.pdf_layout import LaidOutPage, pattern
from saferboard.papercheck.reading.pdf_page import (
    Block,
    PageBlock,
    PictureBlock,
    TableBlock,
    continued,
)
from saferboard.papercheck.reading.pdf_tags import TaggedPage
from saferboard.vocabulary.problem import Problem

MOST_PAGES = 3000
MOST_NAMED = 20
OFTEN = 3
_GOES_ON = re.compile(r"[\w,\-–£%]$")

_Page = list[PageBlock] | LaidOutPage


def read_paper(name: str, data: bytes) -> Paper:
    """Tagged pages by their tags; on others lines that belong together are joined to paragraphs
    and rows set in columns become tables that nobody vouches for. A table or paragraph that goes
    on over the page is one. Raises Problem for a file that is encrypted, broken, or only scanned
    pictures."""
    document = _opened(name, data)
    builder = Builder(name, "pdf")
    try:
        pages = len(document)
        if pages > MOST_PAGES:
            raise Problem(
                f"The PDF has {pages:,} pages; {MOST_PAGES:,} is the most.",
                file=name,
                remedy="Divide it.",
            )
        builder.pages = pages
        builder.fields["title"] = str(document.get_metadata_value("Title")).strip()
        tagged = bool(raw.FPDFCatalog_IsTagged(document))
        builder.fields["language"] = _language(document)
        read, empty = [], []
        for number in range(1, pages + 1):
            page = _page(document, number, tagged)
            read.append(page)
            if not (page.has_text if isinstance(page, LaidOutPage) else page):
                empty.append(number)
    finally:
        document.close()
    if len(empty) == pages:
        raise _scanned(name, pages)
    if empty:
        shown = ", ".join(map(str, empty[:MOST_NAMED])) + ("…" if len(empty) > MOST_NAMED else "")
        builder.notes.append(
            f"{len(empty)} of {pages} pages hold no text (blank, or pictures of pages) and were "
            f"not checked: {shown}."
        )
    _into(builder, over_pages(_blocks(read)))
    return builder.paper()


def _scanned(name: str, pages: int) -> Problem:
    held = (
        "its only page is a picture of a page"
        if pages == 1
        else (f"its {pages} pages are pictures of pages")
    )
    return Problem(
        f"The PDF holds no text: {held} (a scan).",
        file=name,
        remedy="Ask for the file that it was printed from, or recognise its text first.",
    )


def _opened(name: str, data: bytes) -> Any:
    try:
        return pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower():
            raise Problem(
                "The PDF is encrypted.", file=name, remedy="Save it without a password."
            ) from error
        raise Problem(
            "The PDF is damaged and cannot be read.", file=name, remedy="Export it again."
        ) from error


def _language(document: Any) -> str:
    length = raw.FPDFCatalog_GetLanguage(document, None, 0)
    if length <= 2:
        return ""
    held = (raw.FPDF_WCHAR * (length // 2))()
    raw.FPDFCatalog_GetLanguage(document, held, length)
    return bytes(held)[: length - 2].decode("utf-16-le", errors="replace")


def _page(document: Any, number: int, tagged: bool) -> _Page:
    """A page by its tags, else by its layout; a page that cannot be opened holds nothing."""
    try:
        page = document[number - 1]
    except pdfium.PdfiumError:
        return []
    try:
        textpage = page.get_textpage()
        try:
            blocks = TaggedPage(page, textpage, number).blocks() if tagged else None
            return blocks if blocks is not None else LaidOutPage(page, textpage, number)
        finally:
            textpage.close()
    finally:
        page.close()


def _blocks(pages: Sequence[_Page]) -> list[PageBlock]:
    """The blocks of all pages. Heads and feet of pages, known by their standing on three or
    more, are left out after the first time."""
    heights: Counter[float] = Counter()
    edges: Counter[str] = Counter()
    for one in pages:
        if isinstance(one, LaidOutPage):
            heights.update(one.body_height())
            edges.update(set(one.edge_lines()))
    body = heights.most_common(1)[0][0] if heights else 0.0
    repeated = {words for words, times in edges.items() if times >= OFTEN}
    told: set[str] = set()
    found: list[PageBlock] = []
    for page in pages:
        blocks = page.blocks(body, repeated) if isinstance(page, LaidOutPage) else page
        for block in blocks:
            if isinstance(block, Block) and block.edge:
                if pattern(block.text) in told:
                    continue
                told.add(pattern(block.text))
            found.append(block)
    return found


def over_pages(blocks: Sequence[PageBlock]) -> list[PageBlock]:
    """Tables and paragraphs that go on over the end of a page, as one, whatever stands at its
    foot."""
    found: list[PageBlock] = []
    last = -1
    for block in blocks:
        if isinstance(block, Block) and (block.edge or block.kind == "note"):
            found.append(block)
            continue
        before = found[last] if last >= 0 else None
        one = _as_one(before, block) if before is not None else None
        if one is not None:
            found[last] = one
        else:
            found.append(block)
            last = len(found) - 1
    return found


def _as_one(before: PageBlock, block: PageBlock) -> PageBlock | None:
    if isinstance(before, TableBlock) and isinstance(block, TableBlock):
        return continued(before, block) if block.pages[0] == before.pages[-1] + 1 else None
    if (
        isinstance(before, Block)
        and isinstance(block, Block)
        and before.kind == block.kind == "paragraph"
        and block.page == before.page + 1
        and _GOES_ON.search(before.text.rstrip())
        and block.text[:1].islower()
    ):
        return Block(f"{before.text}\n{block.text}", "paragraph", page=before.page)
    return None


def _into(builder: Builder, blocks: Sequence[PageBlock]) -> None:
    for block in blocks:
        if isinstance(block, PictureBlock):
            builder.picture(block.alternative, builder.place(page=block.page))
        elif isinstance(block, TableBlock):
            _table(builder, block)
        elif block.kind == "heading":
            builder.heading(block.text, block.level, builder.place(page=block.page))
        else:
            part = "head or foot of the page" if block.edge else ""
            builder.text(block.text, builder.place(page=block.page, part=part), block.kind)


def _table(builder: Builder, block: TableBlock) -> None:
    number = builder.tables + 1
    cells = [
        [
            (text, builder.place(page=page, table=number, row=at, column=column))
            for column, text in enumerate(row, start=1)
        ]
        for at, (row, page) in enumerate(zip(block.rows, block.pages, strict=True), start=1)
    ]
    builder.table(
        cells,
        builder.place(page=block.pages[0], table=number),
        header_rows=block.header_rows,
        certain=block.certain,
        marked=block.header_rows > 0 if block.tagged else None,
    )
