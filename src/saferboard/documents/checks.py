"""What every composed document must keep to, so that no reader is misled or left out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from saferboard.documents.model import (
    Block,
    Bullets,
    Definitions,
    Document,
    Figure,
    Heading,
    Inlines,
    KeyFigures,
    Link,
    Note,
    Paragraph,
    Picture,
    Section,
    Strong,
    Table,
    Tag,
    Text,
    plain,
)
from saferboard.documents.walk import nested
from saferboard.vocabulary.problem import Problem

KEY = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")


def composed(document: Document) -> None:
    """Raise a Problem that names every fault: a digit outside `Bound`, `Label`, `Prose` and
    `Quoted`; an anchor or key twice or ill-formed; a link to nowhere; headings out of order; a
    figure without words or without its table; series that do not fit their categories; a
    header cell without words; rows of unequal length; an image whose kind is unknown."""
    faults = tuple(found(document))
    if faults:
        raise Problem(
            "The document is not fit to publish: " + "; ".join(faults) + ".",
            remedy="This is a fault of the program that wrote it: please report it.",
        )


def found(document: Document) -> Iterator[str]:
    """Every fault, each as a phrase with its place."""
    if not document.title.strip():
        yield "it has no title"
    if not re.fullmatch(r"[a-z]{2,3}(-[A-Za-z0-9]+)*", document.language):
        yield f"“{document.language}” is not a language tag"
    yield from _names(document)
    anchors = set(_anchors(document))
    for section in document.sections:
        place = f"section {section.anchor}"
        if not plain(section.title).strip():
            yield f"{place} has no title"
        yield from _digits(section.title, f"the title of {place}")
        yield from _order(section, place)
        for paragraph in section.speaker:
            yield from _digits(paragraph.parts, f"the speaker's notes of {place}")
        for block in nested(section.blocks):
            yield from _block(block, place)
            for parts in _parts(block):
                yield from _digits(parts, place)
                yield from _links(parts, anchors, place)


def _names(document: Document) -> Iterator[str]:
    tables, charts = [], []
    for section in document.sections:
        for block in nested(section.blocks):
            if isinstance(block, Table):
                tables.append(block.key)
            elif isinstance(block, Figure):
                charts.append(block.chart.key)
                if block.table:
                    tables.append(block.table.key)
    anchors = list(_anchors(document))
    for kind, names in (("anchor", anchors), ("table", tables), ("chart", charts)):
        for name, times in Counter(names).items():
            if times > 1:
                yield f"{kind} “{name}” is there {times} times"
            if not KEY.fullmatch(name):
                yield f"{kind} “{name}” is not written in small letters, digits and hyphens"


def _anchors(document: Document) -> Iterator[str]:
    for section in document.sections:
        yield section.anchor
        for block in nested(section.blocks):
            if isinstance(block, Heading) and block.anchor:
                yield block.anchor


def _order(section: Section, place: str) -> Iterator[str]:
    level = 2
    for block in nested(section.blocks):
        if isinstance(block, Heading):
            words = plain(block.parts)
            if not words.strip():
                yield f"{place} has an empty heading"
            if block.level < 3 or block.level > level + 1:
                yield f"heading “{words}” of {place} has level {block.level} after {level}"
            level = block.level


def _block(block: Block, place: str) -> Iterator[str]:
    match block:
        case Table():
            yield from _table(block, place)
        case Figure():
            name = f"figure {block.chart.key} of {place}"
            if not plain(block.alternative).strip():
                yield f"{name} has no words for those who do not see it"
            if not plain(block.caption).strip():
                yield f"{name} has no caption"
            if block.table is None:
                yield f"{name} has no table behind it"
            else:
                yield from _table(block.table, place)
            for series in block.chart.series:
                if len(series.points) != len(block.chart.categories):
                    yield f"series “{series.name}” of {name} does not fit its categories"
            if block.chart.across and len(block.chart.across) != len(block.chart.categories):
                yield f"the places along {name} do not fit its categories"
        case Picture() if not block.media_type.startswith("image/"):
            yield f"{place} holds a picture that is not an image ({block.media_type})"
        case Note() if not plain(block.title).strip():
            yield f"{place} holds a note without a title"
        case _:
            return


def _table(table: Table, place: str) -> Iterator[str]:
    name = f"table {table.key} of {place}"
    if not plain(table.caption).strip():
        yield f"{name} has no caption"
    if not table.head:
        yield f"{name} has no header row"
        return
    width = sum(cell.span for cell in table.head[0])
    for row in (*table.head, *table.body):
        if sum(cell.span for cell in row) != width:
            words = " | ".join(plain(cell.parts) for cell in row)
            yield f"{name} has a row of another length ({words})"
    for row in table.head:
        if any(not plain(cell.parts).strip() for cell in row):
            yield f"{name} has an empty header cell"
    for row in table.body:
        if any(cell.header and not plain(cell.parts).strip() for cell in row):
            yield f"{name} has an empty row header"
    if table.emphasis and max(table.emphasis) >= len(table.body):
        yield f"{name} marks a row that is not there"


def _parts(block: Block) -> Iterator[Inlines]:
    match block:
        case Table():
            yield from _table_parts(block)
        case Figure():
            yield block.caption
            yield block.alternative
            if block.table:
                yield from _table_parts(block.table)
        case KeyFigures():
            for item in block.items:
                yield from (item.label, item.value, item.detail)
                if item.tag:
                    yield (item.tag,)
        case Note():
            yield block.title
        case Picture():
            return
        case Heading() | Paragraph():
            yield block.parts
        case Bullets():
            yield from block.items
        case Definitions():
            for term, _ in block.items:
                yield term


def _table_parts(table: Table) -> Iterator[Inlines]:
    yield table.caption
    for row in (*table.head, *table.body):
        for cell in row:
            yield cell.parts
    yield table.note


def _digits(parts: Inlines, place: str) -> Iterator[str]:
    for part in parts:
        match part:
            case Strong() | Link():
                yield from _digits(part.parts, place)
            case Text() | Tag() if any(letter.isdigit() for letter in part.text):
                yield f"“{part.text}” in {place} holds a figure that comes from no fact"
            case _:
                continue


def _links(parts: Inlines, anchors: set[str], place: str) -> Iterator[str]:
    for part in parts:
        if isinstance(part, Strong):
            yield from _links(part.parts, anchors, place)
        elif isinstance(part, Link):
            inside = part.target.removeprefix("#")
            if part.target.startswith("#") and inside not in anchors:
                yield f"the link “{plain(part.parts)}” in {place} leads nowhere"
            elif not part.target.startswith(("#", "https://", "http://", "mailto:")):
                yield f"the link “{plain(part.parts)}” in {place} is not an address"
