"""Reads the words back out of each of the five formats, to prove that they say the same.

`assert_same_figures(document, files)` is what golden tests of packs call: every figure that a
reader sees stands in each format in the order of the document, and the figures of charts stand
there as sets.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser

from saferboard.documents.model import Bound, Document, Figure, Inlines, Section, inlines
from saferboard.documents.walk import leaves, nested

VOID = {"meta", "img", "br", "link", "input", "hr", "path", "rect", "line", "circle"}


class _Words(HTMLParser):
    """The words of a page in order, and the facts that they come from."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.facts: list[tuple[str, str]] = []
        self._fact: str | None = None
        self._hidden = 0

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        if tag in ("style", "svg"):
            self._hidden += 1
        fact = dict(attributes).get("data-fact")
        if fact is not None:
            self._fact = fact

    def handle_endtag(self, tag: str) -> None:
        if tag in ("style", "svg"):
            self._hidden -= 1
        if tag == "span":
            self._fact = None

    def handle_data(self, data: str) -> None:
        if self._hidden:
            return
        self.words.append(data)
        if self._fact is not None:
            self.facts.append((self._fact, data))


def html_words(data: bytes) -> str:
    reader = _Words()
    reader.feed(data.decode())
    return " ".join(reader.words)


def html_facts(data: bytes) -> list[tuple[str, str]]:
    """Fact and display of every bound figure of a page, in order."""
    reader = _Words()
    reader.feed(data.decode())
    return reader.facts


def squeezed(words: str) -> str:
    """Without white space: where lines break is the format's affair."""
    return re.sub(r"\s+", "", words)


def printed(document: Document) -> list[Bound]:
    """The figures of headlines, sentences, key figures and tables, in reading order: those of
    a chart's own table and alternative are compared as sets instead."""
    found: list[Bound] = []
    for section in document.sections:
        found.extend(_bound(section.title))
        for block in section.blocks:
            if isinstance(block, Figure):
                found.extend(_bound(block.caption))
            else:
                found.extend(part for part in inlines(block) if isinstance(part, Bound))
    return found


def charted(document: Document) -> set[str]:
    """The displays behind every chart."""
    return {
        part.display
        for section in document.sections
        for figure in figures(section)
        if figure.table
        for part in inlines(figure.table)
        if isinstance(part, Bound)
    }


def figures(section: Section) -> Iterator[Figure]:
    for block in nested(section.blocks):
        if isinstance(block, Figure):
            yield block


def _bound(parts: Inlines) -> list[Bound]:
    return [part for part, _ in leaves(parts) if isinstance(part, Bound)]


def missing_in_order(wanted: list[Bound], words: str) -> str | None:
    """The first figure that does not follow the one before it in `words`, or None."""
    text = squeezed(words)
    at = 0
    for number, part in enumerate(wanted):
        display = squeezed(part.display)
        found = text.find(display, at)
        if found < 0:
            before = [other.display for other in wanted[max(0, number - 3) : number]]
            return f"{part.display} ({part.fact}), after {before}"
        at = found + len(display)
    return None
