"""What a file is, by what it holds: its name is not believed."""

from __future__ import annotations

import io
import zipfile
from typing import Literal

from saferboard.vocabulary.problem import Problem

PaperKind = Literal["pdf", "docx", "pptx", "xlsx", "html", "text"]

MOST_BYTES = 300_000_000
MOST_UNPACKED = 1_500_000_000
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PARTS: tuple[tuple[str, PaperKind], ...] = (
    ("word/document.xml", "docx"),
    ("ppt/presentation.xml", "pptx"),
    ("xl/workbook.xml", "xlsx"),
)


def kind_of(name: str, data: bytes) -> PaperKind:
    """The kind of paper that `data` is. Raises Problem for what cannot be a paper."""
    if not data.strip():
        raise Problem("The file is empty.", file=name)
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith(_OLD_OFFICE):
        raise Problem(
            "The file is encrypted, or made by an Office of before 2007.",
            file=name,
            remedy="Save it as DOCX, PPTX or XLSX without a password.",
        )
    if data.startswith(b"PK"):
        return _zipped(name, data)
    words = decoded(name, data)
    start = words[:2000].lstrip().lower()
    if start.startswith(("<!doctype html", "<html")) or "<body" in start:
        return "html"
    return "text"


def _zipped(name: str, data: bytes) -> PaperKind:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            held = {info.filename: info.file_size for info in archive.infolist()}
    except zipfile.BadZipFile as error:
        raise Problem(
            "The file is damaged and cannot be opened.", file=name, remedy="Save it again."
        ) from error
    if sum(held.values()) > MOST_UNPACKED:
        raise Problem("The file unpacks to more than can be read.", file=name)
    for part, kind in _PARTS:
        if part in held:
            return kind
    raise Problem(
        "The file is an archive, not a paper.",
        file=name,
        remedy="Check the papers inside it one by one.",
    )


def decoded(name: str, data: bytes) -> str:
    """The characters of a text file: UTF-8, UTF-16 with its mark, else Windows-1252."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    if b"\x00" in data[:4096]:
        raise Problem(
            "The file is not a paper that can be read.",
            file=name,
            remedy="Give a text, Markdown, HTML, Word, PowerPoint, Excel or PDF file.",
        )
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")
