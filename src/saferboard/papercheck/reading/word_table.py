"""Word's tables: merged cells, rows in content controls, tables inside cells."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from docx.oxml.ns import qn

from saferboard.papercheck.reading.word_text import gone, paragraph_words

_CONTROLS = frozenset({qn("w:sdt"), qn("w:sdtContent"), qn("w:customXml"), qn("w:ins")})
_PARAGRAPH, _TABLE = qn("w:p"), qn("w:tbl")
_MOST_SPAN = 60
_FIRST_ROW = 0x0020


class WordCell(NamedTuple):
    """Words of one column of a row; `element` None where a merged cell goes on."""

    words: str
    element: Any


class WordRow(NamedTuple):
    cells: list[WordCell]
    header: bool


def rows_of(table: Any, *, accepted: bool = True) -> list[WordRow]:
    """The rows that are there in this state. A cell over several columns or rows has its words
    where it begins, and nothing where it goes on."""
    found = []
    for row in _children(table, qn("w:tr")):
        properties = row.find(qn("w:trPr"))
        if properties is not None and any(gone(mark, accepted) for mark in properties):
            continue
        header = properties is not None and properties.find(qn("w:tblHeader")) is not None
        cells = [WordCell("", None)] * _number(properties, "w:gridBefore", 0)
        for cell in _children(row, qn("w:tc")):
            settings = cell.find(qn("w:tcPr"))
            words = "" if _goes_on(settings) else _words(cell, accepted)
            cells.append(WordCell(words, cell))
            cells += [WordCell("", None)] * (_number(settings, "w:gridSpan", 1) - 1)
        found.append(WordRow(cells, header))
    return found


def has_first_row(table: Any) -> bool:
    """Whether the table's look sets its first row apart: the box “Header Row” in Word."""
    look = table.find(f"{qn('w:tblPr')}/{qn('w:tblLook')}")
    if look is None:
        return False
    said = look.get(qn("w:firstRow"))
    if said is not None:
        return said in ("1", "true", "on")
    try:
        return bool(int(look.get(qn("w:val")) or "0", 16) & _FIRST_ROW)
    except ValueError:
        return False


def tables_inside(table: Any) -> Iterator[Any]:
    """Tables in the cells of a table, not those inside them."""
    for row in _children(table, qn("w:tr")):
        for cell in _children(row, qn("w:tc")):
            yield from _children(cell, _TABLE)


def paragraphs_of(cell: Any) -> Iterator[Any]:
    """The paragraphs of a cell, without those of tables inside it."""
    yield from _children(cell, _PARAGRAPH)


def _children(element: Any, tag: str) -> Iterator[Any]:
    """Children with this tag, those inside content controls too."""
    for child in element:
        if child.tag == tag:
            yield child
        elif child.tag in _CONTROLS:
            yield from _children(child, tag)


def _words(cell: Any, accepted: bool) -> str:
    lines = (paragraph_words(one, accepted=accepted) for one in paragraphs_of(cell))
    return "\n".join(line for line in lines if line.strip())


def _goes_on(settings: Any) -> bool:
    merged = settings.find(qn("w:vMerge")) if settings is not None else None
    return merged is not None and merged.get(qn("w:val")) in (None, "continue")


def _number(settings: Any, name: str, missing: int) -> int:
    found = settings.find(qn(name)) if settings is not None else None
    words = found.get(qn("w:val")) if found is not None else ""
    return min(int(words), _MOST_SPAN) if words and words.isdigit() else missing
