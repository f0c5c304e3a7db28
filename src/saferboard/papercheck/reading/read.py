"""`read`: a file into a paper, whatever its format."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from lxml.etree import LxmlError

from saferboard.papercheck.paper import Paper
from saferboard.papercheck.reading.encoding import decoded
from saferboard.papercheck.reading.html import read_html
from saferboard.papercheck.reading.kind import MOST_BYTES, kind_of
from saferboard.papercheck.reading.package import opened
from saferboard.papercheck.reading.text import read_text
from saferboard.vocabulary.problem import Problem

DAMAGED = (
    zipfile.BadZipFile, LxmlError, LookupError, ValueError, OSError, TypeError, AttributeError,
    ArithmeticError, EOFError, AssertionError, SyntaxError, NotImplementedError, RuntimeError,
    struct.error, zlib.error,
)  # fmt: skip
"""What the libraries raise on files that are not what they should be; a reader names more."""

_READERS = {"pdf": "pdf", "docx": "word", "pptx": "slides", "xlsx": "workbook"}
"""The modules that read what is no text, loaded when such a paper comes: their libraries take a
third of a second, for which a paper in plain text would wait too (ADR 0010)."""


@dataclass(frozen=True)
class Reading:
    """What came of reading a pack: the papers, and why each of the others could not be read."""

    papers: tuple[Paper, ...]
    unread: tuple[Problem, ...] = ()


def read_all(paths: Sequence[Path], *, told: Callable[[str], None] = lambda name: None) -> Reading:
    """Papers of one pack, called by their file names, or by their whole paths where two share
    one. A paper that cannot be read keeps no other back. `told` is called with the name of
    each before it is read."""
    once = tuple(dict.fromkeys(paths))
    shared = {name for name, times in Counter(path.name for path in once).items() if times > 1}
    papers: list[Paper] = []
    unread: list[Problem] = []
    for path in once:
        name = str(path) if path.name in shared else path.name
        told(name)
        try:
            papers.append(read(path, name))
        except Problem as problem:
            unread.append(problem)
    return Reading(tuple(papers), tuple(unread))


def read(path: Path, name: str = "") -> Paper:
    """The paper in `path`. Raises Problem when there is nothing that can be read: encrypted,
    scanned, damaged, too large, or not a paper."""
    name = name or path.name
    try:
        size = path.stat().st_size
        if size > MOST_BYTES:
            raise Problem(
                f"The file has {size / 1e6:,.0f} MB; {MOST_BYTES / 1e6:,.0f} MB is the most.",
                file=name,
                remedy="Divide it.",
            )
        data = path.read_bytes()
    except OSError as error:
        raise Problem(f"The file cannot be opened: {error.strerror}.", file=str(path)) from error
    return read_bytes(name, data)


def read_bytes(name: str, data: bytes) -> Paper:
    """The paper in `data`, called `name`: what an upload page has. Raises Problem as `read`."""
    kind = kind_of(name, data)
    reader = import_module(f"{__package__}.{_READERS[kind]}") if kind in _READERS else None
    faults: tuple[type[Exception], ...] = getattr(reader, "FAULTS", ())
    try:
        if reader is not None:
            held = data if kind == "pdf" else opened(name, data)
            paper: Paper = reader.read_paper(name, held)
            return paper
        return (read_html if kind == "html" else read_text)(name, decoded(name, data))
    except (*DAMAGED, *faults) as error:
        raise Problem(
            f"The file is damaged and cannot be read ({type(error).__name__}).",
            file=name,
            remedy="Open it in the program that made it and save it again.",
        ) from error
