"""Paper: a tagged PDF (PDF/UA-1) laid out by WeasyPrint in one pass, so that its tags hold.

Needs Pango, a library of the system; everything else comes with the package.
"""

from __future__ import annotations

import logging
from html import escape
from pathlib import Path
from typing import Any

from saferboard.documents.model import Document, Table, plain
from saferboard.documents.render.html import heading, masthead, style
from saferboard.documents.render.markup import Markup
from saferboard.documents.render.pictures import Pictures
from saferboard.documents.themes import letters
from saferboard.documents.walk import figures_of
from saferboard.vocabulary.problem import Problem

VARIANT = "pdf/ua-1"
_REMARKS = logging.getLogger("weasyprint")


def render(
    document: Document,
    *,
    template: Path | None = None,
    pictures: Pictures | None = None,
    tables_behind: bool = True,
) -> bytes:
    """The document as PDF/UA-1. `tables_behind` prints the figures of every chart at the end.
    Paper takes no template: `template` is there because all renderers are called alike."""
    del template
    pictures = pictures or Pictures(document.look)
    pictures.draw(document, png=False, narrow=False)
    drawn = {figure.chart.key: pictures.svg(figure.chart) for _, figure in figures_of(document)}
    return lay_out(page(document, pictures, tables_behind=tables_behind), drawn)


def page(document: Document, pictures: Pictures, *, tables_behind: bool) -> str:
    """The document as HTML for paper: images are named `chart:KEY`."""
    markup = Markup("paper", pictures)
    sections = "\n".join(
        f'<section id="{escape(section.anchor)}" class="section {section.layout}">'
        f"{heading(section, markup)}{markup.blocks(section.blocks)}</section>"
        for section in document.sections
    )
    contents = [(section.anchor, plain(section.title)) for section in document.sections]
    behind = ""
    if tables_behind and any(figure.table for _, figure in figures_of(document)):
        behind = _behind(document, markup)
        contents.append(("figures-behind", "The figures behind the charts"))
    entries = "".join(
        f'<li><a href="#{escape(anchor)}">{escape(title)}</a></li>' for anchor, title in contents
    )
    return (
        f'<!doctype html><html lang="{escape(document.language)}"><head>'
        f'<meta charset="utf-8"><title>{escape(document.title)}</title>'
        f'<meta name="author" content="{escape(document.organisation)}">'
        f'<meta name="description" content="{escape(document.subtitle)}">'
        f'<meta name="keywords" content="{escape(", ".join(document.keywords))}">'
        f"<style>{letters.faces_for_paper()}{style(document, 'base', 'paper')}"
        f"{_running(document)}</style></head><body>"
        f'{masthead(document)}<section class="contents"><h2>Contents</h2><ol>{entries}</ol>'
        f"{_contact(document)}</section>{sections}{behind}</body></html>"
    )


def lay_out(html: str, drawn: dict[str, str]) -> bytes:
    """HTML for paper to PDF; `drawn` are the charts by key."""
    try:
        import weasyprint
        from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse
    except OSError as error:
        raise Problem(
            "The PDF cannot be made: the text layout library Pango is not installed.",
            remedy="Install it (Debian and Ubuntu: apt install libpangoft2-1.0-0) or leave pdf "
            "out of --formats.",
        ) from error

    class Fetcher(URLFetcher):  # type: ignore[misc, unused-ignore]  # no types in the library
        """Charts, the theme's own font and images inside the page; nothing from elsewhere."""

        def fetch(self, url: str, headers: Any = None) -> Any:
            if url.startswith("chart:"):
                body = drawn[url.removeprefix("chart:")].encode()
                return URLFetcherResponse(url, body, headers={"Content-Type": "image/svg+xml"})
            if not url.startswith(("data:", letters.folder().as_uri())):
                raise FatalURLFetchingError(
                    f"A document is complete in itself: {url} is not fetched for it."
                )
            return super().fetch(url, headers)

    _REMARKS.setLevel(logging.ERROR)
    made = weasyprint.HTML(string=html, url_fetcher=Fetcher()).write_pdf(
        pdf_variant=VARIANT, pdf_tags=True
    )
    assert made is not None
    return bytes(made)


def _behind(document: Document, markup: Markup) -> str:
    """The figures of every chart, set as running text: as tables they would double the pages
    (and the time to lay them out). The web page and the workbook have them as tables."""
    parts = []
    last = None
    for section, figure in figures_of(document):
        if figure.table is None:
            continue
        if section is not last:
            parts.append(f"<h3>{escape(plain(section.title))}</h3>")
        last = section
        parts.append(_run_in(figure.table, markup))
    return (
        '<section id="figures-behind" class="section behind">'
        f"<h2>The figures behind the charts</h2>{''.join(parts)}</section>"
    )


def _run_in(table: Table, markup: Markup) -> str:
    """“Rate by area (Area: Rate, From, To). Here: 4, 3, 5; There: …”"""
    names = ["; ".join(filter(None, words)) for words in _columns(table)]
    rows = "; ".join(
        f"{markup.inline(row[0].parts)}: "
        + ", ".join(markup.inline(cell.parts) or "–" for cell in row[1:])
        for row in table.body
    )
    return (
        f"<p><strong>{markup.inline(table.caption)}</strong> ({escape(names[0])}: "
        f"{escape(', '.join(names[1:]))}). {rows}.</p>"
    )


def _columns(table: Table) -> list[list[str]]:
    """The header words above each column, a spanning header over all of its columns."""
    width = sum(cell.span for cell in table.head[0])
    words: list[list[str]] = [[] for _ in range(width)]
    for row in table.head:
        at = 0
        for cell in row:
            for column in range(at, at + cell.span):
                words[column].append(plain(cell.parts))
            at += cell.span
    return words


def _contact(document: Document) -> str:
    return f'<p class="contact">Contact: {escape(document.contact)}</p>' if document.contact else ""


def _running(document: Document) -> str:
    """What runs along every page's edges: organisation, section, marking, page x of y."""
    marking = _css(document.marking)
    return (
        f"@page {{ @top-left {{ content: {_css(document.organisation)}; }} "
        f"@bottom-left {{ content: {_css(document.title)}; }} "
        f"@bottom-center {{ content: {marking}; }} }}"
    )


def _css(words: str) -> str:
    escaped = words.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ")
    return f'"{escaped}"'
