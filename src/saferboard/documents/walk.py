"""Ways through a document that several renderers and the checks share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from saferboard.documents.model import (
    Block,
    Definitions,
    Document,
    Figure,
    Inline,
    Inlines,
    Link,
    Note,
    Section,
    Strong,
    Table,
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
