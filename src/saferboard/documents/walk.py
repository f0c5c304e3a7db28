"""Ways through a document that several renderers and the checks share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from saferboard.documents.model import (
    Block,
    Bullets,
    Definitions,
    Document,
    Figure,
    Heading,
    Inline,
    Inlines,
    KeyFigures,
    Link,
    Note,
    Paragraph,
    Picture,
    Section,
    Strong,
    Table,
    Text,
)


def nested(blocks: Iterable[Block]) -> Iterator[Block]:
    """Every block in reading order, those inside notes and definitions too."""
    for block in blocks:
        yield block
        if isinstance(block, Note):
            yield from nested(block.blocks)
        elif isinstance(block, Definitions):
            for _, meaning in block.items:
                yield from nested(meaning)


def blocks_of(document: Document) -> Iterator[Block]:
    """Every block of a document in reading order."""
    for section in document.sections:
        yield from nested(section.blocks)


def figures_of(document: Document) -> Iterator[tuple[Section, Figure]]:
    """Every figure with the section that it stands in."""
    for section in document.sections:
        for block in nested(section.blocks):
            if isinstance(block, Figure):
                yield section, block


def tables_of(document: Document) -> Iterator[tuple[Section, Table]]:
    """Every table that is printed as such (those behind figures are not)."""
    for section in document.sections:
        for block in nested(section.blocks):
            if isinstance(block, Table):
                yield section, block


def leaves(parts: Inlines, strong: bool = False) -> Iterator[tuple[Inline, bool]]:
    """Every leaf with whether it is strong; links are given by their words."""
    for part in parts:
        if isinstance(part, Strong):
            yield from leaves(part.parts, True)
        elif isinstance(part, Link):
            yield from leaves(part.parts, strong)
        else:
            yield part, strong


def lines_of(section: Section) -> Iterator[Inlines]:
    """Every line of words that is in no table: headlines, sentences, key figures, notes."""
    yield section.title
    yield from _lines(section.blocks)


def _lines(blocks: Iterable[Block]) -> Iterator[Inlines]:
    for block in blocks:
        match block:
            case Heading() | Paragraph():
                yield block.parts
            case Bullets():
                yield from block.items
            case Figure():
                yield block.caption
                yield block.alternative
            case Note():
                yield block.title
                yield from _lines(block.blocks)
            case Definitions():
                for term, meaning in block.items:
                    yield term
                    yield from _lines(meaning)
            case KeyFigures():
                for figure in block.items:
                    mark = (Text(". "), figure.tag) if figure.tag else ()
                    yield (
                        *figure.label,
                        Text(": "),
                        *figure.value,
                        Text(", "),
                        *figure.detail,
                        *mark,
                    )
            case Table() | Picture():
                continue
