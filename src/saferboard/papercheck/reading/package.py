"""Office files as the archives that they are: what is in them, before a library opens them.

A document is data: macros in it are neither run nor read, and a file that unpacks to far more
than a paper holds, or that defines entities, is refused before it is opened.
"""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass

from saferboard.vocabulary.problem import Problem

MOST_PARTS = 20_000
MOST_XML = 80_000_000
"""Of parts that are read as a tree: a pack of 430,000 characters has about 6 MB."""

MOST_SHEETS = 600_000_000
"""Of worksheets, which are read row by row."""

MOST_UNPACKED = 1_200_000_000
MACROS = "vbaProject.bin"
_KINDS = {
    "application/vnd.ms-word.document.macroEnabled.main+xml": "word",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml": "word",
    "application/vnd.ms-word.template.macroEnabledTemplate.main+xml": "word",
    "application/vnd.openxmlformats-officedocument.presentationml.slideshow.main+xml": "slides",
    "application/vnd.openxmlformats-officedocument.presentationml.template.main+xml": "slides",
    "application/vnd.ms-powerpoint.slideshow.macroEnabled.main+xml": "slides",
    "application/vnd.ms-powerpoint.template.macroEnabled.main+xml": "slides",
}
_PLAIN = {
    "word": "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
    "slides": "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml",
}
_TYPES = "[Content_Types].xml"
_ENTITY = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.I)
_HEAD = 4096


@dataclass(frozen=True)
class Package:
    """`data` as a library may open it; `macros` whether the file brings any; `type` what the
    file calls itself, where that is not a plain document."""

    data: bytes
    macros: bool
    type: str = ""


def opened(name: str, data: bytes) -> Package:
    """The archive after looking at the sizes and the beginnings of its parts. Raises Problem
    for one that is damaged, too large, holds entities, or is of the strict kind."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            held = archive.infolist()
            _sizes(name, held)
            if any(one.flag_bits & 1 for one in held):
                raise Problem(
                    "The file is encrypted.", file=name, remedy="Save it without a password."
                )
            for one in held:
                if one.filename.endswith((".xml", ".rels")):
                    with archive.open(one) as part:
                        _head(name, one.filename, part.read(_HEAD))
            types = archive.read(_TYPES).decode("utf-8", errors="replace")
    except (zipfile.BadZipFile, KeyError, EOFError, NotImplementedError, OSError) as error:
        raise damaged(name) from error
    macros = any(one.filename.endswith(MACROS) for one in held)
    kind = next((code for code in _KINDS if code in types), "")
    plain = _retyped(data, kind, _PLAIN[_KINDS[kind]]) if kind else data
    return Package(plain, macros, kind)


def damaged(name: str) -> Problem:
    """What is said of an archive that cannot be opened."""
    return Problem(
        "The file is damaged and cannot be read.",
        file=name,
        remedy="Open it in the program that made it and save it again.",
    )


def _sizes(name: str, held: list[zipfile.ZipInfo]) -> None:
    sheets = sum(one.file_size for one in held if "worksheets/" in one.filename)
    trees = sum(
        one.file_size
        for one in held
        if one.filename.endswith((".xml", ".rels")) and "worksheets/" not in one.filename
    )
    everything = sum(one.file_size for one in held)
    if (
        len(held) > MOST_PARTS
        or trees > MOST_XML
        or sheets > MOST_SHEETS
        or everything > MOST_UNPACKED
    ):
        raise Problem(
            f"The file unpacks to {everything / 1e6:,.0f} MB in {len(held):,} parts: more than a "
            "paper holds.",
            file=name,
            remedy="Divide it, or save its pictures smaller.",
        )


def _head(name: str, part: str, head: bytes) -> None:
    if _ENTITY.search(head):
        raise Problem(
            f"The file defines entities in {part}, as no office program does: it was not read.",
            file=name,
            remedy="Save it again from the program that made it.",
        )
    if b"http://purl.oclc.org/ooxml/" in head and part.endswith(
        ("document.xml", "presentation.xml", "workbook.xml")
    ):
        raise Problem(
            "The file is saved as “Strict Open XML”.",
            file=name,
            remedy="Save it as an ordinary document, presentation or workbook.",
        )


def with_type(data: bytes, kind: str) -> bytes:
    """The file called what it was called before it was opened (`Package.type`)."""
    return _retyped(data, _PLAIN[_KINDS[kind]], kind) if kind else data


def _retyped(data: bytes, old: str, new: str) -> bytes:
    """The same file called something else: the libraries open nothing but plain documents,
    though the content of templates, shows and files with macros is the same."""
    copy = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(copy, "w") as target:
        for one in source.infolist():
            content = source.read(one)
            if one.filename == _TYPES:
                content = content.replace(old.encode(), new.encode())
            target.writestr(one, content)
    return copy.getvalue()
