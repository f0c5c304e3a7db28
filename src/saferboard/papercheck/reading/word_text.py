"""The words of a Word paragraph, in either state of its tracked changes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from docx.oxml.ns import qn

INSERTED = frozenset({qn("w:ins"), qn("w:moveTo")})
DELETED = frozenset({qn("w:del"), qn("w:moveFrom")})
TEXT_BOX = qn("w:txbxContent")
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
MATHS_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_SKIPPED = frozenset(
    {FALLBACK, TEXT_BOX, qn("w:pPr"), qn("w:rPr"), qn("w:instrText"), qn("w:delInstrText")}
)
_BLANKS = frozenset({qn("w:tab"), qn("w:br"), qn("w:cr"), qn("w:ptab"), qn("w:sym")})
_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_TEXT, _LOST = qn("w:t"), qn("w:delText")
_RUN, _HYPHEN = qn("w:r"), qn("w:noBreakHyphen")
_RAISED = f"{qn('w:rPr')}/{qn('w:vertAlign')}"
_HIDDEN = f"{qn('w:rPr')}/{qn('w:vanish')}"
_VALUE = qn("w:val")
_REFERENCES = {qn("w:footnoteReference"): "footnote", qn("w:endnoteReference"): "endnote"}


def gone(element: Any, accepted: bool) -> bool:
    """Whether what this element holds is not there in this state."""
    return element.tag in (DELETED if accepted else INSERTED)


def paragraph_words(paragraph: Any, *, accepted: bool = True) -> str:
    """The words in order: breaks as blanks, raised digits as raised digits, without text boxes,
    hidden words and fields' instructions. With `accepted` false as they stood before."""
    parts: list[str] = []
    _collect(paragraph, accepted, parts)
    return "".join(parts)


def _collect(element: Any, accepted: bool, parts: list[str]) -> None:
    for child in element:
        tag = child.tag
        if tag in _SKIPPED or gone(child, accepted):
            continue
        if tag == _RUN:
            _run(child, accepted, parts)
        elif tag == MATHS_TEXT:
            parts.append(child.text or "")
        else:
            _collect(child, accepted, parts)


def _run(run: Any, accepted: bool, parts: list[str]) -> None:
    if hidden(run):
        return
    raised = run.find(_RAISED)
    above = raised is not None and raised.get(_VALUE) == "superscript"
    for node in run:
        tag = node.tag
        if tag == _TEXT or (tag == _LOST and not accepted):
            words = node.text or ""
            parts.append(words.translate(_SUPERSCRIPTS) if above else words)
        elif tag in _BLANKS:
            parts.append(" ")
        elif tag == _HYPHEN:
            parts.append("-")
        elif len(node) and tag not in _SKIPPED:
            _collect(node, accepted, parts)


def hidden(run: Any) -> bool:
    """Whether a run is set as hidden text, which no reader of the paper sees."""
    mark = run.find(_HIDDEN)
    return mark is not None and mark.get(_VALUE) not in ("0", "false", "off")


def text_boxes(element: Any) -> Iterator[Any]:
    """The contents of text boxes anchored in an element, each once, outermost first."""
    for child in element:
        if child.tag == FALLBACK:
            continue
        if child.tag == TEXT_BOX:
            yield child
        else:
            yield from text_boxes(child)


def references(paragraph: Any) -> Iterator[tuple[str, str]]:
    """`footnote` or `endnote` and its number in the file, where the paragraph points to one."""
    for node in paragraph.iter(*_REFERENCES):
        yield _REFERENCES[node.tag], node.get(qn("w:id")) or ""


def changed(element: Any) -> int:
    """How many tracked changes of words an element holds."""
    return sum(1 for _ in element.iter(*INSERTED, *DELETED))


def mark_gone(paragraph: Any, accepted: bool) -> bool:
    """Whether the end of this paragraph is gone in this state, so that the next goes on in it."""
    properties = paragraph.find(f"{qn('w:pPr')}/{qn('w:rPr')}")
    if properties is None:
        return False
    return properties.find(qn("w:del" if accepted else "w:ins")) is not None
