"""The characters of a text file, whatever encoding its program used."""

from __future__ import annotations

import re

from saferboard.vocabulary.problem import Problem

MOST_CONTROLS = 0.02
MOST_DAMAGED = 0.01
_MARKS = (
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
_SAMPLE = 65_536


def decoded(name: str, data: bytes) -> str:
    """UTF-8, UTF-16 and UTF-32 with or without their marks, else Windows-1252. A few bytes that
    are no UTF-8 in a text that otherwise is become the sign for a lost character. Raises Problem
    for what is no text."""
    text = _decoded(data)
    sample = text[:_SAMPLE]
    if len(_CONTROLS.findall(sample)) > MOST_CONTROLS * len(sample):
        raise Problem(
            "The file is not a paper that can be read.",
            file=name,
            remedy="Give a text, Markdown, HTML, Word, PowerPoint, Excel or PDF file.",
        )
    return text.replace("\x00", "")


def _decoded(data: bytes) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding, errors="replace")
    if half := _unmarked(data):
        return data.decode(half, errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        damaged = data.decode("utf-8-sig", errors="replace")
    lost = damaged.count("\ufffd")
    many = sum(1 for letter in damaged if letter > "\x7f") - lost
    if lost <= max(1, MOST_DAMAGED * len(damaged)) and many > lost:
        return damaged
    return data.decode("cp1252", errors="replace")


def _unmarked(data: bytes) -> str:
    """UTF-16 without a mark: every other byte of a text in English is zero."""
    sample = data[:4096]
    half = len(sample) // 2
    if half < 2:
        return ""
    if sample[1::2].count(0) > 0.7 * half and sample[0::2].count(0) < 0.1 * half:
        return "utf-16-le"
    if sample[0::2].count(0) > 0.7 * half and sample[1::2].count(0) < 0.1 * half:
        return "utf-16-be"
    return ""
