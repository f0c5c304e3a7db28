"""The letters of a PDF page one by one, with their places and the mark of their content."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

import pypdfium2.raw as raw

HYPHENS = ("\ufffe", "\x02")
SOFT_HYPHEN = "\u00ad"
MOST_DEPTH = 8
EDGE = 0.1
"""Of the height of a page: heads and feet stand in it."""


ARTIFACT = -2
_ARTIFACT = "Artifact".encode("utf-16-le")
_BROKEN_YEARS = re.compile(r"(?<=\d)-\n(?=\d)")
_BROKEN_WORD = re.compile("(?<=[A-Za-z])[\u00ad\u2010]\n(?=[a-z])")
_BROKEN_LINE = re.compile("[\u00ad\u2010]\n")


def joined(words: str) -> str:
    """Lines of one paragraph: the hyphen of a word that was broken goes with its line end; one
    between figures (2022-23) or before a capital stays."""
    plain = words.replace("\r\n", "\n").replace("\r", "\n")
    return _BROKEN_YEARS.sub("-", _BROKEN_LINE.sub("-", _BROKEN_WORD.sub("", plain)))


class Letter(NamedTuple):
    """`mark` is the number of the marked content (-1 for none, ARTIFACT for what is called so);
    `edge` whether it stands at the head or foot of the page; `made` that the reader put it in
    for a gap or the end of a line, so that it has no place of its own."""

    text: str
    mark: int
    edge: bool
    made: bool


def letters(page: Any, textpage: Any) -> Iterator[Letter]:
    """Every letter of the page in the order of its text. A hyphen at the end of a line comes
    as a soft hyphen. Letters of a drawing have the mark of the drawing."""
    handle = textpage.raw
    height = float(page.get_height())
    marks = {key: (mark, False) for key, mark in _drawn(page).items()}
    for at in range(raw.FPDFText_CountChars(handle)):
        code = raw.FPDFText_GetUnicode(handle, at)
        text = chr(code) if code else " "
        if text in HYPHENS:
            text = SOFT_HYPHEN
        holder = raw.FPDFText_GetTextObject(handle, at)
        if not holder or raw.FPDFText_IsGenerated(handle, at) == 1:
            yield Letter(text, -1, False, True)
            continue
        key = ctypes.addressof(holder.contents)
        if key not in marks:
            marks[key] = (_mark(holder), _at_edge(holder, height))
        yield Letter(text, *marks[key], False)


def _mark(holder: Any) -> int:
    """The number of the marked content of an object, ARTIFACT for what is no content."""
    mark = int(raw.FPDFPageObj_GetMarkedContentID(holder))
    if mark >= 0:
        return mark
    for at in range(raw.FPDFPageObj_CountMarks(holder)):
        name = (ctypes.c_ushort * 16)()
        length = ctypes.c_ulong()
        raw.FPDFPageObjMark_GetName(
            raw.FPDFPageObj_GetMark(holder, at), name, ctypes.sizeof(name), length
        )
        if bytes(name)[: len(_ARTIFACT)] == _ARTIFACT:
            return ARTIFACT
    return -1


def _at_edge(holder: Any, height: float) -> bool:
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    if not raw.FPDFPageObj_GetBounds(holder, left, bottom, right, top):
        return False
    return bottom.value > (1 - EDGE) * height or top.value < EDGE * height


def _drawn(page: Any) -> dict[int, int]:
    """The marks of drawings for the objects inside them, by address."""
    marks: dict[int, int] = {}
    waiting = []
    for at in range(raw.FPDFPage_CountObjects(page)):
        shape = raw.FPDFPage_GetObject(page, at)
        if raw.FPDFPageObj_GetType(shape) == raw.FPDF_PAGEOBJ_FORM:
            mark = raw.FPDFPageObj_GetMarkedContentID(shape)
            if mark >= 0:
                waiting.append((shape, mark, 0))
    while waiting:
        form, mark, depth = waiting.pop()
        for at in range(raw.FPDFFormObj_CountObjects(form)):
            inner = raw.FPDFFormObj_GetObject(form, at)
            kind = raw.FPDFPageObj_GetType(inner)
            if kind == raw.FPDF_PAGEOBJ_TEXT:
                marks[ctypes.addressof(inner.contents)] = mark
            elif kind == raw.FPDF_PAGEOBJ_FORM and depth < MOST_DEPTH:
                waiting.append((inner, mark, depth + 1))
    return marks


def marked_words(page: Any, textpage: Any) -> tuple[dict[int, str], set[int]]:
    """The words of each mark, and the marks that stand only at the head or foot of the page.
    Blanks and line ends between two marks go before the second."""
    found: dict[int, list[str]] = {}
    inside: set[int] = {-1}
    waiting = ""
    for letter in letters(page, textpage):
        if letter.made:
            waiting += letter.text
            continue
        mark = ARTIFACT if letter.mark == -1 and letter.edge else letter.mark
        if not letter.edge and mark != ARTIFACT:
            inside.add(mark)
        held = found.setdefault(mark, [])
        held.append(f"{waiting}{letter.text}")
        waiting = ""
    return {mark: "".join(parts) for mark, parts in found.items()}, set(found) - inside


def extents(page: Any, textpage: Any) -> dict[int, tuple[float, float]]:
    """From where to where the letters of each mark stand, from left to right (points)."""
    handle = textpage.raw
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    found: dict[int, tuple[float, float]] = {}
    for at, letter in enumerate(letters(page, textpage)):
        if letter.made or letter.text.isspace():
            continue
        if raw.FPDFText_GetCharBox(handle, at, left, right, bottom, top):
            first, last = found.get(letter.mark, (left.value, right.value))
            found[letter.mark] = (min(first, left.value), max(last, right.value))
    return found


def boxed(textpage: Any) -> Iterator[tuple[str, float, float]]:
    """Every letter with the middle of its box (x, y in points from the bottom left); a letter
    that was put in has the middle of the one before."""
    handle = textpage.raw
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    x = y = 0.0
    for at in range(raw.FPDFText_CountChars(handle)):
        code = raw.FPDFText_GetUnicode(handle, at)
        text = chr(code) if code else " "
        if text in HYPHENS:
            text = SOFT_HYPHEN
        if raw.FPDFText_GetCharBox(handle, at, left, right, bottom, top) and (
            raw.FPDFText_IsGenerated(handle, at) != 1
        ):
            x, y = (left.value + right.value) / 2, (bottom.value + top.value) / 2
        yield text, x, y
